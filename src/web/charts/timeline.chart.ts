import * as Plot from '@observablehq/plot';
import { addDays, type DateOn, daysBetween, formatDate } from '../../core/calendar.js';
import { quarterOf } from '../../core/financial-period.js';
import { type Chart, drawChart, WIDTH } from './chart.js';
import { proportion } from './figures.js';
import { type LegendItem, legend } from './legend.js';
import { COLOURS, clean, type Lettering, linesHeight, TEXT, textWidth, write } from './lettering.js';
import { PLOT_LEFT, type Row, rowMarks, setOutRows } from './rows.js';

/** One milestone of a timeline. */
export interface TimelineRow {
  label: string;
  /** The day it was agreed for. */
  baselineOn: DateOn;
  /** The day it is now expected. */
  forecastOn: DateOn | null;
  /** The day it happened. */
  actualOn: DateOn | null;
  /** Its state in words, written beneath its label; may be empty. */
  state: string;
}

/** Milestones, one row each, in the order given. */
export interface TimelineInput {
  id: string;
  title: string;
  today: DateOn;
  rows: readonly TimelineRow[];
}

type X = (on: DateOn) => number;
interface Point {
  x: number;
  y: number;
}

const CONTENT = 30;

/** A tick, drawn for a circle of a radius of 7. */
const TICK = {
  draw(path: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void }) {
    path.moveTo(-3.2, 0.2);
    path.lineTo(-0.8, 2.8);
    path.lineTo(3.4, -2.6);
  },
};

const hollow = { fill: COLOURS.white, strokeWidth: 2 };
const SHAPES = {
  baseline: (points: readonly Point[]): Plot.Markish[] => [
    Plot.dot(points, { ...hollow, x: 'x', y: 'y', symbol: 'diamond2', r: 8.5, stroke: COLOURS.grey }),
  ],
  forecast: (points: readonly Point[]): Plot.Markish[] => [
    Plot.dot(points, { ...hollow, x: 'x', y: 'y', r: 5, stroke: COLOURS.blue, strokeWidth: 2.5 }),
  ],
  actual: (points: readonly Point[]): Plot.Markish[] => [
    Plot.dot(points, { x: 'x', y: 'y', r: 7.5, fill: COLOURS.green, stroke: COLOURS.white, strokeWidth: 1 }),
    Plot.dot(points, { x: 'x', y: 'y', symbol: TICK, stroke: COLOURS.white, strokeWidth: 2 }),
  ],
};
const dashed = { stroke: COLOURS.text, strokeWidth: 1.5, strokeDasharray: '5 4' };

const LEGEND: LegendItem[] = [
  { name: 'Baseline', sign: (x, y) => SHAPES.baseline([{ x, y }]) },
  { name: 'Forecast', sign: (x, y) => SHAPES.forecast([{ x, y }]) },
  { name: 'Actual', sign: (x, y) => SHAPES.actual([{ x, y }]) },
  { name: 'Today', sign: (x, y) => [Plot.ruleX([x], { y1: y - 9, y2: y + 9, ...dashed })] },
];

/** The first days of the quarters from that of the first day to the one after that of the last. */
function quarters(days: readonly DateOn[]): DateOn[] {
  const sorted = [...days].sort();
  const last = addDays(quarterOf(sorted.at(-1) as DateOn).endsOn, 1);
  const starts = [quarterOf(sorted[0] as DateOn).startsOn];
  while ((starts.at(-1) as DateOn) < last) starts.push(addDays(quarterOf(starts.at(-1) as DateOn).endsOn, 1));
  return starts;
}

/** The axis: a line at each quarter or, where they are too many, each year; "Q1" in its quarter, its year beneath. */
function axisMarks(starts: readonly DateOn[], x: X, top: number, bottom: number): Plot.Markish[] {
  const spans = starts.slice(0, -1).map((on, index) => ({
    on,
    label: quarterOf(on).label,
    left: x(on),
    right: x(starts[index + 1] as DateOn),
  }));
  const wide = spans.every(({ left, right }) => right - left >= textWidth('Q4', TEXT.note) + 4);
  const years = spans.flatMap(({ label, left }, index) => {
    const year = label.slice(0, 7);
    if (spans[index - 1]?.label.startsWith(year)) return [];
    return [{ year, left, right: spans.findLast((span) => span.label.startsWith(year))?.right ?? left }];
  });
  const words = spans.map(({ label, left, right }) => ({
    x: (left + right) / 2,
    y: bottom + 8,
    lines: [label.slice(8)],
  }));
  const yearWords: Lettering[] = [];
  let taken = PLOT_LEFT - 40;
  for (const { year, left, right } of years) {
    const half = textWidth(year, TEXT.note) / 2;
    const middle = Math.min((left + right) / 2, WIDTH - half);
    if (right - left < half || middle - half < taken + 6) continue;
    taken = middle + half;
    yearWords.push({ x: middle, y: bottom + 8 + (wide ? linesHeight(1, TEXT.note) : 0), lines: [year] });
  }
  const grid = wide ? starts.map(x) : years.map(({ left }) => left);
  return [
    Plot.ruleX(grid, { y1: top, y2: bottom, stroke: COLOURS.grid }),
    Plot.ruleX(
      years.map(({ left }) => left),
      { y1: top, y2: bottom + 6, stroke: COLOURS.leader },
    ),
    Plot.ruleY([bottom], { x1: PLOT_LEFT, x2: x(starts.at(-1) as DateOn), stroke: COLOURS.text }),
    write(wide ? words : [], { anchor: 'middle', lineAnchor: 'top', size: TEXT.note }),
    write(yearWords, { anchor: 'middle', lineAnchor: 'top', size: TEXT.note }),
  ];
}

