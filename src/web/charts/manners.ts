import * as Plot from '@observablehq/plot';
import { SIGN } from './legend.js';
import { COLOURS } from './lettering.js';

/** How a line is drawn. Lines differ in dash and in marker, and not in colour alone. */
export interface Manner {
  stroke: string;
  dash: string | undefined;
  width: number;
  symbol: 'circle' | 'square' | 'diamond2' | 'triangle' | 'triangle2' | 'hexagon' | 'star';
  filled: boolean;
}

/** A place in pixels; a line breaks where y is null. */
export interface Place {
  x: number;
  y: number | null;
}

const STROKES = [COLOURS.green, COLOURS.blue, COLOURS.grey, COLOURS.darkBlue];
const DASHES = [undefined, '2 4', '9 5', '12 4 2 4', '5 3'];
const SYMBOLS = ['square', 'circle', 'diamond2', 'triangle', 'triangle2', 'hexagon', 'star'] as const;

/** The first manner that a kind of line takes. */
const FIRST = { validated: 0, 'self-reported': 1, planned: 2, other: 3 };

/** The manner of a number; 140 of them differ, and the first 35 in dash or marker. */
function manner(number: number): Manner {
  const dash = number % DASHES.length;
  return {
    stroke: STROKES[number % STROKES.length] as string,
    dash: DASHES[dash],
    width: dash === 0 ? 3 : 2.25,
    symbol: SYMBOLS[number % SYMBOLS.length] as Manner['symbol'],
    filled: number % 2 === 0 && number !== FIRST.planned,
  };
}

/** A manner for each line, in order: its kind's own for the first of a kind, then those that are left. */
export function mannersOf(kinds: ReadonlyArray<keyof typeof FIRST>): Manner[] {
  const own = kinds.map((kind, index) => (kinds.indexOf(kind) === index ? FIRST[kind] : null));
  const taken = new Set(own);
  let next = 0;
  return own.map((number) => {
    if (number !== null) return manner(number);
    while (taken.has(next)) next += 1;
    taken.add(next);
    return manner(next);
  });
}

/**
 * The marks of a line and its markers, and of its sign: a short line with its marker in the middle.
 * @param sign the middle of the sign, in pixels
 */
export function lineMarks(
  places: readonly Place[],
  sign: { x: number; y: number },
  how: Manner,
): Plot.Markish[] {
  const ends = [sign.x - SIGN / 2, sign.x + SIGN / 2].map((x) => ({ x, y: sign.y }));
  return [
    Plot.line([...places, { x: sign.x, y: null }, ...ends], {
      x: 'x',
      y: 'y',
      stroke: how.stroke,
      strokeWidth: how.width,
      strokeDasharray: how.dash,
      strokeLinecap: 'butt',
    }),
    Plot.dot([...places.filter(({ y }) => y !== null), sign], {
      x: 'x',
      y: 'y',
      symbol: how.symbol,
      r: 5,
      fill: how.filled ? how.stroke : COLOURS.white,
      stroke: how.stroke,
      strokeWidth: 2,
    }),
  ];
}
