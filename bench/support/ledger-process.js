// A process with the whole application, which posts journals through its unit of work and its ledger.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/app.module.js';
import { Config } from '../../dist/config/config.js';
import { systemActor } from '../../dist/core/actor.js';
import { UnitOfWork } from '../../dist/database/unit-of-work.js';
import { Ledger } from '../../dist/funding/ledger.js';
import { serve } from './processes.js';

const ENTRY = { kind: 'claim', datedOn: '2017-07-01', narrative: 'A claim' };
const actor = systemActor('bench', 'bench');

let app;

/** One claim of a penny on the award of this number. */
function post(number) {
  const id = idOf(number);
  return app.get(UnitOfWork).run({ actor, action: 'bench.post' }, (tx) =>
    app.get(Ledger, { strict: false }).post(
      tx,
      { id, trust_id: id, illustrative: false },
      {
        ...ENTRY,
        cause: { claimId: id },
        movements: [
          {
            lineId: id,
            source: 'grant',
            from: 'awarded',
            to: 'claimed',
            amountPence: 1,
            incurredOn: '2017-05-01',
            trancheId: id,
          },
        ],
      },
    ),
  );
}

/** Everything of one number has the same id, table by table. */
const idOf = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

async function postAll({ journals, awards, concurrency }) {
  let left = journals;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left > 0) {
        left -= 1;
        await post(1 + Math.floor(Math.random() * awards));
      }
    }),
  );
  return { perSecond: journals / ((performance.now() - start) / 1000) };
}

serve(async ({ url, ...order }) => {
  if (order.journals !== undefined) return postAll(order);
  const config = new Config({ DEMONSTRATION: 'false', DATABASE_POOL: '20' });
  app = await NestFactory.createApplicationContext(
    AppModule.with({ config, databaseUrl: url, work: false }),
    { logger: ['warn', 'error'] },
  );
  process.once('SIGTERM', () => app.close().then(() => process.exit()));
  return {};
});
