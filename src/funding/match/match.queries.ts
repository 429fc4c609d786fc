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

/**
 * The agreements of a programme that are in force, by the code of their trust, with what their match is held against.
 * @param trust by ODS code; null for all that the reader may see
 */
export function agreementMatches(
  sql: Sql,
  programmeId: string,
  trust: string | null,
): Promise<AgreementMatch[]> {
  const values: unknown[] = [programmeId, IN_FORCE, GRANTED_CLAIMS];
  const wanted = given(values, { 'o.ods_code = ?': trust });
  return sql.query<AgreementMatch>(
    `select json_build_object('id', g.id, 'reference', g.reference, 'state', g.state) as agreement,
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, g.illustrative,
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
     from agreement g join organisation o on o.id = g.trust_id
       cross join lateral (
         select json_build_object('openPence', ${sumOf('grant', 'awarded', 'claimed')},
             'approvedPence', ${sumOf('grant', 'approved')}, 'paidPence', ${sumOf('grant', 'paid', 'written-off')}) as grants,
           ${sumOf('match', 'evidenced')} as evidenced, ${sumOf('match', 'accepted')} as accepted
         from funding_line l join account a on a.line_id = l.id where l.agreement_id = g.id) stages
     where g.programme_id = $1 and g.state = any ($2)${wanted} order by o.ods_code, g.id`,
    values,
  );
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
