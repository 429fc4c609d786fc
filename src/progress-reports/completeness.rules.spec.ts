import { completenessBlockers, type ReturnExpectations } from './completeness.rules.js';
import type { ReturnContent } from './return-content.js';

const EXPECTED: ReturnExpectations = {
  narrativeSections: [{ code: 'progress', title: 'Progress this quarter' }],
  milestones: [
    { code: 'go-live', name: 'Go live', state: 'in-progress' },
    { code: 'plan', name: 'Plan agreed', state: 'met' },
  ],
  awards: [{ financialYear: '2017/18', kind: 'capital', grantPence: 100, matchPence: 100 }],
  measures: [{ targetSet: 'universal', code: 'a', name: 'Summaries' }],
};
const line = { milestone: 'go-live', actualOn: null, claim: 'none', delayReason: null, note: null } as const;
const spend = { financialYear: '2017/18', kind: 'capital', note: null } as const;
const CONTENT: ReturnContent = {
  milestones: [{ ...line, forecastOn: '2018-06-30' }],
  spend: [
    { ...spend, source: 'grant', spentToDatePence: 0, forecastPence: 0 },
    { ...spend, source: 'match', spentToDatePence: 0, forecastPence: 0 },
  ],
  measurements: [{ targetSet: 'universal', measure: 'a', numerator: 1, denominator: 2, note: null }],
  risks: [],
  narrative: [{ section: 'progress', text: 'Wards are online.' }],
  confidence: { scale: 'five', rating: 'amber', reason: null },
};
const measured = (numerator: number, denominator: number, note: string | null) => ({
  measurements: [{ targetSet: 'universal', measure: 'a', numerator, denominator, note }],
});
const risk = { title: 'Supplier', likelihood: 3, impact: 3, mitigation: 'Weekly calls', owner: 'Lead' };

test.each<[string, Partial<ReturnContent>, string[]]>([
  ['all is there', {}, []],
  ['no milestone line', { milestones: [] }, ['milestone-missing /milestones']],
  [
    'no date',
    { milestones: [{ ...line, forecastOn: null }] },
    ['milestone-undated /milestones/0/forecastOn'],
  ],
  ['an actual date', { milestones: [{ ...line, forecastOn: null, actualOn: '2018-01-02' }] }, []],
  ['no spend', { spend: [] }, ['spend-missing /spend', 'spend-missing /spend']],
  ['no match', { spend: CONTENT.spend.slice(0, 1) }, ['spend-missing /spend']],
  ['no measurement', { measurements: [] }, ['measurement-missing /measurements']],
  ['0 of 0', measured(0, 0, null), ['measurement-missing /measurements/0']],
  ['0 of 0 with a note', measured(0, 0, 'The survey runs in June.'), []],
  ['1 of 0 with a note', measured(1, 0, 'A slip.'), ['measurement-missing /measurements/0']],
  ['0 of 40', measured(0, 40, null), []],
  ['a risk', { risks: [risk] }, []],
  [
    'a risk without owner or mitigation',
    { risks: [risk, { ...risk, owner: ' ', mitigation: '' }] },
    ['risk-incomplete /risks/1/mitigation', 'risk-incomplete /risks/1/owner'],
  ],
  [
    'a risk without title or impact',
    { risks: [{ ...risk, title: '', impact: 0 }] },
    ['risk-incomplete /risks/0/title', 'risk-incomplete /risks/0/impact'],
  ],
  [
    'a risk whose likelihood is not said yet',
    { risks: [{ ...risk, likelihood: 0 }] },
    ['risk-incomplete /risks/0/likelihood'],
  ],
  ['no narrative', { narrative: [] }, ['narrative-missing /narrative']],
  [
    'a blank narrative',
    { narrative: [{ section: 'progress', text: ' \n' }] },
    ['narrative-missing /narrative/0/text'],
  ],
  ['no confidence', { confidence: null }, ['confidence-missing /confidence']],
])('%s', (_, change, expected) =>
  expect(
    completenessBlockers({ ...CONTENT, ...change }, EXPECTED).map(
      ({ code, pointer }) => `${code} ${pointer}`,
    ),
  ).toEqual(expected),
);

test.each([
  [{ title: ' ' }, 'The risk number 2 has no title. Fill it in, or remove the risk.'],
  [{ owner: '' }, 'The risk "Supplier" has no owner. Fill it in, or remove the risk.'],
])('a risk with %p is named', (change, message) =>
  expect(completenessBlockers({ ...CONTENT, risks: [risk, { ...risk, ...change }] }, EXPECTED)).toMatchObject(
    [{ message }],
  ),
);

test('a penny of award asks for its spend', () =>
  expect(
    completenessBlockers(
      { ...CONTENT, spend: CONTENT.spend.slice(0, 1) },
      { ...EXPECTED, awards: [{ financialYear: '2017/18', kind: 'capital', grantPence: 1, matchPence: 1 }] },
    ),
  ).toMatchObject([{ code: 'spend-missing' }]));

test('a line of the award without match asks for none', () =>
  expect(
    completenessBlockers(
      { ...CONTENT, spend: CONTENT.spend.slice(0, 1) },
      {
        ...EXPECTED,
        awards: [{ financialYear: '2017/18', kind: 'capital', grantPence: 1, matchPence: 0 }],
      },
    ),
  ).toEqual([]));

test('everything missing is named in the order of the sections, in words', () =>
  expect(
    completenessBlockers(
      { milestones: [], spend: [], measurements: [], risks: [], narrative: [], confidence: null },
      EXPECTED,
    ).map((each) => each.message),
  ).toEqual([
    'The milestone "Go live" is not in the return. Add it with its forecast date.',
    'The line 2017/18 capital grant has no spend. Add it, with zero where nothing was spent.',
    'The line 2017/18 capital match has no spend. Add it, with zero where nothing was spent.',
    'The measure "Summaries" has no measurement. Give it, or give 0 of 0 with a note that says why it was not measured.',
    '"Progress this quarter" is empty. Write a few lines there.',
    'The delivery confidence is not given. Choose a rating.',
  ]));
