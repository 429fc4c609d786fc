import { CopiedRows } from '../database/copied-rows.js';
import {
  asCells,
  asJson,
  figure,
  flag,
  instant,
  plain,
  plainOrNull,
  type RowShape,
  typed,
} from '../database/row-shape.js';
import { given, type Sql } from '../database/sql.js';
import type { JournalKind, Source, Stage } from './ledger.rules.js';

/** One posting with all that it is of: a row of the whole ledger. */
export interface LedgerPostingView {
  id: string;
  journal: {
    id: string;
    kind: JournalKind;
    datedOn: string;
    narrative: string;
    recordedAt: string;
    illustrative: boolean;
  };
  trust: { odsCode: string; name: string };
  agreement: { id: string; reference: string };
  line: { financialYear: string; kind: 'capital' | 'revenue' };
  source: Source;
  from: Stage;
  to: Stage;
  amountPence: number;
  incurredOn: string | null;
  tranche: { id: string; number: number; name: string } | null;
  reverses: string | null;
}

/** What the ledger is narrowed to; what is null or left out narrows nothing. */
export interface PostingFilter {
  /** By ODS code. */
  trust?: string | null;
  financialYear?: string | null;
  line?: 'capital' | 'revenue' | null;
  source?: Source | null;
  kind?: JournalKind | null;
  /** The trust that whoever asks is of; null: of none, so they may see all. */
  readerTrustId: string | null;
}

/** @param of gives what stands for a column: itself, or what a query around it calls it */
const row = (of: (column: string) => string): RowShape => ({
  id: plain(of('p.id')),
  journal: {
    of: {
      id: plain(of('j.id')),
      kind: plain(of('j.kind')),
      datedOn: plain(of('j.dated_on')),
      narrative: typed(of('j.narrative')),
      recordedAt: instant(of('j.recorded_at')),
      illustrative: flag(of('j.illustrative')),
    },
  },
  trust: { of: { odsCode: plain(of('o.ods_code')), name: typed(of('o.name')) } },
  agreement: { of: { id: plain(of('a.id')), reference: typed(of('a.reference')) } },
  line: { of: { financialYear: plain(of('l.financial_year')), kind: plain(of('l.kind')) } },
  source: plain(of('p.source')),
  from: plain(of('p.from_stage')),
  to: plain(of('p.to_stage')),
  amountPence: figure(of('p.amount_pence')),
  incurredOn: plainOrNull(of('p.incurred_on')),
  tranche: {
    of: { id: plain(of('t.id')), number: figure(of('t.number')), name: typed(of('t.name')) },
    unless: of('t.id is null'),
  },
  reverses: plainOrNull(of('p.reverses_id')),
});
const ROW = row((column) => column);

const FROM = `from posting p join journal j on j.id = p.journal_id join agreement a on a.id = p.agreement_id
  join organisation o on o.id = p.trust_id join funding_line l on l.id = p.line_id
  left join tranche t on t.id = p.tranche_id`;

function wanted(values: unknown[], programmeId: string, filter: PostingFilter, after: string | null): string {
  return given(values, {
    'a.programme_id = ?': programmeId,
    'p.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'p.trust_id = ?': filter.readerTrustId,
    'l.financial_year = ?': filter.financialYear,
    'l.kind = ?': filter.line,
    'p.source = ?': filter.source,
    'p.kind = ?': filter.kind,
    'p.id > ?': after,
  });
}

/** Postings of a programme in the order in which they were made, `limit` at most, those after an id where given. */
export async function postings(
  sql: Sql,
  programmeId: string,
  filter: PostingFilter,
  limit: number,
  after: string | null,
): Promise<LedgerPostingView[]> {
  const values: unknown[] = [limit];
  const where = wanted(values, programmeId, filter, after);
  const rows = await sql.query<{ row: LedgerPostingView }>(
    `select ${asJson(ROW)}::json as row ${FROM} where true${where} order by p.id limit $1`,
    values,
  );
  return rows.map(({ row }) => row);
}

/** All of them, for a file. */
export function copiedPostings(programmeId: string, filter: PostingFilter, after: string | null): CopiedRows {
  const values: unknown[] = [];
  const columns: string[] = [];
  const shape = row((column) => `c${columns.push(column)}`);
  // Rows are written after they are sorted, and not sorted as they are written, which would be much more to sort.
  const named = columns.map((column, index) => `${column} as c${index + 1}`).join(', ');
  const rows = `from (select ${named} ${FROM} where true${wanted(values, programmeId, filter, after)}
    order by p.id) sorted`;
  return new CopiedRows(
    { csv: `select ${asCells(shape)} ${rows}`, ndjson: `select ${asJson(shape)} ${rows}` },
    values,
  );
}
