import type { ProgrammeView } from '../../programmes/programme.queries.js';
import type { StandingReturn, TrustRatings } from '../../progress-reports/delivery.queries.js';
import { confidencePage } from './confidence.page.js';

const programme = {
  slug: 'p',
  name: 'P',
  terms: {
    confidenceScale: {
      code: 'three',
      name: 'Three points',
      points: [
        { code: 'green', label: 'Green' },
        { code: 'amber', label: 'Amber' },
        { code: 'red', label: 'Red' },
      ],
      sourced: { source: null, assumed: 'chosen here' },
    },
  },
} as unknown as ProgrammeView;

/** A trust with its ratings, in order of time: `amber`, or `five:amber-red` of another scale. */
const trust = (odsCode: string, ...ratings: string[]): TrustRatings => ({
  trust: { odsCode, name: `Trust ${odsCode}` },
  ratings: ratings.map((each, index) => {
    const [rating, scale = 'three'] = each.split(':').reverse() as [string, string?];
    const endsOn = `2018-0${index + 1}-28`;
    return {
      period: `P${index + 1}`,
      endsOn,
      scale,
      rating,
      reason: `Because ${rating}`,
      illustrative: false,
    };
  }),
});

const sent = (odsCode: string, state: StandingReturn['state']): StandingReturn => ({
  id: odsCode,
  trust: { odsCode, name: `Trust ${odsCode}` },
  period: 'P9',
  state,
  dueOn: '2018-12-31',
  overdue: false,
  confidence: { scale: 'three', rating: 'red', reason: null },
  illustrative: false,
});

const shown = (
  ratings: TrustRatings[],
  { worse = [] as TrustRatings[], returns = [] as StandingReturn[], own = false } = {},
) => {
  const rated = ratings.filter(({ ratings: of }) => of.length > 0).length;
  const { tables = [], model } = confidencePage(programme, {
    ...{ ratings, returns, own, worse, next: 'b', query: { after: 'a', worse: 'w' } },
    worsened: { rated, worse: worse.length, next: 'x' },
  });
  const values = (id: string) =>
    tables.find((table) => table.id === id)?.rows.map((row) => row.map(({ value }) => value));
  return { values, tables, model: model as Record<string, unknown> };
};

test('what is worse than before, and why; another scale is never compared', () => {
  const worse = trust('A', 'green', 'amber');
  const others = [trust('B', 'red', 'green'), trust('C', 'five:green', 'red'), trust('D')];
  const { values, model, tables } = shown([worse, ...others], { worse: [worse] });
  expect(tables.map(({ next }) => next?.split('?')[1])).toEqual([
    'after=a&worse=x',
    'worse=w&after=b',
    'worse=w&after=b',
  ]);
  expect(values('worsened')).toEqual([['Trust A', 'Green', 'Amber', 'Because amber']]);
  expect(values('latest')?.map((row) => row.slice(1, 3))).toEqual([
    ['Amber', 'Worse'],
    ['Green', 'Better'],
    ['Red', 'Another scale: not compared'],
    ['Not rated yet', null],
  ]);
  expect(model).toMatchObject({
    summary: '1 of 3 ratings is worse than the one before.',
    scale: 'Three points: Green, Amber and Red, from best to worst.',
    scaleFrom: 'Assumed: chosen here.',
    manyScales: true,
  });
});

test('the past, period by period, with the scale of a rating of another', () => {
  const { values, tables } = shown([trust('A', 'five:amber-red', 'amber'), trust('B', 'red')]);
  expect(tables.find(({ id }) => id === 'history')?.headings.map(({ text }) => text)).toEqual([
    'Trust',
    'P1',
    'P2',
  ]);
  expect(values('history')).toEqual([
    ['Trust A', 'Amber red (five)', 'Amber'],
    ['Trust B', 'Red', null],
  ]);
});

test.each([
  ['submitted', 'Red'],
  ['queried', 'Red'],
  ['accepted', null],
  ['draft', null],
] as const)('what a return says that is %s', (state, said) =>
  expect(shown([trust('A', 'green')], { returns: [sent('A', state)] }).values('latest')?.[0]?.[4]).toBe(said),
);

test.each([
  [['green', 'red'], 'Your trust’s rating is worse than the one before it.'],
  [['red', 'green'], 'Your trust’s rating is not worse than the one before it.'],
])('to a trust’s people: %j', (ratings, summary) => {
  const own = trust('A', ...ratings);
  const worse = ratings[1] === 'red' ? [own] : [];
  expect(shown([own], { worse, own: true }).model.summary).toBe(summary);
});

test('without any rating', () => {
  const { tables, model } = shown([trust('A')]);
  expect(model.rated).toBe(false);
  expect(tables.find(({ id }) => id === 'history')?.rows).toEqual([]);
  expect(tables.find(({ id }) => id === 'worsened')?.empty).toBe('No return with a rating is accepted yet.');
});
