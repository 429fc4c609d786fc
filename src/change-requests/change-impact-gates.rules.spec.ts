import { asks, FACTS, varies } from '../../test/support/change-facts.js';
import type { AgreedTranche } from '../funding/agreements/agreement-terms.js';
import { impactOf } from './change-impact.rules.js';

const [ADVANCE, DELIVERY] = FACTS.terms.tranches as [AgreedTranche, AgreedTranche];

test('a milestone that is met holds no gate up', () => {
  const met = FACTS.milestones.map((each) =>
    each.code === 'records/go-live' ? { ...each, state: 'met' as const } : each,
  );
  const tranches = [ADVANCE, { ...DELIVERY, plannedOn: '2018-01-31' }];
  const facts = { ...FACTS, milestones: met };
  expect(impactOf(varies({ tranches }), facts).gates).toMatchObject([
    {
      opensBeforeOn: '2018-03-31',
      opensAfterOn: '2018-01-31',
      what: ['Opens 59 days earlier', 'Planned for 31 January 2018, not 31 March 2018'],
    },
  ]);
});

test('a variation shows what each tranche becomes, and what stands instead', () => {
  const tranches: AgreedTranche[] = [
    { ...ADVANCE, grantPence: 60_000, name: 'On signature' },
    {
      ...DELIVERY,
      plannedOn: '2018-06-30',
      grantPence: 90_000,
      milestones: ['records/go-live', 'apps/training'],
    },
    {
      ...DELIVERY,
      number: 3,
      name: 'Last',
      plannedOn: '2019-03-31',
      grantPence: 50_000,
      milestones: ['apps/pilot'],
    },
  ];
  const eligibility = { startsOn: '2017-04-01', endsOn: '2019-12-31' };
  const impact = impactOf(varies({ tranches, eligibility }), FACTS);
  expect(impact.gates.map(({ number, what }) => [number, what])).toEqual([
    [1, ['£100 more', 'Called "On signature"']],
    [
      2,
      [
        'Opens 183 days later',
        '£600 less',
        'Waits for apps/training too',
        'No longer waits for records/plan',
        'Planned for 30 June 2018, not 31 March 2018',
      ],
    ],
    [3, ['New: opens on 31 March 2019 with £500']],
  ]);
  expect(impact.gates[2]).toMatchObject({ plannedBeforeOn: null, opensBeforeOn: null, grantBeforePence: 0 });
  expect(impact.terms).toEqual({
    tranches: { before: FACTS.terms.tranches, after: tranches },
    conditions: null,
    eligibility: { before: { startsOn: '2017-04-01', endsOn: '2020-03-31' }, after: eligibility },
  });
  expect(impact.totals).toEqual(impactOf(asks({}), FACTS).totals);
});

test('a tranche that is paid otherwise, and by a penny, says so', () => {
  const tranches: AgreedTranche[] = [
    { ...ADVANCE, basis: 'delivery', milestones: ['apps/pilot'], grantPence: 50_001 },
    { ...DELIVERY, basis: 'advance', grantPence: 149_999 },
  ];
  expect(impactOf(varies({ tranches }), FACTS).gates.map(({ what }) => what)).toEqual([
    ['Opens 365 days later', '£0.01 more', 'Waits for apps/pilot too', 'Paid on delivery'],
    ['£0.01 less', 'Paid in advance'],
  ]);
});
