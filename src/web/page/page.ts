import type { Chart } from '../charts/chart.js';
import type { Table } from './table.js';

/** A link with its words. */
export interface Link {
  text: string;
  href: string;
}

/** One line of a summary: what it is, what it says, and where more of it is said. */
export interface Fact {
  label: string;
  value: string;
  href?: string;
}

/** What a handler answers: which view is shown, and with what. */
export interface Page {
  /** The template, from `src/web/`: `returns/return.njk`. */
  view: string;
  /** The page's own title and its heading. */
  title: string;
  /** What the page is of, above the heading: "Mersey Care NHS Foundation Trust". */
  caption?: string | undefined;
  /** The way here, from the outermost page; without the page itself. */
  trail?: readonly Link[];
  /** What else the view shows. */
  model?: object;
  /** The tables that the view shows, by their ids: each sorts, and can be had as a file. */
  tables?: readonly Table[];
  charts?: readonly Chart[];
  /** 200 where it is left out. */
  status?: number;
}

/** What a handler answers that changed something: where to go on, and what to say there, once. */
export interface Onward {
  onward: string;
  notice?: string | undefined;
}

/** Goes on to a page after a change, and says there what was done. */
export function onward(path: string, notice?: string): Onward {
  return { onward: path, notice };
}

export function isPage(answer: unknown): answer is Page {
  return typeof answer === 'object' && answer !== null && 'view' in answer && 'title' in answer;
}

export function isOnward(answer: unknown): answer is Onward {
  return typeof answer === 'object' && answer !== null && 'onward' in answer;
}
