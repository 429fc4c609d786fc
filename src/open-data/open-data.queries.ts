import { firstRow, given, type Sql } from '../database/sql.js';
import type { Accepted, AcceptedGrant, LedgerTotals } from './grant.rules.js';

/** States of an agreement whose money the ledger holds: of all before them nothing is public. */
const IN_FORCE = `('active', 'suspended', 'closing', 'closed', 'terminated')`;
const ENDED = `('closed', 'terminated')`;

const body = (alias: string): string =>
  `json_build_object('odsCode', ${alias}.ods_code, 'name', ${alias}.name)`;

/** Agreements in force, narrowed down. */
const standing = (wanted = '', page = ''): string => `standing as (select g.* from agreement g
       join programme p on p.id = g.programme_id join award w on w.id = g.award_id
       join organisation a on a.id = w.trust_id
       where g.state in ${IN_FORCE}${wanted}${page})`;
const IN_ORDER = 'order by p.slug, a.ods_code';

/** An agreement with all that it took over by novation, each under the award of whoever was awarded first. */
const CHAIN = `chain as (
    select id as grant_id, id, trust_id, predecessor_id, activated_on from standing
    union all
    select c.grant_id, g.id, g.trust_id, g.predecessor_id, g.activated_on
    from chain c join agreement g on g.id = c.predecessor_id)`;

/** Whatever a grant is made of, as the log names it. */
const MADE_OF = `made_of as (
    select c.grant_id, 'agreement' as table_name, c.id as subject_id from chain c
    union all select c.grant_id, 'agreement_version', v.id from chain c join agreement_version v on v.agreement_id = c.id
    union all select c.grant_id, 'payment', p.id from chain c join payment p on p.agreement_id = c.id
    union all select c.grant_id, 'recovery', r.id from chain c join recovery r on r.agreement_id = c.id
    union all select c.grant_id, 'contribution', m.id from chain c join contribution m on m.agreement_id = c.id
    union all select s.id, 'organisation', x from standing s join award w on w.id = s.award_id
      join programme p on p.id = s.programme_id cross join unnest(array[s.trust_id, w.trust_id, p.funder_id]) x
    union all select s.id, 'programme', s.programme_id from standing s)`;

const CHANGED = `changed as (
    select k.grant_id, max((select max(e.recorded_at) from log_entry e
      where e.table_name = k.table_name and e.subject_id = k.subject_id)) as at
    from made_of k group by k.grant_id)`;

/** Payments that were made. One that is scheduled, cancelled or reversed is none. */
const PAID = `paid as (
    select c.grant_id, json_agg(json_build_object('reference', p.reference, 'on', p.paid_on,
        'amountPence', p.amount_pence, 'recipient', o.ods_code, 'illustrative', p.illustrative)
        order by p.paid_on, p.id) as all
    from chain c join payment p on p.agreement_id = c.id join organisation o on o.id = p.trust_id
    where p.state in ('paid', 'reconciled') group by c.grant_id)`;

/** What came back. What is only asked for, or was written off, did not. */
const RECOVERED = `recovered as (
    select c.grant_id, json_agg(json_build_object('reference', r.reference, 'on', r.closed_on,
        'amountPence', r.amount_pence, 'recipient', o.ods_code, 'cause', r.cause, 'payment', p.reference,
        'illustrative', r.illustrative) order by r.closed_on, r.id) as all
    from chain c join recovery r on r.agreement_id = c.id join payment p on p.id = r.payment_id
      join organisation o on o.id = r.trust_id
    where r.state = 'recovered' group by c.grant_id)`;

const MATCHED = `matched as (
    select x.grant_id, json_agg(json_build_object('financialYear', x.financial_year, 'kind', x.kind,
        'acceptedPence', x.pence) order by x.financial_year, x.kind) as all
    from (select c.grant_id, l.financial_year, l.kind, sum(m.amount_pence)::bigint as pence
      from chain c join contribution m on m.agreement_id = c.id join funding_line l on l.id = m.line_id
      where m.state = 'accepted' group by 1, 2, 3) x
    group by x.grant_id)`;

/** Of each grant, its first agreement: when that was in force, and when it was approved if that was before. */
const FIRST = `first as (
    select c.grant_id, c.activated_on,
      least(c.activated_on, (x.approved_at at time zone 'Europe/London')::date) as awarded_on
    from chain c join agreement_version x on x.agreement_id = c.id and x.number = 1
    where c.predecessor_id is null)`;

const ALL = (name: string): string => `coalesce(${name}.all, '[]')`;

/** Which grants are asked for: of one programme, or of all; all at once, or so many after one. */
export interface GrantsAsked {
  slug?: string | null;
  /** The programme's slug and the awardee's ODS code of the last grant of the page before. */
  after?: readonly [slug: string, odsCode: string] | null;
  limit?: number;
}

/**
 * The grants that are accepted, by programme and whoever was awarded first: one for each award with an agreement in
 * force, whoever holds it now. It selects no person, and nothing that is only asked for.
 */
