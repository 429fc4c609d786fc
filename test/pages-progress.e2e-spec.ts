import { readFile } from 'node:fs/promises';
import supertest from 'supertest';
import { parse, stringify } from 'yaml';
import { systemActor } from '../src/core/actor.js';
import { DefinitionService } from '../src/programmes/definition.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { keepSums } from './support/kept-sums.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';
import {
  inEveryState,
  STATES,
  type StoredMeasurement,
  storedMeasurements,
  twoReported,
} from './support/progress.js';
import { type Cast, SLUG } from './support/returns.js';
import { NOBODYS } from './support/routes.js';

const ROOT = `/programmes/${SLUG}`;
const SET = 'exemplar-aims';

let app: TestApp;
let mersey: Cast;
let manager: Visitor;
let assessor: Visitor;
let lead: Visitor;
const nobody = (): Visitor => visitor(app, '');
/** By state, the numerator that was validated: of Birmingham, whose lead is not here, and of Mersey Care. */
let theirs: Record<string, number>;
let own: Record<string, number>;

const api = async (path: string, key: string) => (await app.request('get', path, key).expect(200)).body;
const count = (value: number): string => value.toLocaleString('en-GB');
const percentWords = (percent: number): string => `${percent.toFixed(1)}%`;

beforeAll(async () => {
  app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2018-05-15' } });
  const casts = await twoReported(app, { RW4: 23, RXT: 37 });
  mersey = casts.RW4 as Cast;
  [manager, assessor, lead] = await Promise.all([
    signedIn(app, mersey.manager),
    signedIn(app, mersey.assessor),
    signedIn(app, mersey.lead),
  ]);
  theirs = await inEveryState(app, 'RXT', SET, 7_654_001);
  own = await inEveryState(app, 'RW4', SET, 3_456_001);
}, 180_000);
afterAll(() => app?.stop());

/** What a page may not hold: the figures of Birmingham's that are not public, and its self-reported share. */
function expectNothingOfTheirs(text: string): void {
  for (const state of STATES) {
    if (state === 'published') continue;
    expect(text).not.toContain(count(theirs[state] as number));
    expect(text).not.toContain(String(theirs[state]));
  }
  expect(text).not.toContain('37 of 100');
}

describe('targets', () => {
  test('programme manager 8: the programme and each trust are where the API says, on its trajectory or not', async () => {
    const body = await api(`/v1${ROOT}/progress`, mersey.manager);
    const page = await manager.get(`${ROOT}/targets`);
    expect(page.status).toBe(200);
    const rows = page.rows('programme');
    for (const [index, figure] of body.figures.entries()) {
      expect(rows[index]?.[0]).toContain(figure.targetSet?.name ?? 'All target sets together');
      expect(rows[index]?.[3]).toContain(percentWords(figure.selfReported.score.percent));
      expect(rows[index]?.[4]).toContain(percentWords(figure.validated.score.percent));
    }
    const trust = await api(`/v1${ROOT}/trusts/RW4/progress`, mersey.manager);
    const aims = trust.figures.find(
      (each: { targetSet: { ref: string } }) => each.targetSet?.ref === `${SET}/v1`,
    );
    const shown = page.rows(`trusts-${SET}-v1`).find(([name]) => name?.includes('Mersey Care'));
    expect(shown?.[3]).toContain(percentWords(aims.selfReported.score.percent));
    expect(shown?.[3]).toContain('of 11 weighted points');
    expect(page.rows(`trusts-${SET}-v1`)).toHaveLength(7);
    expect(page.words('main')).toContain(
      aims.selfReported.expected.outcome === 'too-few-points' ? 'A trend needs values' : '%',
    );
  });

  test('a target set says what it asks, its baseline, target and plan, and where it is from', async () => {
    const { items } = await api(`/v1${ROOT}/target-sets`, mersey.manager);
    const set = items.find(({ ref }: { ref: string }) => ref === `${SET}/v1`);
    const page = await manager.get(`${ROOT}/targets/${SET}`);
    expect(page.words('h1')).toContain(set.name);
    expect(page.rows('measures')).toHaveLength(set.measures.length);
    expect(page.rows('measures')[0]?.join(' ')).toContain('Assumed');
    expect(page.rows('planned-values')).toHaveLength(
      set.measures.reduce((sum: number, each: { trajectory: object[] }) => sum + each.trajectory.length, 0),
    );
    expect(page.document.querySelectorAll('figure svg')).toHaveLength(2);
    const focused = await manager.get(`${ROOT}/targets/${SET}?trust=RW4`);
    expect(focused.rows('trust-histories').map(([name]) => name)).toEqual([
      expect.stringContaining('Mersey Care'),
    ]);
  });

  test.each([
    '/targets/no-such-set',
    `/targets/${SET}?version=9`,
    '/projects/none',
    '/trusts/ZZZ',
    '/trusts/RW4/measures?period=2099',
  ])('%s is not there', async (path) => {
    expect((await manager.get(ROOT + path)).status).toBe(404);
  });
});

