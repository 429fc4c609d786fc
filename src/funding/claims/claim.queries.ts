import { firstRow, type Sql } from '../../database/sql.js';
import type { AgreementState } from '../agreements/agreement-states.js';
import { type CostEvidenceView, evidenceOfCost } from '../match/cost-evidence.queries.js';
import type { PaymentState } from '../payments/payment.rules.js';
import type { RecoveryState } from '../payments/recovery.rules.js';
import type { PersonRef } from '../people.queries.js';
import type { ClaimLimits } from './claim-draft.rules.js';
import type { ClaimKind, KnownNames } from './claim-lines.rules.js';
import type { ClaimState } from './claim-states.js';

/** One line of a version of a claim. Whole pence; the cost's own fields are null in an advance. */
export interface ClaimLineView {
  position: number;
  /** The id of its funding line. */
  lineId: string;
  financialYear: string;
  kind: 'capital' | 'revenue';
  project: { code: string; name: string } | null;
  category: string | null;
  description: string;
  supplier: string | null;
  invoiceReference: string | null;
  incurredOn: string | null;
  invoicedOn: string | null;
  defrayedOn: string | null;
  netPence: number | null;
  vatPence: number | null;
  recoverableVatPence: number | null;
  claimedPence: number;
  recommendedPence: number | null;
  recommendedBecause: string | null;
  approvedPence: number | null;
  disallowedBecause: string | null;
  /** The id of the evidence that counts for it. */
  evidence: string | null;
}

/** A question about a claim, and its answer. */
export interface ClaimQueryView {
  id: string;
  version: number;
  position: number | null;
  question: string;
  raisedBy: PersonRef | null;
  raisedAt: string;
  answer: string | null;
  answeredBy: PersonRef | null;
  answeredAt: string | null;
}

/** Who did what with a claim, and when; null where nobody has yet. */
export interface ClaimPeopleView {
  preparedBy: PersonRef[];
  certifiedBy: PersonRef | null;
  certifiedAt: string | null;
  submittedBy: PersonRef | null;
  submittedAt: string | null;
  checkedBy: PersonRef | null;
  /** When it was taken up; null also where that was before it was kept. */
  checkedAt: string | null;
  recommendedBy: PersonRef | null;
  recommendedAt: string | null;
  approvedBy: PersonRef | null;
  approvedAt: string | null;
  secondApprovedBy: PersonRef | null;
  secondApprovedAt: string | null;
  /** Who withdrew or rejected it, or cancelled its approval. */
  endedBy: PersonRef | null;
}

export interface ClaimView {
  id: string;
  reference: string;
  programme: string;
  trust: { odsCode: string; name: string };
  agreement: { id: string; reference: string; state: AgreementState };
  tranche: { id: string; number: number; name: string; basis: 'advance' | 'delivery' };
  kind: ClaimKind;
  state: ClaimState;
  stateSince: string;
  /** Days in this state, as London counts them. */
  ageDays: number;
  version: number;
  description: string;
  claimedPence: number;
  approvedPence: number | null;
  recommendation: string | null;
  decisionReason: string | null;
  people: ClaimPeopleView;
  /** Of the current version. */
  lines: ClaimLineView[];
  /** On any version, oldest first. */
  queries: ClaimQueryView[];
  payments: Array<{ id: string; reference: string; state: PaymentState; amountPence: number }>;
  recoveries: Array<{ id: string; reference: string; state: RecoveryState; amountPence: number }>;
  evidence: CostEvidenceView[];
  /** What can be claimed where this claim is made. */
  claimable: ClaimLimits;
  /** An approval above it needs a second one; null: none does. */
  secondApprovalAbovePence: number | null;
  illustrative: boolean;
  revision: number;
}

/** Days in a state, as London counts them: both instants are real, whatever day the programme stands at. */
export const AGE_DAYS = `((moment() at time zone 'Europe/London')::date - (c.state_since at time zone 'Europe/London')::date)`;

/** The lines of a version of a claim, in order. */
export const linesOf = (claimId: string, version: string): string =>
  `(select coalesce(json_agg(json_build_object('position', l.position, 'lineId', l.line_id, 'financialYear', f.financial_year, 'kind', f.kind,
      'project', case when j.id is not null then json_build_object('code', j.code, 'name', j.name) end,
      'category', l.category, 'description', l.description, 'supplier', l.supplier,
      'invoiceReference', l.invoice_reference, 'incurredOn', l.incurred_on, 'invoicedOn', l.invoiced_on,
      'defrayedOn', l.defrayed_on, 'netPence', l.net_pence, 'vatPence', l.vat_pence,
      'recoverableVatPence', l.recoverable_vat_pence, 'claimedPence', l.claimed_pence,
      'recommendedPence', l.recommended_pence, 'recommendedBecause', l.recommended_because,
      'approvedPence', l.approved_pence, 'disallowedBecause', l.disallowed_because,
      'evidence', (select e.id from cost_evidence e where e.claim_id = l.claim_id and e.counts
         and e.reference_key = cost_reference_key(l.supplier, l.invoice_reference))) order by l.position), '[]')
    from claim_line l join funding_line f on f.id = l.line_id left join project j on j.id = l.project_id
    where l.claim_id = ${claimId} and l.version = ${version})`;

