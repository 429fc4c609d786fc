import { addDays, type DateOn, isDateOn } from './calendar.js';

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const HOUR_MS = 3_600_000;
const LONDON_HOUR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  hour12: false,
});

/** Milliseconds since 1970 at a time of a day in London; of the two that there are when clocks go back, the first. */
function inLondon(on: DateOn, time: string): number {
  const utc = Date.parse(`${on}T${time}Z`);
  return LONDON_HOUR.format(utc - HOUR_MS) === time.slice(0, 2) ? utc - HOUR_MS : utc;
}

/** When a day ends in London, to the microsecond, as RFC 3339. @throws RangeError for what is no day */
export function endOfDay(on: DateOn): string {
  return new Date(inLondon(addDays(on, 1), '00:00') - 1).toISOString().replace('Z', '999Z');
}

/** A minute of a day in London, to its end, as RFC 3339; undefined for what is no day or no time, such as 14:05. */
export function endOfMinute(on: string, time: string): string | undefined {
  if (!isDateOn(on) || !TIME.test(time)) return undefined;
  return new Date(inLondon(on, time) + 59_999).toISOString().replace('Z', '999Z');
}

/**
 * The instant that somebody asks for: an RFC 3339 date and time with its offset, to the microsecond at most, or a day,
 * which is asked for as at its end in London.
 * @param today the day on which it is asked: a day that is not over is asked for as it is now
 * @returns null for now; undefined where the text says neither
 */
export function instantAsked(text: string, today: DateOn): string | null | undefined {
  if (isDateOn(text)) return text === today ? null : endOfDay(text);
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && isDateOn(day) ? text : undefined;
}
