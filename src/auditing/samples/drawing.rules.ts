import { createHash } from 'node:crypto';
import { type Pence, splitPence, sumPence } from '../../core/money.js';
import { type Draw, seededDraw } from './seeded-numbers.rules.js';

/** One item of a population, as far as drawing goes. */
export interface Drawable {
  id: string;
  /** Zero or more. */
  amountPence: Pence;
}

/** An item that was drawn. */
export interface Drawn<Item extends Drawable> {
  item: Item;
  /** How many of a monetary-unit sample's points fell into it; 1 for the others. */
  hits: number;
  /** Whether it would be drawn whatever the seed. */
  certain: boolean;
  /** Null where the population is not stratified. */
  stratum: string | null;
}

/** One stratum, how much of it there is, and how much was drawn. */
export interface StratumSize {
  name: string;
  size: number;
  pence: Pence;
  drawn: number;
}

/** The order of a population for drawing: by id, character by character, whatever order it came in. */
export function ordered<Item extends Drawable>(population: readonly Item[]): Item[] {
  return [...population].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The SHA-256 over a population in its order, a line `id amountPence` each, by which it can be told again. */
export function populationHash(population: readonly Drawable[]): string {
  const hash = createHash('sha256');
  for (const { id, amountPence } of ordered(population)) hash.update(`${id} ${amountPence}\n`, 'utf8');
  return hash.digest('hex');
}

/** Draws items without putting them back: each set of this size is equally likely (Fisher and Yates, from the front). */
function withoutReplacement<Item extends Drawable>(
  population: readonly Item[],
  size: number,
  draw: Draw,
): Item[] {
  const items = ordered(population);
  for (let i = 0; i < size; i += 1) {
    const j = i + Number(draw(BigInt(items.length - i)));
    [items[i], items[j]] = [items[j] as Item, items[i] as Item];
  }
  return items.slice(0, size);
}

/** A simple random sample without replacement. @param size at most as many as there are */
export function drawRandom<Item extends Drawable>(
  population: readonly Item[],
  size: number,
  seed: string,
): Drawn<Item>[] {
  const certain = size === population.length;
  return withoutReplacement(population, size, seededDraw(seed, 'random')).map((item) => ({
    ...{ item, hits: 1, certain, stratum: null },
  }));
}

/**
 * A monetary-unit sample: one point in each interval of pence, the first at random, the others an interval apart. Every
 * penny is as likely as any other; an item of an interval or more is drawn for certain, and may be hit more than once.
 * @param intervalPence 1 or more, and no more than the population comes to
 */
export function drawMonetaryUnits<Item extends Drawable>(
  population: readonly Item[],
  intervalPence: Pence,
  seed: string,
): Drawn<Item>[] {
  const interval = BigInt(intervalPence);
  let point = seededDraw(seed, 'monetary-unit')(interval);
  let before = 0n;
  const drawn: Drawn<Item>[] = [];
  for (const item of ordered(population)) {
    const end = before + BigInt(item.amountPence);
    let hits = 0;
    for (; point < end; point += interval) hits += 1;
    if (hits > 0) drawn.push({ item, hits, certain: item.amountPence >= intervalPence, stratum: null });
    before = end;
  }
  return drawn;
}

/** How a sample is allocated to strata. */
export const ALLOCATIONS = ['proportional', 'neyman', 'given'] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

/** The largest whole number whose square is no more than `n`. */
function rootOf(n: bigint): bigint {
  if (n < 2n) return n;
  let x = BigInt(Math.floor(Math.sqrt(Number(n)))) + 1n;
  for (let y = (x + n / x) / 2n; y < x; y = (x + n / x) / 2n) x = y;
  return x;
}

/**
 * What a stratum weighs: its size; or, after Neyman (1934), its size times the standard deviation of its amounts, which
 * is the root of N·Σa² − (Σa)², in whole pence.
 */
function weightOf(items: readonly Drawable[], allocation: 'proportional' | 'neyman'): number {
  if (allocation === 'proportional') return items.length;
  const amounts = items.map(({ amountPence }) => BigInt(amountPence));
  const squares = amounts.reduce((sum, amount) => sum + amount * amount, 0n);
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  return Number(rootOf(BigInt(items.length) * squares - sum * sum));
}

/**
 * How many are drawn from each stratum: by weights, the largest remainders first; what a stratum cannot give goes to the
 * others, by their weights. Where no stratum weighs anything, by size.
 * @param strata in their order
 */
export function allocate(
  strata: ReadonlyArray<readonly Drawable[]>,
  size: number,
  allocation: 'proportional' | 'neyman',
): number[] {
  const sizes = strata.map(() => 0);
  const weights = strata.map((items) => weightOf(items, allocation));
  let left = size;
  while (left > 0) {
    const room = strata.map((items, i) => items.length - (sizes[i] ?? 0));
    const open = weights.map((weight, i) => ((room[i] ?? 0) > 0 ? weight : 0));
    const by = open.some((weight) => weight > 0) ? open : room;
    const parts = splitPence(left, by).map((part, i) => Math.min(part, room[i] ?? 0));
    for (const [i, part] of parts.entries()) sizes[i] = (sizes[i] ?? 0) + part;
    left -= sumPence(parts);
  }
  return sizes;
}

/** Groups a population; strata are in the order of their names. */
export function strataOf<Item extends Drawable>(
  population: readonly Item[],
  stratumOf: (item: Item) => string,
): Map<string, Item[]> {
  const strata = new Map<string, Item[]>();
  for (const item of population) {
    const name = stratumOf(item);
    strata.set(name, [...(strata.get(name) ?? []), item]);
  }
  return new Map([...strata].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A stratified sample: a random one within each stratum, each with numbers of its own. */
export function drawStratified<Item extends Drawable>(
  strata: ReadonlyMap<string, readonly Item[]>,
  sizes: readonly number[],
  seed: string,
): Drawn<Item>[] {
  return [...strata].flatMap(([name, items], i) => {
    const size = sizes[i] ?? 0;
    const draw = seededDraw(seed, `stratum:${name}`);
    return withoutReplacement(items, size, draw).map((item) => ({
      ...{ item, hits: 1, certain: size === items.length, stratum: name },
    }));
  });
}

/** What each stratum holds, and how much was drawn from it. */
export function stratumSizes<Item extends Drawable>(
  strata: ReadonlyMap<string, readonly Item[]>,
  drawn: ReadonlyArray<Drawn<Item>>,
): StratumSize[] {
  return [...strata].map(([name, items]) => ({
    name,
    size: items.length,
    pence: sumPence(items.map(({ amountPence }) => amountPence)),
    drawn: drawn.filter(({ stratum }) => stratum === name).length,
  }));
}

/** The band of an amount, by the upper bounds of the bands: "up to 1000000 pence", "over 5000000 pence". */
export function bandOf(amountPence: Pence, boundsPence: readonly Pence[]): string {
  // Numbered, so that the order of names is that of amounts.
  const index = boundsPence.findIndex((bound) => amountPence <= bound);
  if (index >= 0) return `${index + 1}: up to ${boundsPence[index]} pence`;
  return `${boundsPence.length + 1}: over ${boundsPence.at(-1)} pence`;
}
