import { Clock } from '../src/config/clock.js';
import { systemActor } from '../src/core/actor.js';
import type { WaveResults } from '../src/surveys/surveys.reader.js';
import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';
import { ANSWERS, beginSheet, EARLIER, sheetStep, WAVE, WAVES, WHOLE } from './support/surveys.js';

let app: TestApp;
let mersey: string;
let oxford: string;
let slam: string;
let manager: string;
let auditor: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-07-20' } });
  [mersey = '', oxford = '', slam = ''] = await Promise.all(
    ['RW4', 'RNU', 'RV5'].map((trust) => app.as('trust-lead', trust)),
  );
  [manager, auditor] = await Promise.all([app.as('programme-manager'), app.as('auditor')]);
});
afterAll(() => app?.stop());

const get = async (path: string, key = manager) => (await app.request('get', path, key).expect(200)).body;
const refuses = async (sql: string, constraint: string) =>
  expect([constraint, await app.database.sql(sql).then(String, (error) => error.constraint)]).toEqual([
    constraint,
    constraint,
  ]);
const on = (day: string, work: string) =>
  `begin; set local exemplar.moment = '${day}T12:00:00Z'; ${work}; commit`;

test('the report of 2014 stands as it was published, and what does not fit together is shown', async () => {
  const wave = await get(`${WAVES}/mhn-2014`);
  expect(wave).toMatchObject({ kind: 'historical', state: 'historical', answered: null });
  expect(wave.note).toContain('no whole number of 15');
  expect(
    wave.published.map((figure: Record<string, unknown>) => [
      figure.question,
      figure.claimedPercent,
      figure.numerator,
      figure.denominator,
      figure.check,
    ]),
  ).toEqual([
    ['online-booking/v1', null, 0, 15, 'cannot-be-checked'],
    ['apps/v1', 82, null, 15, 'does-not-fit'],
    ['online-booking/v1', 73, null, 64, 'fits'],
    ['apps/v1', 82, null, 64, 'does-not-fit'],
    ['barriers/v1', null, null, 15, 'cannot-be-checked'],
  ]);
  expect(wave.published[1].sourced.source.title).toContain('Future');
  expect((await beginSheet(app, mersey, 'mhn-2014')).body.blockers[0].code).toBe('wave-is-historical');
  await app.request('get', `${WAVES}/mhn-2014/trusts`, manager).expect(404);
});

