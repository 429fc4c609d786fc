import type { Sums } from './kept-sum.queries.js';

/** How many things of a list are kept: four pages of it. */
export const KEPT_FIRST = 200;

/** The name of a thing in what is kept: its trust's id, and its own. */
export const KEPT_NAME = /^(?<trust>[0-9a-f-]{36}):(?<id>[0-9a-f-]{36})$/;

/** The first things of a list. */
export interface FirstThings {
  /** In the order of the list. */
  ids: string[];
  /** Whether there are no others. */
  all: boolean;
}

/**
 * The first things of a list of all trusts: what was kept of trusts of which nothing changed since, and all of those of
 * which something did. They end where what was kept ended, for what comes after it was not kept.
 * @param kept the first `most` things that there were, by `KEPT_NAME`, each with its place; things in one place are in the
 * order of their ids
 * @param now all things of the trusts that changed
 */
export function firstThings(
  kept: Sums,
  now: Sums,
  changed: readonly string[],
  most: number = KEPT_FIRST,
): FirstThings {
  const was = things(kept);
  const all = was.length < most;
  const last = was.at(-1);
  const stayed = was.filter(({ trust }) => !changed.includes(trust));
  const listed = [...stayed, ...things(now)].sort(inOrder);
  const reached = all || !last ? listed : listed.filter((thing) => inOrder(thing, last) <= 0);
  return { ids: reached.map(({ id }) => id), all };
}

interface Thing {
  trust: string;
  id: string;
  place: number;
}

function things(list: Sums): Thing[] {
  return Object.entries(list)
    .map(([name, place]) => ({ ...(KEPT_NAME.exec(name)?.groups as Omit<Thing, 'place'>), place }))
    .sort(inOrder);
}

function inOrder(a: Thing, b: Thing): number {
  return a.place - b.place || (a.id < b.id ? -1 : Number(a.id > b.id));
}
