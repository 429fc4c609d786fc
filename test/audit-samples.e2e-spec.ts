import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Reproduction, SampleView, SampleWithItems } from '../src/auditing/samples/sample.types.js';
import { ReadScope } from '../src/database/read-scope.js';
import type { TestApp } from './support/app.js';
import { startPlayedMoney } from './support/play-money.js';
import { SLUG } from './support/returns.js';

const LIST = `/v1/programmes/${SLUG}/audit-samples`;
const PURPOSE = { purpose: 'Substantive test, 2017/18' };

let app: TestApp;
let auditor: string;
let lead: string;

beforeAll(async () => {
  app = await startPlayedMoney({ tampered: false });
  await app.applyDefinition('rural-broadband.yaml');
  auditor = await app.as('auditor');
  lead = await app.as('trust-lead', 'RW4');
}, 240_000);
afterAll(() => app?.stop());

const ask = (body: object, key = auditor) => app.request('post', LIST, key).send({ ...PURPOSE, ...body });
async function drawn(body: object): Promise<SampleWithItems> {
  const answer = await ask(body);
  expect([answer.status, answer.body.errors ?? []]).toEqual([201, []]);
  return answer.body;
}
const read = async <Body>(path: string, key = auditor): Promise<Body> =>
  (await app.request('get', path, key).expect(200)).body;
const again = (id: string) => read<Reproduction>(`/v1/audit-samples/${id}/reproduction`);
const ids = ({ items }: SampleWithItems) => items.map(({ subjectId }) => subjectId);

/** The same drawn by the script that anybody may use: the hash of the population, then a line for each item. */
async function byScript(sql: string, ...args: string[]): Promise<string[]> {
  const rows = await app.database.sql<{ id: string; pence: string }>(sql);
  const input = rows.map(({ id, pence }) => `${id} ${pence}\n`).join('');
  const script = fileURLToPath(new URL('../docs/draw-again.py', import.meta.url));
  return execFileSync('python3', [script, ...args], { input, encoding: 'utf8' })
    .trim()
    .split('\n');
}
const POSTINGS = `select p.id, p.amount_pence as pence from posting p join agreement g on g.id = p.agreement_id
  where g.programme_id = (select id from programme where slug = '${SLUG}') order by random()`;

