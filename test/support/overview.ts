import { systemActor } from '../../src/core/actor.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ReportingService } from '../../src/progress-reports/reporting.service.js';
import { startTestApp, type TestApp } from './app.js';
import { evidenced, matchStep, passGrant } from './match.js';
import { type InForce, putInForce } from './money.js';
import {
  assessed,
  type Cast,
  castFor,
  completed,
  eventually,
  read,
  reportId,
  SLUG,
  save,
  step,
} from './returns.js';

/** A programme on 15 February 2018 of which there is something to say. */
export interface Standing {
  app: TestApp;
  cast: Cast;
  /** Paid £1.5m, with £300,000 of match accepted; two returns accepted, the second rated worse. */
  mersey: InForce;
  /** Paid £1m in advance, without match. */
  worcester: InForce;
}

/** Takes a return to acceptance with a rating of its own. */
async function accepted(app: TestApp, cast: Cast, period: string, percent: number, rating: string) {
  const id = await reportId(app, cast.lead, 'RW4', period);
  const sections = await completed(app, cast.lead, await read(app, cast.lead, id), percent);
  const confidence = { scale: 'delivery-confidence-5', rating, reason: `The supplier of ${period}` };
  expect((await save(app, cast.lead, id, { ...sections, confidence })).status).toBe(200);
  expect((await step(app, cast.director, id, 'certification')).status).toBe(200);
  expect((await step(app, cast.lead, id, 'submission')).status).toBe(202);
  await assessed(app, cast.lead, id);
  expect((await step(app, cast.assessor, id, 'acceptance')).status).toBe(200);
}

export async function standingProgramme(): Promise<Standing> {
  const app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2018-02-15' } });
  const cast = await castFor(app, 'RW4');
  const [mersey, worcester] = [await putInForce(app, 'RW4'), await putInForce(app, 'R1A')];
  await passGrant(app, mersey, 1, 100_000_000);
  await passGrant(app, mersey, 2, 50_000_000);
  await passGrant(app, worcester, 1, 100_000_000);
  const match = await evidenced(app, cast.lead, mersey, { amountPence: 30_000_000 });
  expect((await matchStep(app, cast.assessor, match.id, 'acceptance')).status).toBe(200);
  const reporting = app.app.get(ReportingService, { strict: false });
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'reporting-period.open' }, (tx) =>
      reporting.openDue(tx),
    );
  await accepted(app, cast, '2017/18 Q1', 20, 'green');
  await accepted(app, cast, '2017/18 Q2', 30, 'amber');
  await eventually(async () => {
    const { body } = await app.request(
      'get',
      `/v1/programmes/${SLUG}/progress?period=2017/18%20Q2`,
      cast.manager,
    );
    return body.figures?.[0]?.selfReported?.score.percent === 30 || undefined;
  });
  return { app, cast, mersey, worcester };
}
