import { given, type Sql } from '../../database/sql.js';
import type { ContributionState } from './contribution.rules.js';
import type { ScrutinisedMatch } from './match-concerns.rules.js';

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

/** Costs that may be the same as `m`: of match, and of claims under way or paid. */
const ALIKE = `(select json_agg(json_build_object('kind', c.kind, 'id', c.id, 'reference', c.reference,
      'sameReference', c.same) order by c.reference)
    from (
      select 'contribution' as kind, x.id, x.reference, false as same from contribution x
      where x.id <> m.id and x.state in ('evidenced', 'accepted') and x.amount_pence = m.amount_pence
        and x.incurred_on = m.incurred_on
        and exists (select from cost_evidence a join cost_evidence b
            on ${supplierIn('a.reference_key')} = ${supplierIn('b.reference_key')}
          where a.contribution_id = m.id and a.counts and b.contribution_id = x.id and b.counts)
      union all
      select 'claim', x.id, x.reference, bool_or(f.same) from (
          select l.claim_id, l.version, true as same from cost_evidence a join claim_line l
            on cost_reference_key(l.supplier, l.invoice_reference) = a.reference_key
          where a.contribution_id = m.id and a.counts
          union all
          select l.claim_id, l.version, false from claim_line l
          where l.incurred_on = m.incurred_on and l.claimed_pence = m.amount_pence
            and exists (select from cost_evidence a where a.contribution_id = m.id and a.counts
              and ${supplierIn('a.reference_key')} = ${supplierIn("cost_reference_key(l.supplier, '')")})) f
        join claim x on x.id = f.claim_id and x.version = f.version
      where x.state not in ('draft', 'fd-certified', 'rejected', 'withdrawn') group by x.id, x.reference) c)`;

/** What the evidence of `m` was sent for before, and counts for no more. */
const FORMERLY = `(select json_agg(distinct jsonb_build_object('kind', case when c.id is null then 'contribution' else 'claim' end,
      'id', coalesce(c.id, x.id), 'reference', coalesce(c.reference, x.reference)))
    from cost_evidence a join lateral (
        select b.* from cost_evidence b where not b.counts and b.sha256 = a.sha256
        union select b.* from cost_evidence b where not b.counts and b.reference_key = a.reference_key) b on true
      left join claim c on c.id = b.claim_id left join contribution x on x.id = b.contribution_id
    where a.contribution_id = m.id and a.counts and b.contribution_id is distinct from m.id)`;

/**
 * Match of a programme that counts or waits to be accepted and that an auditor may want to look at, in the order in
 * which it was recorded, `limit` at most, what is after an id where given.
 * @param fitting what fits, as `type valuation`, for the types that have a rule
 * @param ruled the types that have one
 */
export function scrutinisedMatch(
  sql: Sql,
  programmeId: string,
  { fitting, ruled }: { fitting: readonly string[]; ruled: readonly string[] },
  limit: number,
  after: string | null,
): Promise<ScrutinisedContribution[]> {
  const values: unknown[] = [programmeId, limit, fitting, ruled];
  const wanted = given(values, { 'm.id > ?': after });
  return sql.query<ScrutinisedContribution>(
    `select * from (
       select m.id, m.reference, json_build_object('id', g.id, 'reference', g.reference) as agreement,
         json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, m.state, m.type,
         (select t ->> 'label' from jsonb_array_elements(v.terms -> 'matchRules' -> 'types') t
           where t ->> 'code' = m.type) as "typeLabel",
         m.valuation, m.amount_pence as "amountPence", m.illustrative,
         coalesce(${ALIKE}, '[]') as alike, coalesce(${FORMERLY}, '[]') as formerly
       from contribution m join agreement g on g.id = m.agreement_id join organisation o on o.id = m.trust_id
         join agreement_version v on v.agreement_id = g.id and v.number = g.version
       where m.programme_id = $1 and m.state in ('evidenced', 'accepted')${wanted}) s
     where s.type <> 'cash' or s.valuation = 'estimate' or json_array_length(s.alike) > 0
       or json_array_length(s.formerly) > 0
       or (s.type = any ($4) and not (s.type || ' ' || s.valuation = any ($3)))
     order by s.id limit $2`,
    values,
  );
}
