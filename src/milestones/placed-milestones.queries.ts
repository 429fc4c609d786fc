import type { DateOn } from '../core/calendar.js';
import type { Sql } from '../database/sql.js';

/** How many milestones of a programme there are, by region and the financial year in which they are agreed. */
export interface PlacedMilestones {
  /** The slug. */
  programme: string;
  /** Null where none is known. */
  region: string | null;
  /** The calendar year in which the financial year begins. */
  beginsIn: number;
  /** All but those that were waived or cancelled. */
  milestones: number;
  /** Agreed for today or before. */
  due: number;
  metOfDue: number;
  met: number;
}

/** How many milestones of all programmes are due and met on a day, as far as the reader may see them. */
export function placedMilestones(sql: Sql, today: DateOn): Promise<PlacedMilestones[]> {
  return sql.query<PlacedMilestones>(
    `select p.slug as programme, n.region, n.begins_in as "beginsIn", sum(n.milestones)::int as milestones,
       sum(n.due)::int as due, sum(n.met_of_due)::int as "metOfDue", sum(n.met)::int as met
     from (select m.programme_id, o.region, extract(year from m.day - interval '3 months')::int as begins_in,
         count(*) as milestones, count(*) filter (where m.day <= $1) as due,
         count(*) filter (where m.day <= $1 and m.state = 'met') as met_of_due,
         count(*) filter (where m.state = 'met') as met
       from (select programme_id, trust_id, state, coalesce(agreed_on, baseline_on) as day from milestone
           where state not in ('waived', 'cancelled')) m
         join organisation o on o.id = m.trust_id
       group by m.programme_id, o.region, 3) n join programme p on p.id = n.programme_id
     group by p.slug, n.region, n.begins_in order by p.slug, n.region, n.begins_in`,
    [today],
  );
}
