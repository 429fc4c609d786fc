import fc from 'fast-check';
import {
  MEASUREMENT,
  type MeasurementState,
  type MeasurementVerb,
  measurementBlockers,
  validationBlockers,
} from './measurement.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map((reason) => reason.code);

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
  ['share', 41, 40, ['measurement-above-denominator']],
  ['share', 0, 0, ['denominator-zero']],
  ['share', 1, 0, ['denominator-zero']],
  ['share', -1, 40, ['measurement-negative']],
  ['share', 1, -40, ['denominator-zero']],
  ['share', 0.5, 40, ['measurement-not-whole']],
  ['share', 1, 2.5, ['measurement-not-whole']],
  ['share', Number.NaN, 40, ['measurement-not-whole']],
  ['share', 1, 2 ** 53, ['measurement-not-whole']],
  ['score', 100, 100, []],
  ['score', 101, 100, ['measurement-above-denominator']],
  ['score', 7, 7, []],
  ['count', 12, 10, []],
  ['count', 0, 1, []],
  ['count', 3, 0, ['denominator-zero']],
  ['count', -3, 10, ['measurement-negative']],
] as const)('a %s of %d in %d has %p', (unit, numerator, denominator, expected) =>
  expect(codes(measurementBlockers({ unit, numerator, denominator }))).toEqual(expected),
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
