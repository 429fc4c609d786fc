import { type Actor, systemActor } from '../src/core/actor.js';
import { ProgrammesReader } from '../src/programmes/programmes.reader.js';
import { DeliveryReader } from '../src/progress-reports/delivery.reader.js';
import { latestRating } from '../src/progress-reports/delivery.rules.js';
import { PublicationReader } from '../src/progress-reports/publication.reader.js';
import { TowardTargetReader } from '../src/progress-reports/toward-target.reader.js';
import { TargetsReader } from '../src/targets/targets.reader.js';
import type { TestApp } from './support/app.js';
import { startDemonstration } from './support/demonstration.js';
import { wholeOf } from './support/in-pages.js';

const SLUG = 'mental-health-exemplars';
const P = `/v1/programmes/${SLUG}`;

let app: TestApp;
let auditor: string;
const actor: Actor = systemActor('flat-lists', 'test');

beforeAll(async () => {
  app = await startDemonstration();
  auditor = await app.as('auditor');
}, 240_000);
afterAll(() => app?.stop());

const get = async (path: string) => (await app.request('get', path, auditor).expect(200)).body;

type Answer = Record<string, unknown>;
type Walk<T> = (after: string | undefined) => Promise<{ items: T[]; next: string | null }>;

/** All rows of a list, page after page. */
async function walked<T>(page: Walk<T>): Promise<{ rows: T[]; pages: number }> {
  const rows: T[] = [];
  for (let after: string | undefined, pages = 1; ; pages += 1) {
    const { items, next } = await page(after);
    rows.push(...items);
    if (next === null) return { rows, pages };
    after = next;
  }
}

/** A list within an answer in pages of two; all else in it must be the same on every page. */
async function byTwo(path: string, list: string, cursor = 'after') {
  const { [list]: all, next: _, ...around } = (await get(`${path}?limit=200`)) as Answer;
  const found = await walked(async (after) => {
    const address = `${path}?limit=2${after ? `&${cursor}=${after}` : ''}`;
    const { [list]: items, next, ...beside } = (await get(address)) as Answer;
    expect(beside).toEqual(around);
    return { items: items as object[], next: next as string | null };
  });
  return { ...found, all };
}

test.each([
  ['roles', `${P}/roles`, 'items'],
  ['projects', `${P}/projects`, 'items'],
])('%s in pages of two are the list', async (_, path, list) => {
  const { rows, pages, all } = await byTwo(path, list);
  expect(pages).toBeGreaterThan(3);
  expect(rows).toEqual(all);
});

test('an extract in pages of two is the extract, and its counts do not change with the page', async () => {
  const extracts = (await get(`${P}/extracts`)).items;
  const read = [];
  for (const { id } of extracts) {
    const { rows, pages, all } = await byTwo(`/v1/extracts/${id}`, 'items');
    read.push(pages);
    expect(rows).toEqual(all);
  }
  expect(Math.max(...read)).toBeGreaterThan(1);
});

test('the lineage of a figure in pages of two is the lineage, and adds up on each', async () => {
  const { figures } = await get(`${P}/progress`);
  const path = `/v1/programme-progress/${figures[0].selfReported.id}/lineage`;
  const { rows, pages, all } = await byTwo(path, 'figures');
  expect(pages).toBeGreaterThan(2);
  expect(rows).toEqual(all);
  expect(await get(`${path}?limit=1`)).toMatchObject({ addsUp: true });
});

test('the exact state is the same two trusts at a time: its lists together, its totals on every page', async () => {
  const whole = await get(`${P}/state`);
  const lists = ['agreements', 'milestones', 'returns', 'match', 'openFindings'];
  type Row = { id?: string; agreement?: { id: string } };
  const ids = (rows: Row[]) => rows.map(({ id, agreement }) => id ?? agreement?.id).sort();
  const found = await walked(async (after) => {
    const page = await get(`${P}/state?limit=2${after ? `&after=${after}` : ''}`);
    expect([page.money.totals, page.claims]).toEqual([whole.money.totals, whole.claims]);
    expect([page.payments, page.progress.figures]).toEqual([whole.payments, whole.progress.figures]);
    return { items: [page], next: page.next };
  });
  expect(found.pages).toBeGreaterThan(3);
  for (const list of lists) {
    expect([list, whole[list].length > 0]).toEqual([list, true]);
    expect([list, ids(found.rows.flatMap((page) => page[list]))]).toEqual([list, ids(whole[list])]);
  }
  for (const part of ['money', 'progress'])
    expect(found.rows.flatMap((page) => page[part].trusts)).toEqual(whole[part].trusts);
});

