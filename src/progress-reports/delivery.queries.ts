import type { DateOn } from '../core/calendar.js';
import type { Sql } from '../database/sql.js';
import type { Rating } from './delivery.rules.js';
import { OVERDUE } from './progress-report.queries.js';
import type { ProgressReportState } from './progress-report.rules.js';

/** A trust with all its ratings that stand, in order of time. */
export interface TrustRatings {
  trust: { odsCode: string; name: string };
  ratings: Rating[];
}

/** Every rating that stands, of each awardee of a programme that the reader may see, by name. */
export function ratingsByTrust(sql: Sql, programmeId: string): Promise<TrustRatings[]> {
  return sql.query<TrustRatings>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       (select coalesce(json_agg(json_build_object('period', e.label, 'endsOn', e.ends_on, 'scale', c.scale,
           'rating', c.rating, 'reason', c.reason, 'illustrative', c.illustrative) order by e.ends_on), '[]')
         from delivery_confidence c join reporting_period e on e.id = c.period_id
         where c.trust_id = o.id and c.programme_id = $1 and not c.superseded) as ratings
     from organisation o
     where o.id in (select organisation_id from programme_role
         where programme_id = $1 and role = 'awardee' and status = 'confirmed')
       and ((select setting('exemplar.reach') = 'all') or o.id = (select setting('exemplar.trust_id')::uuid))
     order by o.name`,
    [programmeId],
  );
}

/** A return that somebody may have to see to, or the latest of its trust. */
export interface StandingReturn {
  id: string;
  trust: { odsCode: string; name: string };
  /** The label. */
  period: string;
  state: ProgressReportState;
  dueOn: DateOn;
  overdue: boolean;
  /** Its assessment found that nothing but words changed since the last accepted one. */
  unchanged: boolean;
  /** Of its trust: the one that was due last. */
  latest: boolean;
  /** As the trust sees it; null until it says. */
  confidence: { scale: string; rating: string; reason: string | null } | null;
  illustrative: boolean;
}

/** The latest return of each trust, and all that are late or queried; by trust, the latest first. */
export function standingReturns(sql: Sql, programmeId: string, today: DateOn): Promise<StandingReturn[]> {
  return sql.query<StandingReturn>(
    `with latest as (select distinct on (trust_id) id from progress_report
       where programme_id = $1 order by trust_id, due_on desc, id desc)
     select r.id, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period, r.state,
       r.due_on as "dueOn", ${OVERDUE} as overdue, r.id in (select id from latest) as latest,
       exists (select from finding f where f.report_version_id = v.id and f.code = 'nothing-changed') as unchanged,
       case when jsonb_typeof(v.confidence) = 'object' then json_build_object('scale', v.confidence -> 'scale',
         'rating', v.confidence -> 'rating', 'reason', v.confidence -> 'reason') end as confidence, r.illustrative
     from progress_report r join organisation o on o.id = r.trust_id join reporting_period t on t.id = r.period_id
       join report_version v on v.report_id = r.id and v.number = r.version
     where r.programme_id = $1 and (r.id in (select id from latest) or r.state = 'queried' or ${OVERDUE})
     order by o.name, r.due_on desc, r.id desc`,
    [programmeId, today],
  );
}
