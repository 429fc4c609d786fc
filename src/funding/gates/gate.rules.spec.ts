import { MILESTONE_STATES } from '../../milestones/milestone.rules.js';
import { AGREEMENT_STATES } from '../agreements/agreement-states.js';
import type { ClaimState } from '../claims/claim-states.js';
import {
  GATE_CODES,
  type GateFacts,
  type GateMilestone,
  GRANTED_CLAIMS,
  gateBlockers,
  PAID_CLAIMS,
  slipOf,
} from './gate.rules.js';

const milestone = (over: Partial<GateMilestone> = {}): GateMilestone => ({
  id: 'm',
  code: 'records/go-live',
  name: 'Go-live',
  state: 'met',
  agreedOn: '2018-03-31',
  forecastOn: '2018-06-30',
  actualOn: null,
  ...over,
});

/** A gate that is open: nothing granted yet, £100 to pass, and £100 of match. */
const facts = (over: Partial<GateFacts> = {}): GateFacts => ({
  step: 'approve',
  agreement: { id: 'a', reference: 'MHE-RW4', state: 'active', matchPence: 1, perGrantPence: 1 },
  tranche: { id: 't', number: 2, name: 'On go-live', basis: 'delivery', plannedOn: '2018-04-30' },
  leftPence: 10_000,
  proposedPence: 10_000,
  grant: { approvedPence: 0, paidPence: 0, scheduledPence: 0 },
  acceptedMatchPence: 10_000,
  milestones: [milestone()],
  given: [],
  ...over,
});
const codes = (over: Partial<GateFacts>) => gateBlockers(facts(over)).map(({ code }) => code);

test('a gate opens where every condition holds', () => expect(gateBlockers(facts())).toEqual([]));

describe('the agreement', () => {
  const agreement = (state: (typeof AGREEMENT_STATES)[number]) => ({ ...facts().agreement, state });

  test('lets money pass while it is active, and in closing', () =>
    expect(AGREEMENT_STATES.filter((state) => codes({ agreement: agreement(state) }).length === 0)).toEqual([
      'active',
      'closing',
    ]));

  test.each([
    ['draft', 'The agreement is signed and takes effect.'],
    ['signed', 'The agreement is signed and takes effect.'],
    ['suspended', 'The funder ends the suspension.'],
    ['novated', 'Claim under the agreement that took this one over.'],
    ['terminated', 'Nothing: this agreement has ended, and what is left of it goes back to the funder.'],
    ['closed', 'Nothing: this agreement has ended, and what is left of it goes back to the funder.'],
    ['withdrawn', 'Nothing: this agreement has ended, and what is left of it goes back to the funder.'],
  ] as const)('that is %s blocks, and says what clears it', (state, clearedBy) =>
    expect(gateBlockers(facts({ agreement: agreement(state) }))).toEqual([
      {
        code: 'agreement-not-active',
        message: `The agreement MHE-RW4 is ${state}; money passes only under one that is active.`,
        about: { kind: 'agreement', id: 'a', name: 'MHE-RW4' },
        clearedBy,
        dueOn: '2018-04-30',
      },
    ]),
  );
});

describe('milestones', () => {
  test('that are met or waived are accepted, and no others; partly met is not', () =>
    expect(
      MILESTONE_STATES.filter((state) => codes({ milestones: [milestone({ state })] }).length === 0),
    ).toEqual(['met', 'waived']));

  test.each([
    ['planned', 'The trust delivers it, adds evidence, and claims it met in a return.'],
    ['in-progress', 'The trust delivers it, adds evidence, and claims it met in a return.'],
    ['claimed-met', 'An assessor takes the claim under review and decides on it.'],
    ['under-review', 'The assessor ends the review.'],
    ['partly-met', 'An approved change request replans it; then it is delivered and claimed met again.'],
    ['not-met', 'An approved change request replans it; then it is delivered and claimed met again.'],
    [
      'cancelled',
      'An approved change request varies the agreement, so that the tranche rests on something else.',
    ],
  ] as const)('one that is %s blocks until its agreed day', (state, clearedBy) =>
    expect(gateBlockers(facts({ milestones: [milestone({ state })] }))).toEqual([
      {
        code: 'milestone-not-accepted',
        message: `Go-live is ${state.replaceAll('-', ' ')}; this tranche opens once it is met. It is agreed for 31 March 2018.`,
        about: { kind: 'milestone', id: 'm', name: 'Go-live' },
        clearedBy,
        dueOn: '2018-03-31',
      },
    ]),
  );

  test('each that is not accepted is one blocker', () => {
    const milestones = [
      milestone({ id: 'one', state: 'planned' }),
      milestone(),
      milestone({ id: 'two', state: 'not-met' }),
    ];
    expect(gateBlockers(facts({ milestones })).map(({ about }) => about?.id)).toEqual(['one', 'two']);
  });
});

