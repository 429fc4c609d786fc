import { undefinedMeasures } from './measure-gaps.rules.js';

const measure = (more: object) => ({
  code: 'remote',
  name: 'Remote working',
  baseline: { numerator: 1, denominator: 2 },
  trajectory: [{}],
  sourced: { source: {}, assumed: null },
  ...more,
});
const targetSet = (current: boolean, ...measures: object[]) => ({ ref: 'aims/v1', current, measures });

test.each([
  [measure({}), []],
  [measure({ baseline: null }), ['It has no baseline.']],
  [
    measure({ baseline: null, trajectory: [], sourced: { source: null, assumed: 'a guess' } }),
    ['It has no baseline and no trajectory and no source.'],
  ],
])('a measure that lacks something: %#', (given, missing) =>
  expect(undefinedMeasures([targetSet(true, given)]).map((each) => each.missing)).toEqual(missing),
);

test('measures of target sets that were superseded are not asked for', () =>
  expect(undefinedMeasures([targetSet(false, measure({ baseline: null }))])).toEqual([]));
