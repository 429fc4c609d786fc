import fc from 'fast-check';
import { confidenceTheFiguresSay, type DeliveryFigures, THRESHOLDS } from './confidence.rules.js';

const FIVE = ['green', 'amber-green', 'amber', 'amber-red', 'red'];
const THREE = ['green', 'amber', 'red'];
const FINE: DeliveryFigures = {
  awardPence: 100_000,
  forecastPence: 100_000,
  milestonesTotal: 4,
  milestonesLate: 0,
  variancePpm: 0,
};

test.each<[string, Partial<DeliveryFigures>, string, string]>([
  ['all is as planned', {}, 'green', 'green'],
  ['no plan', { variancePpm: null }, 'green', 'green'],
  ['nothing to go by', { awardPence: 0, forecastPence: 0, milestonesTotal: 0 }, 'green', 'green'],
  ['5% under', { forecastPence: 95_000 }, 'green', 'green'],
  ['10% under', { forecastPence: 90_000 }, 'amber-green', 'green'],
  ['10% over', { forecastPence: 110_000 }, 'amber-green', 'green'],
  ['15% over', { forecastPence: 115_000 }, 'amber', 'amber'],
  ['half spent', { forecastPence: 50_000 }, 'red', 'red'],
  ['forecast without award', { awardPence: 0, forecastPence: 1 }, 'red', 'red'],
  ['1 of 4 late', { milestonesLate: 1 }, 'amber-green', 'amber'],
  ['2 of 4 late', { milestonesLate: 2 }, 'amber-red', 'red'],
  ['all late', { milestonesLate: 4 }, 'red', 'red'],
  ['2 points behind', { variancePpm: -20_000 }, 'green', 'green'],
  ['11 points behind', { variancePpm: -110_000 }, 'amber', 'amber'],
  ['20 points behind', { variancePpm: -200_000 }, 'red', 'red'],
  ['20 points ahead', { variancePpm: 200_000 }, 'green', 'green'],
  ['the worst counts', { milestonesLate: 1, variancePpm: -200_000 }, 'red', 'red'],
])('%s', (_, change, five, three) => {
  const figures = { ...FINE, ...change };
  expect(confidenceTheFiguresSay({ ...figures, points: FIVE }).rating).toBe(five);
  expect(confidenceTheFiguresSay({ ...figures, points: THREE }).rating).toBe(three);
});

test('it says why', () =>
  expect(
    confidenceTheFiguresSay({
      ...FINE,
      forecastPence: 80_000,
      milestonesLate: 3,
      variancePpm: -65_000,
      points: FIVE,
    }).because,
  ).toEqual([
    'the forecast of £800 is under the award of £1,000',
    '3 of 4 milestones are later than their baseline',
    'progress is 6.5 percentage points behind the plan',
  ]));

test.each<[string, Partial<DeliveryFigures>, number, string[]]>([
  ['nothing', {}, 0, []],
  ['no milestones', { milestonesTotal: 0 }, 0, []],
  ['nothing awarded and nothing forecast', { awardPence: 0, forecastPence: 0 }, 0, []],
  [
    'a penny without award',
    { awardPence: 0, forecastPence: 1 },
    1,
    ['the forecast of £0.01 is over the award of £0'],
  ],
  ['two points behind', { variancePpm: -20_000 }, 0, []],
  ['a little more', { variancePpm: -38_000 }, 0.1, ['progress is 3.8 percentage points behind the plan']],
  [
    'a whole year behind',
    { variancePpm: -1_000_000 },
    1,
    ['progress is 100.0 percentage points behind the plan'],
  ],
  ['no plan', { variancePpm: null }, 0, []],
])('of %s, the position and why', (_, change, position, because) => {
  const said = confidenceTheFiguresSay({ ...FINE, ...change, points: FIVE });
  expect(said.position).toBeCloseTo(position, 12);
  expect(said.because).toEqual(because);
});

test('the thresholds are those of the documentation', () =>
  expect(THRESHOLDS).toEqual({
    spend: { from: 0.05, full: 0.25 },
    milestones: { from: 0, full: 0.75 },
    trajectory: { from: 20_000, full: 200_000 },
  }));

test('a scale without points is refused', () =>
  expect(() => confidenceTheFiguresSay({ ...FINE, points: [] })).toThrow(RangeError));

test('the position is 0 to 1, the rating is on the scale, and one more late milestone never makes it better', () => {
  const figures = fc.record({
    awardPence: fc.nat(1_000_000),
    forecastPence: fc.nat(2_000_000),
    milestonesTotal: fc.integer({ min: 1, max: 20 }),
    milestonesLate: fc.nat(20),
    variancePpm: fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })),
  });
  fc.assert(
    fc.property(figures, fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 7 }), (drawn, points) => {
      const some = {
        ...drawn,
        milestonesLate: Math.min(drawn.milestonesLate, drawn.milestonesTotal - 1),
        points,
      };
      const said = confidenceTheFiguresSay(some);
      expect(said.position).toBeGreaterThanOrEqual(0);
      expect(said.position).toBeLessThanOrEqual(1);
      expect(points).toContain(said.rating);
      expect(said.because.length > 0).toBe(said.position > 0);
      const worse = confidenceTheFiguresSay({ ...some, milestonesLate: some.milestonesLate + 1 });
      expect(worse.index).toBeGreaterThanOrEqual(said.index);
    }),
  );
});