describe('drawing', () => {
  test('at random: with its size, seed, population and hash, and the same again; and so says the script', async () => {
    const sample = await drawn({ population: 'postings', method: 'random', size: 12, seed: 'Dice: 3 1 6' });
    expect(sample).toMatchObject({
      ...{ reference: expect.stringMatching(/^SMP-\d{5}$/), seed: 'Dice: 3 1 6', method: 'random' },
      ...{ checked: 0, exceptions: 0, evaluation: null, programme: SLUG, purpose: PURPOSE.purpose },
      drawnBy: { id: (await app.actorOf(auditor)).id },
    });
    expect(new Set(ids(sample)).size).toBe(12);
    expect(sample.items.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(await again(sample.id)).toMatchObject({ same: true, population: { same: true } });
    const [hash, ...lines] = await byScript(POSTINGS, 'Dice: 3 1 6', 'random', '12');
    expect(hash).toBe(sample.populationSha256);
    expect(lines).toEqual(sample.items.map(({ subjectId, amountPence }) => `${subjectId} ${amountPence}`));
    expect(lines).toHaveLength(12);
    const other = await drawn({ population: 'postings', method: 'random', size: 12, seed: 'Dice: 3 1 7' });
    expect(ids(other)).not.toEqual(ids(sample));
  });

  test('by monetary units: the interval, hits and what is certain; and so says the script', async () => {
    const sample = await drawn({ population: 'postings', method: 'monetary-unit', size: 20, seed: 'x' });
    const interval = Math.floor(sample.populationPence / 20);
    expect(sample.parameters).toMatchObject({ intervalPence: interval, size: 20 });
    for (const { amountPence, certain, hits } of sample.items) {
      expect(certain).toBe(amountPence >= interval);
      if (!certain) expect(hits).toBe(1);
    }
    expect(await again(sample.id)).toMatchObject({ same: true });
    const [, ...lines] = await byScript(POSTINGS, 'x', 'monetary-unit', String(interval));
    expect(lines).toEqual(sample.items.map((each) => `${each.subjectId} ${each.amountPence} ${each.hits}`));
    const tolerated = await drawn({
      ...{ population: 'postings', method: 'monetary-unit', confidence: 90 },
      tolerablePence: Math.floor(sample.populationPence / 5),
    });
    expect(tolerated.parameters.intervalPence).toBe(
      Math.floor((Math.floor(sample.populationPence / 5) * 100) / 231),
    );
    expect(tolerated.seed).toMatch(/^[0-9a-f]{32}$/);
  });

  test('by strata of trust, amount and year, proportional, after Neyman and as given', async () => {
    const stratified = { population: 'postings', method: 'stratified', size: 10 };
    for (const more of [
      { stratifyBy: 'trust' },
      { stratifyBy: 'year', allocation: 'neyman' },
      { stratifyBy: 'amount', bands: [{ upToPence: 10_000 }, { upToPence: 100_000_00 }] },
    ]) {
      const sample = await drawn({ ...stratified, ...more });
      expect(sample.strata.reduce((sum, each) => sum + each.drawn, 0)).toBe(10);
      expect(sample.strata.reduce((sum, each) => sum + each.size, 0)).toBe(sample.populationSize);
      expect(sample.strata.length).toBeGreaterThan(1);
      expect(await again(sample.id)).toMatchObject({ same: true });
    }
    const sizes = [{ stratum: 'RW4', size: 3 }];
    const given = await drawn({
      ...{ population: 'postings', method: 'stratified', seed: 's', stratifyBy: 'trust' },
      ...{ allocation: 'given', sizes },
    });
    expect(given.items.map(({ stratum }) => stratum)).toEqual(['RW4', 'RW4', 'RW4']);
    const [, ...lines] = await byScript(
      POSTINGS.replace(
        'order by',
        "and p.trust_id = (select id from organisation where ods_code = 'RW4') order by",
      ),
      ...['s', 'stratum:RW4', '3'],
    );
    expect(lines.map((line) => line.split(' ')[0])).toEqual(ids(given));
  });

  test.each([
    ['payments', 'RXT'],
    ['claim-lines', 'RXT'],
    ['match-contributions', 'RW4'],
  ])('of %s, whole and narrowed down', async (population, trust) => {
    const whole = await drawn({ population, method: 'random', size: 1 });
    const one = await drawn({ population, method: 'random', size: 1, trust });
    expect(one.populationSize).toBeLessThanOrEqual(whole.populationSize);
    expect(one.items[0]?.trustOds).toBe(trust);
    const [first] = whole.items;
    const years = await Promise.all(
      ['2017/18', '2018/19', '2019/20'].map((year) =>
        ask({ population, method: 'random', size: 1, financialYear: year }),
      ),
    );
    const sizes = years.map(({ status, body }) => (status === 201 ? body.populationSize : 0));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(whole.populationSize);
    expect(first?.about.id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ask({ population, method: 'random', size: 1, to: '2016-01-01' })).body.code).toBe(
      'population-empty',
    );
  });

  test('of a size that is computed for a proportion', async () => {
    const asked = { population: 'postings', method: 'random', expectedPercent: 5, precisionPercent: 10 };
    const { parameters, items, populationSize } = await drawn({ ...asked, confidence: 90 });
    const first = (1.6449 ** 2 * 0.05 * 0.95) / 0.01;
    expect(items.length).toBe(Math.ceil(first / (1 + (first - 1) / populationSize)));
    expect(parameters).toMatchObject({ expectedPercent: 5, precisionPercent: 10, size: items.length });
  });

  test('once, however often it is sent', async () => {
    const key = randomUUID();
    const body = { population: 'postings', method: 'random', size: 2 };
    const first = await ask(body).set('Idempotency-Key', key).expect(201);
    const second = await ask(body).set('Idempotency-Key', key).expect(201);
    expect(second.body).toEqual(first.body);
  });

  test.each<[object, string]>([
    [{ population: 'payments', method: 'random', size: 1, kind: 'capital' }, 'payments-have-no-kind'],
    [{ population: 'postings', method: 'random' }, 'size-missing'],
    [{ population: 'postings', method: 'random', size: 2_000 }, 'size-too-large'],
    [{ population: 'postings', method: 'monetary-unit' }, 'size-missing'],
    [{ population: 'postings', method: 'monetary-unit', tolerablePence: 1 }, 'tolerable-too-small'],
    [{ population: 'postings', method: 'monetary-unit', tolerablePence: 100 }, 'size-too-large'],
    [
      { population: 'postings', method: 'monetary-unit', tolerablePence: 8_000_000_000_000 },
      'tolerable-too-large',
    ],
    [{ population: 'postings', method: 'stratified', size: 3 }, 'stratification-missing'],
    [{ population: 'postings', method: 'stratified', size: 3, stratifyBy: 'amount' }, 'bands-missing'],
    [{ population: 'postings', method: 'stratified', stratifyBy: 'trust' }, 'size-missing'],
    [
      { population: 'postings', method: 'stratified', stratifyBy: 'trust', allocation: 'given' },
      'sizes-missing',
    ],
    [
      {
        ...{ population: 'postings', method: 'stratified', stratifyBy: 'trust', allocation: 'given' },
        sizes: [{ stratum: 'ZZZ', size: 1 }],
      },
      'stratum-unknown',
    ],
    [{ population: 'postings', method: 'random', size: 1, asAtNumber: 99_999_999 }, 'entry-unknown'],
  ])('what cannot be drawn is refused: %j', async (body, code) => {
    const answer = await ask(body);
    expect([answer.status, answer.body.errors?.map((each: { code: string }) => each.code)]).toEqual([
      422,
      [code],
    ]);
  });

  test.each([
    { method: 'random', size: 1 },
    { population: 'people', method: 'random', size: 1 },
    { population: 'postings', method: 'by-feel', size: 1 },
    { population: 'postings', method: 'random', size: 0 },
    { population: 'postings', method: 'random', size: 1, confidence: 50 },
    { population: 'postings', method: 'random', size: 1, seed: '' },
    { population: 'postings', method: 'random', size: 1, purpose: ' ' },
    { population: 'postings', method: 'random', size: 1, sizes: [{ stratum: 'RW4' }] },
  ])('what cannot be read is refused: %j', async (body) => expect((await ask(body)).status).toBe(400));
});

