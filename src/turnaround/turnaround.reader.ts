import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { addDays, type DateOn, isDateOn } from '../core/calendar.js';
import { cursorValues, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { malformed, notFound } from '../core/problems.js';
import type { Sql } from '../database/sql.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  STAGE_CODES,
  STAGES,
  type Stage,
  type StageCode,
  type StageTime,
  slowestStage,
} from './stage.rules.js';
import {
  type Range,
  stageTimes,
  stageTimesByQuarter,
  stageTimesByTrust,
  turnaroundTargets,
} from './turnaround.queries.js';

/** The days of a year, where nobody says which days are meant. */
const YEAR_DAYS = 365;
const NOTHING: StageTime = {
  ...{ ended: 0, medianDays: null, ninetiethDays: null, withinTarget: null },
  ...{ open: 0, longestOpenDays: null, openOverTarget: null },
};

/** A stage, how long it should take, and how long it took. */
export type TimedStage = Stage & StageTime & { code: StageCode; targetDays: number | null };

/** Where time went in a programme, of what its reader may see. */
export interface Turnaround extends Range {
  stages: TimedStage[];
  /** The slowest; null where too few things went through any. */
  slowest: TimedStage | null;
  /** Where the targets are from; null where there are none. */
  sourced: object | null;
}

/** Where time went in one stage. */
export interface StageTurnaround extends Range {
  stage: TimedStage;
  /** By the quarter in which things left it, the earliest first. */
  quarters: Awaited<ReturnType<typeof stageTimesByQuarter>>;
  /** A page of trusts, by name. */
  trusts: Page<StageTime & { trust: { odsCode: string; name: string } }>;
}

/** Where time goes: in every stage of assurance, review and claim, working and waiting, and on whom. */
@Injectable()
export class TurnaroundReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /**
   * Every stage of a programme.
   * @param asked the first and last day on which things left a stage; undefined: the year until today
   * @throws Problem 404; 400 where a day is none, or the first is after the last
   */
  programme(actor: Actor, slug: string, asked: Partial<Range> = {}): Promise<Turnaround> {
    const range = this.range(asked);
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { stages, sourced } = await timed(sql, id, STAGE_CODES, range);
      return { ...range, stages, slowest: slowestStage(stages), sourced };
    });
  }

  /** One stage, by trust and over time. @throws Problem 404; 400 for a day or a cursor that is none */
  stage(
    actor: Actor,
    slug: string,
    code: string,
    asked: Partial<Range>,
    { limit, after }: PageRequest,
  ): Promise<StageTurnaround> {
    const range = this.range(asked);
    const from = cursorValues(after, [isText, isId]);
    if (!Object.hasOwn(STAGES, code)) throw notFound('stage');
    const named = code as StageCode;
    return this.programmes.within(actor, slug, async (sql, id) => {
      const [stage] = (await timed(sql, id, [named], range)).stages;
      const quarters = await stageTimesByQuarter(sql, id, named, range);
      const rows = await stageTimesByTrust(sql, id, named, range, limit + 1, from);
      const { items, next } = pageOf(rows, limit, ({ trust, trustId }) => [trust.name, trustId]);
      const trusts = { items: items.map(({ trustId: _, ...row }) => row), next };
      return { ...range, stage: stage as TimedStage, quarters, trusts };
    });
  }

  private range({ from, to }: Partial<Range>): Range {
    const last: DateOn = to ?? this.clock.today();
    const first: DateOn = from ?? (isDateOn(last) ? addDays(last, -YEAR_DAYS) : last);
    if (isDateOn(first) && isDateOn(last) && first <= last) return { from: first, to: last };
    const message = 'Give two days, YYYY-MM-DD, the first not after the last.';
    throw malformed('range', message, [{ code: 'range', message, pointer: isDateOn(first) ? 'to' : 'from' }]);
  }
}

async function timed(
  sql: Sql,
  programmeId: string,
  codes: readonly StageCode[],
  range: Range,
): Promise<{ stages: TimedStage[]; sourced: object | null }> {
  const targets = await turnaroundTargets(sql, programmeId);
  const times = await stageTimes(sql, programmeId, codes, range);
  const stages = codes.map((code) => ({
    ...{ code, ...STAGES[code] },
    targetDays: targets?.targetDays[code] ?? null,
    ...(times.find((each) => each.code === code) ?? NOTHING),
  }));
  return { stages, sourced: targets?.sourced ?? null };
}
