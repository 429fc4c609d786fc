import type { FinancialYear } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';
import type { Sql } from '../database/sql.js';
import { BALANCE_COLUMNS } from './money.queries.js';
import { AGREED, LINES_OF, STANDS } from './money-sums.queries.js';

/** Where money of a programme stands, by region of whoever has it and financial year, as `ProgrammeMoneyView` says it. Whole pence. */
export interface PlacedMoney {
  /** The slug. */
  programme: string;
  /** Null where none is known. */
  region: string | null;
  year: FinancialYear;
  awardedPence: Pence;
  drawnPence: Pence;
  remainingPence: Pence;
  paidPence: Pence;
  /** Awarded, and no agreement in force holds it: in no other figure. */
  notAgreedPence: Pence;
  matchAgreedPence: Pence;
  matchEvidencedPence: Pence;
  matchAcceptedPence: Pence;
  illustrative: boolean;
}

const PLACE = 'c.programme_id, o.region, l.financial_year';
const NOTHING = (names: readonly string[]): string => names.map((name) => `0::bigint as ${name}`).join(', ');
const HELD = ['g_whole', 'g_drawn', 'g_awarded', 'g_paid', 'm_evidenced', 'm_accepted'];

/** What stands in the accounts of all lines. */
const BALANCES = `select ${PLACE}, ${BALANCE_COLUMNS}, coalesce(bool_or(c.illustrative) filter (where ${STANDS}), false) as illustrative
  from ${LINES_OF} join organisation o on o.id = c.trust_id left join account b on b.line_id = l.id
  where c.state in ${AGREED} group by ${PLACE} having bool_or(${STANDS})`;

/** What the versions in force say of the match. */
const MATCHED = `select ${PLACE}, sum(l.match_pence)::bigint as m_agreed
  from agreement c join organisation o on o.id = c.trust_id
    join agreement_version v on v.agreement_id = c.id and v.number = c.version cross join lateral (
      select t."financialYear" as financial_year, t."matchPence" as match_pence
      from jsonb_to_recordset(v.terms -> 'lines') as t("financialYear" text, "matchPence" bigint)) l
  where c.state in ${AGREED} and c.state <> 'novated' group by ${PLACE}`;

/** What is awarded, and no agreement was made of. */
const UNAGREED = `select ${PLACE}, sum(l.grant_pence)::bigint as unagreed
  from award c join organisation o on o.id = c.trust_id join award_line l on l.award_id = c.id
  where not exists (select from agreement x where x.award_id = c.id and x.state in ${AGREED}) group by ${PLACE}`;

const sum = (column: string, name: string): string => `sum(n.${column})::bigint as "${name}"`;

/** Where the money of all programmes stands that the reader may see. */
export function placedMoney(sql: Sql): Promise<PlacedMoney[]> {
  const columns = 'programme_id, region, financial_year';
  return sql.query<PlacedMoney>(
    `with placed as (
       select ${columns}, ${HELD.join(', ')}, 0::bigint as m_agreed, 0::bigint as unagreed, illustrative from (${BALANCES}) h
       union all select ${columns}, ${NOTHING(HELD)}, m_agreed, 0, false from (${MATCHED}) m
       union all select ${columns}, ${NOTHING(HELD)}, 0, unagreed, false from (${UNAGREED}) u)
     select p.slug as programme, n.region, n.financial_year as year, ${sum('g_whole', 'awardedPence')},
       ${sum('g_drawn', 'drawnPence')}, ${sum('g_awarded', 'remainingPence')}, ${sum('g_paid', 'paidPence')},
       ${sum('unagreed', 'notAgreedPence')}, ${sum('m_agreed', 'matchAgreedPence')},
       ${sum('m_evidenced', 'matchEvidencedPence')}, ${sum('m_accepted', 'matchAcceptedPence')},
       bool_or(n.illustrative) as illustrative
     from placed n join programme p on p.id = n.programme_id
     group by p.slug, n.region, n.financial_year order by p.slug, n.region, n.financial_year`,
  );
}
