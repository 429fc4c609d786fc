import type { ExportView } from '../../exports/export.queries.js';
import { FORMAT_NAMES, type Format, MOST_XLSX_ROWS } from '../../exports/format.rules.js';
import { addressOf } from '../page/address.js';
import { type Page } from '../page/page.js';
import { moment, number, state, type Table, type Tag, table, text } from '../page/table.js';

/** What each kind of file is, and for whom. */
const FORMAT_WORDS: Record<Format, string> = {
  csv: 'CSV, which Excel and other programs open',
  xlsx: `Excel workbook, up to ${MOST_XLSX_ROWS.toLocaleString('en-GB')} rows`,
  ndjson: 'NDJSON, for programs',
};

const STATES: Record<ExportView['state'], Tag> = {
  waiting: { words: 'Waiting for its turn', colour: 'grey' },
  working: { words: 'Being made', colour: 'blue' },
  ready: { words: 'Ready', colour: 'green' },
  failed: { words: 'Failed', colour: 'red' },
  expired: { words: 'Expired', colour: 'white' },
};

const choices = FORMAT_NAMES.map((value) => ({ value, text: FORMAT_WORDS[value] }));

/** A list's address as its reader knows it: what it is of, without the version of the API. */
export const listWords = (list: string): string => decodeURIComponent(list.replace(/^\/v1\//, ''));

function exportsTable(items: readonly ExportView[], next: string | null): Table {
  return table<ExportView>({
    id: 'exports',
    caption: 'Your files',
    rows: items,
    columns: [
      text('List', ({ list }) => listWords(list), {
        href: ({ id, state: is, receipt }) =>
          is === 'ready' ? `/exports/${id}/content` : `/receipts/${receipt}`,
        note: ({ state: is }) => (is === 'ready' ? 'Download' : null),
      }),
      text('Kind', ({ format }) => format.toUpperCase()),
      state('State', ({ state: is }) => STATES[is]),
      number('Rows', ({ rows }) => rows),
      number('Size, bytes', ({ bytes }) => bytes),
      moment('Asked for', ({ askedAt }) => askedAt),
      moment('As at', ({ asAt }) => asAt),
      moment('Kept until', ({ expiresAt }) => expiresAt),
    ],
    empty: 'You have asked for no file. A long list offers “Download the whole list” below its table.',
    next: next && addressOf('/exports', { after: next }),
    whole: '/v1/exports',
  });
}

/** The files that somebody asked for. */
export function exportsPage({ items, next }: { items: readonly ExportView[]; next: string | null }): Page {
  return {
    view: 'exports/exports.njk',
    title: 'Files of whole lists',
    trail: [{ text: 'Your tasks', href: '/tasks' }],
    tables: [exportsTable(items, next)],
  };
}

/** Where somebody chooses how to have a list. */
export function newExportPage(list: string): Page {
  return {
    view: 'exports/new.njk',
    title: 'Download a whole list',
    trail: [{ text: 'Files of whole lists', href: '/exports' }],
    model: { list, words: listWords(list), choices },
  };
}
