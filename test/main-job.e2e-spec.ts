import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { ReviewService } from '../src/progress-reports/review.service.js';
import { startTestApp, type TestApp } from './support/app.js';
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
  throughAcceptance,
} from './support/returns.js';

const TRUST = 'RW4';
let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2018-05-15' } });
  cast = await castFor(app, TRUST);
  const reporting = app.app.get(ReportingService, { strict: false });
  const work = app.app.get(UnitOfWork, { strict: false });
  const opened = await work.run(
    { actor: systemActor('test', 'test'), action: 'reporting-period.open' },
    (tx) => reporting.openDue(tx),
  );
  expect(opened).toEqual({ opened: 28 });
  const again = await work.run(
    { actor: systemActor('test', 'test'), action: 'reporting-period.open' },
    (tx) => reporting.openDue(tx),
  );
  expect(again).toEqual({ opened: 0 });
});
afterAll(() => app?.stop());

const progress = async (query = '') =>
  (await app.request('get', `/v1/programmes/${SLUG}/progress${query}`, cast.manager).expect(200)).body;

test('a return goes from its prefilled draft to acceptance, and the programme moves', async () => {
  const id = await reportId(app, cast.lead, TRUST, '2017/18 Q1');
  const opened = await read(app, cast.lead, id);
  expect(opened).toMatchObject({ state: 'open', version: 1, overdue: true, acceptedVersion: null });
  expect(opened.current.content.milestones.length).toBeGreaterThan(0);
  expect(opened.current.content.spend.length).toBeGreaterThan(0);

  const unready = await save(app, cast.lead, id, { risks: [] });
  expect(unready.body).toMatchObject({ state: 'draft' });
  const incomplete = await step(app, cast.director, id, 'certification');
  expect(incomplete.status).toBe(409);
  expect(incomplete.body.blockers.map((blocker) => blocker.code)).toEqual(
    expect.arrayContaining(['measurement-missing', 'confidence-missing']),
  );

  await save(app, cast.lead, id, await completed(app, cast.lead, opened, 10));
  expect((await step(app, cast.lead, id, 'certification')).status).toBe(403);
  const early = await step(app, cast.lead, id, 'submission');
  expect(early.status).toBe(409);
  expect((await step(app, cast.director, id, 'certification')).body).toMatchObject({
    state: 'trust-certified',
  });

  const submitted = await step(app, cast.lead, id, 'submission');
  expect(submitted.status).toBe(202);
  expect(submitted.body.current.receipt).toEqual(expect.any(String));
  const done = await assessed(app, cast.lead, id);
  expect(done).toMatchObject({ state: 'submitted' });
  expect(done.current.findings.every((finding) => finding.severity === 'warning')).toBe(true);

  const again = await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'assess-return' }, (tx) =>
      app.app.get(ReviewService, { strict: false }).assess(tx, id, 1),
    );
  expect(again).toEqual({ findings: 0, blocking: 0, state: 'submitted' });
  expect((await read(app, cast.lead, id)).current.findings).toEqual(done.current.findings);

  expect((await step(app, cast.lead, id, 'acceptance')).status).toBe(403);
  const accepted = await step(app, cast.assessor, id, 'acceptance');
  expect(accepted.body).toMatchObject({ state: 'accepted', acceptedVersion: 1 });

  const moved = await eventually(async () => {
    const now = await progress('?period=2017/18 Q1');
    return now.history.length > 0 ? now : undefined;
  });
  expect(moved.figures[0].selfReported).toMatchObject({
    score: { percent: 10 },
    trustsReported: 1,
    trustsTotal: 7,
  });
  expect(moved.figures[0].validated).toMatchObject({ score: { numerator: 0 } });
  const mersey = moved.trusts.find((trust: { odsCode: string }) => trust.odsCode === TRUST);
  expect(mersey).toMatchObject({
    progress: { selfReported: { score: { percent: 10 } } },
    deliveryConfidence: { rating: 'amber' },
  });
});

