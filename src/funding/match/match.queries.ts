import { firstRow, given, type Sql } from '../../database/sql.js';
import { IN_FORCE } from '../agreements/agreement.rules.js';
import { type AgreementState } from '../agreements/agreement-states.js';
import { EXPECTED_ON } from '../gates/gate.queries.js';
import { GRANTED_CLAIMS } from '../gates/gate.rules.js';
import { type ContributionView, contributionsOf } from './contribution.queries.js';
import { evidenceOfMatch } from './cost-evidence.queries.js';
import type { MatchFacts } from './match.rules.js';

/** An agreement in force, with all that its match is held against. */
export interface AgreementMatch {
  agreement: { id: string; reference: string; state: AgreementState };
  trust: { odsCode: string; name: string };
  facts: MatchFacts;
  illustrative: boolean;
}

const sumOf = (source: string, ...stages: string[]): string =>
  `coalesce(sum(a.balance_pence) filter (where a.source = '${source}' and a.stage in (${stages
    .map((stage) => `'${stage}'`)
    .join(', ')})), 0)`;

/** The match that some grant of an agreement `s` needs, as `matchFor` of money.ts says it. */
export const matchFor = (grant: string): string =>
  `div((${grant}) * s.match_pence + s.per_grant_pence - 1, s.per_grant_pence)`;

/** What stands in the accounts of agreements, aliased `standing` with their ratios: each with its grant and its match. */
export const HELD = `select s.id, s.match_pence, s.per_grant_pence, coalesce(h.open, 0) as open,
    coalesce(h.paid, 0) as paid, coalesce(h.approved, 0) + coalesce(h.paid, 0) as granted,
    coalesce(h.evidenced, 0) as evidenced, coalesce(h.accepted, 0) as accepted
  from standing s left join (
    select l.agreement_id, ${sumOf('grant', 'awarded', 'claimed')} as open, ${sumOf('grant', 'approved')} as approved,
      ${sumOf('grant', 'paid', 'written-off')} as paid, ${sumOf('match', 'evidenced')} as evidenced,
      ${sumOf('match', 'accepted')} as accepted
    from standing s join funding_line l on l.agreement_id = s.id join account a on a.line_id = l.id
    where a.balance_pence > 0 and a.stage in ('awarded', 'claimed', 'approved', 'paid', 'written-off', 'evidenced', 'accepted')
    group by l.agreement_id) h on h.agreement_id = s.id`;

/** Which agreements are wanted; what is null or left out narrows nothing. */
export interface MatchFilter {
  /** By ODS code. */
  trust?: string | null;
  ids?: readonly string[];
  /** Those after an ODS code and an id. */
  after?: unknown[] | null;
}

/**
 * The agreements of a programme that are in force, by the code of their trust, with what their match is held against.
 * @param limit at most; null for all that the reader may see
 */
