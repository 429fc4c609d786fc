// A server of the run's own, a template with the real programme in it, and databases made from that.
import 'reflect-metadata';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../../dist/app.module.js';
import { Config } from '../../dist/config/config.js';
import { systemActor } from '../../dist/core/actor.js';
import { startEmbeddedServer } from '../../dist/database/embedded-server.js';
import { migrate } from '../../dist/database/migrations.js';
import { createDatabase, prepareRoles } from '../../dist/database/server.js';
import { UnitOfWork } from '../../dist/database/unit-of-work.js';
import { IdentityService } from '../../dist/identity/identity.service.js';
import { DefinitionService } from '../../dist/programmes/definition.service.js';
import { ReportingService } from '../../dist/progress-reports/reporting.service.js';

export const SLUG = 'mental-health-exemplars';
/** A day on which the first of the programme's reporting periods is open. */
const FIRST_DAY = '2017-07-15';
/** A day after everything that is generated. */
export const TODAY = '2027-12-31';
const TEMPLATE = 'bench_template';
const DEFINITION = new URL(`../../programmes/${SLUG}.yaml`, import.meta.url);

/** @returns what makes databases, the key of a programme manager, whose readings are not recorded as an auditor's are, and what ends it all */
export async function openServer() {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'exemplar-bench-'));
  // As root the server runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const settings = { max_wal_size: '512MB' };
  const server = await startEmbeddedServer({ folder, settings });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const superuser = server.url('postgres');
    const passwords = await prepareRoles(superuser);
    const addresses = (name) => ({
      name,
      url: as(server.url(name), 'exemplar_login', passwords.login),
      ownerUrl: as(server.url(name), 'exemplar_owner', passwords.owner),
      notaryUrl: as(server.url(name), 'exemplar_notary_login', passwords.notary),
      superuserUrl: server.url(name),
    });
    await createDatabase(superuser, TEMPLATE);
    const key = await fillTemplate(addresses(TEMPLATE));
    const create = async (name, template = TEMPLATE) => {
      await run(
        superuser,
        `create database ${name} owner exemplar_owner template ${template} strategy file_copy`,
      );
      return addresses(name);
    };
    return { create, key, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** An address, as somebody connects to it. */
export function as(address, user, password) {
  const url = new URL(address);
  url.username = user;
  url.password = password;
  return url.href;
}

/** Runs SQL as the superuser, past row-level security and without triggers. @returns the last statement's rows */
export async function run(superuserUrl, text, values) {
  const options = '-c search_path=exemplar,bullmq -c timezone=UTC -c session_replication_role=replica';
  const client = new pg.Client({ connectionString: superuserUrl, options });
  await client.connect();
  try {
    const result = await client.query(text, values);
    return (Array.isArray(result) ? result.at(-1) : result).rows;
  } finally {
    await client.end();
  }
}

/** The real programme, its first returns as they open, and a key. */
async function fillTemplate({ url, ownerUrl }) {
  await migrate(ownerUrl);
  const config = new Config({ EXEMPLAR_TODAY: FIRST_DAY, DATABASE_POOL: '5' });
  const module = AppModule.with({ config, databaseUrl: url, work: false });
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
  const actor = systemActor('bench', 'bench');
  const get = (type) => app.get(type, { strict: false });
  await get(DefinitionService).apply(actor, readFileSync(DEFINITION, 'utf8'), `${SLUG}.yaml`);
  await get(UnitOfWork).run({ actor, action: 'bench.open' }, (tx) => get(ReportingService).openDue(tx));
  const person = { name: 'A manager', role: 'programme-manager', trust: null, label: 'bench', days: 1 };
  const { secret } = await get(IdentityService).createKey(actor, person);
  await app.close();
  return secret;
}
