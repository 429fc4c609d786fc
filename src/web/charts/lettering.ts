import * as Plot from '@observablehq/plot';

/** The NHS's colours, each at least 3:1 on white, and `text` and `quiet` at least 4.5:1. */
export const COLOURS = {
  blue: '#005eb8',
  darkBlue: '#003087',
  green: '#007f3b',
  grey: '#4c6272',
  /** Only within an outline of `text`. */
  yellow: '#ffb81c',
  text: '#212b32',
  /** Notes beneath a label. */
  quiet: '#4c6272',
  /** Lines that carry no figure, such as grids: seen, and not read. */
  grid: '#d8dde0',
  /** Lines that lead from a point to its label. */
  leader: '#768692',
  white: '#ffffff',
} as const;

/** Sizes of text in pixels of the sheet. */
export const TEXT = { label: 16, note: 14 } as const;

/** Lines of text, and where they are written, in pixels. */
export interface Lettering {
  x: number;
  /** The top of the first line, the middle of all, or the bottom of the last, as `lineAnchor` says. */
  y: number;
  lines: readonly string[];
}

/** How text is written: at the start, in `COLOURS.text`, at `TEXT.label`, on its middle, unless it says otherwise. */
export interface Hand {
  anchor?: 'start' | 'middle' | 'end';
  lineAnchor?: 'top' | 'middle' | 'bottom';
  size?: number;
  fill?: string;
  bold?: boolean;
}

/** Height of a line as a multiple of the text's size. */
const LINE = 1.25;

/** Widths of ASCII from the space on in Arial, in thousandths of its size. */
const ARIAL = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/** Frutiger, and a bold face, run wider than Arial. */
const ROOM = 1.08;

/** A text on one line, without what XML cannot hold: control characters, half characters and non-characters. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Noncharacter_Code_Point}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** About how wide a text is in pixels, rather too wide than too narrow. */
export function textWidth(text: string, size: number = TEXT.label): number {
  let thousandths = 0;
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    thousandths += ARIAL[code - 32] ?? (code < 0x2e80 ? 722 : 1100);
  }
  return (thousandths * size * ROOM) / 1000;
}

/** Pixels that a number of lines take. */
export const linesHeight = (count: number, size: number = TEXT.label): number => count * size * LINE;

/** The pieces of a word that each fit; the word where it does. */
function pieces(word: string, width: number, size: number): string[] {
  if (textWidth(word, size) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (part !== '' && textWidth(part + char, size) > width) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return [...parts, part];
}

/** A text as lines of at most a width in pixels, broken between words where that can be; none is cut. */
export function wrap(text: string, width: number, size: number = TEXT.label): string[] {
  const lines: string[] = [];
  for (const word of clean(text)
    .split(' ')
    .flatMap((each) => pieces(each, width, size))) {
    const line = lines.at(-1);
    if (line !== undefined && textWidth(`${line} ${word}`, size) <= width)
      lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The mark that writes texts; null for none. */
export function write(texts: readonly Lettering[], hand: Hand = {}): Plot.Markish {
  if (texts.length === 0) return null;
  return Plot.text(texts, {
    x: 'x',
    y: 'y',
    text: ({ lines }: Lettering) => lines.join('\n'),
    textAnchor: hand.anchor ?? 'start',
    lineAnchor: hand.lineAnchor ?? 'middle',
    lineHeight: LINE,
    fontSize: hand.size ?? TEXT.label,
    fontWeight: hand.bold ? 600 : undefined,
    fill: hand.fill ?? COLOURS.text,
  });
}
