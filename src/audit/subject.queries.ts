import { firstRow, type Sql } from '../database/sql.js';
import type { Subject } from './log.queries.js';

/** What a row of a table is called, by its columns as `x` and of what it belongs to. */
type Naming = readonly [from: string, name: string];

const column = (table: string, name: string): Naming => [table, `x.${name}`];

/** How rows are named wherever the log tells of them. The log knows tables by their names, those of later rooms too. */
const NAMINGS: Readonly<Record<string, Naming>> = {
  adoption: column('adoption', 'reference'),
  agreement: column('agreement', 'reference'),
  agreement_version: [
    'agreement_version x join agreement g on g.id = x.agreement_id',
    "g.reference || ', version ' || x.number",
  ],
  account: [
    'account x join funding_line l on l.id = x.line_id',
    "x.source || ' ' || x.stage || ', ' || l.financial_year || ' ' || l.kind",
  ],
  api_key: column('api_key', 'label'),
  assurance_document: column('assurance_document', 'file_name'),
  assurance_item: column('assurance_item', 'reference'),
  audit_finding: column('audit_finding', 'reference'),
  audit_finding_step: [
    'audit_finding_step x join audit_finding f on f.id = x.finding_id',
    "f.reference || ', ' || x.kind",
  ],
  audit_read: column('audit_read', 'path'),
  audit_sample: column('audit_sample', 'reference'),
  audit_sample_item: [
    'audit_sample_item x join audit_sample s on s.id = x.sample_id',
    "s.reference || ', ' || x.reference",
  ],
  award: ['award x join organisation o on o.id = x.trust_id', "'award of ' || o.name"],
  award_line: column('award_line', "financial_year || ' ' || x.kind"),
  award_tranche: column('award_tranche', "number || ', ' || x.name"),
  blueprint: column('blueprint', 'reference'),
  blueprint_attachment: column('blueprint_attachment', 'file_name'),
  blueprint_contact: [
    'blueprint_contact x join blueprint b on b.id = x.blueprint_id',
    "b.reference || ', ' || x.kind",
  ],
  blueprint_version: [
    'blueprint_version x join blueprint b on b.id = x.blueprint_id',
    "b.reference || ', version ' || x.number",
  ],
  change_request: column('change_request', "reference || ', ' || x.title"),
  claim: column('claim', 'reference'),
  claim_line: [
    'claim_line x join claim c on c.id = x.claim_id',
    "c.reference || ', line ' || x.position || ', ' || x.description",
  ],
  claim_query: ['claim_query x join claim c on c.id = x.claim_id', "c.reference || ', ' || x.question"],
  claim_version: [
    'claim_version x join claim c on c.id = x.claim_id',
    "c.reference || ', version ' || x.number",
  ],
  contribution: column('contribution', 'reference'),
  cost_evidence: column('cost_evidence', 'file_name'),
  deployment: [
    `deployment x join product p on p.id = x.product_id join product_version v on v.id = x.product_version_id
      join project j on j.id = x.project_id`,
    "p.name || ' ' || v.version || ' in ' || j.name",
  ],
  evidence: column('evidence', 'file_name'),
  extract: column('extract', 'file_name'),
  extract_item: [
    'extract_item x join extract e on e.id = x.extract_id',
    "e.file_name || ', line ' || x.line",
  ],
  finding: column('finding', 'code'),
  funding_line: column('funding_line', "financial_year || ' ' || x.kind"),
  gate_decision: [
    'gate_decision x join claim c on c.id = x.claim_id',
    "'to ' || x.step || ' ' || c.reference",
  ],
  gate_waiver: [
    'gate_waiver x join tranche t on t.id = x.tranche_id',
    "'of tranche ' || t.number || ', ' || t.name",
  ],
  goal: column('goal', 'code'),
  journal: column('journal', 'narrative'),
  measure: column('measure', 'name'),
  measurement: [
    `measurement x join measure m on m.id = x.measure_id join reporting_period t on t.id = x.period_id
      join organisation o on o.id = x.trust_id`,
    "m.name || ', ' || o.name || ', ' || t.label",
  ],
  milestone: column('milestone', 'name'),
  organisation: column('organisation', 'name'),
  organisation_name: column('organisation_name', 'name'),
  payment: column('payment', 'reference'),
  person: column('person', 'name'),
  product: column('product', 'name'),
  product_version: ['product_version x join product p on p.id = x.product_id', "p.name || ' ' || x.version"],
  programme: column('programme', 'name'),
  programme_definition: [
    'programme_definition x join programme g on g.id = x.programme_id',
    "g.name || ', definition ' || x.number",
  ],
  programme_role: [
    'programme_role x join organisation o on o.id = x.organisation_id',
    "o.name || ', ' || x.role",
  ],
  progress_report: [
    'progress_report x join organisation o on o.id = x.trust_id join reporting_period t on t.id = x.period_id',
    "o.name || ', ' || t.label",
  ],
  project: column('project', 'name'),
  recovery: column('recovery', 'reference'),
  report_query: column('report_query', 'question'),
  report_version: [
    `report_version x join progress_report r on r.id = x.report_id join organisation o on o.id = r.trust_id
      join reporting_period t on t.id = r.period_id`,
    "o.name || ', ' || t.label || ', version ' || x.number",
  ],
  reporting_period: column('reporting_period', 'label'),
  sign_in: ['sign_in x join person p on p.id = x.person_id', 'p.name'],
  target_set: column('target_set', "code || '/v' || x.version"),
  tranche: column('tranche', "number || ', ' || x.name"),
  year_end: column('year_end', 'financial_year'),
};

