import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import { refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { Agreement, AgreementVersion } from './agreement.entity.js';
import { type AgreementView, agreement } from './agreement.queries.js';
import { AGREEMENT, AGREEMENT_PERMISSIONS, type AgreementVerb } from './agreement.rules.js';

/** An agreement that a step is taken with, locked, and its version in force. */
export interface Stepping {
  agreement: Agreement;
  version: AgreementVersion;
}

/** A step of an agreement's life that somebody asks for. */
export interface AgreementStep {
  verb: AgreementVerb;
  reason?: string | undefined;
  /** What blocks it beside its state. */
  blockers?: (tx: Tx, stepping: Stepping) => Promise<Blocker[]>;
  /** What it does beside changing the state; what it gives changes the agreement. */
  effect?: (tx: Tx, stepping: Stepping) => Promise<QueryDeepPartialEntity<Agreement>>;
}

/** Takes a step. @throws Problem 403, 404, 409 with all that blocks it, 412, 428 */
export function takeStep(
  work: UnitOfWork,
  actor: Actor,
  { id, revision }: { id: string; revision: number | null },
  { verb, reason, blockers, effect }: AgreementStep,
): Promise<AgreementView> {
  return work.run({ actor, action: `agreement.${verb}`, reason }, async (tx) => {
    requirePermission(actor, AGREEMENT_PERMISSIONS[verb]);
    const row = await tx.lockRevision(Agreement, id, revision, 'agreement');
    const stepping = { agreement: row, version: await versionOf(tx, row) };
    refuseIfBlocked('This agreement cannot do that now.', [
      ...AGREEMENT.blockers(verb, row.state),
      ...((await blockers?.(tx, stepping)) ?? []),
    ]);
    const state = AGREEMENT.next(verb, row.state);
    await tx.change(Agreement, row, { ...(await effect?.(tx, stepping)), state });
    return (await agreement(tx, id)) as AgreementView;
  });
}

/** The version of a locked agreement that is in force; before the signature, the one that is being agreed. */
export function versionOf(tx: Tx, row: Agreement): Promise<AgreementVersion> {
  return tx.manager.findOneByOrFail(AgreementVersion, { agreement_id: row.id, number: row.version });
}

/** Everybody who prepared a version. */
export const preparersOf = (version: AgreementVersion): string[] => [
  version.prepared_by,
  ...version.edited_by,
];
