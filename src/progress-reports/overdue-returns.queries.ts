import type { GateCondition } from '../funding/gates/gate-conditions.js';
import { type OwedReturn, overdueReturnBlockers, RETURN_OVERDUE } from './overdue-returns.rules.js';

/** The condition that returns put to gates: none is overdue. `overdueReturnBlockers` decides which are. */
export const NO_RETURN_OVERDUE: GateCondition = {
  name: 'no return overdue',
  codes: [RETURN_OVERDUE],
  async blockers(sql, { programmeId, trustIds, today }) {
    const owed = await sql.query<OwedReturn>(
      `select r.id, r.trust_id as "trustId", t.label as period, r.state, r.version, r.due_on as "dueOn"
       from progress_report r join reporting_period t on t.id = r.period_id
       where r.programme_id = $1 and r.due_on < $2 and r.state in ('open', 'draft', 'trust-certified')
         and r.trust_id = any ($3)
       order by r.due_on, r.id`,
      [programmeId, today, trustIds],
    );
    return overdueReturnBlockers(owed, today);
  },
};
