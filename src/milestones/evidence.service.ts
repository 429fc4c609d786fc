import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import { type Reader, ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { cleanFileName, labelFaults, typeOfName } from './evidence.rules.js';
import { EvidenceStorage, storageKey } from './evidence-storage.js';
import { Evidence, Milestone } from './milestone.entity.js';
import { type EvidenceView, evidence, storageKeyOf, trustOfMilestone } from './milestone.queries.js';
import { evidenceBlockers } from './milestone.rules.js';
import {
  checkContent,
  type ReceivedFile,
  refused,
  type UploadStream,
  withReceivedFile,
} from './received-file.js';

/** A file that somebody sends as evidence. */
export interface EvidenceUpload {
  /** Read to its end at most once; the caller disposes of what is left of it. */
  file: UploadStream;
  /** As it was sent; kept cleaned. */
  fileName: string;
  /** The media type as it was sent; '' where there was none. */
  declaredType: string;
  /** What the file shows. */
  description: string;
  /** Made up to show how the system works. */
  illustrative?: boolean;
}

/** The label of an upload as it is kept. */
interface Label {
  fileName: string;
  mediaType: string;
  description: string;
  illustrative: boolean;
}

/** Evidence: the files that prove what was delivered. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly storage: EvidenceStorage,
    private readonly config: Config,
  ) {}

  /**
   * Keeps a file as evidence of a milestone. The file is received, checked and stored first, and the row that refers
   * to it is written last, so that no row is without its file.
   * @throws Problem 403, 404; 409 where the milestone is closed or has this very file; 413; 422 where the file may
   * not be evidence; 503 where it cannot be stored
   */
  async add(actor: Actor, milestoneId: string, upload: EvidenceUpload): Promise<EvidenceView> {
    requirePermission(actor, 'milestone:evidence');
    const trustId = await this.trustOf(actor, milestoneId);
    const label = labelOf(upload);
    return withReceivedFile(upload.file, this.config.evidenceMaxBytes, async (file) => {
      await checkContent(file.path, label.fileName);
      const id = randomUUID();
      const key = storageKey(trustId, file.sha256, id);
      await this.storage.keep(key, file.path, file.sizeBytes);
      try {
        return await this.record(actorOf(actor, milestoneId, file, label), milestoneId, {
          id,
          key,
          file,
          label,
        });
      } finally {
        if (await this.isNobodys(actor, id)) await this.storage.remove(key);
      }
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
    { id, key, file, label }: { id: string; key: string; file: ReceivedFile; label: Label },
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

  /**
   * Whether a stored file has no row: the unit of work was refused, or it was a repeated request, whose first file
   * stands. Where that cannot be found out, it counts as somebody's: a file too many harms nobody.
   */
  private async isNobodys(reader: Reader, id: string): Promise<boolean> {
    try {
      return (await this.scope.run(reader, (sql) => storageKeyOf(sql, id))) === undefined;
    } catch {
      return false;
    }
  }
}

/** @throws Problem 422 naming all that is wrong with what is said of the file */
function labelOf(upload: EvidenceUpload): Label {
  const fileName = cleanFileName(upload.fileName);
  const { declaredType, description, illustrative = false } = upload;
  const faults = labelFaults({ fileName, declaredType, description });
  const kind = typeOfName(fileName);
  if (faults.length > 0 || !kind) throw refused(faults);
  return { fileName, mediaType: kind.mediaType, description: description.trim(), illustrative };
}

/** The actor, whose claim to do this once covers the file too: the guard has not seen it. */
function actorOf(actor: Actor, milestoneId: string, file: ReceivedFile, label: Label): Actor {
  if (!actor.idempotency) return actor;
  const { key, fingerprint } = actor.idempotency;
  const parts = [fingerprint, milestoneId, file.sha256, label.fileName, label.description];
  const hash = createHash('sha256').update(JSON.stringify(parts));
  return { ...actor, idempotency: { key, fingerprint: hash.digest('hex') } };
}
