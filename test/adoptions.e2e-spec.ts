import { AdoptionFiguresService } from '../src/blueprints/adoption-figures.service.js';
import type { ShownAdoption, ShownPairing } from '../src/blueprints/adoptions.reader.js';
import { startTestApp, type TestApp } from './support/app.js';
import { ASKED, drafted, publishedFrom } from './support/blueprints.js';
import { opened, signedIn } from './support/pages.js';
import { SLUG } from './support/returns.js';

let app: TestApp;
let lead: string;
let stranger: string;
let assessor: string;
let manager: string;
let auditor: string;
/** A published blueprint of Mersey Care that took 739 days and £500. */
let blueprint: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2020-05-15' } });
  [lead, stranger, assessor, manager, auditor] = await Promise.all([
    app.as('trust-lead', 'RW4'),
    app.as('trust-lead', 'RXT'),
    app.as('assessor'),
    app.as('programme-manager'),
    app.as('auditor'),
  ]);
  await app.database.sql(
    `update milestone set state = 'met', actual_on = '2019-04-10' where code = 'app-go-live'
       and trust_id = (select id from organisation where ods_code = 'RW4')`,
  );
  blueprint = await drafted(app, lead);
  // What it cost is held against the ledger elsewhere.
  await app.database.sql(
    `update blueprint_version set cost_pence = 50000, cost_basis = 'Invoices' where blueprint_id = $1`,
    [blueprint],
  );
  await app.database.sql(`update blueprint set revision = revision + 1 where id = $1`, [blueprint]);
  await app.database.sql(
    `insert into agreement (programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on, match_pence,
       per_grant_pence, activated_on)
     select a.programme_id, a.trust_id, a.id, 'TEST', 'active', '2017-04-01', '2020-03-31', 1, 1, '2017-04-01'
     from award a join organisation o on o.id = a.trust_id where o.ods_code = 'RW4'`,
  );
  await app.database.sql(
    `with line as (insert into funding_line (trust_id, agreement_id, financial_year, kind)
       select trust_id, id, '2017/18', 'capital' from agreement where reference = 'TEST' returning id, trust_id)
     insert into account (trust_id, line_id, source, stage, balance_pence) select trust_id, id, 'grant', 'paid', 50000 from line`,
  );
  await publishedFrom(app, { lead, assessor, manager }, blueprint);
});
afterAll(() => app?.stop());

const get = async (path: string, key: string) => (await app.request('get', path, key).expect(200)).body;
const begin = (key: string, body: object) =>
  app
    .request('post', `/v1/blueprints/${blueprint}/adoptions`, key)
    .send({ mode: 'standard-methods', ...body });

