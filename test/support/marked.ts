import type { TestDatabase } from './database.js';

/** What stands in everything of a trust that somebody wrote, before the name of its column. */
export const MARK = 'Zwiebelfisch';

/** Columns whose texts are words of the program: states, kinds, where files are. */
const OF_THE_PROGRAM =
  /(^|_)(state|kind|stage|source|role|step|outcome|basis|key|sha256|hash|period|year|section)$/;

/**
 * Puts the mark into every text of a trust's rows that takes one, past triggers and references.
 * @returns the columns that have it
 */
export async function markEverythingOf(database: TestDatabase, ods: string): Promise<string[]> {
  const columns = await database.sql<{ table: string; column: string; type: string }>(
    `select c.table_name as table, c.column_name as column, c.data_type as type
     from information_schema.columns c
     join information_schema.columns t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.column_name = 'trust_id'
     join information_schema.tables b on b.table_schema = c.table_schema and b.table_name = c.table_name and b.table_type = 'BASE TABLE'
     where c.table_schema = 'exemplar' and c.data_type in ('text', 'jsonb') and c.is_generated = 'NEVER'
       and c.table_name not in ('log_entry', 'outbox_message') order by 1, 2`,
  );
  const marked: string[] = [];
  for (const { table, column, type } of columns) {
    if (OF_THE_PROGRAM.test(column)) continue;
    const mark = `${MARK}.${table}.${column}`;
    const value =
      type === 'text'
        ? `${column} || ' ${mark}'`
        : `regexp_replace(${column}::text, '"(text|title|mitigation|owner|note|reason|description|name|justification)": "', '"\\1": "${mark} ', 'g')::jsonb`;
    await database.sql(`do $mark$ begin
      perform set_config('session_replication_role', 'replica', true);
      update ${table} set ${column} = ${value}
        where trust_id = (select id from organisation where ods_code = '${ods}') and ${column} is not null;
    exception when others then null; end $mark$`);
    const [found] = await database.sql<{ there: boolean }>(
      `select exists (select from ${table} where ${column}::text like '%${mark}%') as there`,
    );
    if (found?.there) marked.push(`${table}.${column}`);
  }
  return marked;
}