test('the next return starts from what was accepted, and nothing changed is said', async () => {
  const id = await reportId(app, cast.lead, TRUST, '2017/18 Q2');
  const report = await read(app, cast.lead, id);
  expect(report.state).toBe('open');
  const carried = report.current.content.measurements.map((line) => line.numerator);
  expect(carried).toEqual(Array(32).fill(10));
  expect(report.current.content.confidence).toMatchObject({ rating: 'amber', reason: null });
  expect(
    report.changes.map((change) => change.place).filter((place) => !place.startsWith('/narrative')),
  ).toEqual([]);
  const accepted = await throughAcceptance(app, cast, id, 20);
  expect(accepted.changes).toEqual([]);
  const now = await eventually(async () => {
    const { history } = await progress();
    return history.filter((each: { basis: string }) => each.basis === 'self-reported').length === 2
      ? history
      : undefined;
  });
  expect(now.map((each: { basis: string; score: { percent: number } }) => each.score.percent)).toEqual([
    10, 0, 20, 0,
  ]);
});

test('a blocking finding sends the return back by itself; mended, it is a new version, and the old one is kept', async () => {
  const id = await reportId(app, cast.lead, TRUST, '2017/18 Q3');
  const opened = await read(app, cast.lead, id);
  const whole = await completed(app, cast.lead, opened, 30);
  const [first, ...others] = whole.milestones ?? [];
  await save(app, cast.lead, id, {
    ...whole,
    milestones: [{ ...(first as never as object), claim: 'met', actualOn: '2017-12-01' } as never, ...others],
  });
  await step(app, cast.director, id, 'certification');
  await step(app, cast.lead, id, 'submission');
  const queried = await assessed(app, cast.lead, id);
  expect(queried.state).toBe('queried');
  expect(queried.current.findings).toContainEqual(
    expect.objectContaining({
      code: 'claim-without-evidence',
      severity: 'blocking',
      place: '/milestones/0/claim',
    }),
  );
  expect(queried.queries).toEqual([
    expect.objectContaining({ section: 'milestones', raisedBy: 'Assessment', answer: null }),
  ]);

  const mended = await save(app, cast.lead, id, { milestones: whole.milestones ?? [] });
  expect(mended.body).toMatchObject({ state: 'draft', version: 2 });
  await step(app, cast.director, id, 'certification');
  const unanswered = await step(app, cast.lead, id, 'submission');
  expect(unanswered.body.blockers.map((blocker) => blocker.code)).toEqual(['query-unanswered']);
  const query = queried.queries[0]?.id;
  const answered = await step(app, cast.lead, id, `queries/${query}/answer`, {
    answer: 'Claimed too early.',
  });
  expect(answered.status).toBe(200);
  expect((await step(app, cast.lead, id, 'submission')).body.state).toBe('resubmitted');
  await assessed(app, cast.lead, id);
  expect((await step(app, cast.assessor, id, 'acceptance')).body).toMatchObject({
    state: 'accepted',
    acceptedVersion: 2,
  });
  const { body } = await app.request('get', `/v1/progress-reports/${id}/versions`, cast.lead).expect(200);
  expect(body.items.map((version: { number: number }) => version.number)).toEqual([2, 1]);
  expect(body.items[1].content.milestones[0].claim).toBe('met');
});

test('a correction of an accepted return is a new version, and the accepted figures stand until it is accepted', async () => {
  const id = await reportId(app, cast.lead, TRUST, '2017/18 Q1');
  const corrected = await step(app, cast.lead, id, 'correction', { reason: 'Counted one clinic twice.' });
  expect(corrected.body).toMatchObject({ state: 'draft', version: 2, acceptedVersion: 1, overdue: false });
  expect((await progress('?period=2017/18 Q1')).figures[0].selfReported.score.percent).toBe(10);
  await throughAcceptance(app, cast, id, 12);
  await eventually(async () =>
    (await progress('?period=2017/18 Q1')).figures[0].selfReported.score.percent === 12 ? true : undefined,
  );
  const rows = await app.database.sql<{ state: string }>(
    `select v.state from measurement v join reporting_period t on t.id = v.period_id where t.label = '2017/18 Q1' order by v.state`,
  );
  expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['self-reported', 'superseded']));
});

