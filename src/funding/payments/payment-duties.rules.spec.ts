import {
  breachesIn,
  DUTIES,
  type Duty,
  type DutyFacts,
  overridesIn,
  type PeopleByDuty,
} from './payment-duties.rules.js';

const person = (id: string) => ({ id, name: id.toUpperCase() });
const PEOPLE: PeopleByDuty = {
  preparer: [person('pat'), person('pia')],
  certifier: [person('cem')],
  checker: [person('cas')],
  recommender: [person('cas')],
  approver: [person('ada')],
  'second-approver': [],
  scheduler: [person('sam')],
  payer: [person('sam')],
};
const facts = (change: Partial<DutyFacts> = {}, people: Partial<PeopleByDuty> = {}): DutyFacts => ({
  people: { ...PEOPLE, ...people },
  approvedPence: 500,
  secondApprovalAbovePence: null,
  recoveries: [],
  waivers: [],
  ...change,
});

test('a claim with people apart has no breach: whoever checks may recommend, and whoever schedules may pay', () =>
  expect(breachesIn(facts())).toEqual([]));

/** For each duty, whether somebody who had it may have another one too. */
const MAY_ALSO_BE: Array<[first: Duty, also: Duty, may: boolean]> = [
  ['preparer', 'certifier', false],
  ['preparer', 'checker', false],
  ['preparer', 'recommender', false],
  ['preparer', 'approver', false],
  ['preparer', 'second-approver', false],
  ['preparer', 'scheduler', false],
  ['preparer', 'payer', false],
  ['certifier', 'checker', false],
  ['certifier', 'recommender', false],
  ['certifier', 'approver', false],
  ['certifier', 'second-approver', false],
  ['certifier', 'scheduler', false],
  ['certifier', 'payer', false],
  ['approver', 'second-approver', false],
  ['approver', 'scheduler', false],
  ['approver', 'payer', false],
  ['second-approver', 'scheduler', false],
  ['second-approver', 'payer', false],
  ['checker', 'recommender', true],
  ['scheduler', 'payer', true],
];

test.each(MAY_ALSO_BE)('a %s who is %s too: %p', (first, also, may) => {
  const both = person('both');
  const breaches = breachesIn(facts({}, { [first]: [both], [also]: [both] }));
  expect(breaches.map(({ code, duties, people }) => [code, [...duties].sort(), people])).toEqual(
    may ? [] : [['same-person', [first, also].sort(), [both]]],
  );
});

test('one of two preparers who pays is named, with what they did', () => {
  const [breach] = breachesIn(facts({}, { payer: [person('pia')] }));
  expect(breach).toEqual({
    code: 'same-person',
    message: 'PIA was payer and preparer.',
    duties: ['payer', 'preparer'],
    people: [person('pia')],
  });
});

test.each(DUTIES)('without a %s', (duty) => {
  const codes = breachesIn(facts({}, { [duty]: [] })).map(({ code, duties }) => [code, duties]);
  expect(codes).toEqual(duty === 'second-approver' ? [] : [['duty-missing', [duty]]]);
});

test.each([
  [null, 500, [], 0],
  [500, 500, [], 0],
  [499, 500, [], 1],
  [499, 500, [person('ben')], 0],
  [0, 1, [], 1],
])(
  'above %p, %d pence approved by one and %p: %d breaches',
  (secondApprovalAbovePence, approvedPence, second, count) => {
    const found = breachesIn(
      facts({ secondApprovalAbovePence, approvedPence }, { 'second-approver': second }),
    );
    expect(found.map(({ code }) => code)).toEqual(Array(count).fill('second-approval-missing'));
  },
);

test('an approval by one person alone names them, and the approval that is missing', () =>
  expect(
    breachesIn(facts({ secondApprovalAbovePence: 499, approvedPence: 500 }, { 'second-approver': [] })),
  ).toEqual([
    {
      code: 'second-approval-missing',
      message: '£5 was approved by one person, and more than £4.99 needed two.',
      duties: ['second-approver'],
      people: facts().people.approver,
    },
  ]));

test('a second approver who pays is named in words', () =>
  expect(
    breachesIn(facts({}, { 'second-approver': [person('both')], payer: [person('both')] }))[0]?.message,
  ).toBe('BOTH was payer and second approver.'));

test('a write-off by whoever raised it names them', () => {
  const rob = person('rob');
  const recovery = { reference: 'REC-00001', writtenOff: true, raisedBy: rob, closedBy: rob };
  expect(breachesIn(facts({ recoveries: [recovery] }))).toEqual([
    {
      code: 'write-off-by-raiser',
      message: 'ROB raised REC-00001 and wrote it off.',
      duties: [],
      people: [rob],
    },
  ]);
});

test.each([
  [true, 'rob', ['write-off-by-raiser']],
  [true, 'sue', []],
  [false, 'rob', []],
])('a recovery raised by rob, written off: %p, ended by %s: %p', (writtenOff, closer, codes) => {
  const recovery = { reference: 'REC-00001', writtenOff, raisedBy: person('rob'), closedBy: person(closer) };
  expect(breachesIn(facts({ recoveries: [recovery] })).map(({ code }) => code)).toEqual(codes);
});

test('a waiver is named once, with what else its granter did', () => {
  const waiver = (id: string, by: string) => ({ id, reason: 'r', authority: 'a', grantedBy: person(by) });
  expect(
    overridesIn(facts({ waivers: [waiver('w1', 'gus'), waiver('w1', 'gus'), waiver('w2', 'cas')] })),
  ).toEqual([
    { ...waiver('w1', 'gus'), granterAlso: [] },
    { ...waiver('w2', 'cas'), granterAlso: ['checker', 'recommender'] },
  ]);
});