describe('the past', () => {
  test('a sample is drawn again from its population, whatever was paid since; and at an earlier entry', async () => {
    const body = { population: 'payments', method: 'random', size: 3, seed: 'then' };
    const before = await drawn(body);
    await app.database.sql(
      `update payment set state = 'reversed', closed_because = 'It came back' where id = $1`,
      [before.items[0]?.subjectId],
    );
    expect(await again(before.id)).toMatchObject({
      same: true,
      population: { sha256: before.populationSha256 },
    });
    const now = await drawn(body);
    expect(now.populationSize).toBe(before.populationSize - 1);
    expect(now.populationSha256).not.toBe(before.populationSha256);
    const then = await drawn({ ...body, asAtNumber: before.asAtNumber });
    expect(then).toMatchObject({ asAtNumber: before.asAtNumber, populationSha256: before.populationSha256 });
    expect(ids(then)).toEqual(ids(before));
  });

  test('a population that was tampered with is told', async () => {
    const sample = await drawn({ population: 'payments', method: 'random', size: 2 });
    await app.database.sql(`begin; set local session_replication_role = replica;
      update past.payment set amount_pence = amount_pence + 1 where id = '${sample.items[0]?.subjectId}'; commit`);
    expect(await again(sample.id)).toMatchObject({ same: false, population: { same: false } });
    await app.database.sql(`begin; set local session_replication_role = replica;
      update past.payment set amount_pence = amount_pence - 1 where id = '${sample.items[0]?.subjectId}'; commit`);
  });
});

