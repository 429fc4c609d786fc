import { given, type Sql } from '../../database/sql.js';
import type { ContributionState } from './contribution.rules.js';
import { MOST_NAMED, type ScrutinisedMatch } from './match-concerns.rules.js';

/** A contribution with what an auditor looks at. */
export interface ScrutinisedContribution extends ScrutinisedMatch {
  id: string;
  reference: string;
  agreement: { id: string; reference: string };
  trust: { odsCode: string; name: string };
  state: ContributionState;
  illustrative: boolean;
}

/** The supplier in a reference key. */
const supplierIn = (key: string): string => `split_part(${key}, ' ', 1)`;

/** The suppliers of what counts as evidence of a contribution; null where nothing does. */
const suppliersOf = (contribution: string): string =>
  `(select array_agg(${supplierIn('e.reference_key')}) from cost_evidence e where e.contribution_id = ${contribution} and e.counts)`;

/** Match `x` that counts, of the day, the amount and a supplier of `m`. */
const MATCH_ALIKE = `from contribution x where x.state in ('evidenced', 'accepted') and x.incurred_on = m.incurred_on
  and x.amount_pence = m.amount_pence and x.id <> m.id and ${suppliersOf('m.id')} && ${suppliersOf('x.id')}`;

/** Lines of claims with a reference of `m`; else of its day, its amount and a supplier of it. */
const LINES_ALIKE = `select l.claim_id, l.version, true as same from cost_evidence a join claim_line l
    on cost_reference_key(l.supplier, l.invoice_reference) = a.reference_key
  where a.contribution_id = m.id and a.counts
  union all
  select l.claim_id, l.version, false from claim_line l
  where l.incurred_on = m.incurred_on and l.claimed_pence = m.amount_pence
    and array[${supplierIn("cost_reference_key(l.supplier, '')")}] && ${suppliersOf('m.id')}`;
const CLAIMS_ALIKE = `from (${LINES_ALIKE}) f join claim x on x.id = f.claim_id and x.version = f.version
  where x.state not in ('draft', 'fd-certified', 'rejected', 'withdrawn')`;

/** Costs that may be the same as `m`: of match, and of claims under way or paid; one more of each than are named. */
const ALIKE = `(select json_agg(json_build_object('kind', c.kind, 'id', c.id, 'reference', c.reference,
      'sameReference', c.same) order by c.reference)
    from (
      (select 'contribution' as kind, x.id, x.reference, false as same ${MATCH_ALIKE} order by x.id limit ${MOST_NAMED + 1})
      union all
      (select 'claim', x.id, x.reference, bool_or(f.same) ${CLAIMS_ALIKE} group by x.id, x.reference
       order by x.id limit ${MOST_NAMED + 1})) c)`;

/** Evidence `b` that counts no more and is the same as what `m` has. */
const FORMER = `from cost_evidence a join lateral (
      select b.* from cost_evidence b where not b.counts and b.sha256 = a.sha256
      union select b.* from cost_evidence b where not b.counts and b.reference_key = a.reference_key) b on true
  where a.contribution_id = m.id and a.counts and b.contribution_id is distinct from m.id`;

/** What the evidence of `m` was sent for before, and counts for no more. */
const FORMERLY = `(select json_agg(json_build_object('kind', u.kind, 'id', u.id, 'reference', u.reference) order by u.reference)
    from (select distinct case when c.id is null then 'contribution' else 'claim' end as kind, coalesce(c.id, x.id) as id,
        coalesce(c.reference, x.reference) as reference
      from (select b.claim_id, b.contribution_id ${FORMER}) b
        left join claim c on c.id = b.claim_id left join contribution x on x.id = b.contribution_id
      order by reference limit ${MOST_NAMED + 1}) u)`;

/**
 * The ids of match of a programme that counts or waits to be accepted and that an auditor may want to look at, in the
 * order in which it was recorded, `limit` at most, what is after an id where given.
 * @param fitting what fits, as `type valuation`, for the types that have a rule
 * @param ruled the types that have one
 */
export async function scrutinisedIds(
  sql: Sql,
  programmeId: string,
  { fitting, ruled }: { fitting: readonly string[]; ruled: readonly string[] },
  limit: number,
  after: string | null,
): Promise<string[]> {
  const values: unknown[] = [programmeId, limit, fitting, ruled];
  const wanted = given(values, { 'm.id > ?': after });
  const rows = await sql.query<{ id: string }>(
    `select m.id from contribution m
     where m.programme_id = $1 and m.state in ('evidenced', 'accepted')${wanted}
       and (m.type <> 'cash'
         or (m.type = any ($4) and not (m.type || ' ' || m.valuation = any ($3)))
         or exists (select ${MATCH_ALIKE}) or exists (select ${CLAIMS_ALIKE}) or exists (select ${FORMER}))
     order by m.id limit $2`,
    values,
  );
  return rows.map(({ id }) => id);
}

/** Contributions with what an auditor looks at, by their ids, in the order in which they were recorded. */
export function scrutinisedMatch(sql: Sql, ids: readonly string[]): Promise<ScrutinisedContribution[]> {
  return sql.query<ScrutinisedContribution>(
    `select m.id, m.reference, json_build_object('id', g.id, 'reference', g.reference) as agreement,
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, m.state, m.type,
       (select t ->> 'label' from jsonb_array_elements(v.terms -> 'matchRules' -> 'types') t
         where t ->> 'code' = m.type) as "typeLabel",
       m.valuation, m.amount_pence as "amountPence", m.illustrative,
       coalesce(${ALIKE}, '[]') as alike, coalesce(${FORMERLY}, '[]') as formerly
     from contribution m join agreement g on g.id = m.agreement_id join organisation o on o.id = m.trust_id
       join agreement_version v on v.agreement_id = g.id and v.number = g.version
     where m.id = any ($1) order by m.id`,
    [ids],
  );
}