describe('a trust', () => {
  test('has its figures, its money and what comes next on one page', async () => {
    const page = await manager.get(`${ROOT}/trusts/RW4`);
    const trust = await api(`/v1${ROOT}/trusts/RW4/progress`, mersey.manager);
    expect(page.status).toBe(200);
    expect(page.words('.app-figures')).toContain(percentWords(trust.figures[0].selfReported.score.percent));
    expect(page.rows('confidence')[0]?.slice(0, 2)).toEqual(['2017/18 Q1', 'Amber']);
    const milestones = await api(`/v1${ROOT}/milestones?trust=RW4&limit=200`, mersey.manager);
    expect(page.rows('milestones')).toHaveLength(Math.min(10, milestones.items.length));
    expect(page.document.querySelector('#returns a[href^="/returns/"]')).not.toBeNull();
    expect(page.words('#money')).toContain('No agreement is in force');
  });

  test('its measures stand beside baseline and all other trusts, for the funder', async () => {
    const page = await manager.get(`${ROOT}/trusts/RW4/measures?targetSet=${SET}/v1`);
    expect(page.status).toBe(200);
    const row = page.rows('measures')[STATES.indexOf('validated')];
    expect(row?.[3]).toContain('23.0%');
    expect(row?.[4]).toContain(count(own.validated as number));
    expect(row?.[5]).toContain('37 of 100');
    expect(row?.[6]).toContain(count(theirs.validated as number));
  });

  test('project lead 8: how measures compare with baseline, with what peers published and with the programme’s sums', async () => {
    const page = await lead.get(`${ROOT}/trusts/RW4/measures?targetSet=${SET}/v1`);
    expect(page.status).toBe(200);
    const headings = [...page.document.querySelectorAll('#measures thead th')].map(
      (each) => each.textContent,
    );
    expect(headings.join(' ')).toContain('Others, published');
    const row = page.rows('measures')[STATES.indexOf('published')];
    expect(row?.at(-1)).toContain(count(theirs.published as number));
    expect(page.words('main')).toContain('those with published figures for 2017/18 Q1');
    const { figures } = await api(`/v1${ROOT}/progress`, mersey.lead);
    expect(page.rows('scores')[0]?.[2]).toContain(percentWords(figures[0].selfReported.score.percent));
    expectNothingOfTheirs(page.text);
  });

  test.each([
    '/targets',
    `/targets/${SET}`,
    `/targets/${SET}?trust=RXT`,
    '/trusts/RW4',
    '/trusts/RW4/measures',
    '/projects',
    '/measurements',
    '/measurements?trust=RXT',
    `/measurements?targetSet=${SET}/v1`,
  ])('%s shows a trust’s person no figure of another trust', async (path) => {
    const page = await lead.get(ROOT + path);
    expect(page.status).toBe(200);
    expectNothingOfTheirs(page.text);
    for (const table of ['trust-histories', 'measurements', 'projects', `trusts-${SET}-v1`])
      expect(page.words(`#${table}`)).not.toContain('Birmingham');
  });

  test('another trust’s page, measurement and steps are not there for them', async () => {
    const [measurement] = await storedMeasurements(app, 'RXT', SET);
    const { items } = await api(`/v1${ROOT}/projects?limit=200`, mersey.manager);
    const project = items.find((each: { trust: { odsCode: string } }) => each.trust.odsCode === 'RXT');
    for (const path of [
      `${ROOT}/trusts/RXT`,
      `${ROOT}/trusts/RXT/measures`,
      `${ROOT}/projects/${project.code}`,
      `/measurements/${measurement?.id}`,
      `/measurements/${measurement?.id}/steps/answer`,
    ])
      expect([path, (await lead.get(path)).status]).toEqual([path, 404]);
  });
});

