import type { LogFilter } from '../../audit/log.queries.js';
import { isDateOn } from '../../core/calendar.js';
import { isId } from '../../core/paging.js';
import { type Fault, malformed } from '../../core/problems.js';

const CODE = /^[a-z0-9_.-]{1,80}$/;
const ODS = /^[A-Z0-9]{2,12}$/;
const NUMBER = /^[1-9]\d{0,14}$/;

/** How each part of the address must be, and what is said of one that is not. */
const PARTS: Readonly<Record<keyof LogFilter, readonly [(value: string) => boolean, string]>> = {
  table: [(value) => CODE.test(value), 'Choose the kind of thing from the list.'],
  subject: [isId, 'The id of a thing is written as 00000000-0000-0000-0000-000000000000.'],
  action: [(value) => CODE.test(value), 'Choose what was done from the list.'],
  trust: [(value) => ODS.test(value), 'Choose the trust from the list.'],
  actor: [
    (value) => value.length <= 200 && !value.includes('\0'),
    'The name must be 200 characters or fewer.',
  ],
  from: [isDateOn, 'The first day must be a real date.'],
  to: [isDateOn, 'The last day must be a real date.'],
};

/**
 * What the log is narrowed to. A part that cannot be read is refused: to leave it out would show more than was asked
 * for, and an auditor would not know.
 * @throws Problem 400
 */
export function logFilterOf(query: Readonly<Record<string, unknown>>): LogFilter {
  const filter: LogFilter = {};
  const faults: Fault[] = [];
  for (const [name, [fits, message]] of Object.entries(PARTS)) {
    const asked = query[name];
    if (asked === undefined || asked === '') continue;
    if (typeof asked === 'string' && fits(asked.trim())) filter[name as keyof LogFilter] = asked.trim();
    else faults.push({ code: 'not-readable', message, pointer: name });
  }
  if (filter.from && filter.to && filter.from > filter.to)
    faults.push({
      code: 'days-reversed',
      message: 'The first day must not come after the last.',
      pointer: 'from',
    });
  if (faults.length > 0) throw malformed('filter-unreadable', 'The log cannot be narrowed down so.', faults);
  return filter;
}

/** A number of the log in an address; undefined where there is none. @throws Problem 400 */
export function numberBefore(asked: unknown): string | undefined {
  if (asked === undefined || asked === '') return undefined;
  if (typeof asked === 'string' && NUMBER.test(asked)) return asked;
  throw malformed('number-unreadable', 'The entries before a number are asked for as ?before=1234.', [
    { code: 'number-unreadable', message: 'Not a number of the log.', pointer: 'before' },
  ]);
}
