import { given, type Sql } from '../../database/sql.js';
import type { Narrowed, Population, PopulationItem } from './sample.types.js';

/** The financial year of a day, as the label that lines have. */
const yearOf = (day: string): string =>
  `(extract(year from ${day} - interval '3 months')::int || '/' || lpad((extract(year from ${day} + interval '9 months')::int % 100)::text, 2, '0'))`;

/** The items of each population: id, reference, whose, year, capital or revenue, day, amount, and what stands behind it. */
const ITEMS: Record<Population, string> = {
  payments: `select p.id, p.reference, p.trust_id, ${yearOf('p.paid_on')} as year, null::text as kind, p.paid_on as day,
      p.amount_pence as pence, 'payment' as about_table, p.id as about_id
    from payment p where p.programme_id = $1 and p.state in ('paid', 'reconciled')`,
  'claim-lines': `select l.id, c.reference || ', line ' || l.position as reference, c.trust_id, f.financial_year as year,
      f.kind, coalesce(l.incurred_on, (c.submitted_at at time zone 'Europe/London')::date) as day,
      l.claimed_pence as pence, 'claim' as about_table, c.id as about_id
    from claim c join claim_line l on l.claim_id = c.id and l.version = c.version join funding_line f on f.id = l.line_id
    where c.programme_id = $1 and c.submitted_at is not null and c.state not in ('draft', 'fd-certified', 'withdrawn')`,
  postings: `select p.id, j.dated_on || ' ' || p.kind || ': ' || p.source || ' from ' || p.from_stage || ' to ' || p.to_stage
        as reference, p.trust_id, f.financial_year as year, f.kind, j.dated_on as day, p.amount_pence as pence,
      'journal' as about_table, j.id as about_id
    from agreement g join posting p on p.agreement_id = g.id join journal j on j.id = p.journal_id
      join funding_line f on f.id = p.line_id
    where g.programme_id = $1`,
  'match-contributions': `select c.id, c.reference, c.trust_id, f.financial_year as year, f.kind, c.incurred_on as day,
      c.amount_pence as pence, 'contribution' as about_table, c.id as about_id
    from contribution c join funding_line f on f.id = c.line_id
    where c.programme_id = $1 and c.state in ('evidenced', 'accepted')`,
};

/**
 * A population of a programme, by id: payments that went out; lines of claims that were submitted and not withdrawn, as
 * the version now; postings of the ledger; contributions that are evidenced or accepted.
 */
export function populationOf(
  sql: Sql,
  programmeId: string,
  population: Population,
  { trust, financialYear, kind, from, to }: Narrowed,
): Promise<PopulationItem[]> {
  const values: unknown[] = [programmeId];
  const wanted = given(values, {
    'o.ods_code = ?': trust,
    'x.year = ?': financialYear,
    'x.kind = ?': kind,
    'x.day >= ?': from,
    'x.day <= ?': to,
  });
  return sql.query<PopulationItem>(
    `select x.id, x.reference, o.ods_code as "trustOds", x.year as "financialYear", x.pence as "amountPence",
       x.about_table as "aboutTable", x.about_id as "aboutId"
     from (${ITEMS[population]}) x join organisation o on o.id = x.trust_id where true${wanted} order by x.id`,
    values,
  );
}
