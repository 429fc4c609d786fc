import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { Permission } from '../../core/permissions.js';
import { blocked, notFound, Problem, refuseIfBlocked } from '../../core/problems.js';
import { type Reader, ReadScope } from '../../database/read-scope.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import {
  EvidenceFiles,
  type EvidenceUpload,
  type FileRow,
  type OpenedFile,
} from '../../storage/evidence-files.js';
import { Claim } from '../claims/claim.entity.js';
import type { ClaimState } from '../claims/claim-states.js';
import { Contribution, CostEvidence } from './contribution.entity.js';
import type { ContributionState } from './contribution.rules.js';
import {
  type CostEvidenceView,
  type CostOwnerId,
  costEvidence,
  costEvidenceFile,
  costOwner,
  countedAlready,
} from './cost-evidence.queries.js';
import {
  type CostLabel,
  costEvidenceBlockers,
  costLabelFaults,
  countedBlockers,
  withdrawalBlockers,
} from './cost-evidence.rules.js';

/** A file that somebody sends as evidence of a cost. */
export type CostEvidenceUpload = EvidenceUpload & CostLabel;

/** What the database answers to evidence that counts already. */
const COUNTED = ['evidence-counts-already', 'reference-counts-already'];

/** Evidence of costs, claimed or put in as match: one piece counts once (domain.md section 9, rule 4). */
@Injectable()
export class CostEvidenceService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly files: EvidenceFiles,
  ) {}

  /**
   * Keeps a file as evidence of a claim or contribution. Whoever uploads it prepares what it proves.
   * @throws Problem 403, 404; 409 where the claim or contribution takes none, or this counts already, of whichever
   * trust or programme; 413; 422 where the file may not be evidence; 503 where it cannot be stored
   */
  async add(actor: Actor, owner: CostOwnerId, upload: CostEvidenceUpload): Promise<CostEvidenceView> {
    requirePermission(actor, permissionFor(owner));
    const label = { supplier: upload.supplier.trim(), reference: upload.reference.trim() };
    return this.files.take(actor, upload, {
      to: 'claimId' in owner ? 'claim' : 'contribution',
      folder: async (sql) => (await costOwner(sql, owner))?.trustId,
      said: [JSON.stringify(owner), label.supplier, label.reference],
      faults: costLabelFaults(label),
      find: costEvidenceFile,
      record: (by, file) => this.recordOnce(by, owner, { ...file, ...label }),
    });
  }

  /**
   * Takes evidence back before anybody relies on it: it may count for something else from then on.
   * @throws Problem 403, 404, 409, 412, 428
   */
  withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<CostEvidenceView> {
    return this.work.run({ actor, action: 'cost-evidence.withdraw', reason }, async (tx) => {
      const found = await costEvidence(tx, id);
      if (!found) throw notFound('evidence');
      const owner: CostOwnerId = found.claim
        ? { claimId: found.claim }
        : { contributionId: found.contribution as string };
      requirePermission(actor, permissionFor(owner));
      const held = await hold(tx, owner);
      const row = await tx.lockRevision(CostEvidence, id, revision, 'evidence');
      refuseIfBlocked('This evidence cannot be taken back.', withdrawalBlockers(held, row.counts));
      await tx.change(CostEvidence, row, { counts: false });
      await prepare(tx, held);
      return (await costEvidence(tx, id)) as CostEvidenceView;
    });
  }

  /** The file of a piece of evidence. @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read */
  open(reader: Reader, id: string): Promise<OpenedFile> {
    return this.files.open(reader, id, costEvidenceFile, 'evidence');
  }

  /**
   * The database decides what counts, across trusts; the refusal then names what the caller may see of it, and
   * nothing of what the caller may not.
   */
  private async recordOnce(
    actor: Actor,
    owner: CostOwnerId,
    file: FileRow & CostLabel,
  ): Promise<CostEvidenceView> {
    try {
      return await this.record(actor, owner, file);
    } catch (error) {
      if (!(error instanceof Problem) || !COUNTED.includes(error.code)) throw error;
      const reasons = countedBlockers(await this.scope.run(actor, (sql) => countedAlready(sql, file)));
      throw reasons[0] ? blocked(reasons[0].message, reasons, reasons[0].code) : error;
    }
  }

  private record(actor: Actor, owner: CostOwnerId, file: FileRow & CostLabel): Promise<CostEvidenceView> {
    return this.work.run({ actor, action: 'cost-evidence.add' }, async (tx) => {
      const held = await hold(tx, owner);
      refuseIfBlocked(`This ${held.kind} takes no more evidence.`, costEvidenceBlockers(held));
      await tx.insert(CostEvidence, {
        ...file,
        trust_id: held.row.trust_id,
        claim_id: held.kind === 'claim' ? held.row.id : null,
        contribution_id: held.kind === 'claim' ? null : held.row.id,
        illustrative: held.row.illustrative || file.illustrative,
      });
      await prepare(tx, held);
      return (await costEvidence(tx, file.id)) as CostEvidenceView;
    });
  }
}

const permissionFor = (owner: CostOwnerId): Permission =>
  'claimId' in owner ? 'claim:prepare' : 'match:record';

/** What evidence proves, locked. */
type Held =
  | { kind: 'claim'; state: ClaimState; row: Claim }
  | { kind: 'contribution'; state: ContributionState; row: Contribution };

async function hold(tx: Tx, owner: CostOwnerId): Promise<Held> {
  if ('claimId' in owner) {
    const row = await tx.lock(Claim, owner.claimId, 'claim');
    return { kind: 'claim', state: row.state, row };
  }
  const row = await tx.lock(Contribution, owner.contributionId, 'contribution');
  return { kind: 'contribution', state: row.state, row };
}

/**
 * Puts the actor among those who prepared what evidence proves. Whoever decides on that has to have seen the evidence
 * as it is: an ETag that was read before is stale now.
 */
async function prepare(tx: Tx, { kind, row }: Held): Promise<void> {
  const preparers = kind === 'claim' ? row.prepared_by : row.recorded_by;
  const by = [...new Set([...preparers, tx.actor.id])];
  if (kind === 'claim') await tx.change(Claim, row, { prepared_by: by });
  else await tx.change(Contribution, row, { recorded_by: by });
}
