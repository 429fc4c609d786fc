import type { DateOn } from '../core/calendar.js';
import { firstRow, type ReadSql, type Sql } from '../database/sql.js';

/** Figures by their names, in pence or counted; one that is not named is 0. */
export type Sums = Readonly<Record<string, number>>;

/** What a sum is asked for with: the day, a year. */
export type Asked = ReadonlyArray<string | null>;

/** A sum over the trusts of a programme, to which each brings what its own rows come to and nothing else. */
export interface TrustSum<Of extends object = Sums> {
  /** Stable: what is kept is kept under it. */
  readonly name: string;
  /** The tables that it reads. Where a row without a trust changes in one of them, all is added up anew. */
  readonly tables: readonly string[];
  /** Those of them of which a row may change what is of no one trust: after that too all is added up anew. */
  readonly shared?: readonly string[];
  /** What it is asked for with on a day. */
  asked(sql: Sql, programmeId: string, today: DateOn): Promise<Asked>;
  /** What some trusts come to; null: all that the reader may see. Of a row of no trust: what all come to. */
  of(sql: Sql, programmeId: string, asked: Asked, trusts: readonly string[] | null): Promise<Of>;
}

/** A project that goes to another trust takes rows of many tables along, and the log names whom they came to. */
const PROJECT = 'project';

/** Of more of the trusts than one in so many it takes as long to add up what came and went as to add up all anew. */
const ONE_IN = 4;

/** What was kept last, and the trusts of which something changed since; `many`: there are more than are worth it. */
const KEPT = `select k.number, k.sums, c.changed, cardinality(c.changed) > k.trusts / ${ONE_IN} as many
  from (select number, trusts, sums from kept_sum where programme_id = $1 and name = $2 and asked = $3
    order by number desc limit 1) k
    cross join lateral (select array(select distinct case when e.table_name = any ($5) then null else e.trust_id end
      from log_entry e
      where e.number > k.number and e.table_name = any ($4) limit k.trusts / ${ONE_IN} + 1) as changed) c`;

/** What was kept last, and the trusts of which something changed since; undefined where all has to be looked at. */
export async function keptOf<Of extends object>(
  sql: Sql,
  sum: TrustSum<Of>,
  programmeId: string,
  asked: Asked,
): Promise<{ number: number; sums: Of; changed: string[] } | undefined> {
  const kept = await firstRow<{ number: number; sums: Of; changed: Array<string | null>; many: boolean }>(
    sql,
    KEPT,
    [
      programmeId,
      sum.name,
      JSON.stringify(asked),
      [...sum.tables, PROJECT],
      [...(sum.shared ?? []), PROJECT],
    ],
  );
  if (!kept || kept.many || kept.changed.includes(null)) return undefined;
  return { ...kept, changed: kept.changed as string[] };
}

/**
 * What all trusts come to, at the moment of the reading and exact: what was kept last, and of each trust of which
 * something changed since, what it comes to now less what it came to then. Of a trust's reader, what their own comes to.
 */
export async function sumOfTrusts<Of extends object = Sums>(
  sql: ReadSql,
  sum: TrustSum<Of>,
  programmeId: string,
  asked: Asked,
): Promise<Of> {
  if (sql.trustId !== null) return sum.of(sql, programmeId, asked, [sql.trustId]);
  const kept = await keptOf(sql, sum, programmeId, asked);
  if (!kept) return sum.of(sql, programmeId, asked, null);
  const { sums, number, changed } = kept;
  if (changed.length === 0) return sums;
  const now = await sum.of(sql, programmeId, asked, changed);
  const then = await sum.of(sql.asAt(number), programmeId, asked, changed);
  return moved<Of>(sums, now, then);
}

/** The sums that a statement gives as rows of `name` and `value`; a figure of which there is none is 0. */
export async function sumsOf(sql: Sql, text: string, values: readonly unknown[]): Promise<Sums> {
  const rows = await sql.query<{ name: string; value: number | string | null }>(text, values);
  return Object.fromEntries(rows.map(({ name, value }) => [name, Number(value ?? 0)]));
}

/** The sums that a statement gives as one row, each a column of its own name. */
export async function sumsInRow<Of extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[],
): Promise<Of> {
  return (await firstRow<Of>(sql, text, values)) as Of;
}

/** Conditions, each for rows of some trusts alone by what it names; nothing where all are wanted. */
export function ofTrusts(values: unknown[], trusts: readonly string[] | null): (column: string) => string {
  const place = trusts === null ? 0 : values.push(trusts);
  return (column) => (place === 0 ? '' : ` and ${column} = any ($${place}::uuid[])`);
}

/** Sums to which something came, and from which something went. */
export function moved<Of extends object>(sums: Of, came: Of, went: Of): Of {
  const all = [sums, came, went] as unknown as [Sums, Sums, Sums];
  const names = new Set(all.flatMap(Object.keys));
  const [are, more, less] = all;
  return Object.fromEntries(
    [...names].map((name) => [name, (are[name] ?? 0) + (more[name] ?? 0) - (less[name] ?? 0)]),
  ) as Of;
}

/** What a programme's trusts came to after an entry of the log. */
export interface KeptSum {
  name: string;
  asked: Asked;
  number: number;
  sums: object;
}

/** Keeps what a programme's trusts come to, in place of what was kept earlier that day. */
export async function keepSum(
  sql: Sql,
  programmeId: string,
  { name, asked, number, sums }: KeptSum,
  { today, trusts }: { today: DateOn; trusts: number },
): Promise<void> {
  await sql.query(
    `insert into kept_sum (programme_id, name, asked, kept_on, number, trusts, sums)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (programme_id, name, asked, kept_on)
     do update set number = excluded.number, trusts = excluded.trusts, sums = excluded.sums`,
    [programmeId, name, JSON.stringify(asked), today, number, trusts, JSON.stringify(sums)],
  );
}

/** What was kept last of each sum of a programme, whatever it was asked for with. */
export function lastKeptSums(sql: Sql, programmeId: string): Promise<KeptSum[]> {
  return sql.query<KeptSum>(
    `select distinct on (name) name, asked, number, sums from kept_sum where programme_id = $1
     order by name, number desc, asked`,
    [programmeId],
  );
}
