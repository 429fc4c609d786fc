import type { LogEntryView } from '../../audit/log.queries.js';
import { MASK } from '../../audit/masking.rules.js';
import { isDateOn } from '../../core/calendar.js';
import { count, day, instant, plural, pounds, words } from '../page/format.js';
import { fieldName, LEFT_OUT } from './field.words.js';
import { deed, ELSEWHERE, thing } from './history.words.js';

/** One field that an entry changed, as people read it. Null: there was, or is, nothing. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** An entry of the log as people read it. */
export interface ReadableEntry {
  number: number;
  recordedAt: string;
  operation: string;
  table: string;
  subject: string;
  /** "Claim CLM-000014". */
  what: string;
  /** "Approved the claim". */
  did: string;
  action: string;
  actor: { id: string; name: string; role: string };
  reason: string | null;
  changes: FieldChange[];
  /** Whether a part of it is masked. */
  masked: boolean;
}

/** What was done in one step: the entries of one transaction. */
export interface ReadableStep
  extends Pick<ReadableEntry, 'recordedAt' | 'did' | 'action' | 'actor' | 'reason'> {
  entries: ReadableEntry[];
}

/** What things are called, by id. */
export type Names = Readonly<Record<string, string>>;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Members = { [name: string]: Json };

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Fields whose values are codes of the program. */
const CODED =
  /^(state|kind|role|status|source|basis|valuation|step|opened_?by|origin|result|section|severity|cause|unit|direction|level|claim|rating|type|code|outcome|(from|to)_?stage|ended_because|delay_?reason)$/i;
const LONGEST = 400;

const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of a field in words. */
export function valueInWords(field: string, value: Json, names: Names): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number')
    return /(_p|P)ence$/.test(field) ? pounds(value) : Number.isInteger(value) ? count(value) : String(value);
  if (typeof value === 'string') return textInWords(field, value, names);
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((each) => valueInWords(field, each, names)).join(', ');
  const parts = Object.entries(value).flatMap(([name, each]) => {
    const said = valueInWords(name, each, names);
    return said === null ? [] : [`${fieldName(name).toLowerCase()}: ${said}`];
  });
  return parts.length === 0 ? null : parts.join('; ');
}

