import { type DateOn, formatDate } from '../core/calendar.js';
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
  value: string | null;
}

const day = (on: DateOn | null) => on && formatDate(on);
const text = (words: string | null) => (isBlank(words) ? null : words);
const outOfFive = (points: number) => (points === 0 ? null : `${points} of 5`);

function fields(
  section: ReturnSection,
  name: string,
  place: string,
  values: ReadonlyArray<[field: string, label: string, value: string | null]>,
): Field[] {
  return values.map(([field, label, value]) => ({
    section,
    key: `${section} ${name} ${field}`,
    place: `${place}/${field}`,
    label: `${name}, ${label}`,
    value,
  }));
}

function deliveryFields(content: ReturnContent): Field[] {
  return [
    ...content.milestones.flatMap((line, i) =>
      fields('milestones', line.milestone, `/milestones/${i}`, [
        ['forecastOn', 'forecast date', day(line.forecastOn)],
        ['actualOn', 'actual date', day(line.actualOn)],
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
        ['spentToDatePence', 'spent to date', formatPounds(line.spentToDatePence)],
        ['forecastPence', 'forecast', formatPounds(line.forecastPence)],
        ['note', 'note', text(line.note)],
      ]),
    ),
    ...content.risks.flatMap((risk, i) =>
      fields('risks', risk.title, `/risks/${i}`, [
        ['likelihood', 'likelihood', outOfFive(risk.likelihood)],
        ['impact', 'impact', outOfFive(risk.impact)],
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

/** All fields; what is there twice, such as two risks of one title, is told apart by its turn. */
function fieldsOf(content: ReturnContent): Field[] {
  const turns = new Map<string, number>();
  return [...deliveryFields(content), ...otherFields(content)].map((field) => {
    const turn = (turns.get(field.key) ?? 0) + 1;
    turns.set(field.key, turn);
    return { ...field, key: `${field.key} ${turn}` };
  });
}

/**
 * What changed from one content to another, field by field: what the reviewer reads first, and the answer to "what
 * changed since last time". Lines are told apart by what they are about (a risk by its title), so that their order
 * makes no difference. From nothing, everything that is said is a change.
 */
export function changes(previous: ReturnContent | null, current: ReturnContent): Change[] {
  const before = new Map((previous ? fieldsOf(previous) : []).map((field) => [field.key, field]));
  const now = fieldsOf(current);
  const kept = new Set(now.map((field) => field.key));
  const changed = now.flatMap(({ key, section, place, label, value }) => {
    const was = before.get(key)?.value ?? null;
    return was === value ? [] : [{ section, place, label, before: was, after: value }];
  });
  const gone = [...before.values()]
    .filter((field) => !kept.has(field.key) && field.value !== null)
    .map(({ section, label, value }) => ({
      section,
      place: `/${section}`,
      label,
      before: value,
      after: null,
    }));
  return [...changed, ...gone];
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
  return changes(previous, current).every(
    ({ section, place, after }) =>
      section === 'narrative' ||
      COMMENTS.test(place) ||
      (after === null && section !== 'risks' && (place.endsWith('/claim') || place === `/${section}`)),
  );
}
