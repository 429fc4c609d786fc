import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { Config } from '../../src/config/config.js';
import { type Actor, systemActor } from '../../src/core/actor.js';
import type { Role } from '../../src/core/permissions.js';
import { createHttpServer } from '../../src/http-server.js';
import { Authentication } from '../../src/identity/authentication.js';
import { IdentityService } from '../../src/identity/identity.service.js';
import { type DefinitionOutcome, DefinitionService } from '../../src/programmes/definition.service.js';
import { SCHEDULE } from '../../src/queue/schedule.js';
import { createTestDatabase, madeOnce, type TestDatabase } from './database.js';
import { queueSettings } from './queue-backend.js';

export type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** The real application on a database of its own, listening on a free port. */
export interface TestApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  config: Config;
  /** A new person of this role, and a key of theirs. A trust role names the ODS code of its trust. */
  as(role: Role, trust?: string): Promise<string>;
  /** Who holds a key, as services are told. */
  actorOf(key: string): Promise<Actor>;
  /**
   * A request, with a key where one is given; a POST carries a new Idempotency-Key. Both can be set anew, like any
   * header, with `.set(…)`.
   */
  request(method: Method, path: string, key?: string): supertest.Test;
  /** Applies a file of programmes/. */
  applyDefinition(file: string): Promise<DefinitionOutcome>;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  /** Settings in the environment's words; evidence goes to a folder of the application's own. */
  env?: Record<string, string>;
  /** Whether it works off the queue too. */
  work?: boolean;
  /** Whether it has a notary, who signs checkpoints where it works. */
  notary?: boolean;
  /** Files of programmes/ to begin with. */
  definitions?: string[];
  /** Instead of a database of its own. */
  database?: TestDatabase;
  /** A folder with the files that the database tells of; it is copied. */
  files?: string;
}

/** Nothing is done at a time of day, which could come in the midst of any test. */
const SWEEPS = SCHEDULE.filter((recurring) => 'everySeconds' in recurring);
const PROGRAMMES = new URL('../../programmes/', import.meta.url);
/** Days on which many tests stand: what a definition makes is made once for each. */
const OFTEN = [undefined, '2018-02-15', '2018-05-01', '2018-05-15'];

/** A database in which definitions are applied, on a day on which many tests stand. */
async function defined(definitions: string[], today: string | undefined): Promise<TestDatabase> {
  const name = `defined_${[today ?? 'today', ...definitions].join('_').replaceAll(/\W/g, '_')}`;
  const template = await madeOnce(name, async () => {
    const env: Record<string, string> = today ? { EXEMPLAR_TODAY: today } : {};
    const { app, config, database } = await startTestApp({
      ...{ env, definitions, database: await createTestDatabase() },
    });
    await app.close();
    await rm(config.dataFolder, { recursive: true, force: true });
    return database;
  });
  return createTestDatabase(template);
}

export async function startTestApp({
  env = {},
  work = false,
  notary = false,
  definitions = ['mental-health-exemplars.yaml'],
  database: given,
  files,
}: TestAppOptions = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-app-'));
  if (files) await cp(files, folder, { recursive: true });
  // Where the queue works, what is due is done before anything is defined.
  const often = !given && !work && definitions.length > 0 && OFTEN.includes(env.EXEMPLAR_TODAY);
  const database = given ?? (await (often ? defined(definitions, env.EXEMPLAR_TODAY) : createTestDatabase()));
  const config = new Config({
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    RATE_LIMIT_PER_MINUTE: '1000000',
    DATABASE_POOL: '5',
    DATA_DIR: folder,
    ...queueSettings(database.url),
    ...env,
  });
  const urls = { databaseUrl: database.url, notaryUrl: notary ? database.notaryUrl : undefined };
  const app = await createHttpServer(AppModule.with({ config, ...urls, work, schedule: SWEEPS }), config);
  await app.listen(0, '127.0.0.1');
  const system = systemActor('test', 'test');
  const test: TestApp = {
    app,
    database,
    config,
    async as(role, trust) {
      const name = `${role} ${trust ?? 'of the programme'}`;
      const wanted = { name, role, trust: trust ?? null, label: 'test', days: 1 };
      const { secret } = await app.get(IdentityService, { strict: false }).createKey(system, wanted);
      return secret as string;
    },
    actorOf: (key) => app.get(Authentication, { strict: false }).actorOf(`Bearer ${key}`, 'test'),
    request(method, path, key) {
      const request = supertest(app.getHttpServer())[method](path);
      if (key !== undefined) request.set('Authorization', `Bearer ${key}`);
      return method === 'post' ? request.set('Idempotency-Key', randomUUID()) : request;
    },
    async applyDefinition(file) {
      const text = await readFile(new URL(file, PROGRAMMES), 'utf8');
      return app.get(DefinitionService, { strict: false }).apply(system, text, file);
    },
    async stop() {
      await app.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  if (!often) for (const file of definitions) await test.applyDefinition(file);
  return test;
}
