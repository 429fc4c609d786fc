import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { type DateOn, isDateOn } from '../core/calendar.js';
import { cursorValues, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { malformed, notFound, unprocessable } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { ReadSql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  aimedAt,
  type Leavings,
  type LeftTime,
  leftTimeOf,
  medianOf,
  noneOpen,
  type OpenTime,
  STAGE_CODES,
  STAGES,
  type Stage,
  type StageCode,
  type StageTime,
  slowestStage,
  timeOf,
} from './stage.rules.js';
import {
  type Asked,
  bodiesAfter,
  isKept,
  leavings,
  openTimes,
  type Range,
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
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /**
   * Every stage of a programme.
   * @param asked the first and last day on which things left a stage; undefined: the year until today
   * @throws Problem 404; 400 where a day is none; 422 where the first is after the last
   */
  programme(actor: Actor, slug: string, asked: Partial<Range> = {}): Promise<Turnaround> {
    const range = this.range(asked);
    return this.reading(actor, slug, range, async (sql, id) => {
      const { targetDays, sourced } = await turnaroundTargets(sql, id);
      const [left, open] = await Promise.all([
        leavings(sql, id, range, { code: null, today: this.clock.today() }),
        openTimes(sql, { programmeId: id, stages: STAGE_CODES, targetDays }),
      ]);
      const items = STAGE_CODES.map((code) => timed(known(code, targetDays), left, open));
      const slowest = slowestStage(items, (stage) => aimedAt(stage).medianDays);
      return { ...range, items, slowest, sourced };
    });
  }

  /** The slowest stage of the year until today; null where too few things went through any. @throws Problem 404 */
  slowest(actor: Actor, slug: string): Promise<LeftStage | null> {
    const range = yearUntil(this.clock.today());
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { targetDays } = await turnaroundTargets(sql, id);
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
    return this.reading(actor, slug, range, async (sql, programmeId) => {
      const { targetDays } = await turnaroundTargets(sql, programmeId);
      const of = { programmeId, stages: [named], range, targetDays };
      const stage = known(named, targetDays);
      const every = await leavings(sql, programmeId, range, { code: named, today: this.clock.today() });
      const left = every.filter((each) => each.code === named);
      const open = await openTimes(sql, of);
      const rows = await timesByTrust(sql, of, limit + 1, from);
      const { items, next } = pageOf(rows, limit, ({ trust, trustId }) => [trust.name, trustId]);
      return {
        ...{ ...range, stage: timed(stage, left, open) },
        quarters: [...new Set(left.map(({ startsOn }) => startsOn))].sort().map((startsOn) => ({
          startsOn,
          ...leftIn(
            stage,
            left.filter((each) => each.startsOn === startsOn),
          ),
        })),
        ...{ items: items.map(({ trustId: _, ...row }) => timeOf(STAGES[named], row)), next },
      };
    });
  }

  /** Of other days than those whose times are kept, all that ended in them is looked at. */
  private reading<T>(
    actor: Actor,
    slug: string,
    range: Range,
    work: (sql: ReadSql, programmeId: string) => Promise<T>,
  ): Promise<T> {
    const read = () => this.programmes.within(actor, slug, work);
    return isKept(range, this.clock.today()) ? read() : this.scope.runLong(actor, read);
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

const leftIn = ({ code, targetDays }: KnownStage, left: readonly Leavings[]): LeftTime =>
  timeOf(STAGES[code], leftTimeOf(STAGES[code], left, targetDays));

/** How long a stage took, of all that left any, and what is in it still. */
function timed(
  stage: KnownStage,
  left: readonly Leavings[],
  open: ReadonlyArray<OpenTime & { code: StageCode }>,
): TimedStage {
  const { code: _, ...still } = open.find(({ code }) => code === stage.code) ?? {
    code: stage.code,
    ...noneOpen(stage.targetDays),
  };
  const own = left.filter(({ code }) => code === stage.code);
  return { ...stage, ...leftIn(stage, own), ...still };
}

/**
 * How long a stage took at each trust, by name, `limit` of those that something of was in it: bodies are gone through in
 * ever larger parts, because most often a page of them is found in the first.
 */
async function timesByTrust(
  sql: ReadSql,
  asked: Asked,
  limit: number,
  after: unknown[] | null,
): Promise<Awaited<ReturnType<typeof stageTimesByTrust>>> {
  const found: Awaited<ReturnType<typeof stageTimesByTrust>> = [];
  let from = after;
  for (let many = 2 * limit; ; many *= 2) {
    const bodies = await bodiesAfter(sql, asked.programmeId, many, from);
    found.push(
      ...(await stageTimesByTrust(
        sql,
        asked,
        bodies.map(({ id }) => id),
      )),
    );
    const last = bodies.at(-1);
    if (!last || bodies.length < many || found.length >= limit) return found.slice(0, limit);
    from = [last.name, last.id];
  }
}
