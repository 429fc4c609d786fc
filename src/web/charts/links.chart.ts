import * as Plot from '@observablehq/plot';
import { type Chart, drawChart, WIDTH } from './chart.js';
import { type LegendItem, legend, SIGN } from './legend.js';
import { COLOURS, clean, type Lettering, linesHeight, wrap, write } from './lettering.js';

/** How a link is drawn: whole, dashed or dotted, each with an end of its own, and not by colour alone. */
export type LinkKind = 'solid' | 'dashed' | 'dotted';

/** One thing on the left that something on the right is joined to. */
export interface LinkRow {
  from: string;
  to: string;
  kind: LinkKind;
  /** Written beneath the name on the right: "2 adoptions, 1 live". */
  note: string;
}

/** Who is joined to whom; names on the left are those that others come from. */
export interface LinksInput {
  id: string;
  title: string;
  /** Heads of the two columns. */
  left: string;
  right: string;
  /** What each kind of link says. */
  kinds: ReadonlyArray<{ kind: LinkKind; name: string }>;
  rows: readonly LinkRow[];
  description: string;
}

const COLUMN = 270;
const GAP = 18;
const LEFT_END = COLUMN + 8;
const RIGHT_START = WIDTH - COLUMN - 8;

const MANNERS: Record<
  LinkKind,
  { stroke: string; dash: string | undefined; symbol: 'circle' | 'square' | 'diamond2' }
> = {
  solid: { stroke: COLOURS.green, dash: undefined, symbol: 'square' },
  dashed: { stroke: COLOURS.blue, dash: '9 5', symbol: 'circle' },
  dotted: { stroke: COLOURS.grey, dash: '2 4', symbol: 'diamond2' },
};

interface Drawn {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

function linkMarks(links: readonly Drawn[], kind: LinkKind): Plot.Markish[] {
  const { stroke, dash, symbol } = MANNERS[kind];
  return [
    Plot.link(links, {
      x1: 'x1',
      y1: 'y1',
      x2: 'x2',
      y2: 'y2',
      stroke,
      strokeWidth: 2.5,
      strokeDasharray: dash,
    }),
    Plot.dot(links, { x: 'x2', y: 'y2', symbol, r: 5, fill: stroke, stroke, strokeWidth: 2 }),
  ];
}

const signOf =
  (kind: LinkKind): LegendItem['sign'] =>
  (x, y) =>
    linkMarks([{ x1: x - SIGN / 2, y1: y, x2: x + SIGN / 2 - 4, y2: y }], kind);

/** Names set out one beneath the other from a top. @returns the middle of each, and where they end */
function setOut(labels: readonly string[][], top: number): { middles: number[]; bottom: number } {
  let at = top;
  const middles = labels.map((lines) => {
    const height = linesHeight(lines.length);
    const middle = at + height / 2;
    at += height + GAP;
    return middle;
  });
  return { middles, bottom: at - GAP };
}

/**
 * Draws who is joined to whom as two columns of names with lines between them.
 * @throws RangeError where there is no row
 */
export function linksChart(input: LinksInput): Chart {
  const { id, title, rows, kinds, description } = input;
  if (rows.length === 0) throw new RangeError(`The chart ${id} has no rows`);
  const froms = [...new Set(rows.map(({ from }) => clean(from)))];
  const key = legend(
    kinds
      .filter(({ kind }) => rows.some((row) => row.kind === kind))
      .map(({ kind, name }) => ({ name, sign: signOf(kind) })),
  );
  const top = key.height + 20 + linesHeight(1) + 10;
  const lefts = froms.map((name) => wrap(name, COLUMN));
  const rights = rows.map(({ to, note }) => [...wrap(to, COLUMN), ...wrap(note, COLUMN)]);
  const right = setOut(rights, top);
  // Each name on the left stands where those that came from it are, as far as they leave room.
  const wanted = froms.map((name) => {
    const own = rows.flatMap((row, index) =>
      clean(row.from) === name ? [right.middles[index] as number] : [],
    );
    return own.reduce((sum, middle) => sum + middle, 0) / own.length;
  });
  let free = top;
  const leftMiddles = lefts.map((lines, index) => {
    const half = linesHeight(lines.length) / 2;
    const middle = Math.max(wanted[index] as number, free + half);
    free = middle + half + GAP;
    return middle;
  });
  const drawn = (kind: LinkKind): Drawn[] =>
    rows.flatMap((row, index) =>
      row.kind === kind
        ? [
            {
              ...{ x1: LEFT_END, y1: leftMiddles[froms.indexOf(clean(row.from))] as number },
              ...{ x2: RIGHT_START - 4, y2: right.middles[index] as number },
            },
          ]
        : [],
    );
  const lettering = (lines: readonly string[][], middles: readonly number[], x: number): Lettering[] =>
    lines.map((each, index) => ({ x, y: middles[index] as number, lines: each }));
  const heads = top - 10 - linesHeight(1);
  return drawChart({
    id,
    title,
    description,
    height: Math.max(right.bottom, free - GAP) + 8,
    marks: [
      ...key.marks,
      write([{ x: COLUMN, y: heads, lines: [input.left] }], { anchor: 'end', lineAnchor: 'top', bold: true }),
      write([{ x: WIDTH - COLUMN, y: heads, lines: [input.right] }], { lineAnchor: 'top', bold: true }),
      ...kinds.flatMap(({ kind }) => linkMarks(drawn(kind), kind)),
      write(lettering(lefts, leftMiddles, COLUMN), { anchor: 'end' }),
      write(lettering(rights, right.middles, WIDTH - COLUMN)),
    ],
  });
}
