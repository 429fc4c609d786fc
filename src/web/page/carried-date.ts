import { type DateOn, isDateOn } from '../../core/calendar.js';

/** The date that a page is asked for, in its address: `?asAt=2018-03-31`. */
export const AS_AT = 'asAt';

/** The day in an address; null without one, undefined where it is no day. */
export function asAtOf(query: unknown): DateOn | null | undefined {
  const asked = (query as Record<string, unknown> | undefined)?.[AS_AT];
  if (asked === undefined || asked === '') return null;
  return isDateOn(asked) ? asked : undefined;
}

const LINK = /(<a\b[^>]*?\shref=")(\/(?!\/|assets\/|sign-in|sign-out)[^"#]*)(#[^"]*)?"/g;

/** A page on which every link to another page of ours carries the date on. */
export function carryDate(html: string, on: DateOn): string {
  return html.replaceAll(LINK, (_, before: string, path: string, fragment = '') =>
    new RegExp(`[?&;]${AS_AT}=`).test(path)
      ? `${before}${path}${fragment}"`
      : `${before}${path}${path.includes('?') ? '&amp;' : '?'}${AS_AT}=${on}${fragment}"`,
  );
}
