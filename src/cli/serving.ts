import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.js';
import type { Config } from '../config/config.js';
import { Draining } from '../http/draining.js';
import { createHttpServer } from '../http-server.js';
import { BaseAddress } from '../identity/base-address.js';
import { loadDemonstration } from './demonstration.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { playRest } from './demonstration-rest.js';
import { playReturns } from './demonstration-returns.js';
import type { Lifetime } from './lifetime.js';

export interface Serving {
  config: Config;
  databaseUrl: string;
  notaryUrl: string | undefined;
  workers: boolean;
  lifetime: Lifetime;
}

/** Starts the application, loads the demonstration where there is to be one, and only then answers requests. */
export async function listen({ config, databaseUrl, notaryUrl, workers, lifetime }: Serving): Promise<{
  address: string;
  keys: DemonstrationKey[];
}> {
  const module = AppModule.with({ config, databaseUrl, notaryUrl, work: workers });
  const app = await createHttpServer(module, config);
  lifetime.onEnd(() => app.close());
  await app.init();
  const { keys } = config.demonstration ? await loadDemonstration(app, config) : { keys: [] };
  // The returns go through the queue, so only a process that works off it can play them.
  if (config.demonstration && workers) await playReturns(app, keys);
  await app.listen(config.port, config.host);
  lifetime.beforeClosing(() => app.get(Draining, { strict: false }).begin());
  if (config.demonstration && workers) playTheRest(app, keys, lifetime);
  return { address: app.get(BaseAddress, { strict: false }).origin(), keys };
}

/** The money and what is published are played while requests are answered already: it takes a few seconds, and the end waits for it. */
function playTheRest(
  app: NestFastifyApplication,
  keys: readonly DemonstrationKey[],
  lifetime: Lifetime,
): void {
  const logger = new Logger('Demonstration');
  const all = playRest(app, keys, (what, error) =>
    error
      ? logger.warn(`The demonstration of ${what} was not played to its end: ${error.message}`)
      : logger.log(`The illustrative ${what} are there.`),
  );
  lifetime.onEnd(() => all);
}
