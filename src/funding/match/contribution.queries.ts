import { firstRow, given, type Sql } from '../../database/sql.js';
import type { Journal } from '../ledger.entity.js';
import { type PersonRef, personOf } from '../people.queries.js';
import type { ContributionState, Valuation } from './contribution.rules.js';
import { type CostEvidenceView, evidenceOfCost } from './cost-evidence.queries.js';

/** A contribution in a list. Whole pence. */
export interface ContributionRowView {
  id: string;
  reference: string;
  agreement: { id: string; reference: string };
  trust: { odsCode: string; name: string };
  financialYear: string;
  kind: 'capital' | 'revenue';
  type: string;
  /** What the agreement calls the type. */
  typeLabel: string | null;
  category: string | null;
  description: string;
  valuation: Valuation;
  state: ContributionState;
  /** Toward the match ratio: it is accepted. */
  counts: boolean;
  expectedOn: string | null;
  amountPence: number;
  netPence: number | null;
  vatPence: number | null;
  recoverableVatPence: number | null;
  incurredOn: string | null;
  invoicedOn: string | null;
  defrayedOn: string | null;
  /** Whoever recorded it, changed it or uploaded its evidence. */
  recordedBy: PersonRef[];
  evidencedBy: PersonRef | null;
  evidencedAt: string | null;
  decidedBy: PersonRef | null;
  decidedAt: string | null;
  decisionReason: string | null;
  /** How many pieces of evidence count. */
  countingEvidence: number;
  illustrative: boolean;
  revision: number;
}

export interface ContributionView extends ContributionRowView {
  evidence: CostEvidenceView[];
}

const VIEW = `select m.id, m.reference, json_build_object('id', g.id, 'reference', g.reference) as agreement,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, l.financial_year as "financialYear", l.kind,
    m.type, (select t ->> 'label' from jsonb_array_elements(v.terms -> 'matchRules' -> 'types') t
      where t ->> 'code' = m.type) as "typeLabel",
    m.category, m.description, m.valuation, m.state, m.state = 'accepted' as counts, m.expected_on as "expectedOn", m.amount_pence as "amountPence",
    m.net_pence as "netPence", m.vat_pence as "vatPence", m.recoverable_vat_pence as "recoverableVatPence",
    m.incurred_on as "incurredOn", m.invoiced_on as "invoicedOn", m.defrayed_on as "defrayedOn",
    coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by array_position(m.recorded_by, p.id))
      from person p where p.id = any (m.recorded_by)), '[]') as "recordedBy",
    ${personOf('m.evidenced_by')} as "evidencedBy", to_json(m.evidenced_at) as "evidencedAt",
    ${personOf('m.decided_by')} as "decidedBy", to_json(m.decided_at) as "decidedAt",
    m.decision_reason as "decisionReason",
    (select count(*)::int from cost_evidence e where e.contribution_id = m.id and e.counts) as "countingEvidence",
    m.illustrative, m.revision
  from contribution m join agreement g on g.id = m.agreement_id join organisation o on o.id = m.trust_id
    join funding_line l on l.id = m.line_id
    join agreement_version v on v.agreement_id = g.id and v.number = g.version`;

/** One contribution by its id, with its evidence. */
export async function contribution(sql: Sql, id: string): Promise<ContributionView | undefined> {
  const row = await firstRow<ContributionRowView>(sql, `${VIEW} where m.id = $1`, [id]);
  return row && { ...row, evidence: await evidenceOfCost(sql, { contributionId: id }) };
}

/** The contributions of an agreement in the order in which they were recorded, `limit` at most, those after an id where given. */
export function contributions(
  sql: Sql,
  agreementId: string,
  filter: { state: string | null },
  limit: number,
  after: string | null,
): Promise<ContributionRowView[]> {
  const values: unknown[] = [agreementId, limit];
  const wanted = given(values, { 'm.state = ?': filter.state, 'm.id > ?': after });
  return sql.query<ContributionRowView>(
    `${VIEW} where m.agreement_id = $1${wanted} order by m.id limit $2`,
    values,
  );
}

/** All contributions of agreements in the order in which they were recorded. */
export function contributionsOf(sql: Sql, agreementIds: readonly string[]): Promise<ContributionRowView[]> {
  return sql.query<ContributionRowView>(`${VIEW} where m.agreement_id = any ($1) order by m.id`, [
    agreementIds,
  ]);
}

/** Whether the reader may see an agreement. */
export async function agreementIsThere(sql: Sql, agreementId: string): Promise<boolean> {
  return (await firstRow(sql, 'select id from agreement where id = $1', [agreementId])) !== undefined;
}

/** The agreement that a contribution is of. */
export async function agreementOfContribution(sql: Sql, id: string): Promise<string | undefined> {
  return (
    await firstRow<{ id: string }>(sql, 'select agreement_id as id from contribution where id = $1', [id])
  )?.id;
}

/** A journal that can be reversed. */
export type StandingJournal = Pick<
  Journal,
  'id' | 'claim_id' | 'payment_id' | 'recovery_id' | 'contribution_id'
> & { amountPence: number };

const STANDING = `select j.id, j.claim_id, j.payment_id, j.recovery_id, j.contribution_id, j.total_pence as "amountPence"
  from journal j where not exists (select from journal r where r.reverses_id = j.id)`;

/** The journal that accepted a contribution, while it is not reversed. */
export function acceptanceOf(sql: Sql, contributionId: string): Promise<StandingJournal | undefined> {
  return firstRow<StandingJournal>(sql, `${STANDING} and j.contribution_id = $1 and j.kind = 'accept'`, [
    contributionId,
  ]);
}

/** What was pledged of a line beyond the agreement and not reversed, newest first. */
export function pledgesBeyond(sql: Sql, agreementId: string, lineId: string): Promise<StandingJournal[]> {
  return sql.query<StandingJournal>(
    `${STANDING} and j.agreement_id = $1 and j.kind = 'pledge'
       and exists (select from posting p where p.journal_id = j.id and p.line_id = $2)
     order by j.id desc`,
    [agreementId, lineId],
  );
}
