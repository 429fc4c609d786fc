import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { systemActor } from '../src/core/actor.js';
import { DefinitionService } from '../src/programmes/definition.service.js';
import { STAGE_CODES, type StageCode } from '../src/turnaround/stage.rules.js';
import { MEASURED, TIMES } from '../src/turnaround/stays.queries.js';
import type { TimedStage } from '../src/turnaround/turnaround.reader.js';
import { startTestApp, type TestApp } from './support/app.js';
import { setToday } from './support/gates.js';
import { signedIn } from './support/pages.js';
import { type Cast, castFor, SLUG } from './support/returns.js';
import { dayAt, playStays } from './support/stays.js';

const T = `/v1/programmes/${SLUG}/turnaround`;
const LAST_DAY = 100;

let app: TestApp;
let cast: Cast;
let auditor: string;
/** A moment before the last measurements were validated. */
let before: string;

beforeAll(async () => {
  app = await startTestApp({
    work: true,
    env: { EXEMPLAR_TODAY: dayAt(0) },
    definitions: ['mental-health-exemplars.yaml', 'rural-broadband.yaml'],
  });
  cast = await castFor(app, 'RW4');
  auditor = await app.as('auditor');
  const until = await playStays(app, cast);
  await until(0, 94);
  const [head] = await app.database.sql<{ at: Date }>('select last_recorded_at as at from log_head');
  before = new Date((head?.at.getTime() ?? 0) + 1).toISOString();
  await until(95, 95);
  setToday(app, dayAt(LAST_DAY));
}, 60_000);
afterAll(() => app?.stop());

const get = async (path: string, key = auditor, status = 200) =>
  (await app.request('get', path, key).expect(status)).body;
const stages = async (query = '', key = auditor): Promise<Record<StageCode, TimedStage>> => {
  const { items } = await get(`${T}${query}`, key);
  return Object.fromEntries(items.map((stage: TimedStage) => [stage.code, stage])) as never;
};
const spread = (medianDays: number, ninetiethDays = medianDays) => ({ medianDays, ninetiethDays });
const left = async (key: string) =>
  Object.fromEntries(Object.values(await stages('', key)).map(({ code, ended }) => [code, ended]));

/** As many as left it; its time working and waiting; its target, and how many kept to it. */
test.each<[StageCode, number, object | null, object | null, number, number]>([
  // From 1 January, on which nobody had written yet, to a certificate some time on the 31st.
  ['return-submission', 2, null, spread(1), 2, 2],
  ['return-review', 1, spread(9), spread(6), 10, 1],
  ['return-query', 1, null, spread(6), 10, 1],
  ['measurement-validation', 3, null, spread(54), 20, 1],
  // One claim was taken back before, and another made when nobody kept when.
  ['milestone-claim', 1, null, spread(4), 5, 1],
  ['milestone-review', 1, spread(11), null, 10, 0],
  ['claim-submission', 5, null, spread(1, 5), 2, 4],
  // One of them was given back on the way: until it was taken up for good it waited.
  ['claim-taking', 5, null, spread(1, 2), 5, 5],
  ['claim-check', 3, spread(2, 3), spread(5, 9), 10, 3],
  ['claim-query', 2, null, spread(5, 8), 10, 2],
  ['claim-approval', 3, null, spread(4, 20), 5, 2],
  ['claim-payment', 1, null, spread(6), 10, 1],
  ['claim-reconciliation', 1, null, spread(5), 31, 1],
  ['match-decision', 1, null, spread(7), 20, 1],
  ['change-decision', 1, null, spread(10), 20, 1],
  ['change-application', 1, null, spread(2), 5, 1],
  ['benefit-validation', 1, null, spread(6), 20, 1],
  ['blueprint-review', 1, spread(10), null, 20, 1],
  ['assurance-preparation', 2, spread(2, 4), null, 60, 2],
  ['assurance-review', 2, null, spread(10, 30), 20, 1],
])(
  '%s takes what its record says, against the target of the definition',
  async (code, ended, working, waiting, targetDays, withinTarget) =>
    expect((await stages())[code]).toMatchObject({ ended, working, waiting, targetDays, withinTarget }),
);