/** The marks of the milestones: a thin line for the slip, then the shapes, what happened over what was meant. */
function milestoneMarks(rows: readonly TimelineRow[], places: readonly Row[], x: X): Plot.Markish[] {
  const points = (day: (row: TimelineRow) => DateOn | null): Point[] =>
    rows.flatMap((row, index) => {
      const on = day(row);
      return on === null ? [] : [{ x: x(on), y: (places[index] as Row).middle }];
    });
  const slips = rows.map((row, index) => ({
    x1: x(row.baselineOn),
    x2: x(row.actualOn ?? row.forecastOn ?? row.baselineOn),
    y: (places[index] as Row).middle,
  }));
  return [
    Plot.link(
      slips.filter(({ x1, x2 }) => x1 !== x2),
      { x1: 'x1', x2: 'x2', y1: 'y', y2: 'y', stroke: COLOURS.grey, strokeWidth: 1.5 },
    ),
    ...SHAPES.baseline(points((row) => row.baselineOn)),
    ...SHAPES.forecast(points((row) => row.forecastOn)),
    ...SHAPES.actual(points((row) => row.actualOn)),
  ];
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function describe({ rows, today }: TimelineInput): string {
  const slips = rows.map((row) => ({
    label: clean(row.label),
    days: daysBetween(row.baselineOn, row.actualOn ?? row.forecastOn ?? row.baselineOn),
  }));
  const done = rows.filter((row) => row.actualOn !== null).length;
  const late = slips.filter(({ days }) => days > 0);
  const most = [...late].sort((a, b) => b.days - a.days)[0];
  const opening = `On ${formatDate(today)}, ${done} of ${counted(rows.length, 'milestone')} had been reached.`;
  if (!most) return `${opening} No actual or forecast date is after its baseline.`;
  return `${opening} The actual or forecast date is after the baseline for ${late.length}, at most by ${counted(most.days, 'day')}: ${most.label}.`;
}

/**
 * Draws milestones on a line of time by quarter: the baseline, the forecast and the actual day of each as three
 * shapes, a thin line from the baseline for the slip, and a dashed line at today.
 * @throws RangeError where there is no row, or a day is not one
 */
export function timelineChart(input: TimelineInput): Chart {
  const { id, title, today, rows } = input;
  if (rows.length === 0) throw new RangeError(`The chart ${id} has no rows`);
  const days = rows
    .flatMap((row) => [row.baselineOn, row.forecastOn, row.actualOn])
    .filter((on) => on !== null);
  const starts = quarters([...days, today]);
  const first = starts[0] as DateOn;
  const across = proportion([0, daysBetween(first, starts.at(-1) as DateOn)], [PLOT_LEFT, WIDTH - 12]);
  const x: X = (on) => across(daysBetween(first, on));

  const key = legend(LEGEND);
  const plotTop = key.height + 16 + linesHeight(1);
  const places = setOutRows(
    rows.map(({ label, state }) => ({ label, note: state })),
    rows.map(() => CONTENT),
    plotTop,
  );
  const bottom = (places.at(-1) as Row).bottom;
  const words = formatDate(today);
  const half = textWidth(words) / 2;
  return drawChart({
    id,
    title,
    description: describe(input),
    height: bottom + 8 + linesHeight(2, TEXT.note) + 4,
    marks: [
      ...key.marks,
      ...axisMarks(starts, x, plotTop, bottom),
      ...rowMarks(places),
      Plot.ruleX([x(today)], { y1: plotTop - 2, y2: bottom, ...dashed }),
      write([{ x: Math.min(x(today), WIDTH - half), y: plotTop - 8, lines: [words] }], {
        anchor: 'middle',
        lineAnchor: 'bottom',
      }),
      ...milestoneMarks(rows, places, x),
    ],
  });
}
