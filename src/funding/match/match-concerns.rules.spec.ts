import { matchPosition } from './match.rules.js';
import { contributionConcerns, missingMatch, type ScrutinisedMatch } from './match-concerns.rules.js';

const CASH: ScrutinisedMatch = {
  type: 'cash',
  typeLabel: 'Cash',
  valuation: 'invoice',
  amountPence: 12_500,
  alike: [],
  formerly: [],
};
const OTHER = { kind: 'contribution', id: 'm2', reference: 'MAT-00002' } as const;
const CLAIM = { kind: 'claim', id: 'c3', reference: 'CLM-000003' } as const;

test.each<[string, Partial<ScrutinisedMatch>, string[]]>([
  ['cash by invoice', {}, []],
  ['staff by payroll', { type: 'staff-release', valuation: 'payroll' }, ['match-in-kind']],
  ['in kind by estimate', { type: 'in-kind', valuation: 'estimate' }, ['match-in-kind', 'match-estimated']],
  ['cash by estimate', { valuation: 'estimate' }, ['match-estimated', 'valuation-not-of-type']],
  [
    'staff by invoice',
    { type: 'staff-release', valuation: 'invoice' },
    ['match-in-kind', 'valuation-not-of-type'],
  ],
  ["a programme's own type by invoice", { type: 'ducts' }, ['match-in-kind']],
  ['the same cost again', { alike: [{ ...OTHER, sameReference: false }] }, ['match-duplicated']],
  ['evidence again', { formerly: [OTHER] }, ['evidence-reused']],
])('%s', (_, match, expected) =>
  expect(contributionConcerns({ ...CASH, ...match }).map(({ code }) => code)).toEqual(expected),
);

test('the words name the amount and what else it is about', () =>
  expect(
    contributionConcerns({
      ...CASH,
      type: 'in-kind',
      typeLabel: 'Other contributions in kind',
      valuation: 'market-rate',
      alike: [
        { ...OTHER, sameReference: false },
        { ...CLAIM, sameReference: true },
      ],
      formerly: [CLAIM],
    }),
  ).toEqual([
    {
      code: 'match-in-kind',
      message: '£125 is not in cash: Other contributions in kind, valued by a market rate.',
      amountPence: 12_500,
      about: [],
    },
    {
      code: 'match-duplicated',
      message:
        '£125 may count twice: supplier and reference are the same as of the contribution MAT-00002, the claim CLM-000003.',
      amountPence: 12_500,
      about: [
        { kind: 'contribution', id: 'm2', name: 'MAT-00002' },
        { kind: 'claim', id: 'c3', name: 'CLM-000003' },
      ],
    },
    {
      code: 'evidence-reused',
      message: 'Its evidence was sent before, for the claim CLM-000003, and counts for that no more.',
      amountPence: 12_500,
      about: [{ kind: 'claim', id: 'c3', name: 'CLM-000003' }],
    },
  ]));

test('the words name how two costs are alike, and a type by its code where it has no label', () =>
  expect(
    contributionConcerns({
      ...CASH,
      type: 'ducts',
      typeLabel: null,
      alike: [{ ...OTHER, sameReference: false }],
    }).map(({ message }) => message),
  ).toEqual([
    '£125 is not in cash: ducts, valued by an invoice.',
    '£125 may count twice: supplier, day and amount are the same as of the contribution MAT-00002.',
  ]));

test('ten others are named, and beyond them that there are more', () => {
  const many = (number: number) =>
    Array.from({ length: number }, (_, at) => ({ ...OTHER, id: `m${at}`, sameReference: false }));
  const [ten] = contributionConcerns({ ...CASH, alike: many(10) });
  expect([ten?.about.length, ten?.message.includes('and others')]).toEqual([10, false]);
  const [more] = contributionConcerns({ ...CASH, alike: many(11) });
  expect([more?.about.length, more?.message.endsWith(', and others.')]).toEqual([10, true]);
  expect(more?.message.match(/the contribution/g)).toHaveLength(10);
});

const facts = (paidPence: number, approvedPence: number, acceptedPence: number, passedPence: number) =>
  matchPosition(
    {
      ratio: { matchPence: 1, perGrantPence: 1 },
      grant: { openPence: 0, approvedPence, paidPence },
      evidencedPence: 900,
      acceptedPence,
      pledges: [],
      tranches: [
        {
          id: 't1',
          number: 1,
          name: 'On signature',
          basis: 'advance',
          expectedOn: '2017-06-30',
          grantPence: 500,
          passedPence,
        },
      ],
    },
    '2018-01-15',
  );
test.each([
  [1_000, 0, 1_000, undefined],
  [1_000, 9_000, 1_000, undefined],
  [1_000, 0, 999, 1],
  [0, 0, 0, undefined],
])('with %i paid, %i approved and %i accepted, %p is missing', (paid, approved, accepted, amountPence) =>
  expect(missingMatch(facts(paid, approved, accepted, 0))?.amountPence).toBe(amountPence),
);

test.each([
  [0, '£10 is paid, which needs £10 of match; £3 is accepted, so £7 is missing.'],
  [
    1,
    '£10 is paid, which needs £10 of match; £3 is accepted, so £7 is missing. £0.01 of that goes with an explicit advance, paid before match arises.',
  ],
])('with %i advanced, what is missing is told whole', (passedPence, message) =>
  expect(missingMatch(facts(1_000, 0, 300, passedPence))).toEqual({
    code: 'match-missing',
    message,
    amountPence: 700,
    about: [],
  }),
);

test('an advance is named where it explains what is missing', () =>
  expect(missingMatch(facts(1_000, 0, 300, 500))?.message).toBe(
    '£10 is paid, which needs £10 of match; £3 is accepted, so £7 is missing. £5 of that goes with an explicit advance, paid before match arises.',
  ));
