import { addDays, type DateOn } from '../core/calendar.js';
import { firstRow, given, type ReadSql, type Sql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';
import { ofTrusts, sumOfTrusts, sumsOf, type TrustSum } from '../programmes/kept-sum.queries.js';
import {
  type LeftTime,
  type Measured,
  STAGE_CODES,
  type StageCode,
  type StageTime,
  type Taken,
} from './stage.rules.js';
import { ENDED_STAYS, endedStaysOf, LEFT, STAYS, TIMES } from './stays.queries.js';

/** Days, both of them in it, in London. */
export interface Range {
  from: string;
  to: string;
}

/** The days before today that are meant where nobody says which: with it, twelve months. */
const YEAR_DAYS = 364;

/** The twelve months that end with a day. */
export const yearUntil = (to: DateOn): Range => ({ from: addDays(to, -YEAR_DAYS), to });

/** In how many days each stage should be left; a stage that is not named has no target. */
export type TargetDays = Partial<Record<StageCode, number>>;

/** Of what times are asked. */
interface Asked {
  programmeId: string;
  stages: readonly StageCode[];
  range: Range;
  targetDays: TargetDays;
}

const valuesOf = ({ programmeId, stages, range, targetDays }: Asked): unknown[] => [
  ...[programmeId, stages, range.from, range.to, JSON.stringify(targetDays)],
];

/** Where time went, by stage; a stage that nothing is in or left is not among them. */
export function stageTimes(
  sql: Sql,
  asked: Asked,
): Promise<Array<Measured<StageTime> & { code: StageCode }>> {
  return sql.query(
    `with ${STAYS} select s.stage as code, ${TIMES} from stays s group by s.stage order by s.stage`,
    valuesOf(asked),
  );
}

/**
 * How long what left each stage took, of the time that its target is held against: how many took so many days, to a
 * tenth. A median is not a sum, and these are.
 */
export const TAKEN: TrustSum = {
  name: 'taken',
  tables: [
    ...['progress_report', 'report_version', 'report_query', 'reporting_period', 'claim', 'claim_version'],
    ...['claim_query', 'payment', 'change_request', 'assurance_item', 'measurement', 'milestone_review'],
    ...['contribution', 'benefit_actual', 'blueprint_version', 'deployment', 'programme_role'],
  ],
  shared: ['deployment', 'programme_role'],
  asked: async (_sql, _programmeId, today) => asked(yearUntil(today)),
  of(sql, programmeId, [from, to], trusts) {
    const values: unknown[] = [programmeId, STAGE_CODES, from, to];
    return sumsOf(
      sql,
      `with ${endedStaysOf(ofTrusts(values, trusts))}
       select s.stage || ' ' || (s.whole - s.away) as name, count(*) as value from stays s group by 1`,
      values,
    );
  },
};

const asked = ({ from, to }: Range): string[] => [from, to];

/** How long what left each stage took. */
export async function taken(
  sql: ReadSql,
  programmeId: string,
  range: Range,
): Promise<Array<{ code: StageCode; taken: Taken }>> {
  const sums = await sumOfTrusts(sql, TAKEN, programmeId, asked(range));
  const all = Object.entries(sums).map(([name, count]) => {
    const [code, days] = name.split(' ');
    return { code, days: Number(days), count };
  });
  return STAGE_CODES.map((code) => ({ code, taken: all.filter((each) => each.code === code) }));
}

/** Of one stage, by trust: those whose name and id come after `after`, `limit` at most. */
export function stageTimesByTrust(
  sql: Sql,
  asked: Asked,
  limit: number,
  after: unknown[] | null,
): Promise<Array<Measured<StageTime> & { trust: { odsCode: string; name: string }; trustId: string }>> {
  const values = [...valuesOf(asked), limit];
  const rest = given(values, { '(o.name, o.id) > (?, ?::uuid)': after });
  return sql.query(
    `with ${STAYS}
     select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, o.id as "trustId", ${TIMES}
     from stays s join organisation o on o.id = s.trust_id where true${rest}
     group by s.stage, o.id, o.ods_code, o.name order by o.name, o.id limit $6`,
    values,
  );
}

/** Of one stage, by the quarter in which things left it, and the first day of that; the earliest first. */
export function stageTimesByQuarter(
  sql: Sql,
  asked: Asked,
): Promise<Array<Measured<LeftTime> & { startsOn: string }>> {
  return sql.query(
    `with ${ENDED_STAYS}
     select date_trunc('quarter', s.left_at at time zone 'Europe/London')::date::text as "startsOn", ${LEFT}
     from stays s group by s.stage, "startsOn" order by "startsOn"`,
    valuesOf(asked),
  );
}

/** In how many days the stages of a programme should be left, and where that is from; null where it says none. */
export async function turnaroundTargets(
  sql: Sql,
  programmeId: string,
): Promise<{ targetDays: TargetDays; sourced: Sourced } | null> {
  const row = await firstRow<{ turnaround: { targetDays: TargetDays; sourced: Sourced } | null }>(
    sql,
    `select nullif(p.terms -> 'turnaround', 'null') as turnaround from programme p where p.id = $1`,
    [programmeId],
  );
  return row?.turnaround ?? null;
}