test('a return is prepared from the end of its period to its certificate; every stage is there', async () => {
  const { items } = await get(T);
  expect(items.map(({ code }: TimedStage) => code)).toEqual(STAGE_CODES);
  const { 'return-preparation': prepared } = await stages();
  expect(prepared).toMatchObject({ ended: 1, worksOn: 'trust', waiting: null });
  expect(Math.floor(prepared.working?.medianDays as number)).toBe(30);
});

test('what is queried waits on the trust: working and waiting are the whole', async () => {
  const { 'return-review': review, 'claim-check': check } = await stages();
  expect(review).toMatchObject({ whole: spread(15), worksOn: 'programme', waitsOn: 'trust' });
  // Of 8 days 5, and of 10 days 9: two questions at once are one wait, and a new version is the trust's to send, and to
  // be taken up again.
  expect(check).toMatchObject({ whole: spread(8, 10), worksOn: 'programme', waitsOn: 'trust' });
});

test('what is in a stage now, and for how long; while it is queried, its check is no older', async () => {
  const { 'claim-check': check, 'claim-query': query } = await stages();
  expect(check).toMatchObject({ open: 1, longestOpenDays: 1, openOverTarget: 0 });
  expect(query).toMatchObject({ open: 1, longestOpenDays: LAST_DAY - 27, openOverTarget: 1 });
});

test('the slowest stage is the one that is the most of its target, of those that three things left', async () => {
  const { slowest, sourced, from, to } = await get(T);
  expect({ from, to }).toEqual({ from: '2017-04-12', to: dayAt(LAST_DAY) });
  expect(slowest).toMatchObject({ code: 'measurement-validation', targetDays: 20 });
  expect(sourced.assumed).toContain('too slow');
  const { slowest: early } = await get(`${T}?to=${dayAt(60)}`);
  expect(early).toMatchObject({ code: 'claim-approval', ended: 3, targetDays: 5 });
});

test('the target is the definition’s, whatever it is now', async () => {
  const url = new URL('../programmes/mental-health-exemplars.yaml', import.meta.url);
  const apply = async (text: string) =>
    app.app
      .get(DefinitionService, { strict: false })
      .apply(systemActor('test', 'test'), text, 'programme.yaml');
  const text = await readFile(url, 'utf8');
  await apply(text.replace('claim-approval: 5', 'claim-approval: 3'));
  expect((await stages())['claim-approval']).toMatchObject({ targetDays: 3, withinTarget: 1 });
  await apply(text);
  const other = await get('/v1/programmes/rural-broadband/turnaround');
  expect([other.slowest, other.sourced]).toEqual([null, null]);
  expect(other.items[0]).toMatchObject({ ended: 0, targetDays: null, withinTarget: null });
});

test('by trust and over time', async () => {
  const { items } = await get(`${T}/claim-approval`);
  const rows = items.map(({ trust, ended, waiting }: TimedStage & { trust: { odsCode: string } }) => [
    trust.odsCode,
    ended,
    waiting,
  ]);
  expect(rows).toEqual([
    ['RW4', 2, spread(2, 4)],
    ['RNU', 1, spread(20)],
  ]);
  const first = await get(`${T}/claim-approval?limit=1`);
  const second = await get(`${T}/claim-approval?limit=1&after=${first.next}`);
  expect([...first.items, ...second.items]).toEqual(items);
  expect(second.next).toBeNull();
  const { quarters, stage } = await get(`${T}/measurement-validation`);
  expect(quarters).toMatchObject([
    { startsOn: '2018-01-01', ended: 1, waiting: spread(10), withinTarget: 1 },
    { startsOn: '2018-04-01', ended: 2, waiting: spread(54), withinTarget: 0 },
  ]);
  expect(stage.ended).toBe(3);
  // What a product needs is of no one trust, and counts where its use is.
  const assured = await get(`${T}/assurance-review`);
  expect([assured.stage.ended, assured.items.length]).toEqual([2, 1]);
  const csv = await app.request('get', `${T}?format=csv`, auditor).expect(200);
  expect(csv.text.split('\r\n')[0]).toContain('working.medianDays');
});