test('match that is missing is told with both figures, and what clears it', () =>
  expect(gateBlockers(facts({ acceptedMatchPence: 9_999 }))).toEqual([
    {
      code: 'match-below-ratio',
      message:
        '£99.99 of match is accepted; £100 of grant in all, this payment included, needs £100 at 1:1, so £0.01 is missing.',
      about: { kind: 'match', id: 'a', name: 'Match under MHE-RW4' },
      clearedBy:
        'The trust evidences £0.01 more match and an assessor accepts it; without it £99.99 can pass.',
      dueOn: '2018-04-30',
    },
  ]));

describe('what is left of the tranche', () => {
  test('bounds what passes', () =>
    expect(gateBlockers(facts({ leftPence: 9_999 }))).toEqual([
      {
        code: 'tranche-exhausted',
        message: '£99.99 is left of this tranche, and £100 is to pass.',
        about: { kind: 'tranche', id: 't', name: 'Tranche 2: On go-live' },
        clearedBy: 'Let no more pass than is left.',
        dueOn: '2018-04-30',
      },
    ]));

  test('is all that is said where it is nothing', () =>
    expect(
      gateBlockers(facts({ leftPence: 0, proposedPence: 0, milestones: [milestone({ state: 'planned' })] })),
    ).toMatchObject([
      {
        code: 'tranche-exhausted',
        message: 'All of this tranche is paid or spoken for; nothing is left to pass.',
        clearedBy: 'Draw on another tranche, or vary the agreement by an approved change request.',
      },
    ]));

  test('is told to the last penny', () =>
    expect(gateBlockers(facts({ leftPence: 1, proposedPence: 2, acceptedMatchPence: 2 }))).toMatchObject([
      { message: '£0.01 is left of this tranche, and £0.02 is to pass.' },
    ]));
});

test('no match is asked of an advance', () =>
  expect(
    gateBlockers(facts({ tranche: { ...facts().tranche, basis: 'advance' }, acceptedMatchPence: 0 })),
  ).toEqual([]));

test('all that blocks is told at once, with what other rooms found, and each is complete', () => {
  const given = {
    code: 'return-overdue',
    message: 'The return was due.',
    about: { kind: 'progress-report', id: 'r', name: '2017/18 Q3' },
    clearedBy: 'The trust submits it.',
    dueOn: '2018-01-15',
  };
  const found = gateBlockers(
    facts({
      agreement: { ...facts().agreement, state: 'suspended' },
      milestones: [milestone({ state: 'planned' })],
      acceptedMatchPence: 0,
      given: [given],
      leftPence: 1,
    }),
  );
  expect(found.map(({ code }) => code)).toEqual([
    'agreement-not-active',
    'milestone-not-accepted',
    'match-below-ratio',
    'return-overdue',
    'tranche-exhausted',
  ]);
  for (const blocker of found)
    expect(Object.keys(blocker).sort()).toEqual(['about', 'clearedBy', 'code', 'dueOn', 'message']);
});

test.each<[ClaimState, boolean, boolean]>([
  ['draft', false, false],
  ['fd-certified', false, false],
  ['submitted', false, false],
  ['evidence-check', false, false],
  ['queried', false, false],
  ['recommended', false, false],
  ['rejected', false, false],
  ['withdrawn', false, false],
  ['approved', true, false],
  ['part-approved', true, false],
  ['scheduled', true, false],
  ['paid', true, true],
  ['reconciled', true, true],
  ['recovery-raised', true, true],
  ['recovery-agreed', true, true],
  ['recovered', true, true],
  ['written-off', true, true],
])('the grant of a claim that is %s: approved %p, paid %p', (state, granted, paid) =>
  expect([GRANTED_CLAIMS.includes(state), PAID_CLAIMS.includes(state)]).toEqual([granted, paid]),
);

test('what a gate finds of itself can be named in a waiver', () =>
  expect([...GATE_CODES].sort()).toEqual(
    codes({
      agreement: { ...facts().agreement, state: 'suspended' },
      milestones: [milestone({ state: 'planned' })],
      acceptedMatchPence: 0,
      leftPence: 1,
    }).sort(),
  ));

test.each([
  ['on its day', '2018-04-30', true, 100, 0, false],
  ['expected a day later', '2018-05-01', true, 100, 1, true],
  ['with a penny left to pass', '2018-05-30', false, 1, 30, true],
  ['expected later', '2018-05-30', true, 100, 30, true],
  ['expected earlier', '2018-04-01', true, 100, -29, false],
  ['shut after its day', '2018-04-01', false, 100, -29, true],
  ['open after its day', '2018-04-30', true, 100, 0, false],
  ['with nothing left to pass', '2018-05-30', false, 0, 30, false],
])('a gate %s', (_, expectedOn, open, leftPence, slipDays, slips) =>
  expect(slipOf({ plannedOn: '2018-04-30', expectedOn, open, leftPence, today: '2018-05-01' })).toEqual({
    slipDays,
    slips,
  }),
);

test.each([
  ['2018-04-29', false],
  ['2018-04-30', false],
  ['2018-05-01', true],
])('a gate that is shut on %s, of which 30 April is the planned day, slips: %p', (today, slips) =>
  expect(
    slipOf({ plannedOn: '2018-04-30', expectedOn: '2018-04-30', open: false, leftPence: 1, today }).slips,
  ).toBe(slips),
);
