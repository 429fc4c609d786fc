import { firstRow, given, type Sql } from '../database/sql.js';
import { FILE_VIEW, type FileView, KEPT_FILE, type KeptFile } from '../storage/file.queries.js';
import type { BenefitState, BenefitType } from './benefit.rules.js';
import type { ActualState } from './benefit-actual.rules.js';
import type { PlannedYear } from './benefit-plan.rules.js';

interface PersonRef {
  id: string;
  name: string;
}

/** What a benefit is planned to bring in a financial year, and what it brought. Values are of the benefit's unit. */
export interface BenefitYearView {
  year: string;
  planned: number;
  /** As it was reported last, and was not rejected; null where nothing stands. */
  reported: number | null;
  /** As somebody else found it; null until then. */
  validated: number | null;
  /** The day by which it is to be reported. */
  dueOn: string;
  /** Due, and not reported. */
  late: boolean;
}

export interface BenefitView {
  id: string;
  code: string;
  name: string;
  description: string;
  project: { code: string; name: string };
  trust: { odsCode: string; name: string };
  type: BenefitType;
  unit: string;
  state: BenefitState;
  baseline: { value: number; on: string; source: string } | null;
  owner: string;
  ownerAfterClosure: string | null;
  /** Whether it is counted itself, and not in another. */
  counts: boolean;
  /** The benefit that it is counted in; null where it counts itself, or where that one is not the reader's to see. */
  countedIn: BenefitRef | null;
  /** By year. */
  years: BenefitYearView[];
  /** How often its plan was replaced, and one. */
  planVersion: number;
  /** What its plan was before, the latest first. */
  formerPlans: FormerPlan[];
  recordedBy: PersonRef[];
  agreedBy: PersonRef | null;
  agreedAt: string | null;
  endedBecause: string | null;
  illustrative: boolean;
  revision: number;
}

/** What the plan of a benefit was until a change request replaced it. */
export interface FormerPlan {
  number: number;
  years: PlannedYear[];
  /** By its reference. */
  changeRequest: string;
  replacedAt: string;
}

/** A benefit by name. */
export interface BenefitRef {
  id: string;
  code: string;
  name: string;
  project: string;
}

/** A file that shows what a benefit brought. */
export interface BenefitEvidenceView extends FileView {
  id: string;
  actual: string;
  uploadedBy: string | null;
  uploadedAt: string;
  illustrative: boolean;
}

/** What a benefit was reported to have brought in a year. */
export interface BenefitActualView {
  id: string;
  benefit: BenefitRef & { unit: string };
  trust: { odsCode: string; name: string };
  year: string;
  value: number;
  method: string;
  state: ActualState;
  preparedBy: PersonRef[];
  reportedAt: string;
  validated: number | null;
  decidedBy: PersonRef | null;
  decidedAt: string | null;
  decisionNote: string | null;
  evidence: BenefitEvidenceView[];
  illustrative: boolean;
  revision: number;
}

