import type { Sql } from '../database/sql.js';
import type { Posting } from './ledger.entity.js';
import type { Source, Stage } from './ledger.rules.js';

/** The postings of a journal, in the order in which they were made. */
export function postingsOf(sql: Sql, journalId: string): Promise<Posting[]> {
  return sql.query<Posting>(
    `select id, trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage, amount_pence,
       incurred_on, tranche_id, reverses_id
     from posting where journal_id = $1 order by id`,
    [journalId],
  );
}

/** A line of an agreement and what stands in one of its accounts, in pence. */
export interface AccountBalance {
  lineId: string;
  financialYear: string;
  kind: 'capital' | 'revenue';
  source: Source;
  stage: Stage;
  balancePence: number;
}

/** The balances of an agreement's accounts that were ever used. */
export function balancesOf(sql: Sql, agreementId: string): Promise<AccountBalance[]> {
  return sql.query<AccountBalance>(
    `select l.id as "lineId", l.financial_year as "financialYear", l.kind, a.source, a.stage,
       a.balance_pence as "balancePence"
     from funding_line l join account a on a.line_id = l.id
     where l.agreement_id = $1 order by l.financial_year, l.kind, a.source, a.stage`,
    [agreementId],
  );
}

/** A line of an agreement. */
export interface FundingLineRow {
  id: string;
  financialYear: string;
  kind: 'capital' | 'revenue';
}

/** The lines of an agreement, by year and kind. */
export function fundingLines(sql: Sql, agreementId: string): Promise<FundingLineRow[]> {
  return sql.query<FundingLineRow>(
    `select id, financial_year as "financialYear", kind from funding_line where agreement_id = $1
     order by financial_year, kind`,
    [agreementId],
  );
}
