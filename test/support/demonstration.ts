import { loadDemonstration } from '../../src/cli/demonstration.js';
import { playAssurance } from '../../src/cli/demonstration-assurance.js';
import { playBenefits } from '../../src/cli/demonstration-benefits.js';
import { DemonstrationBlueprints } from '../../src/cli/demonstration-blueprints.js';
import { DemonstrationMoney } from '../../src/cli/demonstration-money.js';
import { demonstrationPlan } from '../../src/cli/demonstration-plan.js';
import { playPortfolio } from '../../src/cli/demonstration-portfolio.js';
import { playPublication } from '../../src/cli/demonstration-publication.js';
import { playReturns } from '../../src/cli/demonstration-returns.js';
import { playSurveys } from '../../src/cli/demonstration-surveys.js';
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
  await new DemonstrationMoney(app.app, keys).play();
  await playPublication(app.app, keys);
  await playBenefits(app.app, keys);
  await playAssurance(app.app, keys);
  await playSurveys(app.app, keys);
  await new DemonstrationBlueprints(app.app, keys).play();
  await playPortfolio(app.app, keys);
  return app;
}