describe('a trust answers, as a whole, while the wave is open', () => {
  let id: string;

  test('from a draft that nobody counts, to what never changes', async () => {
    expect((await beginSheet(app, mersey, EARLIER)).body.blockers[0].code).toBe('wave-closed');
    const begun = await beginSheet(app, mersey).expect(201);
    id = begun.body.id;
    expect(begun.body).toMatchObject({
      state: 'draft',
      version: 1,
      trust: { odsCode: 'RW4' },
      prefilledFrom: null,
      answers: [],
      next: ['answers'],
    });
    expect((await beginSheet(app, mersey)).body.code).toBe('draft-already-there');
    expect((await sheetStep(app, mersey, id, 'submission')).codes).toEqual(Array(5).fill('not-answered'));
    const unproved = WHOLE.map((answer) => ({ ...answer, evidence: null }));
    expect((await sheetStep(app, mersey, id, '', { answers: unproved })).body.next).toEqual(['answers']);
    const refused = await sheetStep(app, mersey, id, 'submission');
    expect([refused.status, refused.codes]).toEqual([409, ['evidence-missing', 'evidence-missing']]);
    expect((await sheetStep(app, mersey, id, '', { answers: WHOLE })).body.next).toEqual([
      'answers',
      'submission',
    ]);
    // A draft counts nowhere.
    expect((await get(`${WAVES}/${WAVE}/results`)).answered).toEqual({
      numerator: 0,
      denominator: 7,
      base: 'confirmed awardees of the programme',
    });
    expect((await sheetStep(app, mersey, id, 'submission')).body).toMatchObject({
      state: 'submitted',
      index: { numerator: 1, denominator: 5 },
      submittedAt: expect.stringMatching(/^2018-07-20T/),
      next: [],
    });
    expect((await sheetStep(app, mersey, id, '', { answers: WHOLE })).codes).toEqual(['wrong-state']);
  });

  test('and the database holds it too: whole, ranked without gaps, on its days, never changed', async () => {
    await refuses(
      on('2018-07-20', `update survey_answer set status = 'live' where sheet_id = '${id}'`),
      'submitted_sheet_is_fixed',
    );
    await refuses(
      on('2018-07-20', `update survey_sheet set state = 'draft' where id = '${id}'`),
      'submitted_sheet_is_fixed',
    );
    // Today is long after the last day.
    const other = (await beginSheet(app, oxford).expect(201)).body.id;
    await sheetStep(app, oxford, other, '', { answers: WHOLE });
    await refuses(
      on('2018-09-01', `update survey_sheet set revision = 9 where id = '${other}'`),
      'survey_wave_is_open',
    );
    await refuses(
      on('2018-09-01', `delete from survey_answer where sheet_id = '${other}'`),
      'survey_wave_is_open',
    );
    const submit = `update survey_sheet set state = 'submitted', submitted_by = answered_by[1], submitted_at = now() where id = '${other}'`;
    await refuses(
      on('2018-07-20', `delete from survey_barrier where sheet_id = '${other}' and rank = 2; ${submit}`),
      'survey_ranks_without_gaps',
    );
    await refuses(
      on('2018-07-20', `update survey_answer set evidence = null where sheet_id = '${other}'; ${submit}`),
      'survey_answer_is_evidenced',
    );
    await refuses(
      on('2018-07-20', `delete from survey_answer where sheet_id = '${other}'; ${submit}`),
      'survey_sheet_is_whole',
    );
    await refuses(
      on('2018-07-20', `update survey_barrier set rank = 1 where sheet_id = '${other}' and rank = 2`),
      'survey_rank_once',
    );
    await refuses(
      on('2018-07-20', `update survey_wave set closes_on = '2018-12-31' where code = '${EARLIER}'`),
      'survey_wave_stays_closed',
    );
    await refuses(
      `insert into survey_wave_question (programme_id, wave_id, question_id, position)
       select q.programme_id, w.id, q.id, 9 from survey_question q, survey_wave w
       where q.code = 'apps' and w.code = '${WAVE}'`,
      'survey_wave_is_asked',
    );
  });

  test('not after the last day of the wave, though it was begun before; and not by a trust that is not asked', async () => {
    const [draft] = (await get(`${WAVES}/${WAVE}/trusts?trust=RNU`)).items;
    const actor = await app.actorOf(oxford);
    const { SurveySheetService } = await import('../src/surveys/survey-sheet.service.js');
    const service = app.app.get(SurveySheetService, { strict: false });
    const { revision } = await get(`/v1/survey-sheets/${draft.draft}`);
    const closed = { details: { status: 409, blockers: [expect.objectContaining({ code: 'wave-closed' })] } };
    await app.app.get(Clock, { strict: false }).playing('2018-09-01', async () => {
      for (const late of [
        () => service.answer(actor, draft.draft, revision, []),
        () => service.submit(actor, draft.draft, revision),
      ])
        await expect(late()).rejects.toMatchObject(closed);
    });
    // A follower is no awardee: its trust may see the programme, and is not asked.
    await beginSheet(app, await app.as('trust-lead', 'RTV')).expect(404);
  });

  test('a correction is a new version, and takes the place of the old one as a whole', async () => {
    const begun = (await beginSheet(app, mersey).expect(201)).body;
    expect(begun).toMatchObject({
      version: 2,
      prefilledFrom: { code: WAVE },
      next: ['answers', 'submission'],
    });
    const live = WHOLE.map((answer) =>
      answer.question === 'record-access/v1' ? { ...answer, status: 'live', evidence: 'Portal' } : answer,
    );
    await sheetStep(app, mersey, begun.id, '', { answers: live });
    expect((await sheetStep(app, mersey, begun.id, 'submission')).body.index).toEqual({
      numerator: 2,
      denominator: 5,
    });
    expect((await get(`/v1/survey-sheets/${id}`)).state).toBe('superseded');
    const [row] = (await get(`${WAVES}/${WAVE}/trusts?trust=RW4`)).items;
    expect(row.sheet.id).toBe(begun.id);
  });
});