export function acceptedGrants(
  sql: Sql,
  { slug = null, after = null, limit }: GrantsAsked = {},
): Promise<AcceptedGrant[]> {
  const values: unknown[] = [];
  const wanted = given(values, { 'p.slug = ?': slug, '(p.slug, a.ods_code) > (?, ?)': after });
  const page = limit === undefined ? '' : ` ${IN_ORDER} limit $${values.push(limit)}`;
  return sql.query<AcceptedGrant>(
    `with recursive ${standing(wanted, page)}, ${CHAIN}, ${MADE_OF}, ${CHANGED}, ${PAID}, ${RECOVERED}, ${MATCHED}, ${FIRST}
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
       v.terms -> 'lines' as lines, ${ALL('paid')} as payments, ${ALL('recovered')} as recoveries,
       ${ALL('matched')} as match,
       to_json(changed.at) as "changedAt"
     from standing s join programme p on p.id = s.programme_id join organisation f on f.id = p.funder_id
       join award w on w.id = s.award_id join organisation a on a.id = w.trust_id
       join organisation o on o.id = s.trust_id
       join agreement_version v on v.agreement_id = s.id and v.number = s.version
       join first on first.grant_id = s.id
       left join paid on paid.grant_id = s.id left join recovered on recovered.grant_id = s.id
       left join matched on matched.grant_id = s.id join changed on changed.grant_id = s.id
     ${IN_ORDER}`,
    values,
  );
}

/** The newest entries of the log. What was changed last is most often among them, and then nothing else is looked for. */
const LATELY = `lately as materialized (select e.table_name, e.subject_id, e.recorded_at from log_entry e
    where e.number > (select max(number) from log_entry) - 20000)`;

/** Grants with money of a table's, in some of its states, that is made up. */
const withMadeUp = (table: string, states: string): string => `select c.grant_id from chain c
    join ${table} r on r.agreement_id = c.id where r.state in (${states}) and r.illustrative`;

/**
 * What the accepted grants are, taken together; undefined where there is none.
 * @param slug of one programme; null for all
 */
export async function acceptedTogether(sql: Sql, slug: string | null): Promise<Accepted | undefined> {
  const values: unknown[] = [];
  const wanted = given(values, { 'p.slug = ?': slug });
  const found = await firstRow<Accepted>(
    sql,
    `with recursive ${standing(wanted)}, ${CHAIN}, ${MADE_OF}, ${CHANGED}, ${LATELY}
     select (select coalesce(json_agg(json_build_object('slug', p.slug, 'name', p.name) order by p.slug), '[]')
         from programme p where exists (select from standing s where s.programme_id = p.id)) as programmes,
       (select json_agg(${body('f')} order by f.ods_code) from organisation f where f.id in (select p.funder_id
         from programme p join standing s on s.programme_id = p.id)) as funders,
       (select count(*)::int from standing) as "inAll",
       (select count(*)::int from standing s join programme p on p.id = s.programme_id
         where p.illustrative or s.illustrative or s.id in (${withMadeUp('payment', `'paid', 'reconciled'`)})
           or s.id in (${withMadeUp('recovery', `'recovered'`)})) as "madeUp",
       to_json(coalesce(
         (select max(e.recorded_at) from made_of k join lately e on e.table_name = k.table_name and e.subject_id = k.subject_id),
         (select max(c.at) from changed c))) as "changedAt"`,
    values,
  );
  return found && found.inAll > 0 ? found : undefined;
}

/** The sum of an amount of what belongs to grants, by programme. */
const summed = (
  table: string,
  state: string,
): string => `select r.programme_id as id, sum(r.amount_pence) as pence
    from chain c join ${table} r on r.agreement_id = c.id where r.state in (${state}) group by r.programme_id`;

/**
 * What the accepted grants come to, by programme, of the same records as `acceptedGrants`; nothing where there is none.
 * @param slug of one programme; null for all
 */
export function acceptedTotals(sql: Sql, slug: string | null): Promise<LedgerTotals[]> {
  const values: unknown[] = [];
  const wanted = given(values, { 'p.slug = ?': slug });
  return sql.query<LedgerTotals>(
    `with recursive ${standing(wanted)}, ${CHAIN}
     select p.slug, p.name, a.pence::bigint as "awardedPence", coalesce(y.pence, 0)::bigint as "paidPence",
       coalesce(r.pence, 0)::bigint as "recoveredPence", coalesce(m.pence, 0)::bigint as "matchPence"
     from programme p join (
         select s.programme_id as id, coalesce(sum(t."grantPence"), 0) as pence from standing s
           join agreement_version v on v.agreement_id = s.id and v.number = s.version
           cross join lateral jsonb_to_recordset(v.terms -> 'lines') as t("grantPence" bigint) group by 1) a on a.id = p.id
       left join (${summed('payment', `'paid', 'reconciled'`)}) y on y.id = p.id
       left join (${summed('recovery', `'recovered'`)}) r on r.id = p.id
       left join (${summed('contribution', `'accepted'`)}) m on m.id = p.id
     order by p.slug`,
    values,
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
