import { firstRow, given, type Sql } from '../database/sql.js';
import type { JournalKind, Source, Stage } from './ledger.rules.js';

/** Another journal, as one names it. */
export interface JournalRef {
  id: string;
  kind: JournalKind;
  datedOn: string;
}

export interface PostingView {
  id: string;
  line: { financialYear: string; kind: 'capital' | 'revenue' };
  source: Source;
  from: Stage;
  to: Stage;
  amountPence: number;
  incurredOn: string | null;
  tranche: { id: string; number: number; name: string } | null;
  /** The posting that it mirrors. */
  reverses: string | null;
}

/** What a journal follows from. */
export interface JournalCause {
  kind: 'claim' | 'payment' | 'recovery' | 'contribution' | 'change-request';
  id: string;
  reference: string;
}

export interface JournalView {
  id: string;
  agreement: { id: string; reference: string };
  trust: { odsCode: string; name: string };
  kind: JournalKind;
  datedOn: string;
  narrative: string;
  totalPence: number;
  postings: PostingView[];
  causes: JournalCause[];
  /** As the log has it: who acted, by which action, when it was committed, under which number. */
  posted: {
    by: { id: string; name: string; role: string };
    action: string;
    at: string;
    logEntry: number;
  } | null;
  reverses: JournalRef | null;
  reversedBy: JournalRef | null;
  /** The other side of a novation; null where the reader may not see it. */
  novates: JournalRef | null;
  novatedBy: JournalRef | null;
  illustrative: boolean;
}

const cause = (kind: string, table: string, column: string): string =>
  `select '${kind}' as kind, c.id, c.reference from ${table} c where c.id = j.${column}`;
const CAUSES = [
  cause('claim', 'claim', 'claim_id'),
  cause('payment', 'payment', 'payment_id'),
  cause('recovery', 'recovery', 'recovery_id'),
  cause('contribution', 'contribution', 'contribution_id'),
  cause('change-request', 'change_request', 'change_request_id'),
].join(' union all ');

const other = (condition: string): string =>
  `(select json_build_object('id', x.id, 'kind', x.kind, 'datedOn', x.dated_on) from journal x where ${condition})`;

const POSTINGS = `(select coalesce(json_agg(json_build_object('id', p.id,
      'line', json_build_object('financialYear', l.financial_year, 'kind', l.kind), 'source', p.source,
      'from', p.from_stage, 'to', p.to_stage, 'amountPence', p.amount_pence, 'incurredOn', p.incurred_on,
      'tranche', case when t.id is not null then json_build_object('id', t.id, 'number', t.number, 'name', t.name) end,
      'reverses', p.reverses_id) order by p.id), '[]')
    from posting p join funding_line l on l.id = p.line_id left join tranche t on t.id = p.tranche_id
    where p.journal_id = j.id)`;

const POSTED = `(select json_build_object('by', json_build_object('id', e.actor_id, 'name', personal_value(e.actor_name), 'role', e.actor_role),
      'action', e.action, 'at', e.recorded_at, 'logEntry', e.number)
    from log_entry e where e.table_name = 'journal' and e.subject_id = j.id and e.operation = 'insert')`;

const VIEW = `select j.id, json_build_object('id', a.id, 'reference', a.reference) as agreement,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, j.kind, j.dated_on as "datedOn", j.narrative,
    j.total_pence as "totalPence", ${POSTINGS} as postings,
    (select coalesce(json_agg(c), '[]') from (${CAUSES}) c) as causes, ${POSTED} as posted,
    ${other('x.id = j.reverses_id')} as reverses, ${other('x.reverses_id = j.id')} as "reversedBy",
    ${other('x.id = j.novates_id')} as novates, ${other('x.novates_id = j.id')} as "novatedBy", j.illustrative
  from journal j join agreement a on a.id = j.agreement_id join organisation o on o.id = j.trust_id`;

/** One journal by its id, with its postings. */
export function journal(sql: Sql, id: string): Promise<JournalView | undefined> {
  return firstRow<JournalView>(sql, `${VIEW} where j.id = $1`, [id]);
}

/** The journals of an agreement, newest first, `limit` at most, those before an id where given. */
export function journals(
  sql: Sql,
  agreementId: string,
  limit: number,
  before: string | null,
): Promise<JournalView[]> {
  const values: unknown[] = [agreementId, limit];
  const wanted = given(values, { 'j.id < ?': before });
  return sql.query<JournalView>(
    `${VIEW} where j.agreement_id = $1${wanted} order by j.id desc limit $2`,
    values,
  );
}

/** The journals of a claim, and of one of its payments where they are of a payment, oldest first. */
export function journalsOfPayment(sql: Sql, claimId: string, paymentId: string): Promise<JournalView[]> {
  return sql.query<JournalView>(
    `${VIEW} where j.claim_id = $1 and (j.payment_id is null or j.payment_id = $2) order by j.id`,
    [claimId, paymentId],
  );
}

/** Whether there is an agreement of this id that the reader may see. */
export async function isAgreement(sql: Sql, id: string): Promise<boolean> {
  return (await firstRow(sql, 'select id from agreement where id = $1', [id])) !== undefined;
}
