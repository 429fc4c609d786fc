import { mannersOf } from './manners.js';
import { type SeriesKind, type TrajectoryInput, trajectoryChart } from './trajectory.chart.js';

const DAYS = ['2017-06-30', '2017-09-30', '2017-12-31', '2018-03-31', '2018-06-30'];
const LABELS = ['2017/18 Q1', '2017/18 Q2', '2017/18 Q3', '2017/18 Q4', '2018/19 Q1'];
const line = (name: string, kind: SeriesKind, ...percents: Array<number | null>) => ({
  name,
  kind,
  points: percents.map((percent, index) => ({
    label: LABELS[index] as string,
    on: DAYS[index] as string,
    percent,
  })),
});
const chart = (...series: TrajectoryInput['series']) =>
  trajectoryChart({ id: 'c', title: 'Coverage', series });
/** The paths of lines: those of more than a marker. */
const paths = (svg: string): string[] =>
  [...svg.matchAll(/<path d="([^"]*)" \/>/g)].map((match) => match[1] as string);

/** The line of the sign beside the label, which is drawn in the same stroke. */
const SIGN = 'ML';
const PLAN = line('Planned', 'planned', 12, 16, 20, 25, 31);
const VALIDATED = line('Validated coverage', 'validated', 12, 15, 19, 24, 26.8);

test.each<[string, TrajectoryInput['series'], string]>([
  [
    'a rise against the plan',
    [PLAN, VALIDATED],
    'Validated coverage rose from 12.0% in 2017/18 Q1 to 26.8% in 2018/19 Q1; the plan for then was 31.0%.',
  ],
  ['a fall', [line('A', 'other', 5, 4)], 'A fell from 5.0% in 2017/18 Q1 to 4.0% in 2017/18 Q2.'],
  ['no change', [line('A', 'other', 5, 5.01)], 'A was 5.0% in 2017/18 Q1 and 5.0% in 2017/18 Q2.'],
  ['one point', [line('A', 'other', null, 5)], 'A was 5.0% in 2017/18 Q2.'],
  [
    'two sayings',
    [line('Validated', 'validated', 1, 2), line('Self-reported', 'self-reported', 1, 3)],
    'Validated rose from 1.0% in 2017/18 Q1 to 2.0% in 2017/18 Q2. Self-reported was 3.0% in 2017/18 Q2.',
  ],
  [
    'many',
    ['A', 'B', 'C', 'D', 'E'].map((name, index) => line(name, 'validated', 1, 2 + index)),
    'A rose from 1.0% in 2017/18 Q1 to 2.0% in 2017/18 Q2. The latest figures of the 4 others run from 3.0% (B) to 6.0% (E).',
  ],
])('the description of %s', (_, series, description) =>
  expect(chart(...series).description).toBe(description),
);

test('a target is described and labelled', () => {
  const target = { on: '2020-03-31', percent: 100, name: 'Paperless' };
  const { description, svg } = trajectoryChart({ id: 'c', title: 'T', series: [VALIDATED], target });
  expect(description).toContain(' Paperless is 100.0% by 31 March 2020.');
  expect(svg).toContain('Paperless 100.0%');
});

test('a missing figure breaks the line', () => {
  const moves = (svg: string) => paths(svg).map((path) => path.replace(/[^MLZ]/g, ''));
  expect(moves(chart(line('A', 'other', 1, 2, 3, 4)).svg)).toContain(`MLLL${SIGN}`);
  expect(moves(chart(line('A', 'other', 1, 2, null, 3, 4)).svg)).toContain(`MLML${SIGN}`);
});

test('one point is a dot, and a series without a figure is left out', () => {
  const { svg } = chart(line('A', 'validated', 12), line('Nothing', 'other', null, null));
  expect(svg).not.toContain('Nothing');
  expect(svg).toContain('A 12.0%');
});

test('points need not come in order', () =>
  expect(chart({ ...VALIDATED, points: [...VALIDATED.points].reverse() })).toEqual(chart(VALIDATED)));

test('lines differ in dash or marker, and each kind has its own', () => {
  const kinds: SeriesKind[] = ['planned', 'self-reported', 'validated', 'other'];
  const manners = mannersOf([...kinds, ...Array<SeriesKind>(31).fill('validated')]);
  expect(new Set(manners.map(({ dash, symbol }) => `${dash} ${symbol}`)).size).toBe(35);
  expect(mannersOf(['other', 'validated'])).toEqual([mannersOf(['other'])[0], mannersOf(['validated'])[0]]);
  const own = mannersOf(kinds);
  expect([new Set(own.map(({ dash }) => dash)).size, new Set(own.map(({ symbol }) => symbol)).size]).toEqual([
    4, 4,
  ]);
});

test.each<[string, Partial<TrajectoryInput>]>([
  ['no series', { series: [] }],
  ['no figure', { series: [line('A', 'other', null)] }],
  ['a percentage above 100', { series: [line('A', 'other', 100.1)] }],
  ['a percentage below 0', { series: [line('A', 'other', -1)] }],
  ['no number', { series: [line('A', 'other', Number.NaN)] }],
  ['a target above 100', { target: { on: '2018-01-01', percent: 101, name: 'T' } }],
  ['a day that is none', { target: { on: '2018-02-30', percent: 100, name: 'T' } }],
])('%s is refused', (_, part) =>
  expect(() => trajectoryChart({ id: 'c', title: 'T', series: [VALIDATED], ...part })).toThrow(RangeError),
);
