import * as Plot from '@observablehq/plot';
import { type DateOn, daysBetween, formatDate } from '../../core/calendar.js';
import { type Chart, drawChart, WIDTH } from './chart.js';
import {
  columnHeight,
  columnWidth,
  type Ending,
  type EndLabel,
  endLabelMarks,
  endLabels,
  moveApart,
} from './end-labels.js';
import { percentText, proportion } from './figures.js';
import { SIGN } from './legend.js';
import { COLOURS, clean, linesHeight, TEXT, textWidth, wrap, write } from './lettering.js';
import { lineMarks, type Manner, mannersOf } from './manners.js';

/** What a line is: planned, reported by the trust, checked by somebody else, or another. */
export type SeriesKind = 'planned' | 'self-reported' | 'validated' | 'other';

/** One figure of a line. */
export interface TrajectoryPoint {
  /** The period in words, such as "2018/19 Q1". */
  label: string;
  on: DateOn;
  /** 0 to 100; null where there is no figure, which breaks the line. */
  percent: number | null;
}

/** One line. */
export interface TrajectorySeries {
  name: string;
  kind: SeriesKind;
  points: readonly TrajectoryPoint[];
}

/** Where a programme means to be: a percentage from 0 to 100, and the day it is for. */
export interface Target {
  on: DateOn;
  percent: number;
  name: string;
}

/** Lines over time, and where they are meant to arrive. */
export interface TrajectoryInput {
  id: string;
  title: string;
  series: readonly TrajectorySeries[];
  target?: Target;
}

interface Known extends TrajectoryPoint {
  percent: number;
}

/** A line that has a figure: its points by date, the known ones among them, and how it is drawn. */
interface Line {
  name: string;
  kind: SeriesKind;
  points: TrajectoryPoint[];
  known: Known[];
  first: Known;
  last: Known;
  manner: Manner;
}

interface Scales {
  x: (on: DateOn) => number;
  y: (percent: number) => number;
}

const STAR: Plot.DotOptions = {
  x: 'x',
  y: 'y',
  symbol: 'star',
  r: 7,
  fill: COLOURS.yellow,
  stroke: COLOURS.text,
  strokeWidth: 1.5,
};

const LEFT = 50;
const TOP = 16;
const LOWEST = 280;
const PERCENTS = [0, 20, 40, 60, 80, 100];
/** Pixels between the plot's last date and the column of labels. */
const TO_COLUMN = 24;

function checkPercent(percent: number): number {
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`${percent} is not a percentage from 0 to 100`);
  return percent;
}

/** The series that have a figure. A point of a date given twice is drawn twice. */
function linesOf(series: readonly TrajectorySeries[]): Line[] {
  const drawn = series.flatMap(({ name, kind, points: given }) => {
    const points = [...given].sort((a, b) => daysBetween(b.on, a.on));
    const known = points.filter((point): point is Known => point.percent !== null);
    for (const { percent } of known) checkPercent(percent);
    const [first, last] = [known[0], known.at(-1)];
    return first && last ? [{ name: clean(name), kind, points, known, first, last }] : [];
  });
  const manners = mannersOf(drawn.map(({ kind }) => kind));
  return drawn.map((line, index) => ({ ...line, manner: manners[index] as Manner }));
}

/** The line that the description is about: what was checked, before what was said, before what was planned. */
function mainLine(lines: readonly Line[]): Line {
  const order: SeriesKind[] = ['validated', 'self-reported', 'other', 'planned'];
  return [...lines].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0] as Line;
}

function course({ name, first, last }: Line): string {
  const [from, to] = [percentText(first.percent), percentText(last.percent)];
  if (first === last) return `${name} was ${to} in ${last.label}`;
  if (from === to) return `${name} was ${from} in ${first.label} and ${to} in ${last.label}`;
  return `${name} ${first.percent < last.percent ? 'rose' : 'fell'} from ${from} in ${first.label} to ${to} in ${last.label}`;
}

/** Where lines stand: each, or the lowest and the highest of many. */
function standings(lines: readonly Line[]): string[] {
  const sorted = [...lines].sort((a, b) => a.last.percent - b.last.percent);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lines.length <= 3 || !lowest || !highest)
    return lines.map(({ name, last }) => `${name} was ${percentText(last.percent)} in ${last.label}`);
  const stands = ({ name, last }: Line): string => `${percentText(last.percent)} (${name})`;
  return [
    `The latest figures of the ${lines.length} others run from ${stands(lowest)} to ${stands(highest)}`,
  ];
}

function describe(lines: readonly Line[], target: Target | undefined): string {
  const main = mainLine(lines);
  const plan = lines.find((line) => line.kind === 'planned' && line !== main);
  const planned = plan?.known.find(({ on }) => on === main.last.on);
  const against = planned ? `; the plan for then was ${percentText(planned.percent)}` : '';
  const more = standings(lines.filter((line) => line !== main && !(line === plan && planned)));
  if (target)
    more.push(`${clean(target.name)} is ${percentText(target.percent)} by ${formatDate(target.on)}`);
  return `${course(main)}${against}.${more.length > 0 ? ` ${more.join('; ')}.` : ''}`;
}

const endWords = ({ name, last }: Line): string => `${name} ${percentText(last.percent)}`;
const targetWords = ({ name, percent, on }: Target): string =>
  `${name} ${percentText(percent)} by ${formatDate(on)}`;

