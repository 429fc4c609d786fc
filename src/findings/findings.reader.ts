import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, may } from '../core/actor.js';
import { isDateOn } from '../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  type FindingFilter,
  type FindingView,
  type FindingWithSteps,
  finding,
  findings,
  programmeOfFinding,
} from './finding.queries.js';
import {
  type FindingFacts,
  type FindingStep,
  openFindingSteps,
  STEP_PERMISSION,
} from './finding-steps.rules.js';

/** A finding with the steps that its reader may take. */
export type ShownFinding = FindingWithSteps & { next: FindingStep[] };

/** What reviews and audits found, as it is shown. */
@Injectable()
export class FindingsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's findings, the first due first. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: FindingFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<FindingView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      findings(sql, id, this.clock.today(), filter, limit + 1, from),
    );
    return pageOf(rows, limit, ({ dueOn, id }) => [dueOn, id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownFinding> {
    const found = await this.scope.run(actor, (sql) => finding(sql, id, this.clock.today()));
    if (!found) throw notFound('finding');
    return this.shown(actor, found);
  }

  /** A finding with the steps that its reader may take. */
  shown(actor: Actor, found: FindingWithSteps): ShownFinding {
    return { ...found, next: findingStepsOf(actor, found) };
  }

  /** The slug of the programme that a finding is of. @throws Problem 404 */
  async programmeOf(actor: Actor, id: string): Promise<string> {
    const slug = await this.scope.run(actor, (sql) => programmeOfFinding(sql, id));
    if (!slug) throw notFound('finding');
    return slug;
  }
}

/** What the next step of a finding depends on. */
export function findingFactsOf({ state, ownerRole, response, dueOn }: FindingView): FindingFacts {
  const { stance = null, by } = response ?? {};
  return { state, ownerRole, stance, dueOn, responderId: by?.id ?? null };
}

/** The steps that somebody may take with a finding. */
export function findingStepsOf(actor: Actor, found: FindingView): FindingStep[] {
  return openFindingSteps(findingFactsOf(found), actor).filter((step) => may(actor, STEP_PERMISSION[step]));
}
