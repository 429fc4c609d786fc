import type { DateOn } from '../../core/calendar.js';
import type { FinancialYear } from '../../core/financial-period.js';
import { firstRow, given, type Sql } from '../../database/sql.js';
import { IN_FORCE } from '../agreements/agreement.rules.js';
import type { AgreedTranche, AgreementTerms } from '../agreements/agreement-terms.js';

/** What the awards add up to in pence, where it is not what the programme's control totals say. */
export function totalsInForce(
  sql: Sql,
  programmeId: string,
): Promise<{ grant: number; match: number } | undefined> {
  return firstRow(
    sql,
    `select grant_sum as grant, match_sum as match
     from programme p, lateral (
       select coalesce(sum(l.grant_pence), 0)::bigint as grant_sum, coalesce(sum(l.match_pence), 0)::bigint as match_sum
       from award a join award_line l on l.award_id = a.id where a.programme_id = p.id) sums
     where p.id = $1 and (grant_sum, match_sum) <> (p.control_grant_pence, p.control_match_pence)`,
    [programmeId],
  );
}

/** The programme's awards that are agreed: from the trust's code to the reference of the agreement that stands. */
export async function agreedAwards(sql: Sql, programmeId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ odsCode: string; reference: string }>(
    `select o.ods_code as "odsCode",
       coalesce(max(g.reference) filter (where g.state <> 'novated'), max(g.reference)) as reference
     from award a join organisation o on o.id = a.trust_id join agreement g on g.award_id = a.id
     where a.programme_id = $1 and g.state not in ('draft', 'withdrawn') group by o.ods_code`,
    [programmeId],
  );
  return new Map(rows.map(({ odsCode, reference }) => [odsCode, reference]));
}

export interface AwardLineView {
  financialYear: FinancialYear;
  kind: 'capital' | 'revenue';
  grantPence: number;
  matchPence: number;
}

/**
 * A trust's award by financial year and kind, as it is agreed now: an applied change request may have moved its money.
 * As it was awarded, until an agreement is in force.
 */
export function awardLines(sql: Sql, programmeId: string, trustId: string): Promise<AwardLineView[]> {
  return sql.query<AwardLineView>(
    `with agreed as (
       select t."financialYear", t.kind, sum(t."grantPence")::bigint as "grantPence", sum(t."matchPence")::bigint as "matchPence"
       from agreement g join agreement_version v on v.agreement_id = g.id and v.number = g.version
         cross join jsonb_to_recordset(v.terms -> 'lines')
           as t("financialYear" text, kind text, "grantPence" bigint, "matchPence" bigint)
       where g.programme_id = $1 and g.trust_id = $2 and g.state = any ($3) group by 1, 2)
     select * from agreed
     union all
     select l.financial_year, l.kind, l.grant_pence, l.match_pence
     from award a join award_line l on l.award_id = a.id
     where a.programme_id = $1 and a.trust_id = $2 and not exists (select from agreed)
     order by "financialYear", kind`,
    [programmeId, trustId, IN_FORCE],
  );
}

export interface AwardTrancheView extends AgreedTranche {
  sourced: object;
}

export interface AwardView {
  trust: { odsCode: string; name: string };
  grantPence: number;
  matchPence: number;
  sourced: object;
  lines: Array<AwardLineView & { sourced: object }>;
  /** By number. */
  tranches: AwardTrancheView[];
}

/**
 * The awards of a programme by the name of their trust, each with its lines, its instalments and where its figures come
 * from; `limit` at most, those after a name and code where given.
 */
