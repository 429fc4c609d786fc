import { cursorValues, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { given, type Sql } from '../database/sql.js';

/** A trust to which a programme awards money. */
export interface Awardee {
  id: string;
  odsCode: string;
  name: string;
}

const ROLE = `from programme_role r where r.programme_id = $1 and r.role = 'awardee'`;
/** Whether `o` is a confirmed awardee of the programme `$1`. */
export const CONFIRMED = `o.id in (select r.organisation_id ${ROLE} and r.status = 'confirmed')`;
/** Whether the reader may see figures of `o`. */
export const REACHED = `((select setting('exemplar.reach') = 'all') or o.id = (select setting('exemplar.trust_id')::uuid))`;

async function page<Row extends Awardee>(
  sql: Sql,
  programmeId: string,
  { limit, after }: PageRequest,
  { select, where, trust }: { select: string; where: string; trust: string | null },
): Promise<Page<Row>> {
  const values: unknown[] = [programmeId, limit + 1];
  const wanted = given(values, {
    'o.ods_code = ?': trust,
    '(o.name, o.id) > (?, ?::uuid)': cursorValues(after, [isText, isId]),
  });
  const rows = await sql.query<Row>(
    `select o.id, o.ods_code as "odsCode", o.name${select} from organisation o
     where ${where} and ${REACHED}${wanted} order by o.name, o.id limit $2`,
    values,
  );
  return pageOf(rows, limit, ({ name, id }) => [name, id]);
}

/**
 * A page of the confirmed awardees that the reader may see figures of, by name: what is shown trust by trust is read
 * for these alone.
 * @param trust the ODS code of the only one that is wanted
 * @throws Problem 400 where the cursor is not one
 */
export const awardeePage = (
  sql: Sql,
  programmeId: string,
  wanted: PageRequest,
  trust: string | null = null,
): Promise<Page<Awardee>> => page(sql, programmeId, wanted, { select: '', where: CONFIRMED, trust });

/** A page of all that are or were awardees, confirmed or not, by name. @throws Problem 400 where the cursor is not one */
export const everyAwardeePage = (
  sql: Sql,
  programmeId: string,
  wanted: PageRequest,
): Promise<Page<Awardee & { confirmed: boolean }>> =>
  page(sql, programmeId, wanted, {
    select: `, ${CONFIRMED} as confirmed`,
    where: `o.id in (select r.organisation_id ${ROLE})`,
    trust: null,
  });

/** How many confirmed awardees there are that the reader may see figures of. */
export async function awardeeCount(sql: Sql, programmeId: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from organisation o where ${CONFIRMED} and ${REACHED}`,
    [programmeId],
  );
  return row?.count ?? 0;
}