test('a period is of what left a stage in it, both days included', async () => {
  const on = async (day: number) => (await stages(`?from=${dayAt(day)}&to=${dayAt(day)}`))['claim-approval'];
  expect([(await on(27)).ended, (await on(28)).ended, (await on(29)).ended]).toEqual([0, 1, 0]);
  expect(await on(28)).toMatchObject({ ended: 1, waiting: spread(20) });
});

test('a trust sees its own time alone, and of products what everybody may', async () => {
  const [mersey, oxford] = [await left(cast.lead), await left(await app.as('trust-lead', 'RNU'))];
  expect(mersey).toMatchObject({
    'claim-approval': 2,
    'claim-check': 2,
    'return-review': 1,
    'match-decision': 0,
  });
  expect(oxford).toMatchObject({
    'claim-approval': 1,
    'claim-check': 1,
    'return-review': 0,
    'claim-query': 0,
  });
  const { items } = await get(`${T}/claim-approval`, cast.lead);
  expect(items.map(({ trust }: { trust: { odsCode: string } }) => trust.odsCode)).toEqual(['RW4']);
  const assured = await get(`${T}/assurance-review`, cast.lead);
  expect([assured.stage.ended, assured.items.length]).toEqual([2, 1]);
  // Anybody may read a blueprint that is published; how long that took is its trust's.
  const rnu = await app.as('trust-lead', 'RNU');
  const reviewed = await Promise.all(
    [auditor, cast.lead, rnu].map(async (key) => (await get(`${T}/blueprint-review`, key)).stage.ended),
  );
  expect(reviewed).toEqual([1, 1, 0]);
});

test('what is added up of all that left is what the database says of it', async () => {
  let compared = 0;
  // What a product needs is of no one trust, so of assurance the whole is more.
  for (const code of STAGE_CODES.filter((each) => !each.startsWith('assurance'))) {
    const { stage, items } = await get(`${T}/${code}`, cast.lead);
    for (const { trust: _, ...own } of items) expect([code, stage]).toEqual([code, { ...stage, ...own }]);
    compared += items.length;
  }
  expect(compared).toBeGreaterThan(12);
});

test('as at a moment before, it is what it was then', async () => {
  const then = await stages(`?asAt=${before}`);
  expect(then['measurement-validation']).toMatchObject({ ended: 1, waiting: spread(10) });
  expect(then['claim-approval']).toMatchObject({ ended: 3, waiting: spread(4, 20) });
});

test.each([
  ['?from=2018-02-30', 400],
  ['?from=2018-05-01&to=2018-04-01', 422],
  ['?to=yesterday', 400],
  ['?from=2018-07-01', 422],
  ['/claim-approval?after=x', 400],
  ['/claim-approval?from=2018-05-01&to=2018-04-01', 422],
  ['/no-such-stage', 404],
  ['/constructor', 404],
])('%s is refused', async (path, status) => {
  const { code, errors } = await get(`${T}${path}`, auditor, status);
  expect(code).toEqual(expect.any(String));
  if (status !== 404) expect(errors[0].pointer).toEqual(expect.any(String));
});

test('the overview names the slowest stage; its pages say the rest', async () => {
  const manager = await signedIn(app, cast.manager);
  const overview = await manager.get(`/programmes/${SLUG}`);
  expect(overview.text).toContain('Slowest stage?');
  expect(overview.text).toContain(
    'In the last 12 months: Measurements: reported, until it is validated. Half of 3 took 54 days or more, against 20 days.',
  );
  const page = await manager.get(`/programmes/${SLUG}/turnaround`);
  expect(page.status).toBe(200);
  expect(page.text).toContain('The programme works on it; while it is queried, it waits on the trust');
  expect(page.text).toContain('Targets: assumed.');
  const stage = await manager.get(`/programmes/${SLUG}/turnaround/claim-check`);
  expect(stage.text).toContain('It should take 10 days, without its queries.');
  expect(stage.text).toContain('Oxford Health');
  const own = await signedIn(app, cast.lead);
  expect((await own.get(`/programmes/${SLUG}/turnaround/claim-check`)).text).not.toContain('Oxford Health');
  expect((await manager.get(`/programmes/${SLUG}/turnaround?from=soon`)).status).toBe(400);
});

