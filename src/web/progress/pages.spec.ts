import type { MeasurementView } from '../../targets/target.queries.js';
import { measurementFilterOf, measurementsPage, measurementsPath } from './measurements.page.js';
import { measureRows } from './measures.page.js';
import { versionAsked } from './target-set.page.js';
import { historyPoints } from './trust.history.js';

const sets = [
  { ref: 'aims/v1', current: false },
  { ref: 'aims/v2', current: true },
  { ref: 'other/v1', current: true },
] as never;

test.each([
  [undefined, 'aims/v2'],
  ['', 'aims/v2'],
  ['1', 'aims/v1'],
])('version %s of a target set is %s, among its own versions', (version, ref) => {
  const { set, versions } = versionAsked(sets, 'aims', version);
  expect(set.ref).toBe(ref);
  expect(versions.map((each) => each.ref)).toEqual(['aims/v1', 'aims/v2']);
});

test.each([
  ['aims', '3'],
  ['aims', '01'],
  ['none', undefined],
])('version %s of %s is not there', (code, version) => {
  expect(() => versionAsked(sets, code, version)).toThrow('There is no target set here');
});

test('both bases of a period stand beside each other', () => {
  const score = (percent: number) => ({ numerator: percent, denominator: 100, percent });
  const of = (period: string, basis: string, percent: number) =>
    ({ id: '1', period, endsOn: '2017-06-30', basis, score: score(percent), planned: null }) as never;
  expect(
    historyPoints({
      history: [of('Q1', 'self-reported', 9), of('Q1', 'validated', 5), of('Q2', 'self-reported', 8)],
    }),
  ).toEqual([
    { period: 'Q1', endsOn: '2017-06-30', selfReported: score(9), validated: score(5), planned: null },
    { period: 'Q2', endsOn: '2017-06-30', selfReported: score(8), validated: null, planned: null },
  ]);
});

test('a measure that was not reported has a row, and one of projects a row for each', () => {
  const measure = (code: string) => ({ code, baseline: null, trajectory: [] });
  const own = (code: string) => ({ measure: { targetSet: 'aims/v2', code } }) as MeasurementView;
  const rows = measureRows({
    programme: { slug: 'p', name: 'P', startsOn: '2017-04-01' },
    set: { ref: 'aims/v2', measures: [measure('a'), measure('b')] },
    measurements: [own('one/b'), own('two/b'), { measure: { targetSet: 'aims/v1', code: 'a' } }],
    peers: { figures: [{ targetSet: 'aims/v1', measure: 'a', validated: null, selfReported: null }] },
    period: { label: 'Q1', endsOn: '2017-06-30' },
  } as never);
  expect(rows.map((row) => [row.measure.code, row.project, row.peers])).toEqual([
    ['a', null, null],
    ['b', 'one', null],
    ['b', 'two', null],
  ]);
});

test('a list of measurements keeps what it is narrowed to', () => {
  const filter = measurementFilterOf({ trust: 'RW4', state: 'nonsense', period: '2017/18 Q1' });
  expect(filter).toEqual({ trust: 'RW4', period: '2017/18 Q1', state: null, targetSet: null });
  expect(measurementsPath('p', filter)).toBe('/programmes/p/measurements?trust=RW4&period=2017%2F18+Q1');
  const views = {
    programme: { slug: 'p', name: 'P', awardees: [] },
    ...{ periods: [], targetSets: [], filter, next: 'cursor' },
    measurements: [
      {
        ...{ id: '1', period: 'Q1', state: 'validated', illustrative: false },
        ...{ measure: { name: 'A', targetSet: 'aims/v1' }, trust: { name: 'T' } },
        ...{ selfReported: { numerator: 1, denominator: 2 }, validated: { numerator: 1, denominator: 4 } },
      },
    ],
  };
  const page = measurementsPage({ ...views, mayPublish: true } as never);
  expect(page.tables?.[0]?.next).toBe(
    '/programmes/p/measurements?trust=RW4&period=2017%2F18+Q1&after=cursor',
  );
  expect(page.tables?.[0]?.rows[0]?.slice(3, 5)).toEqual([
    { value: 50, note: '1 of 2' },
    { value: 25, note: '1 of 4' },
  ]);
  expect(page.model).toMatchObject({ publication: { text: 'Publish 1 validated measurement of this list' } });
  expect(measurementsPage({ ...views, mayPublish: false } as never).model).toMatchObject({
    publication: null,
  });
});
