import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

const TABLES = `select c.oid::regclass::text as name,
    (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
  from pg_class c where c.relkind = 'r' and c.relnamespace in ('exemplar'::regnamespace, 'past'::regnamespace)
    and c.relname <> 'migration' order by 1`;
const SEQUENCES = `select c.oid::regclass::text as name from pg_class c
  where c.relkind = 'S' and c.relnamespace = 'exemplar'::regnamespace`;

/**
 * Brings what is in one database into another that is freshly migrated, as a restore of a dump does: each table by
 * COPY, without its generated columns, with the triggers off, and then the sequences.
 * @param from as a superuser @param to as a superuser
 */
export async function restore(from: string, to: string): Promise<void> {
  const source = new pg.Client({ connectionString: from });
  const target = new pg.Client({ connectionString: to, options: '-c session_replication_role=replica' });
  await Promise.all([source.connect(), target.connect()]);
  try {
    const tables = (await source.query<{ name: string; columns: string }>(TABLES)).rows;
    await target.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
    for (const { name, columns } of tables) {
      const sent = source.query(copyTo(`copy ${name} (${columns}) to stdout`));
      await pipeline(sent, target.query(copyFrom(`copy ${name} (${columns}) from stdin`)));
    }
    for (const { name } of (await source.query(SEQUENCES)).rows) {
      const [{ last_value, is_called }] = (await source.query(`select last_value, is_called from ${name}`))
        .rows;
      await target.query('select setval($1, $2, $3)', [name, last_value, is_called]);
    }
  } finally {
    const ends = [source, target].map((client) => once(client, 'end'));
    await Promise.all([source.end(), target.end(), ...ends]);
  }
}
