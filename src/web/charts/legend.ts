import type * as Plot from '@observablehq/plot';
import { WIDTH } from './chart.js';
import { areaMarks, type Fill } from './fills.js';
import { type Lettering, linesHeight, textWidth, wrap, write } from './lettering.js';

/** A name in a legend, and what draws its sign about a point, in pixels; a sign is at most `SIGN` wide. */
export interface LegendItem {
  name: string;
  sign: (x: number, y: number) => Plot.Markish[];
}

/** A legend's marks, and the pixels it takes from the top of the sheet. */
export interface Legend {
  marks: Plot.Markish[];
  height: number;
}

/** Width in pixels kept for a sign. */
export const SIGN = 36;
const BETWEEN = 24;
const TO_TEXT = 8;
const ROW = 8;

/** Sets out a legend along the top of the sheet, in as many rows as it needs. */
export function legend(items: readonly LegendItem[]): Legend {
  const marks: Plot.Markish[] = [];
  const texts: Lettering[] = [];
  let [x, top, rowHeight] = [0, 0, 0];
  for (const { name, sign } of items) {
    const lines = wrap(name, WIDTH - SIGN - TO_TEXT);
    const width = SIGN + TO_TEXT + Math.max(...lines.map((line) => textWidth(line)));
    if (x > 0 && x + width > WIDTH) {
      x = 0;
      top += rowHeight + ROW;
      rowHeight = 0;
    }
    const height = linesHeight(lines.length);
    marks.push(...sign(x + SIGN / 2, top + linesHeight(1) / 2));
    texts.push({ x: x + SIGN + TO_TEXT, y: top, lines });
    x += width + BETWEEN;
    rowHeight = Math.max(rowHeight, height);
  }
  return { marks: [...marks, write(texts, { lineAnchor: 'top' })], height: top + rowHeight };
}

/** The sign of a fill: a small filled box. */
export const fillSign =
  (fill: Fill, chartId: string): LegendItem['sign'] =>
  (x, y) =>
    areaMarks(
      [{ left: x - SIGN / 2 + 1, right: x + SIGN / 2 - 1, top: y - 8, bottom: y + 8, fill }],
      chartId,
    );
