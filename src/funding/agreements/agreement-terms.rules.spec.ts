import type { AgreedTranche, AgreementTerms } from './agreement-terms.js';
import { type Standing, termsBlockers, variationBlockers } from './agreement-terms.rules.js';

const tranche = (number: number, grantPence: number): AgreedTranche => ({
  number,
  name: `Tranche ${number}`,
  basis: 'delivery',
  plannedOn: '2018-03-31',
  grantPence,
  milestones: ['records/go-live'],
});

const TERMS: AgreementTerms = {
  parties: { funder: { odsCode: 'X24', name: 'Funder' }, recipient: { odsCode: 'RW4', name: 'Trust' } },
  lines: [
    { financialYear: '2017/18', kind: 'capital', grantPence: 600, matchPence: 600 },
    { financialYear: '2017/18', kind: 'revenue', grantPence: 400, matchPence: 400 },
  ],
  tranches: [tranche(1, 300), tranche(2, 700)],
  matchRatio: { matchPence: 1, perGrantPence: 1 },
  matchRules: { types: [], startsOn: '2017-04-01', endsOn: '2020-03-31', exclusions: [] },
  eligibility: { startsOn: '2017-04-01', endsOn: '2020-03-31', categories: [] },
  conditions: [],
};

const codes = (blockers: ReadonlyArray<{ code: string }>) => blockers.map(({ code }) => code);

test.each<[string, Partial<AgreementTerms>, string[]]>([
  ['terms that hold', {}, []],
  ['no lines', { lines: [], tranches: [] }, ['lines-missing']],
  [
    'a line twice',
    { lines: [...TERMS.lines, { ...TERMS.lines[0], grantPence: 0 } as never] },
    ['line-twice'],
  ],
  ['a tranche twice', { tranches: [tranche(1, 300), tranche(1, 700)] }, ['tranche-twice']],
  ['a tranche of a penny', { tranches: [tranche(1, 1), tranche(2, 999)] }, []],
  ['a tranche of nothing', { tranches: [tranche(1, 0), tranche(2, 1_000)] }, ['tranche-empty']],
  ['a penny too little', { tranches: [tranche(1, 300), tranche(2, 699)] }, ['tranches-do-not-add-up']],
  ['a penny too much', { tranches: [tranche(1, 301), tranche(2, 700)] }, ['tranches-do-not-add-up']],
  ['no tranches', { tranches: [] }, ['tranches-do-not-add-up']],
  ['what was drawn before, left out', { drawnBeforePence: 300, tranches: [tranche(2, 700)] }, []],
  ['what was drawn before, paid again', { drawnBeforePence: 300 }, ['tranches-do-not-add-up']],
  [
    'a window of one day',
    { eligibility: { startsOn: '2017-04-01', endsOn: '2017-04-01', categories: [] } },
    [],
  ],
  [
    'a window that ends before it starts',
    { eligibility: { startsOn: '2017-04-02', endsOn: '2017-04-01', categories: [] } },
    ['window-ends-before-it-starts'],
  ],
])('%s', (_, change, expected) => {
  expect(codes(termsBlockers({ ...TERMS, ...change }))).toEqual(expected);
});

test('what terms lack is said in its place', () => {
  const pointers = (change: Partial<AgreementTerms>) =>
    termsBlockers({ ...TERMS, ...change }).map(({ code, pointer }) => `${code} ${pointer}`);
  expect(pointers({ lines: [], tranches: [] })).toEqual(['lines-missing /lines']);
  const [line] = TERMS.lines;
  expect(
    pointers({
      lines: [...TERMS.lines, { ...line, grantPence: 1 } as never],
      tranches: [tranche(1, 0), tranche(1, 1_000)],
      eligibility: { startsOn: '2017-04-02', endsOn: '2017-04-01', categories: [] },
    }),
  ).toEqual([
    'line-twice /lines',
    'tranche-twice /tranches',
    'tranche-empty /tranches',
    'tranches-do-not-add-up /tranches',
    'window-ends-before-it-starts /eligibility',
  ]);
  expect(
    variationBlockers(
      { ...TERMS, eligibility: { startsOn: '2017-06-02', endsOn: '2018-02-28', categories: [] } },
      { tranches: [drawn(1, 301), drawn(3, 0, true)], costs: COSTS },
    ).map(({ code, pointer }) => `${code} ${pointer}`),
  ).toEqual(['tranche-below-drawn /tranches', 'tranche-named /tranches', 'cost-outside-window /eligibility']);
});

test('what does not add up is said in pounds', () => {
  expect(termsBlockers({ ...TERMS, tranches: [tranche(1, 300)] })[0]?.message).toBe(
    'The tranches come to £3, and £10 of grant is to be paid. Make them the same.',
  );
});

const drawn = (number: number, drawnPence: number, named = drawnPence > 0) => ({ number, drawnPence, named });
const COSTS = { firstOn: '2017-06-01', lastOn: '2018-02-28' };

test.each<[string, Partial<AgreementTerms>, Standing['tranches'], Standing['costs'], string[]]>([
  ['nothing drawn', {}, [drawn(1, 0), drawn(2, 0)], null, []],
  ['drawn to the penny', {}, [drawn(1, 300), drawn(2, 700)], COSTS, []],
  ['less than is drawn', {}, [drawn(1, 301)], null, ['tranche-below-drawn']],
  ['one left out that nothing names', {}, [drawn(3, 0)], null, []],
  ['one left out that a claim names', {}, [drawn(3, 0, true)], null, ['tranche-named']],
  [
    'a window from the first cost to the last',
    { eligibility: { startsOn: '2017-06-01', endsOn: '2018-02-28', categories: [] } },
    [],
    COSTS,
    [],
  ],
  [
    'a window that begins after the first cost',
    { eligibility: { startsOn: '2017-06-02', endsOn: '2018-02-28', categories: [] } },
    [],
    COSTS,
    ['cost-outside-window'],
  ],
  [
    'a window that ends before the last cost',
    { eligibility: { startsOn: '2017-06-01', endsOn: '2018-02-27', categories: [] } },
    [],
    COSTS,
    ['cost-outside-window'],
  ],
])('a variation with %s', (_, change, tranches, costs, expected) => {
  expect(codes(variationBlockers({ ...TERMS, ...change }, { tranches, costs }))).toEqual(expected);
});
