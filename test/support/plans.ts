import pg from 'pg';

/** A statement as the application sent it, and how far whoever asked may reach. */
export interface Statement {
  text: string;
  values: readonly unknown[];
  /** `set local …` of the transaction that it was sent in. */
  settings: string;
}

/** What a statement read of one table. */
export interface Cost {
  table: string;
  scan: string;
  /** Rows read, kept or not, in parts of the table's rows. */
  part: number;
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

interface Query {
  text: string;
  values?: readonly unknown[];
}

/** Every different statement that reads, which is sent in a reading while work is done, each with the values it first had. */
export async function listened(work: () => Promise<void>): Promise<Statement[]> {
  const found = new Map<string, Statement>();
  const opened = new WeakMap<object, string>();
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function listening(this: pg.Client, ...args: unknown[]) {
    const [first, given] = args;
    const { text, values = [] }: Query =
      typeof first === 'string'
        ? { text: first, values: Array.isArray(given) ? given : [] }
        : (first as Query);
    if (/^\s*(begin|start|commit|rollback)/i.test(text)) opened.delete(this);
    if (text.startsWith('begin isolation level repeatable read read only')) opened.set(this, text);
    const opening = opened.get(this);
    if (opening && /^\s*(select|with)\b/i.test(text)) {
      const settings = opening.split(';').slice(1).join(';');
      const reach = /reach = '(\w+)'/.exec(settings)?.[1];
      const key = `${reach} ${text}`;
      if (!found.has(key)) found.set(key, { text, values, settings });
    }
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return [...found.values()];
}

/** What a statement reads of each table of so many rows, where the planner may read a whole one only if no index serves. */
export async function costsOf(
  client: pg.Client,
  { text, values, settings }: Statement,
  large: number,
): Promise<Cost[]> {
  await client.query(
    `begin isolation level repeatable read read only; ${settings}; set local enable_seqscan = off; set local enable_mergejoin = off; set local enable_hashjoin = off`,
  );
  try {
    const { rows } = await client.query(`explain (analyze, timing off, format json) ${text}`, [...values]);
    const costs = readingsOf(rows[0]['QUERY PLAN'][0].Plan);
    const sizes = await client.query<{ name: string; rows: number }>(
      `select relname as name, reltuples::int as rows from pg_class where relnamespace = 'exemplar'::regnamespace and reltuples >= $1`,
      [large],
    );
    const rowsOf = new Map(sizes.rows.map(({ name, rows: count }) => [name, count]));
    return costs
      .filter(({ table }) => rowsOf.has(table))
      .map(({ table, scan, part }) => ({ table, scan, part: part / (rowsOf.get(table) as number) }));
  } finally {
    await client.query('rollback');
  }
}

function readingsOf(plan: Plan): Cost[] {
  const table = plan['Relation Name'];
  const kept =
    plan['Actual Rows'] +
    (plan['Rows Removed by Filter'] ?? 0) +
    (plan['Rows Removed by Index Recheck'] ?? 0);
  const own =
    table === undefined ? [] : [{ table, scan: plan['Node Type'], part: kept * plan['Actual Loops'] }];
  return [...own, ...(plan.Plans ?? []).flatMap(readingsOf)];
}
