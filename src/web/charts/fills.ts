import * as Plot from '@observablehq/plot';
import { COLOURS } from './lettering.js';

/** How an area is filled. No two look alike in grey. */
export type Fill = 'solid' | 'hatched' | 'outline' | 'dotted' | 'crossed';

/** Where a bar, or a part of one, is drawn, in pixels, and how it is filled. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
  fill: Fill;
}

/** A pattern's attributes, and the shapes it repeats. */
export interface Pattern {
  attributes: Record<string, string>;
  shapes: Array<[name: string, attributes: Record<string, string>]>;
}

const INK: Record<Fill, string> = {
  solid: COLOURS.blue,
  hatched: COLOURS.darkBlue,
  dotted: COLOURS.green,
  outline: COLOURS.grey,
  crossed: COLOURS.text,
};

const SIZE: Record<Fill, number> = { solid: 0, outline: 0, hatched: 7, dotted: 7, crossed: 9 };

function shapesOf(fill: Fill): Pattern['shapes'] {
  const ink = INK[fill];
  const size = String(SIZE[fill]);
  const ground: Pattern['shapes'][number] = ['rect', { width: size, height: size, fill: COLOURS.white }];
  if (fill === 'dotted') return [ground, ['circle', { cx: '3.5', cy: '3.5', r: '1.7', fill: ink }]];
  if (fill === 'hatched') return [ground, ['rect', { width: '3', height: size, fill: ink }]];
  return [
    ground,
    ['rect', { width: '1.6', height: size, fill: ink }],
    ['rect', { width: size, height: '1.6', fill: ink }],
  ];
}

/** The pattern of a fill, with an id of the chart's own; null for a fill that is none. */
export function patternOf(fill: Fill, chartId: string): Pattern | null {
  if (SIZE[fill] === 0) return null;
  const size = String(SIZE[fill]);
  const attributes = {
    id: `${chartId}-${fill}`,
    patternUnits: 'userSpaceOnUse',
    width: size,
    height: size,
    ...(fill === 'dotted' ? {} : { patternTransform: 'rotate(45)' }),
  };
  return { attributes, shapes: shapesOf(fill) };
}

/** The marks of filled areas; areas with no width are left out. */
export function areaMarks(areas: readonly Area[], chartId: string): Plot.Markish[] {
  const drawn = areas.filter((area) => area.right > area.left);
  return [...new Set(drawn.map((area) => area.fill))].map((fill) =>
    Plot.rect(
      drawn.filter((area) => area.fill === fill),
      {
        x1: 'left',
        x2: 'right',
        y1: 'top',
        y2: 'bottom',
        fill: fill === 'solid' ? INK.solid : fill === 'outline' ? COLOURS.white : `url(#${chartId}-${fill})`,
        stroke: INK[fill],
        strokeWidth: 1.5,
      },
    ),
  );
}

/**
 * Checks that series can be told apart.
 * @throws RangeError where there are none, or two share a key or a fill
 */
export function checkSeries(series: ReadonlyArray<{ key: string; fill: Fill }>): void {
  if (series.length === 0) throw new RangeError('A chart needs at least one series');
  for (const field of ['key', 'fill'] as const)
    if (new Set(series.map((each) => each[field])).size < series.length)
      throw new RangeError(`Two series of a chart have the same ${field}`);
}
