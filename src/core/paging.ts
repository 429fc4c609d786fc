import { malformed } from './problems.js';

/** Which page of a list is asked for: how many, and after which cursor; from the start without one. */
export interface PageRequest {
  limit: number;
  after?: string | undefined;
}

/** A page of a list, and the cursor of the next one; null on the last. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A page of a list that stands beside others, and how many the whole list has. */
export interface CountedPage<T> extends Page<T> {
  count: number;
}

/** The sort values of the last row of a page, as a cursor. */
export function cursorOf(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The sort values in a cursor, each checked; null without one. @throws Problem 400 where it is no cursor of ours */
export function cursorValues(
  after: string | undefined,
  checks: ReadonlyArray<(value: unknown) => boolean>,
): unknown[] | null {
  if (after === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === checks.length &&
      checks.every((check, i) => check(values[i]))
    )
      return values;
  } catch {
    // Falls through to the same answer: not ours.
  }
  throw malformed('cursor-unreadable', 'after must be the cursor of the page before, unchanged.', [
    { code: 'cursor-unreadable', message: 'Not a cursor that this API gave.', pointer: 'after' },
  ]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a value is an id of ours. */
export const isId = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);

/** Whether a value is a text. */
export const isText = (value: unknown): boolean => typeof value === 'string';

/** The id in the cursor of a list that goes by ids; null without one. @throws Problem 400 where it is no such cursor */
export function idIn(after: string | undefined): string | null {
  return (cursorValues(after, [isId])?.[0] ?? null) as string | null;
}

/** The text in the cursor of a list that goes by names or codes; null without one. @throws Problem 400 where it is no such cursor */
export function textIn(after: string | undefined): string | null {
  return (cursorValues(after, [isText])?.[0] ?? null) as string | null;
}

/**
 * Makes a page of one row more than was asked for: the row beyond says that there is another page.
 * @param sortValues of a row, in the order of the sort
 */
export function pageOf<T>(rows: T[], limit: number, sortValues: (row: T) => unknown[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(sortValues(last)) : null };
}

/** A list in pages, of which one is in memory: it is asked for when the one before was taken. */
export type InPages<T> = AsyncIterable<readonly T[]>;

/**
 * The pages of a list, each after the last row of the one before. Of an empty list there is one, which is empty.
 * @param limit as many rows as a page has, save the last
 */
export async function* pagesOf<Row>(
  limit: number,
  page: (limit: number, after: Row | null) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let after: Row | null = null; ; ) {
    const rows: Row[] = await page(limit, after);
    if (after === null || rows.length > 0) yield rows;
    if (rows.length < limit) return;
    after = rows.at(-1) as Row;
  }
}

/** What is made of each page. */
export async function* eachPage<Row, Made>(
  pages: InPages<Row>,
  made: (page: readonly Row[]) => Made,
): AsyncGenerator<Made> {
  for await (const page of pages) yield made(page);
}