/** Who did what, by ids: the names come all at once, by `NAMES`. */
const PEOPLE = `json_build_object('preparedBy', c.prepared_by,
    'certifiedBy', c.certified_by, 'certifiedAt', c.certified_at,
    'submittedBy', c.submitted_by, 'submittedAt', c.submitted_at, 'checkedBy', c.checked_by, 'checkedAt', c.checked_at,
    'recommendedBy', c.recommended_by, 'recommendedAt', c.recommended_at,
    'approvedBy', c.approved_by, 'approvedAt', c.approved_at,
    'secondApprovedBy', c.second_approved_by, 'secondApprovedAt', c.second_approved_at, 'endedBy', c.ended_by)`;

const NAMES = `(select coalesce(json_object_agg(p.id, p.name), '{}') from person p
    where p.id = any (c.prepared_by || array[c.certified_by, c.submitted_by, c.checked_by, c.recommended_by, c.approved_by,
        c.second_approved_by, c.ended_by]
      || array(select unnest(array[q.raised_by, q.answered_by]) from claim_query q where q.claim_id = c.id)))`;

const CATEGORIES = `(select coalesce(json_agg(x.category ->> 'code' order by x.place), '[]')
    from agreement_version v, jsonb_array_elements(v.terms -> 'eligibility' -> 'categories')
      with ordinality as x(category, place)
    where v.agreement_id = g.id and v.number = g.version)`;

const LIMITS = `json_build_object(
    'window', json_build_object('startsOn', g.window_starts_on, 'endsOn', g.window_ends_on),
    'categories', ${CATEGORIES},
    'tranche', json_build_object('number', t.number, 'name', t.name, 'leftPence', t.grant_pence - t.drawn_pence),
    'lines', (select coalesce(json_agg(json_build_object('id', f.id, 'financialYear', f.financial_year, 'kind', f.kind,
        'leftPence', coalesce(a.balance_pence, 0),
        'yearClosed', exists (select from year_end y
          where y.programme_id = g.programme_id and y.financial_year = f.financial_year),
        'claimedBeforePence', (select coalesce(sum(l.claimed_pence), 0) from claim_line l
          where l.claim_id = c.id and l.version = c.version - 1 and l.line_id = f.id)) order by f.financial_year, f.kind), '[]')
      from funding_line f left join account a on a.line_id = f.id and a.source = 'grant' and a.stage = 'awarded'
      where f.agreement_id = g.id))`;

const amountsOf = (table: 'payment' | 'recovery'): string =>
  `(select coalesce(json_agg(json_build_object('id', x.id, 'reference', x.reference, 'state', x.state,
      'amountPence', x.amount_pence) order by x.id), '[]') from ${table} x where x.claim_id = c.id)`;

/** A claim as it is read: people by their ids, and the names of those whom the reader may see. */
type ClaimRow = Omit<ClaimView, 'evidence' | 'people' | 'queries'> & {
  people: { [Deed in keyof ClaimPeopleView]: Deed extends 'preparedBy' ? string[] : string | null };
  queries: Array<
    Omit<ClaimQueryView, 'raisedBy' | 'answeredBy'> & { raisedBy: string | null; answeredBy: string | null }
  >;
  names: Record<string, string>;
};

const QUERIES = `(select coalesce(json_agg(json_build_object('id', q.id, 'version', q.version, 'position', q.position,
      'question', q.question, 'raisedBy', q.raised_by, 'raisedAt', q.raised_at, 'answer', q.answer,
      'answeredBy', q.answered_by, 'answeredAt', q.answered_at) order by q.id), '[]')
    from claim_query q where q.claim_id = c.id)`;

