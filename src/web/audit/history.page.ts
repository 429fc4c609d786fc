import type { LogFilter, Subject } from '../../audit/log.queries.js';
import type { NamedEntry, NamedLog } from '../../audit/log.reader.js';
import type { InclusionProofView } from '../../audit/proof.reader.js';
import { cursorOf } from '../../core/paging.js';
import { addressAsAt } from '../page/carried-date.js';
import { type FilterField, filterField, trustFields } from '../page/filter.js';
import { instant, NOTHING, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { moment, number, type Table, table, text } from '../page/table.js';
import { entryAddress, historyOf, pageOfThing } from './addresses.js';
import {
  extentOf,
  type FieldChange,
  type Names,
  type ReadableEntry,
  readable,
  stepsOf,
} from './history.rules.js';
import { ACTIONS, THINGS, thing } from './history.words.js';
import { entryProof } from './proof.page.js';

const TRAIL: readonly Link[] = [{ text: 'Audit', href: '/audit' }];
const LOG: Link = { text: 'The log', href: '/history' };

/** The cursor before a number of the log, as pages write it in their addresses. */
export const cursorBefore = (before: string | undefined): string | undefined =>
  before === undefined ? undefined : cursorOf([Number(before)]);

/** The address of the entries before those of a page; null on the last. */
function older(address: string, { items, next }: NamedLog): string | null {
  const last = items.at(-1);
  if (next === null || !last) return null;
  return `${address}${address.includes('?') ? '&' : '?'}before=${last.number}`;
}

const inSentence = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

interface ChangedField extends FieldChange {
  of: ReadableEntry;
}

/** All that entries changed, a row for each field: what a timeline tells, as a file. */
function changesTable(entries: readonly ReadableEntry[]): Table {
  return table<ChangedField>({
    id: 'changes',
    caption: 'Changes',
    rows: entries.flatMap((of) => of.changes.map((change) => ({ ...change, of }))),
    columns: [
      number('Entry', ({ of }) => of.number),
      moment('When', ({ of }) => of.recordedAt),
      text('Who', ({ of }) => of.actor.name),
      text('Role', ({ of }) => of.actor.role),
      text('Did', ({ of }) => of.did),
      text('Why', ({ of }) => of.reason),
      text('What', ({ of }) => of.what),
      text('Field', ({ field }) => field),
      text('Before', ({ before }) => before),
      text('After', ({ after }) => after),
    ],
    empty: 'Nothing was changed.',
  });
}

const shown = (entry: ReadableEntry) => ({
  ...entry,
  extent: extentOf(entry),
  onlyAfter: entry.changes.every(({ before }) => before === null),
  href: entryAddress(entry.number),
  history: historyOf(entry.table, entry.subject),
});

/** What an entry is of, without the name that the page bears already: "Version of a return: version 1". */
function within({ what }: ReadableEntry, name: string | undefined): string {
  return name === undefined
    ? what
    : what.replace(` ${name}, `, ' ').replace(new RegExp(`:? ${escaped(name)}$`), '');
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The entries of a step that say something to a reader; all of them where none does. */
function telling(entries: readonly ReadableEntry[]): readonly ReadableEntry[] {
  const said = entries.filter(({ changes }) => changes.length > 0);
  return said.length > 0 ? said : entries;
}

/** The history of a thing, the newest first. */
export function historyPage(subject: Subject, log: NamedLog): Page {
  const entries = log.items.map((entry) => readable(entry, log.names));
  const name = log.names[subject.id];
  const place = pageOfThing(subject.table, subject.id);
  return {
    view: 'audit/history.njk',
    title: `History of this ${inSentence(thing(subject.table))}`,
    caption: name ?? subject.id,
    trail: [...TRAIL, LOG],
    tables: [changesTable(entries)],
    model: {
      steps: stepsOf(entries).map((step) => ({
        ...step,
        byHref: `/history?${new URLSearchParams({ actor: step.actor.id })}`,
        entries: telling(step.entries).map((entry) => ({ ...shown(entry), what: within(entry, name) })),
      })),
      place: place && { text: `Open the ${inSentence(thing(subject.table))}`, href: place },
      older: older(historyOf(subject.table, subject.id), log),
    },
  };
}

/** What the log is narrowed to, as its page's form shows it. */
function filtersOf(
  filter: LogFilter,
  trusts: ReadonlyArray<{ odsCode: string; name: string }>,
): FilterField[] {
  const choices = (of: Readonly<Record<string, string>>) =>
    Object.entries(of)
      .map(([value, name]) => ({ value, text: name }))
      .sort((a, b) => a.text.localeCompare(b.text));
  return [
    filterField('table', 'Kind of thing', filter.table ?? null, choices(THINGS)),
    filterField('action', 'What was done', filter.action ?? null, choices(ACTIONS)),
    ...trustFields(trusts, filter.trust ?? null),
  ];
}

/** The log, the newest entry first. */
export function logPage(
  log: NamedLog,
  filter: LogFilter,
  trusts: ReadonlyArray<{ odsCode: string; name: string }>,
): Page {
  const asked = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const query = new URLSearchParams(Object.fromEntries(asked)).toString();
  const entries = log.items.map((entry) => ({
    ...readable(entry, log.names),
    trust: entry.trust === null ? null : (log.names[entry.trust] ?? entry.trust),
  }));
  return {
    view: 'audit/log.njk',
    title: 'The log of every change',
    trail: TRAIL,
    tables: [
      table<(typeof entries)[number]>({
        id: 'log',
        caption: 'Entries',
        rows: entries,
        columns: [
          text('Entry', (row) => String(row.number), { href: (row) => entryAddress(row.number) }),
          moment('When', (row) => row.recordedAt),
          text('What was done', (row) => row.did, { note: (row) => row.reason }),
          text('To what', (row) => row.what, {
            href: (row) => historyOf(row.table, row.subject),
            note: (row) => extentOf(row),
          }),
          text('Who', (row) => row.actor.name, { note: (row) => row.actor.role }),
          text('Trust', (row) => row.trust),
        ],
        empty: 'No entry of the log is so. Choose “Show all” to see the whole log.',
        next: older(query === '' ? '/history' : `/history?${query}`, log),
        ...(filter.trust || filter.actor || filter.from || filter.to
          ? {}
          : { whole: query === '' ? '/v1/log-entries' : `/v1/log-entries?${query}` }),
      }),
    ],
    model: { filters: filtersOf(filter, trusts), filter },
  };
}

/** One entry of the log, whole, with its proof; null where there is none yet. */
export function entryPage(
  { entry, together, masked, last, names }: NamedEntry,
  proof: InclusionProofView | null,
): Page {
  const told = readable(entry, names);
  const others = together.filter(({ number }) => number !== entry.number);
  return {
    view: 'audit/entry.njk',
    title: `Entry ${entry.number} of the log`,
    caption: told.did,
    trail: [...TRAIL, LOG],
    tables: [changesTable([told]), togetherTable(others.map((each) => readable(each, names)))],
    model: {
      entry: shown(told),
      leaf: entry.leaf,
      proof: entryProof(entry.number, proof),
      masked: told.masked ? masked : [],
      facts: factsOf(entry, told, names),
      recordThen: addressAsAt('/programmes', entry.recordedAt),
      previous: entry.number > 1 ? entryAddress(entry.number - 1) : null,
      following: entry.number < last ? entryAddress(entry.number + 1) : null,
    },
  };
}

function togetherTable(rows: readonly ReadableEntry[]): Table {
  return table<ReadableEntry>({
    id: 'together',
    caption: 'Changed in the same step',
    rows,
    columns: [
      text('Entry', (row) => String(row.number), { href: (row) => entryAddress(row.number) }),
      text('What', (row) => row.what, { href: (row) => historyOf(row.table, row.subject) }),
      text('How', extentOf),
    ],
    empty: 'Nothing else was changed in this step.',
  });
}

function factsOf(
  entry: NamedEntry['entry'],
  told: ReadableEntry,
  names: Names,
): Array<{ label: string; value: string; note?: string; href?: string }> {
  const { actor, trust } = entry;
  return [
    { label: 'Number', value: String(entry.number) },
    { label: 'Recorded', value: instant(entry.recordedAt), note: entry.recordedAt },
    {
      label: 'Who',
      value: actor.name,
      note: `${told.actor.role}, ${actor.id}`,
      href: `/history?${new URLSearchParams({ actor: actor.id })}`,
    },
    { label: 'What they did', value: told.did, note: entry.action },
    { label: 'Why', value: entry.reason ?? NOTHING },
    {
      label: 'To what',
      value: told.what,
      note: `${words(entry.operation)} of ${entry.table} ${entry.subject}`,
      href: historyOf(entry.table, entry.subject),
    },
    { label: 'Trust', value: trust === null ? NOTHING : (names[trust] ?? trust) },
    { label: 'Transaction', value: entry.transaction },
    { label: 'Request', value: entry.request ?? NOTHING },
  ];
}
