import { given, type Sql } from '../database/sql.js';

/** What a trust's agreements cost, grant and match together. Whole pence. */
export interface TrustCost {
  trustId: string;
  /** Grant that did not lapse and match that is pledged or more: as agreed, which says nothing of VAT. */
  agreedPence: number;
  /** Grant that is paid and not recovered, and match that is accepted, with VAT that nobody gives back. */
  spentPence: number;
  /** The VAT in it. */
  vatPence: number;
  illustrative: boolean;
}

/** The VAT in what was approved of a cost, in proportion, to the penny. */
const vatOf = (approved: string): string => `sum(${approved} - round(${approved}::numeric * x.net_pence
    / (x.net_pence + x.vat_pence - x.recoverable_vat_pence)))`;
const HAS_VAT = 'x.net_pence + x.vat_pence - x.recoverable_vat_pence > 0';

/** What agreements of a programme cost, by trust; of some trusts, or of all. */
export function trustCosts(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[] | null,
): Promise<TrustCost[]> {
  const values: unknown[] = [programmeId];
  const wanted = given(values, { 'g.trust_id = any (?::uuid[])': trustIds && [trustIds] });
  return sql.query<TrustCost>(
    `with agreed as materialized (select g.id, g.trust_id, g.illustrative from agreement g where g.programme_id = $1
         and g.state in ('active', 'suspended', 'closing', 'closed', 'terminated', 'novated')${wanted}),
       held as (select g.trust_id, bool_or(g.illustrative) as illustrative,
           sum(b.balance_pence) filter (where (b.source, b.stage) in (('grant', 'awarded'), ('grant', 'claimed'),
             ('grant', 'approved'), ('grant', 'paid'), ('grant', 'written-off'), ('match', 'pledged'),
             ('match', 'evidenced'), ('match', 'accepted'))) as agreed,
           sum(b.balance_pence) filter (where (b.source, b.stage) in (('grant', 'paid'), ('grant', 'written-off'),
             ('match', 'accepted'))) as spent
         from agreed g join funding_line l on l.agreement_id = g.id join account b on b.line_id = l.id
         group by g.trust_id),
       vat as (select v.trust_id, sum(v.pence) as pence from (
           select g.trust_id, ${vatOf('x.approved_pence')} as pence from agreed g
             join claim c on c.agreement_id = g.id and c.state in ('paid', 'reconciled')
             join claim_line x on x.claim_id = c.id and x.version = c.version and x.approved_pence > 0 and ${HAS_VAT}
           group by g.trust_id
           union all
           select g.trust_id, ${vatOf('x.amount_pence')} from agreed g
             join contribution x on x.agreement_id = g.id and x.state = 'accepted' and ${HAS_VAT}
           group by g.trust_id) v group by v.trust_id)
     select h.trust_id as "trustId", coalesce(h.agreed, 0)::bigint as "agreedPence",
       coalesce(h.spent, 0)::bigint as "spentPence", coalesce(v.pence, 0)::bigint as "vatPence", h.illustrative
     from held h left join vat v on v.trust_id = h.trust_id order by h.trust_id`,
    values,
  );
}