const person = (id: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${id})`;
const people = (ids: string): string =>
  `(select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name, p.id), '[]')
    from person p where p.id = any (${ids}))`;
export const trust = `json_build_object('odsCode', o.ods_code, 'name', o.name)`;
export const ref = (benefit: string, project: string, more = ''): string =>
  `json_build_object('id', ${benefit}.id, 'code', ${benefit}.code, 'name', ${benefit}.name, 'project', ${project}.code${more})`;

/** The day by which it is to be reported what a year brought: as `reportDueOn` in benefit-actual.rules.ts. */
export const DUE = `make_date(left(y.financial_year, 4)::int + 1, 5, 31)`;
/** A benefit's plan is to be reported against: it is under way, and counts itself. */
export const IS_REPORTED = `(b.state in ('agreed', 'realising') and b.counted_in is null)`;

/** $2 is today. */
const VIEW = `select b.id, b.code, b.name, b.description, b.type, b.unit, b.state,
    json_build_object('code', j.code, 'name', j.name) as project, ${trust} as trust,
    case when b.baseline_on is not null then json_build_object('value', b.baseline_value, 'on', b.baseline_on,
      'source', b.baseline_source) end as baseline,
    b.owner, b.owner_after_closure as "ownerAfterClosure", b.counted_in is null as counts,
    (select ${ref('c', 'cj')} from benefit c join project cj on cj.id = c.project_id where c.id = b.counted_in)
      as "countedIn",
    (select coalesce(json_agg(json_build_object('year', y.financial_year, 'planned', y.planned_value,
        'reported', a.value, 'validated', a.validated_value, 'dueOn', ${DUE},
        'late', ${IS_REPORTED} and a.id is null and ${DUE} < $2::date) order by y.financial_year), '[]')
      from benefit_year y left join benefit_actual a on a.benefit_id = y.benefit_id
        and a.financial_year = y.financial_year and a.state in ('reported', 'validated')
      where y.benefit_id = b.id) as years,
    b.plan_version as "planVersion", (select coalesce(json_agg(json_build_object('number', f.number, 'years', f.years,
        'changeRequest', f.change_request, 'replacedAt', f.replaced_at) order by f.number desc), '[]')
      from benefit_plan f where f.benefit_id = b.id) as "formerPlans",
    ${people('b.recorded_by')} as "recordedBy", ${person('b.agreed_by')} as "agreedBy",
    to_json(b.agreed_at) as "agreedAt", b.ended_because as "endedBecause", b.illustrative, b.revision
  from benefit b join project j on j.id = b.project_id join organisation o on o.id = b.trust_id`;

/** One benefit by its id, late or not as on a day. */
export function benefit(sql: Sql, id: string, today: string): Promise<BenefitView | undefined> {
  return firstRow<BenefitView>(sql, `${VIEW} where b.id = $1`, [id, today]);
}

export interface BenefitFilter {
  /** ODS code. */
  trust: string | null;
  /** Its code. */
  project: string | null;
  type: BenefitType | null;
  state: BenefitState | null;
}

/** A programme's benefits in the order in which they were recorded, `limit` at most, those after `after`. */
export function benefits(
  sql: Sql,
  programmeId: string,
  today: string,
  filter: BenefitFilter,
  limit: number,
  after: string | null,
): Promise<BenefitView[]> {
  const values: unknown[] = [programmeId, today, limit];
  const wanted = given(values, {
    'b.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'b.project_id = (select id from project where programme_id = $1 and code = ?)': filter.project,
    'b.type = ?': filter.type,
    'b.state = ?': filter.state,
    'b.id > ?::uuid': after,
  });
  return sql.query<BenefitView>(`${VIEW} where b.programme_id = $1${wanted} order by b.id limit $3`, values);
}

const EVIDENCE = `select f.id, f.actual_id as actual, ${FILE_VIEW},
    (select p.name from person p where p.id = f.uploaded_by) as "uploadedBy", to_json(f.uploaded_at) as "uploadedAt",
    f.illustrative
  from benefit_evidence f`;

export const ACTUAL_VIEW = `select a.id, ${ref('b', 'j', `, 'unit', b.unit`)} as benefit, ${trust} as trust,
    a.financial_year as year, a.value, a.method, a.state, ${people('a.prepared_by')} as "preparedBy",
    to_json(a.reported_at) as "reportedAt", a.validated_value as validated, ${person('a.decided_by')} as "decidedBy",
    to_json(a.decided_at) as "decidedAt", a.decision_note as "decisionNote",
    (select coalesce(json_agg(row_to_json(e) order by e."uploadedAt"::text, e.id), '[]')
      from (${EVIDENCE} where f.actual_id = a.id) e) as evidence,
    a.illustrative, a.revision
  from benefit_actual a join benefit b on b.id = a.benefit_id join project j on j.id = b.project_id
    join organisation o on o.id = a.trust_id`;

/** All that was reported of a benefit, the latest year first, and of a year the latest report. */
export function actualsOf(sql: Sql, benefitId: string): Promise<BenefitActualView[]> {
  return sql.query<BenefitActualView>(
    `${ACTUAL_VIEW} where a.benefit_id = $1 order by a.financial_year desc, a.id desc`,
    [benefitId],
  );
}

/** One report by its id. */
export function actual(sql: Sql, id: string): Promise<BenefitActualView | undefined> {
  return firstRow<BenefitActualView>(sql, `${ACTUAL_VIEW} where a.id = $1`, [id]);
}

/** One piece of evidence by its id. */
export function benefitEvidence(sql: Sql, id: string): Promise<BenefitEvidenceView | undefined> {
  return firstRow<BenefitEvidenceView>(sql, `${EVIDENCE} where f.id = $1`, [id]);
}

/** The file of a piece of evidence. */
export function benefitEvidenceFile(sql: Sql, id: string): Promise<KeptFile | undefined> {
  return firstRow<KeptFile>(sql, `select ${KEPT_FILE} from benefit_evidence f where f.id = $1`, [id]);
}

/** The slug of the programme that a benefit is of. */
export async function programmeOfBenefit(sql: Sql, id: string): Promise<string | undefined> {
  const row = await firstRow<{ slug: string }>(
    sql,
    'select p.slug from benefit b join programme p on p.id = b.programme_id where b.id = $1',
    [id],
  );
  return row?.slug;
}

/** How many benefits are counted in one. */
export async function sharersOf(sql: Sql, id: string): Promise<number> {
  const row = await firstRow<{ count: number }>(
    sql,
    'select count(*)::int as count from benefit where counted_in = $1',
    [id],
  );
  return row?.count ?? 0;
}

/** Whose a report is. */
export async function trustOfActual(sql: Sql, id: string): Promise<string | undefined> {
  const row = await firstRow<{ trustId: string }>(
    sql,
    'select trust_id as "trustId" from benefit_actual where id = $1',
    [id],
  );
  return row?.trustId;
}
