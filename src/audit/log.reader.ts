import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { cursorValues, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import {
  entriesOf,
  entriesTogether,
  type LogEntryView,
  type LogFilter,
  lastNumber,
  logEntries,
  logEntry,
  type Subject,
  type WholeLogEntry,
} from './log.queries.js';
import { masked, maskedColumns, maskedWhole } from './masking.rules.js';
import { withPersonalData } from './personal.queries.js';
import { isRecorded, namesOf, wholeOf } from './subject.queries.js';

/** A page of the log, with what the things in it are called now, by id. */
export type NamedLog = Page<LogEntryView> & { names: Record<string, string> };

/** One entry with what was changed together with it. */
export interface NamedEntry {
  entry: WholeLogEntry;
  /** All entries of its transaction, this one among them, in order. */
  together: LogEntryView[];
  /** The columns that are masked in it. */
  masked: readonly string[];
  /** The number of the newest entry of the log. */
  last: number;
  names: Record<string, string>;
}

/** To either side of an entry, how many others of its transaction are shown. */
const TOGETHER = 250;
/** More ids than a page of the log can show. */
const MOST_NAMED = 5_000;

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The log as it is shown; nobody is shown what proves who somebody is. */
@Injectable()
export class LogReader {
  constructor(private readonly scope: ReadScope) {}

  /** A page of the log, the newest entry first. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, filter: LogFilter, { limit, after }: PageRequest): Promise<Page<LogEntryView>> {
    const before = numberIn(after);
    return this.scope.run(actor, async (sql) => {
      const page = pageOf(await logEntries(sql, filter, limit + 1, before), limit, numberOf);
      return { ...page, items: await shownAs(sql, page.items) };
    });
  }

  /** As `list`, with the names of what it tells of. @throws Problem 400 where the cursor is not one */
  named(actor: Actor, filter: LogFilter, { limit, after }: PageRequest): Promise<NamedLog> {
    const before = numberIn(after);
    return this.scope.run(actor, async (sql) =>
      withNames(sql, pageOf(await logEntries(sql, filter, limit + 1, before), limit, numberOf)),
    );
  }

  /**
   * What happened to a thing and to what belongs to it, the newest first.
   * @throws Problem 404 where the log tells nothing of it; 400 where the cursor is not one
   */
  history(actor: Actor, subject: Subject, { limit, after }: PageRequest): Promise<NamedLog> {
    const before = numberIn(after);
    return this.scope.run(actor, async (sql) => {
      if (!(await isRecorded(sql, subject.table))) throw notFound('thing with a history');
      const rows = await entriesOf(sql, await wholeOf(sql, subject), limit + 1, before);
      if (rows.length === 0) throw notFound('thing with a history');
      return withNames(sql, pageOf(rows, limit, numberOf), [subject.id]);
    });
  }

  /** One entry, whole. @throws Problem 404 */
  entry(actor: Actor, number: number): Promise<NamedEntry> {
    return this.scope.run(actor, async (sql) => {
      const found = await logEntry(sql, number);
      if (!found) throw notFound('entry of the log');
      const together = await shownAs(sql, await entriesTogether(sql, number, TOGETHER));
      const [entry] = await withPersonalData(sql, [found]);
      return {
        entry: maskedWhole(entry as WholeLogEntry),
        together,
        masked: maskedColumns(found.table),
        last: await lastNumber(sql),
        names: await namesOf(sql, idsIn([found, ...together])),
      };
    });
  }
}

const numberOf = ({ number }: LogEntryView): unknown[] => [number];

/** Entries as they are shown: with the names that they refer to, and without what nobody is shown. */
async function shownAs(sql: Sql, entries: readonly LogEntryView[]): Promise<LogEntryView[]> {
  return (await withPersonalData(sql, entries)).map(masked);
}

const numberIn = (after: string | undefined): number | null =>
  (cursorValues(after, [Number.isSafeInteger])?.[0] ?? null) as number | null;

async function withNames(
  sql: Sql,
  { items, next }: Page<LogEntryView>,
  more: readonly string[] = [],
): Promise<NamedLog> {
  return { items: await shownAs(sql, items), next, names: await namesOf(sql, [...idsIn(items), ...more]) };
}

/** The ids in what entries say, each once. */
function idsIn(entries: readonly LogEntryView[]): string[] {
  const texts = entries.map(({ subject, trust, old, new: now }) =>
    JSON.stringify([subject, trust, old, now]),
  );
  return [...new Set(texts.flatMap((text) => text.match(ID) ?? []))].slice(0, MOST_NAMED);
}
