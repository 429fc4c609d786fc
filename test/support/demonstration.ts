import { loadDemonstration } from '../../src/cli/demonstration.js';
import { demonstrationPlan } from '../../src/cli/demonstration-plan.js';
import { playRest } from '../../src/cli/demonstration-rest.js';
import { playReturns } from '../../src/cli/demonstration-returns.js';
import { startTestApp, type TestApp } from './app.js';

/** The demonstration as `npm start` shows it: its people, returns, claims and payments, and the queue at work. */
export async function startDemonstration(): Promise<TestApp> {
  const app = await startTestApp({
    env: { EXEMPLAR_TODAY: demonstrationPlan().today, DATABASE_POOL: '10' },
    work: true,
    definitions: [],
  });
  const { keys } = await loadDemonstration(app.app, app.config);
  await playReturns(app.app, keys);
  await playRest(app.app, keys, (_, error) => {
    if (error) throw error;
  });
  return app;
}
