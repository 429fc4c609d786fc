import { firstRow, given, type Sql } from '../../database/sql.js';
import { type PersonRef, peopleIn, personOf } from '../people.queries.js';
import type { AgreementState } from './agreement-states.js';
import type { AgreementTerms } from './agreement-terms.js';

/** A version of an agreement: what it says, and who made it stand. */
export interface AgreementVersionView {
  number: number;
  terms: AgreementTerms;
  effectiveOn: string | null;
  preparedBy: PersonRef | null;
  preparedAt: string;
  /** Who else changed it while it was a draft. */
  editedBy: PersonRef[];
  approvedBy: PersonRef | null;
  approvedAt: string | null;
  signedBy: PersonRef | null;
  signedAt: string | null;
  /** What it carried out; null for the first version. */
  changeRequest: { id: string; reference: string; title: string } | null;
}

/** Where the grant of a line stands, in pence. What is paid is less what was recovered or written off. */
export interface GrantStages {
  /** Awarded and not claimed yet. */
  remainingPence: number;
  claimedPence: number;
  approvedPence: number;
  paidPence: number;
  recoveredPence: number;
  writtenOffPence: number;
  lapsedPence: number;
  withdrawnPence: number;
}

/** Where the match of a line stands, in pence. */
export interface MatchStages {
  pledgedPence: number;
  evidencedPence: number;
  acceptedPence: number;
  withdrawnPence: number;
}

export interface AgreementLineView {
  /** Null until the agreement is in force. */
  id: string | null;
  financialYear: string;
  kind: 'capital' | 'revenue';
  agreedGrantPence: number;
  agreedMatchPence: number;
  grant: GrantStages;
  match: MatchStages;
}

export interface AgreementTrancheView {
  /** Null until the agreement is in force. */
  id: string | null;
  number: number;
  name: string;
  basis: 'advance' | 'delivery';
  plannedOn: string;
  grantPence: number;
  drawnPence: number;
  remainingPence: number;
  /** As `project/milestone`. */
  milestones: string[];
}

/** Another agreement, as one names it; null where the reader may not see it. */
interface AgreementRef {
  id: string;
  reference: string;
  trust: { odsCode: string; name: string };
}

/** An agreement in a list. */
export interface AgreementRowView {
  id: string;
  programme: string;
  trust: { odsCode: string; name: string };
  reference: string;
  state: AgreementState;
  version: number;
  activatedOn: string | null;
  agreedGrantPence: number;
  agreedMatchPence: number;
  grant: GrantStages;
  match: MatchStages;
  illustrative: boolean;
  revision: number;
}

export interface AgreementView extends AgreementRowView {
  awardId: string;
  /** The agreement that it took over, and the one that took it over. */
  predecessor: AgreementRef | null;
  successor: AgreementRef | null;
  /** The version that is in force; before the signature, the one that is being agreed. */
  current: AgreementVersionView;
  lines: AgreementLineView[];
  tranches: AgreementTrancheView[];
}

const STAGES = {
  grant: ['awarded', 'claimed', 'approved', 'paid', 'recovered', 'written-off', 'lapsed', 'withdrawn'],
  match: ['pledged', 'evidenced', 'accepted', 'withdrawn'],
} as const;

/** What is left as awarded is what remains to be claimed; elsewhere the award is the whole of it. */
const NAMES: Record<string, string> = { awarded: 'remaining', 'written-off': 'writtenOff' };

const staged = (source: keyof typeof STAGES): string =>
  `json_build_object(${STAGES[source]
    .map((stage) => {
      const name = NAMES[stage] ?? stage;
      return `'${name}Pence', coalesce(sum(a.balance_pence)
        filter (where a.source = '${source}' and a.stage = '${stage}'), 0)`;
    })
    .join(', ')})`;

const trustOf = (alias: string): string =>
  `json_build_object('odsCode', ${alias}.ods_code, 'name', ${alias}.name)`;

const VERSION = `json_build_object('number', v.number, 'terms', v.terms, 'effectiveOn', v.effective_on,
    'preparedBy', ${personOf('v.prepared_by')}, 'preparedAt', v.prepared_at,
    'editedBy', ${peopleIn('v.edited_by')},
    'approvedBy', ${personOf('v.approved_by')}, 'approvedAt', v.approved_at,
    'signedBy', ${personOf('v.signed_by')}, 'signedAt', v.signed_at,
    'changeRequest', (select json_build_object('id', c.id, 'reference', c.reference, 'title', c.title)
      from change_request c where c.id = v.change_request_id))`;

const ROW = `g.id, r.slug as programme, ${trustOf('o')} as trust, g.reference, g.state, g.version,
    g.activated_on as "activatedOn", agreed.grant_pence as "agreedGrantPence", agreed.match_pence as "agreedMatchPence",
    stages.grants as grant, stages.matches as match, g.illustrative, g.revision`;

const from = (
  agreements: string,
): string => `${agreements} g join programme r on r.id = g.programme_id join organisation o on o.id = g.trust_id
    join agreement_version v on v.agreement_id = g.id and v.number = g.version
    cross join lateral (select coalesce(sum("grantPence"), 0)::bigint as grant_pence,
        coalesce(sum("matchPence"), 0)::bigint as match_pence
      from jsonb_to_recordset(v.terms -> 'lines') as t("grantPence" bigint, "matchPence" bigint)) agreed
    cross join lateral (select ${staged('grant')} as grants, ${staged('match')} as matches
      from funding_line l join account a on a.line_id = l.id where l.agreement_id = g.id) stages`;

