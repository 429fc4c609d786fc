// A process with the whole application at work on its queue, a job that does nothing beside its own, and BullMQ by
// itself on the same database.
import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import pg from 'pg';
import { AppModule } from '../../dist/app.module.js';
import { Config } from '../../dist/config/config.js';
import { ownerClientSettings, QUEUE_SCHEMA } from '../../dist/database/connection.js';
import { JOBS } from '../../dist/jobs.js';
import { defineJob, HandlesJob } from '../../dist/queue/job.js';
import { QueueModule } from '../../dist/queue/queue.module.js';
import { serve } from './processes.js';
import { recordTransactions } from './transactions.js';

const NOTHING = defineJob('do-nothing');
const BARE = 'bench';

class DoNothing {
  async handle() {}
}
Injectable()(DoNothing);
HandlesJob(NOTHING)(DoNothing);

/** The application's own modules, with one job more and without the schedule. */
function workingModule(config, url) {
  const { imports } = AppModule.with({ config, databaseUrl: url, work: true });
  const others = imports.filter((part) => part.module !== QueueModule);
  class Working {}
  const queue = QueueModule.with({ jobs: [...JOBS, NOTHING], work: true, schedule: [] });
  Module({ imports: [...others, queue], providers: [DoNothing] })(Working);
  return Working;
}

/** BullMQ with nothing around it: its tables, a pool and a job that does nothing. */
function bareQueue(ownerUrl, concurrency) {
  const settings = ownerClientSettings(ownerUrl);
  const options = settings.options.replace(/search_path=\S+/, `search_path=${QUEUE_SCHEMA}`);
  const connection = new pg.Pool({ ...settings, options, max: 4 + concurrency });
  const queue = new Queue(BARE, { connection }, createPostgresBackend);
  return {
    async run(count) {
      let done = 0;
      let finish;
      const finished = new Promise((resolve) => {
        finish = resolve;
      });
      const process = async () => {
        done += 1;
        if (done === count) finish();
      };
      const worker = new Worker(BARE, process, { connection, concurrency }, createPostgresBackend);
      worker.on('error', (error) => console.error(error.message));
      await worker.waitUntilReady();
      const start = performance.now();
      const opts = { attempts: 5, removeOnComplete: false, removeOnFail: false };
      const jobs = Array.from({ length: count }, (_, n) => ({ name: 'do-nothing', data: { n }, opts }));
      for (let at = 0; at < count; at += 200) await queue.addBulk(jobs.slice(at, at + 200));
      await finished;
      const seconds = (performance.now() - start) / 1000;
      await worker.close();
      return { seconds };
    },
  };
}

let bare;
let recorded;

serve(async ({ url, ownerUrl, concurrency, today, bareJobs, record, take, redis = {} }) => {
  if (bareJobs !== undefined) return bare.run(bareJobs);
  if (take) return { transactions: recorded.take() };
  if (record) recorded = recordTransactions();
  const env = {
    WORKER_CONCURRENCY: String(concurrency),
    EXEMPLAR_TODAY: today,
    DATABASE_POOL: '20',
    ...redis,
  };
  const config = new Config({ ...env, DEMONSTRATION: 'false' });
  const app = await NestFactory.createApplicationContext(workingModule(config, url), {
    logger: ['warn', 'error'],
  });
  bare = bareQueue(ownerUrl, concurrency);
  process.once('SIGTERM', () => app.close().then(() => process.exit()));
  return {};
});
