import { firstRow, given, type Sql } from '../database/sql.js';
import type { StageCode, StageTime } from './stage.rules.js';

/** A day's first moment in London. */
const startOf = (day: string): string => `(${day}::timestamp at time zone 'Europe/London')`;

/**
 * What a row stayed in: its stage, when it came into it and left it, how long of that it was with somebody else, and
 * whether it is in it still where it has not left. Each is read from the instants that the record keeps, so a stay is as
 * provable as they are.
 */
const STAYS = `
  select 'return-preparation' as stage, r.trust_id, ${startOf('t.ends_on + 1')} as entered, v.certified_at as left_at,
      interval '0' as away, r.state in ('open', 'draft') as open
    from progress_report r join reporting_period t on t.id = r.period_id
      left join report_version v on v.report_id = r.id and v.number = 1
    where r.programme_id = $1 and r.state <> 'not-due'
  union all
  select stay.stage, r.trust_id, stay.entered, stay.left_at, stay.away, stay.open and v.number = r.version
    from progress_report r join report_version v on v.report_id = r.id
      cross join lateral (select coalesce(sum(coalesce(q.answered_at, moment()) - q.raised_at), interval '0') as time
        from report_query q where q.report_id = r.id and q.version = v.number) queried
      cross join lateral (values
        ('return-submission', v.certified_at, v.submitted_at, interval '0', r.state = 'trust-certified'),
        ('return-review', v.submitted_at, v.accepted_at, queried.time, r.state in ('submitted', 'queried', 'resubmitted'))
      ) stay (stage, entered, left_at, away, open)
    where r.programme_id = $1
  union all
  select 'return-query', r.trust_id, q.raised_at, q.answered_at, interval '0', r.state = 'queried'
    from progress_report r join report_query q on q.report_id = r.id where r.programme_id = $1
  union all
  select 'measurement-validation', m.trust_id, m.reported_at, m.validated_at, interval '0',
      m.state in ('self-reported', 'challenged')
    from measurement m where m.programme_id = $1
  union all
  select stay.stage, c.trust_id, stay.entered, stay.left_at, stay.away, stay.open
    from claim c left join payment p on p.claim_id = c.id and p.state not in ('cancelled', 'reversed')
      cross join lateral (select coalesce(sum(coalesce(q.answered_at, moment()) - q.raised_at), interval '0') as time
        from claim_query q where q.claim_id = c.id and q.version = c.version) queried
      cross join lateral (values
        ('claim-submission', c.certified_at, c.submitted_at, interval '0', c.state = 'fd-certified'),
        ('claim-check', c.submitted_at, c.recommended_at, queried.time,
          c.state in ('submitted', 'evidence-check', 'queried')),
        ('claim-approval', c.recommended_at, coalesce(c.second_approved_at,
          case when c.state <> 'recommended' then c.approved_at end), interval '0', c.state = 'recommended'),
        ('claim-payment', coalesce(c.second_approved_at, case when c.state <> 'recommended' then c.approved_at end),
          p.recorded_at, interval '0', c.state in ('approved', 'part-approved', 'scheduled')),
        ('claim-reconciliation', p.recorded_at, p.reconciled_at, interval '0', c.state = 'paid')
      ) stay (stage, entered, left_at, away, open)
    where c.programme_id = $1
  union all
  select stay.stage, c.trust_id, stay.entered, stay.left_at, stay.away, false
    from claim c join claim_version v on v.claim_id = c.id
      cross join lateral (select coalesce(sum(coalesce(q.answered_at, v.revised_at) - q.raised_at), interval '0') as time
        from claim_query q where q.claim_id = c.id and q.version = v.number) queried
      cross join lateral (values
        ('claim-submission', v.certified_at, v.submitted_at, interval '0'),
        ('claim-check', v.submitted_at, v.revised_at, queried.time)) stay (stage, entered, left_at, away)
    where c.programme_id = $1
  union all
  select 'claim-query', c.trust_id, q.raised_at, q.answered_at, interval '0', c.state = 'queried'
    from claim c join claim_query q on q.claim_id = c.id where c.programme_id = $1
  union all
  select 'match-decision', c.trust_id, c.evidenced_at, c.decided_at, interval '0', c.state = 'evidenced'
    from contribution c where c.programme_id = $1
  union all
  select stay.stage, r.trust_id, stay.entered, stay.left_at, interval '0', stay.open
    from change_request r cross join lateral (values
        ('change-decision', r.submitted_at, r.decided_at, r.state in ('submitted', 'impact-assessed', 'deferred')),
        ('change-application', case when r.state in ('approved', 'applied') then r.decided_at end, r.applied_at,
          r.state = 'approved')) stay (stage, entered, left_at, open)
    where r.programme_id = $1
  union all
  select stay.stage, i.trust_id, stay.entered, stay.left_at, interval '0', stay.open
    from assurance_item i cross join lateral (values
        ('assurance-preparation', i.prepared_at, i.submitted_at, i.state = 'draft'),
        ('assurance-review', i.submitted_at, i.decided_at, i.state = 'submitted')) stay (stage, entered, left_at, open)
    where i.trust_id in (select organisation_id from programme_role w where w.programme_id = $1 and w.role = 'awardee')`;

