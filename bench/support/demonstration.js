// A server with the demonstration in it, as `npm start` plays it, and databases made from that.
import 'reflect-metadata';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/app.module.js';
import { loadDemonstration } from '../../dist/cli/demonstration.js';
import { demonstrationPlan } from '../../dist/cli/demonstration-plan.js';
import { playRest } from '../../dist/cli/demonstration-rest.js';
import { playReturns } from '../../dist/cli/demonstration-returns.js';
import { Config } from '../../dist/config/config.js';
import { startEmbeddedServer } from '../../dist/database/embedded-server.js';
import { migrate } from '../../dist/database/migrations.js';
import { createDatabase, prepareRoles } from '../../dist/database/server.js';
import { as, run } from './database.js';

const PLAYED = 'demonstration';

/**
 * Plays the demonstration on a server of its own, on disk: a national programme is larger than most memories.
 * @returns its database, what makes copies of it, the day it stands at, the keys of its people, and what ends it
 */
export async function openDemonstration() {
  const folder = mkdtempSync(join(tmpdir(), 'exemplar-bench-'));
  // As root the server runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedServer({ folder, durable: false, settings: { max_wal_size: '4GB' } });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const superuser = server.url('postgres');
    const passwords = await prepareRoles(superuser);
    const addresses = (name) => ({
      url: as(server.url(name), 'exemplar_login', passwords.login),
      ownerUrl: as(server.url(name), 'exemplar_owner', passwords.owner),
      superuserUrl: server.url(name),
    });
    await createDatabase(superuser, PLAYED);
    const { today } = demonstrationPlan();
    const keys = await play(addresses(PLAYED), today, folder);
    const copy = async (name) => {
      await run(
        superuser,
        `create database ${name} owner exemplar_owner template ${PLAYED} strategy file_copy`,
      );
      return addresses(name);
    };
    return { played: addresses(PLAYED), copy, today, keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @returns the key of a role's person, of a trust where it is a trust's */
async function play({ url, ownerUrl }, today, folder) {
  await migrate(ownerUrl);
  const dataFolder = join(folder, 'data');
  const config = new Config({
    EXEMPLAR_TODAY: today,
    DATABASE_POOL: '10',
    DATA_DIR: dataFolder,
    CHECKPOINTS: 'off',
  });
  const module = AppModule.with({ config, databaseUrl: url, work: true });
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
  const { keys } = await loadDemonstration(app, config);
  await playReturns(app, keys);
  await playRest(app, keys, (_, error) => {
    if (error) throw error;
  });
  await app.close();
  return (role, trust) =>
    readFileSync(join(dataFolder, 'keys', trust ? `${role}-${trust}` : role), 'utf8').trim();
}
