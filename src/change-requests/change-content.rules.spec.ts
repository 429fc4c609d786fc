import { asks, FACTS, move, varies } from '../../test/support/change-facts.js';
import { AGREEMENT_STATES } from '../funding/agreements/agreement-states.js';
import type { ReprofiledMilestone } from '../milestones/reprofile.rules.js';
import type { ChangeContent, ChangeKind } from './change-content.js';
import { agreementBlockers, contentBlockers, kindBlockers, termsAfter } from './change-content.rules.js';

const said = (reasons: Array<{ code: string; pointer?: string }>) =>
  reasons.map(({ code, pointer }) => `${code} ${pointer}`);
const day = (
  milestone: string,
  agreedOn = '2019-03-31',
  delayReason: string | null = 'staff',
): ReprofiledMilestone => ({
  milestone,
  agreedOn,
  delayReason,
});

const plan = (benefit: string, ...years: Array<[string, number]>) => ({
  benefit,
  years: years.map(([financialYear, planned]) => ({ financialYear, planned })),
});

test('changes are asked for while an agreement is in force and has not ended', () =>
  expect(AGREEMENT_STATES.filter((state) => agreementBlockers(state).length === 0)).toEqual([
    'active',
    'suspended',
    'closing',
  ]));

const EVERYTHING: ChangeContent = {
  milestones: [day('apps/pilot')],
  moves: [move()],
  terms: varies({ conditions: [] }).terms,
  plans: [plan('apps/falls', ['2018/19', 9])],
};
test.each<[ChangeKind, keyof ChangeContent]>([
  ['reprofile', 'milestones'],
  ['move-money', 'moves'],
  ['carry-forward', 'moves'],
  ['vary', 'terms'],
  ['replan-benefits', 'plans'],
])('a request of kind %s says %s, and nothing else', (kind, own) => {
  expect(said(kindBlockers(kind, asks({ [own]: EVERYTHING[own] })))).toEqual([]);
  expect(said(contentBlockers(kind, asks({}), FACTS))).toEqual([`nothing-changes /content/${own}`]);
  const others = Object.keys(EVERYTHING).filter((part) => part !== own);
  const refused = others.map((part) => `not-of-this-kind /content/${part}`);
  expect(said(kindBlockers(kind, EVERYTHING))).toEqual(refused);
  expect(said(contentBlockers(kind, EVERYTHING, FACTS))).toEqual(expect.arrayContaining(refused));
});

test('an agreement that is not in force yet is told by its state', () =>
  expect(agreementBlockers('in-due-diligence')[0]?.message).toContain('This agreement is in due diligence.'));

test('an agreement that has ended blocks what is possible otherwise', () => {
  const content = varies({ conditions: [] });
  expect(contentBlockers('vary', content, FACTS)).toEqual([]);
  expect(contentBlockers('vary', content, { ...FACTS, state: 'closed' }).map(({ code }) => code)).toEqual([
    'agreement-not-in-force',
  ]);
});

test.each<[string, ReprofiledMilestone[], string[]]>([
  ['a planned one', [day('records/go-live')], []],
  ['one that was not met', [day('apps/pilot')], []],
  ['one that was moved before', [day('apps/training')], []],
  ['two', [day('apps/pilot'), day('records/go-live')], []],
  [
    'one twice',
    [day('apps/pilot'), day('apps/pilot', '2019-04-01')],
    ['milestone-twice /content/milestones/1'],
  ],
  ['one that is not there', [day('apps/x')], ['unknown-milestone /content/milestones/0/milestone']],
  ['one that is met', [day('records/plan')], ['milestone-closed /content/milestones/0']],
  ['one under review', [day('apps/portal')], ['milestone-claimed /content/milestones/0']],
  [
    'one to its agreed day',
    [day('apps/training', '2018-09-30', null)],
    ['agreed-day-same /content/milestones/0/agreedOn'],
  ],
  ['one back to its baseline', [day('apps/training', '2018-06-30', null)], []],
  [
    'one later for no reason',
    [day('apps/pilot', '2018-07-01', null)],
    ['date-moved-without-reason /content/milestones/0/delayReason'],
  ],
  [
    'one for a reason of no list',
    [day('apps/pilot', '2018-07-01', 'rain')],
    ['unknown-delay-reason /content/milestones/0/delayReason'],
  ],
  [
    'one before the programme',
    [day('apps/pilot', '2008-07-01')],
    ['agreed-day-before-programme /content/milestones/0/agreedOn'],
  ],
])('another day for %s is blocked by exactly that', (_, milestones, expected) =>
  expect(said(contentBlockers('reprofile', asks({ milestones }), FACTS))).toEqual(expected),
);

const KEPT: [string, number] = ['2017/18', 10_000];
test.each<[string, ChangeContent['plans'], string[]]>([
  ['two', [plan('records/forms', KEPT, ['2019/20', 1]), plan('apps/falls', ['2018/19', 9])], []],
  [
    'one twice',
    [plan('apps/falls', ['2018/19', 9]), plan('apps/falls', ['2018/19', 8])],
    ['benefit-twice /content/plans/1'],
  ],
  ['one that is not there', [plan('apps/x', ['2018/19', 9])], ['unknown-benefit /content/plans/0/benefit']],
  [
    'one for a year that was reported',
    [plan('records/forms', ['2017/18', 1])],
    ['year-reported /content/plans/0/years/0/planned'],
  ],
  ['one as it stands', [plan('apps/falls', ['2018/19', 12])], ['nothing-changes /content/plans/0']],
])('another plan of a benefit, %s, is blocked by exactly that', (_, plans, expected) =>
  expect(said(contentBlockers('replan-benefits', asks({ plans }), FACTS))).toEqual(expected),
);

test('what blocks a milestone or a benefit names it', () => {
  expect(contentBlockers('reprofile', asks({ milestones: [day('records/plan')] }), FACTS)[0]?.about).toEqual({
    kind: 'milestone',
    id: 'id of records/plan',
    name: 'Name of records/plan',
  });
  const same = asks({ plans: [plan('apps/falls', ['2018/19', 12])] });
  expect(contentBlockers('replan-benefits', same, FACTS)[0]?.about).toEqual({
    kind: 'benefit',
    id: 'id of falls',
    name: 'Fewer falls',
  });
});

test('days change no terms; money and variations do', () => {
  expect(termsAfter(asks({ milestones: EVERYTHING.milestones }), FACTS.terms)).toEqual(FACTS.terms);
  expect(termsAfter(asks({ terms: EVERYTHING.terms }), FACTS.terms)).toEqual({
    ...FACTS.terms,
    conditions: [],
  });
  const [first, second, third] = FACTS.terms.lines;
  expect(termsAfter(asks({ moves: EVERYTHING.moves }), FACTS.terms)).toEqual({
    ...FACTS.terms,
    lines: [{ ...first, grantPence: 90_000 }, { ...second, grantPence: 70_000 }, third],
  });
});
