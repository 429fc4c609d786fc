import type { AuditReadFilter, AuditReadView } from '../../auditing/reads/audit-read.queries.js';
import { HIDDEN } from '../../auditing/reads/audit-read.rules.js';
import { isDateOn } from '../../core/calendar.js';
import { isId, type Page as ListPage } from '../../core/paging.js';
import { type Fault, malformed } from '../../core/problems.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { instant } from '../page/format.js';
import type { Page } from '../page/page.js';
import { moment, number, table, text } from '../page/table.js';
import { historyOf, pageOfThing } from './addresses.js';
import { thing } from './history.words.js';

const PATH = '/audit/reads';

/** How each part of the address must be, and what is said of one that is not. */
const PARTS: Readonly<Record<keyof AuditReadFilter, readonly [(value: string) => boolean, string]>> = {
  person: [isId, 'The id of a person is written as 00000000-0000-0000-0000-000000000000.'],
  path: [
    (value) => value.length <= 500 && !value.includes('\0'),
    'The beginning of a path must be 500 characters or fewer.',
  ],
  from: [isDateOn, 'The first day must be a real date.'],
  to: [isDateOn, 'The last day must be a real date.'],
};

/** What the list of readings is narrowed to. @throws Problem 400 for a part that cannot be read */
export function readsFilterOf(query: Readonly<Record<string, unknown>>): AuditReadFilter {
  const filter: AuditReadFilter = { person: null, path: null, from: null, to: null };
  const faults: Fault[] = [];
  for (const [name, [fits, message]] of Object.entries(PARTS)) {
    const value = asked(query[name])?.trim() ?? '';
    if (value === '') continue;
    if (fits(value)) filter[name as keyof AuditReadFilter] = value;
    else faults.push({ code: 'not-readable', message, pointer: name });
  }
  if (faults.length > 0)
    throw malformed('filter-unreadable', 'The readings cannot be narrowed down so.', faults);
  return filter;
}

/**
 * Where to see what was looked at: the page itself, or the page of the thing or programme that a program read. Others
 * than auditors may not open all that an auditor may, and are led to the thing's history.
 */
export function lookedAt({ path, status, subject }: AuditReadView, byAuditor: boolean): string | null {
  if (status >= 400 || path.includes(HIDDEN)) return null;
  if (!byAuditor) return subject?.id ? historyOf(subject.table, subject.id) : null;
  if (!path.startsWith('/v1/')) return path;
  const programme = /^\/v1(\/programmes\/[^/?]+)/.exec(path)?.[1];
  if (programme) return programme;
  if (!subject?.id) return null;
  return pageOfThing(subject.table, subject.id) ?? historyOf(subject.table, subject.id);
}

const aboutOf = ({ subject }: AuditReadView): string | null => subject && thing(subject.table);

/**
 * Who of the auditors looked at what.
 * @param byAuditor whether an auditor reads it
 */
export function readsPage(
  { items, next }: ListPage<AuditReadView>,
  filter: AuditReadFilter,
  byAuditor: boolean,
): Page {
  return {
    view: 'audit/reads.njk',
    title: 'What auditors looked at',
    trail: [{ text: 'Audit', href: '/audit' }],
    tables: [
      table<AuditReadView>({
        id: 'reads',
        caption: 'Readings, the latest first',
        rows: items,
        columns: [
          moment('When', (row) => row.at),
          text('Who', (row) => row.person.name, {
            href: (row) => addressOf(PATH, { ...filter, person: row.person.id }),
          }),
          text('Address', (row) => `${row.method} ${row.path}`, {
            href: (row) => lookedAt(row, byAuditor),
            note: (row) => row.asAt && `As at ${instant(row.asAt)}, entry ${row.asAtNumber} of the log`,
          }),
          text('About', aboutOf),
          number('Answered', (row) => row.status),
        ],
        empty: 'No auditor looked at anything that matches. Choose “Show all” to see all readings.',
        next: nextAddress(PATH, { ...filter }, next),
      }),
    ],
    model: { filter },
  };
}
