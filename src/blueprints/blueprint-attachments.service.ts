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
import { Blueprint, BlueprintAttachment, BlueprintVersion } from './blueprint.entity.js';
import { type BlueprintAttachmentView, blueprintAttachment, blueprintHead } from './blueprint.queries.js';
import { BLUEPRINT } from './blueprint.rules.js';
import { type BlueprintId } from './blueprint.service.js';
import { lockBlueprint } from './blueprint-lock.js';

/** The files that come with a blueprint: plans, forms, specifications that others can use. */
@Injectable()
export class BlueprintAttachmentsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly storage: EvidenceStorage,
    private readonly intake: EvidenceIntake,
  ) {}

  /**
   * Keeps a file with the draft.
   * @throws Problem 403, 404; 409 where there is no draft, or it has this very file; 413; 422; 503
   */
  async add(actor: Actor, blueprintId: string, upload: EvidenceUpload): Promise<BlueprintAttachmentView> {
    requirePermission(actor, 'blueprint:prepare');
    const head = await this.scope.run(actor, (sql) => blueprintHead(sql, blueprintId));
    if (!head || actor.trustId === null || head.trust.odsCode !== actor.trustOds) throw notFound('blueprint');
    return this.intake.take(upload, {
      trustId: actor.trustId,
      record: (stored) => this.record(withFile(actor, stored, blueprintId), blueprintId, stored),
      isKept: async (id) =>
        (await this.scope.run(actor, (sql) => blueprintAttachment(sql, id))) !== undefined,
    });
  }

  /** Takes a file out of the draft again. @throws Problem 403, 404, 409, 412, 428 */
  remove(actor: Actor, id: string, revision: number | null): Promise<BlueprintId> {
    return this.work.run({ actor, action: 'blueprint.remove-attachment' }, async (tx) => {
      const seen = await blueprintAttachment(tx, id);
      if (!seen) throw notFound('attachment');
      const { blueprint, latest } = await lockBlueprint(tx, seen.blueprintId, revision);
      requirePermission(actor, 'blueprint:prepare');
      refuseIfBlocked('Only the files of a draft are taken out.', BLUEPRINT.blockers('submit', latest.state));
      const row = await tx.manager.findOneBy(BlueprintAttachment, { id, version_id: latest.id });
      if (!row) throw notFound('attachment of the draft');
      await tx.change(BlueprintAttachment, row, { removed: true });
      await tx.change(Blueprint, blueprint, {});
      return { id: blueprint.id };
    });
  }

  /** The stored bytes of a file, and what it is. @throws Problem 404 where there is none that the reader may see, 503 */
  async open(reader: Reader, id: string): Promise<{ view: BlueprintAttachmentView; stream: Readable }> {
    const found = await this.scope.run(reader, (sql) => blueprintAttachment(sql, id));
    if (!found) throw notFound('attachment');
    return { view: found, stream: await this.storage.open(found.key, found.sizeBytes) };
  }

  private record(
    actor: Actor,
    blueprintId: string,
    { id, key, file, label }: StoredFile,
  ): Promise<BlueprintAttachmentView> {
    return this.work.run({ actor, action: 'blueprint.attach' }, async (tx) => {
      const blueprint = await tx.lock(Blueprint, blueprintId, 'blueprint');
      const { latest } = await lockBlueprint(tx, blueprintId, blueprint.revision);
      refuseIfBlocked('Only a draft takes files.', BLUEPRINT.blockers('submit', latest.state));
      await tx.insert(BlueprintAttachment, {
        id,
        trust_id: latest.trust_id,
        version_id: latest.id,
        file_name: label.fileName,
        media_type: label.mediaType,
        size_bytes: file.sizeBytes,
        sha256: file.sha256,
        storage_key: key,
        description: label.description,
        uploaded_by: actor.id,
        illustrative: label.illustrative,
      });
      await tx.change(BlueprintVersion, latest, {
        prepared_by: [...new Set([...latest.prepared_by, actor.id])],
      });
      await tx.change(Blueprint, blueprint, {});
      const {
        key: _,
        blueprintId: __,
        ...view
      } = (await blueprintAttachment(tx, id)) as NonNullable<Awaited<ReturnType<typeof blueprintAttachment>>>;
      return view;
    });
  }
}