test('bad answers are a clear 4xx, each at its place', async () => {
  const { id, revision } = (await beginSheet(app, slam).expect(201)).body;
  const answers = (said: object, question = 'record-access/v1') => ({ answers: [{ question, ...said }] });
  for (const [body, code] of [
    [answers({ status: 'live' }, 'record-access/v9'), 'question-not-asked'],
    [{ answers: [ANSWERS[1], ANSWERS[1]] }, 'answered-twice'],
    [answers({ status: 'live', barriers: ['finance'] }), 'answer-of-another-kind'],
    [answers({ status: 'live' }, 'barriers/v2'), 'answer-of-another-kind'],
    [answers({ evidence: 'Board paper' }), 'evidence-of-nothing'],
    [answers({ barriers: ['weather'] }, 'barriers/v2'), 'barrier-unknown'],
    [answers({ barriers: ['finance', 'finance'] }, 'barriers/v2'), 'barrier-twice'],
  ] as const) {
    const { status, codes, reasons } = await sheetStep(app, slam, id, '', body);
    expect([code, status, codes]).toEqual([code, 422, [code]]);
    expect(reasons[0]?.pointer).toMatch(/^\/answers\/\d/);
  }
  for (const body of [
    {},
    { answers: 'none' },
    { answers: [7] },
    answers({ status: 'perhaps' }),
    answers({ status: 'live', link: { kind: 'rumour', id } }),
    answers({ status: 'live', link: { kind: 'milestone', id: 'x' } }),
    answers({ barriers: [1] }, 'barriers/v2'),
    answers({ status: 'live', evidence: ' ' }),
  ])
    expect([body, (await sheetStep(app, slam, id, '', body)).status]).toEqual([body, 400]);
  expect((await sheetStep(app, slam, id, '', { answers: [] }, null)).status).toBe(428);
  expect((await sheetStep(app, slam, id, '', { answers: [] }, revision + 1)).status).toBe(412);
  for (const path of [`${WAVES}/none`, `${WAVES}/none/results`, `${WAVES}/${WAVE}/results?with=none`])
    await app.request('get', path, manager).expect(404);
  for (const wrong of ['answers?status=some', 'trusts?after=x', 'answers?after=x', 'results?wth=x'])
    expect([wrong, (await app.request('get', `${WAVES}/${WAVE}/${wrong}`, manager)).status]).toEqual([
      wrong,
      400,
    ]);
});

test('a pilot and what is live are shown by something of the record: of its own trust, or of the programme', async () => {
  const { id } = (await get(`/v1/programmes/${SLUG}/milestones?trust=RV5&limit=1`)).items[0];
  const theirs = (await get(`/v1/programmes/${SLUG}/milestones?trust=RW4&limit=1`)).items[0].id;
  const [draft] = (await get(`${WAVES}/${WAVE}/trusts?trust=RV5`)).items;
  const answersWith = (link: object) => ({
    answers: WHOLE.map((answer) => ({ ...answer, evidence: null, link: 'evidence' in answer ? link : null })),
  });
  const wrong = await sheetStep(app, slam, draft.draft, '', answersWith({ kind: 'milestone', id: theirs }));
  expect([wrong.status, wrong.codes]).toEqual([422, ['link-unknown', 'link-unknown']]);
  const saved = await sheetStep(app, slam, draft.draft, '', answersWith({ kind: 'milestone', id }));
  expect(saved.body.answers[0].link).toMatchObject({ kind: 'milestone', id, name: expect.any(String) });
  expect((await sheetStep(app, slam, draft.draft, 'submission')).status).toBe(200);
});

