import { given, type Sql } from '../database/sql.js';
import type { AcceptedGrant, LedgerTotals } from './grant.rules.js';

/** States of an agreement whose money the ledger holds: of all before them nothing is public. */
const IN_FORCE = `('active', 'suspended', 'closing', 'closed', 'terminated')`;
const ENDED = `('closed', 'terminated')`;

const body = (alias: string): string =>
  `json_build_object('odsCode', ${alias}.ods_code, 'name', ${alias}.name)`;

/** Agreements in force, narrowed down. */
const STANDING = (
  wanted: string,
): string => `standing as (select g.* from agreement g join programme p on p.id = g.programme_id
       where g.state in ${IN_FORCE}${wanted})`;

/** An agreement with all that it took over by novation, each under the award of whoever was awarded first. */
const CHAIN = `chain as (
    select id as grant_id, id, trust_id, predecessor_id, activated_on from standing
    union all
    select c.grant_id, g.id, g.trust_id, g.predecessor_id, g.activated_on
    from chain c join agreement g on g.id = c.predecessor_id)`;

/** Whatever a grant is made of, as the log names it. */
const SUBJECTS = `select 'agreement' as table_name, c.id as subject_id from chain c where c.grant_id = s.id
    union all select 'agreement_version', v.id from chain c join agreement_version v on v.agreement_id = c.id
      where c.grant_id = s.id
    union all select 'payment', p.id from chain c join payment p on p.agreement_id = c.id where c.grant_id = s.id
    union all select 'recovery', r.id from chain c join recovery r on r.agreement_id = c.id where c.grant_id = s.id
    union all select 'contribution', m.id from chain c join contribution m on m.agreement_id = c.id
      where c.grant_id = s.id
    union all select 'organisation', x from unnest(array[s.trust_id, w.trust_id, p.funder_id]) x
    union all select 'programme', p.id`;

/** Payments that were made. One that is scheduled, cancelled or reversed is none. */
const PAYMENTS = `select coalesce(json_agg(json_build_object('reference', p.reference, 'on', p.paid_on,
    'amountPence', p.amount_pence, 'recipient', o.ods_code, 'illustrative', p.illustrative)
    order by p.paid_on, p.id), '[]')
  from chain c join payment p on p.agreement_id = c.id join organisation o on o.id = p.trust_id
  where c.grant_id = s.id and p.state in ('paid', 'reconciled')`;

/** What came back. What is only asked for, or was written off, did not. */
const RECOVERIES = `select coalesce(json_agg(json_build_object('reference', r.reference, 'on', r.closed_on,
    'amountPence', r.amount_pence, 'recipient', o.ods_code, 'cause', r.cause, 'payment', p.reference,
    'illustrative', r.illustrative) order by r.closed_on, r.id), '[]')
  from chain c join recovery r on r.agreement_id = c.id join payment p on p.id = r.payment_id
    join organisation o on o.id = r.trust_id
  where c.grant_id = s.id and r.state = 'recovered'`;

const MATCH = `select coalesce(json_agg(json_build_object('financialYear', financial_year, 'kind', kind,
    'acceptedPence', pence) order by financial_year, kind), '[]')
  from (select l.financial_year, l.kind, sum(m.amount_pence)::bigint as pence
    from chain c join contribution m on m.agreement_id = c.id join funding_line l on l.id = m.line_id
    where c.grant_id = s.id and m.state = 'accepted' group by 1, 2) accepted`;

/**
 * The grants that are accepted, by programme and whoever was awarded first: one for each award with an agreement in
 * force, whoever holds it now. It selects no person, and nothing that is only asked for.
 * @param slug of one programme; null for all
 */
