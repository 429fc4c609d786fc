import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  EvidenceIntake,
  type EvidenceUpload,
  type StoredFile,
  withFile,
} from '../storage/evidence-intake.js';
import { EvidenceStorage } from '../storage/evidence-storage.js';
import { AssuranceDocument, AssuranceItem } from './assurance.entity.js';
import {
  type AssuranceDocumentView,
  type AssuranceItemWithFiles,
  assuranceItem,
  storedDocument,
} from './assurance-item.queries.js';
import { ASSURANCE_ITEM } from './assurance-item.rules.js';
import { requireOwnSide, withEditor } from './assurance-item.service.js';

/** The folder of files that are of products, and of no trust. */
const OF_PRODUCTS = 'products';

/** Files of assurance: documents, and hazard logs, whose content few may open. */
@Injectable()
export class AssuranceDocumentService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly storage: EvidenceStorage,
    private readonly intake: EvidenceIntake,
    private readonly config: Config,
  ) {}

  /**
   * Keeps a file with a draft.
   * @throws Problem 403, 404; 409 where it is no draft or has this very file; 413; 422 where the file may not be
   * evidence; 503 where it cannot be stored
   */
  async add(
    actor: Actor,
    itemId: string,
    hazardLog: boolean,
    upload: EvidenceUpload,
  ): Promise<AssuranceItemWithFiles> {
    requirePermission(actor, 'assurance:prepare');
    const item = await this.scope.run(actor, (sql) => assuranceItem(sql, itemId));
    if (!item) throw notFound('piece of assurance');
    return this.intake.take(upload, {
      trustId: item.trust?.odsCode ?? OF_PRODUCTS,
      record: (stored) =>
        this.record(withFile(actor, stored, itemId, String(hazardLog)), itemId, hazardLog, stored),
      isKept: async (id) => (await this.scope.run(actor, (sql) => storedDocument(sql, id))) !== undefined,
    });
  }

  /**
   * The stored bytes of a document that is no hazard log. The caller reads the stream or destroys it.
   * @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read
   */
  open(actor: Actor, id: string): Promise<{ view: AssuranceDocumentView; stream: Readable }> {
    return this.read(actor, id, false);
  }

  /** As `open`, of a hazard log: for its trust, assessors and auditors. @throws Problem 403, 404, 503 */
  openHazardLog(actor: Actor, id: string): Promise<{ view: AssuranceDocumentView; stream: Readable }> {
    requirePermission(actor, 'hazard-log:read');
    return this.read(actor, id, true);
  }

  private async read(actor: Actor, id: string, hazardLog: boolean) {
    const found = await this.scope.run(actor, (sql) => storedDocument(sql, id));
    if (found?.hazardLog !== hazardLog) throw notFound(hazardLog ? 'hazard log' : 'document');
    return { view: found.view, stream: await this.storage.open(found.key, found.view.sizeBytes) };
  }

  private record(
    actor: Actor,
    itemId: string,
    hazardLog: boolean,
    { id, key, file, label }: StoredFile,
  ): Promise<AssuranceItemWithFiles> {
    return this.work.run(
      { actor, action: hazardLog ? 'hazard-log.add' : 'assurance-document.add' },
      async (tx) => {
        requirePermission(actor, 'assurance:prepare');
        const row = await tx.lock(AssuranceItem, itemId, 'piece of assurance');
        requireOwnSide(actor, row.level);
        refuseIfBlocked('This takes no more files.', ASSURANCE_ITEM.blockers('submit', row.state));
        await tx.insert(AssuranceDocument, {
          id,
          trust_id: row.trust_id,
          item_id: row.id,
          hazard_log: hazardLog,
          file_name: label.fileName,
          media_type: label.mediaType,
          size_bytes: file.sizeBytes,
          sha256: file.sha256,
          storage_key: key,
          description: label.description,
          uploaded_by: actor.id,
          illustrative: this.config.demonstration,
        });
        await tx.change(AssuranceItem, row, { edited_by: withEditor(row, actor) });
        return (await assuranceItem(tx, itemId)) as AssuranceItemWithFiles;
      },
    );
  }
}
