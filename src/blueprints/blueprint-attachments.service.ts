import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import type { Reader } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  EvidenceFiles,
  type EvidenceUpload,
  type FileRow,
  type OpenedFile,
} from '../storage/evidence-files.js';
import { Blueprint, BlueprintAttachment, BlueprintVersion } from './blueprint.entity.js';
import {
  type BlueprintAttachmentView,
  blueprintAttachment,
  blueprintFile,
  blueprintHead,
  blueprintOfAttachment,
} from './blueprint.queries.js';
import { BLUEPRINT } from './blueprint.rules.js';
import { type BlueprintId } from './blueprint.service.js';
import { lockBlueprint } from './blueprint-lock.js';

/** The files that come with a blueprint: plans, forms, specifications that others can use. */
@Injectable()
export class BlueprintAttachmentsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: EvidenceFiles,
  ) {}

  /**
   * Keeps a file with the draft.
   * @throws Problem 403, 404; 409 where there is no draft, or it has this very file; 413; 422; 503
   */
  async add(actor: Actor, blueprintId: string, upload: EvidenceUpload): Promise<BlueprintAttachmentView> {
    requirePermission(actor, 'blueprint:prepare');
    return this.files.take(actor, upload, {
      to: 'blueprint',
      folder: async (sql) => {
        const head = await blueprintHead(sql, blueprintId);
        return head && head.trust.odsCode === actor.trustOds ? (actor.trustId ?? undefined) : undefined;
      },
      said: [blueprintId],
      find: blueprintFile,
      record: (by, file) => this.record(by, blueprintId, file),
    });
  }

  /** Takes a file out of the draft again. @throws Problem 403, 404, 409, 412, 428 */
  remove(actor: Actor, id: string, revision: number | null): Promise<BlueprintId> {
    return this.work.run({ actor, action: 'blueprint.remove-attachment' }, async (tx) => {
      const blueprintId = await blueprintOfAttachment(tx, id);
      if (!blueprintId) throw notFound('attachment');
      const { blueprint, latest } = await lockBlueprint(tx, blueprintId, revision);
      requirePermission(actor, 'blueprint:prepare');
      refuseIfBlocked('Only the files of a draft are taken out.', BLUEPRINT.blockers('submit', latest.state));
      const row = await tx.manager.findOneBy(BlueprintAttachment, { id, version_id: latest.id });
      if (!row) throw notFound('attachment of the draft');
      await tx.change(BlueprintAttachment, row, { removed: true });
      await tx.change(Blueprint, blueprint, {});
      return { id: blueprint.id };
    });
  }

  /** A file of a blueprint. @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read */
  open(reader: Reader, id: string): Promise<OpenedFile> {
    return this.files.open(reader, id, blueprintFile, 'attachment');
  }

  private record(actor: Actor, blueprintId: string, file: FileRow): Promise<BlueprintAttachmentView> {
    return this.work.run({ actor, action: 'blueprint.attach' }, async (tx) => {
      const blueprint = await tx.lock(Blueprint, blueprintId, 'blueprint');
      const { latest } = await lockBlueprint(tx, blueprintId, blueprint.revision);
      refuseIfBlocked('Only a draft takes files.', BLUEPRINT.blockers('submit', latest.state));
      await tx.insert(BlueprintAttachment, { ...file, trust_id: latest.trust_id, version_id: latest.id });
      await tx.change(BlueprintVersion, latest, {
        prepared_by: [...new Set([...latest.prepared_by, actor.id])],
      });
      await tx.change(Blueprint, blueprint, {});
      return (await blueprintAttachment(tx, file.id)) as BlueprintAttachmentView;
    });
  }
}
