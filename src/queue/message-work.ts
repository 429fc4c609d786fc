import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { systemActor } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { Problem } from '../core/problems.js';
import { firstRow } from '../database/sql.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ReportProgress } from './job.js';
import { JobRegistry } from './job-registry.js';

/**
 * What came of a delivery: its effect; nothing, because the message was done (or failed for good) before; nothing
 * now, because another worker is at it.
 */
export type Outcome = 'done' | 'done-before' | 'busy';

/** Why an attempt failed. Where it was the last one, the message has failed for good. */
export class AttemptFailed extends Error {
  constructor(
    message: string,
    readonly last: boolean,
  ) {
    super(message);
    this.name = 'AttemptFailed';
  }
}

interface StartedMessage {
  id: string;
  job: string;
  payload: object;
  requestId: string;
  attempts: number;
  /** The day that was played when it was asked for. */
  askedOn: DateOn | null;
}

/** Where a handler refused: another attempt would be refused too. */
interface Attempt {
  refusal?: Problem;
}

/** Does the work of a message once, however often it is delivered. */
@Injectable()
export class MessageWork {
  private readonly logger = new Logger('Job');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: JobRegistry,
    private readonly clock: Clock,
  ) {}

  /** @throws AttemptFailed where the handler failed */
  async process(messageId: string): Promise<Outcome> {
    const message = await this.begin(messageId);
    if (message === 'busy' || message === 'done-before') return message;
    const attempt: Attempt = {};
    try {
      const work = () => this.carryOut(message, attempt);
      return await (message.askedOn === null ? work() : this.clock.playing(message.askedOn, work));
    } catch (error) {
      throw await this.recordFailure(message, attempt, error);
    }
  }

  /** Marks the message as at work, where nobody is. Committed on its own, so that its receipt shows it. */
  private async begin(messageId: string): Promise<StartedMessage | 'busy' | 'done-before'> {
    const actor = systemActor('worker', messageId);
    return this.unitOfWork.run({ actor, action: 'message.begin' }, async (tx) => {
      const { free, begun } = (await firstRow<Begun>(tx, BEGIN, [messageId])) as Begun;
      return free ? (begun ?? 'done-before') : 'busy';
    });
  }

  private async carryOut(message: StartedMessage, attempt: Attempt): Promise<Outcome> {
    const { definition, handler } = this.registry.registered(message.job);
    if (message.attempts > definition.attempts)
      throw new Error(`Its worker was lost in mid-work, in the last of ${definition.attempts} attempts.`);
    const actor = systemActor(message.job, message.requestId);
    return this.unitOfWork.run({ actor, action: message.job }, async (tx) => {
      // Sent at once, and done one after the other: whether it is open is looked at when it is this one's turn.
      const [turn, open] = await Promise.all([
        firstRow<{ free: boolean }>(tx, TURN, [message.id]),
        firstRow(tx, IS_OPEN, [message.id]),
      ]);
      if (!turn?.free) return 'busy';
      if (!open) return 'done-before';
      const result = await handler
        .handle(tx, message.payload, this.reporter(message))
        .catch((error: unknown) => {
          if (error instanceof Problem && error.status < 500) attempt.refusal = error;
          throw error;
        });
      await tx.query(FINISH, [message.id, result === undefined ? null : JSON.stringify(result)]);
      return 'done';
    });
  }

  private reporter(message: StartedMessage): ReportProgress {
    const actor = systemActor(message.job, message.requestId);
    return async (done, total, words) => {
      await this.unitOfWork.run({ actor, action: message.job }, (tx) =>
        tx.query('update outbox_message set progress = $2 where id = $1 and finished_at is null', [
          message.id,
          JSON.stringify({ done, total, words }),
        ]),
      );
    };
  }

  private async recordFailure(
    message: StartedMessage,
    attempt: Attempt,
    error: unknown,
  ): Promise<AttemptFailed> {
    const attempts = this.registry.find(message.job)?.attempts ?? 0;
    const last = (attempt.refusal !== undefined && error === attempt.refusal) || message.attempts >= attempts;
    const words = wordsOf(error);
    const actor = systemActor(message.job, message.requestId);
    await this.unitOfWork.run({ actor, action: 'message.fail' }, (tx) =>
      tx.query(FAIL, [message.id, words, last]),
    );
    const text = `${message.job} ${message.id}, attempt ${message.attempts}: ${words}`;
    if (last) this.logger.error(`Failed, and waits for an administrator: ${text}`);
    else this.logger.warn(`Failed, and is tried again: ${text}`);
    return new AttemptFailed(words, last);
  }
}

interface Begun {
  free: boolean;
  begun: StartedMessage | null;
}

/**
 * The turn to work on a message, until the transaction ends; not free where another has it. It is not a lock of the row,
 * because progress is written to the row in between, by another transaction.
 */
const TURN = `select pg_try_advisory_xact_lock(hashtextextended('message:' || $1::uuid, 0)) as free`;

/** Waits for whoever adds to the message under its coalesce key, and then sees what they changed. */
const BEGIN = `with turn as materialized (${TURN}), begun as (
    update outbox_message set started_at = clock_timestamp(), attempts = attempts + 1
    where id = $1 and finished_at is null and failed_at is null and (select free from turn)
    returning id, job, payload, request_id as "requestId", attempts, asked_on::text as "askedOn")
  select free, (select to_json(b) from begun b) as begun from turn`;
const IS_OPEN = 'select id from outbox_message where id = $1 and finished_at is null and failed_at is null';
const FINISH = `update outbox_message set finished_at = clock_timestamp(), result = $2, last_error = null
  where id = $1`;
const FAIL = `update outbox_message
  set last_error = $2, failed_at = case when $3::boolean then clock_timestamp() end
  where id = $1 and finished_at is null and failed_at is null`;

const LONGEST = 1_000;

/** What an error says, without a stack and without what an address may hold. */
function wordsOf(error: unknown): string {
  const reasons =
    error instanceof Problem ? (error.details.blockers ?? []).map(({ message }) => message) : [];
  const text = [error instanceof Error ? error.message : String(error), ...reasons].join(' ');
  return text.replace(/(\w+:\/\/)[^\s/@]*@/g, '$1').slice(0, LONGEST);
}
