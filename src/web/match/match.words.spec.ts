import type { Actor } from '../../core/actor.js';
import type { Role } from '../../core/permissions.js';
import type { ContributionView } from '../../funding/match/contribution.queries.js';
import { matchPosition } from '../../funding/match/match.rules.js';
import { fittingWords } from './contribution.words.js';
import { openContributionSteps } from './contribution-steps.js';
import { gateWords, inAllWords, nowWords } from './trust-match.page.js';

const RATIO = { matchPence: 1, perGrantPence: 1 };
const pounds = (amount: number): number => amount * 100;

/** An agreement's match: so much paid in advance and on delivery, accepted, evidenced and pledged, in pounds. */
function standing(paid: { advance: number; delivery: number }, match: [number, number, number]) {
  const [accepted, evidenced, pledged] = match.map(pounds) as [number, number, number];
  const tranches = [
    { number: 1, basis: 'advance' as const, grantPence: pounds(100), passedPence: pounds(paid.advance) },
    { number: 2, basis: 'delivery' as const, grantPence: pounds(400), passedPence: pounds(paid.delivery) },
  ].map((each) => ({ ...each, id: String(each.number), name: 'T', expectedOn: '2018-03-31' }));
  const facts = {
    ratio: RATIO,
    grant: {
      openPence: pounds(500 - paid.advance - paid.delivery),
      approvedPence: 0,
      paidPence: pounds(paid.advance + paid.delivery),
    },
    acceptedPence: accepted,
    evidencedPence: evidenced,
    pledges: [{ expectedOn: '2018-01-31', amountPence: pledged }],
    tranches,
  };
  return {
    ...matchPosition(facts, '2018-02-15'),
    ratio: RATIO,
    agreement: { id: '1', reference: 'A', state: 'active' as const },
    trust: { odsCode: 'RW4', name: 'Mersey Care' },
    illustrative: false,
    contributions: [],
  };
}

test.each([
  ['is enough', { advance: 100, delivery: 0 }, [100, 0, 0], 'Nothing is missing now.'],
  ['is all an advance', { advance: 100, delivery: 0 }, [0, 0, 0], 'is not below its ratio.'],
  ['is missing', { advance: 100, delivery: 100 }, [50, 0, 0], 'so £150 is missing now.'],
] as const)('what is needed now, where it %s', (_, paid, match, words) =>
  expect(nowWords(standing(paid, [...match]))).toContain(words),
);

test.each([
  [[500, 0, 0], 'All the match that the agreement needs is accepted.'],
  [
    [100, 50, 100],
    'Until the end £400 more is to be accepted. £50 is evidenced and waits to be accepted, and £100 is pledged, of which £100 is overdue. £250 is not pledged yet.',
  ],
  [[100, 300, 100], 'That is enough, once it is accepted.'],
] as const)('what is needed in all, of %j', (match, words) =>
  expect(inAllWords(standing({ advance: 0, delivery: 0 }, [...match]))).toContain(words),
);

test('each gate says whether match keeps it', () => {
  const { gates } = standing({ advance: 50, delivery: 0 }, [0, 0, 0]);
  expect(gates.map(gateWords)).toEqual(['An advance: its gate asks for no match', 'Forecast to be short']);
  const passed = standing({ advance: 100, delivery: 0 }, [500, 0, 0]).gates;
  expect(passed.map(gateWords)).toEqual(['Passed: all of it is approved', 'Forecast to be enough']);
});

test('which valuations fit which type is said in words; a type of the programme’s own is its own affair', () =>
  expect(
    fittingWords([
      { code: 'cash', label: 'Cash' },
      { code: 'staff-release', label: 'Staff' },
      { code: 'ducts', label: 'Ducts' },
    ]),
  ).toEqual([
    'Cash: an invoice or the payroll, once it is paid out.',
    'Staff: the payroll or records of time.',
    'Ducts: valued as the programme sees fit.',
  ]));

const VIEW = {
  id: '1',
  state: 'pledged',
  countingEvidence: 1,
  recordedBy: [{ id: 'lead', name: 'L' }],
  evidencedBy: null,
} as unknown as ContributionView;
const actor = (role: Role, id = 'somebody'): Actor => ({
  ...{ id, name: 'N', role, trustId: null, trustOds: null, requestId: 'r' },
});
const ACTIVE = { state: 'active', reference: 'A' } as const;
const stepsOf = (...of: Parameters<typeof openContributionSteps>): string[] =>
  openContributionSteps(...of).map(({ href }) => href.replace('/contributions/1/steps/', ''));

test.each<[string, Role, Partial<ContributionView>, string[]]>([
  ['a pledge, to the trust', 'trust-lead', {}, ['evidencing', 'withdrawal']],
  ['a pledge without evidence', 'trust-lead', { countingEvidence: 0 }, ['withdrawal']],
  ['a pledge, to the funder', 'assessor', {}, []],
  ['what is evidenced, to the funder', 'assessor', { state: 'evidenced' }, ['acceptance', 'rejection']],
  ['what is evidenced, to the trust', 'trust-lead', { state: 'evidenced' }, []],
  ['what is accepted', 'assessor', { state: 'accepted' }, ['acceptance-reversal']],
  ['anything, to an auditor', 'auditor', { state: 'evidenced' }, []],
])('steps of %s', (_, role, changed, expected) =>
  expect(stepsOf(actor(role), { ...VIEW, ...changed }, ACTIVE)).toEqual(expected),
);

test('nobody is offered to decide on what they recorded, and nothing is evidenced under what has ended', () => {
  expect(stepsOf(actor('assessor', 'lead'), { ...VIEW, state: 'evidenced' }, ACTIVE)).toEqual([]);
  expect(stepsOf(actor('trust-lead'), VIEW, { ...ACTIVE, state: 'closed' })).toEqual(['withdrawal']);
});
