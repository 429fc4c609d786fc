import { loadDemonstration } from '../../src/cli/demonstration.js';
import { demonstrationPlan } from '../../src/cli/demonstration-plan.js';
import { playRest } from '../../src/cli/demonstration-rest.js';
import { playReturns } from '../../src/cli/demonstration-returns.js';
import type { TestApp } from './app.js';
import { startPlayed } from './played.js';

/** The demonstration as `npm start` shows it: its people, returns, claims and payments, and the queue at work. */
export function startDemonstration(): Promise<TestApp> {
  return startPlayed(
    'demonstration',
    {
      env: { EXEMPLAR_TODAY: demonstrationPlan().today, DATABASE_POOL: '10' },
      work: true,
      definitions: [],
    },
    async ({ app, config }) => {
      const { keys } = await loadDemonstration(app, config);
      await playReturns(app, keys);
      await playRest(app, keys, (_, error) => {
        if (error) throw error;
      });
    },
  );
}
