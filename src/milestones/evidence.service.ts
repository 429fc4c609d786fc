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
import { Evidence, Milestone } from './milestone.entity.js';
import { type EvidenceView, evidence, evidenceFile, trustOfMilestone } from './milestone.queries.js';
import { evidenceBlockers } from './milestone.rules.js';

/** Evidence: the files that prove what was delivered. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: EvidenceFiles,
  ) {}

  /**
   * Keeps a file as evidence of a milestone.
   * @throws Problem 403, 404; 409 where the milestone is closed or has this very file; 413; 422 where the file may
   * not be evidence; 503 where it cannot be stored
   */
  async add(actor: Actor, milestoneId: string, upload: EvidenceUpload): Promise<EvidenceView> {
    requirePermission(actor, 'milestone:evidence');
    return this.files.take(actor, upload, {
      to: 'milestone',
      folder: (sql) => trustOfMilestone(sql, milestoneId),
      said: [milestoneId],
      find: evidenceFile,
      record: (by, file) => this.record(by, milestoneId, file),
    });
  }

  /** The file of a piece of evidence. @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read */
  open(reader: Reader, id: string): Promise<OpenedFile> {
    return this.files.open(reader, id, evidenceFile, 'evidence');
  }

  private record(actor: Actor, milestoneId: string, file: FileRow): Promise<EvidenceView> {
    return this.work.run({ actor, action: 'evidence.add' }, async (tx) => {
      const row = await tx.lock(Milestone, milestoneId, 'milestone');
      refuseIfBlocked('This milestone takes no more evidence.', evidenceBlockers(row.state));
      await tx.insert(Evidence, { ...file, trust_id: row.trust_id, milestone_id: row.id });
      // Whoever decides on a milestone has to have seen this: an ETag that was read before it is stale now.
      await tx.change(Milestone, row, {});
      return (await evidence(tx, file.id)) as EvidenceView;
    });
  }
}
