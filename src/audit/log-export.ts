import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Clock, type Past } from '../config/clock.js';
import { Config } from '../config/config.js';
import { PACKAGE_FOLDER } from '../config/places.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { forbidden, unprocessable } from '../core/problems.js';
import { CopiedRows } from '../database/copied-rows.js';
import type { HeldReading } from '../database/held-reading.js';
import { ReadScope } from '../database/read-scope.js';
import {
  EXPORTED_ENTRIES,
  exportedPastRows,
  exportedRows,
  newestNumber,
  recordedTables,
  transactionOf,
} from './log-export.queries.js';

/** What an export is, and the version of its form: the first thing in it. */
export const EXPORT_FORMAT = 'exemplar-log/1';

const { version } = JSON.parse(readFileSync(new URL('package.json', PACKAGE_FOLDER), 'utf8'));

/** An export under way: its pieces, and the reading that they come from, which whoever takes them closes. */
export interface LogExportUnderWay {
  held: HeldReading;
  pieces: AsyncIterable<string | Buffer>;
}

/**
 * The whole log and the rows that stand, of one moment, line by line: what the verifier reads. Nothing is masked in it,
 * because what is hashed must be all there. It holds no secret: of an API key there is the SHA-256 of 256 random bits,
 * which leads nobody back to them, and of people there are references, whose values are elsewhere.
 */
@Injectable()
export class LogExport {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Begins an export. As at a past moment, it holds the whole log all the same, and the rows as they stood then.
   * @throws Problem 403 without the permission, or for whoever reads one trust's rows alone; 503 where too many are
   * under way, or the database is away
   */
  async begin(actor: Actor): Promise<LogExportUnderWay> {
    requirePermission(actor, 'log:read');
    if (actor.trustId !== null)
      throw forbidden(
        'The export holds the log of all trusts. Ask somebody who acts for the whole programme.',
      );
    const held = await this.scope.hold(actor);
    return { held, pieces: written(held, this.config.checkpoints.origin, this.clock.past) };
  }

  /**
   * The past moment just after an entry, to be exported as at.
   * @throws Problem 422 where there is no such entry, or its transaction had not ended with it
   */
  async momentAfter(actor: Actor, number: number): Promise<Past> {
    const transaction = await this.scope.run(actor, (sql) => transactionOf(sql, number));
    if (!transaction) throw unprocessable('entry-unknown', `The log has no entry ${number}.`, []);
    const { last, recordedAt } = transaction;
    if (last !== number)
      throw unprocessable(
        'entry-within-transaction',
        `Entry ${number} is within a transaction that ends with entry ${last}: nothing ever stood as it says alone. Ask for ${last}.`,
        [],
      );
    return this.scope.pastAt(recordedAt);
  }
}

/** The lines of an export: what it is, the entries, after the one that they are as at the rows, and how many there were. */
async function* written(
  held: HeldReading,
  origin: string,
  past: Past | undefined,
): AsyncGenerator<string | Buffer> {
  const entries = await newestNumber(held.sql);
  const asAt = past?.number ?? entries;
  let rows = 0;
  const copied = (select: string, values: number[] = []): AsyncIterable<Buffer> =>
    held.copy(new CopiedRows({ csv: select, ndjson: select }, values).statement('ndjson', 0));
  yield line({ format: EXPORT_FORMAT, origin, version, exportedAt: new Date().toISOString(), entries, asAt });
  yield* copied(EXPORTED_ENTRIES, [0, asAt]);
  for (const table of await recordedTables(held.sql))
    for await (const lines of copied(past ? exportedPastRows(table) : exportedRows(table), [asAt])) {
      rows += linesIn(lines);
      yield lines;
    }
  yield* copied(EXPORTED_ENTRIES, [asAt, entries]);
  yield line({ entries, rows });
}

const line = (said: object): string => `${JSON.stringify(said)}\n`;

const NEWLINE = 0x0a;

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
