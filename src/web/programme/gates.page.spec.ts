import type { GateView } from '../../funding/gates/gate.service.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { gatesFilterOf, gatesPage } from './gates.page.js';

test.each([
  [{}, { trust: null, withinDays: 90 }],
  [
    { withinDays: '30', trust: 'RW4' },
    { trust: 'RW4', withinDays: 30 },
  ],
  [
    { withinDays: 'all', trust: '' },
    { trust: null, withinDays: null },
  ],
  [{ withinDays: '7' }, { trust: null, withinDays: 90 }],
  [{ withinDays: ['30', '90'], trust: ['A'] } as never, { trust: null, withinDays: 90 }],
])('the address %j', (query, filter) => expect(gatesFilterOf(query)).toEqual(filter));

const programme = {
  slug: 'p',
  name: 'P',
  awardees: [{ odsCode: 'A', name: 'Trust A', status: 'confirmed' }],
  terms: { awardeeTerm: { singular: 'trust', plural: 'trusts' } },
} as unknown as ProgrammeView;

const gate = (over: Partial<GateView> = {}): GateView =>
  ({
    id: 'g',
    trust: { odsCode: 'A', name: 'Trust A' },
    agreement: { id: 'a', reference: 'AGR-A', state: 'active' },
    number: 2,
    name: 'On plans',
    remainingPence: 500,
    plannedOn: '2018-03-31',
    expectedOn: '2018-04-30',
    slipDays: 30,
    slips: true,
    open: false,
    blockers: [{ code: 'x', message: 'Not yet.', clearedBy: 'Do it.', dueOn: '2018-03-31' }],
    waived: [],
    ...over,
  }) as unknown as GateView;

const shown = (gates: GateView[], own = false, next: string | null = null) => {
  const filter = { trust: null, withinDays: 90 };
  const toPass = gates.filter(({ blockers }) => !blockers.some(({ code }) => code === 'tranche-exhausted'));
  const totals = { gates: toPass.length, leftPence: 500 };
  const listed = { items: gates, next, totals, whole: next === null };
  const { tables = [], model } = gatesPage(programme, listed, filter, own);
  const rows = (id: string) =>
    tables.find((table) => table.id === id)?.rows.map((row) => row.map(({ value }) => value));
  const nextPage = tables.find(({ id }) => id === 'gates')?.next;
  return {
    rows,
    next: nextPage,
    model: model as { counts: object; whole: boolean; fields: { trust: { items: unknown[] } } },
  };
};

test('a page of gates leads to the next, and says only what it knows of all', () => {
  expect(shown([gate()])).toMatchObject({ next: null, model: { whole: true } });
  expect(shown([gate()], false, 'c')).toMatchObject({
    next: '/programmes/p/gates?withinDays=90&after=c',
    model: { whole: false, counts: { gates: 1, leftPence: 500 } },
  });
});

test('a gate, and what clears each thing that keeps it shut, by when', () => {
  const { rows, model } = shown([gate()]);
  expect(rows('gates')).toEqual([['Trust A', '2: On plans', 500, '2018-03-31', '2018-04-30', 30, 'Shut']]);
  expect(rows('blockers')).toEqual([['Trust A, 2: On plans', 'Not yet.', 'Do it.', '2018-03-31']]);
  expect(model.counts).toEqual({ gates: 1, shut: 1, slipping: 1, waived: 0, leftPence: 500 });
});

test.each([
  ['Open', { open: true, blockers: [] }, { gates: 1, shut: 0, waived: 0 }],
  ['Open by waiver', { open: true, blockers: [], waived: [{}] as never }, { gates: 1, shut: 0, waived: 1 }],
  ['Passed', { blockers: [{ code: 'tranche-exhausted', message: '' }] }, { gates: 0, shut: 0 }],
])('a gate that is %s', (words, over, counts) => {
  const { rows, model } = shown([gate(over)]);
  expect(rows('gates')?.[0]?.[6]).toBe(words);
  expect(rows('blockers')).toEqual([]);
  expect(model.counts).toMatchObject(counts);
});

test('a trust’s people are not asked which trust', () => {
  expect(shown([], true).model.fields.trust).toBeUndefined();
  expect(shown([]).model.fields.trust.items).toHaveLength(2);
});