test('results are counts with their base, held against the same version of a question only', async () => {
  const clock = app.app.get(Clock, { strict: false });
  // A year before, two trusts answered.
  await clock.playing('2017-09-15', async () => {
    const { SurveySheetService } = await import('../src/surveys/survey-sheet.service.js');
    const service = app.app.get(SurveySheetService, { strict: false });
    for (const [ods, status] of [
      ['RW4', 'none'],
      ['RX4', 'live'],
    ] as const) {
      const [trust] = await app.database.sql<{ id: string }>(
        `select id from organisation where ods_code = '${ods}'`,
      );
      const [person] = await app.database.sql<{ id: string }>('select id from person limit 1');
      const actor = {
        ...systemActor('test', 'test'),
        ...{
          id: person?.id as string,
          role: 'trust-lead' as const,
          trustId: trust?.id as string,
          trustOds: ods,
        },
      };
      const { id } = await service.begin(actor, SLUG, EARLIER);
      const answers = ANSWERS.map(({ question, barriers }) => ({
        ...{ question, link: null, barriers: (barriers ?? []) as string[] },
        status: barriers ? null : status,
        evidence: barriers ? null : 'Board paper',
      }));
      await service.answer(actor, id, 1, answers);
      await service.submit(actor, id, 2);
    }
  });
  const results: WaveResults = await get(`${WAVES}/${WAVE}/results`);
  expect(results).toMatchObject({ covers: 'all', answered: { numerator: 2, denominator: 7 } });
  const result = (ref: string, of = results) => of.items.find(({ question }) => question === ref);
  const booking = result('online-booking/v2');
  expect(booking?.base).toBe('Exemplar trusts that submitted their answers');
  expect(booking?.shares.map(({ code, numerator, denominator }) => [code, numerator, denominator])).toEqual([
    ['none', 0, 2],
    ['planned', 0, 2],
    ['pilot', 2, 2],
    ['live', 0, 2],
    ['retired', 0, 2],
  ]);
  expect(booking?.before).toMatchObject({ wave: EARLIER, because: null });
  expect(booking?.before?.shares.find(({ code }) => code === 'live')).toMatchObject({
    numerator: 1,
    denominator: 2,
  });
  expect(result('apps-while-waiting/v1')?.before?.because).toContain('did not ask it');
  // What was named by most comes first, then what was ranked first.
  expect(
    result('barriers/v2')
      ?.shares.slice(0, 3)
      .map(({ code, numerator, first }) => [code, numerator, first]),
  ).toEqual([
    ['it-systems', 2, 2],
    ['finance', 2, 0],
    ['evaluation', 2, 0],
  ]);
  const changed: WaveResults = await get(`${WAVES}/${EARLIER}/results`);
  expect(result('online-booking/v2', changed)?.before).toMatchObject({
    wave: 'mhn-2014',
    because: expect.stringContaining('the question changed'),
    shares: [],
  });
});

test('an answer is held against the measure that says the same, and the index stands beside the paperless score', async () => {
  const measured = async (ods: string, code: string, numerator: number, period = '2018/19 Q1') =>
    app.database.sql(`begin; set local session_replication_role = replica;
      insert into measurement (programme_id, trust_id, measure_id, period_id, report_version_id, state, numerator,
        denominator, reported_by, reported_at, illustrative)
      select m.programme_id, o.id, m.id, t.id, uuidv7(), 'self-reported', ${numerator}, 100, (select id from person limit 1), now(), false
      from organisation o, measure m join target_set s on s.id = m.target_set_id, reporting_period t
      where o.ods_code = '${ods}' and s.code = 'universal-capabilities' and m.code = '${code}'
        and t.label = '${period}' and t.programme_id = m.programme_id; commit`);
  await measured('RW4', 'capability-c', 20); // answered live
  await measured('RW4', 'capability-d', 80); // answered live
  await measured('RW4', 'capability-e', 60); // answered none
  // After the last day of the wave: what was answered is not held against it.
  await measured('RW4', 'capability-c', 90, '2018/19 Q2');
  const { items } = await get(`${WAVES}/${WAVE}/answers?trust=RW4`);
  expect(
    items.map(({ question, status, measured: of, agreement }: Record<string, unknown>) => [
      question,
      status,
      (of as { numerator: number } | null)?.numerator ?? null,
      agreement,
    ]),
  ).toEqual([
    ['online-booking/v2', 'pilot', null, 'no-measure'],
    ['record-access/v1', 'live', 20, 'answered-more'],
    ['discharge-summaries/v1', 'none', 60, 'answered-less'],
    ['electronic-referrals/v1', 'live', 80, 'agrees'],
    ['apps-while-waiting/v1', 'retired', null, 'no-measure'],
  ]);
  expect(items[1].measured).toEqual({
    numerator: 20,
    denominator: 100,
    period: '2018/19 Q1',
    basis: 'self-reported',
  });
  const slams = await get(`${WAVES}/${WAVE}/answers?trust=RV5&status=live`);
  expect(slams.items.map(({ agreement }: { agreement: string }) => agreement)).toEqual(['not-measured']);
  await app.database.sql(`begin; set local session_replication_role = replica;
    insert into progress (programme_id, trust_id, period_id, ends_on, target_version, basis, numerator, denominator,
      comparable_numerator, planned_numerator, planned_denominator, expected, measures_reported, measures_total, computed_from,
      illustrative)
    select t.programme_id, o.id, t.id, t.ends_on, 1, 'validated', 2500000, 10000000, 0, 0, 0, '{}', 3, 10, '[]', false
    from reporting_period t join programme g on g.id = t.programme_id, organisation o
    where g.slug = '${SLUG}' and t.label = '2017/18 Q4' and o.ods_code = 'RW4'; commit`);
  const ofTrust = await get(`/v1/programmes/${SLUG}/trusts/RW4/adoption`);
  expect(ofTrust.items).toMatchObject([
    {
      wave: { code: WAVE },
      index: { numerator: 2, denominator: 5 },
      validated: { numerator: 2_500_000, denominator: 10_000_000, period: '2017/18 Q4' },
      selfReported: null,
      agreement: { agrees: 1, 'answered-more': 1, 'answered-less': 1, 'not-measured': 0, 'no-measure': 2 },
    },
    // The period ended after that wave.
    {
      ...{ wave: { code: EARLIER }, index: { numerator: 0, denominator: 4 }, validated: null },
      agreement: { agrees: 0, 'answered-more': 0, 'answered-less': 0, 'not-measured': 3, 'no-measure': 1 },
    },
  ]);
  const paged = await get(`${WAVES}/${WAVE}/answers?limit=3`);
  const rest = await get(`${WAVES}/${WAVE}/answers?limit=200&after=${paged.next}`);
  expect([...paged.items, ...rest.items]).toHaveLength(10);
});

