import type { AdoptionState } from './adoption.rules.js';
import { FIGURES, type FiguresState, type FiguresStep, figuresBlockers } from './adoption-figures.rules.js';

test.each<[FiguresStep, AdoptionState, FiguresState, string, string[]]>([
  ['validation', 'live', 'reported', 'assessor', []],
  ['rejection', 'live', 'reported', 'assessor', []],
  ['validation', 'live', 'reported', 'manager', ['validator-is-recorder']],
  ['rejection', 'live', 'reported', 'manager', ['validator-is-recorder']],
  ['validation', 'live', 'validated', 'assessor', ['wrong-state']],
  ['validation', 'live', 'rejected', 'assessor', ['wrong-state']],
  ['rejection', 'live', 'validated', 'assessor', ['wrong-state']],
  ['validation', 'adopting', 'reported', 'assessor', ['not-live']],
  ['validation', 'abandoned', 'reported', 'manager', ['not-live', 'validator-is-recorder']],
])('%s of one that is %s, its figures %s, by the %s', (step, state, figures, by, expected) =>
  expect(
    figuresBlockers(step, { state, figures, recordedBy: ['lead', 'manager'] }, by).map(
      ({ code, pointer }) => `${code} ${pointer}`,
    ),
  ).toEqual(expected.map((code) => `${code} /state`)),
);

test('figures on which somebody decided are said to be so', () =>
  expect(
    figuresBlockers('rejection', { state: 'live', figures: 'validated', recordedBy: [] }, 'assessor'),
  ).toMatchObject([{ message: 'This set of figures is validated; it must be reported for this.' }]));

test('whatever was decided, what is written anew is looked at anew', () => {
  for (const state of ['reported', 'validated', 'rejected'] as const)
    expect(FIGURES.next('record', state)).toBe('reported');
});
