import { type SnapshotFacts, type SnapshotMilestone, snapshotOf, wentLiveOn } from './snapshot.rules.js';

const milestone = (over: Partial<SnapshotMilestone>): SnapshotMilestone => ({
  ...{ code: 'm', name: 'M', kind: 'go-live', state: 'met', baselineOn: '2018-01-01' },
  ...{ actualOn: '2018-02-01', slipDays: 31 },
  ...over,
});

test.each<[string, SnapshotMilestone[], string | null]>([
  ['no go-live', [milestone({ kind: 'plan' })], null],
  ['one go-live', [milestone({})], '2018-02-01'],
  ['the first of two', [milestone({ actualOn: '2018-03-01' }), milestone({})], '2018-02-01'],
  ['one is still to come', [milestone({ actualOn: null, state: 'planned' }), milestone({})], '2018-02-01'],
  ['none has come', [milestone({ actualOn: null, state: 'planned' })], null],
])('when it went live: %s', (_, milestones, expected) => expect(wentLiveOn(milestones)).toBe(expected));

const facts: SnapshotFacts = {
  takenOn: '2018-05-15',
  project: { code: 'app', name: 'App' },
  activatedOn: '2017-05-01',
  programmeStartsOn: '2017-04-01',
  agreement: 'AGR-1',
  grantPaid: { capitalPence: 100, revenuePence: 20 },
  matchAccepted: { capitalPence: 3, revenuePence: 4 },
  milestones: [milestone({})],
  measures: [],
  evidence: [],
  illustrative: false,
};

test('time and cost of a snapshot', () => {
  expect(snapshotOf(facts)).toMatchObject({
    totalPence: 127,
    time: { startedOn: '2017-05-01', from: 'agreement', liveOn: '2018-02-01', days: 276 },
  });
  // It may go live before its agreement is signed.
  expect(snapshotOf({ ...facts, activatedOn: '2018-03-01' }).time.days).toBe(0);
  expect(snapshotOf({ ...facts, activatedOn: null, milestones: [] }).time).toEqual({
    ...{ startedOn: '2017-04-01', from: 'programme', liveOn: null, days: null },
  });
});