test('a trust is told of its own answers alone, and only its lead answers', async () => {
  const [row] = (await get(`${WAVES}/${WAVE}/trusts?trust=RW4`)).items;
  const path = `/v1/survey-sheets/${row.sheet.id}`;
  await app.request('get', path, oxford).expect(404);
  await app.request('get', path, auditor).expect(200);
  const seen = await get(`${WAVES}/${WAVE}/trusts`, oxford);
  expect(seen.items.map((each: { trust: { odsCode: string } }) => each.trust.odsCode)).toEqual(['RNU']);
  expect((await get(`${WAVES}/${WAVE}/answers`, oxford)).items).toEqual([]);
  await app.request('get', `/v1/programmes/${SLUG}/trusts/RW4/adoption`, oxford).expect(404);
  const own: WaveResults = await get(`${WAVES}/${WAVE}/results`, mersey);
  expect([own.covers, own.answered]).toEqual([
    'own',
    { numerator: 1, denominator: 1, base: 'your own trust: what others answered is not yours to see' },
  ]);
  expect(own.items.every(({ shares }) => shares.every(({ denominator }) => denominator === 1))).toBe(true);
  for (const key of [manager, auditor, await app.as('trust-finance-director', 'RX4')])
    await beginSheet(app, key).expect(403);
});

test('as at an earlier moment answers are as they were, and lists are files', async () => {
  const birmingham = await app.as('trust-lead', 'RXT');
  const { id } = (await beginSheet(app, birmingham).expect(201)).body;
  const [{ at }] = (await app.database.sql(
    'select to_json(clock_timestamp()) #>> array[]::text[] as at',
  )) as [{ at: string }];
  await sheetStep(app, birmingham, id, '', { answers: WHOLE });
  await sheetStep(app, birmingham, id, 'submission');
  const asAt = `?asAt=${encodeURIComponent(at)}`;
  expect(await get(`/v1/survey-sheets/${id}${asAt}`)).toMatchObject({ state: 'draft', answers: [] });
  expect((await get(`${WAVES}/${WAVE}/results${asAt}`)).answered.numerator).toBe(2);
  expect((await get(`${WAVES}/${WAVE}/results`)).answered.numerator).toBe(3);
  expect((await get(WAVES)).items.map(({ state }: { state: string }) => state)).toEqual([
    'historical',
    'closed',
    'open',
  ]);
  const file = await app.request('get', `${WAVES}/${WAVE}/answers?format=csv`, auditor).expect(200);
  expect(file.text.split('\n')[0]).toContain('question');
  const actions = await app.database.sql<{ action: string }>(
    `select action from log_entry where table_name = 'survey_sheet' and subject_id = '${id}' order by number`,
  );
  expect(actions.map(({ action }) => action)).toEqual([
    'survey-sheet.begin',
    'survey-sheet.save',
    'survey-sheet.submit',
  ]);
});

