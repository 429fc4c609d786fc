import { formatDate } from '../core/calendar.js';
import { formatPounds } from '../core/money.js';
import type { ReturnContent, ReturnSection } from './return-content.js';
import { isBlank, measureKey, spendName } from './return-lines.rules.js';

/** One thing that differs between two returns, or two versions of one. */
export interface Change {
  section: ReturnSection;
  /** JSON Pointer (RFC 6901) into the current content; the section, where what is told of is no longer there. */
  place: string;
  /** What it is, for a reader: "go-live, forecast date". */
  label: string;
  /** As a reader reads it: "31 March 2018", "£5", "12 of 40". Null: there was, or is, nothing. */
  before: string | null;
  after: string | null;
}

interface Field {
  section: ReturnSection;
  /** What makes it the same field in both. */
  key: string;
  place: string;
  label: string;
  value: string | number | null;
  /** How a reader reads the value, where not as it is. */
  inWords: ((value: never) => string) | undefined;
}

type FieldValue = [field: string, label: string, value: Field['value'], inWords?: Field['inWords']];

const text = (words: string | null) => (isBlank(words) ? null : words);
const given = (points: number) => (points === 0 ? null : points);
const outOfFive = (points: number) => `${points} of 5`;

function fields(section: ReturnSection, name: string, place: string, values: FieldValue[]): Field[] {
  return values.map(([field, label, value, inWords]) => ({
    section,
    key: `${section} ${name} ${field}`,
    place: `${place}/${field}`,
    label: `${name}, ${label}`,
    value: value ?? null,
    inWords,
  }));
}

function deliveryFields(content: ReturnContent): Field[] {
  return [
    ...content.milestones.flatMap((line, i) =>
      fields('milestones', line.milestone, `/milestones/${i}`, [
        ['forecastOn', 'forecast date', line.forecastOn, formatDate],
        ['actualOn', 'actual date', line.actualOn, formatDate],
        ['claim', 'claim', line.claim === 'none' ? null : line.claim],
        ['delayReason', 'delay reason', text(line.delayReason)],
        ['note', 'note', text(line.note)],
      ]),
    ),
    ...content.measurements.flatMap((line, i) =>
      fields('measurements', measureKey(line), `/measurements/${i}`, [
        ['numerator', 'measurement', `${line.numerator} of ${line.denominator}`],
        ['note', 'note', text(line.note)],
      ]),
    ),
  ];
}

function otherFields(content: ReturnContent): Field[] {
  return [
    ...content.spend.flatMap((line, i) =>
      fields('spend', spendName(line), `/spend/${i}`, [
        ['spentToDatePence', 'spent to date', line.spentToDatePence, formatPounds],
        ['forecastPence', 'forecast', line.forecastPence, formatPounds],
        ['note', 'note', text(line.note)],
      ]),
    ),
    ...content.risks.flatMap((risk, i) =>
      fields('risks', risk.title, `/risks/${i}`, [
        ['likelihood', 'likelihood', given(risk.likelihood), outOfFive],
        ['impact', 'impact', given(risk.impact), outOfFive],
        ['mitigation', 'mitigation', text(risk.mitigation)],
        ['owner', 'owner', text(risk.owner)],
      ]),
    ),
    ...content.narrative.flatMap((each, i) =>
      fields('narrative', each.section, `/narrative/${i}`, [['text', 'text', text(each.text)]]),
    ),
    ...(content.confidence
      ? fields('confidence', content.confidence.scale, '/confidence', [
          ['rating', 'rating', content.confidence.rating],
          ['reason', 'reason', text(content.confidence.reason)],
        ])
      : []),
  ];
}

/** All fields by their keys; what is there twice, such as two risks of one title, is told apart by its turn. */
function fieldsOf(content: ReturnContent): Map<string, Field> {
  const all = new Map<string, Field>();
  for (const field of [...deliveryFields(content), ...otherFields(content)]) {
    let { key } = field;
    while (all.has(key)) key += ' again';
    all.set(key, field);
  }
  return all;
}

function shown({ value, inWords }: Field): string | null {
  return value === null ? null : (inWords ?? String)(value as never);
}

function* differences(previous: ReturnContent | null, current: ReturnContent): Generator<Change> {
  const before = previous ? fieldsOf(previous) : new Map<string, Field>();
  const now = fieldsOf(current);
  for (const [key, field] of now) {
    const was = before.get(key);
    if ((was?.value ?? null) === field.value) continue;
    const { section, place, label } = field;
    yield { section, place, label, before: was ? shown(was) : null, after: shown(field) };
  }
  for (const [key, was] of before) {
    if (now.has(key) || was.value === null) continue;
    const { section, label } = was;
    yield { section, place: `/${section}`, label, before: shown(was), after: null };
  }
}

/**
 * What changed from one content to another, field by field: what the reviewer reads first, and the answer to "what
 * changed since last time". Lines are told apart by what they are about (a risk by its title), so that their order
 * makes no difference. From nothing, everything that is said is a change.
 */
export function changes(previous: ReturnContent | null, current: ReturnContent): Change[] {
  return [...differences(previous, current)];
}

/** Fields that only comment on others, and start empty in every return. */
const COMMENTS = /\/(note|reason|delayReason)$/;

/**
 * Whether a return says the same as the last: no date, claim, amount, measurement, risk or rating differs. New words
 * in the narrative or in notes do not count; nor do lines that the programme took away, such as that of a milestone
 * that was met, or the claims of the last return. False for a first return.
 */
export function nothingChanged(previous: ReturnContent | null, current: ReturnContent): boolean {
  if (!previous) return false;
  for (const { section, place, after } of differences(previous, current)) {
    const aside =
      section === 'narrative' ||
      COMMENTS.test(place) ||
      (after === null && section !== 'risks' && (place.endsWith('/claim') || place === `/${section}`));
    if (!aside) return false;
  }
  return true;
}