test('a project has its goals with their sources, and its milestones in time', async () => {
  const { items } = await api(`/v1${ROOT}/projects?limit=200`, mersey.manager);
  const project = items.find((each: { trust: { odsCode: string } }) => each.trust.odsCode === 'RW4');
  const list = await manager.get(`${ROOT}/projects?trust=RW4`);
  expect(list.words('#projects')).toContain(project.name);
  expect(list.words('#projects')).not.toContain('Birmingham');
  const page = await manager.get(`${ROOT}/projects/${project.code}`);
  expect(page.rows('goals').map(([statement]) => statement)).toEqual(
    project.goals.map(({ statement }: { statement: string }) => statement),
  );
  const milestones = await api(`/v1${ROOT}/milestones?trust=RW4&limit=200`, mersey.manager);
  const ofIt = milestones.items.filter((each: { code: string }) => each.code.startsWith(`${project.code}/`));
  expect(page.rows('milestones')).toHaveLength(ofIt.length);
  expect(page.document.querySelector('#timeline svg')).not.toBeNull();
});

describe('measurements', () => {
  test('self-reported stands beside validated, narrowed as the address says', async () => {
    const page = await manager.get(`${ROOT}/measurements?trust=RW4&state=validated&targetSet=${SET}/v1`);
    expect(page.rows('measurements')).toHaveLength(1);
    const [row] = page.rows('measurements');
    expect(row?.[3]).toContain('23 of 100');
    expect(row?.[4]).toContain(count(own.validated as number));
    expect((await manager.get(`${ROOT}/measurements?state=nonsense`)).status).toBe(200);
    const first = await manager.get(`${ROOT}/measurements`);
    const next = first.document.querySelector('#measurements a[href*="after="]')?.getAttribute('href');
    expect((await manager.get(next as string)).rows('measurements').length).toBeGreaterThan(0);
  });

  test('an assessor validates; what was typed is kept where it is wrong, or where somebody was faster', async () => {
    const { id } = (await storedMeasurements(app, 'RW4', 'universal-capabilities'))[0] as { id: string };
    const step = `/measurements/${id}/steps/validation`;
    const wrong = await assessor.send(step, { numerator: '120', denominator: '100', note: 'I counted.' });
    expect(wrong.status).toBe(409);
    expect(wrong.errors().join(' ')).toContain('larger than the denominator');
    expect(wrong.document.querySelector('#numerator')?.getAttribute('value')).toBe('120');
    expect(wrong.words('#note')).toBe('I counted.');
    const empty = await assessor.send(step, { numerator: '' });
    expect(empty.status).toBe(400);
    const stale = await assessor.send(step, { numerator: '22', note: 'Seen.', _revision: '99' });
    expect(stale.status).toBe(412);
    expect(stale.words('#note')).toBe('Seen.');
    const done = await assessor.send(step, { numerator: '22', note: 'Seen.' });
    expect([done.status, done.location]).toEqual([303, `/measurements/${id}`]);
    expect(await api(`/v1/measurements/${id}`, mersey.assessor)).toMatchObject({
      state: 'validated',
      validated: { numerator: 22, denominator: 100, note: 'Seen.' },
    });
  });

  test('a value is questioned, stood by, and rejected, each by who may', async () => {
    const { id } = (await storedMeasurements(app, 'RW4', 'universal-capabilities'))[1] as { id: string };
    const state = async () => (await api(`/v1/measurements/${id}`, mersey.manager)).state;
    const links = async (who: Visitor) =>
      [...(await who.get(`/measurements/${id}`)).document.querySelectorAll('main a[href*="/steps/"]')].map(
        (link) => link.getAttribute('href')?.split('/').at(-1),
      );
    expect(await links(assessor)).toEqual(['validation', 'challenge', 'rejection']);
    expect(await links(lead)).toEqual([]);
    await assessor.send(`/measurements/${id}/steps/challenge`, { reason: 'Which clinics?' });
    expect(await state()).toBe('challenged');
    expect(await links(lead)).toEqual(['answer']);
    expect((await lead.get(`/measurements/${id}`)).words('main')).toContain('Which clinics?');
    await lead.send(`/measurements/${id}/steps/answer`, { reason: 'All of them.' });
    expect(await state()).toBe('self-reported');
    expect((await lead.get(`/measurements/${id}/steps/rejection`)).status).toBe(403);
    await assessor.send(`/measurements/${id}/steps/rejection`, { reason: 'No list of clinics.' });
    expect(await state()).toBe('rejected');
    expect((await assessor.get(`/measurements/${id}/steps/nonsense`)).status).toBe(404);
    expect((await assessor.get(`/measurements/${NOBODYS}`)).status).toBe(404);
  });

  test('the programme manager publishes one, or all that are validated, in the revision that was shown', async () => {
    const stored = await storedMeasurements(app, 'RW4', 'maturity-self-assessment');
    const [first, second] = stored.slice(0, 2) as [StoredMeasurement, StoredMeasurement];
    for (const { id } of [first, second])
      await assessor.send(`/measurements/${id}/steps/validation`, { numerator: '21' });
    const one = await manager.send(`/measurements/${first.id}/steps/publication`, {});
    expect(one.status).toBe(303);
    const page = `${ROOT}/measurements/publication?trust=RW4&targetSet=maturity-self-assessment/v1`;
    expect((await manager.get(page)).rows('measurements')).toHaveLength(1);
    expect((await assessor.get(page)).status).toBe(403);
    const stale = await manager.send(page, { 'items/0/revision': '1' });
    expect(stale.status).toBe(412);
    expect((await manager.send(page, {})).status).toBe(303);
    expect(await api(`/v1/measurements/${second.id}`, mersey.manager)).toMatchObject({ state: 'published' });
    expect((await manager.get(page)).words('main')).toContain('There is nothing to publish');
  });
});

