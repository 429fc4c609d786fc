import { type Chart, drawChart } from './chart.js';
import { checkFigure, figureText, proportion, ticksTo, type Unit } from './figures.js';
import { type Area, areaMarks, checkSeries, type Fill } from './fills.js';
import { fillSign, legend } from './legend.js';
import { COLOURS, clean, type Lettering, write } from './lettering.js';
import { amountAxis, PLOT_LEFT, plotRight, rowMarks, setOutRows } from './rows.js';

/** Bars of several series for each category, side by side. */
export interface BarsInput {
  id: string;
  title: string;
  /** What the values are: pence, percent (26.8 is 26.8%) or a count; each zero or more. */
  unit: Unit;
  /** One group of bars each, in this order, such as a trust. A value may be missing: it is then said to be. */
  categories: ReadonlyArray<{ label: string; values: Readonly<Record<string, number>>; note?: string }>;
  /** In the order they are drawn, no two with the same fill. */
  series: ReadonlyArray<{ key: string; name: string; fill: Fill }>;
}

const BAR = 18;
const BETWEEN = 6;
const NO_FIGURE = 'no figure';

interface Bar {
  label: string;
  /** Null where there is no figure. */
  value: number | null;
  fill: Fill;
  words: string;
}

function barsOf({ categories, series, unit }: BarsInput): Bar[][] {
  return categories.map(({ label, values }) =>
    series.map(({ key, fill }) => {
      const value = Object.hasOwn(values, key) ? checkFigure(values[key] as number, unit) : null;
      return { label, value, fill, words: value === null ? NO_FIGURE : figureText(value, unit) };
    }),
  );
}

/** One sentence on where a series is least and greatest. */
function range(name: string, bars: readonly Bar[]): string {
  const known = bars.filter((bar): bar is Bar & { value: number } => bar.value !== null);
  const [first, ...others] = [...known].sort((a, b) => a.value - b.value);
  if (!first) return `${name}: there is no figure.`;
  const last = others.at(-1);
  const missing = bars.length - known.length;
  const but = missing > 0 ? `; ${missing} without a figure` : '';
  if (!last) return `${name} is ${first.words} at ${first.label}${but}.`;
  if (first.value === last.value) return `${name} is ${first.words} at each of ${known.length}${but}.`;
  const most = known.filter((bar) => bar.value === last.value);
  const least = known.filter((bar) => bar.value === first.value);
  return `${name} runs from ${first.words} (${placed(least)}) to ${last.words} (${placed(most)})${but}.`;
}

const placed = ([first, ...more]: readonly Bar[]): string =>
  `${first?.label}${more.length > 0 ? ` and ${more.length} more` : ''}`;

/**
 * Draws horizontal bars, grouped by category, each with its figure at its end, under a legend.
 * @throws RangeError where there is no category or series, two series share a key or a fill, or a value is below
 * zero, no number, or money that is not whole pence
 */
export function barsChart(input: BarsInput): Chart {
  const { id, title, categories, series, unit } = input;
  if (categories.length === 0) throw new RangeError(`The chart ${id} has no categories`);
  checkSeries(series);
  const groups = barsOf(input);
  const key = legend(series.map(({ name, fill }) => ({ name, sign: fillSign(fill, id) })));
  const groupHeight = series.length * (BAR + BETWEEN) - BETWEEN;
  const rows = setOutRows(
    categories,
    groups.map(() => groupHeight),
    key.height + 12,
  );
  const ticks = ticksTo(Math.max(...groups.flat().map(({ value }) => value ?? 0)), unit);
  const right = plotRight(groups.flat().map(({ words }) => words));
  const x = proportion([0, ticks.at(-1) as number], [PLOT_LEFT, right]);
  const axis = amountAxis(ticks, unit, x, rows);

  const areas: Area[] = [];
  const figures: Array<Lettering & { quiet: boolean }> = [];
  for (const [index, group] of groups.entries())
    for (const [place, bar] of group.entries()) {
      const top = (rows[index]?.middle ?? 0) - groupHeight / 2 + place * (BAR + BETWEEN);
      const end = x(bar.value ?? 0);
      areas.push({ left: x(0), right: end, top, bottom: top + BAR, fill: bar.fill });
      figures.push({ x: end + 7, y: top + BAR / 2, lines: [bar.words], quiet: bar.value === null });
    }
  return drawChart({
    id,
    title,
    description: series
      .map(({ name }, place) =>
        range(
          clean(name),
          groups.map((group) => group[place] as Bar),
        ),
      )
      .join(' '),
    height: (rows.at(-1)?.bottom ?? 0) + axis.height + 4,
    fills: series.map(({ fill }) => fill),
    marks: [
      ...key.marks,
      ...axis.grid,
      ...rowMarks(rows),
      ...areaMarks(areas, id),
      ...axis.base,
      write(figures.filter(({ quiet }) => !quiet)),
      write(
        figures.filter(({ quiet }) => quiet),
        { fill: COLOURS.quiet },
      ),
    ],
  });
}
