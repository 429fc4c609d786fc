import { formatDate } from '../../core/calendar.js';
import type { ReturnContent, ReturnSection } from '../../progress-reports/return-content.js';
import { isBlank, isNotMeasured, measureKey, spendName } from '../../progress-reports/return-lines.rules.js';
import { count, pounds } from '../page/format.js';
import { CLAIM_WORDS, IMPACTS, LIKELIHOODS, type Names, pointOf } from './names.js';

/** One thing that a line of a return says, as its readers read it. */
export interface Part {
  /** The last step of its JSON Pointer. */
  field: string;
  label: string;
  /** Null: nothing. */
  value: string | null;
}

/** A line of a return: a milestone, a line of spend, a measure, a risk, a heading of the narrative, the rating. */
export interface Line {
  section: ReturnSection;
  /** What makes it the same line in another return. */
  key: string;
  name: string;
  /** Its JSON Pointer, without the first slash: `spend/3`. */
  place: string;
  parts: Part[];
}

const part = (field: string, label: string, value: string | null): Part => ({
  field,
  label,
  value: isBlank(value) ? null : value,
});

function delivery({ milestones, measurements }: ReturnContent, names: Names): Line[] {
  return [
    ...milestones.map(
      (line, i): Line => ({
        section: 'milestones',
        key: line.milestone,
        name: names.milestone(line.milestone),
        place: `milestones/${i}`,
        parts: [
          part('forecastOn', 'Forecast date', line.forecastOn && formatDate(line.forecastOn)),
          part('actualOn', 'Actual date', line.actualOn && formatDate(line.actualOn)),
          part('claim', 'Claim', line.claim === 'none' ? null : CLAIM_WORDS[line.claim]),
          part('delayReason', 'Reason for delay', line.delayReason && names.delayReason(line.delayReason)),
          part('note', 'Note', line.note),
        ],
      }),
    ),
    ...measurements.map(
      (line, i): Line => ({
        section: 'measurements',
        key: measureKey(line),
        name: names.measure(measureKey(line)),
        place: `measurements/${i}`,
        parts: [
          part(
            'numerator',
            'Measurement',
            isNotMeasured(line) ? 'Not measured' : `${count(line.numerator)} of ${count(line.denominator)}`,
          ),
          part('note', 'Note', line.note),
        ],
      }),
    ),
  ];
}

function others({ spend, risks, narrative, confidence }: ReturnContent, names: Names): Line[] {
  return [
    ...spend.map(
      (line, i): Line => ({
        section: 'spend',
        key: spendName(line),
        name: spendName(line),
        place: `spend/${i}`,
        parts: [
          part('spentToDatePence', 'Spent to date', pounds(line.spentToDatePence)),
          part('forecastPence', 'Forecast for the year', pounds(line.forecastPence)),
          part('note', 'Note', line.note),
        ],
      }),
    ),
    ...risks.map(
      (risk, i): Line => ({
        section: 'risks',
        key: risk.title,
        name: risk.title || `Risk ${i + 1}`,
        place: `risks/${i}`,
        parts: [
          part('likelihood', 'Likelihood', pointOf(LIKELIHOODS, risk.likelihood)),
          part('impact', 'Impact', pointOf(IMPACTS, risk.impact)),
          part('mitigation', 'What is done about it', risk.mitigation),
          part('owner', 'Owner', risk.owner),
        ],
      }),
    ),
    ...narrative.map(
      ({ section, text }, i): Line => ({
        section: 'narrative',
        key: section,
        name: names.narrative(section),
        place: `narrative/${i}`,
        parts: [part('text', 'Text', text)],
      }),
    ),
    ...(confidence ? [ratingLine(confidence, names)] : []),
  ];
}

function ratingLine({ scale, rating, reason }: NonNullable<ReturnContent['confidence']>, names: Names): Line {
  return {
    section: 'confidence',
    key: 'rating',
    name: 'Delivery confidence',
    place: 'confidence',
    parts: [
      part('rating', 'Rating', rating && names.rating(scale, rating)),
      part('reason', 'Reason', reason),
    ],
  };
}

/** All that a return says, line by line, in words. */
export function linesOf(content: ReturnContent, names: Names): Line[] {
  return [...delivery(content, names), ...others(content, names)];
}

/** One thing that differs between two returns, in words. */
export interface Difference {
  section: ReturnSection;
  line: string;
  label: string;
  /** JSON Pointer into the later one, without the first slash; empty where the line is no longer there. */
  place: string;
  before: string | null;
  after: string | null;
}

/** Lines by what they are about; a second one of the same key is told apart by its turn. */
function byTurn(lines: readonly Line[]): Map<string, Line> {
  const turns = new Map<string, number>();
  return new Map(
    lines.map((line) => {
      const key = `${line.section} ${line.key}`;
      const turn = (turns.get(key) ?? 0) + 1;
      turns.set(key, turn);
      return [`${key} ${turn}`, line];
    }),
  );
}

/** For each line of a return, the same line of an earlier one. */
export function linesBefore(before: readonly Line[], now: readonly Line[]): Map<Line, Line> {
  const former = byTurn(before);
  return new Map(
    [...byTurn(now)].flatMap(([key, line]) => {
      const was = former.get(key);
      return was ? [[line, was] as const] : [];
    }),
  );
}

/** What differs from one return to another, in the order of the later one, and then what is no longer there. */
export function differences(before: readonly Line[], now: readonly Line[]): Difference[] {
  const was = linesBefore(before, now);
  const kept = new Set(was.values());
  const of = (line: Line, from: Line | undefined, to: Line | undefined): Difference[] =>
    line.parts.flatMap(({ field, label }) => {
      const value = (given: Line | undefined) =>
        given?.parts.find((each) => each.field === field)?.value ?? null;
      const place = to ? `${to.place}/${field}` : '';
      const [earlier, later] = [value(from), value(to)];
      if (earlier === later) return [];
      return [{ section: line.section, line: line.name, label, place, before: earlier, after: later }];
    });
  return [
    ...now.flatMap((line) => of(line, was.get(line), line)),
    ...before.filter((line) => !kept.has(line)).flatMap((line) => of(line, line, undefined)),
  ];
}
