import { firstRow, given, type Sql } from '../database/sql.js';
import type {
  AccountFact,
  ControlFact,
  DifferenceKind,
  JournalFact,
  LedgerFacts,
  LineFact,
  StageTotal,
  TrancheFact,
} from './reconciliation.rules.js';

/** Waits for a check of the same programme that is under way, and keeps others waiting until the transaction ends. */
export async function holdChecks(sql: Sql, programmeId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('ledger-check:' || $1, 0))`, [programmeId]);
}

const IN_FORCE = `('active', 'suspended', 'closing', 'closed', 'terminated')`;
/** What a novated agreement held its successor holds: its award is not still to be agreed. */
const AGREED = `('active', 'suspended', 'closing', 'closed', 'terminated', 'novated')`;
const HOLDER = `c.trust_id as "trustId", o.name as trust, c.reference as agreement`;
const LINE = `${HOLDER}, l.financial_year as "financialYear", l.kind`;

/** A programme's postings, aliased `p`, with their agreements, aliased `c`. */
const POSTINGS = 'agreement c join posting p on p.agreement_id = c.id and c.programme_id = $1';

/** Accounts that are not what was posted to them; those that only one of the two knows are among them. */
const ACCOUNTS = `with posted as (select p.line_id, p.source, s.stage, sum(s.amount)::bigint as pence
    from ${POSTINGS} cross join lateral (values (p.from_stage, -p.amount_pence), (p.to_stage, p.amount_pence)) s (stage, amount)
    group by p.line_id, p.source, s.stage),
  held as (select b.line_id, b.source, b.stage, b.balance_pence as pence
    from agreement c join funding_line l on l.agreement_id = c.id join account b on b.line_id = l.id where c.programme_id = $1)
  select ${LINE}, source, stage, posted.pence as "postedPence", held.pence as "balancePence"
  from posted full join held using (line_id, source, stage) join funding_line l on l.id = line_id
    join agreement c on c.id = l.agreement_id join organisation o on o.id = c.trust_id
  where posted.pence is distinct from held.pence
  order by c.reference, l.financial_year, l.kind, source, stage`;

/** Journals whose postings are not what they say, and postings without a journal. */
const JOURNALS = `with posted as (select p.journal_id, p.agreement_id, count(*)::int as postings, sum(p.amount_pence)::bigint as pence
    from ${POSTINGS} group by p.journal_id, p.agreement_id),
  said as (select j.* from agreement c join journal j on j.agreement_id = c.id where c.programme_id = $1)
  select ${HOLDER}, coalesce(j.id, p.journal_id) as id, j.kind as "journalKind", j.dated_on as "datedOn",
    coalesce(j.postings, 0) as "saidPostings", j.total_pence as "saidPence", coalesce(p.postings, 0) as "foundPostings",
    coalesce(p.pence, 0)::bigint as "foundPence"
  from posted p full join said j on j.id = p.journal_id and j.agreement_id = p.agreement_id
    join agreement c on c.id = coalesce(j.agreement_id, p.agreement_id) join organisation o on o.id = c.trust_id
  where (j.postings, j.total_pence) is distinct from (p.postings, p.pence) order by c.reference, id`;

/** Postings of some kinds and all that reverses them, with the kind that they began with. */
const rooted = (kinds: string): string => `root as (
    select p.id, p.kind, p.line_id, p.source, p.from_stage, p.amount_pence from ${POSTINGS} where p.kind in (${kinds})
    union all
    select p.id, r.kind, p.line_id, p.source, p.from_stage, p.amount_pence from root r join posting p on p.reverses_id = r.id)`;
/** What came from outside, less what went there. */
const FROM_OUTSIDE = `coalesce(sum(case when from_stage = 'outside' then amount_pence else -amount_pence end), 0)::bigint`;

/** The line of the agreement that took a line's over, aliased `s`. */
const SUCCESSOR = `join funding_line l on l.id = line_id join agreement n on n.predecessor_id = l.agreement_id
    join funding_line s on s.agreement_id = n.id and s.financial_year = l.financial_year and s.kind = l.kind`;

/**
 * Lines of agreements in force that were not given what their version says. What was pledged beyond it is not in a
 * version; under a novation it goes on with the rest, so that a successor is given it as well.
 */
const LINES = `with recursive ${rooted(`'award', 'reallocate', 'novate', 'pledge'`)},
  given as (select line_id, source, ${FROM_OUTSIDE} as pence from root where kind <> 'pledge' group by line_id, source),
  beyond as (select line_id, ${FROM_OUTSIDE} as pence from root where kind = 'pledge' group by line_id),
  carried as (select s.id as line_id, beyond.pence from beyond ${SUCCESSOR}
    union all select s.id, carried.pence from carried ${SUCCESSOR}),
  agreed as (select v.agreement_id, t."financialYear" as financial_year, t.kind, s.source, s.pence
    from agreement c join agreement_version v on v.agreement_id = c.id and v.number = c.version
      cross join lateral jsonb_to_recordset(v.terms -> 'lines')
        as t("financialYear" text, kind text, "grantPence" bigint, "matchPence" bigint)
      cross join lateral (values ('grant', t."grantPence"), ('match', t."matchPence")) s (source, pence)
    where c.programme_id = $1 and c.state in ${IN_FORCE}
    union all select l.agreement_id, l.financial_year, l.kind, 'match', carried.pence
    from carried join funding_line l on l.id = carried.line_id join agreement c on c.id = l.agreement_id
    where c.state in ${IN_FORCE}),
  ledger as (select l.agreement_id, l.financial_year, l.kind, given.source, given.pence
    from agreement c join funding_line l on l.agreement_id = c.id join given on given.line_id = l.id
    where c.programme_id = $1 and c.state in ${IN_FORCE})
  select ${HOLDER}, financial_year as "financialYear", kind, source,
    coalesce(agreed.pence, 0)::bigint as "agreedPence", coalesce(ledger.pence, 0)::bigint as "givenPence"
  from (select agreement_id, financial_year, kind, source, sum(pence) as pence from agreed group by 1, 2, 3, 4) agreed
    full join ledger using (agreement_id, financial_year, kind, source)
    join agreement c on c.id = agreement_id join organisation o on o.id = c.trust_id
  where coalesce(agreed.pence, 0) <> coalesce(ledger.pence, 0)
  order by c.reference, financial_year, kind, source`;

/** Tranches on which is drawn what their postings did not draw, as the trigger of the postings counts it. */
const TRANCHES = `with posted as (select p.tranche_id, sum(case when p.to_stage = 'awarded' then -p.amount_pence
      when p.from_stage = 'awarded' then p.amount_pence else 0 end)::bigint as pence
    from ${POSTINGS} where p.tranche_id is not null group by p.tranche_id)
  select ${HOLDER}, t.number, t.name, t.drawn_pence as "drawnPence", coalesce(posted.pence, 0)::bigint as "postedPence"
  from agreement c join tranche t on t.agreement_id = c.id join organisation o on o.id = c.trust_id
    left join posted on posted.tranche_id = t.id
  where c.programme_id = $1 and t.drawn_pence <> coalesce(posted.pence, 0) order by c.reference, t.number`;

/** The control totals, and what agreements hold and awards without one are to hold. Match beyond them is not in them. */
const CONTROLS = `with recursive ${rooted(`'pledge'`)},
  held as (select b.source, sum(b.balance_pence) as pence from agreement c join funding_line l on l.agreement_id = c.id
      join account b on b.line_id = l.id where c.programme_id = $1 and b.stage <> 'outside' group by b.source),
  beyond as (select ${FROM_OUTSIDE} as pence from root),
  unagreed as (select coalesce(sum(l.grant_pence), 0) as grant_pence, coalesce(sum(l.match_pence), 0) as match_pence
    from award w join award_line l on l.award_id = w.id where w.programme_id = $1 and not exists (
      select from agreement x where x.award_id = w.id and x.state in ${AGREED}))
  select s.source, s.control as "controlPence",
    (coalesce((select pence from held where held.source = s.source), 0) + s.unagreed - s.beyond)::bigint as "foundPence"
  from programme g, unagreed u, beyond y, lateral (values ('grant', g.control_grant_pence, u.grant_pence, 0),
    ('match', g.control_match_pence, u.match_pence, y.pence)) s (source, control, unagreed, beyond)
  where g.id = $1`;

/** The balances of a programme's ledger and the sums of its postings, by source and stage. */
const STAGES = `with posted as (select p.source, s.stage, sum(s.pence)::bigint as pence
    from (select p.source, p.from_stage, p.to_stage, sum(p.amount_pence) as pence from ${POSTINGS} group by 1, 2, 3) p
      cross join lateral (values (p.from_stage, -p.pence), (p.to_stage, p.pence)) s (stage, pence)
    group by p.source, s.stage),
  held as (select b.source, b.stage, sum(b.balance_pence)::bigint as pence
    from agreement c join funding_line l on l.agreement_id = c.id join account b on b.line_id = l.id
    where c.programme_id = $1 group by b.source, b.stage)
  select source, stage, coalesce(held.pence, 0) as "balancePence", coalesce(posted.pence, 0) as "postedPence"
  from held full join posted using (source, stage) order by source, stage`;

/** How much of a programme's ledger there is. */
const COUNTS = `select (select count(*)::int from agreement c join funding_line l on l.agreement_id = c.id
    join account b on b.line_id = l.id where c.programme_id = $1) as accounts,
  (select count(*)::int from ${POSTINGS}) as postings`;

/** All that a check compares, of one moment where the transaction sees one. */
export async function ledgerFacts(
  sql: Sql,
  programmeId: string,
): Promise<
  Omit<LedgerFacts, 'kept'> & { counts: { accounts: number; postings: number }; stages: StageTotal[] }
> {
  const of = <Row extends object>(text: string): Promise<Row[]> => sql.query<Row>(text, [programmeId]);
  const [counts] = await of<{ accounts: number; postings: number }>(COUNTS);
  return {
    counts: counts as { accounts: number; postings: number },
    accounts: await of<AccountFact>(ACCOUNTS),
    journals: await of<JournalFact>(JOURNALS),
    lines: await of<LineFact>(LINES),
    tranches: await of<TrancheFact>(TRANCHES),
    controls: await of<ControlFact>(CONTROLS),
    stages: await of<StageTotal>(STAGES),
  };
}

export interface LedgerCheckView {
  id: string;
  checkedAt: string;
  accounts: number;
  postings: number;
  differences: number;
}

/** When a programme's ledger was checked, newest first, `limit` at most, those before an id where given. */
export function ledgerChecks(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<LedgerCheckView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'id < ?': before });
  return sql.query<LedgerCheckView>(
    `select id, to_json(checked_at) as "checkedAt", accounts, postings, differences from ledger_check
     where programme_id = $1${wanted} order by id desc limit $2`,
    values,
  );
}

/** What the last check of a programme's ledger added up, by source and stage; nothing where there was none yet. */
export async function lastStages(sql: Sql, programmeId: string): Promise<StageTotal[]> {
  const last = await firstRow<{ stages: StageTotal[] | null }>(
    sql,
    'select stages from ledger_check where programme_id = $1 order by checked_at desc, id desc limit 1',
    [programmeId],
  );
  return last?.stages ?? [];
}

export interface LedgerDifferenceView {
  id: string;
  kind: DifferenceKind;
  trust: { odsCode: string; name: string } | null;
  subject: string;
  expectedPence: number;
  foundPence: number;
  raisedAt: string;
  clearedAt: string | null;
}

export interface DifferenceFilter {
  state: 'standing' | 'cleared' | null;
  kind: DifferenceKind | null;
  trust: string | null;
}

/** How many differences of a programme's ledger stand. */
export async function standingDifferences(sql: Sql, programmeId: string): Promise<number> {
  const found = await firstRow<{ count: number }>(
    sql,
    'select count(*)::int as count from ledger_difference where programme_id = $1 and cleared_at is null',
    [programmeId],
  );
  return found?.count ?? 0;
}

/** What checks found, the latest raised first, `limit` at most, those before an id where given. */
export function ledgerDifferences(
  sql: Sql,
  programmeId: string,
  filter: DifferenceFilter,
  limit: number,
  before: string | null,
): Promise<LedgerDifferenceView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    '(d.cleared_at is not null) = ?': filter.state === null ? null : filter.state === 'cleared',
    'd.kind = ?': filter.kind,
    'd.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'd.id < ?': before,
  });
  return sql.query<LedgerDifferenceView>(
    `select d.id, d.kind, case when o.id is not null then json_build_object('odsCode', o.ods_code, 'name', o.name) end as trust,
       d.subject, d.expected_pence as "expectedPence", d.found_pence as "foundPence", to_json(d.raised_at) as "raisedAt",
       to_json(d.cleared_at) as "clearedAt"
     from ledger_difference d left join organisation o on o.id = d.trust_id
     where d.programme_id = $1${wanted} order by d.id desc limit $2`,
    values,
  );
}
