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
import { Evidence, Milestone } from './milestone.entity.js';
import { type EvidenceView, evidence, storageKeyOf, trustOfMilestone } from './milestone.queries.js';
import { evidenceBlockers } from './milestone.rules.js';

/** Evidence: the files that prove what was delivered. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly storage: EvidenceStorage,
    private readonly intake: EvidenceIntake,
  ) {}

  /**
   * Keeps a file as evidence of a milestone.
   * @throws Problem 403, 404; 409 where the milestone is closed or has this very file; 413; 422 where the file may
   * not be evidence; 503 where it cannot be stored
   */
  async add(actor: Actor, milestoneId: string, upload: EvidenceUpload): Promise<EvidenceView> {
    requirePermission(actor, 'milestone:evidence');
    const trustId = await this.trustOf(actor, milestoneId);
    return this.intake.take(upload, {
      trustId,
      record: (stored) => this.record(withFile(actor, stored, milestoneId), milestoneId, stored),
      isKept: async (id) => (await this.scope.run(actor, (sql) => storageKeyOf(sql, id))) !== undefined,
    });
  }

  /**
   * The stored bytes of a piece of evidence, and what it is. The caller reads the stream or destroys it.
   * @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read
   */
  async open(reader: Reader, id: string): Promise<{ view: EvidenceView; stream: Readable }> {
    const { view, key } = await this.scope.run(reader, async (sql) => {
      const found = await evidence(sql, id);
      const storedAt = await storageKeyOf(sql, id);
      if (!found || !storedAt) throw notFound('evidence');
      return { view: found, key: storedAt };
    });
    return { view, stream: await this.storage.open(key, view.sizeBytes) };
  }

  /**
   * Whose the milestone is. Only the unit of work asks whether it is open: a repeated request gets its first answer
   * when the milestone has been closed since.
   */
  private async trustOf(actor: Actor, milestoneId: string): Promise<string> {
    const trustId = await this.scope.run(actor, (sql) => trustOfMilestone(sql, milestoneId));
    if (!trustId) throw notFound('milestone');
    return trustId;
  }

  private record(
    actor: Actor,
    milestoneId: string,
    { id, key, file, label }: StoredFile,
  ): Promise<EvidenceView> {
    return this.work.run({ actor, action: 'evidence.add' }, async (tx) => {
      requirePermission(actor, 'milestone:evidence');
      const row = await tx.lock(Milestone, milestoneId, 'milestone');
      refuseIfBlocked('This milestone takes no more evidence.', evidenceBlockers(row.state));
      await tx.insert(Evidence, {
        id,
        trust_id: row.trust_id,
        milestone_id: row.id,
        file_name: label.fileName,
        media_type: label.mediaType,
        size_bytes: file.sizeBytes,
        sha256: file.sha256,
        storage_key: key,
        description: label.description,
        uploaded_by: actor.id,
        illustrative: label.illustrative,
      });
      // Whoever decides on a milestone has to have seen this: an ETag that was read before it is stale now.
      await tx.change(Milestone, row, {});
      return (await evidence(tx, id)) as EvidenceView;
    });
  }
}
