import { systemActor } from '../../src/core/actor.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ReportingService } from '../../src/progress-reports/reporting.service.js';
import type { ReturnContent } from '../../src/progress-reports/return-content.js';
import type { TestApp } from './app.js';

export const SLUG = 'mental-health-exemplars';

/** What the API says of a return; only what tests look at. */
export interface ReportBody {
  id: string;
  revision: number;
  state: string;
  version: number;
  acceptedVersion: number | null;
  overdue: boolean;
  current: {
    number: number;
    content: ReturnContent;
    receipt: string | null;
    assessment: string | null;
    findings: Array<{ code: string; severity: string; section: string; place: string; message: string }>;
  };
  queries: Array<{ id: string; section: string; question: string; raisedBy: string; answer: string | null }>;
  changes: Array<{ place: string; before: unknown; after: unknown }>;
  next: string[];
}

/** The people that a return goes through. */
export interface Cast {
  lead: string;
  director: string;
  assessor: string;
  manager: string;
}

export async function castFor(app: TestApp, trust: string): Promise<Cast> {
  const [lead, director, assessor, manager] = await Promise.all([
    app.as('trust-lead', trust),
    app.as('trust-finance-director', trust),
    app.as('assessor'),
    app.as('programme-manager'),
  ]);
  return { lead, director, assessor, manager };
}

/** Opens every return whose day has come. */
export function openReturns({ app }: TestApp): Promise<unknown> {
  const order = { actor: systemActor('test', 'test'), action: 'reporting-period.open' };
  const reporting = app.get(ReportingService, { strict: false });
  return app.get(UnitOfWork, { strict: false }).run(order, (tx) => reporting.openDue(tx));
}

/** The id of a trust's return for a period. */
export async function reportId(app: TestApp, key: string, trust: string, period: string): Promise<string> {
  const { body } = await app
    .request(
      'get',
      `/v1/programmes/${SLUG}/progress-reports?trust=${trust}&period=${encodeURIComponent(period)}`,
      key,
    )
    .expect(200);
  return body.items[0].id;
}

export async function read(app: TestApp, key: string, id: string): Promise<ReportBody> {
  return (await app.request('get', `/v1/progress-reports/${id}`, key).expect(200)).body;
}

/** All measures of the programme at a percentage, with what the return was prefilled with. */
export async function completed(
  app: TestApp,
  key: string,
  report: ReportBody,
  percent: number,
): Promise<Partial<ReturnContent>> {
  const { body } = await app.request('get', `/v1/programmes/${SLUG}/target-sets`, key).expect(200);
  const programme = await app.request('get', `/v1/programmes/${SLUG}`, key).expect(200);
  const { content } = report.current;
  return {
    milestones: content.milestones,
    spend: content.spend.map((line) => ({ ...line, forecastPence: Math.max(line.forecastPence, 100_000) })),
    measurements: body.items.flatMap((set: { ref: string; measures: Array<{ code: string }> }) =>
      set.measures.map(({ code }) => ({
        targetSet: set.ref,
        measure: code,
        numerator: percent,
        denominator: 100,
        note: null,
      })),
    ),
    risks: [],
    narrative: content.narrative.map(({ section }) => ({ section, text: `What happened in ${section}.` })),
    confidence: { scale: programme.body.terms.confidenceScale.code, rating: 'amber', reason: null },
  };
}

/** A step of a return's life under the ETag that it has now. */
export async function step(
  app: TestApp,
  key: string,
  id: string,
  noun: string,
  body: object = {},
): Promise<{ status: number; body: ReportBody & { code: string; blockers: Array<{ code: string }> } }> {
  const { revision } = await read(app, key, id);
  return app
    .request('post', `/v1/progress-reports/${id}/${noun}`, key)
    .set('If-Match', `"${revision}"`)
    .send(body);
}

export async function save(app: TestApp, key: string, id: string, sections: Partial<ReturnContent>) {
  const { revision } = await read(app, key, id);
  return app
    .request('patch', `/v1/progress-reports/${id}`, key)
    .set('If-Match', `"${revision}"`)
    .send(sections);
}

/** Waits until the queue has assessed a return. */
export async function assessed(app: TestApp, key: string, id: string): Promise<ReportBody> {
  return eventually(async () => {
    const report = await read(app, key, id);
    return report.current.assessment === 'finished' ? report : undefined;
  });
}

/** Asks again until there is an answer, for 20 seconds at most. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('It did not happen within 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Takes a return from its prefilled draft to acceptance. */
export async function throughAcceptance(
  app: TestApp,
  cast: Cast,
  id: string,
  percent: number,
): Promise<ReportBody> {
  const report = await read(app, cast.lead, id);
  expect((await save(app, cast.lead, id, await completed(app, cast.lead, report, percent))).status).toBe(200);
  expect((await step(app, cast.director, id, 'certification')).status).toBe(200);
  expect((await step(app, cast.lead, id, 'submission')).status).toBe(202);
  await assessed(app, cast.lead, id);
  const accepted = await step(app, cast.assessor, id, 'acceptance');
  expect(accepted.status).toBe(200);
  return accepted.body;
}
