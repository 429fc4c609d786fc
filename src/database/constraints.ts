import { blocked, malformed, Problem, unavailable, unprocessable } from '../core/problems.js';
import { MEANINGS } from './constraint-meanings.js';

/** The names in the table, for the test that holds them against the database. */
export const KNOWN_CONSTRAINTS = Object.keys(MEANINGS);

interface DatabaseError {
  code?: string;
  constraint?: string;
  message?: string;
}

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT']);
const AWAY_WORDS = new RegExp(
  [
    'Connection terminated',
    'timeout exceeded when trying to connect',
    'not queryable',
    'Client was closed',
    'not currently accepting connections',
    // TypeORM lets go of a connection as soon as it breaks, and says this to whoever asks it next.
    'Query runner already released',
  ].join('|'),
  'i',
);

function driverError(error: unknown): DatabaseError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  return (error as { driverError?: DatabaseError }).driverError ?? (error as DatabaseError);
}

/** Whether trying the whole transaction again may succeed: a deadlock, or a serialisation failure. */
export function isRetryable(error: unknown): boolean {
  const code = driverError(error)?.code;
  return code === '40001' || code === '40P01';
}

/** Whether the database is away: stopped, restarting, unreachable, or out of connections. */
export function isAway(error: unknown): boolean {
  const driver = driverError(error);
  const code = driver?.code ?? '';
  if (AWAY.has(code) || code.startsWith('08') || code.startsWith('57P') || code.startsWith('53')) return true;
  return AWAY_WORDS.test(driver?.message ?? '');
}

/** An error of the database as the problem that its reader can act on; anything else as it was. */
export function toProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const driver = driverError(error);
  if (!driver) return error;
  if (isAway(error))
    return unavailable('The database cannot be reached at the moment. Try again in a few seconds.');
  if (driver.constraint === 'has_no_past')
    return malformed(
      'no-past',
      'This is about how Exemplar works, and not part of the record, so it has no past. Ask without asAt.',
      [{ code: 'no-past', message: 'This has no past.', pointer: 'asAt' }],
    );
  const meaning = MEANINGS[driver.constraint ?? ''];
  if (meaning) return blocked(meaning.message, [meaning], meaning.code);
  const code = driver.code ?? '';
  if (code === '57014' || code === '55P03')
    return unavailable('This took too long and was stopped; nothing was changed. Try again.');
  if (code === '23505') return blocked('There is already one of these.', [], 'already-exists');
  if (code === '23503')
    return unprocessable('unknown-reference', 'This names something that does not exist.');
  if (code.startsWith('23'))
    return unprocessable('against-a-rule', `This breaks the rule ${driver.constraint ?? code}.`);
  if (code === '22P05' || code === '22021')
    return malformed('text-not-storable', 'A text holds a character that cannot be stored.');
  if (code.startsWith('22'))
    return unprocessable('value-out-of-range', 'A value is outside what can be stored.');
  return error;
}
