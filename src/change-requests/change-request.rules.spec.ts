import { asks, FACTS, move, varies } from '../../test/support/change-facts.js';
import { type Permission, type Role, roleMay } from '../core/permissions.js';
import type { ChangeContent } from './change-content.js';
import type { ChangeImpact } from './change-impact.js';
import { impactOf } from './change-impact.rules.js';
import {
  CHANGE_REQUEST,
  CHANGE_REQUEST_STATES,
  type ChangeEffect,
  type ChangeRequestState,
  type ChangeRequestVerb,
  decisionBlockers,
  deferralBlockers,
  effectOf,
  holderOf,
  PENDING,
  stepsOpenTo,
  withdrawalBlockers,
} from './change-request.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);

test.each<[ChangeRequestState, ChangeRequestVerb[]]>([
  ['draft', ['save', 'submit', 'withdraw']],
  ['submitted', ['assess', 'reject', 'defer', 'withdraw']],
  ['impact-assessed', ['assess', 'approve', 'reject', 'defer', 'withdraw']],
  ['deferred', ['assess', 'reject', 'withdraw']],
  ['approved', ['withdraw', 'apply']],
  ['rejected', []],
  ['withdrawn', []],
  ['applied', []],
])('a change request that is %s allows exactly %p', (state, verbs) =>
  expect(CHANGE_REQUEST.open(state)).toEqual(verbs),
);

test('what is pending is what was asked for and can still come to something', () =>
  expect(
    CHANGE_REQUEST_STATES.filter((state) => state !== 'draft' && CHANGE_REQUEST.open(state).length > 0),
  ).toEqual(CHANGE_REQUEST_STATES.filter((state) => PENDING.includes(state))));

test.each<[ChangeRequestState, string, string[]]>([
  ['impact-assessed', 'manager', []],
  ['impact-assessed', 'lead', ['decider-is-requester']],
  ['impact-assessed', 'colleague', ['decider-is-requester']],
  ['submitted', 'manager', ['wrong-state']],
  ['approved', 'lead', ['wrong-state', 'decider-is-requester']],
])('approving what is %s by the %s is blocked by %p', (state, deciderId, expected) =>
  expect(
    codes(decisionBlockers({ verb: 'approve', state, deciderId, preparedBy: ['lead', 'colleague'] })),
  ).toEqual(expected),
);

