import fc from 'fast-check';
import { startTestApp, type TestApp } from './support/app.js';
import { answerOf, everyPath, Notebook, WITHOUT_PAST } from './support/every-get.js';
import {
  OPERATIONS,
  type Operation,
  type OperationName,
  take,
  type World,
} from './support/money-operations.js';
import { moneyWorld } from './support/money-world.js';
import { playMoney } from './support/play-money.js';
import { castFor, openReturns, reportId, SLUG, throughAcceptance } from './support/returns.js';
import { filled, NOBODYS } from './support/routes.js';

const TODAY = '2018-05-15';

const keysOf = (app: TestApp): Promise<string[]> =>
  Promise.all([
    app.as('programme-manager'),
    app.as('trust-lead', 'RW4'),
    app.as('auditor'),
    app.as('trust-lead', 'RXT'),
    app.as('administrator'),
  ]);

/** Fails with where two answers begin to differ. */
async function expectFound(notebook: Notebook): Promise<void> {
  const lost = await notebook.lost();
  expect(
    lost.map(({ at, noted, found }) => {
      const from = Math.max(0, [...noted.text].findIndex((each, index) => each !== found.text[index]) - 80);
      return {
        ...{ path: noted.path, at, status: [noted.status, found.status] },
        ...{ noted: noted.text.slice(from, from + 200), found: found.text.slice(from, from + 200) },
      };
    }),
  ).toEqual([]);
}

/** Takes a note after every nth request that changes something. */
function noteEvery(nth: number, app: TestApp, notebook: Notebook): TestApp {
  let changes = 0;
  return {
    ...app,
    request(method, path, key) {
      const request = app.request(method, path, key);
      if (method === 'get') return request;
      const end = request.end.bind(request);
      request.end = (callback) =>
        end((error, response) => {
          changes += 1;
          const noted = changes % nth === 0 ? notebook.take(6) : Promise.resolve();
          noted.then(
            () => callback?.(error, response),
            (fault) => callback?.(fault, response),
          );
        });
      return request;
    },
  };
}

describe('every kind of change', () => {
  let app: TestApp;
  let keys: string[];
  let notebook: Notebook;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY }, work: true });
    keys = await keysOf(app);
    notebook = new Notebook(app, keys);
  }, 180_000);
  afterAll(() => app.stop());

  test('money, and after each of its changes the answers are found again', async () => {
    await playMoney(noteEvery(8, app, notebook), { tampered: false });
    await notebook.take(1);
    expect(notebook.length).toBeGreaterThan(500);
    await expectFound(notebook);
  }, 240_000);

  test('returns, their measurements and progress; a definition that is applied again', async () => {
    const noting = noteEvery(4, app, notebook);
    await openReturns(app);
    const cast = await castFor(app, 'RX4');
    const id = await reportId(app, cast.lead, 'RX4', '2017/18 Q1');
    await throughAcceptance(noting, cast, id, 40);
    for (const path of [`/v1/progress-reports/${id}`, `/v1/progress-reports/${id}/versions`])
      for (const key of keys) await notebook.note(path, key);
    const { body } = await app.request('get', `/v1/programmes/${SLUG}/measurements?limit=3`, cast.assessor);
    for (const { id: measurement, revision } of body.items) {
      await noting
        .request('post', `/v1/measurements/${measurement}/validation`, cast.assessor)
        .set('If-Match', `"${revision}"`)
        .send({ numerator: 38, denominator: 100, note: 'As seen on the wards.' })
        .expect(200);
      await noting
        .request('post', `/v1/measurements/${measurement}/publication`, cast.manager)
        .set('If-Match', `"${revision + 1}"`)
        .expect(200);
    }
    await app.database.sql(`update project set name = name || ' (renamed)', revision = revision + 1`);
    await notebook.take(1);
    await expectFound(notebook);
  }, 240_000);

  test('before the first entry there was nothing', async () => {
    for (const path of await everyPath(app, 1)) {
      const { status, text } = await answerOf(app, keys[0] as string, path, '2017-04-01T00:00:00Z');
      if (path === '/v1/me') continue;
      // A proof is asked for by its numbers, which these paths do not have.
      const none = status === 200 ? /^(?!.*[0-9a-f]{8}-[0-9a-f]{4}-)/s : /^(not-found|forbidden|invalid)$/;
      expect([path, text]).toEqual([path, expect.stringMatching(none)]);
    }
  });

  test.each(WITHOUT_PAST)('%s has no past, and says so', async (path) => {
    const [row] = await app.database.sql<{ id: string }>('select id from outbox_message limit 1');
    const url = `${filled(path, { id: row?.id ?? '' })}?asAt=${new Date().toISOString()}`;
    const administrator = keys[4] as string;
    const { body } = await app.request('get', url, administrator).expect(400);
    expect(body).toMatchObject({ code: 'no-past', errors: [{ pointer: 'asAt' }] });
  });
});

