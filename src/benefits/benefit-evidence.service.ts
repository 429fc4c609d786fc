import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import { type Reader, ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  EvidenceIntake,
  type EvidenceUpload,
  type StoredFile,
  withFile,
} from '../storage/evidence-intake.js';
import { EvidenceStorage } from '../storage/evidence-storage.js';
import { BenefitActual, BenefitEvidence } from './benefit.entity.js';
import {
  type BenefitEvidenceView,
  benefitEvidence,
  storageKeyOfBenefit,
  trustOfActual,
} from './benefit.queries.js';
import { actualEvidenceBlockers } from './benefit-actual.rules.js';

/** The files that show what benefits brought. */
@Injectable()
export class BenefitEvidenceService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly storage: EvidenceStorage,
    private readonly intake: EvidenceIntake,
  ) {}

  /**
   * Keeps a file as evidence of what a benefit brought. Whoever adds it prepares what it shows.
   * @throws Problem 403, 404; 409 where it is decided on or has this very file; 413; 422 where the file may not be
   * evidence; 503 where it cannot be stored
   */
  async add(actor: Actor, actualId: string, upload: EvidenceUpload): Promise<BenefitEvidenceView> {
    requirePermission(actor, 'benefit:record');
    const trustId = await this.scope.run(actor, (sql) => trustOfActual(sql, actualId));
    if (!trustId) throw notFound('report of a benefit');
    return this.intake.take(upload, {
      trustId,
      record: (stored) => this.record(withFile(actor, stored, actualId), actualId, stored),
      isKept: async (id) =>
        (await this.scope.run(actor, (sql) => storageKeyOfBenefit(sql, id))) !== undefined,
    });
  }

  /** What a piece of evidence is. @throws Problem 404 */
  async one(reader: Reader, id: string): Promise<BenefitEvidenceView> {
    const found = await this.scope.run(reader, (sql) => benefitEvidence(sql, id));
    if (!found) throw notFound('evidence');
    return found;
  }

  /**
   * The stored bytes of a piece of evidence, and what it is. The caller reads the stream or destroys it.
   * @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read
   */
  async open(reader: Reader, id: string): Promise<{ view: BenefitEvidenceView; stream: Readable }> {
    const view = await this.one(reader, id);
    const key = await this.scope.run(reader, (sql) => storageKeyOfBenefit(sql, id));
    if (!key) throw notFound('evidence');
    return { view, stream: await this.storage.open(key, view.sizeBytes) };
  }

  private record(
    actor: Actor,
    actualId: string,
    { id, key, file, label }: StoredFile,
  ): Promise<BenefitEvidenceView> {
    return this.work.run({ actor, action: 'benefit-evidence.add' }, async (tx) => {
      requirePermission(actor, 'benefit:record');
      const row = await tx.lock(BenefitActual, actualId, 'report of a benefit');
      refuseIfBlocked('This report takes no more evidence.', actualEvidenceBlockers(row.state));
      await tx.insert(BenefitEvidence, {
        id,
        trust_id: row.trust_id,
        actual_id: row.id,
        file_name: label.fileName,
        media_type: label.mediaType,
        size_bytes: file.sizeBytes,
        sha256: file.sha256,
        storage_key: key,
        description: label.description,
        uploaded_by: actor.id,
        illustrative: row.illustrative || label.illustrative,
      });
      // Whoever decides has to have seen this: an ETag that was read before it is stale now.
      await tx.change(BenefitActual, row, { prepared_by: [...new Set([...row.prepared_by, actor.id])] });
      return (await benefitEvidence(tx, id)) as BenefitEvidenceView;
    });
  }
}
