import type { Sql } from '../database/sql.js';
import type { LogEntryView } from './log.queries.js';

/** What stands for somebody who was erased. */
export const ERASED = 'Erased person';

const REFERENCE = /"(personal:[0-9a-f]{64})"/g;

/** Entries with personal data in place of the references to it that the log holds, as far as it is still there. */
export async function withPersonalData<Entry extends LogEntryView>(
  sql: Sql,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const texts = entries.map(({ actor, old, new: now }) => JSON.stringify({ actor, old, new: now }));
  const references = new Set(
    texts.flatMap((text) => [...text.matchAll(REFERENCE)].map(([, found]) => found)),
  );
  if (references.size === 0) return [...entries];
  const known = await sql.query<{ reference: string; value: string }>(
    'select reference, personal_value(reference) as value from unnest($1::text[]) reference',
    [[...references]],
  );
  const values = new Map(known.map(({ reference, value }) => [reference, value]));
  return entries.map((entry, index) => ({
    ...entry,
    ...JSON.parse(
      (texts[index] as string).replaceAll(REFERENCE, (_, found) => JSON.stringify(values.get(found))),
    ),
  }));
}