export function acceptedGrants(sql: Sql, slug: string | null): Promise<AcceptedGrant[]> {
  const values: unknown[] = [];
  const wanted = given(values, { 'p.slug = ?': slug });
  return sql.query<AcceptedGrant>(
    `with recursive ${STANDING(wanted)}, ${CHAIN}
     select json_build_object('slug', p.slug, 'name', p.name, 'description', p.description,
         'illustrative', p.illustrative) as programme,
       ${body('f')} as funder, ${body('a')} as awardee, ${body('o')} as recipient,
       (select n.name from organisation_name n where n.organisation_id = o.id
           and first.awarded_on between coalesce(n.valid_from, '-infinity') and coalesce(n.valid_to, 'infinity')
         order by n.valid_from desc nulls last limit 1) as "nameThen",
       s.reference, s.illustrative, first.awarded_on as "awardedOn", first.activated_on as "activatedOn",
       case when s.state in ${ENDED} then (select (min(e.recorded_at) at time zone 'Europe/London')::date from log_entry e
         where e.table_name = 'agreement' and e.subject_id = s.id and e.new_image ->> 'state' in ${ENDED}) end as "endedOn",
       json_build_object('startsOn', s.window_starts_on, 'endsOn', s.window_ends_on) as window,
       json_build_object('matchPence', s.match_pence, 'perGrantPence', s.per_grant_pence) as "matchRatio",
       v.terms -> 'lines' as lines, (${PAYMENTS}) as payments, (${RECOVERIES}) as recoveries, (${MATCH}) as match,
       to_json((select max(e.recorded_at) from (${SUBJECTS}) b join log_entry e
         on e.table_name = b.table_name and e.subject_id = b.subject_id)) as "changedAt"
     from standing s join programme p on p.id = s.programme_id join organisation f on f.id = p.funder_id
       join award w on w.id = s.award_id join organisation a on a.id = w.trust_id
       join organisation o on o.id = s.trust_id
       join agreement_version v on v.agreement_id = s.id and v.number = s.version
       cross join lateral (select c.activated_on,
           least(c.activated_on, (x.approved_at at time zone 'Europe/London')::date) as awarded_on
         from chain c join agreement_version x on x.agreement_id = c.id and x.number = 1
         where c.grant_id = s.id and c.predecessor_id is null) first
     order by p.slug, a.ods_code`,
    values,
  );
}

/** The sum of an amount of what belongs to grants, by programme. */
const summed = (
  table: string,
  state: string,
): string => `select r.programme_id as id, sum(r.amount_pence) as pence
    from chain c join ${table} r on r.agreement_id = c.id where r.state in (${state}) group by r.programme_id`;

/**
 * What the accepted grants of a programme come to, of the same records as `acceptedGrants`; nothing where there is none.
 */
export function acceptedTotals(sql: Sql, slug: string): Promise<LedgerTotals[]> {
  return sql.query<LedgerTotals>(
    `with recursive ${STANDING(' and p.slug = $1')}, ${CHAIN}
     select p.slug, p.name, a.pence::bigint as "awardedPence", coalesce(y.pence, 0)::bigint as "paidPence",
       coalesce(r.pence, 0)::bigint as "recoveredPence", coalesce(m.pence, 0)::bigint as "matchPence"
     from programme p join (
         select s.programme_id as id, coalesce(sum(t."grantPence"), 0) as pence from standing s
           join agreement_version v on v.agreement_id = s.id and v.number = s.version
           cross join lateral jsonb_to_recordset(v.terms -> 'lines') as t("grantPence" bigint) group by 1) a on a.id = p.id
       left join (${summed('payment', `'paid', 'reconciled'`)}) y on y.id = p.id
       left join (${summed('recovery', `'recovered'`)}) r on r.id = p.id
       left join (${summed('contribution', `'accepted'`)}) m on m.id = p.id`,
    [slug],
  );
}

/** What the ledger's accounts hold of programmes that have any, by slug: the other side of the reconciliation. */
export function ledgerTotals(sql: Sql, slug: string | null): Promise<LedgerTotals[]> {
  const values: unknown[] = [];
  const wanted = given(values, { 'p.slug = ?': slug });
  const held = (source: string, stages: string): string =>
    `coalesce(sum(b.balance_pence) filter (where b.source = '${source}' and b.stage in (${stages})), 0)::bigint`;
  return sql.query<LedgerTotals>(
    `select p.slug, p.name,
       ${held('grant', `'awarded', 'claimed', 'approved', 'paid', 'recovered', 'written-off', 'lapsed', 'withdrawn'`)}
         as "awardedPence",
       ${held('grant', `'paid', 'recovered', 'written-off'`)} as "paidPence",
       ${held('grant', `'recovered'`)} as "recoveredPence", ${held('match', `'accepted'`)} as "matchPence"
     from programme p join agreement g on g.programme_id = p.id join funding_line l on l.agreement_id = g.id
       join account b on b.line_id = l.id
     where true${wanted} group by p.slug, p.name order by p.slug`,
    values,
  );
}