test('what is public in pages of values is the whole of it, and its sums do not change with the page', async () => {
  const reader = app.app.get(PublicationReader, { strict: false });
  const query = { period: 'all', trust: null, trusts: undefined };
  const first = await reader.page(SLUG, { ...query, values: undefined });
  const { rows, pages } = await walked(async (values) => {
    const { values: page, ...around } = await reader.page(SLUG, { ...query, values });
    expect({ ...around, values: first.values }).toEqual(first);
    return page;
  });
  const { measurements, shares } = await reader.of(SLUG, async (all) => ({
    measurements: await wholeOf(all.measurements),
    shares: await wholeOf(all.shares),
  }));
  expect(pages).toBe(2);
  expect(rows).toEqual(measurements);
  expect(first.counts.map(({ published }) => published)).toEqual(
    first.counts.map(({ period }) =>
      shares.filter((each) => each.period === period).reduce((sum, each) => sum + each.published, 0),
    ),
  );
  const one = await reader.page(SLUG, { ...query, trust: 'RW4', values: undefined });
  expect(one.values.items).toEqual(measurements.filter(({ trust }) => trust.odsCode === 'RW4'));
});

test('a cursor of another list is refused', async () => {
  const { next } = await get(`${P}/projects?limit=1`);
  for (const path of [`${P}/roles`, `${P}/state`, `${P}/unvalidated`])
    await app.request('get', `${path}?after=${next}`, auditor).expect(400);
  await app.request('get', `${P}/unvalidated?late=${next}`, auditor).expect(400);
});

test('where trusts stand toward the targets is the same two trusts at a time', async () => {
  const reader = app.app.get(TowardTargetReader, { strict: false });
  const whole = await reader.trusts(actor, SLUG, { limit: 50 });
  const { rows, pages } = await walked((after) => reader.trusts(actor, SLUG, { limit: 2, after }));
  expect(pages).toBe(4);
  const named = (all: typeof rows) =>
    all.map(({ trust, targetSet }) => `${targetSet} ${trust.odsCode}`).sort();
  expect(named(rows)).toEqual(named(whole.items));
  const sets = await app.app.get(TargetsReader, { strict: false }).ofProgramme(actor, SLUG);
  const id = sets[0]?.id ?? '';
  const histories = await reader.histories(actor, SLUG, id, null, { limit: 50 });
  const found = await walked(async (after) => {
    const { trusts, programme, next } = await reader.histories(actor, SLUG, id, null, { limit: 2, after });
    expect(programme).toEqual(histories.programme);
    return { items: trusts, next };
  });
  expect(found.rows).toEqual(histories.trusts);
});

test('whose confidence worsened is what the rule says of all ratings, and counted over all pages', async () => {
  const programmes = app.app.get(ProgrammesReader, { strict: false });
  const delivery = app.app.get(DeliveryReader, { strict: false });
  const { terms } = await programmes.one(actor, SLUG);
  const { items } = await programmes.awardees(actor, SLUG, { limit: 50 });
  const ratings = await delivery.ratings(
    actor,
    SLUG,
    items.map(({ odsCode }) => odsCode),
  );
  const rated = ratings.flatMap(({ trust, ratings: of }) => {
    const latest = latestRating(of, terms.confidenceScale);
    return latest ? [{ trust, change: latest.change }] : [];
  });
  const worse = rated.filter(({ change }) => change === 'worse').map(({ trust }) => trust.name);
  expect(worse.length).toBeGreaterThan(0);
  const { rows } = await walked(async (after) => {
    const page = await delivery.worsened(actor, SLUG, terms.confidenceScale, { limit: 1, after });
    expect([page.rated, page.worse]).toEqual([rated.length, worse.length]);
    return page;
  });
  expect(rows.map(({ name }) => name)).toEqual(worse);
});
