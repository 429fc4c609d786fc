import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { Permission } from '../../core/permissions.js';
import { blocked, notFound, Problem, refuseIfBlocked } from '../../core/problems.js';
import { type Reader, ReadScope } from '../../database/read-scope.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import {
  EvidenceIntake,
  type EvidenceUpload,
  type StoredFile,
  withFile,
} from '../../storage/evidence-intake.js';
import { EvidenceStorage } from '../../storage/evidence-storage.js';
import { Claim } from '../claims/claim.entity.js';
import type { ClaimState } from '../claims/claim-states.js';
import { Contribution, CostEvidence } from './contribution.entity.js';
import type { ContributionState } from './contribution.rules.js';
import {
  type CostEvidenceView,
  type CostOwnerId,
  costEvidence,
  costOwner,
  countedAlready,
  storageKeyOfCost,
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
    private readonly storage: EvidenceStorage,
    private readonly intake: EvidenceIntake,
  ) {}

  /**
   * Keeps a file as evidence of a claim or contribution. Whoever uploads it prepares what it proves.
   * @throws Problem 403, 404; 409 where the claim or contribution takes none, or this counts already, of whichever
   * trust or programme; 413; 422 where the file may not be evidence; 503 where it cannot be stored
   */
  async add(actor: Actor, owner: CostOwnerId, upload: CostEvidenceUpload): Promise<CostEvidenceView> {
    requirePermission(actor, permissionFor(owner));
    const found = await this.scope.run(actor, (sql) => costOwner(sql, owner));
    if (!found) throw notFound('claimId' in owner ? 'claim' : 'contribution');
    const said = { supplier: upload.supplier.trim(), reference: upload.reference.trim() };
    return this.intake.take(upload, {
      trustId: found.trustId,
      faults: costLabelFaults(said),
      record: (stored) => this.recordOnce(actor, owner, stored, said),
      isKept: async (id) => (await this.scope.run(actor, (sql) => storageKeyOfCost(sql, id))) !== undefined,
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

  /**
   * The stored bytes of a piece of evidence, and what it is. The caller reads the stream or destroys it.
   * @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read
   */
  async open(reader: Reader, id: string): Promise<{ view: CostEvidenceView; stream: Readable }> {
    const { view, key } = await this.scope.run(reader, async (sql) => {
      const found = await costEvidence(sql, id);
      const storedAt = await storageKeyOfCost(sql, id);
      if (!found || !storedAt) throw notFound('evidence');
      return { view: found, key: storedAt };
    });
    return { view, stream: await this.storage.open(key, view.sizeBytes) };
  }

  /**
   * The database decides what counts, across trusts; the refusal then names what the caller may see of it, and
   * nothing of what the caller may not.
   */
  private async recordOnce(
    actor: Actor,
    owner: CostOwnerId,
    stored: StoredFile,
    said: CostLabel,
  ): Promise<CostEvidenceView> {
    try {
      return await this.record(actor, owner, stored, said);
    } catch (error) {
      if (!(error instanceof Problem) || !COUNTED.includes(error.code)) throw error;
      const counted = await this.scope.run(actor, (sql) =>
        countedAlready(sql, { sha256: stored.file.sha256, ...said }),
      );
      const reasons = countedBlockers(counted);
      throw reasons[0] ? blocked(reasons[0].message, reasons, reasons[0].code) : error;
    }
  }

  private record(
    actor: Actor,
    owner: CostOwnerId,
    stored: StoredFile,
    { supplier, reference }: CostLabel,
  ): Promise<CostEvidenceView> {
    const { id, key, file, label } = stored;
    const once = withFile(actor, stored, JSON.stringify(owner), supplier, reference);
    return this.work.run({ actor: once, action: 'cost-evidence.add' }, async (tx) => {
      requirePermission(actor, permissionFor(owner));
      const held = await hold(tx, owner);
      refuseIfBlocked(`This ${held.kind} takes no more evidence.`, costEvidenceBlockers(held));
      await tx.insert(CostEvidence, {
        id,
        trust_id: held.row.trust_id,
        claim_id: held.kind === 'claim' ? held.row.id : null,
        contribution_id: held.kind === 'claim' ? null : held.row.id,
        supplier,
        reference,
        file_name: label.fileName,
        media_type: label.mediaType,
        size_bytes: file.sizeBytes,
        sha256: file.sha256,
        storage_key: key,
        description: label.description,
        uploaded_by: actor.id,
        illustrative: held.row.illustrative || label.illustrative,
      });
      await prepare(tx, held);
      return (await costEvidence(tx, id)) as CostEvidenceView;
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
