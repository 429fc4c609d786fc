import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { notFound, refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { organisationId } from '../organisations/organisation.queries.js';
import { Blueprint, BlueprintContact, BlueprintVersion } from './blueprint.entity.js';
import { type BlueprintContactView, blueprintContact } from './blueprint.queries.js';
import { contactAnswerBlockers, contactBlockers } from './blueprint.rules.js';
import { BlueprintNotices } from './blueprint-notices.service.js';

/** A visit, as it is recorded. */
export interface RecordedVisit {
  /** The ODS code of whoever visited; null: of the trust of whoever records it. */
  organisation: string | null;
  visitedOn: DateOn;
  /** What was seen, and what came of it. */
  words: string;
}

/** How published blueprints are used: questions to whoever wrote them, and visits. */
@Injectable()
export class BlueprintContactsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly notices: BlueprintNotices,
  ) {}

  /**
   * Asks the trust whose blueprint it is. Everybody who is signed in reads question and answer.
   * @param organisation the ODS code of whoever asks, where the funder asks for them; null: the asker's own trust
   * @throws Problem 403, 404; 409 for one's own blueprint, or where none is published; 422
   */
  ask(
    actor: Actor,
    blueprintId: string,
    { question, organisation }: { question: string; organisation: string | null },
  ): Promise<BlueprintContactView> {
    return this.keep(
      actor,
      blueprintId,
      'blueprint.ask',
      { organisation, owner: false },
      {
        kind: 'question',
        words: question,
      },
    );
  }

  /** Records a visit, as whoever visited, as whose blueprint it is, or as the funder. @throws Problem as `ask`; 422 for a day to come */
  visit(
    actor: Actor,
    blueprintId: string,
    { organisation, visitedOn, words }: RecordedVisit,
  ): Promise<BlueprintContactView> {
    if (visitedOn > this.clock.today())
      throw unprocessable('visit-to-come', 'A visit is recorded once it was made.', [
        { code: 'visit-to-come', message: 'Give a day that has come.', pointer: '/visitedOn' },
      ]);
    return this.keep(
      actor,
      blueprintId,
      'blueprint.visit',
      { organisation, owner: true },
      {
        kind: 'visit',
        words,
        visited_on: visitedOn,
      },
    );
  }

  /** Answers a question, once. @throws Problem 403, 404, 409, 412, 428 */
  answer(actor: Actor, id: string, revision: number | null, answer: string): Promise<BlueprintContactView> {
    return this.work.run({ actor, action: 'blueprint.answer-question' }, async (tx) => {
      const seen = await blueprintContact(tx, id);
      if (!seen) throw notFound('question');
      requirePermission(actor, 'blueprint:prepare');
      const standing = await tx.manager.findOneByOrFail(BlueprintContact, { id });
      const facts = { kind: standing.kind, answered: standing.answer !== null };
      const whose = { ownerId: standing.owner_id, madeBy: standing.made_by };
      refuseIfBlocked('This cannot be answered.', contactAnswerBlockers({ ...facts, ...whose }, actor));
      const row = await tx.lockRevision(BlueprintContact, id, revision, 'question');
      await tx.change(BlueprintContact, row, { answer, answered_by: actor.id, answered_at: tx.at });
      const about = { blueprintId: row.blueprint_id, contactId: id };
      await this.notices.write(tx, 'answered', about, row.organisation_id);
      return (await blueprintContact(tx, id)) as BlueprintContactView;
    });
  }

  private keep(
    actor: Actor,
    blueprintId: string,
    action: string,
    { organisation, owner }: { organisation: string | null; owner: boolean },
    said: Pick<BlueprintContact, 'kind' | 'words'> & Partial<BlueprintContact>,
  ): Promise<BlueprintContactView> {
    return this.work.run({ actor, action }, async (tx) => {
      requirePermission(actor, 'blueprint:use');
      const blueprint = await tx.manager.findOneBy(Blueprint, { id: blueprintId });
      if (!blueprint) throw notFound('blueprint');
      const version = await tx.manager.findOneBy(BlueprintVersion, {
        blueprint_id: blueprintId,
        state: 'published',
      });
      const who = await usersId(tx, actor, organisation, owner && actor.trustId === blueprint.trust_id);
      const sides = { organisationId: who, ownerId: blueprint.trust_id };
      refuseIfBlocked('This cannot be recorded.', contactBlockers(version ?? undefined, sides));
      const { id } = await tx.insert(BlueprintContact, {
        ...said,
        programme_id: blueprint.programme_id,
        blueprint_id: blueprintId,
        version_id: version?.id as string,
        organisation_id: who,
        owner_id: blueprint.trust_id,
        made_by: actor.id,
        illustrative: this.config.demonstration,
      });
      if (said.kind === 'question')
        await this.notices.write(tx, 'asked', { blueprintId, contactId: id }, blueprint.trust_id);
      return (await blueprintContact(tx, id)) as BlueprintContactView;
    });
  }
}

/**
 * The id of the organisation that uses something: the actor's own trust; or, where somebody records it for another, the
 * one with the ODS code.
 * @throws Problem 422 where there is none, or where it is not theirs to record
 */
export async function usersId(
  tx: Tx,
  actor: Actor,
  organisation: string | null,
  mayNameAny: boolean,
): Promise<string> {
  const refused = (code: string, message: string) =>
    unprocessable(code, message, [{ code, message, pointer: '/organisation' }]);
  if (organisation === null || organisation === actor.trustOds) {
    if (actor.trustId !== null) return actor.trustId;
    throw refused('organisation-missing', 'Say whose this is, by ODS code.');
  }
  if (actor.trustId !== null && !mayNameAny)
    throw refused(
      'another-organisation',
      'A trust records only what it does itself. Leave the ODS code out.',
    );
  const id = await organisationId(tx, organisation);
  if (!id) throw refused('unknown-organisation', `No organisation here has the ODS code ${organisation}.`);
  return id;
}