/** Days in the stage, to the second. Nothing is with somebody else for longer than it stays. */
const DAYS = `greatest(extract(epoch from coalesce(s.left_at, moment()) - s.entered - s.away) / 86400, 0)::float8`;

/** Stays of the stages that $2 names, that ended from $3 to $4, days in London, or are not over. */
const COUNTED = `stays as materialized (select s.stage, s.trust_id, s.left_at, ${DAYS} as days,
      (select (target.value)::float8 from programme p, jsonb_each_text(p.terms -> 'turnaround' -> 'targetDays') target
        where p.id = $1 and target.key = s.stage) as target
    from (${STAYS}) s
    where s.entered is not null and s.stage = any ($2::text[])
      and case when s.left_at is null then s.open
        else s.left_at >= ${startOf('$3::date')} and s.left_at < ${startOf('$4::date + 1')} end)`;

const ENDED = 'filter (where s.left_at is not null)';
const OPEN = 'filter (where s.left_at is null)';
const tenth = (figure: string): string => `round((${figure})::numeric, 1)::float8`;
const TIMES = `count(*) ${ENDED}::int as ended,
    ${tenth(`percentile_cont(0.5) within group (order by s.days) ${ENDED}`)} as "medianDays",
    ${tenth(`percentile_cont(0.9) within group (order by s.days) ${ENDED}`)} as "ninetiethDays",
    case when max(s.target) is not null then count(*) filter (where s.left_at is not null and s.days <= s.target)::int end
      as "withinTarget",
    count(*) ${OPEN}::int as open, ${tenth(`max(s.days) ${OPEN}`)} as "longestOpenDays",
    case when max(s.target) is not null then count(*) filter (where s.left_at is null and s.days > s.target)::int end
      as "openOverTarget"`;

/** Days, both of them in it, in London. */
export interface Range {
  from: string;
  to: string;
}

/** Where time went in a programme, by stage; a stage that nothing is in or left is not among them. */
export function stageTimes(
  sql: Sql,
  programmeId: string,
  stages: readonly StageCode[],
  { from, to }: Range,
): Promise<Array<StageTime & { code: StageCode }>> {
  return sql.query(
    `with ${COUNTED} select s.stage as code, ${TIMES} from stays s group by s.stage order by s.stage`,
    [programmeId, stages, from, to],
  );
}

/** Of one stage, by trust: those whose name and id come after `after`, `limit` at most. */
export function stageTimesByTrust(
  sql: Sql,
  programmeId: string,
  stage: StageCode,
  { from, to }: Range,
  limit: number,
  after: unknown[] | null,
): Promise<Array<StageTime & { trust: { odsCode: string; name: string }; trustId: string }>> {
  const values: unknown[] = [programmeId, [stage], from, to, limit];
  const rest = given(values, { '(o.name, o.id) > (?, ?::uuid)': after });
  return sql.query(
    `with ${COUNTED}
     select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, o.id as "trustId", ${TIMES}
     from stays s join organisation o on o.id = s.trust_id where true${rest}
     group by o.id, o.ods_code, o.name order by o.name, o.id limit $5`,
    values,
  );
}

/** Of one stage, by the quarter in which things left it: its first day, with what left it then. */
export function stageTimesByQuarter(
  sql: Sql,
  programmeId: string,
  stage: StageCode,
  { from, to }: Range,
): Promise<
  Array<Pick<StageTime, 'ended' | 'medianDays' | 'ninetiethDays' | 'withinTarget'> & { startsOn: string }>
> {
  return sql.query(
    `with ${COUNTED}
     select date_trunc('quarter', s.left_at at time zone 'Europe/London')::date::text as "startsOn", ${TIMES}
     from stays s where s.left_at is not null group by 1 order by 1`,
    [programmeId, [stage], from, to],
  );
}

/** The days in which the stages of a programme should be done, and where that is from; null where it says none. */
export async function turnaroundTargets(
  sql: Sql,
  programmeId: string,
): Promise<{ targetDays: Partial<Record<StageCode, number>>; sourced: object } | null> {
  const row = await firstRow<{
    turnaround: { targetDays: Partial<Record<StageCode, number>>; sourced: object } | null;
  }>(sql, `select nullif(terms -> 'turnaround', 'null') as turnaround from programme where id = $1`, [
    programmeId,
  ]);
  return row?.turnaround ?? null;
}