export function agreementMatches(
  sql: Sql,
  programmeId: string,
  { trust, ids, after }: MatchFilter,
  limit: number | null,
): Promise<AgreementMatch[]> {
  const values: unknown[] = [programmeId, IN_FORCE, GRANTED_CLAIMS, limit];
  const wanted = given(values, {
    'o.ods_code = ?': trust,
    'g.id = any (?::uuid[])': ids && [ids],
    '(o.ods_code, g.id) > (?, ?::uuid)': after,
  });
  return sql.query<AgreementMatch>(
    `with picked as materialized (select g.id, g.reference, g.state, g.illustrative, g.match_pence, g.per_grant_pence,
         o.ods_code, o.name
       from agreement g join organisation o on o.id = g.trust_id
       where g.programme_id = $1 and g.state = any ($2)${wanted} order by o.ods_code, g.id limit $4)
     select json_build_object('id', g.id, 'reference', g.reference, 'state', g.state) as agreement,
       json_build_object('odsCode', g.ods_code, 'name', g.name) as trust, g.illustrative,
       json_build_object(
         'ratio', json_build_object('matchPence', g.match_pence, 'perGrantPence', g.per_grant_pence),
         'grant', stages.grants, 'evidencedPence', stages.evidenced, 'acceptedPence', stages.accepted,
         'pledges', (select coalesce(json_agg(json_build_object('expectedOn', m.expected_on, 'amountPence', m.amount)
             order by m.expected_on), '[]')
           from (select expected_on, sum(amount_pence) as amount from contribution
             where agreement_id = g.id and state = 'pledged' group by expected_on) m),
         'tranches', (select coalesce(json_agg(json_build_object('id', t.id, 'number', t.number, 'name', t.name,
             'basis', t.basis, 'expectedOn', ${EXPECTED_ON}, 'grantPence', t.grant_pence,
             'passedPence', (select coalesce(sum(c.approved_pence), 0) from claim c
               where c.tranche_id = t.id and c.state = any ($3))) order by t.number), '[]')
           from tranche t where t.agreement_id = g.id)) as facts
     from picked g
       cross join lateral (
         select json_build_object('openPence', ${sumOf('grant', 'awarded', 'claimed')},
             'approvedPence', ${sumOf('grant', 'approved')}, 'paidPence', ${sumOf('grant', 'paid', 'written-off')}) as grants,
           ${sumOf('match', 'evidenced')} as evidenced, ${sumOf('match', 'accepted')} as accepted
         from funding_line l join account a on a.line_id = l.id where l.agreement_id = g.id) stages
     order by g.ods_code, g.id`,
    values,
  );
}

/** Agreements of a programme whose match is missing beside what was paid: how many, and what is missing, in all. */
export interface ShortAgreements {
  count: number;
  amountPence: number;
  /** By the code of their trust. */
  ids: string[];
}

/** The agreements in force with less match than what was paid needs, `limit` at most, those after a code and id where given. */
export async function shortAgreements(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: unknown[] | null,
): Promise<ShortAgreements> {
  const values: unknown[] = [programmeId, IN_FORCE, limit];
  const beyond = given(values, { '(o.ods_code, s.id) > (?, ?::uuid)': after });
  const found = await firstRow<ShortAgreements>(
    sql,
    `with standing as materialized (select g.id, g.trust_id, g.match_pence, g.per_grant_pence from agreement g
         where g.programme_id = $1 and g.state = any ($2)),
       short as materialized (select s.id, ${matchFor('s.paid')} - s.accepted as pence from (${HELD}) s
         where ${matchFor('s.paid')} > s.accepted)
     select (select count(*)::int from short) as count, (select coalesce(sum(pence), 0)::bigint from short) as "amountPence",
       array(select s.id from short s join standing g on g.id = s.id join organisation o on o.id = g.trust_id
         where true${beyond} order by o.ods_code, s.id limit $3) as ids`,
    values,
  );
  return found as ShortAgreements;
}

/** All contributions of agreements, oldest first, with their evidence: what counts of it, and what does not. */
export async function provedContributions(
  sql: Sql,
  agreementIds: readonly string[],
): Promise<ContributionView[]> {
  const rows = await contributionsOf(sql, agreementIds);
  const byId = new Map<string | null, ContributionView>(
    rows.map((row) => [row.id, { ...row, evidence: [] }]),
  );
  for (const each of await evidenceOfMatch(sql, agreementIds))
    byId.get(each.contribution)?.evidence.push(each);
  return [...byId.values()];
}

/** A trust that has, or had, a part in a programme's money, where the reader may see it. */
export function fundedTrust(
  sql: Sql,
  programmeId: string,
  ods: string,
): Promise<{ odsCode: string; name: string } | undefined> {
  return firstRow(
    sql,
    `select o.ods_code as "odsCode", o.name from organisation o where o.ods_code = $2 and (
       exists (select from award a where a.trust_id = o.id and a.programme_id = $1)
       or exists (select from agreement g where g.trust_id = o.id and g.programme_id = $1))`,
    [programmeId, ods],
  );
}
