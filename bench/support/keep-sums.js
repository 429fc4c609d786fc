// What a programme's trusts come to, kept as the hourly job keeps it.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/app.module.js';
import { Config } from '../../dist/config/config.js';
import { systemActor } from '../../dist/core/actor.js';
import { UnitOfWork } from '../../dist/database/unit-of-work.js';
import { KeptSums } from '../../dist/programmes/kept-sums.js';

/** Does what the job does. @returns how long it took, in ms */
export async function keepSums({ url }, today) {
  const config = new Config({ EXEMPLAR_TODAY: today, DATABASE_POOL: '5', DEMONSTRATION: 'false' });
  const module = AppModule.with({ config, databaseUrl: url, work: false });
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
  const began = performance.now();
  await app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('bench', 'bench'), action: 'sums.keep' }, (tx) =>
      app.get(KeptSums, { strict: false }).keep(tx),
    );
  const ms = performance.now() - began;
  await app.close();
  return ms;
}
