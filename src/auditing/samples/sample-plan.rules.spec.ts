import type { PopulationItem, SampleRequest } from './sample.types.js';
import { drawSample, planOf, requestFaults } from './sample-plan.rules.js';

type Asked = Omit<SampleRequest, 'purpose' | 'seed' | 'asAtNumber'>;

const asked = (over: Partial<Asked> = {}): Asked => ({
  ...{ population: 'postings', method: 'random', size: null, confidence: 95, tolerablePence: null },
  ...{ expectedPercent: null, precisionPercent: null, stratifyBy: null, bandsPence: null },
  ...{ allocation: null, sizes: null },
  narrowed: { trust: null, financialYear: null, kind: null, from: null, to: null },
  ...over,
});
const item = (id: string, amountPence: number, trustOds = 'RW4'): PopulationItem => ({
  ...{ id, amountPence, trustOds, reference: id, financialYear: '2017/18' },
  ...{ aboutTable: 'journal', aboutId: id },
});
const POPULATION = [item('a', 100), item('b', 300), item('c', 600, 'RXT'), item('d', 1_000, 'RXT')];

test.each<[Partial<Asked>, string | null]>([
  [{ size: 2 }, null],
  [{}, 'size-missing'],
  [{ expectedPercent: 5 }, 'size-missing'],
  [{ expectedPercent: 5, precisionPercent: 5 }, null],
  [{ method: 'monetary-unit' }, 'size-missing'],
  [{ method: 'monetary-unit', tolerablePence: 500 }, null],
  [{ method: 'stratified', size: 2 }, 'stratification-missing'],
  [{ method: 'stratified', stratifyBy: 'trust' }, 'size-missing'],
  [{ method: 'stratified', stratifyBy: 'trust', size: 2 }, null],
  [{ method: 'stratified', stratifyBy: 'amount', size: 2 }, 'bands-missing'],
  [{ method: 'stratified', stratifyBy: 'amount', size: 2, bandsPence: [5, 5] }, 'bands-missing'],
  [{ method: 'stratified', stratifyBy: 'amount', size: 2, bandsPence: [5, 6] }, null],
  [{ method: 'stratified', stratifyBy: 'trust', allocation: 'given' }, 'sizes-missing'],
  [{ method: 'stratified', stratifyBy: 'trust', allocation: 'given', sizes: [] }, null],
  [
    { population: 'payments', size: 1, narrowed: { ...asked().narrowed, kind: 'capital' } },
    'payments-have-no-kind',
  ],
])('asked for %j: %p', (over, code) => expect(requestFaults(asked(over))[0]?.code ?? null).toBe(code));

test.each<[string, Partial<Asked>, object]>([
  ['a size', { size: 3 }, { size: 3, intervalPence: null }],
  [
    'a proportion',
    { expectedPercent: 50, precisionPercent: 5 },
    { size: 4, expectedPercent: 50, precisionPercent: 5 },
  ],
  ['a size of points', { method: 'monetary-unit', size: 4 }, { intervalPence: 500, tolerablePence: null }],
  [
    'a tolerable error',
    { method: 'monetary-unit', tolerablePence: 900 },
    { intervalPence: 300, tolerablePence: 900 },
  ],
  [
    'strata',
    { method: 'stratified', stratifyBy: 'trust', size: 2 },
    { allocation: 'proportional', stratifyBy: 'trust' },
  ],
  [
    'strata as given',
    {
      ...{ method: 'stratified', stratifyBy: 'trust', allocation: 'given' },
      sizes: [{ stratum: 'RXT', size: 2 }],
    },
    { size: 2, sizes: [{ stratum: 'RXT', size: 2 }] },
  ],
])('of %s the plan is whole', (_, over, parameters) =>
  expect(planOf(asked(over), POPULATION)).toMatchObject({ parameters }),
);

const given = (...sizes: Array<[stratum: string, size: number]>): Partial<Asked> => ({
  ...{ method: 'stratified', stratifyBy: 'trust', allocation: 'given' },
  sizes: sizes.map(([stratum, size]) => ({ stratum, size })),
});
test.each<[Partial<Asked>, string, string]>([
  [{ size: 5 }, 'size-too-large', '/size'],
  [{ method: 'monetary-unit', size: 2_001 }, 'size-too-large', '/size'],
  [{ method: 'monetary-unit', tolerablePence: 1 }, 'tolerable-too-small', '/tolerablePence'],
  [{ method: 'monetary-unit', tolerablePence: 9_000 }, 'tolerable-too-large', '/tolerablePence'],
  [given(['ZZZ', 1]), 'stratum-unknown', '/sizes/0/stratum'],
  [given(['RW4', 3]), 'size-too-large', '/sizes/0/size'],
  [given(['RW4', 0]), 'size-missing', '/sizes'],
  [given(['RW4', 1], ['RW4', 1]), 'stratum-twice', '/sizes'],
])('of this population %j cannot be drawn', (over, code, pointer) => {
  const plan = planOf(asked(over), POPULATION);
  expect('faults' in plan && plan.faults.map((fault) => [fault.code, fault.pointer])).toEqual([
    [code, pointer],
  ]);
});

test.each<Partial<Asked>>([
  { size: 3 },
  { method: 'monetary-unit', size: 3 },
  { method: 'stratified', stratifyBy: 'trust', size: 3 },
  given(['RXT', 1], ['RW4', 2]),
])('drawn twice by the same plan, %j is the same', (over) => {
  const wanted = asked(over);
  const plan = planOf(wanted, POPULATION);
  if (!('parameters' in plan)) throw new Error('No plan');
  const once = drawSample(wanted.method, plan.parameters, 'seed', POPULATION);
  expect(drawSample(wanted.method, plan.parameters, 'seed', [...POPULATION].reverse())).toEqual(once);
  expect(once.strata.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(once.drawn.length);
});
