import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { gone, notFound, refuseIfBlocked, unprocessable } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Outbox } from '../queue/outbox.js';
import { EvidenceStorage } from '../storage/evidence-storage.js';
import { MAKE_EXPORT } from './export.jobs.js';
import { type ExportView, exportOf, exportsOf, insertExport } from './export.queries.js';
import { listAddress } from './export.rules.js';
import { exportKey } from './export-maker.js';
import type { Format } from './format.rules.js';
import { ListSource } from './list-source.js';

/** Files of lists that the queue makes. Each is its asker's alone. */
@Injectable()
export class ExportService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly outbox: Outbox,
    private readonly storage: EvidenceStorage,
    private readonly source: ListSource,
  ) {}

  /**
   * Asks for a list as a file.
   * @param list its address in the API, with its filters
   * @throws Problem as the list itself refuses; 422 where the address is no list's
   */
  async request(actor: Actor, list: string, format: Format): Promise<{ id: string; receipt: string }> {
    const address = listAddress(list);
    if (address === null)
      throw unprocessable('no-list', 'list must be the address of a list of the API.', [
        {
          code: 'no-list',
          message: 'Begin with /v1/, and leave out limit, after, format and skip.',
          pointer: '/list',
        },
      ]);
    await this.source.refuseNoList(actor, address);
    return this.work.run({ actor, action: 'export.request' }, async (tx) => {
      const id = randomUUID();
      const receipt = await this.outbox.add(tx, MAKE_EXPORT, { exportId: id }, { trustId: actor.trustId });
      const { id: personId, keyId = null, role, trustId } = actor;
      await insertExport(tx, {
        id,
        personId,
        keyId,
        role,
        trustId,
        list: address,
        format,
        messageId: receipt,
      });
      return { id, receipt };
    });
  }

  /** A list as a file, at once. @throws Problem as the list itself refuses; 503 where too many are under way */
  async now(actor: Actor, list: string, format: Format): Promise<Readable> {
    return (await this.source.open(actor, list, format)).stream;
  }

  /** A page of the reader's own, newest first. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, { limit, after }: PageRequest): Promise<Page<ExportView>> {
    const before = idIn(after);
    const rows = await this.scope.run(actor, (sql) => exportsOf(sql, actor.id, limit + 1, before));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws Problem 404 where there is none, or it is somebody else's */
  async one(actor: Actor, id: string): Promise<ExportView> {
    const found = await this.scope.run(actor, (sql) => exportOf(sql, actor.id, id));
    if (!found) throw notFound('export');
    return found;
  }

  /** A file that is ready. @throws Problem 404; 409 while it is not ready; 410 when its time is over */
  async ready(actor: Actor, id: string): Promise<ExportView & { bytes: number; sha256: string }> {
    const found = await this.one(actor, id);
    const { state, bytes, sha256 } = found;
    if (state === 'expired')
      throw gone(
        'export-expired',
        'This file has expired: a file is kept for 7 days. Ask for the list anew.',
      );
    refuseIfBlocked(
      'There is no file yet.',
      bytes === null || sha256 === null
        ? [
            state === 'failed'
              ? {
                  code: 'export-failed',
                  message: 'Making it failed: the receipt says why. Ask for the list anew.',
                }
              : { code: 'export-under-way', message: 'It is being made: the receipt says how far it is.' },
          ]
        : [],
    );
    return found as ExportView & { bytes: number; sha256: string };
  }

  /** The bytes of a file that is ready; the caller reads the stream or destroys it. @throws Problem 503 where it cannot be read */
  open({ id, bytes }: { id: string; bytes: number }): Promise<Readable> {
    return this.storage.open(exportKey(id), bytes);
  }
}