test.each([
  ['2018-05-02', []],
  ['2018-05-01', ['deferred-to-the-past']],
  ['2018-04-30', ['deferred-to-the-past']],
])('deferring to %s on 1 May 2018', (until, expected) =>
  expect(deferralBlockers(until, '2018-05-01').map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(
    expected.map((code) => `${code} /until`),
  ),
);

test.each<[ChangeRequestState, string | null, string | null, string[]]>([
  ['submitted', 'mersey', 'mersey', []],
  ['submitted', null, null, []],
  ['submitted', 'mersey', null, ['not-the-requester']],
  ['submitted', null, 'mersey', ['not-the-requester']],
  ['approved', 'mersey', null, []],
  ['applied', 'mersey', 'mersey', ['wrong-state']],
])('what is %s, asked for by %s, is withdrawn by %s: %p', (state, requesterTrustId, actorTrustId, expected) =>
  expect(codes(withdrawalBlockers({ state, requesterTrustId, actorTrustId }))).toEqual(expected),
);

test.each<[ChangeRequestState, string | null, string | undefined]>([
  ['draft', 'requester', 'Finish it and submit it.'],
  ['submitted', 'funder', 'Assess its impact.'],
  ['impact-assessed', 'funder', 'Approve, reject or defer it, by somebody who did not ask for it.'],
  ['deferred', 'funder', 'Assess its impact again after 31 July 2018, and decide.'],
  ['approved', 'funder', 'Apply it.'],
  ['rejected', null, undefined],
  ['withdrawn', null, undefined],
  ['applied', null, undefined],
])('what is %s is with the %s', (state, side, todo) => {
  const holder = holderOf(state, '2018-07-31');
  expect([holder?.side ?? null, holder?.todo]).toEqual([side, todo]);
});

const NONE: ChangeEffect = {
  cost: { grantMovedPence: 0, matchMovedPence: 0, betweenKindsPence: 0, betweenYearsPence: 0 },
  date: { milestones: 0, slipDays: null, latestOn: null },
  gate: { later: 0, laterGrantPence: 0 },
  benefit: { targetSets: 0, late: 0, plans: 0 },
};
const late = (milestone: string, agreedOn: string) => ({ milestone, agreedOn, delayReason: 'staff' });
test.each<[string, ChangeContent, ChangeEffect]>([
  ['conditions', varies({ conditions: [] }), NONE],
  [
    'capital to revenue of the year',
    asks({ moves: [move('2018/19 capital', '2018/19 revenue', 700)] }),
    { ...NONE, cost: { ...NONE.cost, grantMovedPence: 700, betweenKindsPence: 700 } },
  ],
  [
    'a penny',
    asks({ moves: [move('2018/19 capital', '2018/19 revenue', 1)] }),
    { ...NONE, cost: { ...NONE.cost, grantMovedPence: 1, betweenKindsPence: 1 } },
  ],
  [
    'a carry-forward, with its match',
    asks({
      moves: [
        move('2017/18 capital', '2018/19 capital', 700),
        move('2017/18 capital', '2018/19 capital', 300, 'match'),
      ],
    }),
    {
      ...NONE,
      cost: { grantMovedPence: 700, matchMovedPence: 300, betweenKindsPence: 0, betweenYearsPence: 700 },
    },
  ],
  [
    'capital of one year to revenue of another',
    asks({ moves: [move('2017/18 capital', '2018/19 revenue', 700)] }),
    { ...NONE, cost: { ...NONE.cost, grantMovedPence: 700, betweenKindsPence: 700, betweenYearsPence: 700 } },
  ],
  [
    'two milestones',
    asks({ milestones: [late('records/go-live', '2018-04-30'), late('apps/pilot', '2019-06-30')] }),
    {
      ...NONE,
      date: { milestones: 2, slipDays: 365, latestOn: '2019-06-30' },
      gate: { later: 1, laterGrantPence: 150_000 },
      benefit: { targetSets: 2, late: 1, plans: 0 },
    },
  ],
  [
    'a milestone that comes earlier',
    asks({ milestones: [late('records/go-live', '2018-03-01')] }),
    {
      ...NONE,
      date: { milestones: 1, slipDays: -30, latestOn: '2018-03-01' },
      benefit: { targetSets: 2, late: 0, plans: 0 },
    },
  ],
])('the effect of %s', (_, content, expected) =>
  expect(effectOf(impactOf(content, FACTS))).toEqual(expected),
);

test('the latest of the days is told, in whatever order they are asked for', () =>
  expect(
    effectOf(
      impactOf(
        asks({ milestones: [late('apps/pilot', '2018-12-31'), late('records/go-live', '2019-06-30')] }),
        FACTS,
      ),
    ).date.latestOn,
  ).toBe('2019-06-30'));

test('only a gate that was to open, and opens a day later or more, counts as later', () => {
  const gate = (opensBeforeOn: string | null, opensAfterOn: string, grantAfterPence: number) =>
    ({ opensBeforeOn, opensAfterOn, grantAfterPence }) as ChangeImpact['gates'][number];
  const gates = [
    gate('2018-04-01', '2018-03-31', 1),
    gate('2018-04-01', '2018-04-01', 20),
    gate('2018-04-01', '2018-04-02', 300),
    gate(null, '2018-04-02', 4_000),
  ];
  expect(effectOf({ ...impactOf(varies({ conditions: [] }), FACTS), gates }).gate).toEqual({
    later: 1,
    laterGrantPence: 300,
  });
});

test.each([
  ['mersey', null, 'Reject it, or ask the trust to withdraw it.'],
  [null, 'mersey', 'Ask the funder to withdraw it.'],
])('asked for by %s, %s is told who can end it', (requesterTrustId, actorTrustId, clearedBy) =>
  expect(withdrawalBlockers({ state: 'submitted', requesterTrustId, actorTrustId })).toMatchObject([
    { clearedBy },
  ]),
);

test.each<[string, Role, ChangeRequestState, ChangeRequestVerb[]]>([
  ['whoever asked', 'trust-lead', 'draft', ['save', 'submit', 'withdraw']],
  ['whoever asked', 'trust-lead', 'submitted', ['withdraw']],
  ['whoever asked', 'trust-lead', 'applied', []],
  ['a decider', 'programme-manager', 'submitted', ['assess', 'reject', 'defer']],
  ['a decider', 'programme-manager', 'impact-assessed', ['assess', 'approve', 'reject', 'defer']],
  ['a decider', 'programme-manager', 'approved', ['withdraw', 'apply']],
  ['a decider who wrote of it', 'programme-manager', 'impact-assessed', ['assess']],
  ['an auditor', 'auditor', 'submitted', []],
  ['an auditor', 'auditor', 'approved', []],
])('%s, as %s, may do with a request that is %s exactly %p', (who, role, state, verbs) => {
  const trustId = role === 'trust-lead' ? 'trust' : null;
  const reader = { id: who, trustId, may: (permission: Permission) => roleMay(role, permission) };
  const preparedBy = ['whoever asked', 'a decider who wrote of it'];
  expect(stepsOpenTo(reader, { state, preparedBy, requesterTrustId: 'trust' })).toEqual(verbs);
});
