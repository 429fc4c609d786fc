import { SetMetadata } from '@nestjs/common';
import type { Tx } from '../database/tx.js';

declare const PAYLOAD: unique symbol;

/** A kind of work that the queue does: its name, how often it is tried, and what its messages carry. */
export interface JobDefinition<Payload extends object = object> {
  /** Verb and noun in kebab-case: `assess-return`. Stable: messages that wait name it. */
  readonly name: string;
  /** How often it is tried before it counts as failed, at least 2. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; each one after waits twice as long. */
  readonly backoffMs: number;
  /** There is no such property: it ties the payload's type to the definition. */
  readonly [PAYLOAD]?: Payload;
}

const NAME = /^[a-z]+(-[a-z0-9]+)*$/;

/**
 * Defines a job. It must also be listed in `QueueModule.with({ jobs })` and have one handler.
 * @throws Error where the name is not in kebab-case, or with fewer than 2 attempts: a worker that dies uses one up
 */
export function defineJob<Payload extends object>(
  name: string,
  { attempts = 5, backoffMs = 1_000 }: { attempts?: number; backoffMs?: number } = {},
): JobDefinition<Payload> {
  if (!NAME.test(name))
    throw new Error(`The job name "${name}" is not in kebab-case, such as assess-return.`);
  if (!Number.isInteger(attempts) || attempts < 2)
    throw new Error(`The job ${name} has ${attempts} attempts; it needs at least 2.`);
  return Object.freeze({ name, attempts, backoffMs });
}

/**
 * Says how far a long job is, in a unit of work of its own, so that its receipt shows it at once.
 * @param done how many of `total` are done; a total of 0 is one that nobody can know
 * @param words what is being done, for people
 */
export type ReportProgress = (done: number, total: number, words: string) => Promise<void>;

/** What does a job. There is one for each job, marked with `@HandlesJob`. */
export interface JobHandler<Payload extends object> {
  /**
   * Does the job inside the unit of work that the worker opened: its effect and the fact that it is done commit
   * together. It may run again (after a deadlock, a fault, a worker's end), so it has no effect outside `tx`.
   * @returns what the receipt shows as the result, as plain JSON
   * @throws Problem with a 4xx status where another attempt would not help: the message fails at once
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a result need not return one
  handle(tx: Tx, payload: Payload, report: ReportProgress): Promise<object | void>;
}

/** The metadata under which a handler's class carries its job's definition. */
export const HANDLES_JOB = 'exemplar:handles-job';

/** Marks a provider of a feature's module as the handler of a job. */
export function HandlesJob<Payload extends object>(
  job: JobDefinition<Payload>,
): (target: new (...dependencies: never[]) => JobHandler<Payload>) => void {
  return (target) => SetMetadata(HANDLES_JOB, job)(target);
}