/** The endings of the lines and, of nothing, of the target. */
function endingsOf(
  lines: readonly Line[],
  target: Target | undefined,
  { x, y }: Scales,
): Ending<Line | null>[] {
  const endings = lines.map((line) => ({
    from: { x: x(line.last.on), y: y(line.last.percent) },
    words: endWords(line),
    of: line,
  }));
  if (!target) return endings;
  const from = { x: x(target.on), y: y(target.percent) };
  return [...endings, { from, words: targetWords(target), of: null }];
}

/** The lines, the target's star, and the sign of each beside its label, those of later series over earlier ones. */
function seriesMarks(
  labels: ReadonlyArray<EndLabel<Line | null>>,
  lines: readonly Line[],
  { x, y }: Scales,
  signX: number,
): Plot.Markish[] {
  const order = (line: Line | null): number => (line ? lines.indexOf(line) : lines.length);
  return [...labels]
    .sort((a, b) => order(a.of) - order(b.of))
    .flatMap(({ of: line, from, middle }) => {
      const sign = { x: signX, y: middle };
      if (!line) return [Plot.dot([from, sign], STAR)];
      const places = line.points.map(({ on, percent }) => ({
        x: x(on),
        y: percent === null ? null : y(percent),
      }));
      return lineMarks(places, sign, line.manner);
    });
}

/** The periods beneath the plot, as many as there is room for, the latest always. */
function periods(lines: readonly Line[], x: Scales['x']): Array<{ x: number; lines: string[] }> {
  const labels = new Map<DateOn, string>();
  for (const { on, label } of lines.flatMap(({ points }) => points))
    if (!labels.has(on)) labels.set(on, label);
  const kept: Array<{ x: number; lines: string[] }> = [];
  let limit = Number.POSITIVE_INFINITY;
  for (const [on, label] of [...labels].sort(([a], [b]) => daysBetween(a, b))) {
    const words = wrap(label, 72, TEXT.note);
    const half = Math.max(...words.map((line) => textWidth(line, TEXT.note))) / 2;
    if (x(on) + half + 6 > limit) continue;
    limit = x(on) - half;
    kept.push({ x: x(on), lines: words });
  }
  return kept;
}

/** The grid, its percentages and the periods. */
function frameMarks(
  ticks: ReadonlyArray<{ x: number; lines: string[] }>,
  y: Scales['y'],
  right: number,
): Plot.Markish[] {
  const bottom = y(0);
  const percents = PERCENTS.map((percent) => ({ x: LEFT - 8, y: y(percent), lines: [`${percent}%`] }));
  return [
    Plot.ruleY(PERCENTS.slice(1), { y, x1: LEFT, x2: right, stroke: COLOURS.grid }),
    Plot.ruleX(ticks, { x: 'x', y1: bottom, y2: bottom + 6, stroke: COLOURS.text }),
    Plot.ruleY([bottom], { x1: LEFT, x2: right, stroke: COLOURS.text, strokeWidth: 1.5 }),
    write(percents, { anchor: 'end', size: TEXT.note }),
    write(
      ticks.map((tick) => ({ ...tick, y: bottom + 10 })),
      {
        anchor: 'middle',
        lineAnchor: 'top',
        size: TEXT.note,
      },
    ),
  ];
}

/**
 * Draws lines over time on a scale of 0% to 100%, each with its name and last figure at its end. Lines differ in dash
 * and marker as well as colour; series without a figure are left out.
 * @throws RangeError where no series has a figure, a percentage is not 0 to 100, or a day is not one
 */
export function trajectoryChart({ id, title, series, target }: TrajectoryInput): Chart {
  const lines = linesOf(series);
  if (lines.length === 0) throw new RangeError(`The chart ${id} has no figures`);
  if (target) checkPercent(target.percent);
  const column = columnWidth([...lines.map(endWords), ...(target ? [targetWords(target)] : [])]);
  const columnLeft = WIDTH - column;
  const days = lines.flatMap(({ points }) => points.map(({ on }) => on));
  const [start, ...rest] = [...days, ...(target ? [target.on] : [])].sort() as [DateOn, ...DateOn[]];
  const across = proportion(
    [0, daysBetween(start, rest.at(-1) ?? start)],
    [LEFT + 20, columnLeft - TO_COLUMN],
  );
  const x: Scales['x'] = (on) => across(daysBetween(start, on));

  const flat = endingsOf(lines, target, { x, y: () => 0 });
  const bottom = TOP + Math.max(LOWEST, columnHeight(endLabels(flat, column)));
  const y = proportion([0, 100], [bottom, TOP]);
  const labels = moveApart(endLabels(endingsOf(lines, target, { x, y }), column), 0, bottom + 8);
  const ticks = periods(lines, x);
  const tickLines = Math.max(...ticks.map((tick) => tick.lines.length));
  return drawChart({
    id,
    title,
    description: describe(lines, target),
    height: bottom + 10 + linesHeight(tickLines, TEXT.note) + 4,
    marks: [
      ...frameMarks(ticks, y, columnLeft - TO_COLUMN / 2),
      ...endLabelMarks(labels, columnLeft),
      ...seriesMarks(labels, lines, { x, y }, columnLeft + SIGN / 2),
    ],
  });
}