test('validation by somebody else moves the validated score alone, and every figure has its lineage', async () => {
  const { body } = await app
    .request('get', `/v1/programmes/${SLUG}/measurements?period=2017/18 Q2&limit=200`, cast.assessor)
    .expect(200);
  const [measurement] = body.items;
  const validate = (key: string, revision: number) =>
    app
      .request('post', `/v1/measurements/${measurement.id}/validation`, key)
      .set('If-Match', `"${revision}"`)
      .send({ numerator: 15, denominator: 100, note: 'Sampled.' });
  expect((await validate(cast.lead, 1)).status).toBe(403);
  expect((await validate(cast.assessor, 1)).body).toMatchObject({
    state: 'validated',
    selfReported: { numerator: 20 },
    validated: { numerator: 15, note: 'Sampled.' },
  });
  expect((await validate(cast.assessor, 1)).status).toBe(412);
  const trust = await eventually(async () => {
    const found = await app.request(
      'get',
      `/v1/programmes/${SLUG}/trusts/${TRUST}/progress?period=2017/18 Q2`,
      cast.lead,
    );
    return found.body.figures[0].validated.score.numerator > 0 ? found.body : undefined;
  });
  expect(trust.figures[0].selfReported.score.percent).toBe(20);
  const lineage = await app
    .request('get', `/v1/progress/${trust.figures[0].validated.id}/lineage`, cast.lead)
    .expect(200);
  expect(lineage.body).toMatchObject({ basis: 'validated', measuresReported: 1 });
  expect(lineage.body.measurements).toEqual([
    expect.objectContaining({
      measurement: measurement.id,
      revision: 2,
      numerator: 15,
      denominator: 100,
      current: true,
    }),
  ]);
});

test('a figure of the programme names the figures that it is the sum of, and they add up', async () => {
  const [overall] = (await progress('?period=2017/18 Q2')).figures;
  const { body } = await app
    .request('get', `/v1/programme-progress/${overall.selfReported.id}/lineage`, cast.manager)
    .expect(200);
  expect(body).toMatchObject({ period: '2017/18 Q2', basis: 'self-reported', targetSet: null, addsUp: true });
  expect(body.figures).toEqual([expect.objectContaining({ period: '2017/18 Q2', score: body.score })]);
});

test('a receipt can be followed as server-sent events until the assessment is done', async () => {
  const id = await reportId(app, cast.lead, TRUST, '2017/18 Q4');
  await save(app, cast.lead, id, await completed(app, cast.lead, await read(app, cast.lead, id), 40));
  await step(app, cast.director, id, 'certification');
  const { body } = await step(app, cast.lead, id, 'submission');
  const events = await app
    .request('get', `/v1/receipts/${body.current.receipt}/events`, cast.lead)
    .expect(200);
  expect(events.headers['content-type']).toContain('text/event-stream');
  const told = events.text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)));
  expect(told.at(-1)).toMatchObject({
    job: 'assess-return',
    state: 'done',
    result: { blocking: 0, state: 'submitted' },
  });
  const stranger = await app.as('trust-lead', 'RXT');
  await app.request('get', `/v1/receipts/${body.current.receipt}`, stranger).expect(404);
});

test('a reviewer queries by section, and the trust sees it', async () => {
  const id = await reportId(app, cast.lead, TRUST, '2017/18 Q4');
  const queried = await step(app, cast.assessor, id, 'queries', {
    questions: [{ section: 'spend', question: 'Why did capital spend stop?' }],
  });
  expect(queried.body).toMatchObject({ state: 'queried' });
  expect((await read(app, cast.lead, id)).queries).toEqual([
    expect.objectContaining({
      section: 'spend',
      question: 'Why did capital spend stop?',
      raisedBy: 'assessor of the programme',
    }),
  ]);
});

