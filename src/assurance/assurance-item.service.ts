import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { isId } from '../core/paging.js';
import { forbidden, refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AssuranceItem } from './assurance.entity.js';
import { type AssuranceItemWithFiles, assuranceItem } from './assurance-item.queries.js';
import {
  ASSURANCE_ITEM,
  type AssuranceContent,
  contentFaults,
  heldByFunder,
} from './assurance-item.rules.js';
import { type AssuranceKind, type AssuranceLevel, KINDS } from './assurance-kinds.js';
import { type SubjectColumns, subjectColumns } from './subject.queries.js';

/** A piece of assurance as it is begun. */
export interface BegunAssurance extends AssuranceContent {
  kind: AssuranceKind;
  /** The id of the product, version, deployment or project; of an organisation, its ODS code. */
  subject: string;
}

/** Evidence of safety and governance as it is written; what follows is `AssuranceStepsService`'s. */
@Injectable()
export class AssuranceItemService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Begins a piece of assurance, as a draft. The funder writes of products, a trust of what is its own.
   * @throws Problem 403; 422 where it is of nothing that is there, or what is written is wrong
   */
  begin(actor: Actor, { kind, subject, ...content }: BegunAssurance): Promise<AssuranceItemWithFiles> {
    return this.work.run({ actor, action: 'assurance.begin' }, async (tx) => {
      requirePermission(actor, 'assurance:prepare');
      const { level, signOffRole } = KINDS[kind];
      requireOwnSide(actor, level);
      const columns = await subjectOf(tx, level, subject, actor);
      this.check(kind, content);
      const { id } = await tx.insert(AssuranceItem, {
        ...columns,
        ...written(content),
        kind,
        level,
        sign_off_role: signOffRole,
        state: ASSURANCE_ITEM.initial,
        prepared_by: actor.id,
        edited_by: [],
        illustrative: this.config.demonstration,
      });
      return (await assuranceItem(tx, id)) as AssuranceItemWithFiles;
    });
  }

  /** Writes a draft anew. @throws Problem 403, 404; 409 where it is no draft; 412, 422, 428 */
  change(
    actor: Actor,
    id: string,
    revision: number | null,
    content: AssuranceContent,
  ): Promise<AssuranceItemWithFiles> {
    return this.work.run({ actor, action: 'assurance.change' }, async (tx) => {
      const row = await tx.lockRevision(AssuranceItem, id, revision, 'piece of assurance');
      requirePermission(actor, 'assurance:prepare');
      requireOwnSide(actor, row.level);
      refuseIfBlocked('This can be changed no more.', ASSURANCE_ITEM.blockers('submit', row.state));
      this.check(row.kind, content);
      await tx.change(AssuranceItem, row, { ...written(content), edited_by: withEditor(row, actor) });
      return (await assuranceItem(tx, id)) as AssuranceItemWithFiles;
    });
  }

  private check(kind: AssuranceKind, content: AssuranceContent): void {
    const faults = contentFaults(kind, content, this.clock.today());
    if (faults[0]) throw unprocessable(faults[0].code, faults[0].message, faults);
  }
}

/** Who changed a draft beside whoever began it, with somebody more. */
export function withEditor(row: AssuranceItem, { id }: Actor): string[] {
  return row.prepared_by === id || row.edited_by.includes(id) ? row.edited_by : [...row.edited_by, id];
}

/**
 * @throws Problem 403 where it is not this actor's side that holds the evidence: what is of a product the funder keeps
 * for all, what is a trust's own its trust
 */
export function requireOwnSide({ trustId }: Actor, level: AssuranceLevel): void {
  if (heldByFunder(level) && trustId !== null)
    throw forbidden(
      'Evidence of products is kept by the funder, for all. Send it to your programme manager.',
    );
  if (!heldByFunder(level) && trustId === null)
    throw forbidden('This is held by a trust, and its project lead records it.');
}

function written(content: AssuranceContent) {
  return {
    version: content.version.trim(),
    signed_by: content.signedBy.trim(),
    signed_on: content.signedOn,
    expires_on: content.expiresOn,
    outcome: content.outcome,
    document: content.document.trim(),
  };
}

async function subjectOf(
  tx: Tx,
  level: AssuranceLevel,
  subject: string,
  { trustId }: Actor,
): Promise<SubjectColumns> {
  const named =
    level === 'organisation' || isId(subject) ? await subjectColumns(tx, level, subject) : undefined;
  // Organisations are known to all; what is of another one is not this trust's to record.
  if (named && (trustId === null || named.trust_id === trustId)) return named;
  const message = `Name the ${level.replaceAll('-', ' ')} that it is of, by its ${level === 'organisation' ? 'ODS code' : 'id'}: there is no such one, or it is not yours.`;
  throw unprocessable('unknown-subject', message, [
    { code: 'unknown-subject', message, pointer: '/subject' },
  ]);
}
