import fc from 'fast-check';
import { INPUT } from '../../test/support/assessed-return.js';
import type { AssessedMeasure, AssessmentInput, AssessmentRule } from './assessment-input.js';
import {
  assessMeasurements,
  denominatorChanges,
  measurementParts,
  measurementWorsens,
  unknownMeasure,
} from './assessment-measurements.rules.js';
import type { MeasurementLine } from './return-content.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

type Parts = [numerator: number, denominator: number];
const line = ([numerator, denominator]: Parts, note: string | null = null): MeasurementLine => ({
  targetSet: 'universal',
  measure: 'a',
  numerator,
  denominator,
  note,
});
const MEASURE: AssessedMeasure = {
  targetSet: 'universal',
  code: 'a',
  name: 'Summaries',
  unit: 'share',
  direction: 'up',
};

function input(now: MeasurementLine, before: MeasurementLine | null, measure = MEASURE): AssessmentInput {
  return {
    ...INPUT,
    measures: [measure],
    content: { ...EMPTY_CONTENT, measurements: [now] },
    previous: before && { ...EMPTY_CONTENT, measurements: [before] },
  };
}
const brief = (rule: AssessmentRule, given: AssessmentInput) =>
  rule(given).map(({ severity, code, place }) => `${severity} ${code} ${place}`);

const UNKNOWN = ['blocking unknown-measure /measurements/0/measure'];
test.each<[string, Partial<MeasurementLine>, string[]]>([
  ['known', {}, []],
  ['unknown', { measure: 'z' }, UNKNOWN],
  ['of another target set', { targetSet: 'maturity' }, UNKNOWN],
])('measure: %s', (_, change, expected) =>
  expect(brief(unknownMeasure, input({ ...line([1, 2]), ...change }, null))).toEqual(expected),
);

test.each<[Parts, AssessedMeasure['unit'], string | null, string[]]>([
  [[40, 40], 'share', null, []],
  [[41, 40], 'share', null, ['blocking measurement-above-denominator /measurements/0/numerator']],
  [[41, 40], 'count', null, []],
  [[101, 100], 'score', null, ['blocking measurement-above-denominator /measurements/0/numerator']],
  [[0, 0], 'share', null, ['blocking denominator-zero /measurements/0/denominator']],
  [[3, 0], 'share', 'A slip.', ['blocking denominator-zero /measurements/0/denominator']],
  [[0, 0], 'share', 'The survey runs in June.', ['warning not-measured /measurements/0']],
])('the parts %p of a %s, note %j', (parts, unit, note, expected) =>
  expect(brief(measurementParts, input(line(parts, note), null, { ...MEASURE, unit }))).toEqual(expected),
);

const WORSE = ['warning measurement-worsens /measurements/0/note'];
test.each<[Parts, Parts | null, string[], string[]]>([
  [[10, 40], null, [], []],
  [[10, 40], [10, 40], [], []],
  [[20, 80], [10, 40], [], []],
  [[11, 40], [10, 40], [], WORSE],
  [[9, 40], [10, 40], WORSE, []],
  [[10, 41], [10, 40], WORSE, []],
  [[9, 0], [10, 40], [], []],
  [[9, 40], [10, 0], [], []],
  [[9.5, 40], [10, 40], [], []],
  [[9, 40.5], [10, 40], [], []],
])('%p after %p, where more is better and where less is', (now, before, up, down) => {
  const given = (direction: 'up' | 'down', note: string | null) =>
    input(line(now, note), before && line(before), { ...MEASURE, direction });
  expect(brief(measurementWorsens, given('up', null))).toEqual(up);
  expect(brief(measurementWorsens, given('down', null))).toEqual(down);
  expect(brief(measurementWorsens, given('up', 'A ward closed.'))).toEqual([]);
});

const CHANGED = ['warning denominator-changes /measurements/0/denominator'];
test.each<[number, number, string | null, string[]]>([
  [40, 40, null, []],
  [40, 60, null, []],
  [40, 61, null, CHANGED],
  [40, 20, null, []],
  [40, 19, null, CHANGED],
  [40, 400, 'Two sites joined.', []],
  [0, 40, null, []],
  [40, 0, null, []],
])('a denominator from %d to %d, note %j', (before, now, note, expected) =>
  expect(brief(denominatorChanges, input(line([0, now], note), line([0, before])))).toEqual(expected),
);

test('the words name the measure, both values and what to do', () =>
  expect(assessMeasurements(input(line([5, 100]), line([10, 40]))).map((finding) => finding.message)).toEqual(
    [
      '"Summaries" went from 10 of 40 to 5 of 100, which is lower, and higher is better. Check it, or say why in the note.',
      '"Summaries": The denominator went from 40 to 100. Check that the same is counted as last time, or say in the note what changed.',
    ],
  ));

test('of a measure where less is better, the words say so', () => {
  const [finding] = measurementWorsens(
    input(line([11, 40]), line([10, 40]), { ...MEASURE, direction: 'down' }),
  );
  expect(finding?.message).toBe(
    '"Summaries" went from 10 of 40 to 11 of 40, which is higher, and lower is better. Check it, or say why in the note.',
  );
});

test('of two different values one is worse than the other, and in one direction only', () => {
  const parts = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 2 ** 31 }));
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const worse = (now: Parts, before: Parts, direction: 'up' | 'down') =>
        measurementWorsens(input(line(now), line(before), { ...MEASURE, direction })).length;
      const same = BigInt(a[0]) * BigInt(b[1]) === BigInt(b[0]) * BigInt(a[1]);
      expect(worse(a, b, 'up') + worse(b, a, 'up')).toBe(same ? 0 : 1);
      expect(worse(a, b, 'up')).toBe(worse(b, a, 'down'));
    }),
  );
});