/** A tenth of a day. */
const TENTH = 144 * 60_000;
const at = (tenths: number): string => new Date(Date.UTC(2018, 0, 1) + tenths * TENTH).toISOString();
const upTo = (max: number) => fc.integer({ min: 0, max });
const stay = fc.record({
  entered: upTo(40),
  lasts: upTo(60),
  queries: fc.array(fc.record({ raised: upTo(90), answered: fc.option(upTo(60)) }), { maxLength: 4 }),
  target: fc.option(upTo(6)),
});

test('working and waiting are the whole of every stay, neither is below nothing, and a percentile is a stay that there was', () =>
  fc.assert(
    fc.asyncProperty(fc.array(stay, { minLength: 1, maxLength: 12 }), async (stays) => {
      const given = stays.map(({ entered, lasts, queries }) => ({
        ...{ stage: 'a', entered: at(entered), left_at: at(entered + lasts) },
        queried: queries.map(({ raised, answered }) => [
          at(raised),
          answered === null ? null : at(raised + answered),
        ]),
      }));
      const target = stays[0]?.target ?? null;
      const query = (by: string) =>
        app.database.sql<
          Record<'whole' | 'own' | 'away', { medianDays: number; ninetiethDays: number }> & {
            withinTarget: number | null;
          }
        >(
          `with unused as (select $1::text, $2::text, $3::text, $4::text),
           given as (select g.n, g.stage, g.entered, g.left_at,
               (select range_agg(tstzrange((q.turn ->> 0)::timestamptz, (q.turn ->> 1)::timestamptz))
                 from jsonb_array_elements(g.queried) q (turn)) as queried
             from rows from (jsonb_to_recordset($6) as (stage text, entered timestamptz, left_at timestamptz, queried jsonb))
               with ordinality g (stage, entered, left_at, queried, n)),
           stays as (select s.n, s.stage, s.left_at, ${MEASURED} from given s)
           select ${TIMES} from stays s group by s.stage, ${by} order by ${by}`,
          ['', '', '', '', JSON.stringify(target === null ? {} : { a: target }), JSON.stringify(given)],
        );
      // Cell by cell of a tenth of a day, and so without any arithmetic of ranges.
      const model = stays.map(({ entered, lasts, queries }) => {
        const cells = Array.from({ length: lasts }, (_, cell) => entered + cell);
        const away = cells.filter((cell) =>
          queries.some(({ raised, answered }) => cell >= raised && cell < raised + (answered ?? 1_000)),
        ).length;
        return { whole: lasts / 10, own: (lasts - away) / 10, away: away / 10 };
      });
      const each = await query('s.n');
      each.forEach(({ whole, own, away }, index) => {
        expect([whole.medianDays, own.medianDays, away.medianDays]).toEqual(
          Object.values(model[index] as object),
        );
        expect(own.medianDays * 10 + away.medianDays * 10).toBeCloseTo(whole.medianDays * 10);
        expect(Math.min(own.medianDays, away.medianDays)).toBeGreaterThanOrEqual(0);
      });
      const [all] = await query('s.stage');
      for (const part of ['whole', 'own', 'away'] as const) {
        const sorted = model.map((one) => one[part]).sort((a, b) => a - b);
        const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
        expect(all?.[part]).toEqual({ medianDays: rank(0.5), ninetiethDays: rank(0.9) });
      }
      const kept = model.filter(({ own }) => own <= (target ?? 0)).length;
      expect(all?.withinTarget).toBe(target === null ? null : kept);
    }),
    { numRuns: 60 },
  ));