const NAMES = Object.values(NAMINGS)
  .map(([from, name]) => {
    const rows = from.includes(' ') ? from : `${from} x`;
    return `select x.id, left(${name}, 120) as name from ${rows} where x.id = any ($1::uuid[])`;
  })
  .join(' union all ');

/** What the things with these ids are called, by id; what the reader may not see, or is there no more, has no name. */
export async function namesOf(sql: Sql, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await sql.query<{ id: string; name: string | null }>(NAMES, [ids]);
  return Object.fromEntries(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
}

/** What belongs to a thing so closely that its history is the thing's own: by table, and by the column that says so. */
const PARTS: Readonly<Record<string, ReadonlyArray<readonly [table: string, column: string]>>> = {
  agreement: [
    ['agreement_version', 'agreement_id'],
    ['tranche', 'agreement_id'],
  ],
  award: [
    ['award_line', 'award_id'],
    ['award_tranche', 'award_id'],
  ],
  change_request: [['agreement_version', 'change_request_id']],
  claim: [
    ['claim_line', 'claim_id'],
    ['claim_query', 'claim_id'],
    ['claim_version', 'claim_id'],
    ['cost_evidence', 'claim_id'],
    ['gate_decision', 'claim_id'],
    ['payment', 'claim_id'],
    ['recovery', 'claim_id'],
  ],
  contribution: [['cost_evidence', 'contribution_id']],
  milestone: [['evidence', 'milestone_id']],
  organisation: [['organisation_name', 'organisation_id']],
  payment: [['recovery', 'payment_id']],
  person: [
    ['api_key', 'person_id'],
    ['sign_in', 'person_id'],
  ],
  programme: [
    ['programme_definition', 'programme_id'],
    ['year_end', 'programme_id'],
  ],
  progress_report: [
    ['report_version', 'report_id'],
    ['report_query', 'report_id'],
  ],
  project: [['goal', 'project_id']],
  target_set: [['measure', 'target_set_id']],
  tranche: [
    ['gate_waiver', 'tranche_id'],
    ['tranche_milestone', 'tranche_id'],
  ],
};

/** A thing with all that belongs to it now. */
export async function wholeOf(sql: Sql, subject: Subject): Promise<Subject[]> {
  const parts = PARTS[subject.table] ?? [];
  if (parts.length === 0) return [subject];
  const text = parts
    .map(([table, of]) => `select '${table}' as "table", id from ${table} where ${of} = $1`)
    .join(' union all ');
  return [subject, ...(await sql.query<{ table: string; id: string }>(text, [subject.id]))];
}

/** Whether the log records a table: one whose rows have a history. */
export async function isRecorded(sql: Sql, table: string): Promise<boolean> {
  const found = await firstRow(
    sql,
    `select 1 from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'exemplar'::regnamespace and c.relname = $1 and t.tgname = 'record_change'`,
    [table],
  );
  return found !== undefined;
}