test('on pages a lead answers in a few minutes, prefilled, what is wrong is said beside its field, and a stranger gets 404', async () => {
  const cntw = await app.as('trust-lead', 'RX4');
  const [lead, funder, stranger] = (await Promise.all(
    [cntw, manager, oxford].map((key) => signedIn(app, key)),
  )) as [Visitor, Visitor, Visitor];
  const wave = `/programmes/${SLUG}/surveys/${WAVE}`;
  expect((await lead.get('/tasks')).words('main')).toContain('Answer the survey: Adoption, summer 2018');
  const { location = '' } = await lead.send(wave, {}, `${wave}/sheets`);
  expect(location).toMatch(/^\/survey-sheets\/.*\/edit$/);
  const form = await lead.get(location);
  // What it answered a year before: live, because of a board paper.
  expect(form.text).toContain('value="Board paper"');
  const sheet = location.replace('/edit', '');
  const filled = Object.fromEntries(
    [0, 1, 2, 3].flatMap((index) => [
      [`answers/${index}/status`, 'live'],
      [`answers/${index}/evidence`, 'Board paper'],
    ]),
  );
  const typed = { ...filled, 'answers/5/ranks/finance': '1', 'answers/5/ranks/it-systems': '1' };
  expect((await lead.send(location, typed, sheet)).errors()).toEqual([
    'Two barriers have rank 1. Give each its own.',
  ]);
  const saved = await lead.send(location, { ...typed, 'answers/5/ranks/it-systems': '2' }, sheet);
  expect(saved.location).toBe(sheet);
  expect((await lead.get(sheet)).words('main')).toContain('Question 5 is not answered');
  await lead.send(
    location,
    { ...typed, 'answers/5/ranks/it-systems': '2', 'answers/4/status': 'none' },
    sheet,
  );
  expect((await lead.send(sheet, {}, `${sheet}/submission`)).location).toBe(sheet);
  expect((await lead.get('/tasks')).words('main')).not.toContain('Answer the survey');
  expect((await stranger.get(sheet)).status).toBe(404);
  const page = await funder.get(wave);
  expect(page.rows('results')[0]?.slice(1, 2)).toEqual(['25.0%1 of 4']);
  expect(page.words('main')).toContain('Answered more than measured');
  // A trust's own page: what it answered, beside the wave before where the question is the same.
  const own = await lead.get(wave);
  expect(own.rows('own').map((row) => row.slice(1))).toEqual([
    ['Live', 'Live'],
    ['Live', 'Live'],
    ['Live', 'Live'],
    ['Live', 'Live'],
    ['None', expect.stringContaining('Not compared: Adoption, autumn 2017 did not ask it.')],
    [expect.stringMatching(/ \(first\), /), expect.stringMatching(/ \(first\), /)],
  ]);
  const against = await lead.get(`${wave}?with=mhn-2014`);
  expect(against.rows('own')[0]?.[2]).toContain('Not compared: the question changed.');
  // Each form of the page keeps what the other one chose.
  const narrowed = await funder.get(`${wave}?trust=RX4&status=live&with=mhn-2014`);
  const forms =
    narrowed.text.match(/<form method="get" action="[^"]*" class="app-filter"[\s\S]*?<\/form>/g) ?? [];
  const hidden = forms.map((form) =>
    [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  expect(hidden).toEqual([
    [
      ['trust', 'RX4'],
      ['status', 'live'],
    ],
    [['with', 'mhn-2014']],
  ]);
  const historical = await funder.get(`/programmes/${SLUG}/surveys/mhn-2014`);
  expect(historical.words('main')).toContain('Does not fit');
  expect((await funder.get(`/programmes/${SLUG}/trusts/RX4/adoption`)).words('main')).toContain('80.0%');
});
