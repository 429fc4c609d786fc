import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Config } from '../../src/config/config.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { type Actor, systemActor } from '../../src/core/actor.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { ReadScope } from '../../src/database/read-scope.js';
import type { Tx } from '../../src/database/tx.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import {
  defineJob,
  HandlesJob,
  type JobDefinition,
  type JobHandler,
  type ReportProgress,
} from '../../src/queue/job.js';
import { type MessageOptions, Outbox } from '../../src/queue/outbox.js';
import { QueueModule } from '../../src/queue/queue.module.js';
import type { QueueModuleOptions } from '../../src/queue/queue-options.js';
import { type Receipt, receipt } from '../../src/queue/receipts.queries.js';
import { queueSettings } from './queue-backend.js';

export interface OrganisationPayload {
  ods: string;
}

/** Its effect is one organisation. */
export const ADD_ORGANISATION = defineJob<OrganisationPayload>('add-organisation', {
  attempts: 3,
  backoffMs: 50,
});

/** What the handler does; each test sets its own. */
export type Script = (
  tx: Tx,
  payload: OrganisationPayload,
  report: ReportProgress,
) => Promise<object | undefined>;

export const addOrganisation: Script = async (tx, { ods }) => {
  await tx.query(`insert into organisation (ods_code, name, provenance) values ($1, 'Made by a job', '{}')`, [
    ods,
  ]);
  return { ods };
};

export class Scripted {
  constructor(public script: Script = addOrganisation) {}
}

@Injectable()
@HandlesJob(ADD_ORGANISATION)
export class AddOrganisation implements JobHandler<OrganisationPayload> {
  constructor(private readonly scripted: Scripted) {}

  handle(tx: Tx, payload: OrganisationPayload, report: ReportProgress): Promise<object | undefined> {
    return this.scripted.script(tx, payload, report);
  }
}

export interface QueueApplication {
  app: INestApplicationContext;
  scripted: Scripted;
  actor: Actor;
  /** Writes a message in a unit of work of its own. */
  add(payload: OrganisationPayload, options?: MessageOptions): Promise<string>;
  receipt(id: string): Promise<Receipt>;
  /** Waits until the receipt is in a state. */
  reaches(id: string, state: Receipt['state'], withinMs?: number): Promise<Receipt>;
}

export interface QueueApplicationOptions extends Partial<QueueModuleOptions> {
  providers?: NonNullable<Parameters<typeof Test.createTestingModule>[0]['providers']>;
  env?: Record<string, string>;
}

const SILENT = { log: () => {}, warn: () => {}, error: () => {} };

/** A small application with the real queue; it is not started yet. */
export async function compileQueueApplication(
  url: string,
  { providers = [AddOrganisation], env = {}, ...options }: QueueApplicationOptions = {},
): Promise<INestApplicationContext & { get: INestApplicationContext['get'] }> {
  const config = new Config({ ...queueSettings(url), ...env });

  @Module({ providers: [{ provide: Scripted, useValue: new Scripted() }, ...providers] })
  class Feature {}

  const jobs: readonly JobDefinition[] = [ADD_ORGANISATION];
  const testing = Test.createTestingModule({
    imports: [
      ConfigModule.with(config),
      DatabaseModule.with({
        url,
        poolSize: config.poolSize,
        readPoolSize: config.readPoolSize,
        entities: [],
      }),
      QueueModule.with({ jobs, work: true, schedule: [], ...options }),
      Feature,
    ],
  });
  return testing.setLogger(process.env.QUEUE_TEST_LOG ? console : SILENT).compile();
}

export async function startQueueApplication(
  url: string,
  options: QueueApplicationOptions = {},
): Promise<QueueApplication> {
  const app = await compileQueueApplication(url, options);
  await app.init();
  const actor = systemActor('test', 'request-1');
  const read = (id: string) => app.get(ReadScope).run(actor, (sql) => receipt(sql, id)) as Promise<Receipt>;
  return {
    app,
    scripted: app.get(Scripted, { strict: false }),
    actor,
    add: (payload, messageOptions) =>
      app
        .get(UnitOfWork)
        .run({ actor, action: 'test.add' }, (tx) =>
          app.get(Outbox).add(tx, ADD_ORGANISATION, payload, messageOptions),
        ),
    receipt: read,
    reaches: (id, state, withinMs) =>
      until(
        () => read(id),
        (now) => now.state === state,
        withinMs,
      ),
  };
}

/** Reads again and again until what it reads is as wanted. @throws Error with the last reading */
export async function until<T>(
  read: () => Promise<T>,
  wanted: (value: T) => boolean,
  withinMs = 8_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Something to wait for that a test opens. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
