import type { ScenarioView } from '../../src/portfolio/scenario.queries.js';
import type { TestApp } from './app.js';
import { SLUG } from './returns.js';

/** Instalments of £5m as the programme's own are planned, each on delivery of a milestone of the trust. */
export const FOUR = (milestone: string) =>
  (
    [
      ['2017-06-30', 100_000_000],
      ['2018-10-31', 200_000_000],
      ['2019-01-31', 50_000_000],
      ['2019-10-31', 150_000_000],
    ] as const
  ).map(([plannedOn, grantPence], i) => ({
    ...{ number: i + 1, name: `Part ${i + 1}`, plannedOn, grantPence },
    ...(i === 1
      ? { basis: 'delivery' as const, milestones: [milestone] }
      : { basis: 'advance' as const, milestones: [] }),
  }));

/** A third of a year. */
export const THIRD = { basisPoints: 3_333 };

/** Asks for a scenario of the programme. */
export const askScenario = (app: TestApp, key: string, said: object, slug = SLUG) =>
  app
    .request('post', `/v1/programmes/${slug}/scenarios`, key)
    .send({ title: 'A third less', financialYear: '2018/19', cut: THIRD, ...said });

/** Every route about the portfolio, asked once at least: a scenario that stands, and one that was withdrawn. */
export async function playPortfolio(app: TestApp): Promise<ScenarioView> {
  const manager = await app.as('programme-manager');
  const { body } = await askScenario(app, manager, { title: 'To be withdrawn' }).expect(201);
  await app
    .request('post', `/v1/scenarios/${body.id}/withdrawal`, manager)
    .set('If-Match', '"1"')
    .send({ reason: 'It was a trial.' })
    .expect(200);
  for (const path of ['portfolio?by=region', 'portfolio?by=year', 'scenarios', `scenarios/${body.id}`])
    await app.request('get', `/v1/${path}`, manager).expect(200);
  return (
    await askScenario(app, manager, { title: 'A quarter less', cut: { basisPoints: 2_500 } }).expect(201)
  ).body;
}
