import type { TestDatabase } from './database.js';

/** How many rows each table of Exemplar has, the log among them. */
export async function rowCounts({ sql }: TestDatabase): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'exemplar' order by 1`,
  );
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from ${name}`);
  const rows = await sql<{ name: string; count: number }>(counts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}