describe('the parameter', () => {
  let app: TestApp;
  let key: string;

  beforeAll(async () => {
    app = await startTestApp();
    key = await app.as('programme-manager');
  }, 180_000);
  afterAll(() => app.stop());

  test.each([
    ['2018-02-30', 'as-at-unreadable'],
    ['yesterday', 'as-at-unreadable'],
    ['2018-03-31T00:00:00', 'as-at-unreadable'],
    ['2018-03-31T00:00:00Z&asAt=2018-03-31T00:00:00Z', 'as-at-unreadable'],
    ["2018-03-31T00:00:00Z'%3bdrop table project", 'as-at-unreadable'],
    ['2199-01-01T00:00:00Z', 'as-at-to-come'],
    ['2999-01-01T00:00:00Z', 'as-at-unreadable'],
    ['2199-12-31', 'as-at-to-come'],
  ])('%s is refused: %s', async (asAt, code) => {
    const { body } = await app.request('get', `/v1/programmes?asAt=${asAt}`, key).expect(400);
    expect(body).toMatchObject({ code, errors: [{ code, pointer: 'asAt' }] });
  });

  test('nothing is done in the past', async () => {
    const { body } = await app
      .request('post', `/v1/agreements/${NOBODYS}/offer?asAt=2018-03-31`, key)
      .send({});
    expect(body).toMatchObject({ errors: [{ code: 'unknown-field', pointer: 'asAt' }] });
  });

  test('today is now, a day is its end in London, and a moment is exact to the microsecond', async () => {
    const [{ at, before } = { at: '', before: '' }] = await app.database.sql<{ at: string; before: string }>(
      `select to_json(recorded_at) #>> array[]::text[] as at,
         to_json(recorded_at - interval '1 microsecond') #>> array[]::text[] as before
       from log_entry where table_name = 'programme'`,
    );
    const names = async (asAt: string) =>
      (await app.request('get', `/v1/programmes?asAt=${encodeURIComponent(asAt)}`, key).expect(200)).body
        .items.length;
    expect(await names(at)).toBe(1);
    expect(await names(before)).toBe(0);
    expect(await names('2018-03-31')).toBe(0);
    expect(
      await names(new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date())),
    ).toBe(1);
  });

  test('a page that follows is of the same moment', async () => {
    const at = encodeURIComponent(new Date().toISOString());
    const { headers } = await app.request(
      'get',
      `/v1/log-entries?limit=1&asAt=${at}`,
      await app.as('auditor'),
    );
    expect(headers.link).toContain(`asAt=${at}`);
  });
});

const LIVES = Number(process.env.PAST_LIVES ?? 1);
const STEPS = 40;

describe('random lives', () => {
  let world: World;
  let notebook: Notebook;

  beforeAll(async () => {
    world = await moneyWorld({ work: true });
    notebook = new Notebook(world.app, await keysOf(world.app));
  }, 180_000);
  afterAll(() => world.app.stop());

  const names = (Object.keys(OPERATIONS) as OperationName[]).filter((name) => name !== 'close-year');
  const step: fc.Arbitrary<Operation> = fc.record({
    name: fc.constantFrom(...names),
    pick: fc.nat(1_000),
    who: fc.nat(1_000),
    pence: fc.integer({ min: 1, max: 20_000_000 }),
    kind: fc.constantFrom('capital', 'revenue'),
  });

  test('whatever was done, by anybody and in any order, each answer is found again byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
        for (const each of steps) {
          await take(world, each);
          await notebook.take(12);
        }
        await notebook.take(1);
        await expectFound(notebook);
      }),
      { numRuns: LIVES, endOnFailure: true, seed: Number(process.env.PAST_SEED ?? 20_180_331) },
    );
    expect(notebook.length).toBeGreaterThan(LIVES * STEPS * 5);
  }, 300_000);
});
