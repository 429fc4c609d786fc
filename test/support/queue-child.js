// A process with a worker, for the tests to end in mid-work. Its handler writes its effect, says so, and waits.
import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Config } from '../../dist/config/config.js';
import { ConfigModule } from '../../dist/config/config.module.js';
import { DatabaseModule } from '../../dist/database/database.module.js';
import { defineJob, HandlesJob } from '../../dist/queue/job.js';
import { QueueModule } from '../../dist/queue/queue.module.js';

const [url, waitMs] = process.argv.slice(2);
const { REDIS_URL, REDIS_PREFIX } = process.env;
/** What the queue gave up on while the database was away is handed over again, sooner than in production. */
const SWEEP = { job: 'hand-over-again', everySeconds: 1, what: 'the sweep' };
const JOB = defineJob('add-organisation', { attempts: 3, backoffMs: 50 });

class Handler {
  async handle(tx, { ods }, report) {
    await tx.query(
      `insert into organisation (ods_code, name, provenance) values ($1, 'Made by a child', '{}')`,
      [ods],
    );
    await report(1, 2, 'written');
    await new Promise((resolve) => setTimeout(resolve, Number(waitMs)));
    return { by: 'child' };
  }
}
Injectable()(Handler);
HandlesJob(JOB)(Handler);

class Child {}
Module({
  imports: [
    ConfigModule.with(new Config({ REDIS_URL, REDIS_PREFIX })),
    DatabaseModule.with({ url, poolSize: 10, readPoolSize: 4, entities: [] }),
    QueueModule.with({ jobs: [JOB], work: true, schedule: [SWEEP], missingAfterSeconds: 2 }),
  ],
  providers: [Handler],
})(Child);

const app = await NestFactory.createApplicationContext(Child, { logger: ['warn', 'error'] });
process.once('SIGTERM', () => void app.close());
process.stdout.write('ready\n');
