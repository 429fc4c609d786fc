import { startTestApp } from './app.js';
import { type InForce, putInForce } from './money.js';
import type { World } from './money-operations.js';

const TRUSTS = ['RW4', 'RXT', 'RNU'];

/** Three trusts with agreements in force on 15 May 2018, and people of every role. @param work whether its queue works */
export async function moneyWorld({ work = false } = {}): Promise<World> {
  const app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' }, work });
  const agreements: InForce[] = [];
  for (const trust of TRUSTS) agreements.push(await putInForce(app, trust));
  // Two of three trusts have delivered.
  await app.database.sql(
    `update milestone set state = 'met', actual_on = '2018-01-01' where id in
       (select m.milestone_id from tranche_milestone m where m.tranche_id = any ($1))`,
    [agreements.slice(0, 2).map(({ tranches }) => tranches[2])],
  );
  const actor = async (...of: Parameters<typeof app.as>) => app.actorOf(await app.as(...of));
  return {
    app,
    agreements,
    leads: await Promise.all(TRUSTS.map((trust) => actor('trust-lead', trust))),
    directors: await Promise.all(TRUSTS.map((trust) => actor('trust-finance-director', trust))),
    assessors: [await actor('assessor')],
    managers: [await actor('programme-manager'), await actor('programme-manager')],
    officers: [
      await actor('finance-officer'),
      await actor('finance-officer'),
      await actor('finance-officer'),
    ],
  };
}
