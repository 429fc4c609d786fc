import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { notFound, refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { programmeId } from '../programmes/programme.queries.js';
import { AuditFinding } from './audit-finding.entity.js';
import { type FindingView, finding, participant } from './finding.queries.js';
import { FINDING, type FindingKind } from './finding.rules.js';

/** What a review or an audit found, as it is recorded. */
export interface RecordedFinding {
  kind: FindingKind;
  /** The review or audit, by name and date. */
  review: string;
  statement: string;
  /** Who is to answer it: a person or a role, in words. */
  owner: string;
  /** The ODS code of the trust that it is about; null where it is about the programme. */
  trust: string | null;
  dueOn: DateOn;
}

/** What reviews and audits found and recommended, until it is answered (domain.md section 11, auditor 10). */
@Injectable()
export class FindingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Records a finding, open. @throws Problem 403, 404, 422 for a trust that has no part in the programme */
  record(actor: Actor, slug: string, found: RecordedFinding): Promise<FindingView> {
    return this.work.run({ actor, action: 'finding.record' }, async (tx) => {
      requirePermission(actor, 'finding:record');
      const programme = await programmeId(tx, slug);
      if (!programme) throw notFound('programme');
      const { id } = await tx.insert(AuditFinding, {
        programme_id: programme,
        trust_id: found.trust === null ? null : await trustOf(tx, programme, found.trust),
        kind: found.kind,
        review: found.review,
        statement: found.statement,
        owner: found.owner,
        due_on: found.dueOn,
        state: FINDING.initial,
        raised_by: actor.id,
        illustrative: this.config.demonstration,
      });
      return this.shown(tx, id);
    });
  }

  /** Closes an open finding with what was done about it. @throws Problem 403, 404, 409, 412, 428 */
  close(
    actor: Actor,
    id: string,
    revision: number | null,
    { response }: { response: string },
  ): Promise<FindingView> {
    return this.work.run({ actor, action: 'finding.close' }, async (tx) => {
      requirePermission(actor, 'finding:record');
      const row = await tx.lockRevision(AuditFinding, id, revision, 'finding');
      refuseIfBlocked('This finding cannot be closed now.', FINDING.blockers('close', row.state));
      await tx.change(AuditFinding, row, {
        state: FINDING.next('close', row.state),
        response,
        closed_by: actor.id,
        closed_at: new Date(),
      });
      return this.shown(tx, id);
    });
  }

  private async shown(tx: Tx, id: string): Promise<FindingView> {
    return (await finding(tx, id, this.clock.today())) as FindingView;
  }
}

async function trustOf(tx: Tx, programme: string, odsCode: string): Promise<string> {
  const id = await participant(tx, programme, odsCode);
  if (!id)
    throw unprocessable('unknown-trust', `${odsCode} has no part in this programme.`, [
      {
        code: 'unknown-trust',
        message: 'Give the ODS code of a body of this programme, or none where it is about the programme.',
        pointer: '/trust',
      },
    ]);
  return id;
}