const LINES = `select coalesce(json_agg(each.line order by each.year, each.kind), '[]') from (
    select coalesce(l.financial_year, t."financialYear") as year, coalesce(l.kind, t.kind) as kind,
      json_build_object('id', l.id, 'financialYear', coalesce(l.financial_year, t."financialYear"),
        'kind', coalesce(l.kind, t.kind), 'agreedGrantPence', coalesce(t."grantPence", 0),
        'agreedMatchPence', coalesce(t."matchPence", 0), 'grant', ${staged('grant')},
        'match', ${staged('match')}) as line
    from jsonb_to_recordset(v.terms -> 'lines')
        as t("financialYear" text, kind text, "grantPence" bigint, "matchPence" bigint)
      full join (select id, financial_year, kind from funding_line where agreement_id = g.id) l
        on l.financial_year = t."financialYear" and l.kind = t.kind
      left join account a on a.line_id = l.id
    group by l.id, l.financial_year, l.kind, t."financialYear", t.kind, t."grantPence", t."matchPence") each`;

const TRANCHES = `select coalesce(json_agg(json_build_object('id', n.id, 'number', t.number, 'name', t.name,
      'basis', t.basis, 'plannedOn', t."plannedOn", 'grantPence', t."grantPence", 'drawnPence', coalesce(n.drawn_pence, 0),
      'remainingPence', t."grantPence" - coalesce(n.drawn_pence, 0), 'milestones', t.milestones) order by t.number), '[]')
    from jsonb_to_recordset(v.terms -> 'tranches') as t(number integer, name text, basis text, "plannedOn" date,
        "grantPence" bigint, milestones jsonb)
      left join tranche n on n.agreement_id = g.id and n.number = t.number`;

const named = (condition: string): string =>
  `(select json_build_object('id', x.id, 'reference', x.reference, 'trust', ${trustOf('y')})
    from agreement x join organisation y on y.id = x.trust_id where ${condition})`;

/** One agreement by its id: the version in force, its lines with their balances, its tranches. */
export function agreement(sql: Sql, id: string): Promise<AgreementView | undefined> {
  return firstRow<AgreementView>(
    sql,
    `select ${ROW}, g.award_id as "awardId", ${named('x.id = g.predecessor_id')} as predecessor,
       ${named('x.predecessor_id = g.id')} as successor, ${VERSION} as current, (${LINES}) as lines,
       (${TRANCHES}) as tranches
     from ${from('agreement')} where g.id = $1`,
    [id],
  );
}

export interface AgreementFilter {
  /** By ODS code. */
  trust: string | null;
  state: string | null;
}

/**
 * A programme's agreements in the order in which they were begun, `limit` at most, those after an id where given.
 * @param filter `trusts`: of any of these, by ODS code
 */
export function agreements(
  sql: Sql,
  programmeId: string,
  filter: AgreementFilter & { trusts?: readonly string[] },
  limit: number,
  after: string | null,
): Promise<AgreementRowView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    'g.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'g.state = ?': filter.state,
    'g.trust_id in (select id from organisation where ods_code = any (?))': filter.trusts && [filter.trusts],
    'g.id > ?': after,
  });
  return sql.query<AgreementRowView>(
    `select ${ROW} from ${from(`(select * from agreement g where g.programme_id = $1${wanted} order by g.id limit $2)`)}
     order by g.id`,
    values,
  );
}

/** All versions of an agreement, newest first. */
export async function agreementVersions(sql: Sql, agreementId: string): Promise<AgreementVersionView[]> {
  const rows = await sql.query<{ version: AgreementVersionView }>(
    `select ${VERSION} as version from agreement_version v where v.agreement_id = $1 order by v.number desc`,
    [agreementId],
  );
  return rows.map(({ version }) => version);
}

/** What the version in force says; before the signature, the one that is being agreed. */
export async function termsInForce(sql: Sql, agreementId: string): Promise<AgreementTerms> {
  const row = await firstRow<{ terms: AgreementTerms }>(
    sql,
    `select v.terms from agreement g join agreement_version v on v.agreement_id = g.id and v.number = g.version
     where g.id = $1`,
    [agreementId],
  );
  if (!row) throw new Error(`The agreement ${agreementId} has no version in force`);
  return row.terms;
}

/** What new terms of an agreement must leave as it is: `Standing` of agreement-terms.rules.ts. */
export async function standingOf(
  sql: Sql,
  agreementId: string,
): Promise<{
  tranches: Array<{ number: number; drawnPence: number; named: boolean }>;
  costs: { firstOn: string; lastOn: string } | null;
}> {
  const tranches = await sql.query<{ number: number; drawnPence: number; named: boolean }>(
    `select t.number, t.drawn_pence as "drawnPence",
       exists (select from claim c where c.tranche_id = t.id)
         or exists (select from gate_waiver w where w.tranche_id = t.id)
         or exists (select from posting p where p.tranche_id = t.id) as named
     from tranche t where t.agreement_id = $1 order by t.number`,
    [agreementId],
  );
  const costs = await firstRow<{ firstOn: string | null; lastOn: string | null }>(
    sql,
    `select min(on_day) as "firstOn", max(on_day) as "lastOn" from (
       select l.incurred_on as on_day from claim c join claim_line l on l.claim_id = c.id and l.version = c.version
       where c.agreement_id = $1 and c.state not in ('draft', 'fd-certified', 'rejected', 'withdrawn')
       union all
       select incurred_on from contribution where agreement_id = $1 and state in ('evidenced', 'accepted')) counted`,
    [agreementId],
  );
  const { firstOn = null, lastOn = null } = costs ?? {};
  return { tranches, costs: firstOn === null || lastOn === null ? null : { firstOn, lastOn } };
}
