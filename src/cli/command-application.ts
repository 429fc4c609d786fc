import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { AppModule } from '../app.module.js';
import { Config } from '../config/config.js';
import { type Actor, systemActor } from '../core/actor.js';
import { NestLogger } from '../http/logger.js';
import { openToCommand } from './database-access.js';

const STDERR = 2;

/**
 * Runs a command within the application: no requests, no jobs. Stdout is the answer's alone, and stderr is for words;
 * the log is there, on stderr, where LOG_LEVEL asks for it.
 */
export async function withApplication<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const config = new Config(process.env);
  const database = await openToCommand(config);
  try {
    const { url: databaseUrl, notaryUrl } = database;
    const module = AppModule.with({ config, databaseUrl, notaryUrl, work: false });
    const level = process.env.LOG_LEVEL ? config.logLevel : 'silent';
    const logger = new NestLogger(pino({ level, base: null }, pino.destination(STDERR)));
    const app = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
    return await work(app).finally(() => app.close());
  } finally {
    await database.stop();
  }
}

/** Who acts when a command is typed: the log keeps the name of the account. */
export function commandActor(): Actor {
  const actor = systemActor('command-line', randomUUID());
  return { ...actor, name: `${actor.name.slice(0, -1)}, ${account()})` };
}

function account(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