/** One claim by its id, whole: its current version, what was asked of it, who did what, and what can be claimed. */
export async function claim(sql: Sql, id: string): Promise<ClaimView | undefined> {
  const row = await firstRow<ClaimRow>(
    sql,
    `select c.id, c.reference, r.slug as programme, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       json_build_object('id', g.id, 'reference', g.reference, 'state', g.state) as agreement,
       json_build_object('id', t.id, 'number', t.number, 'name', t.name, 'basis', t.basis) as tranche,
       c.kind, c.state, to_json(c.state_since) as "stateSince", ${AGE_DAYS} as "ageDays", c.version, c.description,
       c.claimed_pence as "claimedPence", c.approved_pence as "approvedPence", c.recommendation,
       c.decision_reason as "decisionReason", ${PEOPLE} as people, ${NAMES} as names,
       ${linesOf('c.id', 'c.version')} as lines, ${QUERIES} as queries, ${amountsOf('payment')} as payments,
       ${amountsOf('recovery')} as recoveries, ${LIMITS} as claimable,
       (r.terms -> 'payments' ->> 'secondApproverAbovePence')::bigint as "secondApprovalAbovePence",
       c.illustrative, c.revision
     from claim c join programme r on r.id = c.programme_id join organisation o on o.id = c.trust_id
       join agreement g on g.id = c.agreement_id join tranche t on t.id = c.tranche_id
     where c.id = $1`,
    [id],
  );
  return row && { ...named(row), evidence: await evidenceOfCost(sql, { claimId: id }) };
}

function named({ names, people, queries, ...row }: ClaimRow): Omit<ClaimView, 'evidence'> {
  const person = (id: string | null): PersonRef | null =>
    id !== null && names[id] !== undefined ? { id, name: names[id] } : null;
  return {
    ...row,
    people: {
      ...people,
      preparedBy: people.preparedBy.map(person).filter((each) => each !== null),
      certifiedBy: person(people.certifiedBy),
      submittedBy: person(people.submittedBy),
      checkedBy: person(people.checkedBy),
      recommendedBy: person(people.recommendedBy),
      approvedBy: person(people.approvedBy),
      secondApprovedBy: person(people.secondApprovedBy),
      endedBy: person(people.endedBy),
    },
    queries: queries.map((query) => ({
      ...query,
      raisedBy: person(query.raisedBy),
      answeredBy: person(query.answeredBy),
    })),
  };
}

/** What a claim is held against: `draftBlockers`, and the queries that have no answer. */
export interface ClaimFacts {
  agreement: { state: AgreementState; reference: string };
  kind: ClaimKind;
  lines: ClaimLineView[];
  claimable: ClaimLimits;
  /** Positions of lines; null for the claim as a whole. */
  unanswered: Array<{ position: number | null }>;
}

/** What decides whether a claim may be certified and submitted: a part of `claim`, as many read it at once. */
export async function claimFacts(sql: Sql, id: string): Promise<ClaimFacts> {
  const row = await firstRow<ClaimFacts>(
    sql,
    `select json_build_object('state', g.state, 'reference', g.reference) as agreement, c.kind,
       ${linesOf('c.id', 'c.version')} as lines, ${LIMITS} as claimable,
       (select coalesce(json_agg(json_build_object('position', q.position) order by q.id), '[]')
         from claim_query q where q.claim_id = c.id and q.answer is null) as unanswered
     from claim c join agreement g on g.id = c.agreement_id join tranche t on t.id = c.tranche_id where c.id = $1`,
    [id],
  );
  if (!row) throw new Error(`There is no claim ${id}`);
  return row;
}

/** The agreement that a claim is made under; undefined where there is no such claim. */
export async function agreementOfClaim(sql: Sql, claimId: string): Promise<string | undefined> {
  return (
    await firstRow<{ agreementId: string }>(
      sql,
      'select agreement_id as "agreementId" from claim where id = $1',
      [claimId],
    )
  )?.agreementId;
}

/** What lines of an agreement's claims may name, with the ids that the names stand for. */
export interface ClaimNames extends KnownNames {
  lineIds: Record<string, string>;
  projectIds: Record<string, string>;
}

/** The lines, projects and categories that claims under an agreement may name. */
export async function claimNames(sql: Sql, agreementId: string): Promise<ClaimNames> {
  const row = await firstRow<Pick<ClaimNames, 'lineIds' | 'projectIds' | 'categories'>>(
    sql,
    `select coalesce((select json_object_agg(f.financial_year || ' ' || f.kind, f.id order by f.financial_year, f.kind)
         from funding_line f where f.agreement_id = g.id), '{}') as "lineIds",
       coalesce((select json_object_agg(p.code, p.id) from project p
         where p.programme_id = g.programme_id and p.trust_id = g.trust_id), '{}') as "projectIds",
       ${CATEGORIES} as categories
     from agreement g where g.id = $1`,
    [agreementId],
  );
  const { lineIds = {}, projectIds = {}, categories = [] } = row ?? {};
  return { lineIds, projectIds, categories, lines: Object.keys(lineIds), projects: Object.keys(projectIds) };
}

/** The positions of a claim's queries that have no answer; null for one on the claim as a whole. */
export function unansweredQueries(sql: Sql, claimId: string): Promise<Array<{ position: number | null }>> {
  return sql.query('select position from claim_query where claim_id = $1 and answer is null order by id', [
    claimId,
  ]);
}
