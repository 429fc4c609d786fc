import type { Sql } from '../database/sql.js';

/** Who a programme awards money to, by ODS code. */
export function awardees(sql: Sql, slug: string): Promise<Array<{ ods: string; name: string }>> {
  return sql.query(
    `select distinct o.ods_code as ods, o.name
     from programme p join programme_role r on r.programme_id = p.id join organisation o on o.id = r.organisation_id
     where p.slug = $1 and r.role = 'awardee' order by o.ods_code`,
    [slug],
  );
}

/** A trust's return for a period, by names. */
export async function reportOf(
  sql: Sql,
  slug: string,
  ods: string,
  label: string,
): Promise<{ id: string; trustId: string; periodId: string }> {
  const [row] = await sql.query<{ id: string; trustId: string; periodId: string }>(
    `select r.id, r.trust_id as "trustId", r.period_id as "periodId"
     from progress_report r join programme p on p.id = r.programme_id join reporting_period t on t.id = r.period_id
       join organisation o on o.id = r.trust_id
     where p.slug = $1 and o.ods_code = $2 and t.label = $3`,
    [slug, ods, label],
  );
  if (!row) throw new Error(`There is no return of ${ods} for ${label} to play`);
  return row;
}

/** A trust's milestones that it claims to have met. */
export function claimedMilestones(
  sql: Sql,
  trustId: string,
): Promise<Array<{ id: string; revision: number }>> {
  return sql.query(
    `select id, revision from milestone where trust_id = $1 and state = 'claimed-met' order by id`,
    [trustId],
  );
}

/** What the accepted version of a return measured. */
export function measurementsOfReturn(
  sql: Sql,
  reportId: string,
): Promise<Array<{ id: string; revision: number; measure: string; numerator: number; denominator: number }>> {
  return sql.query(
    `select v.id, v.revision, m.code as measure, v.numerator, v.denominator
     from measurement v join measure m on m.id = v.measure_id join report_version n on n.id = v.report_version_id
     where n.report_id = $1 and v.state = 'self-reported' order by v.id`,
    [reportId],
  );
}

/** How many messages the queue has not finished. */
export async function unfinishedMessages(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'select count(*)::int as count from outbox_message where finished_at is null and failed_at is null',
  );
  return row?.count ?? 0;
}

/** Whether anybody has worked on a programme's returns for a period. */
export async function hasBegun(sql: Sql, slug: string, label: string): Promise<boolean> {
  const rows = await sql.query(
    `select from progress_report r join programme p on p.id = r.programme_id join reporting_period t on t.id = r.period_id
     where p.slug = $1 and t.label = $2 and r.state not in ('not-due', 'open') limit 1`,
    [slug, label],
  );
  return rows.length > 0;
}

/** Whether a programme has any agreement. */
export async function agreementsBegun(sql: Sql, slug: string): Promise<boolean> {
  return (await agreementsOf(sql, slug)).length > 0;
}

/** A programme's agreements by whose they are. */
export function agreementsOf(sql: Sql, slug: string): Promise<Array<{ id: string; ods: string }>> {
  return sql.query(
    `select g.id, o.ods_code as ods from agreement g join programme p on p.id = g.programme_id
       join organisation o on o.id = g.trust_id where p.slug = $1 order by o.ods_code`,
    [slug],
  );
}

/** A trust's projects, the first by code first. */
export function firstProjects(sql: Sql, slug: string, ods: string): Promise<Array<{ code: string }>> {
  return sql.query(
    `select j.code from project j join programme p on p.id = j.programme_id join organisation o on o.id = j.trust_id
     where p.slug = $1 and o.ods_code = $2 order by j.code limit 1`,
    [slug, ods],
  );
}

/** A trust's milestones that are still to be met, the last first. */
export function openMilestones(
  sql: Sql,
  slug: string,
  ods: string,
): Promise<Array<{ code: string; agreedOn: string }>> {
  return sql.query(
    `select j.code || '/' || m.code as code, coalesce(m.agreed_on, m.baseline_on) as "agreedOn"
     from milestone m join project j on j.id = m.project_id join programme p on p.id = m.programme_id
       join organisation o on o.id = m.trust_id
     where p.slug = $1 and o.ods_code = $2 and m.kind = 'go-live' and m.state in ('planned', 'in-progress')
     order by m.baseline_on desc, 1`,
    [slug, ods],
  );
}

export async function revisionOfContribution(sql: Sql, id: string): Promise<number> {
  const [row] = await sql.query<{ revision: number }>('select revision from contribution where id = $1', [
    id,
  ]);
  if (!row) throw new Error(`There is no contribution ${id}`);
  return row.revision;
}

/** What was paid in a programme, as its bank would list it. */
export function paidPayments(
  sql: Sql,
  slug: string,
): Promise<
  Array<{ ods: string; trust: string; tranche: number; reference: string; paidOn: string; pounds: string }>
> {
  return sql.query(
    `select o.ods_code as ods, o.name as trust, t.number as tranche, y.reference, y.paid_on as "paidOn",
       (y.amount_pence / 100.0)::text as pounds
     from payment y join programme p on p.id = y.programme_id join organisation o on o.id = y.trust_id
       join tranche t on t.id = y.tranche_id
     where p.slug = $1 and y.state = 'paid' order by y.paid_on, y.reference`,
    [slug],
  );
}

/** Whether anything of a programme was ever published. */
export async function somethingPublished(sql: Sql, slug: string): Promise<boolean> {
  const rows = await sql.query(
    `select from measurement v join programme p on p.id = v.programme_id
     where p.slug = $1 and v.state = 'published' limit 1`,
    [slug],
  );
  return rows.length > 0;
}

/** The validated measurements of a period that are not published. */
export function validatedMeasurements(
  sql: Sql,
  slug: string,
  label: string,
): Promise<Array<{ id: string; revision: number }>> {
  return sql.query(
    `select v.id, v.revision from measurement v join programme p on p.id = v.programme_id
       join reporting_period t on t.id = v.period_id
     where p.slug = $1 and t.label = $2 and v.state = 'validated' order by v.id`,
    [slug, label],
  );
}
