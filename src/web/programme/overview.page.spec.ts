import type { ScoreShown } from '../../progress-reports/programme-progress.types.js';
import { overviewPage, periodsOf } from './overview.page.js';
import type { Overview } from './overview.reader.js';

const score = (parts: number): ScoreShown => ({
  numerator: parts * 1_000_000,
  denominator: 100_000_000,
  percent: parts,
});
const planned = (parts: number) => ({
  ...score(parts),
  percent: parts,
  comparableNumerator: 0,
  variancePoints: 0,
});

const history = [
  { period: 'Q1', endsOn: '2017-06-30', basis: 'self-reported', score: score(20), planned: planned(30) },
  { period: 'Q1', endsOn: '2017-06-30', basis: 'validated', score: score(10), planned: planned(30) },
  { period: 'Q2', endsOn: '2017-09-30', basis: 'self-reported', score: score(40), planned: null },
] as Parameters<typeof periodsOf>[0]['history'];

const figures = [
  {
    targetSet: null,
    selfReported: {
      score: score(40),
      planned: planned(50),
      expected: { words: 'It is reached in 2020.' },
      trustsReported: 1,
      trustsCarriedForward: 1,
      trustsTotal: 2,
      illustrative: false,
    },
    validated: null,
  },
];

const OVERVIEW = {
  programme: {
    slug: 'p',
    name: 'P',
    funder: { name: 'F' },
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    terms: {
      awardeeTerm: { singular: 'trust' },
      confidenceScale: {
        code: 's',
        name: 'S',
        points: [
          { code: 'good', label: 'Good' },
          { code: 'bad', label: 'Bad' },
        ],
      },
    },
  },
  own: false,
  progress: {
    programme: { slug: 'p' },
    period: { label: 'Q2', endsOn: '2017-09-30' },
    figures,
    history,
    trusts: [
      {
        odsCode: 'A',
        name: 'Trust A',
        progress: { selfReported: { score: score(40) }, validated: { score: score(5) } },
      },
      { odsCode: 'B', name: 'Trust B', progress: null },
    ],
  },
  next: null,
  ownProgress: null,
  target: { targetSetId: null, version: 1, targetPpm: 916_666, targetOn: '2020-03-31' },
  worsened: { rated: 1, worse: 1, items: [{ odsCode: 'A', name: 'Trust A' }], next: null },
  ratings: [
    {
      trust: { odsCode: 'A', name: 'Trust A' },
      ratings: ['good', 'bad'].map((rating, at) => ({ scale: 's', rating, period: `Q${at + 1}` })),
    },
  ],
  followers: { named: 0, confirmed: 0, adoptions: 0, live: 0 },
  slowest: null,
  returns: {
    counts: { any: true, late: 1, queried: 0, unchanged: 0 },
    latest: [
      {
        ...{ trust: { odsCode: 'A', name: 'Trust A' }, overdue: true, state: 'open' },
        ...{ period: 'Q2', dueOn: '2017-10-28' },
      },
    ],
  },
  funding: null,
};

const shown = (over: object = {}) => {
  const page = overviewPage({ ...OVERVIEW, ...over } as unknown as Overview);
  return {
    ...page,
    table: Object.fromEntries((page.tables ?? []).map((table) => [table.id, table])),
    model: page.model as Record<string, unknown> & { scores: object[] },
  };
};

test('the figures of a period, side by side; one that is not there stays away', () =>
  expect(
    periodsOf({ history }).map(({ label, planned: plan, selfReported, validated }) => [
      label,
      plan?.percent ?? null,
      selfReported?.percent ?? null,
      validated?.percent ?? null,
    ]),
  ).toEqual([
    ['Q1', 30, 20, 10],
    ['Q2', null, 40, null],
  ]));

test('no percentage stands without its parts', () => {
  const { model, table } = shown();
  expect(model.scores).toEqual([
    { label: 'Paperless, self-reported', percent: 40, note: '40 of 100 weighted points' },
    { label: 'Paperless, validated', percent: null, note: 'nothing yet' },
    { label: 'Planned by now', percent: 50, note: '50 of 100 weighted points' },
  ]);
  for (const { headings, rows, foot } of [table['trajectory-figures'], table['by-trust']].flatMap(
    (of) => of ?? [],
  ))
    for (const row of [...rows, ...(foot ? [foot] : [])])
      row.forEach((cell, at) => {
        if (headings[at]?.kind === 'percent' && cell.value !== null)
          expect(cell.note).toMatch(/^\d+ of \d+ weighted points$/);
      });
});

test('by trust: what it reported, what of it is validated, its confidence and its return', () => {
  const { table } = shown();
  expect(table['by-trust']?.rows.map((row) => row.map(({ value }) => value))).toEqual([
    ['Trust A', 40, 5, 'Bad', 'Overdue'],
    ['Trust B', null, null, null, null],
  ]);
  expect(table['by-trust']?.rows[0]?.map(({ note }) => note)).toEqual([
    undefined,
    '40 of 100 weighted points',
    '5 of 100 weighted points',
    'Q2, worse',
    'Q2, due 28 October 2017',
  ]);
  expect(table['by-trust']?.rows[0]?.[0]?.href).toBe('/programmes/p/trusts/A');
  expect(table['by-trust']?.foot?.[1]).toEqual({ value: 40, note: '40 of 100 weighted points' });
});

test('the trajectory, its target, and in words what was computed', () => {
  const { charts, model } = shown();
  expect(charts?.[0]?.description).toContain('Target is 91.7% by 31 March 2020');
  expect(model).toMatchObject({
    expected: [{ basis: 'As self-reported', words: 'It is reached in 2020.' }],
    rebased: null,
    basis: expect.stringContaining('1 of 2 trusts reported for it; the figures of 1 are carried forward'),
  });
});

test('where the base changed, it is said that periods cannot be compared', () => {
  const changed = [
    ...history,
    { ...history[2], period: 'Q3', endsOn: '2017-12-31', score: { ...score(1), denominator: 1 } },
  ];
  const { model } = shown({ progress: { ...OVERVIEW.progress, history: changed } });
  expect(model.rebased).toContain('cannot be compared');
});

test('without any figure there is no chart, and the table says what to do', () => {
  const { charts, table, model } = shown({ progress: { ...OVERVIEW.progress, figures: [], history: [] } });
  expect(charts).toEqual([]);
  expect(table['trajectory-figures']?.rows).toEqual([]);
  expect(model.expected).toEqual([]);
});

test('a trust’s people see their own trust’s figures, and no total', () => {
  const ownProgress = {
    period: { label: 'Q1', endsOn: '2017-06-30' },
    figures: [
      {
        targetSet: null,
        selfReported: null,
        validated: { score: score(7), planned: null, expected: { words: 'W' } },
      },
    ],
    history: history.slice(0, 2),
  };
  const { table, model, charts, caption } = shown({ own: true, ownProgress });
  expect(caption).toBe('Your trust’s part in');
  expect(table['by-trust']).toMatchObject({ caption: 'Your trust', foot: null });
  expect(charts?.[0]?.title).toBe('Is your trust coming to be paperless?');
  expect(model.scores[1]).toMatchObject({ percent: 7 });
  expect(model.basis).not.toContain('carried forward');
});
