import type { CoverageFacts, CoveringItem } from '../assurance/coverage.rules.js';
import { type EndingGoLive, endingsOf, leadReached } from './ending.rules.js';

const TODAY = '2018-07-20';
const item = (over: Partial<CoveringItem> = {}): CoveringItem => ({
  ...{
    id: 'i',
    reference: 'ASR-00001',
    kind: 'caldicott',
    subjectId: 't',
    state: 'accepted',
    accepted: true,
  },
  ...{ signedOn: '2017-01-10', expiresOn: '2018-08-31', outcome: null },
  ...over,
});
const facts = (...items: CoveringItem[]): CoverageFacts => ({
  project: { id: 'p', code: 'wards', name: 'Wards' },
  trust: { id: 't', odsCode: 'RV5', name: 'South London' },
  deployments: [],
  items,
});
const goLive = (over: Partial<EndingGoLive> = {}): EndingGoLive => ({
  ...{ id: 'm', name: 'First wards live', state: 'planned', forecastOn: '2018-07-31', actualOn: null },
  ...over,
});

test.each([
  ['on the first day of a lead', '2018-10-18', 90],
  ['the day before', '2018-10-19', null],
  ['within both, by the tighter', '2018-08-19', 30],
  ['between them', '2018-08-20', 90],
  ['today', '2018-07-20', 30],
])('what ends %s: %s', (_, endsOn, lead) => expect(leadReached(endsOn, [90, 30], TODAY)).toBe(lead));

test.each<[string, EndingGoLive, CoveringItem[], Array<[string, number | null]>]>([
  ['within a lead', goLive(), [item()], [['i', 90]]],
  ['behind a service that is live', goLive({ state: 'met', actualOn: '2018-01-01' }), [item()], [['i', 90]]],
  [
    'before the go-live',
    goLive({ forecastOn: '2019-01-31' }),
    [item({ expiresOn: '2018-12-31' })],
    [['i', null]],
  ],
  [
    'before it and within a lead',
    goLive({ forecastOn: '2018-09-01' }),
    [item()],
    [
      ['i', null],
      ['i', 90],
    ],
  ],
  [
    'on the day of the go-live',
    goLive({ forecastOn: '2019-01-31' }),
    [item({ expiresOn: '2019-01-31' })],
    [],
  ],
  [
    'today',
    goLive(),
    [item({ expiresOn: TODAY })],
    [
      ['i', null],
      ['i', 30],
    ],
  ],
  ['yesterday', goLive(), [item({ expiresOn: '2018-07-19' })], []],
  ['never', goLive(), [item({ expiresOn: null })], []],
  [
    'and is renewed',
    goLive(),
    [item({ state: 'superseded' }), item({ id: 'j', signedOn: '2018-07-01', expiresOn: '2019-07-01' })],
    [],
  ],
  [
    'and is renewed until before the go-live',
    goLive({ forecastOn: '2019-08-01' }),
    [item({ state: 'superseded' }), item({ id: 'j', signedOn: '2018-07-01', expiresOn: '2019-07-01' })],
    [['j', null]],
  ],
  [
    'and whose renewal waits to be accepted',
    goLive(),
    [item(), item({ id: 'j', state: 'submitted' })],
    [['i', 90]],
  ],
  [
    'of what stood when the service began, and not today',
    goLive({ state: 'claimed-met', actualOn: '2018-05-01' }),
    [item({ state: 'superseded' }), item({ id: 'j', signedOn: '2018-06-01', expiresOn: '2019-07-01' })],
    [],
  ],
])('what ends %s', (_, milestone, items, expected) =>
  expect(
    endingsOf(milestone, facts(...items), [90, 30], TODAY).map((each) => [each.itemId, each.leadDays]),
  ).toEqual(expected),
);

test('its trust is told what, when, before what and who renews it', () =>
  expect(
    endingsOf(goLive({ forecastOn: '2018-09-01' }), facts(item()), [90], TODAY).map(({ words }) => words),
  ).toEqual([
    'Caldicott Guardian of South London (ASR-00001) holds until 31 August 2018, before First wards live, which is expected on 1 September 2018. The trust records it on its page of assurance, and somebody at the funder accepts it.',
    'Caldicott Guardian of South London (ASR-00001) holds until 31 August 2018. The trust records it on its page of assurance, and somebody at the funder accepts it.',
  ]));
