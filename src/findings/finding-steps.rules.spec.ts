import fc from 'fast-check';
import type { Role } from '../core/permissions.js';
import {
  FINDING,
  type FindingState,
  FOLLOW_UP_OUTCOMES,
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
const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);

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
  ['open', auditor, ['not-the-owner']],
  ['responded', lead, ['wrong-state']],
  ['closed', auditor, ['wrong-state', 'not-the-owner']],
])('an answer to one that is %s by %p', (state, by, expected) =>
  expect(codes(responseBlockers(facts({ state }), by))).toEqual(expected),
);

const implemented = { outcome: 'implemented', evidence: 'Minute 4' } as const;
const partly = { outcome: 'partly', evidence: null } as const;
test.each<[FindingState, Parameters<typeof followUpBlockers>[1], string[]]>([
  ['open', partly, ['wrong-state']],
  ['responded', partly, []],
  ['responded', implemented, []],
  ['responded', { ...implemented, evidence: null }, ['evidence-missing']],
  ['implemented', partly, []],
  ['closed', partly, []],
  ['closed', implemented, ['wrong-state']],
])('a follow-up of one that is %s with %j', (state, seen, expected) =>
  expect(codes(followUpBlockers(facts({ state }), seen, auditor))).toEqual(expected),
);

test('nobody checks or closes what they answered themselves', () => {
  const own = facts({ state: 'responded', stance: 'not-agreed', responderId: auditor.id });
  expect(codes(followUpBlockers(own, partly, auditor))).toEqual(['checker-is-responder']);
  expect(codes(closureBlockers(own, auditor))).toEqual(['closer-is-responder']);
});

test.each<[Partial<FindingFacts>, string[]]>([
  [{ state: 'open' }, ['wrong-state']],
  [{ state: 'responded', stance: 'agreed' }, ['not-followed-up']],
  [{ state: 'responded', stance: 'partly-agreed' }, ['not-followed-up']],
  [{ state: 'responded', stance: 'not-agreed' }, []],
  [{ state: 'implemented', stance: 'agreed' }, []],
  [{ state: 'closed' }, ['wrong-state']],
])('closing one of %j', (over, expected) =>
  expect(codes(closureBlockers(facts(over), auditor))).toEqual(expected),
);

test.each<[Partial<FindingFacts>, string, string[]]>([
  [{}, '2018-09-30', []],
  [{}, '2018-07-31', ['same-day']],
  [{ state: 'closed' }, '2018-09-30', ['wrong-state']],
])('moving the day of %j to %s', (over, dueOn, expected) =>
  expect(codes(dueDateBlockers(facts(over), { dueOn }))).toEqual(expected),
);

test('the steps that are open to somebody', () => {
  expect(openFindingSteps(facts(), lead)).toEqual(['response', 'due-date']);
  const answered = facts({ state: 'responded', stance: 'agreed', responderId: lead.id });
  expect(openFindingSteps(answered, auditor)).toEqual(['follow-up', 'due-date']);
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
