import fc from 'fast-check';
import type { Blocker } from '../core/blockers.js';
import {
  MEASUREMENT,
  type MeasurementState,
  type MeasurementVerb,
  measurementBlockers,
  validationBlockers,
} from './measurement.rules.js';

const codes = (reasons: Blocker[]) => reasons.map((reason) => reason.code);
const placed = (reasons: Blocker[]) => reasons.map(({ code, pointer }) => `${code} at ${pointer}`);

test.each<[MeasurementState, MeasurementVerb[]]>([
  ['draft', ['report']],
  ['self-reported', ['challenge', 'validate', 'reject', 'supersede']],
  ['challenged', ['answer', 'validate', 'reject', 'supersede']],
  ['validated', ['publish', 'supersede']],
  ['rejected', ['supersede']],
  ['published', ['supersede']],
  ['superseded', []],
])('a measurement that is %s allows exactly %p', (state, verbs) =>
  expect(MEASUREMENT.open(state)).toEqual(verbs),
);

test('a step that may not be taken says what it is about', () =>
  expect(MEASUREMENT.blockers('publish', 'draft')[0]?.message).toContain('This measurement is draft'));

test('whatever is done, nothing is published that was not validated', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MEASUREMENT.verbs), { maxLength: 20 }), (verbs) => {
      let state: MeasurementState = 'draft';
      for (const verb of verbs) {
        if (MEASUREMENT.blockers(verb, state).length > 0) continue;
        const next = MEASUREMENT.next(verb, state);
        if (next === 'published') expect(state).toBe('validated');
        state = next;
      }
    }),
  );
});

test.each([
  ['share', 0, 40, []],
  ['share', 40, 40, []],
  ['share', 41, 40, ['measurement-above-denominator at /numerator']],
  ['share', 2, 1, ['measurement-above-denominator at /numerator']],
  ['share', 0, 0, ['denominator-zero at /denominator']],
  ['share', 1, 0, ['denominator-zero at /denominator']],
  ['share', -1, 40, ['measurement-negative at /numerator']],
  ['share', 1, -40, ['denominator-zero at /denominator']],
  ['share', 0.5, 40, ['measurement-not-whole at /numerator']],
  ['share', 1, 2.5, ['measurement-not-whole at /denominator']],
  ['share', Number.NaN, 40, ['measurement-not-whole at /numerator']],
  ['share', 1, 2 ** 53, ['measurement-not-whole at /denominator']],
  ['score', 100, 100, []],
  ['score', 101, 100, ['measurement-above-denominator at /numerator']],
  ['score', 7, 7, []],
  ['count', 12, 10, []],
  ['count', 0, 1, []],
  ['count', 3, 0, ['denominator-zero at /denominator']],
  ['count', -3, 10, ['measurement-negative at /numerator']],
] as const)('a %s of %d in %d has %p', (unit, numerator, denominator, expected) =>
  expect(placed(measurementBlockers({ unit, numerator, denominator }))).toEqual(expected),
);

test.each([
  ['self-reported', 'ann', 'bob', []],
  ['challenged', 'ann', 'bob', []],
  ['self-reported', 'ann', 'ann', ['validator-is-reporter']],
  ['draft', 'ann', 'bob', ['wrong-state']],
  ['validated', 'ann', 'ann', ['wrong-state', 'validator-is-reporter']],
] as const)('%s, reported by %s, to be validated by %s', (state, reporterId, validatorId, expected) =>
  expect(
    codes(
      validationBlockers({ state, unit: 'share', numerator: 1, denominator: 2, reporterId, validatorId }),
    ),
  ).toEqual(expected),
);

test('nothing is validated whose parts do not hold', () =>
  expect(
    codes(
      validationBlockers({
        state: 'self-reported',
        unit: 'share',
        numerator: 3,
        denominator: 2,
        reporterId: 'ann',
        validatorId: 'bob',
      }),
    ),
  ).toEqual(['measurement-above-denominator']));
