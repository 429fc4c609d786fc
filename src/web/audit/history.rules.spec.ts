import type { LogEntryView } from '../../audit/log.queries.js';
import { AGREEMENT } from '../../funding/agreements/agreement.rules.js';
import { CONTRIBUTION } from '../../funding/match/contribution.rules.js';
import { MILESTONE } from '../../milestones/milestone.rules.js';
import { MEASUREMENT } from '../../targets/measurement.rules.js';
import { fieldName } from './field.words.js';
import { changesOf, extentOf, readable, stepsOf, valueInWords } from './history.rules.js';
import { ACTIONS, deed, thing } from './history.words.js';

const AMINA = '01a21404-61d8-7bfd-9709-9ecbbc6f295d';
const CLAIM = '01a21404-a97e-715f-bcb7-a17bfdc590ef';
const NAMES = { [AMINA]: 'Amina Hussain', [CLAIM]: 'CLM-000014' };

const entry = (given: Partial<LogEntryView>): LogEntryView => ({
  number: 12,
  recordedAt: '2018-05-15T10:00:00+00:00',
  operation: 'update',
  table: 'claim',
  subject: CLAIM,
  trust: null,
  actor: { id: AMINA, name: 'Amina Hussain', role: 'finance-officer' },
  action: 'claim.approve',
  reason: null,
  request: null,
  provable: true,
  checkpointSize: 20,
  old: {},
  new: {},
  ...given,
});
const lines = (old: object | null, now: object | null): string[] =>
  changesOf({ old, new: now }, NAMES).map(({ field, before, after }) => `${field}: ${before} > ${after}`);

test.each([
  ['approved_by', 'Approved by'],
  ['claimed_pence', 'Claimed'],
  ['trust_id', 'Trust'],
  ['forecastOn', 'Forecast date'],
  ['spentToDatePence', 'Spent to date'],
  ['odsCode', 'ODS code'],
  ['sha256', 'SHA-256 of the file'],
  ['delayReason', 'Delay reason'],
])('%s is said as %s', (name, said) => expect(fieldName(name)).toBe(said));

test.each([
  ['claimed_pence', 500000000, '£5,000,000'],
  ['amountPence', 1250, '£12.50'],
  ['lines', 1180, '1,180'],
  ['due_on', '2018-03-31', '31 March 2018'],
  ['valid_to', '2018-03-31', '31 March 2018'],
  ['paid_at', '2018-07-01T12:05:00.123456+00:00', '1 July 2018 at 1:05pm'],
  ['state', 'fd-certified', 'FD certified'],
  ['description', 'fd-certified', 'fd-certified'],
  ['illustrative', false, 'No'],
  ['illustrative', true, 'Yes'],
  ['share', 0.12345, '0.12345'],
  ['text', '2018-99-99T10:00', '2018-99-99T10:00'],
  ['text', 'May 2018', 'May 2018'],
  ['paid_by', AMINA, 'Amina Hussain'],
  [
    'prepared_by',
    [AMINA, '01a21404-61d8-7bfd-9709-000000000000'],
    `Amina Hussain, 01a21404-61d8-7bfd-9709-000000000000`,
  ],
  ['prepared_by', [], null],
  ['reason', '', null],
  ['reason', null, null],
  ['hash', '[masked]', 'Masked: it is shown to nobody'],
  ['target', { numerator: 3, denominator: 4 }, 'numerator: 3; denominator: 4'],
  ['target', { numerator: 3, denominator: null }, 'numerator: 3'],
  ['target', { numerator: null }, null],
  ['content', 'x'.repeat(400), 'x'.repeat(400)],
  ['content', 'x'.repeat(500), `${'x'.repeat(400)}… (500 characters)`],
])('%s %j reads %j', (field, value, said) => expect(valueInWords(field, value, NAMES)).toBe(said));

