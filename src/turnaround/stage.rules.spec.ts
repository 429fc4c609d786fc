import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  aimedAt,
  FEWEST,
  leftTimeOf,
  medianOf,
  noneOpen,
  STAGE_CODES,
  STAGES,
  type Stage,
  type StageCode,
  slowestStage,
  timeOf,
} from './stage.rules.js';

const spread = (medianDays: number | null) => ({ medianDays, ninetiethDays: medianDays });
const stage = (
  code: StageCode,
  median: number | null,
  targetDays: number | null,
  { ended = FEWEST, away = 0 } = {},
) => ({
  ...{ code, targetDays },
  ...timeOf(STAGES[code], {
    ...noneOpen(targetDays),
    ...{
      ...{ ended, withinTarget: null },
      own: spread(median),
      away: spread(away),
      whole: spread(median === null ? null : median + away),
    },
  }),
});

const median = (each: ReturnType<typeof stage>) => aimedAt(each).medianDays;

test('each stage is named once, and is worked on or waits', () => {
  const names = STAGE_CODES.map((code) => `${STAGES[code].process} ${STAGES[code].name}`);
  expect(new Set(names).size).toBe(STAGE_CODES.length);
  for (const { working, waiting } of Object.values<Stage>(STAGES)) expect(working ?? waiting).not.toBeNull();
});

test('a definition may name a target for each stage, and for nothing else', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../programmes/programme.schema.json', import.meta.url), 'utf8'),
  );
  const { targetDays } = schema.properties.turnaround.properties;
  expect(Object.keys(targetDays.properties)).toEqual(STAGE_CODES);
  expect(targetDays.additionalProperties).toBe(false);
});

test.each<[string, StageCode, number | null, number | null]>([
  ['what somebody has in hand is work', 'return-preparation', 5, null],
  ['what nobody has in hand waits', 'claim-approval', null, 5],
  ['a review is work, and what was queried in it waits', 'claim-check', 5, 2],
])('%s', (_, code, working, waiting) => {
  const time = stage(code, 5, null, { away: 2 });
  expect([time.working?.medianDays ?? null, time.waiting?.medianDays ?? null]).toEqual([working, waiting]);
});

test.each([
  [
    'the one that is the most of its target',
    [stage('claim-approval', 9, 10), stage('claim-query', 8, 4)],
    'claim-query',
  ],
  [
    'not one without a target beside those with one',
    [stage('claim-approval', 9, 10), stage('claim-query', 90, null)],
    'claim-approval',
  ],
  [
    'the longest where none has a target',
    [stage('claim-approval', 9, null), stage('claim-query', 8, null)],
    'claim-approval',
  ],
  [
    'not a review for the time that its queries took',
    [stage('claim-check', 5, 10, { away: 90 }), stage('claim-query', 8, 10)],
    'claim-query',
  ],
  [
    'not one that too few left',
    [stage('claim-approval', 9, 10), stage('claim-query', 90, 1, { ended: FEWEST - 1 })],
    'claim-approval',
  ],
  [
    'the longest, in whatever order they are',
    [stage('claim-query', 8, null), stage('claim-approval', 9, null)],
    'claim-approval',
  ],
  ['not one of which no time is known', [stage('claim-approval', null, 10)], undefined],
  ['none where too few left any', [stage('claim-approval', null, 10, { ended: 0 })], undefined],
  ['none of none', [], undefined],
])('the slowest is %s', (_, stages, slowest) => expect(slowestStage(stages, median)?.code).toBe(slowest));

test.each([
  ['nothing', [], { ended: 0, medianDays: null }],
  ['what came and went again', [[3, 0]], { ended: 0, medianDays: null }],
  ['one', [[3, 1]], { ended: 1, medianDays: 3 }],
  [
    'of two the shorter',
    [
      [5, 1],
      [3, 1],
    ],
    { ended: 2, medianDays: 3 },
  ],
  [
    'of three the middle',
    [
      [9, 1],
      [3, 1],
      [5.5, 1],
    ],
    { ended: 3, medianDays: 5.5 },
  ],
  [
    'those that took as long together',
    [
      [1, 2],
      [2, 3],
      [9, 1],
    ],
    { ended: 6, medianDays: 2 },
  ],
])('the median of %s', (_, taken, median) =>
  expect(medianOf((taken as number[][]).map(([days = 0, count = 0]) => ({ days, count })))).toEqual(median),
);

const takenOf = fc.array(
  fc.record({
    days: fc.integer({ min: 0, max: 60 }).map((tenths) => tenths / 10),
    count: fc.integer({ min: 0, max: 5 }),
    startsOn: fc.constantFrom('2018-01-01', '2018-04-01'),
  }),
  { maxLength: 12 },
);

test.each(STAGE_CODES)('%s took as long as each thing did that left it', (code) =>
  fc.assert(
    fc.property(
      fc.record({ own: takenOf, away: takenOf, whole: takenOf }),
      fc.option(fc.integer({ min: 1, max: 5 })),
      (figures, target) => {
        const each = (figure: 'own' | 'away' | 'whole') =>
          figures[figure]
            .flatMap(({ days, count }) => Array.from({ length: count }, () => days))
            .sort((a, b) => a - b);
        const spread = (figure: 'own' | 'away' | 'whole') => ({
          medianDays: each(figure)[Math.ceil(each(figure).length * 0.5) - 1] ?? null,
          ninetiethDays: each(figure)[Math.ceil(each(figure).length * 0.9) - 1] ?? null,
        });
        const left = (['own', 'away', 'whole'] as const).flatMap((figure) =>
          figures[figure].map((one) => ({ ...one, code, figure })),
        );
        const { working, waiting }: Stage = STAGES[code];
        const both = working !== null && waiting !== null;
        expect(timeOf(STAGES[code], leftTimeOf(STAGES[code], left, target))).toEqual({
          ended: each('own').length,
          whole: spread(both ? 'whole' : 'own'),
          working: working && spread('own'),
          waiting: waiting && spread(both ? 'away' : 'own'),
          withinTarget: target === null ? null : each('own').filter((days) => days <= target).length,
        });
      },
    ),
  ),
);

test.each([
  [5, 0],
  [null, null],
])('with a target of %p days nothing is in a stage, and %p over it', (targetDays, openOverTarget) =>
  expect(noneOpen(targetDays)).toEqual({ open: 0, longestOpenDays: null, openOverTarget }),
);

const stages = fc.array(
  fc
    .record({
      code: fc.constantFrom(...STAGE_CODES),
      median: fc.integer({ min: 0, max: 400 }),
      target: fc.option(fc.integer({ min: 1, max: 365 })),
      ended: fc.integer({ min: 0, max: 6 }),
    })
    .map(({ code, median, target, ended }) => stage(code, median, target, { ended })),
);

test('no stage that enough things left is more of its target than the slowest', () =>
  fc.assert(
    fc.property(stages, (all) => {
      const slowest = slowestStage(all, median);
      const enough = all.filter(({ ended }) => ended >= FEWEST);
      expect(slowest === null).toBe(enough.length === 0);
      const part = (each: (typeof all)[number]) =>
        ((each.working ?? each.whole).medianDays as number) / (each.targetDays ?? Number.POSITIVE_INFINITY);
      for (const each of enough) expect(part(each)).toBeLessThanOrEqual(part(slowest as typeof each));
    }),
  ));
