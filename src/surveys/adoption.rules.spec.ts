import {
  type Agreement,
  adoptionIndex,
  agreementOf,
  type FigureCheck,
  figureCheck,
  incomparableBecause,
} from './adoption.rules.js';
import type { AdoptionStatus } from './survey.rules.js';

test.each<[AdoptionStatus[], number, number]>([
  [[], 0, 0],
  [['live', 'pilot', 'planned', 'none', 'retired'], 1, 5],
  [['live', 'live'], 2, 2],
])('the adoption index of %j is %d of %d', (statuses, numerator, denominator) =>
  expect(adoptionIndex([...statuses.map((status) => ({ status })), { status: null }])).toEqual({
    numerator,
    denominator,
  }),
);

test.each<[AdoptionStatus, [number, number] | null, Agreement]>([
  ['live', [50, 100], 'agrees'],
  ['live', [49, 100], 'answered-more'],
  ['live', [499, 1_000], 'answered-more'],
  ['live', [100, 100], 'agrees'],
  ['pilot', [0, 100], 'answered-more'],
  ['pilot', [1, 100], 'agrees'],
  ['pilot', [89, 100], 'agrees'],
  ['pilot', [90, 100], 'answered-less'],
  ['none', [0, 100], 'agrees'],
  ['none', [9, 100], 'agrees'],
  ['none', [10, 100], 'answered-less'],
  ['planned', [0, 100], 'agrees'],
  ['planned', [9, 100], 'agrees'],
  ['planned', [10, 100], 'answered-less'],
  ['retired', [0, 100], 'agrees'],
  ['retired', [9, 100], 'agrees'],
  ['retired', [10, 100], 'answered-less'],
  ['live', null, 'not-measured'],
  ['live', [0, 0], 'not-measured'],
])('%s, measured as %j: %s', (status, parts, expected) => {
  const measured = parts && { numerator: parts[0], denominator: parts[1] };
  expect(agreementOf(status, true, measured)).toBe(expected);
  expect(agreementOf(status, false, measured)).toBe('no-measure');
});

test.each([
  ['booking/v2', 'programme', ['booking/v2', 'apps/v1'], null],
  [
    'booking/v2',
    'programme',
    ['booking/v1'],
    'Not compared: the question changed. 2014 asked another version of it (booking/v1).',
  ],
  ['booking/v2', 'programme', ['apps/v1'], 'Not compared: 2014 did not ask it.'],
  ['booking/v2', 'historical', ['booking/v2'], expect.stringContaining('held by somebody else')],
] as const)('%s after %s %j', (question, kind, questions, expected) =>
  expect(incomparableBecause(question, { name: '2014', kind, questions })).toEqual(expected),
);

// The published figures of 2014: 82% fits neither of the numbers of providers that are told (domain.md section 1).
test.each<[number | null, number | null, number | null, FigureCheck]>([
  [82, null, 15, 'does-not-fit'],
  [82, null, 64, 'does-not-fit'],
  [73, null, 64, 'fits'],
  [82, null, 11, 'fits'],
  [73, null, 11, 'fits'],
  [82, 9, 11, 'fits'],
  [82, 8, 11, 'does-not-fit'],
  [0, null, 15, 'fits'],
  [100, null, 15, 'fits'],
  [82, null, 1_000, 'fits'],
  [150, null, 10, 'does-not-fit'],
  [null, 0, 15, 'cannot-be-checked'],
  [82, null, null, 'cannot-be-checked'],
])('%s%% of %s of %s: %s', (claimed, numerator, denominator, expected) =>
  expect(figureCheck(claimed, { numerator, denominator })).toBe(expected),
);
