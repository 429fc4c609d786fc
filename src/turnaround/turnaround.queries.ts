import { addDays, type DateOn } from '../core/calendar.js';
import { firstRow, given, type ReadSql, type Sql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';
import { ofTrusts, sumOfTrusts, sumsOf, type TrustSum } from '../programmes/kept-sum.queries.js';
import {
  isShared,
  type Leavings,
  type Measured,
  type OpenTime,
  STAGE_CODES,
  STAGES,
  type StageCode,
  type StageTime,
  type Taken,
} from './stage.rules.js';
import { endedStaysOf, openOf, openStaysOf, staysOf, TIMES } from './stays.queries.js';

/** Days, both of them in it, in London. */
export interface Range {
  from: string;
  to: string;
}

/** The days before today that are meant where nobody says which: with it, twelve months. */
const YEAR_DAYS = 364;

/** The twelve months that end with a day. */
export const yearUntil = (to: DateOn): Range => ({ from: addDays(to, -YEAR_DAYS), to });

/** Whether the times of a range are kept, those of the year until today, and not looked for anew. */
export function isKept({ from, to }: Range, today: DateOn): boolean {
  const kept = yearUntil(today);
  return from === kept.from && to === kept.to;
}

/** In how many days each stage should be left; a stage that is not named has no target. */
export type TargetDays = Partial<Record<StageCode, number>>;

/** Of what times are asked. */
export interface Asked {
  programmeId: string;
  stages: readonly StageCode[];
  range: Range;
  targetDays: TargetDays;
}

const valuesOf = ({ programmeId, stages, range, targetDays }: Asked): unknown[] => [
  ...[programmeId, stages, range.from, range.to, JSON.stringify(targetDays)],
];

/** What is in some stages still; a stage that nothing is in is not among them. */
export function openTimes(
  sql: ReadSql,
  { programmeId, stages, targetDays }: Omit<Asked, 'range'>,
): Promise<Array<OpenTime & { code: StageCode }>> {
  const values: unknown[] = [programmeId, stages, JSON.stringify(targetDays)];
  const of = ofTrusts(values, sql.trustId === null ? null : [sql.trustId]);
  return sql.query(
    `with ${openStaysOf(of)} select s.stage as code, ${openOf('$3')} from stays s group by s.stage order by s.stage`,
    values,
  );
}

/** What the times of stages are made of. */
const TABLES = {
  tables: [
    ...['progress_report', 'report_version', 'report_query', 'reporting_period', 'claim', 'claim_version'],
    ...['claim_query', 'payment', 'change_request', 'assurance_item', 'measurement', 'milestone_review'],
    ...['contribution', 'benefit_actual', 'blueprint_version', 'deployment', 'programme_role'],
  ],
  shared: ['deployment', 'programme_role'],
};

/**
 * How long what left each stage in the year until today took, of the time that its target is held against: how many took
 * so many days, to a tenth. A median is not a sum, and these are.
 */
export const TAKEN: TrustSum = {
  name: 'taken',
  ...TABLES,
  asked: async (_sql, _programmeId, today) => inDays(yearUntil(today)),
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

const SHARED = STAGE_CODES.filter((code) => isShared(STAGES[code]));

/** The same by the quarter in which things left it, and with the time that was somebody else's; of one stage or of all. */
export const TAKEN_IN_QUARTERS: TrustSum = {
  name: 'taken-in-quarters',
  ...TABLES,
  asked: TAKEN.asked,
  of(sql, programmeId, [from, to, code], trusts) {
    const values: unknown[] = [programmeId, code ? [code] : STAGE_CODES, from, to, SHARED];
    return sumsOf(
      sql,
      `with ${endedStaysOf(ofTrusts(values, trusts))}
       select concat_ws(' ', s.stage, date_trunc('quarter', s.left_at at time zone 'Europe/London')::date, f.figure, f.days)
         as name, count(*) as value
       from stays s
         cross join lateral (values ('own', s.whole - s.away), ('away', s.away), ('whole', s.whole)) f (figure, days)
       where f.figure = 'own' or s.stage = any ($5::text[]) group by 1`,
      values,
    );
  },
};

const inDays = ({ from, to }: Range): string[] => [from, to];

/** How long what left each stage took, of the time that its target is held against. */
export async function taken(
  sql: ReadSql,
  programmeId: string,
  range: Range,
): Promise<Array<{ code: StageCode; taken: Taken }>> {
  const sums = await sumOfTrusts(sql, TAKEN, programmeId, inDays(range));
  const all = Object.entries(sums).map(([name, count]) => {
    const [code, days] = name.split(' ');
    return { code, days: Number(days), count };
  });
  return STAGE_CODES.map((code) => ({ code, taken: all.filter((each) => each.code === code) }));
}

/**
 * How long each thing took that left a stage.
 * @param code the one stage that is meant; null: all
 * @param today of what is kept, all stages are read
 */
export async function leavings(
  sql: ReadSql,
  programmeId: string,
  range: Range,
  { code, today }: { code: StageCode | null; today: DateOn },
): Promise<Leavings[]> {
  const one = code === null || isKept(range, today) ? [] : [code];
  const sums = await sumOfTrusts(sql, TAKEN_IN_QUARTERS, programmeId, [...inDays(range), ...one]);
  return Object.entries(sums)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => {
      const [stage, startsOn, figure, took] = name.split(' ');
      return { code: stage, startsOn, figure, days: Number(took), count } as Leavings;
    });
}

/** Who has, or had, a part in a programme, by name, after one, as many as `limit`; for a trust's reader, their own. */
export function bodiesAfter(
  sql: ReadSql,
  programmeId: string,
  limit: number,
  after: unknown[] | null,
): Promise<Array<{ id: string; name: string }>> {
  const values: unknown[] = [programmeId, limit];
  const rest = given(values, { '(o.name, o.id) > (?, ?::uuid)': after, 'o.id = ?': sql.trustId });
  return sql.query(
    `select o.id, o.name from organisation o where exists (select from programme_role r
       where r.programme_id = $1 and r.organisation_id = o.id)${rest}
     order by o.name, o.id limit $2`,
    values,
  );
}

/** Of one stage, by trust and by name, of some trusts: of those of them that something of was in it. */
export function stageTimesByTrust(
  sql: Sql,
  asked: Asked,
  trusts: readonly string[],
): Promise<Array<Measured<StageTime> & { trust: { odsCode: string; name: string }; trustId: string }>> {
  const values = valuesOf(asked);
  return sql.query(
    `with ${staysOf(ofTrusts(values, trusts))}
     select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, o.id as "trustId", ${TIMES}
     from stays s join organisation o on o.id = s.trust_id
     group by s.stage, o.id, o.ods_code, o.name order by o.name, o.id`,
    values,
  );
}

/** In how many days the stages of a programme should be left, and where that is from; of none where it says nothing. */
export async function turnaroundTargets(
  sql: Sql,
  programmeId: string,
): Promise<{ targetDays: TargetDays; sourced: Sourced | null }> {
  const row = await firstRow<{ turnaround: { targetDays: TargetDays; sourced: Sourced } | null }>(
    sql,
    `select nullif(p.terms -> 'turnaround', 'null') as turnaround from programme p where p.id = $1`,
    [programmeId],
  );
  return row?.turnaround ?? { targetDays: {}, sourced: null };
}
