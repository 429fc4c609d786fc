import fc from 'fast-check';
import type { Blocker } from '../core/blockers.js';
import type { Role } from '../core/permissions.js';
import {
  FINDING,
  type FindingState,
  FOLLOW_UP_OUTCOMES,
  type FollowUpOutcome,
  OWNER_ROLES,
  type OwnerRole,
  STANCES,
} from './finding.rules.js';
import {
  answersFor,
  closureBlockers,
  dueDateBlockers,
  type FindingFacts,
  followedUp,
  followUpBlockers,
  openFindingSteps,
  responded,
  responseBlockers,
  type StepTaker,
} from './finding-steps.rules.js';

const facts = (over: Partial<FindingFacts> = {}): FindingFacts => ({
  ...{ state: 'open', ownerRole: 'trust-lead', responderId: null, stance: null, dueOn: '2018-07-31' },
  ...over,
});
const lead: StepTaker = { id: 'lead', role: 'trust-lead' };
const auditor: StepTaker = { id: 'auditor', role: 'auditor' };
const codes = (reasons: Blocker[]) => reasons.map(({ code, pointer }) => `${code} at ${pointer}`);

test.each<[Role, OwnerRole | null, boolean]>([
  ['trust-lead', 'trust-lead', true],
  ['trust-lead', 'trust-finance-director', true],
  ['trust-finance-director', 'trust-lead', false],
  ['trust-finance-director', 'trust-finance-director', true],
  ['trust-lead', 'programme-manager', false],
  ['trust-lead', null, false],
  ['programme-manager', null, true],
  ['programme-manager', 'finance-officer', false],
  ['auditor', 'assessor', false],
])('%s answers for %s: %p', (role, owner, does) => expect(answersFor(role, owner)).toBe(does));

test.each<[FindingState, StepTaker, string[]]>([
  ['open', lead, []],
  ['open', auditor, ['not-the-owner at /ownerRole']],
  ['responded', lead, ['wrong-state at /state']],
  ['closed', auditor, ['wrong-state at /state', 'not-the-owner at /ownerRole']],
])('an answer to one that is %s by %p', (state, by, expected) =>
  expect(codes(responseBlockers(facts({ state }), by))).toEqual(expected),
);

test.each([
  ['trust-finance-director', 'trust finance director'],
  [null, 'programme manager'],
] as const)('one that is to be answered by %s says so', (ownerRole, words) =>
  expect(responseBlockers(facts({ ownerRole }), auditor)[0]?.message).toBe(
    `This finding is to be answered by its owner: ${words}.`,
  ),
);

const implemented = { outcome: 'implemented', evidence: 'Minute 4' } as const;
const partly = { outcome: 'partly', evidence: null } as const;
test.each<[FindingState, Parameters<typeof followUpBlockers>[1], string[]]>([
  ['open', partly, ['wrong-state at /state']],
  ['responded', partly, []],
  ['responded', implemented, []],
  ['responded', { ...implemented, evidence: null }, ['evidence-missing at /evidence']],
  ['implemented', partly, []],
  ['closed', partly, []],
  ['closed', implemented, ['wrong-state at /state']],
])('a follow-up of one that is %s with %j', (state, seen, expected) =>
  expect(codes(followUpBlockers(facts({ state }), seen, auditor))).toEqual(expected),
);

test('nobody checks or closes what they answered themselves', () => {
  const own = facts({ state: 'responded', stance: 'not-agreed', responderId: auditor.id });
  expect(codes(followUpBlockers(own, partly, auditor))).toEqual(['checker-is-responder at /outcome']);
  expect(codes(closureBlockers(own, auditor))).toEqual(['closer-is-responder at /state']);
});

test.each<[Partial<FindingFacts>, string[]]>([
  [{ state: 'open' }, ['wrong-state at /state']],
  [{ state: 'responded', stance: 'agreed' }, ['not-followed-up at /state']],
  [{ state: 'responded', stance: 'partly-agreed' }, ['not-followed-up at /state']],
  [{ state: 'responded', stance: 'not-agreed' }, []],
  [{ state: 'implemented', stance: 'agreed' }, []],
  [{ state: 'closed' }, ['wrong-state at /state']],
])('closing one of %j', (over, expected) =>
  expect(codes(closureBlockers(facts(over), auditor))).toEqual(expected),
);

