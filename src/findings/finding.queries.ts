import { firstRow, given, type Sql } from '../database/sql.js';
import {
  type FindingKind,
  type FindingState,
  type FollowUpOutcome,
  type NamedFinding,
  OUTSTANDING,
  type OwnerRole,
  type Priority,
  type Stance,
} from './finding.rules.js';

/** Somebody, as findings name people. */
interface PersonRef {
  id: string;
  name: string;
}

/** What the owner answered, and has not taken back by letting it be opened again. */
export interface FindingResponse {
  stance: Stance;
  /** What will be done, or why nothing will. */
  words: string;
  /** By when; null where it is not agreed. */
  plannedOn: string | null;
  by: PersonRef;
  at: string;
}

export interface FindingView {
  id: string;
  reference: string;
  kind: FindingKind;
  state: FindingState;
  priority: Priority;
  /** The review or audit that it comes from. */
  review: string;
  statement: string;
  /** Who is to act, in words; '' where role and organisation say it. */
  owner: string;
  /** Null where only words say who is to act. */
  ownerRole: OwnerRole | null;
  /** Where that role is held; null where only words say who is to act. */
  ownerOrganisation: { odsCode: string; name: string } | null;
  trust: { odsCode: string; name: string } | null;
  dueOn: string;
  overdue: boolean;
  daysLate: number;
  raisedBy: PersonRef;
  raisedAt: string;
  response: FindingResponse | null;
  closedBy: PersonRef | null;
  closedAt: string | null;
  illustrative: boolean;
  revision: number;
}

/** What was said or done about a finding, once. */
export interface FindingStepView {
  id: string;
  kind: 'response' | 'follow-up' | 'closure' | 'due-date';
  words: string;
  stance: Stance | null;
  plannedOn: string | null;
  outcome: FollowUpOutcome | null;
  evidence: string | null;
  reopens: boolean;
  formerDueOn: string | null;
  dueOn: string | null;
  by: PersonRef;
  at: string;
}

/** A finding with all that was said and done about it, oldest first. */
export type FindingWithSteps = FindingView & { steps: FindingStepView[] };

const OVERDUE = `(f.state in (${OUTSTANDING.map((state) => `'${state}'`)}) and f.due_on < $2::date)`;

const person = (id: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${id})`;
const body = (alias: string): string =>
  `json_build_object('odsCode', ${alias}.ods_code, 'name', ${alias}.name)`;

const VIEW = `select f.id, f.reference, f.kind, f.state, f.priority, f.review, f.statement, f.owner,
    f.owner_role as "ownerRole",
    case when f.owner_role like 'trust-%' then ${body('o')}
      when f.owner_role is not null then (select ${body('x')} from programme_role r join organisation x
        on x.id = r.organisation_id where r.programme_id = f.programme_id and r.role = 'funder' order by r.id limit 1)
      end as "ownerOrganisation",
    case when o.id is not null then ${body('o')} end as trust,
    f.due_on as "dueOn", ${OVERDUE} as overdue, case when ${OVERDUE} then $2::date - f.due_on else 0 end as "daysLate",
    ${person('f.raised_by')} as "raisedBy", to_json(f.raised_at) as "raisedAt",
    case when f.responded_by is not null then (select json_build_object('stance', s.stance, 'words', s.words,
        'plannedOn', s.planned_on, 'by', ${person('s.made_by')}, 'at', s.made_at)
      from audit_finding_step s where s.finding_id = f.id and s.kind = 'response' order by s.id desc limit 1)
      end as response,
    ${person('f.closed_by')} as "closedBy", to_json(f.closed_at) as "closedAt", f.illustrative, f.revision
  from audit_finding f left join organisation o on o.id = f.trust_id`;

/** One finding by its id, late or not as on a day, with all that was said and done about it. */
export async function finding(sql: Sql, id: string, today: string): Promise<FindingWithSteps | undefined> {
  const found = await firstRow<FindingView>(sql, `${VIEW} where f.id = $1`, [id, today]);
  if (!found) return undefined;
  const steps = await sql.query<FindingStepView>(
    `select s.id, s.kind, s.words, s.stance, s.planned_on as "plannedOn", s.outcome, s.evidence, s.reopens,
       s.former_due_on as "formerDueOn", s.due_on as "dueOn", ${person('s.made_by')} as by, to_json(s.made_at) as at
     from audit_finding_step s where s.finding_id = $1 order by s.id`,
    [id],
  );
  return { ...found, steps };
}

export interface FindingFilter {
  /** Those in one of these; null: in any. */
  states: readonly FindingState[] | null;
  kind: FindingKind | null;
  trust: string | null;
  overdue: boolean | null;
  /** Of any of these, by ODS code; `programme`: or of none, but of the programme itself. */
  trusts?: { codes: readonly string[]; programme: boolean };
  priority?: Priority | null;
  ownerRole?: OwnerRole | null;
}

/** A programme's findings, the first due first, `limit` at most, those after a due day and id where given. */
export function findings(
  sql: Sql,
  programmeId: string,
  today: string,
  filter: FindingFilter,
  limit: number,
  after: unknown[] | null,
): Promise<FindingView[]> {
  const values: unknown[] = [programmeId, today, limit];
  const wanted = given(values, {
    'f.state = any (?)': filter.states && [filter.states],
    'f.kind = ?': filter.kind,
    'f.priority = ?': filter.priority,
    'f.owner_role = ?': filter.ownerRole,
    'f.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    '(f.trust_id in (select id from organisation where ods_code = any (?)) or (f.trust_id is null and ?))':
      filter.trusts && [filter.trusts.codes, filter.trusts.programme],
    [`${OVERDUE} = ?`]: filter.overdue,
    '(f.due_on, f.id) > (?::date, ?::uuid)': after,
  });
  return sql.query<FindingView>(
    `${VIEW} where f.programme_id = $1${wanted} order by f.due_on, f.id limit $3`,
    values,
  );
}

/** A programme's finding by its reference, which stays as it is until the transaction ends. */
export function findingNamed(
  sql: Sql,
  programmeId: string,
  reference: string,
): Promise<NamedFinding | undefined> {
  return firstRow<NamedFinding>(
    sql,
    `select id, state, trust_id as "trustId" from audit_finding where programme_id = $1 and reference = $2 for share`,
    [programmeId, reference],
  );
}

/** The id of a body that has a part in a programme beside its funder's. */
export async function participant(
  sql: Sql,
  programmeId: string,
  odsCode: string,
): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    sql,
    `select o.id from organisation o where o.ods_code = $2 and exists (select from programme_role r
       where r.programme_id = $1 and r.organisation_id = o.id and r.role <> 'funder')`,
    [programmeId, odsCode],
  );
  return row?.id;
}

/** The slug of the programme that a finding is of. */
export async function programmeOfFinding(sql: Sql, id: string): Promise<string | undefined> {
  const row = await firstRow<{ slug: string }>(
    sql,
    'select p.slug from audit_finding f join programme p on p.id = f.programme_id where f.id = $1',
    [id],
  );
  return row?.slug;
}
