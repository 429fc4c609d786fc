import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { refuseIfBlocked } from '../core/problems.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  EvidenceFiles,
  type EvidenceUpload,
  type FileRow,
  type OpenedFile,
} from '../storage/evidence-files.js';
import { AssuranceDocument, AssuranceItem } from './assurance.entity.js';
import { type AssuranceItemWithFiles, assuranceFile, assuranceItem } from './assurance-item.queries.js';
import { ASSURANCE_ITEM } from './assurance-item.rules.js';
import { requireOwnSide, withEditor } from './assurance-item.service.js';

/** The folder of files that are of products, and of no trust. */
const OF_PRODUCTS = 'products';

/** Files of assurance: documents, and hazard logs, whose content few may open. */
@Injectable()
export class AssuranceDocumentService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: EvidenceFiles,
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
    return this.files.take(actor, upload, {
      to: 'piece of assurance',
      folder: async (sql) => {
        const item = await assuranceItem(sql, itemId);
        return item && (item.trust?.odsCode ?? OF_PRODUCTS);
      },
      said: [itemId, String(hazardLog)],
      find: (sql, id) => assuranceFile(sql, id, hazardLog),
      record: (by, file) => this.record(by, itemId, hazardLog, file),
    });
  }

  /** A document that is no hazard log. @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read */
  open(actor: Actor, id: string): Promise<OpenedFile> {
    return this.files.open(actor, id, (sql) => assuranceFile(sql, id, false), 'document');
  }

  /** As `open`, of a hazard log: for its trust, assessors and auditors. @throws Problem 403, 404, 503 */
  openHazardLog(actor: Actor, id: string): Promise<OpenedFile> {
    requirePermission(actor, 'hazard-log:read');
    return this.files.open(actor, id, (sql) => assuranceFile(sql, id, true), 'hazard log');
  }

  private record(
    actor: Actor,
    itemId: string,
    hazardLog: boolean,
    file: FileRow,
  ): Promise<AssuranceItemWithFiles> {
    const action = hazardLog ? 'hazard-log.add' : 'assurance-document.add';
    return this.work.run({ actor, action }, async (tx) => {
      const row = await tx.lock(AssuranceItem, itemId, 'piece of assurance');
      requireOwnSide(actor, row.level);
      refuseIfBlocked('This takes no more files.', ASSURANCE_ITEM.blockers('submit', row.state));
      await tx.insert(AssuranceDocument, {
        ...file,
        trust_id: row.trust_id,
        item_id: row.id,
        hazard_log: hazardLog,
        illustrative: this.config.demonstration,
      });
      await tx.change(AssuranceItem, row, { edited_by: withEditor(row, actor) });
      return (await assuranceItem(tx, itemId)) as AssuranceItemWithFiles;
    });
  }
}
