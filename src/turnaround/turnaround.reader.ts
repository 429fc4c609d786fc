import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { type DateOn, isDateOn } from '../core/calendar.js';
import { cursorValues, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { malformed, notFound, unprocessable } from '../core/problems.js';
import type { Sql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  aimedAt,
  type LeftTime,
  medianOf,
  NOTHING,
  STAGE_CODES,
  STAGES,
  type Stage,
  type StageCode,
  type StageTime,
  slowestStage,
  timeOf,
} from './stage.rules.js';
import {
  type Range,
  stageTimes,
  stageTimesByQuarter,
  stageTimesByTrust,
  type TargetDays,
  taken,
  turnaroundTargets,
  yearUntil,
} from './turnaround.queries.js';

/** A stage, whose it is, and how long it should take. */
interface KnownStage {
  code: StageCode;
  process: Stage['process'];
  name: string;
  /** Who has it in hand; null: nobody. */
  worksOn: Stage['working'];
  /** On whom it waits; null: it never does. */
  waitsOn: Stage['waiting'];
  targetDays: number | null;
}

/** A stage, and how long it took. */
export type TimedStage = KnownStage & StageTime;

/** A stage, and how long half of what left it took at most, of the time that its target is held against. */
export interface LeftStage extends KnownStage {
  ended: number;
  medianDays: number | null;
}

/** Where time went in a programme, of what its reader may see. */
export interface Turnaround extends Range {
  /** Every stage, in the order in which things go through them. */
  items: TimedStage[];
  /** The slowest; null where too few things went through any. */
  slowest: TimedStage | null;
  /** Where the targets are from; null where there are none. */
  sourced: Sourced | null;
}

/** A stage, of one trust. */
export type StageOfTrust = StageTime & { trust: { odsCode: string; name: string } };

/** Where time went in one stage: a page of trusts by name, and over time. */
export interface StageTurnaround extends Range, Page<StageOfTrust> {
  stage: TimedStage;
  /** By the quarter in which things left it, the earliest first. */
  quarters: Array<LeftTime & { startsOn: DateOn }>;
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
   * @throws Problem 404; 400 where a day is none; 422 where the first is after the last
   */
  programme(actor: Actor, slug: string, asked: Partial<Range> = {}): Promise<Turnaround> {
    const range = this.range(asked);
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { stages, sourced } = await timed(sql, id, STAGE_CODES, range);
      return {
        ...range,
        items: stages,
        slowest: slowestStage(stages, (stage) => aimedAt(stage).medianDays),
        sourced,
      };
    });
  }

  /** The slowest stage of the year until today; null where too few things went through any. @throws Problem 404 */
  slowest(actor: Actor, slug: string): Promise<LeftStage | null> {
    const range = yearUntil(this.clock.today());
    return this.programmes.within(actor, slug, async (sql, id) => {
      const targetDays = (await turnaroundTargets(sql, id))?.targetDays ?? {};
      const stages = (await taken(sql, id, range)).map((stage) => ({
        ...known(stage.code, targetDays),
        ...medianOf(stage.taken),
      }));
      return slowestStage(stages, ({ medianDays }) => medianDays);
    });
  }

  /** One stage, by trust and over time. @throws Problem 404; 400 for a day or a cursor that is none; 422 where the first day is after the last */
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
    return this.programmes.within(actor, slug, async (sql, programmeId) => {
      const { stages, targetDays } = await timed(sql, programmeId, [named], range);
      const of = { programmeId, stages: [named], range, targetDays };
      const quarters = await stageTimesByQuarter(sql, of);
      const { items, next } = pageOf(
        await stageTimesByTrust(sql, of, limit + 1, from),
        limit,
        ({ trust, trustId }) => [trust.name, trustId],
      );
      return {
        ...{ ...range, stage: stages[0] as TimedStage },
        quarters: quarters.map((quarter) => timeOf(STAGES[named], quarter)),
        ...{ items: items.map(({ trustId: _, ...row }) => timeOf(STAGES[named], row)), next },
      };
    });
  }

  private range({ from, to }: Partial<Range>): Range {
    const unread = Object.entries({ from, to }).filter(([, day]) => day !== undefined && !isDateOn(day));
    if (unread.length > 0)
      throw malformed(
        'day-unreadable',
        'A day that is asked for does not exist.',
        unread.map(([pointer]) => ({
          code: 'day-unreadable',
          message: 'Give a day that exists, YYYY-MM-DD.',
          pointer,
        })),
      );
    const last: DateOn = to ?? this.clock.today();
    const first: DateOn = from ?? yearUntil(last).from;
    if (first <= last) return { from: first, to: last };
    const message = `Give a day from ${first} on.`;
    throw unprocessable('days-reversed', 'The first day that is asked for is after the last.', [
      { code: 'days-reversed', message, pointer: 'to' },
    ]);
  }
}

/** What is known of a stage before anything goes through it. */
function known(code: StageCode, targetDays: TargetDays): KnownStage {
  const { process, name, working, waiting }: Stage = STAGES[code];
  return {
    ...{ code, process, name, worksOn: working, waitsOn: waiting },
    targetDays: targetDays[code] ?? null,
  };
}

/** How long each stage took, nothing of those that nothing left. */
async function timed(sql: Sql, programmeId: string, codes: readonly StageCode[], range: Range) {
  const targets = await turnaroundTargets(sql, programmeId);
  const targetDays = targets?.targetDays ?? {};
  const times = await stageTimes(sql, { programmeId, stages: codes, range, targetDays });
  const stages = codes.map((code): TimedStage => {
    const { code: _, ...time } = times.find((each) => each.code === code) ?? { ...NOTHING, code };
    return { ...known(code, targetDays), ...timeOf(STAGES[code], time) };
  });
  return { stages, targetDays, sourced: targets?.sourced ?? null };
}