describe('what is seen of the items', () => {
  const see = (sample: string, item: string, body: object, match: string | null = '"1"', key = auditor) => {
    const request = app.request('post', `/v1/audit-samples/${sample}/items/${item}/result`, key);
    if (match !== null) request.set('If-Match', match);
    return request.send(body);
  };

  test('is kept, and once all are seen the sample says what it means for the whole', async () => {
    const { id, items } = await drawn({ population: 'payments', method: 'random', size: 2 });
    const [first, second] = items.map((each) => each.id) as [string, string];
    const found = { result: 'exception', exceptionPence: 100, words: 'The invoice is of £1 less.' };
    const one = await see(id, first, found).expect(200);
    expect(one.body).toMatchObject({ checked: 1, exceptions: 1, evaluation: null });
    expect(one.body.items[0]).toMatchObject({
      ...found,
      checkedBy: { name: 'auditor of the programme' },
      revision: 2,
    });
    const all = await see(id, second, { result: 'no-exception' }).expect(200);
    const size = all.body.populationSize as number;
    expect(all.body.evaluation).toMatchObject({
      ...{ method: 'random', confidence: 95, knownErrorPence: 100 },
      projectedErrorPence: Math.ceil((100 * size) / 2),
      estimates: [{ stratum: null, exceptions: 1, looked: 2 }],
    });
    // It may be corrected, under the revision that it has.
    await see(id, first, { result: 'no-exception' }, '"1"').expect(412);
    await see(id, first, { result: 'no-exception' }, null).expect(428);
    expect((await see(id, first, { result: 'no-exception' }, '"2"').expect(200)).body.exceptions).toBe(0);
  });

  test('of monetary units it projects by tainting, with an upper limit', async () => {
    const { id, items, parameters } = await drawn({
      population: 'payments',
      method: 'monetary-unit',
      size: 2,
    });
    for (const { id: item } of items) await see(id, item, { result: 'no-exception' }).expect(200);
    const { evaluation } = await read<SampleWithItems>(`/v1/audit-samples/${id}`);
    expect(evaluation).toMatchObject({ method: 'monetary-unit', projectedErrorPence: 0 });
    expect((evaluation as { upperLimitPence: number }).upperLimitPence).toBe(
      Math.ceil(-Math.log(0.05) * (parameters.intervalPence as number)),
    );
  });

  test('is explained where it is an exception', async () => {
    const { id, items } = await drawn({ population: 'payments', method: 'random', size: 1 });
    const item = items[0] as SampleWithItems['items'][number];
    for (const [body, code] of [
      [{ result: 'exception', words: 'x' }, 'exception-amount-missing'],
      [{ result: 'exception', exceptionPence: 1 }, 'exception-words-missing'],
      [{ result: 'exception', words: 'x', exceptionPence: item.amountPence + 1 }, 'exception-too-large'],
    ] as const) {
      const answer = await see(id, item.id, body);
      expect([answer.status, answer.body.errors.map((each: { code: string }) => each.code)]).toEqual([
        422,
        [code],
      ]);
    }
    await see(id, item.id, { result: 'fine' }).expect(400);
    const other = await drawn({ population: 'payments', method: 'random', size: 1 });
    await see(other.id, item.id, { result: 'no-exception' }).expect(404);
    await see(id, item.id, { result: 'no-exception' }, '"1"', lead).expect(403);
  });
});

test('samples are listed, in the log, and never change', async () => {
  const { items, next } = await read<{ items: SampleView[]; next: string }>(`${LIST}?limit=2`);
  expect(items).toHaveLength(2);
  expect(next).not.toBeNull();
  const [entry] = await app.database.sql(
    `select action, actor_role, reason from log_entry where table_name = 'audit_sample' and subject_id = $1`,
    [items[0]?.id],
  );
  expect(entry).toEqual({ action: 'audit-sample.draw', actor_role: 'auditor', reason: PURPOSE.purpose });
  await expect(
    app.database.sql('update audit_sample_item set amount_pence = 1 where certain = false'),
  ).rejects.toMatchObject({ constraint: 'drawn_item_is_fixed' });
  await expect(
    app.database.sql(`set role exemplar_app; update exemplar.audit_sample set seed = 'y'`),
  ).rejects.toMatchObject({ code: '42501' });
});

test('only auditors draw; those who read the log see; a trust is not told', async () => {
  const { items } = await read<{ items: SampleView[] }>(LIST);
  const at = `/v1/audit-samples/${items[0]?.id}`;
  const manager = await app.as('programme-manager');
  expect((await ask({ population: 'postings', method: 'random', size: 1 }, manager)).status).toBe(403);
  await read(at, manager);
  for (const path of [LIST, at, `${at}/reproduction`]) await app.request('get', path, lead).expect(403);
  await app.request('get', `/v1/audit-samples/${randomUUID()}`, auditor).expect(404);
  const { trustId } = await app.actorOf(lead);
  const scope = app.app.get(ReadScope, { strict: false });
  for (const table of ['audit_sample', 'audit_sample_item', 'audit_read'])
    expect(await scope.run({ trustId }, (sql) => sql.query(`select id from ${table}`))).toEqual([]);
  await app.request('get', '/v1/programmes/rural-broadband/audit-samples', auditor).expect(200);
  const empty = { ...PURPOSE, population: 'payments', method: 'random', size: 1 };
  const answer = await app
    .request('post', '/v1/programmes/rural-broadband/audit-samples', auditor)
    .send(empty);
  expect([answer.status, answer.body.code]).toEqual([422, 'population-empty']);
});
