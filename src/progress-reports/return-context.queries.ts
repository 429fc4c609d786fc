import type { DateOn } from '../core/calendar.js';
import type { Sql } from '../database/sql.js';
import { firstRow } from '../database/sql.js';
import { type AwardLineView, awardLines } from '../funding/awards/award.queries.js';
import { expectedGates } from '../funding/gates/gate.queries.js';
import { milestonesOfTrust, type TrustMilestone } from '../milestones/milestone.queries.js';
import type { Terms } from '../programmes/programme.entity.js';
import { measuresOfTrust, type TrustMeasure } from '../targets/target.queries.js';
import type { ReturnContent } from './return-content.js';

interface Frame {
  programmeId: string;
  trustId: string;
  startsOn: DateOn;
  endsOn: DateOn;
  matchPence: number;
  perGrantPence: number;
  terms: Terms;
  period: { id: string; label: string; financialYear: string; startsOn: DateOn; endsOn: DateOn };
  /** The last accepted return of an earlier period. */
  previous: ReturnContent | null;
}

/** Everything that a return is written, checked and assessed against. */
export interface ReturnContext extends Frame {
  awards: AwardLineView[];
  milestones: TrustMilestone[];
  /** The days on which the trust's gates are expected that are not drawn in full yet. */
  gates: DateOn[];
  measures: TrustMeasure[];
}

/** What the return of a trust for a period stands in. */
export async function returnContext(sql: Sql, trustId: string, periodId: string): Promise<ReturnContext> {
  const frame = await firstRow<Frame>(
    sql,
    `select g.id as "programmeId", $1::uuid as "trustId", g.starts_on as "startsOn", g.ends_on as "endsOn",
       g.match_pence as "matchPence", g.per_grant_pence as "perGrantPence", g.terms,
       json_build_object('id', t.id, 'label', t.label, 'financialYear', t.financial_year, 'startsOn', t.starts_on,
         'endsOn', t.ends_on) as period,
       (select v.content from progress_report r join reporting_period e on e.id = r.period_id
          join report_version v on v.report_id = r.id and v.number = r.accepted_version
        where r.programme_id = g.id and r.trust_id = $1 and e.ends_on < t.ends_on
        order by e.ends_on desc limit 1) as previous
     from reporting_period t join programme g on g.id = t.programme_id where t.id = $2`,
    [trustId, periodId],
  );
  if (!frame) throw new Error(`No reporting period ${periodId}`);
  const of = [sql, frame.programmeId, trustId] as const;
  const [awards, milestones, gates, measures] = await Promise.all([
    awardLines(...of),
    milestonesOfTrust(...of),
    expectedGates(...of),
    measuresOfTrust(...of),
  ]);
  return { ...frame, awards, milestones, gates, measures };
}
