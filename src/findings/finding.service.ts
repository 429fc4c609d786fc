import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { TRUST_ROLES } from '../core/permissions.js';
import { notFound, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { programmeId } from '../programmes/programme.queries.js';
import { AuditFinding } from './audit-finding.entity.js';
import { type FindingWithSteps, finding, participant } from './finding.queries.js';
import { FINDING, type FindingKind, type OwnerRole, type Priority } from './finding.rules.js';

/** What a review or an audit found, as it is recorded. */
export interface RecordedFinding {
  kind: FindingKind;
  /** The review or audit, by name and date. */
  review: string;
  statement: string;
  priority: Priority;
  /** The role that is to act: at the trust that it is about, or at the funder. */
  ownerRole: OwnerRole;
  /** Who that is, in words; '' where the role says enough. */
  owner: string;
  /** The ODS code of the trust that it is about; null where it is about the programme. */
  trust: string | null;
  dueOn: DateOn;
}

/** What reviews and audits found and recommended, as it is recorded (domain.md section 11, auditor 10). */
@Injectable()
export class FindingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Records a finding, open. @throws Problem 403, 404, 422 for a trust that has no part in the programme, or none to own it */
  record(actor: Actor, slug: string, found: RecordedFinding): Promise<FindingWithSteps> {
    return this.work.run({ actor, action: 'finding.record' }, async (tx) => {
      requirePermission(actor, 'finding:record');
      const programme = await programmeId(tx, slug);
      if (!programme) throw notFound('programme');
      refuseOwnerWithoutTrust(found);
      const { id } = await tx.insert(AuditFinding, {
        programme_id: programme,
        trust_id: found.trust === null ? null : await trustOf(tx, programme, found.trust),
        kind: found.kind,
        review: found.review,
        statement: found.statement,
        priority: found.priority,
        owner: found.owner,
        owner_role: found.ownerRole,
        due_on: found.dueOn,
        state: FINDING.initial,
        raised_by: actor.id,
        illustrative: this.config.demonstration,
      });
      return (await finding(tx, id, this.clock.today())) as FindingWithSteps;
    });
  }
}

function refuseOwnerWithoutTrust({ ownerRole, trust }: RecordedFinding): void {
  if (trust !== null || !(TRUST_ROLES as readonly string[]).includes(ownerRole)) return;
  throw unprocessable('owner-without-trust', 'A role of a trust owns a finding only about a trust.', [
    {
      code: 'owner-without-trust',
      message: 'Say which trust it is about, or give it to a role of the funder.',
      pointer: '/ownerRole',
    },
  ]);
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
