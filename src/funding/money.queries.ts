import { firstRow, given, type ReadSql } from '../database/sql.js';
import { programmeId } from '../programmes/programme.queries.js';
import {
  AGREED,
  LINES_OF,
  type MoneyFilter,
  moneySums,
  STANDS,
  unagreedWhere,
  wantedLines,
} from './money-sums.queries.js';

/** Each figure of a position, and the column of a line that holds it. */
const GRANT = {
  awardedPence: 'g_whole',
  drawnPence: 'g_drawn',
  remainingPence: 'g_awarded',
  claimedPence: 'g_claimed',
  approvedPence: 'g_approved',
  paidPence: 'g_paid',
  recoveredPence: 'g_recovered',
  writtenOffPence: 'g_written_off',
  lapsedPence: 'g_lapsed',
  withdrawnPence: 'g_withdrawn',
};
const MATCH = {
  agreedPence: 'm_agreed',
  promisedPence: 'm_whole',
  pledgedPence: 'm_pledged',
  evidencedPence: 'm_evidenced',
  acceptedPence: 'm_accepted',
  withdrawnPence: 'm_withdrawn',
};

const figures = (columns: Record<string, string>, figure: (column: string) => string): string =>
  `json_build_object(${Object.entries(columns).map(([name, column]) => `'${name}', ${figure(column)}`)})`;
const position = (figure: (column: string) => string): string =>
  `'grant', ${figures(GRANT, figure)}, 'match', ${figures(MATCH, figure)}`;

/** The sums of lines, aliased `n`, and the figures of one of them. */
const SUMS = position((column) => `coalesce(sum(n.${column}), 0)`);
const OF_LINE = position((column) => `n.${column}`);

const DRAWN = ['claimed', 'approved', 'paid', 'recovered', 'written-off'];
const WHOLE_GRANT = ['awarded', ...DRAWN, 'lapsed', 'withdrawn'];
const WHOLE_MATCH = ['pledged', 'evidenced', 'accepted', 'withdrawn'];

const balance = (source: 'grant' | 'match', stages: readonly string[]): string =>
  `coalesce(sum(b.balance_pence) filter (where b.source = '${source}'
    and b.stage in (${stages.map((stage) => `'${stage}'`)})), 0)::bigint`;

/** What stands in the accounts `b` of lines, by stage: `g_` of the grant, `m_` of the match. */
export const BALANCE_COLUMNS = [
  `${balance('grant', WHOLE_GRANT)} as g_whole`,
  `${balance('grant', DRAWN)} as g_drawn`,
  ...WHOLE_GRANT.map((stage) => `${balance('grant', [stage])} as g_${stage.replace('-', '_')}`),
  `${balance('match', WHOLE_MATCH)} as m_whole`,
  ...WHOLE_MATCH.map((stage) => `${balance('match', [stage])} as m_${stage}`),
].join(', ');

/** The sums of all lines by financial year and kind, out of what $3 and $4 say of years and their accounts. */
const BY_YEAR = `select y.financial_year, y.kind, ${BALANCE_COLUMNS}, y.illustrative, y.m_agreed
  from jsonb_to_recordset($3::jsonb) as y(financial_year text, kind text, illustrative boolean, m_agreed bigint)
    left join jsonb_to_recordset($4::jsonb) as b(financial_year text, kind text, source text, stage text, balance_pence bigint)
      on (b.financial_year, b.kind) = (y.financial_year, y.kind)
  group by y.financial_year, y.kind, y.illustrative, y.m_agreed`;

/** Whether a trust `o` has such a line, or an award that no agreement was made of: asked of one after the other (`offset 0`), until the page is full. */
const holds = (wanted: string): string => `(exists (select from ${LINES_OF}
    where c.trust_id = o.id and c.programme_id = (select id from g) and c.state in ${AGREED}${wanted}
      and (c.state <> 'novated' or exists (select from account b where b.line_id = l.id and b.balance_pence <> 0)) offset 0)
  or exists (${unagreedWhere('(select id from g)', `${wanted} and c.trust_id = o.id`)} offset 0))`;

/** The lines of trusts of a page with what stands in their accounts, and what the version in force says of their match. */
const linesWhere = (wanted: string): string => `select c.trust_id, c.id as agreement_id, c.reference,
    l.financial_year, l.kind, ${BALANCE_COLUMNS}, coalesce((select sum(t."matchPence")
      from agreement_version v, jsonb_to_recordset(v.terms -> 'lines') as t("financialYear" text, kind text, "matchPence" bigint)
      where v.agreement_id = c.id and v.number = c.version and c.state <> 'novated'
        and t."financialYear" = l.financial_year and t.kind = l.kind), 0)::bigint as m_agreed
  from ${LINES_OF} left join account b on b.line_id = l.id
  where c.programme_id = (select id from g) and c.state in ${AGREED} and c.trust_id in (select id from holder)${wanted}
  group by c.id, c.trust_id, c.reference, c.state, c.version, l.id, l.financial_year, l.kind
  having bool_or(${STANDS})`;

/** Trusts of a page with their sums and lines, each read once. */
const BY_TRUST = `select n.trust_id, json_build_object(${SUMS}) as totals,
    json_agg(json_build_object('agreement', n.agreement_id, 'financialYear', n.financial_year, 'kind', n.kind, ${OF_LINE})
      order by n.financial_year, n.kind, n.reference) as lines
  from line n group by n.trust_id`;
