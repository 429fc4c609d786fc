import { type DateOn, formatDate } from '../../core/calendar.js';
import { formatPounds, type Pence } from '../../core/money.js';

const IN_LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h12',
});
const COUNT = new Intl.NumberFormat('en-GB');

/** What stands where there is nothing to show; a screen reader says the words instead of the dash. */
export const NOTHING = '–';

/** "£5,000,000", or "£1,234.56" where there are pence: pounds as the NHS content style guide writes them. */
export function pounds(amount: Pence): string {
  return formatPounds(amount);
}

/** "£5.0m", "£420k", "£950": for a headline; the exact amount stands beside it or one row away. */
export function shortPounds(amount: Pence): string {
  const whole = Math.abs(amount) / 100;
  const sign = amount < 0 ? '-' : '';
  if (whole >= 999_950) return `${sign}£${(whole / 1_000_000).toFixed(1)}m`;
  if (whole >= 10_000) return `${sign}£${(whole / 1_000).toFixed(0)}k`;
  return pounds(amount);
}

/** "31 March 2018"; a dash where there is no day. */
export function day(on: DateOn | null | undefined): string {
  return on ? formatDate(on) : NOTHING;
}

/** "31 March 2018 at 2:05pm", in London; a dash where there is no instant. */
export function instant(at: string | Date | null | undefined): string {
  if (!at) return NOTHING;
  const parts = Object.fromEntries(
    IN_LONDON.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
  );
  const { day: date, month, year, hour, minute, dayPeriod = '' } = parts;
  return `${date} ${month} ${year} at ${hour}:${minute}${dayPeriod.toLowerCase().replaceAll(/[^apm]/g, '')}`;
}

/** "1,180". */
export function count(value: number): string {
  return COUNT.format(value);
}

/** "26.8%": rounded down to one decimal, so that nothing reads as reached before it is; a dash of nothing. */
export function share(parts: { numerator: number; denominator: number } | null | undefined): string {
  if (!parts || parts.denominator === 0) return NOTHING;
  return percent(Math.floor((parts.numerator * 1000) / parts.denominator) / 10);
}

/** "26.8%" of a percentage that was computed already; a dash of nothing. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : `${value.toFixed(1)}%`;
}

/** "+3.1 points", "-0.4 points". */
export function points(value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  return `${value > 0 ? '+' : ''}${value.toFixed(1)} points`;
}

/** "FD certified" of `fd-certified`: a code of the program in words, its first letter large. */
export function words(code: string): string {
  const text = code
    .replaceAll('-', ' ')
    .replace(/^fd\b/, 'FD')
    .replace(/^self /, 'self-');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Aims of the exemplars, version 1" of `exemplar-aims/v1`; null where no such target set is given. */
export function targetSetName(
  ref: string,
  targetSets: ReadonlyArray<{ ref: string; name: string }>,
): string | null {
  const name = targetSets.find((each) => each.ref === ref)?.name;
  return name === undefined ? null : `${name}, version ${ref.replace(/^.*\/v/, '')}`;
}

/** "1 claim", "3 claims". */
export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