export function awards(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: unknown[] | null,
): Promise<AwardView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { '(o.name, o.ods_code) > (?, ?)': after });
  return sql.query<AwardView>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, a.grant_pence as "grantPence",
       a.match_pence as "matchPence", a.provenance as sourced,
       (select json_agg(json_build_object('financialYear', l.financial_year, 'kind', l.kind, 'grantPence', l.grant_pence,
          'matchPence', l.match_pence, 'sourced', l.provenance) order by l.financial_year, l.kind)
        from award_line l where l.award_id = a.id) as lines,
       coalesce((select json_agg(json_build_object('number', t.number, 'name', t.name, 'basis', t.basis,
          'plannedOn', t.planned_on, 'grantPence', t.grant_pence, 'milestones', t.milestones, 'sourced', t.provenance)
          order by t.number)
        from award_tranche t where t.award_id = a.id), '[]') as tranches
     from award a join organisation o on o.id = a.trust_id where a.programme_id = $1${wanted}
     order by o.name, o.ods_code limit $2`,
    values,
  );
}

/** A trust with what it is awarded, in pence. */
export interface AwardedTrust {
  odsCode: string;
  name: string;
  grantPence: number;
}

/** The trusts of a programme whose award has no agreement that stands, by name, `limit` at most. */
export function awardsToAgree(sql: Sql, programmeId: string, limit: number): Promise<AwardedTrust[]> {
  return sql.query<AwardedTrust>(
    `select o.ods_code as "odsCode", o.name, a.grant_pence as "grantPence"
     from award a join organisation o on o.id = a.trust_id
     where a.programme_id = $1 and not exists (select from agreement g
       where g.programme_id = $1 and g.trust_id = a.trust_id and g.state <> 'withdrawn')
     order by o.name, o.ods_code limit $2`,
    [programmeId, limit],
  );
}

/** What some trusts were awarded in a programme, and where that is known from; by name. */
export function awardsOfTrusts(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[],
): Promise<Array<Pick<AwardView, 'trust' | 'grantPence' | 'matchPence' | 'sourced'>>> {
  return sql.query(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, a.grant_pence as "grantPence",
       a.match_pence as "matchPence", a.provenance as sourced
     from award a join organisation o on o.id = a.trust_id
     where a.programme_id = $1 and a.trust_id = any ($2::uuid[]) order by o.name, o.id`,
    [programmeId, trustIds],
  );
}

/** An award with what the programme says of agreements: all that a new agreement starts from. */
export interface AwardForAgreement {
  awardId: string;
  programmeId: string;
  trustId: string;
  slug: string;
  funder: AgreementTerms['parties']['funder'];
  recipient: AgreementTerms['parties']['recipient'];
  lines: AwardLineView[];
  /** By number. */
  tranches: AgreedTranche[];
  matchRatio: AgreementTerms['matchRatio'];
  matchRules: AgreementTerms['matchRules'];
  /** `categories` is not there where an older definition is in force. */
  eligibility: {
    startsOn: DateOn;
    endsOn: DateOn;
    categories?: AgreementTerms['eligibility']['categories'];
  };
  conditions: string[] | null;
}

/** A trust's award as an agreement of it starts from; undefined where it has none. */
export function awardForAgreement(
  sql: Sql,
  programmeId: string,
  trustId: string,
): Promise<AwardForAgreement | undefined> {
  return firstRow<AwardForAgreement>(
    sql,
    `select a.id as "awardId", a.programme_id as "programmeId", a.trust_id as "trustId", p.slug,
       json_build_object('odsCode', f.ods_code, 'name', f.name) as funder,
       json_build_object('odsCode', o.ods_code, 'name', o.name) as recipient,
       json_build_object('matchPence', p.match_pence, 'perGrantPence', p.per_grant_pence) as "matchRatio",
       p.terms -> 'matchRules' as "matchRules", p.terms -> 'eligibility' as eligibility,
       p.terms -> 'agreementConditions' -> 'texts' as conditions,
       (select json_agg(json_build_object('financialYear', l.financial_year, 'kind', l.kind, 'grantPence', l.grant_pence,
          'matchPence', l.match_pence) order by l.financial_year, l.kind)
        from award_line l where l.award_id = a.id) as lines,
       coalesce((select json_agg(json_build_object('number', t.number, 'name', t.name, 'basis', t.basis,
          'plannedOn', t.planned_on, 'grantPence', t.grant_pence, 'milestones', t.milestones) order by t.number)
        from award_tranche t where t.award_id = a.id), '[]') as tranches
     from award a join programme p on p.id = a.programme_id join organisation f on f.id = p.funder_id
       join organisation o on o.id = a.trust_id
     where a.programme_id = $1 and a.trust_id = $2`,
    [programmeId, trustId],
  );
}
