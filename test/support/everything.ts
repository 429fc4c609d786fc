import type { TestDatabase } from './database.js';

/** All rows of every table of every schema as text, whatever their columns and however deep in JSON, by table. */
export async function everythingIn(database: TestDatabase): Promise<Map<string, string>> {
  const tables = await database.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await database.sql<{ row: string }>(`select t::text as row from ${name} t`);
    texts.set(name, rows.map(({ row }) => row.toLowerCase()).join('\n'));
  }
  return texts;
}

/** The tables in which a text stands, in capitals or not. */
export const placesIn = (everything: ReadonlyMap<string, string>, text: string): string[] =>
  [...everything].filter(([, rows]) => rows.includes(text.toLowerCase())).map(([table]) => table);
