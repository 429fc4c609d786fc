import * as Plot from '@observablehq/plot';
import { WIDTH } from './chart.js';
import { tickText, type Unit } from './figures.js';
import { COLOURS, clean, linesHeight, TEXT, textWidth, wrap, write } from './lettering.js';

/** Where the plot begins, in pixels: to its left stand the rows' labels. */
export const PLOT_LEFT = 236;
const LABEL_WIDTH = PLOT_LEFT - 16;
/** Pixels between what a row holds and the line beneath it. */
const PADDING = 10;

/** One row of a chart: its label and note as lines, and its place, in pixels. */
export interface Row {
  label: string[];
  note: string[];
  top: number;
  middle: number;
  bottom: number;
}

/**
 * Sets out rows one beneath another, each as high as its label or its content needs.
 * @param contents heights in pixels of what stands to the right of each label
 * @param top where the first row begins, in pixels
 */
export function setOutRows(
  labels: ReadonlyArray<{ label: string; note?: string }>,
  contents: readonly number[],
  top: number,
): Row[] {
  let below = top;
  return labels.map(({ label, note = '' }, index) => {
    const lines = {
      label: wrap(label, LABEL_WIDTH),
      note: clean(note) === '' ? [] : wrap(note, LABEL_WIDTH, TEXT.note),
    };
    const height = Math.max(labelHeight(lines), contents[index] ?? 0) + 2 * PADDING;
    const row = { ...lines, top: below, middle: below + height / 2, bottom: below + height };
    below = row.bottom;
    return row;
  });
}

const labelHeight = (row: Pick<Row, 'label' | 'note'>): number =>
  linesHeight(row.label.length) + linesHeight(row.note.length, TEXT.note);

/** The marks of rows: a line between each and the next, the labels, and their notes. */
export function rowMarks(rows: readonly Row[]): Plot.Markish[] {
  const tops = rows.map((row) => ({ row, y: row.middle - labelHeight(row) / 2 }));
  const labels = tops.map(({ row, y }) => ({ x: 0, y, lines: row.label }));
  const notes = tops
    .filter(({ row }) => row.note.length > 0)
    .map(({ row, y }) => ({ x: 0, y: y + linesHeight(row.label.length), lines: row.note }));
  return [
    Plot.ruleY(rows.slice(0, -1), { y: 'bottom', x1: 0, x2: WIDTH, stroke: COLOURS.grid }),
    write(labels, { lineAnchor: 'top' }),
    write(notes, { lineAnchor: 'top', size: TEXT.note, fill: COLOURS.quiet }),
  ];
}

/** An axis of amounts along the bottom of the rows: where its values stand, in pixels, and what is drawn. */
export interface AmountAxis {
  x: (value: number) => number;
  grid: Plot.Markish[];
  /** Drawn over the bars: the line they stand on. */
  base: Plot.Markish[];
  /** Pixels that the ticks' words take beneath the rows. */
  height: number;
}

/**
 * Makes the axis of amounts of a chart.
 * @param x from a value to pixels
 */
export function amountAxis(
  ticks: readonly number[],
  unit: Unit,
  x: (value: number) => number,
  rows: readonly Row[],
): AmountAxis {
  const [top, bottom] = [rows[0]?.top ?? 0, rows.at(-1)?.bottom ?? 0];
  const words = ticks.map((value) => ({ x: x(value), y: bottom + 8, lines: [tickText(value, unit)] }));
  return {
    x,
    grid: [
      Plot.ruleX(ticks, { x, y1: top, y2: bottom, stroke: COLOURS.grid }),
      write(words, { anchor: 'middle', lineAnchor: 'top', size: TEXT.note }),
    ],
    base: [Plot.ruleX([x(0)], { y1: top, y2: bottom, stroke: COLOURS.text, strokeWidth: 1.5 })],
    height: 8 + linesHeight(1, TEXT.note),
  };
}

/** The right edge of the plot, in pixels: what is written at the end of a bar has room beyond it. */
export const plotRight = (endTexts: readonly string[]): number =>
  WIDTH - Math.max(24, ...endTexts.map((text) => textWidth(text) + 10));
