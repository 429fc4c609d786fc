import * as Plot from '@observablehq/plot';
import { type Pence, sumPence } from '../../core/money.js';
import { type Chart, drawChart } from './chart.js';
import { checkFigure, moneyShort, percentText, proportion, ticksTo } from './figures.js';
import { type Area, areaMarks, checkSeries, type Fill } from './fills.js';
import { fillSign, legend } from './legend.js';
import { COLOURS, clean, type Lettering, linesHeight, TEXT, textWidth, wrap, write } from './lettering.js';
import { amountAxis, PLOT_LEFT, plotRight, type Row, rowMarks, setOutRows } from './rows.js';

/** Parts that make up a whole, for each category. */
export interface StackedInput {
  id: string;
  title: string;
  /** One bar each, in this order, such as a trust. Values are pence, zero or more; a missing one is zero. */
  categories: ReadonlyArray<{ label: string; values: Readonly<Record<string, Pence>>; note?: string }>;
  /** From the left of the bar to its right, no two with the same fill. */
  parts: ReadonlyArray<{ key: string; name: string; fill: Fill }>;
}

const BAR = 28;
/** Pixels between a bar and the line of the parts that are too narrow to write in. */
const BELOW = 4;

interface Stack {
  total: Pence;
  amounts: Pence[];
}

interface Label extends Lettering {
  width: number;
  fill: Fill;
}

function stacksOf({ categories, parts }: StackedInput): Stack[] {
  return categories.map(({ values }) => {
    const amounts = parts.map(({ key }) =>
      Object.hasOwn(values, key) ? checkFigure(values[key] as Pence, 'money') : 0,
    );
    return { amounts, total: sumPence(amounts) };
  });
}

function describe({ parts }: StackedInput, stacks: readonly Stack[]): string {
  const whole = sumPence(stacks.map(({ total }) => total));
  if (whole === 0) return 'There is no money to show: every part is £0.';
  const shares = parts.map(({ name }, index) => {
    const amount = sumPence(stacks.map(({ amounts }) => amounts[index] ?? 0));
    return `${clean(name)} ${moneyShort(amount)} (${percentText((amount / whole) * 100)})`;
  });
  return `Of ${moneyShort(whole)} in all: ${shares.join(', ')}.`;
}

/** Whether the words of an amount fit inside its part of the bar. */
const fits = (amount: Pence, pixels: number): boolean =>
  textWidth(moneyShort(amount), TEXT.note) + 12 <= pixels;

/** The lines beneath a bar that give the parts too narrow to write in. */
function narrow(
  { parts }: StackedInput,
  stack: Stack,
  x: (pence: number) => number,
  width: number,
): string[] {
  const words = stack.amounts.flatMap((amount, index) =>
    amount === 0 || fits(amount, x(amount) - x(0))
      ? []
      : `${clean(parts[index]?.name ?? '')} ${moneyShort(amount)}`,
  );
  return words.length === 0 ? [] : wrap(words.join(', '), width, TEXT.note);
}

/** The parts of one bar, and the amounts written in those that are wide enough. */
function bar({ parts }: StackedInput, stack: Stack, x: (pence: number) => number, top: number) {
  const areas: Area[] = [];
  const labels: Label[] = [];
  let before = 0;
  for (const [index, amount] of stack.amounts.entries()) {
    const [left, right] = [x(before), x(before + amount)];
    const fill = (parts[index] as StackedInput['parts'][number]).fill;
    areas.push({ left, right, top, bottom: top + BAR, fill });
    const lines = [moneyShort(amount)];
    const width = textWidth(lines.join(), TEXT.note);
    if (amount > 0 && fits(amount, right - left))
      labels.push({ x: (left + right) / 2, y: top + BAR / 2, lines, width, fill });
    before += amount;
  }
  return { areas, labels };
}

/** Amounts on their bars: white on the solid fill, dark on a white plate on the others. */
function amountMarks(labels: readonly Label[]): Plot.Markish[] {
  const onPattern = labels.filter(({ fill }) => fill !== 'solid');
  return [
    Plot.rect(onPattern, {
      x1: ({ x, width }: Label) => x - width / 2 - 3,
      x2: ({ x, width }: Label) => x + width / 2 + 3,
      y1: ({ y }: Label) => y - 9,
      y2: ({ y }: Label) => y + 9,
      fill: COLOURS.white,
    }),
    write(onPattern, { anchor: 'middle', size: TEXT.note }),
    write(
      labels.filter(({ fill }) => fill === 'solid'),
      {
        anchor: 'middle',
        size: TEXT.note,
        fill: COLOURS.white,
      },
    ),
  ];
}

/**
 * Draws one horizontal bar for each category, of the parts of its whole, each with its amount in it or, where it is
 * too narrow, beneath the bar; the whole at the bar's end; under a legend.
 * @throws RangeError where there is no category or part, two parts share a key or a fill, or an amount is below zero
 * or not whole pence
 */
export function stackedChart(input: StackedInput): Chart {
  const { id, title, categories, parts } = input;
  if (categories.length === 0) throw new RangeError(`The chart ${id} has no categories`);
  checkSeries(parts);
  const stacks = stacksOf(input);
  const key = legend(parts.map(({ name, fill }) => ({ name, sign: fillSign(fill, id) })));
  const ticks = ticksTo(Math.max(...stacks.map(({ total }) => total)), 'money');
  const right = plotRight(stacks.map(({ total }) => moneyShort(total)));
  const x = proportion([0, ticks.at(-1) as number], [PLOT_LEFT, right]);
  const below = stacks.map((stack) => narrow(input, stack, x, right - PLOT_LEFT));
  const heights = below.map((lines) => BAR + (lines.length && BELOW + linesHeight(lines.length, TEXT.note)));
  const rows = setOutRows(categories, heights, key.height + 12);
  const axis = amountAxis(ticks, 'money', x, rows);

  const tops = rows.map((row: Row, index) => row.middle - (heights[index] ?? 0) / 2);
  const bars = stacks.map((stack, index) => bar(input, stack, x, tops[index] as number));
  const totals = stacks.map(({ total }, index) => ({
    x: x(total) + 7,
    y: (tops[index] as number) + BAR / 2,
    lines: [moneyShort(total)],
  }));
  const beneath = below.map((lines, index) => ({
    x: PLOT_LEFT + 3,
    y: (tops[index] as number) + BAR + BELOW,
    lines,
  }));
  return drawChart({
    id,
    title,
    description: describe(input, stacks),
    height: (rows.at(-1)?.bottom ?? 0) + axis.height + 4,
    fills: parts.map(({ fill }) => fill),
    marks: [
      ...key.marks,
      ...axis.grid,
      ...rowMarks(rows),
      ...areaMarks(
        bars.flatMap(({ areas }) => areas),
        id,
      ),
      ...axis.base,
      ...amountMarks(bars.flatMap(({ labels }) => labels)),
      write(totals, { bold: true }),
      write(
        beneath.filter(({ lines }) => lines.length > 0),
        { lineAnchor: 'top', size: TEXT.note },
      ),
    ],
  });
}