function textInWords(field: string, text: string, names: Names): string {
  const name = names[text];
  if (name !== undefined) return name;
  if (text === MASK) return 'Masked: it is shown to nobody';
  if (isDateOn(text as unknown)) return day(text);
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return instant(text);
  if (CODED.test(field) && CODE.test(text)) return words(text);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${count(text.length)} characters)` : text;
}

/** What tells elements of a list apart, in the order in which it is looked for. */
const KEYS: ReadonlyArray<readonly string[]> = [
  ['milestone'],
  ['targetSet', 'measure'],
  ['financialYear', 'kind', 'source'],
  ['financialYear', 'kind'],
  ['measurement'],
  ['section'],
  ['code'],
  ['number'],
  ['title'],
  ['id'],
  ['name'],
];

/** The elements of a list by what they are about, so that their order makes no difference; null where they are alike. */
function keyed(list: readonly Json[], names: Names): Map<string, Members> | null {
  if (!list.every(isMembers)) return null;
  const keys = KEYS.find((each) => list.every((element) => each.every((key) => key in element)));
  const label = (element: Members, index: number): string =>
    keys
      ? keys
          .map((key) => valueInWords(key, element[key] ?? null, names))
          .join(' ')
          .trim()
      : String(index + 1);
  const found = new Map(list.map((element, index) => [label(element, index), element]));
  return found.size === list.length
    ? found
    : new Map(list.map((element, index) => [`${label(element, index)} (${index + 1})`, element]));
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

interface Place {
  /** The label of the place: "Content: milestones: go-live". */
  label: string;
  /** The name of the field itself. */
  name: string;
}

const within = ({ label }: Place, part: string): string => `${label}: ${part}`;

/** What differs between two values of a field, field by field where they are objects or lists of them. */
function differences(place: Place, before: Json, after: Json, names: Names): FieldChange[] {
  if (same(before, after)) return [];
  const parts = partsOf(before, after, names);
  if (parts)
    return parts.flatMap(({ label, name, before, after }) =>
      differences({ label: within(place, label), name }, before, after, names),
    );
  const change = {
    field: place.label,
    before: valueInWords(place.name, before, names),
    after: valueInWords(place.name, after, names),
  };
  if (change.before !== change.after) return [change];
  if (before === null || after === null) return [];
  return [{ ...change, before: JSON.stringify(before), after: JSON.stringify(after) }];
}

/** The parts of two values that differ and are objects, or lists of objects; undefined where they are neither. */
function partsOf(
  before: Json,
  after: Json,
  names: Names,
): Array<{ label: string; name: string; before: Json; after: Json }> | undefined {
  if ([before, after].every((each) => each === null || isMembers(each))) {
    const [was, is] = [before, after] as [Members | null, Members | null];
    return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].map((name) => ({
      label: fieldName(name)
        .toLowerCase()
        .replace(/^(sha-256|ods|vat)\b/, (word) => word.toUpperCase()),
      name,
      before: was?.[name] ?? null,
      after: is?.[name] ?? null,
    }));
  }
  if (![before, after].every((each) => each === null || Array.isArray(each))) return undefined;
  const [was, is] = [keyed((before ?? []) as Json[], names), keyed((after ?? []) as Json[], names)];
  if (!was || !is) return undefined;
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => ({
    label: key,
    name: key,
    before: was.get(key) ?? null,
    after: is.get(key) ?? null,
  }));
}

/** What an entry changed, field by field; what stayed as it was, and what says nothing to a reader, is left out. */
export function changesOf({ old, new: now }: Pick<LogEntryView, 'old' | 'new'>, names: Names): FieldChange[] {
  const [was, is] = [(old ?? {}) as Members, (now ?? {}) as Members];
  return [...new Set([...Object.keys(is), ...Object.keys(was)])]
    .filter((name) => !LEFT_OUT.includes(name))
    .flatMap((name) =>
      differences({ label: fieldName(name), name }, was[name] ?? null, is[name] ?? null, names),
    );
}

const holdsMask = (image: object | null): boolean => Object.values(image ?? {}).includes(MASK);

/** "Claim CLM-000014", "Return: Mersey Care NHS Foundation Trust, 2017/18 Q1". */
function called(kind: string, name: string | undefined): string {
  if (name === undefined) return kind;
  return name.includes(' ') ? `${kind}: ${name}` : `${kind} ${name}`;
}

/** An entry as people read it. */
export function readable(entry: LogEntryView, names: Names): ReadableEntry {
  const { number, recordedAt, operation, table, subject, action, actor, reason } = entry;
  const name = names[subject];
  return {
    number,
    recordedAt,
    operation,
    table,
    subject,
    what: called(thing(table), name),
    did: deed(action),
    action,
    actor: { ...actor, role: words(actor.role) },
    reason,
    changes: changesOf(entry, names),
    masked: holdsMask(entry.old) || holdsMask(entry.new),
  };
}

/** Entries as steps, in their order: those of one transaction have one time, and no other has it. */
export function stepsOf(entries: readonly ReadableEntry[]): ReadableStep[] {
  const steps: ReadableStep[] = [];
  for (const entry of entries) {
    const last = steps.at(-1);
    if (last?.recordedAt === entry.recordedAt) last.entries.push(entry);
    else {
      const { recordedAt, did, action, actor, reason } = entry;
      steps.push({ recordedAt, did, action, actor, reason, entries: [entry] });
    }
  }
  return steps.map((step) => ({ ...step, did: doneIn(step) }));
}

function doneIn({ action, did, entries }: ReadableStep): string {
  const elsewhere = ELSEWHERE[action];
  return elsewhere && !entries.some(({ table }) => table === elsewhere.acts) ? elsewhere.did : did;
}

/** "Added", "3 fields changed", "Removed". */
export function extentOf({ operation, changes }: Pick<ReadableEntry, 'operation' | 'changes'>): string {
  if (operation === 'insert') return 'Added';
  return operation === 'delete' ? 'Removed' : `${plural(changes.length, 'field')} changed`;
}