test.each<[Partial<FindingFacts>, string, string[]]>([
  [{}, '2018-09-30', []],
  [{}, '2018-07-31', ['same-day at /dueOn']],
  [{ state: 'closed' }, '2018-09-30', ['wrong-state at /state']],
])('moving the day of %j to %s', (over, dueOn, expected) =>
  expect(codes(dueDateBlockers(facts(over), { dueOn }))).toEqual(expected),
);

const answered = { stance: 'agreed', responderId: lead.id } as const;
const unanswered = { stance: null, responderId: null };
test.each<[FindingState, FollowUpOutcome, Partial<FindingFacts>]>([
  ['responded', 'implemented', { state: 'implemented', ...answered }],
  ['responded', 'partly', { state: 'responded', ...answered }],
  ['responded', 'not-implemented', { state: 'responded', ...answered }],
  ['implemented', 'partly', { state: 'open', ...unanswered }],
  ['closed', 'not-implemented', { state: 'open', ...unanswered }],
])('one that is %s, after a follow-up that says %s', (state, outcome, expected) =>
  expect(followedUp(facts({ state, ...answered }), outcome)).toEqual(facts(expected)),
);

test('the steps that are open to somebody', () => {
  expect(openFindingSteps(facts(), lead)).toEqual(['response', 'due-date']);
  expect(openFindingSteps(facts({ state: 'responded', ...answered }), auditor)).toEqual([
    'follow-up',
    'due-date',
  ]);
  expect(openFindingSteps(facts({ state: 'closed' }), auditor)).toEqual(['follow-up']);
});

/** One step of a walk, carried out where nothing blocks it. */
type Walked = { facts: FindingFacts; did: 'respond' | 'follow-up' | 'close' | null; by: StepTaker };

const people = fc.constantFrom<StepTaker>(...OWNER_ROLES.map((role) => ({ id: role, role })), {
  id: 'auditor',
  role: 'auditor',
});
const moves = fc.array(
  fc.record({
    by: people,
    kind: fc.constantFrom('respond', 'follow-up', 'close' as const),
    stance: fc.constantFrom(...STANCES),
    outcome: fc.constantFrom(...FOLLOW_UP_OUTCOMES),
    evidence: fc.constantFrom(null, 'Minute 4'),
  }),
  { maxLength: 40 },
);

test('every walk keeps the rules', () => {
  fc.assert(
    fc.property(fc.constantFrom(null, ...OWNER_ROLES), moves, (ownerRole, walk) => {
      let now: Walked = { facts: facts({ ownerRole }), did: null, by: lead };
      for (const { by, kind, stance, outcome, evidence } of walk) {
        const before = now.facts;
        if (kind === 'respond' && responseBlockers(before, by).length === 0)
          now = { facts: responded(before, stance, by), did: 'respond', by };
        if (kind === 'follow-up' && followUpBlockers(before, { outcome, evidence }, by).length === 0)
          now = { facts: followedUp(before, outcome), did: 'follow-up', by };
        if (kind === 'close' && closureBlockers(before, by).length === 0)
          now = { facts: { ...before, state: FINDING.next('close', before.state) }, did: 'close', by };
        holds(before, now);
      }
    }),
    { numRuns: 2_000, seed: 18 },
  );
});

function holds(before: FindingFacts, { facts: after, did, by }: Walked): void {
  // An answer is there exactly where the owner has answered and it was not opened again.
  expect(after.state === 'open').toBe(after.responderId === null);
  expect(after.responderId === null).toBe(after.stance === null);
  if (after.state === before.state) return;
  if (did === 'respond') expect(answersFor(by.role, after.ownerRole)).toBe(true);
  if (did !== 'respond') expect(before.responderId).not.toBe(by.id);
  if (after.state === 'closed')
    expect(before.state === 'implemented' || before.stance === 'not-agreed').toBe(true);
  if (before.state === 'closed') expect([after.state, did]).toEqual(['open', 'follow-up']);
}