test.each<[string, object | null, object | null, string[]]>([
  [
    'leaves out what stayed, and what says nothing',
    { id: CLAIM, revision: 3, state: 'recommended', state_since: 'a', approved_pence: null, reference: 'R' },
    { id: CLAIM, revision: 4, state: 'approved', state_since: 'b', approved_pence: 90000000, reference: 'R' },
    ['State: Recommended > Approved', 'Approved: null > £900,000'],
  ],
  ['says all of what is new', null, { id: CLAIM, name: 'A', note: null }, ['Name: null > A']],
  [
    'says all of what is gone',
    { name: 'A', size_bytes: 12 },
    null,
    ['Name: A > null', 'Size in bytes: 12 > null'],
  ],
  [
    'goes into lists of things by what they are about, whatever their order',
    {
      content: {
        milestones: [
          { milestone: 'go-live', forecastOn: '2018-03-31', note: null },
          { milestone: 'plan', forecastOn: '2018-01-31', note: null },
        ],
      },
    },
    {
      content: {
        milestones: [
          { milestone: 'plan', forecastOn: '2018-01-31', note: 'Done' },
          { milestone: 'go-live', forecastOn: '2018-05-31', note: null },
        ],
      },
    },
    [
      'Content: milestones: go-live: forecast date: 31 March 2018 > 31 May 2018',
      'Content: milestones: plan: note: null > Done',
    ],
  ],
  [
    'tells lines of money apart by year, kind and source',
    {
      content: {
        spend: [{ financialYear: '2017/18', kind: 'capital', source: 'grant', forecastPence: 100 }],
      },
    },
    {
      content: {
        spend: [{ financialYear: '2017/18', kind: 'capital', source: 'grant', forecastPence: 250 }],
      },
    },
    ['Content: spend: 2017/18 Capital Grant: forecast: £1 > £2.50'],
  ],
  [
    'tells two of one name apart',
    {
      risks: [
        { title: 'Late', impact: 1 },
        { title: 'Late', impact: 2 },
      ],
    },
    {
      risks: [
        { title: 'Late', impact: 1 },
        { title: 'Late', impact: 3 },
      ],
    },
    ['Risks: Late (2): impact: 2 > 3'],
  ],
  ['tells none of nothing from none', { note: '', list: [] }, { note: null, list: null }, []],
  ['and the other way round', { note: null, list: null }, { note: '', list: [] }, []],
  [
    'says all of an object that comes',
    { confidence: null },
    { confidence: { scale: 'five', rating: 'amber-red' } },
    ['Confidence: scale: null > five', 'Confidence: rating: null > Amber red'],
  ],
  [
    'says all of an object that goes',
    { confidence: { scale: 'five', rating: 'red' } },
    { confidence: null },
    ['Confidence: scale: five > null', 'Confidence: rating: Red > null'],
  ],
  [
    'says all of a list that comes, and of one thing more',
    { risks: null, people: [{ title: 'A', n: 1 }] },
    {
      risks: [{ title: 'Late', n: 1 }],
      people: [
        { title: 'A', n: 1 },
        { title: 'B', n: 2 },
      ],
    },
    [
      'Risks: Late: title: null > Late',
      'Risks: Late: n: null > 1',
      'People: B: title: null > B',
      'People: B: n: null > 2',
    ],
  ],
  [
    'says all of a list that goes',
    { risks: [{ title: 'A' }] },
    { risks: null },
    ['Risks: A: title: A > null'],
  ],
  ['an object in place of a text', { target: 'x' }, { target: { n: 1 } }, ['Target: x > n: 1']],
  ['a text in place of an object', { target: { n: 1 } }, { target: 'x' }, ['Target: n: 1 > x']],
  ['keeps the case of a name', { x: { odsCode: 'A' } }, { x: { odsCode: 'B' } }, ['X: ODS code: A > B']],
  ['reads lists of lists as they are', { parts: [[1, 2]] }, { parts: [[1, 3]] }, ['Parts: 1, 2 > 1, 3']],
  ['reads lists with gaps', { marks: [null] }, { marks: [4] }, ['Marks:  > 4']],
  ['reads lists of words', { codes: ['a', 'b'] }, { codes: ['a'] }, ['Codes: a, b > a']],
  [
    'names people in lists',
    { prepared_by: [] },
    { prepared_by: [AMINA] },
    ['Written by: null > Amina Hussain'],
  ],
  [
    'a part of an object that goes is said',
    { trust: { odsCode: 'RW4' } },
    { trust: {} },
    ['Trust: ODS code: RW4 > null'],
  ],
  ['a list of nothing yet', { list: [null] }, { list: [{ name: 'A' }] }, ['List:  > name: A']],
  [
    'knows a change that its words do not show',
    { note: 'x'.repeat(401) },
    { note: `${'x'.repeat(400)}y` },
    [`Note: "${'x'.repeat(401)}" > "${'x'.repeat(400)}y"`],
  ],
])('%s', (_, old, now, said) => expect(lines(old, now)).toEqual(said));

