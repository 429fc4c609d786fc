/** A calendar day as it is written on the wire and in the database: YYYY-MM-DD. Sorts as text. */
export type DateOn = string;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;
const IN_WORDS = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const IN_LONDON = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Whether a text is a day that exists, from 1900 to 2199. */
export function isDateOn(text: unknown): text is DateOn {
  if (typeof text !== 'string') return false;
  const match = PATTERN.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (year < 1900 || year > 2199) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function epochDays(on: DateOn): number {
  if (!isDateOn(on)) throw new RangeError(`${on} is not a day, YYYY-MM-DD`);
  return Date.parse(`${on}T00:00:00Z`) / DAY_MS;
}

/** The day a number of days later (earlier, where negative). */
export function addDays(on: DateOn, days: number): DateOn {
  return new Date((epochDays(on) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one day to another; negative where the second is earlier. */
export function daysBetween(from: DateOn, to: DateOn): number {
  return epochDays(to) - epochDays(from);
}

/** "31 March 2018", as the NHS content style guide writes dates. */
export function formatDate(on: DateOn): string {
  return IN_WORDS.format(epochDays(on) * DAY_MS);
}

/**
 * An instant on another day in London, as early or late in it: of two instants of one day the later one stays later.
 * Days are an hour and a half short at both ends, so that no summer time moves one into the next.
 */
export function onDay(on: DateOn, instant: Date): Date {
  const share = (instant.getTime() % DAY_MS) / DAY_MS;
  return new Date(epochDays(on) * DAY_MS + DAY_MS / 16 + Math.floor(share * DAY_MS * 0.875));
}

/** The day that it is in London at an instant. */
export function londonDay(instant: Date): DateOn {
  return IN_LONDON.format(instant);
}
