import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Fill, patternOf } from './fills.js';
import { clean } from './lettering.js';

/** A chart as it is put on a page, safe to write out unescaped. */
export interface Chart {
  /** The chart's id, which every id within it begins with. */
  id: string;
  /** What it shows. Not drawn: the page gives it as the figure's caption. */
  title: string;
  /** What a reader sees in it, with its figures, in one or two sentences. */
  description: string;
  /** The `<svg>` element: no styles, no scripts, a viewBox and no fixed size. */
  svg: string;
}

/** What a chart is drawn from: marks placed in pixels of a sheet `WIDTH` wide. */
export interface Drawing {
  /** A letter, then letters, digits, hyphens and underscores; one of its kind on the page. */
  id: string;
  title: string;
  description: string;
  /** Pixels. */
  height: number;
  /** Later ones are drawn over earlier ones. */
  marks: Plot.Markish[];
  /** The fills that the marks use, of which some are patterns. */
  fills?: readonly Fill[];
}

/** Width in pixels of the sheet that charts are drawn on; the page may show it at any width. */
export const WIDTH = 720;

/** What this file asks of an element of linkedom, whose own types are those of a browser. */
interface SvgElement {
  tagName: string;
  childNodes: Iterable<SvgElement>;
  attributes: Iterable<{ name: string; value: string }>;
  outerHTML: string;
  textContent: string;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...children: SvgElement[]): void;
  remove(): void;
  querySelectorAll(selector: string): Iterable<SvgElement>;
}

const SVG = 'http://www.w3.org/2000/svg';
const ID = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** What Plot leaves on elements that a strict policy forbids, or that a hidden group has no use for. */
const LEFTOVERS = ['aria-description', 'aria-hidden', 'aria-label', 'class', 'style'];

// One document for all charts: nothing is ever put into it, so nothing of one chart reaches another.
const { document } = parseHTML('<!doctype html><html></html>');

function element(name: string, attributes: Record<string, string>, ...children: SvgElement[]): SvgElement {
  const made: SvgElement = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function worded(name: string, id: string, text: string): SvgElement {
  const made = element(name, { id });
  made.textContent = text;
  return made;
}

/** Takes from a figure of Plot what a page may not hold, and rounds its numbers to hundredths of a pixel. */
function tidy(figure: SvgElement): SvgElement[] {
  for (const style of [...figure.querySelectorAll('style')]) style.remove();
  for (const each of figure.querySelectorAll('*')) {
    for (const name of LEFTOVERS) each.removeAttribute(name);
    for (const { name, value } of [...each.attributes])
      each.setAttribute(
        name,
        value.replace(/-?\d+\.\d{3,}(e-\d+)?/g, (number) => String(Number(Number(number).toFixed(2)))),
      );
  }
  return [...figure.childNodes];
}

/**
 * Draws a chart: its title and description for a screen reader, its patterns, and its marks, which a screen reader
 * passes over.
 * @throws RangeError where the id cannot be one, or the title is empty
 */
export function drawChart(drawing: Drawing): Chart {
  const { id } = drawing;
  const title = clean(drawing.title);
  const description = clean(drawing.description);
  if (!ID.test(id))
    throw new RangeError(`"${id}" is not a chart's id: a letter, then letters, digits, - and _`);
  if (title === '') throw new RangeError(`The chart ${id} has no title`);
  const height = Math.ceil(drawing.height);
  const figure: SvgElement = Plot.plot({
    document,
    width: WIDTH,
    height,
    margin: 0,
    axis: null,
    x: { type: 'identity' },
    y: { type: 'identity' },
    marks: drawing.marks,
  });
  const patterns = (drawing.fills ?? []).flatMap((fill) => {
    const pattern = patternOf(fill, id);
    if (pattern === null) return [];
    return [element('pattern', pattern.attributes, ...pattern.shapes.map((shape) => element(...shape)))];
  });
  const svg = element(
    'svg',
    {
      xmlns: SVG,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      class: 'app-chart',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: '100%',
    },
    worded('title', `${id}-title`, title),
    worded('desc', `${id}-desc`, description),
    ...(patterns.length > 0 ? [element('defs', {}, ...patterns)] : []),
    element(
      'g',
      { 'aria-hidden': 'true', 'font-family': 'inherit', 'text-anchor': 'middle' },
      ...tidy(figure),
    ),
  );
  return { id, title, description, svg: svg.outerHTML };
}
