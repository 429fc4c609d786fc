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

test('a tranche that nothing was drawn of may be paid otherwise', () => {
  const standing = { tranches: [{ number: 1, drawnPence: 0, named: false }], costs: null };
  const { terms } = varies({
    tranches: [{ ...ADVANCE, basis: 'delivery', milestones: ['apps/pilot'] }, DELIVERY],
  });
  expect(varyBlockers(terms, { ...FACTS, standing })).toEqual([]);
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
