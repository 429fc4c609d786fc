import { FACTS, varies } from '../../test/support/change-facts.js';
import type { AgreedTranche } from '../funding/agreements/agreement-terms.js';
import type { VariedTerms } from './change-content.js';
import { variedTerms, varyBlockers } from './change-terms.rules.js';

const [ADVANCE, DELIVERY] = FACTS.terms.tranches as [AgreedTranche, AgreedTranche];
const codes = (over: Partial<VariedTerms>) =>
  varyBlockers(varies(over).terms, FACTS).map(({ code, pointer }) => `${code} ${pointer}`);
const tranches = (first: Partial<AgreedTranche>, second: Partial<AgreedTranche>) => ({
  tranches: [
    { ...ADVANCE, ...first },
    { ...DELIVERY, ...second },
  ],
});
const AT = '/content/terms';

test.each<[string, Partial<VariedTerms>, string[]]>([
  ['nothing', {}, [`nothing-changes ${AT}`]],
  [
    'what is agreed already',
    { tranches: [DELIVERY, ADVANCE], conditions: ['Ring-fenced'] },
    [`nothing-changes ${AT}`],
  ],
  ['conditions', { conditions: [] }, []],
  ['a day', tranches({}, { plannedOn: '2018-06-30' }), []],
  ['a milestone more', tranches({}, { milestones: ['records/go-live', 'apps/pilot'] }), []],
  ['money from one to the other', tranches({ grantPence: 60_000 }, { grantPence: 140_000 }), []],
  [
    'a third',
    {
      tranches: [
        ADVANCE,
        { ...DELIVERY, grantPence: 100_000 },
        { ...DELIVERY, number: 3, grantPence: 50_000 },
      ],
    },
    [],
  ],
  ['less in all', tranches({}, { grantPence: 149_999 }), [`tranches-do-not-add-up ${AT}/tranches`]],
  [
    'less than is drawn',
    tranches({ grantPence: 49_999 }, { grantPence: 150_001 }),
    [`tranche-below-drawn ${AT}/tranches`],
  ],
  [
    'a tranche left out',
    { tranches: [{ ...DELIVERY, grantPence: 200_000 }] },
    [`tranche-named ${AT}/tranches`, `tranche-missing ${AT}/tranches`],
  ],
  [
    'another number',
    { tranches: [ADVANCE, { ...DELIVERY, number: 3 }] },
    [`tranche-named ${AT}/tranches`, `tranche-missing ${AT}/tranches`],
  ],
  [
    'a tranche twice',
    { tranches: [ADVANCE, DELIVERY, DELIVERY] },
    [`tranche-twice ${AT}/tranches`, `tranches-do-not-add-up ${AT}/tranches`],
  ],
  [
    'a delivery on nothing',
    tranches({}, { milestones: [] }),
    [`tranche-without-milestone ${AT}/tranches/1/milestones`],
  ],
  [
    'an unknown milestone',
    tranches({}, { milestones: ['records/x'] }),
    [`unknown-milestone ${AT}/tranches/1/milestones/0`],
  ],
  [
    'a milestone twice',
    tranches({}, { milestones: ['records/go-live', 'records/go-live'] }),
    [`milestone-twice ${AT}/tranches/1/milestones/1`],
  ],
  [
    'a milestone that is cancelled',
    tranches({}, { milestones: ['apps/kiosks'] }),
    [`milestone-cancelled ${AT}/tranches/1/milestones/0`],
  ],
  [
    'a delivery in advance',
    tranches({}, { basis: 'advance' }),
    [`tranche-basis-drawn ${AT}/tranches/1/basis`],
  ],
  ['the first day of the programme', tranches({ plannedOn: '2017-04-01' }, {}), []],
  [
    'a day before the programme',
    tranches({ plannedOn: '2017-03-31' }, {}),
    [`tranche-before-programme ${AT}/tranches/0/plannedOn`],
  ],
  ['a shorter window', { eligibility: { startsOn: '2017-05-01', endsOn: '2018-11-30' } }, []],
  [
    'a window that cuts off the first cost',
    { eligibility: { startsOn: '2017-05-02', endsOn: '2020-03-31' } },
    [`cost-outside-window ${AT}/eligibility`],
  ],
  [
    'a window that cuts off the last cost',
    { eligibility: { startsOn: '2017-04-01', endsOn: '2018-11-29' } },
    [`cost-outside-window ${AT}/eligibility`],
  ],
  [
    'a window beyond the programme',
    { eligibility: { startsOn: '2017-04-01', endsOn: '2020-04-01' } },
    [`window-outside-programme ${AT}/eligibility`],
  ],
  [
    'a window before the programme',
    { eligibility: { startsOn: '2017-03-31', endsOn: '2020-03-31' } },
    [`window-outside-programme ${AT}/eligibility`],
  ],
])('varying %s is blocked by exactly that', (_, over, expected) => expect(codes(over)).toEqual(expected));

test('a request to vary nothing at all is blocked', () =>
  expect(varyBlockers(null, FACTS).map(({ code }) => code)).toEqual(['nothing-changes']));

const onPilot = { basis: 'delivery', milestones: ['apps/pilot'] } as const;
test.each<[string, Partial<VariedTerms>, string[]]>([
  ['an advance', tranches({ ...onPilot, milestones: ['apps/pilot'] }, {}), ['an advance']],
  ['a delivery', tranches({}, { basis: 'advance' }), []],
])('%s may be paid otherwise only where not a penny was drawn of it', (_, over, drawnAs) => {
  const drawnOf = (...drawn: Array<[number, number]>) =>
    varyBlockers(varies(over).terms, {
      ...FACTS,
      standing: {
        tranches: drawn.map(([number, drawnPence]) => ({ number, drawnPence, named: false })),
        costs: null,
      },
    }).map(({ message }) => message);
  expect(drawnOf()).toEqual([]);
  expect(drawnOf([2, 0], [1, 0])).toEqual([]);
  expect(drawnOf([2, 0], [1, 1])).toEqual(
    drawnAs.map((words) => `Tranche 1 was drawn on as ${words}, so it stays that.`),
  );
});

test('what blocks a tranche says how it was drawn on, and which milestone it is', () => {
  expect(varyBlockers(varies(tranches({}, { basis: 'advance' })).terms, FACTS)[0]?.message).toBe(
    'Tranche 2 was drawn on as paid on delivery, so it stays that.',
  );
  expect(varyBlockers(varies(tranches({}, { milestones: ['apps/kiosks'] })).terms, FACTS)[0]?.about).toEqual({
    kind: 'milestone',
    id: 'id of apps/kiosks',
    name: 'Name of apps/kiosks',
  });
});

test('a variation leaves what it does not name, and puts tranches in order', () => {
  const wanted: VariedTerms = {
    tranches: [DELIVERY, { ...ADVANCE, name: 'First' }],
    conditions: null,
    eligibility: { startsOn: '2017-04-01', endsOn: '2019-12-31' },
  };
  expect(variedTerms(FACTS.terms, wanted)).toEqual({
    ...FACTS.terms,
    tranches: [{ ...ADVANCE, name: 'First' }, DELIVERY],
    eligibility: { startsOn: '2017-04-01', endsOn: '2019-12-31', categories: [] },
  });
});