const UNAGREED_BY_TRUST = `select u.trust_id, json_build_object('grantPence', sum(u.grant_pence), 'matchPence',
    sum(u.match_pence), 'lines', json_agg(json_build_object('financialYear', u.financial_year, 'kind', u.kind,
      'grantPence', u.grant_pence, 'matchPence', u.match_pence) order by u.financial_year, u.kind)) as award
  from unagreed u group by u.trust_id`;
const AGREEMENTS_BY_TRUST = `select c.trust_id, json_agg(json_build_object('id', c.id, 'reference', c.reference,
    'state', c.state, 'version', c.version, 'activatedOn', c.activated_on, 'illustrative', c.illustrative)
    order by c.reference) as agreements
  from g join agreement c on c.programme_id = g.id where c.trust_id in (select id from holder) group by c.trust_id`;

const NOTHING = `(select json_build_object(${SUMS}) from year n where false)`;
const TRUSTS = `select coalesce(json_agg(json_build_object('trust', json_build_object('odsCode', o.ods_code, 'name', o.name),
    'agreements', coalesce(a.agreements, '[]'), 'totals', coalesce(n.totals, ${NOTHING}), 'lines', coalesce(n.lines, '[]'),
    'notAgreed', u.award) order by o.name, o.ods_code), '[]')
  from (select * from holder order by name, ods_code limit $2) o left join (${BY_TRUST}) n on n.trust_id = o.id
    left join (${UNAGREED_BY_TRUST}) u on u.trust_id = o.id left join (${AGREEMENTS_BY_TRUST}) a on a.trust_id = o.id`;

const BY_LINE = `select coalesce(json_agg(json_build_object('financialYear', n.financial_year, 'kind', n.kind, ${OF_LINE})
    order by n.financial_year, n.kind), '[]') from year n`;

/** What the programme is to come to, and how far what is agreed and what is not is from it: of the whole of it only. */
const control = (whole: string): string => `json_build_object('grantPence', g.control_grant_pence,
    'matchPence', g.control_match_pence, 'totalPence', g.control_total_pence,
    'grantDifferencePence', case when ${whole} then (select coalesce(sum(g_whole), 0) from year)
      + $5::bigint - g.control_grant_pence end,
    'matchDifferencePence', case when ${whole} then (select coalesce(sum(m_agreed), 0) from year)
      + $6::bigint - g.control_match_pence end)`;

/** When the ledger was last held against its postings, and how much that the reader may see does not agree. */
const LEDGER = `(select json_build_object('checkedAt', k.checked_at, 'differences', d.standing,
    'reconciles', case when k.checked_at is not null then d.standing = 0 end)
  from (select max(checked_at) as checked_at from ledger_check where programme_id = g.id) k,
    (select count(*)::int as standing from ledger_difference where programme_id = g.id and cleared_at is null) d)`;

/** Whether the reader sees the whole of the programme. */
const ALL = `(select setting('exemplar.reach') = 'all')`;

/**
 * Where a programme's money stands, as the text of a JSON object that the database makes from the balances of the
 * ledger: totals, sums by financial year and kind, and `limit` trusts at most by name, those after a name and code
 * where given. All figures are of one moment, and of the rows that the reader may see.
 * @returns `json`: read, a `ProgrammeMoneyView`; `next`: name and code of the last trust, where there are more
 */
export async function programmeMoney(
  sql: ReadSql,
  slug: string,
  filter: MoneyFilter,
  limit: number,
  after: unknown[] | null,
): Promise<{ json: string; next: [string, string] | null } | undefined> {
  const id = await programmeId(sql, slug);
  if (!id) return undefined;
  const { years, held, unagreed } = await moneySums(sql, id, filter);
  const values: unknown[] = [id, limit, JSON.stringify(years), JSON.stringify(held)];
  values.push(unagreed.grantPence, unagreed.matchPence, unagreed.awards);
  const wanted = wantedLines(values, filter);
  const beyond = given(values, { 'o.ods_code = ?': filter.trust, '(o.name, o.ods_code) > (?, ?)': after });
  const whole = wanted === '' ? ALL : 'false';
  return firstRow(
    sql,
    `with g as materialized (select * from programme where id = $1), year as materialized (${BY_YEAR}),
       holder as materialized (select o.id, o.ods_code, o.name from organisation o
         where ${holds(wanted)}${beyond} order by o.name, o.ods_code limit $2 + 1),
       unagreed as materialized (${unagreedWhere('$1', `${wanted} and c.trust_id in (select id from holder)`)}),
       line as materialized (${linesWhere(wanted)})
     select json_build_object('programme', json_build_object('slug', g.slug, 'name', g.name, 'illustrative', g.illustrative),
       'covers', case when ${ALL} then 'programme' else 'own-trust' end, 'basis', 'ledger-balances',
       'asOf', as_of(), 'control', ${control(whole)}, 'ledger', ${LEDGER},
       'totals', (select json_build_object(${SUMS}) from year n), 'lines', (${BY_LINE}),
       'notAgreed', json_build_object('awards', $7::int, 'grantPence', $5::bigint, 'matchPence', $6::bigint),
       'illustrative', (select coalesce(bool_or(illustrative), false) from year), 'trusts', (${TRUSTS}))::text as json,
       (select json_build_array(name, ods_code) from holder where (select count(*) from holder) > $2
         order by name, ods_code offset $2 - 1 limit 1) as next
     from g`,
    values,
  );
}
