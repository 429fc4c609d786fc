import { type Pence, pence } from '../../core/money.js';

/** What the numbers of a chart count: pence, percent (26.8 is 26.8%), or things. */
export type Unit = 'money' | 'percent' | 'count';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * An amount as it is written in a chart: "£5.0m", "£420k", "£4.2k", "£950", "£9.50", "£0"; "-£5.0m" below zero.
 * Rounded to the nearest: the exact amount belongs in the table beside the chart.
 * @throws RangeError where it is not whole pence
 */
export function moneyShort(amount: Pence): string {
  const size = Math.abs(pence(amount));
  const sign = amount < 0 ? '-' : '';
  if (size >= 99_995_000_000) return `${sign}£${(size / 1e11).toFixed(1)}bn`;
  if (size >= 99_950_000) return `${sign}£${(size / 1e8).toFixed(1)}m`;
  if (size >= 995_000) return `${sign}£${(size / 1e5).toFixed(0)}k`;
  if (size >= 100_000) return `${sign}£${(size / 1e5).toFixed(1).replace('.0', '')}k`;
  return `${sign}£${size % 100 === 0 ? size / 100 : (size / 100).toFixed(2)}`;
}

/** "26.8%": always with one decimal. */
export const percentText = (percent: number): string => `${percent.toFixed(1)}%`;

/** A number of a unit as a chart writes it; counts as "1,234", with up to two decimals. */
export function figureText(value: number, unit: Unit): string {
  if (unit === 'money') return moneyShort(value);
  if (unit === 'percent') return percentText(value);
  const [whole, decimals] = String(Number(value.toFixed(2))).split('.') as [string, string?];
  return decimals ? `${grouped(whole)}.${decimals}` : grouped(whole);
}

/** A tick of an axis: as `figureText`, but percent without decimals that say nothing. */
export const tickText = (value: number, unit: Unit): string =>
  unit === 'percent' ? `${value}%` : figureText(value, unit);

/**
 * Round values from zero to at least the greatest, for an axis: three to six of them, and whole pence, whole pounds
 * or whole things. Percent goes to 100 at least.
 * @param greatest zero or more
 */
export function ticksTo(greatest: number, unit: Unit): number[] {
  const top = Math.max(greatest, unit === 'percent' ? 100 : unit === 'money' ? 400 : 2);
  const power = 10 ** Math.floor(Math.log10(top / 5));
  const step =
    ([1, 2, 2.5, 5, 10].find((each) => each * power * 5 >= top && fits(each * power)) ?? 10) * power;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

const fits = (step: number): boolean => Number.isInteger(step);

/**
 * Checks a figure of a bar.
 * @throws RangeError where it is below zero, not a number, or money that is not whole pence
 */
export function checkFigure(value: number, unit: Unit): number {
  if (!(value >= 0 && Number.isFinite(value))) throw new RangeError(`${value} cannot be drawn as a bar`);
  return unit === 'money' ? pence(value) : value;
}

/** A function from one interval to another, in proportion; to the middle where the first is a single point. */
export function proportion(from: readonly [number, number], to: readonly [number, number]) {
  const [start, end] = from;
  const [low, high] = to;
  return (value: number): number =>
    start === end ? (low + high) / 2 : low + ((value - start) / (end - start)) * (high - low);
}
