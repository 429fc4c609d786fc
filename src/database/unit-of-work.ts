import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { Clock } from '../config/clock.js';
import type { Actor, IdempotencyClaim } from '../core/actor.js';
import { unprocessable } from '../core/problems.js';
import { isRetryable, toProblem } from './constraints.js';
import { Tx } from './tx.js';

/** Who does what, and why where a reason is given; the log keeps all three. */
export interface WorkOrder {
  actor: Actor;
  /** Noun and verb: `progress-report.submit`. */
  action: string;
  reason?: string | undefined;
}

const ATTEMPTS = 5;

const SETTINGS = `select
  set_config('exemplar.reach', $1, true), set_config('exemplar.trust_id', $2, true),
  set_config('exemplar.actor_id', $3, true), set_config('exemplar.actor_name', $4, true),
  set_config('exemplar.actor_role', $5, true), set_config('exemplar.action', $6, true),
  set_config('exemplar.request_id', $7, true), set_config('exemplar.reason', $8, true),
  set_config('exemplar.moment', $9, true), now(), coalesce($9::timestamptz, now()) as at`;

/**
 * The one way to write: a transaction that names its actor and its action, changes rows, and leaves a log entry
 * for each row and a message for each consequence. Nothing else opens a transaction that writes.
 */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs the work and commits it, or leaves nothing behind. Under an idempotency claim a repeated call gives the
   * first one's result and does nothing, so the result must be plain JSON. The work may run more than once
   * (after a deadlock), so it has no effect outside its transaction.
   * @throws Problem whatever the work refuses, a broken constraint in words, 503 where the database is away,
   * 422 where the idempotency key was used for something else
   */
  async run<T>(order: WorkOrder, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(order, work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) throw toProblem(error);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
      }
    }
  }

  private async attempt<T>(order: WorkOrder, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
      const { at, now } = await this.begin(runner, order);
      const claim = order.actor.idempotency;
      const first = claim && (await claimKey(runner, order.actor.id, claim));
      if (first) {
        await runner.rollbackTransaction();
        return first.answer as T;
      }
      const result = await work(new Tx(runner.manager, order.actor, at, now));
      if (claim) await keepAnswer(runner, order.actor.id, claim, result);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await rollBack(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Both statements are sent at once. TypeORM locks rows only where it knows of a transaction. */
  private async begin(
    runner: QueryRunner,
    { actor, action, reason }: WorkOrder,
  ): Promise<{ at: Date; now: Date }> {
    Object.assign(runner, { isTransactionActive: true });
    const begun = runner.query('start transaction');
    const introduced = runner.query(SETTINGS, [
      actor.trustId === null ? 'all' : 'trust',
      actor.trustId ?? '',
      actor.id,
      actor.name,
      actor.role,
      action,
      actor.requestId,
      reason ?? '',
      this.clock.moment?.toISOString() ?? null,
    ]);
    const [, [moments]] = await Promise.all([begun, introduced]);
    return moments;
  }
}

/** A connection that died took its transaction with it: there is nothing to roll back, and the first error says why. */
async function rollBack(runner: QueryRunner): Promise<void> {
  try {
    await runner.rollbackTransaction();
  } catch {
    return;
  }
}

/**
 * Takes the key, or finds who took it: a second request with the same key waits here until the first has ended.
 */
async function claimKey(
  runner: QueryRunner,
  caller: string,
  { key, fingerprint }: IdempotencyClaim,
): Promise<{ answer: unknown } | undefined> {
  const taken = await runner.query(
    'insert into idempotency_key (caller, key, fingerprint) values ($1, $2, $3) on conflict do nothing returning key',
    [caller, key, fingerprint],
  );
  if (taken.length > 0) return undefined;
  const [first] = await runner.query(
    'select fingerprint, answer from idempotency_key where caller = $1 and key = $2',
    [caller, key],
  );
  if (first.fingerprint !== fingerprint)
    throw unprocessable(
      'idempotency-key-reused',
      'This Idempotency-Key was used for a different request. Use a new key for each new thing that you do.',
      [
        {
          code: 'idempotency-key-reused',
          message: 'Used before, with another body.',
          pointer: 'Idempotency-Key',
        },
      ],
    );
  return { answer: first.answer };
}

async function keepAnswer(
  runner: QueryRunner,
  caller: string,
  { key }: IdempotencyClaim,
  answer: unknown,
): Promise<void> {
  await runner.query('update idempotency_key set answer = $3 where caller = $1 and key = $2', [
    caller,
    key,
    JSON.stringify(answer ?? null),
  ]);
}