test.each<[object, string]>([
  [{ targetSet: 'aims/v1', measure: 'access' }, 'aims/v1 access'],
  [{ financialYear: '2017/18', kind: 'capital' }, '2017/18 Capital'],
  [{ financialYear: '2017/18', kind: null }, '2017/18'],
  [{ measurement: 'm-1' }, 'm-1'],
  [{ section: 'progress' }, 'Progress'],
  [{ code: 'go-live' }, 'Go live'],
  [{ number: 2 }, '2'],
  [{ title: 'Late' }, 'Late'],
  [{ id: CLAIM }, 'CLM-000014'],
  [{ name: 'A' }, 'A'],
  [{ financialYear: '2017/18' }, '1'],
])('an element %j of a list is called %s', (element, label) =>
  expect(lines({ list: [{ ...element, n: 1 }] }, { list: [{ ...element, n: 2 }] })).toEqual([
    `List: ${label}: n: 1 > 2`,
  ]),
);

test('elements of which one has no name are called by their place', () =>
  expect(lines({ list: [{ title: 'A' }, { n: 1 }] }, { list: [{ title: 'A' }, { n: 2 }] })).toEqual([
    'List: 2: n: 1 > 2',
  ]));

test.each([
  [{ label: 'x' }, { label: '[masked]' }, true],
  [{ label: '[masked]' }, { label: 'x' }, true],
  [null, { label: 'x' }, false],
])('an entry from %j to %j is masked: %p', (old, now, masked) =>
  expect(readable(entry({ old, new: now }), NAMES).masked).toBe(masked),
);

test('what has several words for a name is told apart from what it is', () =>
  expect(readable(entry({}), { [CLAIM]: 'Mersey Care, 2017/18 Q1' }).what).toBe(
    'Claim: Mersey Care, 2017/18 Q1',
  ));

test('an entry reads as what somebody did', () => {
  const told = readable(entry({ old: { hash: '[masked]' }, new: { hash: '[masked]', label: 'A' } }), NAMES);
  expect(told).toMatchObject({
    what: 'Claim CLM-000014',
    did: 'Approved the claim',
    actor: { name: 'Amina Hussain', role: 'Finance officer' },
    masked: true,
    changes: [{ field: 'Label', before: null, after: 'A' }],
  });
  expect(extentOf(told)).toBe('1 field changed');
  expect(extentOf({ ...told, operation: 'insert' })).toBe('Added');
  expect(extentOf({ ...told, operation: 'delete' })).toBe('Removed');
});

test('entries of one transaction are one step', () => {
  const later = { recordedAt: '2018-05-15T10:00:00.000001+00:00', action: 'claim.reject' };
  const latest = { recordedAt: '2018-05-15T10:00:00.000002+00:00', action: 'claim.withdraw' };
  const entries = [
    entry({ number: 4, ...latest }),
    entry({ number: 3, ...later }),
    entry({ number: 2 }),
    entry({ number: 1 }),
  ].map((each) => readable(each, NAMES));
  expect(stepsOf(entries).map(({ did, entries }) => [did, entries.map(({ number }) => number)])).toEqual([
    ['Withdrew the claim', [4]],
    ['Rejected the claim', [3]],
    ['Approved the claim', [2, 1]],
  ]);
});

test.each([
  [['progress_report'], 'Accepted the return'],
  [['report_version', 'progress_report'], 'Accepted the return'],
  [['report_version'], 'Accepted an earlier return, from which this one is prefilled'],
])('an acceptance that changes %j reads "%s"', (tables, did) => {
  const entries = tables.map((table) => readable(entry({ table, action: 'progress-report.accept' }), {}));
  expect(stepsOf(entries)[0]?.did).toBe(did);
});

test('every step of every state table has words', () => {
  const verbs = [
    ...AGREEMENT.verbs.map((verb) => `agreement.${verb}`),
    ...CONTRIBUTION.verbs.map((verb) => `contribution.${verb}`),
    ...MILESTONE.verbs.map((verb) => `milestone.${verb}`),
    ...MEASUREMENT.verbs.map((verb) => `measurement.${verb}`),
  ];
  // Of a return's acceptance, whose name they bear.
  const through = ['measurement.report', 'measurement.supersede'];
  expect(verbs.filter((verb) => !(verb in ACTIONS) && !through.includes(verb))).toEqual([]);
});

test('what has no words yet is said as it is', () => {
  expect(deed('blueprint.adopt-whole')).toBe('Blueprint: adopt whole');
  expect(thing('risk_review')).toBe('Risk review');
});