/** A change under the revision that stands, unless another (or null: none) is given. */
async function change(key: string, path: string, noun: string, body: object, revision?: number | null) {
  const match = revision === undefined ? (await get(path, auditor)).revision : revision;
  const request = app.request(noun === '' ? 'patch' : 'post', [path, noun].filter(Boolean).join('/'), key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  const answer = await request.send(body);
  const reasons: Array<{ code: string }> = answer.body.blockers ?? answer.body.errors ?? [];
  return { status: answer.status, body: answer.body, codes: reasons.map(({ code }) => code) };
}
const at = ({ id }: { id: string }) => `/v1/adoptions/${id}`;

test('an adoption goes through its stages, as whoever adopts says, or the funder for them', async () => {
  expect((await begin(lead, {})).body.blockers[0].code).toBe('own-blueprint');
  expect((await begin(stranger, { organisation: 'RV5' })).body.code).toBe('another-organisation');
  const made = (await begin(stranger, { localChanges: 'Our logo.' }).expect(201)).body;
  expect(made).toMatchObject({
    ...{
      state: 'considering',
      organisation: { odsCode: 'RXT' },
      exemplar: { odsCode: 'RW4' },
      follows: false,
    },
    ...{ next: ['beginning', 'abandonment'], mayWrite: true },
    blueprint: { id: blueprint, version: 1, title: expect.stringContaining('Safety plans') },
    outcome: { days: { adopter: null, exemplar: 739, less: null } },
  });
  expect((await begin(stranger, {})).body.code).toBe('adopted-already');
  expect(await change(lead, at(made), 'beginning', { startedOn: '2019-06-01' })).toMatchObject({
    ...{ status: 409, codes: ['not-the-adopter'] },
  });
  expect(await change(stranger, at(made), 'go-live', { liveOn: '2019-06-01' })).toMatchObject({
    codes: ['wrong-state'],
  });
  expect(await change(stranger, at(made), 'beginning', { startedOn: '2020-05-16' })).toMatchObject({
    ...{ status: 409, codes: ['day-to-come'] },
  });
  expect(await change(stranger, at(made), 'beginning', { startedOn: '2019-06-01' }, null)).toMatchObject({
    status: 428,
  });
  expect(await change(stranger, at(made), 'beginning', { startedOn: '2019-06-01' }, 9)).toMatchObject({
    status: 412,
  });
  await change(stranger, at(made), 'beginning', { startedOn: '2019-06-01' });
  expect(await change(stranger, at(made), 'go-live', { liveOn: '2019-05-31' })).toMatchObject({
    codes: ['before-start'],
  });
  expect(await change(stranger, at(made), '', { costPence: 60_000 })).toMatchObject({
    ...{ status: 422, codes: ['cost-without-basis'] },
  });
  await change(stranger, at(made), '', { costPence: 60_000, costBasis: 'Invoices' });
  const live = await change(manager, at(made), 'go-live', { liveOn: '2019-12-01' });
  expect(live.body).toMatchObject({
    ...{ state: 'live', localChanges: 'Our logo.', next: ['abandonment'], figures: { state: 'reported' } },
    outcome: {
      days: { adopter: 183, exemplar: 739, less: true },
      pence: { adopter: 60_000, exemplar: 50_000, less: false },
    },
  });
  // Whoever has nobody here: the funder records for them. What was given up stays so, and may be tried again.
  const given = (await begin(manager, { organisation: 'RTV' }).expect(201)).body;
  expect(given).toMatchObject({ organisation: { odsCode: 'RTV' }, follows: true });
  const up = { abandonedOn: '2020-01-01', reason: 'No signal.' };
  expect(await change(manager, at(given), 'abandonment', up)).toMatchObject({
    ...{
      status: 200,
      body: { state: 'abandoned', abandonedBecause: 'No signal.', next: [], mayWrite: false },
    },
  });
  expect(await change(manager, at(given), '', { localChanges: 'x' })).toMatchObject({
    codes: ['wrong-state'],
  });
  const fixed = app.database.sql(`update adoption set state = 'live' where id = $1`, [given.id]);
  await expect(fixed).rejects.toThrow('stays so');
  await begin(manager, { organisation: 'RTV' }).expect(201);
  expect((await get(`/v1/blueprints/${blueprint}`, auditor)).uses).toMatchObject({ adoptions: 3, live: 1 });
});

test('what it took and cost counts once somebody else has found it right, and is looked at anew when it is written anew', async () => {
  const list = `/v1/programmes/${SLUG}/adoptions`;
  const [live] = (await get(`${list}?state=live`, assessor)).items;
  const counted = async () => {
    const { answer } = await get(list, manager);
    return [answer.validated, answer.faster, answer.cheaper].map(
      ({ numerator, denominator }) => `${numerator} of ${denominator}`,
    );
  };
  const tasksOf = async (key: string) =>
    [...(await (await signedIn(app, key)).get('/tasks')).document.querySelectorAll('main a')]
      .map((link) => link.textContent?.trim() ?? '')
      .filter((title) => title.includes(live.reference));
  expect(await counted()).toEqual(['0 of 1', '0 of 0', '0 of 0']);
  expect(await tasksOf(assessor)).toEqual([`Validate time and cost of the adoption ${live.reference}`]);
  // Neither whoever adopts, nor the manager, who said that it went live.
  for (const key of [stranger, manager, lead])
    expect(await change(key, at(live), 'validation', {})).toMatchObject({ status: 403 });
  const since = { ...(await app.actorOf(manager)), role: 'assessor' as const };
  const own = app.app.get(AdoptionFiguresService, { strict: false });
  const { revision } = await get(at(live), assessor);
  await expect(own.validate(since, live.id, revision, { note: null })).rejects.toMatchObject({
    details: { blockers: [{ code: 'validator-is-recorder' }] },
  });
  const direct = app.database.sql(
    `update adoption set figures_state = 'validated', decided_by = $2, decided_at = now() where id = $1`,
    [live.id, since.id],
  );
  await expect(direct).rejects.toThrow('adoption_validator_is_another');
  const early = app.database.sql(
    `update adoption set figures_state = 'validated', decided_by = $1, decided_at = now() where state = 'considering'`,
    [(await app.actorOf(assessor)).id],
  );
  await expect(early).rejects.toThrow('adoption_validated_is_live');
  expect(await change(assessor, at(live), 'validation', {}, null)).toMatchObject({ status: 428 });
  const back = await change(assessor, at(live), 'rejection', { reason: 'Which invoices?' });
  expect(back.body).toMatchObject({ figures: { state: 'rejected', note: 'Which invoices?' }, next: [] });
  expect(await tasksOf(stranger)).toEqual([`Write time and cost of the adoption ${live.reference} anew`]);
  expect(await change(assessor, at(live), 'validation', {})).toMatchObject({ codes: ['wrong-state'] });
  await change(stranger, at(live), '', { costBasis: 'All invoices' });
  const assess = await signedIn(app, assessor);
  const done = await assess.send(`/adoptions/${live.id}/steps/validation`, { note: 'Invoices 1 to 40' });
  expect(done.location).toBe(`/adoptions/${live.id}`);
  expect((await assess.get(`/adoptions/${live.id}`)).text).toContain('Invoices 1 to 40');
  expect(await counted()).toEqual(['1 of 1', '1 of 1', '0 of 1']);
  const past = app.database.sql(`update adoption set cost_pence = 1 where id = $1`, [live.id]);
  await expect(past).rejects.toThrow('stay as they are');
  // Words change nothing of it; a figure does.
  await change(stranger, at(live), '', { localChanges: 'Our logo.' });
  expect(await counted()).toEqual(['1 of 1', '1 of 1', '0 of 1']);
  await change(stranger, at(live), '', { costPence: 60_001 });
  expect(await counted()).toEqual(['0 of 1', '0 of 0', '0 of 0']);
  await change(stranger, at(live), '', { costPence: 60_000 });
  expect(await change(assessor, at(live), 'validation', {})).toMatchObject({ status: 200 });
});

test('programme manager 10: which blueprints were really adopted, and what did followers get?', async () => {
  const list = `/v1/programmes/${SLUG}/adoptions`;
  const { items, answer } = await get(list, manager);
  expect(items.map(({ state, organisation }: ShownAdoption) => `${organisation.odsCode} ${state}`)).toEqual([
    ...['RTV considering', 'RTV abandoned', 'RXT live'],
  ]);
  expect(answer).toEqual({
    adoptions: 3,
    byState: { considering: 1, adopting: 0, live: 1, abandoned: 1 },
    validated: { numerator: 1, denominator: 1 },
    faster: { numerator: 1, denominator: 1 },
    cheaper: { numerator: 0, denominator: 1 },
    both: { numerator: 0, denominator: 1 },
    days: { adopters: 183, exemplars: 739 },
    pence: { adopters: 60_000, exemplars: 50_000 },
    learned: [
      {
        follower: expect.objectContaining({ odsCode: 'RXT' }),
        exemplar: expect.objectContaining({ odsCode: 'RW4' }),
        ...{ adoptions: 1, live: 1, abandoned: 0 },
      },
      {
        follower: expect.objectContaining({ odsCode: 'RTV' }),
        exemplar: expect.objectContaining({ odsCode: 'RW4' }),
        ...{ adoptions: 2, live: 0, abandoned: 1 },
      },
    ],
  });
  // In pages none is left out, and the answer is of all of them.
  const first = await get(`${list}?limit=2`, stranger);
  expect([first.items.length, first.answer]).toEqual([2, answer]);
  const rest = await get(`${list}?limit=2&after=${encodeURIComponent(first.next)}`, stranger);
  expect([...first.items, ...rest.items].map(({ id }: ShownAdoption) => id)).toEqual(
    items.map(({ id }: ShownAdoption) => id),
  );
  expect((await get(`${list}?state=live&organisation=RXT`, auditor)).items).toHaveLength(1);
  for (const wrong of ['state=given', 'after=x', 'colour=red'])
    expect([wrong, (await app.request('get', `${list}?${wrong}`, auditor)).status]).toEqual([wrong, 400]);
  // Before the first of them, there was nothing.
  const [row] = await app.database.sql<{ at: string }>(
    `select to_json(min(recorded_at) - interval '1 millisecond') as at from log_entry where table_name = 'adoption'`,
  );
  expect(await get(`${list}?asAt=${encodeURIComponent(row?.at as string)}`, manager)).toMatchObject({
    ...{ items: [], answer: { adoptions: 0, faster: { numerator: 0, denominator: 0 } } },
  });
});

describe('pairings', () => {
  const list = async (key = manager): Promise<ShownPairing[]> =>
    (await get(`/v1/programmes/${SLUG}/pairings`, key)).items;
  const of = async (follower: string) =>
    (await list()).find((pairing) => pairing.follower.odsCode === follower) as ShownPairing;
  const path = ({ id }: ShownPairing) => `/v1/pairings/${id}`;

  test('are proposed as the list of 2018 named them, confirmed with a reason, awarded, and ended', async () => {
    expect((await list()).filter(({ joined }) => joined === null || joined.on > '2020-05-15')).toMatchObject(
      Array(6).fill({ state: 'proposed', award: null, next: ['confirmation', 'ending'] }),
    );
    const sussex = await of('RX2');
    const because = { reason: 'Both boards agreed.' };
    const award = { awardPence: 300_000_000, matchPence: 250_000_000, source: 'Award letter' };
    expect(await change(manager, path(sussex), 'award', award)).toMatchObject({ codes: ['not-confirmed'] });
    expect(await change(lead, path(sussex), 'confirmation', because)).toMatchObject({ status: 403 });
    expect(await change(manager, path(sussex), 'confirmation', because)).toMatchObject({
      ...{
        status: 200,
        body: { state: 'confirmed', decidedBecause: 'Both boards agreed.', next: ['ending', 'award'] },
      },
    });
    const money = await get(`/v1/programmes/${SLUG}/money`, manager);
    // Up to £3m each, as the definition says; whoever writes past the service is refused as well.
    expect(await of('RX2')).toMatchObject({ mostAwardPence: 300_000_000 });
    const beyond = { ...award, awardPence: 300_000_001 };
    expect(await change(manager, path(sussex), 'award', beyond)).toMatchObject({
      ...{ status: 409, codes: ['beyond-most-award'] },
    });
    const typed = { awardPence: '3,000,000.01', matchPence: '1', source: 'A letter' };
    const page = await (await signedIn(app, manager)).send(`/pairings/${sussex.id}/steps/award`, typed);
    expect(page.errors()).toEqual([expect.stringContaining('£3,000,000 at most')]);
    const direct = app.database.sql(
      `update programme_role set award_pence = 300000001, award_match_pence = 0, award_source = 'x' where id = $1`,
      [sussex.id],
    );
    await expect(direct).rejects.toThrow('no more than the definition');
    expect(await change(manager, path(sussex), 'award', award)).toMatchObject({
      ...{ status: 200, body: { award, matchShortPence: 50_000_000 } },
    });
    // It is in no ledger: nothing of the programme's money is counted twice.
    expect(await get(`/v1/programmes/${SLUG}/money`, manager)).toEqual({ ...money, asOf: expect.anything() });
    // The definition, applied again, leaves what was decided; and a role says the same.
    await app.applyDefinition('mental-health-exemplars.yaml');
    const { items } = await get(`/v1/programmes/${SLUG}/roles?limit=200`, auditor);
    const role = items.find(
      ({ organisation }: { organisation: { odsCode: string } }) => organisation.odsCode === 'RX2',
    );
    expect(role.status).toBe('confirmed');
    expect(await change(manager, path(sussex), 'ending', { reason: 'Done.' })).toMatchObject({
      ...{ body: { state: 'ended', decidedBecause: 'Done.', next: [] } },
    });
  });

  test('no trust follows itself: a pairing of bodies that have joined is ended, and cannot be confirmed', async () => {
    // Cumbria's services went to what was Northumberland, Tyne and Wear, which it followed, on 1 October 2019.
    const cumbria = await of('RNN');
    expect(cumbria).toMatchObject({
      ...{
        state: 'ended',
        endedByJoining: true,
        joined: { on: '2019-10-01', predecessor: 'RNN', successor: 'RX4' },
      },
      next: ['ending'],
    });
    const confirmed = await change(manager, path(cumbria), 'confirmation', { reason: 'As listed.' });
    expect(confirmed).toMatchObject({ status: 409, codes: ['follows-itself'] });
    // North West Boroughs joins Mersey Care in a year's time.
    expect(await of('RTV')).toMatchObject({
      state: 'proposed',
      joined: { on: '2021-06-01' },
      endedByJoining: false,
    });
  });

  test('nor does it adopt its own blueprint by way of a body that it has joined', async () => {
    await app.database.sql(
      `insert into organisation_succession (kind, predecessor_id, successor_id, effective_on, provenance)
       select 'took-over-part', p.id, s.id, '2020-05-01', '{}' from organisation p, organisation s
       where p.ods_code = 'RV5' and s.ods_code = 'RW4'`,
    );
    const refused = await begin(manager, { organisation: 'RV5' });
    expect([refused.status, refused.body.blockers[0].code]).toEqual([409, 'follows-itself']);
  });
});

describe('pages', () => {
  test('programme manager 10: one page says what was adopted, by whom, and whether faster and cheaper', async () => {
    const page = await (await signedIn(app, manager)).get(`/programmes/${SLUG}/followers`);
    expect(page.words('.app-figures')).toMatch(
      /Got there faster 1 of 1 \(100\.0%\).*Got there cheaper 0 of 1 \(0\.0%\)/,
    );
    expect(page.text).toContain('Time and cost of 1 of the 1 that are live are validated');
    expect(page.rows('adoptions').map(([who, , stage]) => `${who} ${stage}`)).toEqual([
      expect.stringMatching(/North West Boroughs.*follows the exemplar; illustrative Considering/),
      expect.stringMatching(/North West Boroughs.*Abandoned.*No signal/),
      expect.stringMatching(/Birmingham.*not paired; illustrative Live/),
    ]);
    expect(page.rows('learned')).toHaveLength(2);
    expect(page.document.querySelector('#learned-chart svg[role="img"] title')).not.toBeNull();
  });

  test('project lead 10: a blueprint is found, asked about and adopted; the public is not told whom to ask', async () => {
    const asker = await signedIn(app, await app.as('trust-lead', 'RNU'));
    const found = await asker.get('/blueprints?q=safety+plans&userGroup=service-users');
    expect(found.rows('blueprints')).toHaveLength(1);
    expect(found.text).toContain(ASKED.address);
    expect((await asker.get('/blueprints?q=zeppelin')).rows('blueprints')).toEqual([]);
    const empty = await asker.send(`/blueprints/${blueprint}/steps/question`, {});
    expect([empty.status, empty.errors()]).toEqual([400, ['Enter the question.']]);
    const asked = await asker.send(`/blueprints/${blueprint}/steps/question`, {
      question: 'How many teams?',
    });
    expect(asked.location).toBe(`/blueprints/${blueprint}`);
    const adopted = await asker.send(`/blueprints/${blueprint}/adoptions/new`, { mode: 'common-team' });
    expect(adopted.location).toMatch(/^\/adoptions\//);
    const details = `${adopted.location}/steps/details`;
    const half = await asker.send(details, { mode: 'common-team', costPence: '100' });
    expect(half.errors()).toEqual([expect.stringContaining('how that was worked out')]);
    const page = await asker.get(`/blueprints/${blueprint}`);
    expect(page.rows('contacts')[0]).toEqual(
      expect.arrayContaining([expect.stringContaining('How many teams?')]),
    );
    const open = opened(await app.request('get', `/blueprints/${blueprint}`));
    expect([open.status, open.text.includes('How many teams?')]).toEqual([200, false]);
    for (const path of ['/blueprints', `/blueprints/${blueprint}`])
      expect((await app.request('get', path)).text).not.toContain(ASKED.address);
  });

  test('a draft is written part by part, and is nobody else’s to open', async () => {
    const writer = await signedIn(app, lead);
    const begun = await writer.send(`/programmes/${SLUG}/blueprints/new`, {
      project: 'mersey-real-time-records',
    });
    const path = begun.location as string;
    expect((await writer.get(path)).words('.nhsuk-task-list')).toContain('To do');
    for (const [part, fields] of [
      ['title', { what: 'One record', forWhom: 'all staff', where: 'every ward' }],
      ['categories', { userGroups: ['nurses', 'doctors'], projectType: 'sharing-records' }],
      ['cost', { costPence: '1,250.50', costBasis: 'Invoices' }],
    ] as const)
      expect(
        (await writer.send(`${path}/parts/${part}`, fields as Record<string, string | string[]>)).location,
      ).toBe(path);
    const wrong = await writer.send(`${path}/parts/categories`, { userGroups: ['everybody'] });
    expect(wrong.status).toBe(400);
    const { latest } = await get(`/v1${path}`, lead);
    expect(latest).toMatchObject({
      what: 'One record',
      userGroups: ['nurses', 'doctors'],
      costPence: 125_050,
    });
    const early = await writer.send(`${path}/steps/submission`, {});
    expect(early.errors()).toEqual(
      expect.arrayContaining(['Say what was learned; what went wrong helps most.']),
    );
    expect((await (await signedIn(app, stranger)).get(path)).status).toBe(404);
    expect((await app.request('get', path)).status).toBe(404);
  });

  test('a pairing is confirmed on a page', async () => {
    const decider = await signedIn(app, manager);
    const { items } = await get(`/v1/programmes/${SLUG}/pairings`, manager);
    const { id } = items.find(({ follower }: ShownPairing) => follower.odsCode === 'TAH');
    await decider.send(`/pairings/${id}/steps/confirmation`, { reason: 'Agreed.' });
    expect((await decider.get(`/pairings/${id}`)).words('main .nhsuk-tag')).toBe('Confirmed');
    expect((await (await signedIn(app, lead)).get(`/pairings/${id}/steps/ending`)).status).toBe(403);
  });
});
