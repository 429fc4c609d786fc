/**
 * SQL that inserts a row of a table again, under an id of its own; nothing where there is no such row.
 * @param where which row, in SQL
 * @param changes what is other than in that row, in SQL by column, where its own columns may be named
 */
export function again(table: string, where = 'true', changes: Record<string, string> = {}): string {
  const values = Object.entries({ id: 'uuidv7()', ...changes }).map(([name, value]) => `'${name}', ${value}`);
  const row = `select (jsonb_populate_record(x, jsonb_build_object(${values.join(', ')}))).*
    from ${table} x where ${where} limit 1`;
  // What is generated is left out.
  return `do $again$ declare
    columns constant text := (select string_agg(quote_ident(attname), ', ') from pg_attribute
      where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '');
  begin
    execute 'insert into ${table} (' || columns || ') select ' || columns || ' from (' || $row$${row}$row$ || ') y';
  end $again$`;
}

/** The id of an organisation, in SQL. @param ods its code */
export const of = (ods: string): string => `(select id from organisation where ods_code = '${ods}')`;
