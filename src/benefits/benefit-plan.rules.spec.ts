import { type PlannedYear, planBlockers, planChanges, type StandingPlan } from './benefit-plan.rules.js';

const year = (financialYear: string, planned: number): PlannedYear => ({ financialYear, planned });
const standing = (over: Partial<StandingPlan> = {}): StandingPlan => ({
  ...{ id: 'b', code: 'wards/forms', name: 'Fewer forms', unit: 'forms', state: 'realising' },
  years: [
    { ...year('2017/18', 100), reported: true },
    { ...year('2018/19', 200), reported: false },
  ],
  ...over,
});
const refused = (years: PlannedYear[], over: Partial<StandingPlan> = {}) =>
  planBlockers(standing(over), { benefit: 'wards/forms', years }).map(({ code, pointer }) => [code, pointer]);
const kept = year('2017/18', 100);

test.each<[string, PlannedYear[], Partial<StandingPlan>, unknown[]]>([
  ['another value of a year to come', [kept, year('2018/19', 50)], {}, []],
  ['a year more', [kept, year('2018/19', 200), year('2019/20', 10)], {}, []],
  ['a year less', [kept], {}, []],
  ['a year of nothing beside one of something', [kept, year('2018/19', 0)], {}, []],
  ['one that is agreed', [kept], { state: 'agreed' }, []],
  [
    'the least that can be planned',
    [year('2018/19', 1)],
    { years: [{ ...year('2018/19', 200), reported: false }] },
    [],
  ],
  ['another order alone', [year('2018/19', 200), kept], {}, [['nothing-changes', undefined]]],
  [
    'a year that was reported',
    [year('2017/18', 90), year('2018/19', 200)],
    {},
    [['year-reported', '/years/0/planned']],
  ],
  ['without a year that was reported', [year('2018/19', 200)], {}, [['year-reported', '/years']]],
  [
    'a year twice',
    [kept, year('2018/19', 1), year('2018/19', 2)],
    {},
    [['year-twice', '/years/2/financialYear']],
  ],
  ['a draft', [kept], { state: 'draft' }, [['plan-not-open', undefined]]],
  ['one that is realised', [kept], { state: 'realised' }, [['plan-not-open', undefined]]],
  [
    'nothing at all',
    [year('2018/19', 0)],
    { years: [{ ...year('2018/19', 200), reported: false }] },
    [['profile-missing', '/years']],
  ],
])('what keeps a plan from being changed: %s', (_, years, over, expected) =>
  expect(refused(years, over)).toEqual(expected),
);

test('what is written is what differs', () =>
  expect(
    planChanges(
      [year('2017/18', 1), year('2018/19', 2), year('2019/20', 3)],
      [year('2017/18', 1), year('2018/19', 5), year('2020/21', 4)],
    ),
  ).toEqual({
    removed: [year('2019/20', 3)],
    added: [year('2020/21', 4)],
    changed: [year('2018/19', 5)],
  }));
