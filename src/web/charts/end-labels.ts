import * as Plot from '@observablehq/plot';
import { SIGN } from './legend.js';
import { COLOURS, linesHeight, wrap, write } from './lettering.js';

/** What is written at the end of a line: the line's last point, in pixels, the words, and what they are of. */
export interface Ending<T> {
  from: { x: number; y: number };
  words: string;
  of: T;
}

/** An ending with its place: its lines of text, and the middle of them, in pixels. */
export interface EndLabel<T> extends Ending<T> {
  lines: string[];
  height: number;
  middle: number;
}

/** Widths in pixels that the column of labels may have. */
const COLUMNS = { narrow: 190, wide: 250 };
const TO_TEXT = 8;
const BETWEEN = 8;

/** The width in pixels of the column for the words of endings: wide where a narrow one would take many lines. */
export function columnWidth(words: readonly string[]): number {
  const long = words.some((each) => wrap(each, COLUMNS.narrow - SIGN - TO_TEXT).length > 2);
  return long ? COLUMNS.wide : COLUMNS.narrow;
}

/** Wraps endings into a column of a width. They stand at their lines' ends, and may still overlap. */
export function endLabels<T>(endings: ReadonlyArray<Ending<T>>, width: number): EndLabel<T>[] {
  return endings.map((ending) => {
    const lines = wrap(ending.words, width - SIGN - TO_TEXT);
    return { ...ending, lines, height: linesHeight(lines.length) + BETWEEN, middle: ending.from.y };
  });
}

/** Pixels that labels need from top to bottom. */
export const columnHeight = (labels: ReadonlyArray<{ height: number }>): number =>
  labels.reduce((sum, { height }) => sum + height, 0);

/**
 * Moves labels apart, as little as needed from the ends they belong to, in the order of those ends from the top.
 * None goes above the top, nor below the bottom where there is room for all.
 * @param top pixels
 * @param bottom pixels
 */
export function moveApart<T extends { height: number; middle: number }>(
  labels: readonly T[],
  top: number,
  bottom: number,
): T[] {
  // Labels that touch move as one block, placed about the mean of where its members want to be.
  const blocks: Array<{ members: T[]; height: number; start: number }> = [];
  const startOf = (members: readonly T[], height: number): number => {
    let [sum, above] = [0, 0];
    for (const { middle, height: own } of members) {
      sum += middle - (above + own / 2);
      above += own;
    }
    return Math.max(top, Math.min(sum / members.length, bottom - height));
  };
  for (const label of [...labels].sort((a, b) => a.middle - b.middle)) {
    let block = { members: [label], height: label.height, start: startOf([label], label.height) };
    for (
      let above = blocks.at(-1);
      above && above.start + above.height > block.start;
      above = blocks.at(-1)
    ) {
      blocks.pop();
      const members = [...above.members, ...block.members];
      const height = above.height + block.height;
      block = { members, height, start: startOf(members, height) };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ members, start }) => {
    let above = start;
    return members.map((label) => {
      const middle = above + label.height / 2;
      above += label.height;
      return { ...label, middle };
    });
  });
}

/**
 * The marks of labels in a column that begins at x, in pixels: a thin line from each line's end, and its words. Room is
 * left between the two for a sign.
 */
export function endLabelMarks<T>(labels: ReadonlyArray<EndLabel<T>>, x: number): Plot.Markish[] {
  return [
    Plot.link(labels, {
      x1: ({ from }: EndLabel<T>) => from.x,
      y1: ({ from }: EndLabel<T>) => from.y,
      x2: x - 4,
      y2: 'middle',
      stroke: COLOURS.leader,
      strokeWidth: 1.25,
      strokeDasharray: '1 3',
    }),
    write(labels.map(({ middle, lines }) => ({ x: x + SIGN + TO_TEXT, y: middle, lines }))),
  ];
}