describe('what is public', () => {
  const DATA = `/progress/${SLUG}/data.json`;
  const data = (headers: Record<string, string> = {}) =>
    supertest(app.app.getHttpServer()).get(DATA).set(headers);

  test('only published values are, whatever states there are', async () => {
    const published = await app.database.sql<{ ods: string; measure: string; numerator: number }>(
      `select o.ods_code as ods, m.code as measure, v.validated_numerator::int as numerator
       from measurement v join measure m on m.id = v.measure_id join organisation o on o.id = v.trust_id
       where v.state = 'published'`,
    );
    const { body } = await data().expect(200);
    const given = body.measurements.map(
      (each: { trust: { odsCode: string }; measure: string; numerator: number }) =>
        `${each.trust.odsCode} ${each.measure} ${each.numerator}`,
    );
    expect(given.sort()).toEqual(
      published.map(({ ods, measure, numerator }) => `${ods} ${measure} ${numerator}`).sort(),
    );
    expect(given).toHaveLength(4);
    for (const path of ['', '?period=all', '?trust=RXT', '?period=all&download=measurements']) {
      const { status, text } = await nobody().get(`/progress/${SLUG}${path}`);
      expect(status).toBe(200);
      expectNothingOfTheirs(text);
      for (const state of STATES.filter((each) => each !== 'published'))
        expect(text).not.toContain(count(own[state] as number));
      expect(text).not.toContain('23 of 100');
      expect(text).not.toContain('trust-lead');
    }
  });

  test('the page has the awards with their source, the values with their parts, and what is missing', async () => {
    const page = await nobody().get(`/progress/${SLUG}`);
    expect(page.rows('awards').filter(([name]) => name?.includes('Mersey Care'))[0]).toEqual([
      expect.stringContaining('RW4'),
      '£5,000,000',
      '£5,000,000',
      expect.stringContaining('Mental health GDEs'),
    ]);
    const values = page.rows('measurements');
    expect(values).toHaveLength(4);
    expect(values.flat()).toContain(count(theirs.published as number));
    expect(page.words('main')).toContain(
      'Nothing is published yet of 2017/18 Q2, 2017/18 Q3 and 2017/18 Q4.',
    );
    expect(
      page
        .rows('what-is-published')
        .find(([name]) => name?.includes('Mersey'))
        ?.slice(1, 3),
    ).toEqual(['3 of 32', '0 of 32']);
    const csv = await nobody().get(`/progress/${SLUG}?period=all&download=measurements`);
    expect(csv.text.trim().split('\r\n')).toHaveLength(5);
    expect((await nobody().get('/progress')).rows('programmes')[0]?.[0]).toContain('Exemplars');
  });

  test('the file is open to every website, and kept by its ETag', async () => {
    const first = await data().expect(200);
    expect(first.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
      'content-type': 'application/json; charset=utf-8',
    });
    const { etag = '' } = first.headers as { etag?: string };
    const again = await data({ 'If-None-Match': `"other", ${etag}` }).expect(304);
    expect(again.text).toBe('');
    await data({ 'If-None-Match': '"other"' }).expect(200);
    expect(first.body).toMatchObject({
      programme: { slug: SLUG },
      awarded: { totalPence: 7_000_000_000 },
      awards: expect.arrayContaining([expect.objectContaining({ grantPence: 500_000_000 })]),
    });
  });

  test('how much is published is kept, and what is published later is added to it', async () => {
    const listed = async () => {
      const [row = []] = (await nobody().get('/progress')).rows('programmes');
      const published = (await nobody().get(`/progress/${SLUG}`)).rows('what-is-published').length;
      return [row[2], row[3], published];
    };
    /** Birmingham beside all others. */
    const beside = async () =>
      (await manager.get(`${ROOT}/trusts/RXT/measures?targetSet=maturity-self-assessment/v1`)).rows(
        'measures',
      );
    const whole = await listed();
    expect(whole).toEqual(['2017/18 Q1of 2 trusts', '4', expect.any(Number)]);
    await keepSums(app);
    expect(await listed()).toEqual(whole);
    const alone = await beside();
    const period = `(select id from reporting_period where label = '2017/18 Q1')`;
    await app.database.sql(
      `update kept_sum set trusts = 1000, sums = sums || jsonb_build_object(${period} || ' values', 11)
       where name = 'publication'`,
    );
    expect((await listed())[1]).toBe('11');

    const [, , third] = await storedMeasurements(app, 'RW4', 'maturity-self-assessment');
    const { id } = third as StoredMeasurement;
    await assessor.send(`/measurements/${id}/steps/validation`, { numerator: '21' });
    expect((await listed())[1]).toBe('11');
    await manager.send(`/measurements/${id}/steps/publication`, {});
    expect((await listed())[1]).toBe('12');
    const others = await beside();
    await app.database.sql('delete from kept_sum');
    expect((await listed())[1]).toBe('5');
    expect(await beside()).toEqual(others);
    expect(others).not.toEqual(alone);
  });

  test('a programme of which nothing is published has no public page', async () => {
    await app.applyDefinition('rural-broadband.yaml');
    expect((await nobody().get('/progress/rural-broadband')).status).toBe(404);
    await supertest(app.app.getHttpServer()).get('/progress/rural-broadband/data.json').expect(404);
    expect((await nobody().get('/progress')).text).not.toContain('Rural Broadband');
  });
});

test('a superseded version is shown as such, and neither version has the other’s figures', async () => {
  const file = parse(
    await readFile(new URL('../programmes/mental-health-exemplars.yaml', import.meta.url), 'utf8'),
  );
  const aims = file.targetSets.find(({ code }: { code: string }) => code === SET);
  file.targetSets.push({ ...aims, version: 2, supersedes: 1, name: 'Aims, worded anew' });
  await app.app
    .get(DefinitionService, { strict: false })
    .apply(systemActor('test', 'test'), stringify(file, { aliasDuplicateObjects: false }), 'changed.yaml');
  const now = await manager.get(`${ROOT}/targets/${SET}`);
  expect(now.words('h1')).toContain('Aims, worded anew');
  expect(now.rows('programme-history')).toHaveLength(0);
  const before = await manager.get(`${ROOT}/targets/${SET}?version=1`);
  expect(before.words('.nhsuk-card')).toContain('Superseded');
  expect(before.rows('programme-history').length).toBe(1);
  expect((await manager.get(`${ROOT}/targets`)).words('main')).toContain('Superseded targets');
});
