import { addDays, type DateOn, isDateOn, londonDay } from './calendar.js';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const HOUR_MS = 3_600_000;

/** When a day ends in London, to the microsecond, as RFC 3339. @throws RangeError for what is no day */
export function endOfDay(on: DateOn): string {
  const next = addDays(on, 1);
  // Midnight in London is midnight or eleven in the evening in UTC.
  const midnight = Date.parse(`${next}T00:00:00Z`);
  const summer = londonDay(new Date(midnight - HOUR_MS)) === next;
  return new Date(midnight - (summer ? HOUR_MS : 0) - 1).toISOString().replace('Z', '999Z');
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