test('the same submission sent twice at once happens once, and both senders hear the same', async () => {
  const other = await castFor(app, 'RXT');
  const id = await reportId(app, other.lead, 'RXT', '2017/18 Q1');
  await save(app, other.lead, id, await completed(app, other.lead, await read(app, other.lead, id), 5));
  await step(app, other.director, id, 'certification');
  const { revision } = await read(app, other.lead, id);
  const send = () =>
    app
      .request('post', `/v1/progress-reports/${id}/submission`, other.lead)
      .set('If-Match', `"${revision}"`)
      .set('Idempotency-Key', 'the-same-key-twice')
      .send({});
  const [a, b] = await Promise.all([send(), send()]);
  expect([a.status, b.status]).toEqual([202, 202]);
  expect(a.body).toEqual(b.body);
  const messages = await app.database.sql(
    `select from outbox_message where job = 'assess-return' and payload ->> 'reportId' = $1`,
    [id],
  );
  expect(messages).toHaveLength(1);
  const another = await app
    .request('post', `/v1/progress-reports/${id}/submission`, other.lead)
    .set('If-Match', `"${revision}"`)
    .send({});
  expect(another.status).toBe(412);
});

test('two who save over the same draft: the second is told, and the first stands', async () => {
  const other = await castFor(app, 'RNU');
  const id = await reportId(app, other.lead, 'RNU', '2017/18 Q1');
  const { revision } = await read(app, other.lead, id);
  const write = (title: string) =>
    app
      .request('patch', `/v1/progress-reports/${id}`, other.lead)
      .set('If-Match', `"${revision}"`)
      .send({ risks: [{ title, likelihood: 1, impact: 1, mitigation: 'Watch it', owner: 'Lead' }] });
  const results = await Promise.all([write('one'), write('two')]);
  expect(results.map((result) => result.status).sort()).toEqual([200, 412]);
  const kept = await read(app, other.lead, id);
  const winner = results.findIndex((result) => result.status === 200);
  expect(kept.current.content.risks.map((risk) => risk.title)).toEqual([['one', 'two'][winner]]);
  const unsaid = await app.request('patch', `/v1/progress-reports/${id}`, other.lead).send({ risks: [] });
  expect([unsaid.status, unsaid.body.code]).toEqual([428, 'if-match-missing']);
});

test('a trust sees its own returns and figures, and no others', async () => {
  const stranger = await app.as('trust-lead', 'RV5');
  const id = await reportId(app, cast.lead, TRUST, '2017/18 Q1');
  await app.request('get', `/v1/progress-reports/${id}`, stranger).expect(404);
  await app
    .request('patch', `/v1/progress-reports/${id}`, stranger)
    .set('If-Match', '"1"')
    .send({ risks: [] })
    .expect(404);
  const list = await app
    .request('get', `/v1/programmes/${SLUG}/progress-reports?limit=200`, stranger)
    .expect(200);
  expect(new Set(list.body.items.map((item: { trust: { odsCode: string } }) => item.trust.odsCode))).toEqual(
    new Set(['RV5']),
  );
  const seen = await app.request('get', `/v1/programmes/${SLUG}/progress`, stranger).expect(200);
  expect(seen.body.trusts.map((trust: { odsCode: string }) => trust.odsCode)).toEqual(['RV5']);
  await app.request('get', `/v1/programmes/${SLUG}/trusts/${TRUST}/progress`, stranger).expect(404);
});

test('the list is paged by a cursor without a gap or a double', async () => {
  const seen: string[] = [];
  let path: string | undefined = `/v1/programmes/${SLUG}/progress-reports?limit=5`;
  while (path) {
    const { body, headers }: { body: { items: Array<{ id: string }> }; headers: Record<string, string> } =
      await app.request('get', path, cast.manager).expect(200);
    seen.push(...body.items.map((item: { id: string }) => item.id));
    path = /<([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1];
  }
  expect(seen).toHaveLength(28);
  expect(new Set(seen).size).toBe(28);
});

test('who accepted what is in the log, with before and after', async () => {
  const auditor = await app.as('auditor');
  const id = await reportId(app, cast.manager, TRUST, '2017/18 Q1');
  const { body } = await app
    .request('get', `/v1/log-entries?subject=${id}&action=progress-report.accept`, auditor)
    .expect(200);
  expect(body.items[0]).toMatchObject({
    table: 'progress_report',
    actor: { name: 'assessor of the programme', role: 'assessor' },
    old: { state: 'resubmitted' },
    new: { state: 'accepted', accepted_version: 2 },
  });
  await app.request('get', '/v1/log-entries', cast.lead).expect(403);
});
