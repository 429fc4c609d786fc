import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Reader } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  EvidenceFiles,
  type EvidenceUpload,
  type FileRow,
  type OpenedFile,
} from '../storage/evidence-files.js';
import { BenefitActual, BenefitEvidence } from './benefit.entity.js';
import {
  type BenefitEvidenceView,
  benefitEvidence,
  benefitEvidenceFile,
  trustOfActual,
} from './benefit.queries.js';
import { actualEvidenceBlockers } from './benefit-actual.rules.js';

/** The files that show what benefits brought. */
@Injectable()
export class BenefitEvidenceService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: EvidenceFiles,
  ) {}

  /**
   * Keeps a file as evidence of what a benefit brought. Whoever adds it prepares what it shows.
   * @throws Problem 403, 404; 409 where it is decided on or has this very file; 413; 422 where the file may not be
   * evidence; 503 where it cannot be stored
   */
  async add(actor: Actor, actualId: string, upload: EvidenceUpload): Promise<BenefitEvidenceView> {
    requirePermission(actor, 'benefit:record');
    return this.files.take(actor, upload, {
      to: 'report of a benefit',
      folder: (sql) => trustOfActual(sql, actualId),
      said: [actualId],
      find: benefitEvidenceFile,
      record: (by, file) => this.record(by, actualId, file),
    });
  }

  /** The file of a piece of evidence. @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read */
  open(reader: Reader, id: string): Promise<OpenedFile> {
    return this.files.open(reader, id, benefitEvidenceFile, 'evidence');
  }

  private record(actor: Actor, actualId: string, file: FileRow): Promise<BenefitEvidenceView> {
    return this.work.run({ actor, action: 'benefit-evidence.add' }, async (tx) => {
      const row = await tx.lock(BenefitActual, actualId, 'report of a benefit');
      refuseIfBlocked('This report takes no more evidence.', actualEvidenceBlockers(row.state));
      const illustrative = row.illustrative || file.illustrative;
      await tx.insert(BenefitEvidence, { ...file, trust_id: row.trust_id, actual_id: row.id, illustrative });
      // Whoever decides has to have seen this: an ETag that was read before it is stale now.
      await tx.change(BenefitActual, row, { prepared_by: [...new Set([...row.prepared_by, actor.id])] });
      return (await benefitEvidence(tx, file.id)) as BenefitEvidenceView;
    });
  }
}
