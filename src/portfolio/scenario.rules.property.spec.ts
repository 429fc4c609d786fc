import fc from 'fast-check';
import { addDays } from '../core/calendar.js';
import { type Pence, sumPence } from '../core/money.js';
import { scenarioOf } from './scenario.rules.js';
import type { ScenarioFacts, ScenarioResult } from './scenario.types.js';

const YEARS = ['2018/19', '2019/20', '2020/21', '2021/22'];
const trust = (number: number) => ({ odsCode: `T${number}`, name: `Trust ${number}` });
const day = fc.integer({ min: -200, max: 1_400 }).map((days) => addDays('2018-07-20', days));
const trustNumber = fc.integer({ min: 1, max: 3 });

/** Any programme: what its years have, what its tranches ask for, and what waits for them. */
const facts: fc.Arbitrary<ScenarioFacts> = fc
  .record({
    years: fc.tuple(...YEARS.map(() => fc.record({ drawn: fc.nat(50), undrawn: fc.nat(300) }))),
    tranches: fc.array(
      fc.record({
        trustNumber,
        expectedOn: day,
        remainingPence: fc.integer({ min: 1, max: 120 }),
        first: fc.nat(9),
        count: fc.nat(3),
      }),
      { maxLength: 12 },
    ),
    milestones: fc.array(
      fc.record({
        trustNumber,
        forecastOn: day,
        kind: fc.constantFrom('build', 'go-live'),
        project: fc.nat(2),
      }),
      { maxLength: 10 },
    ),
  })
  .map(({ years, tranches, milestones }) => ({
    asOn: '2018-07-20',
    years: years.map(({ drawn, undrawn }, i) => ({
      ...{ year: YEARS[i] as string, allocatedPence: drawn + undrawn, undrawnPence: undrawn },
    })),
    tranches: tranches.map(({ trustNumber: number, first, count, ...rest }, i) => ({
      ...{ id: `t${i}`, agreement: { id: `a${number}`, reference: `AGR-${number}` }, trust: trust(number) },
      ...{
        number: i + 1,
        name: `Part ${i}`,
        milestones: milestones.slice(first, first + count).map((_, j) => `m${first + j}`),
      },
      ...rest,
    })),
    milestones: milestones.map(({ trustNumber: number, project, ...rest }, i) => ({
      ...{
        id: `m${i}`,
        code: `p/m${i}`,
        name: `m${i}`,
        projectId: `p${number}${project}`,
        trust: trust(number),
      },
      ...rest,
    })),
    targetSets: [
      {
        ref: 's/v1',
        name: 's',
        targetOn: '2020-03-31',
        measures: [
          { code: 'a', level: 'trust' },
          { code: 'b', level: 'project' },
        ],
      },
    ],
  }));

const year = fc.constantFrom(...YEARS);
const cut = (financialYear: string, amountPence: Pence) => ({
  financialYear,
  cut: { basisPoints: null, amountPence },
});
const run = (of: ScenarioFacts, financialYear: string, pence: Pence): ScenarioResult =>
  scenarioOf(cut(financialYear, pence), of);

test('kept, moved and unfunded add up to what was asked for, of each tranche and of all; and the cut adds up too', () =>
  fc.assert(
    fc.property(facts, year, fc.nat(600), (of, financialYear, pence) => {
      const { totals, tranches, years } = run(of, financialYear, pence);
      for (const { askedPence, keptPence, movedPence, unfundedPence, moved } of tranches) {
        expect(keptPence + movedPence + unfundedPence).toBe(askedPence);
        expect(Math.min(keptPence, movedPence, unfundedPence)).toBeGreaterThanOrEqual(0);
        expect(sumPence(moved.map(({ amountPence }) => amountPence))).toBe(movedPence);
      }
      expect(totals.keptPence + totals.movedPence + totals.unfundedPence).toBe(totals.askedPence);
      expect(totals.sparePence + totals.askedPence - totals.keptPence + totals.beyondPence).toBe(pence);
      // No year pays more than it has, unless its own tranches asked for more before.
      for (const { paidPence, undrawnPence, askedPence, cutPence } of years)
        expect(paidPence).toBeLessThanOrEqual(Math.max(undrawnPence, askedPence) - cutPence);
    }),
  ));

test('nothing is earlier than before, and nothing that asked for nothing in the year is touched', () =>
  fc.assert(
    fc.property(facts, year, fc.nat(600), (of, financialYear, pence) => {
      const { tranches, milestones, targets } = run(of, financialYear, pence);
      for (const { beforeOn, afterOn } of [...tranches, ...milestones, ...targets])
        if (afterOn !== null) expect(afterOn >= beforeOn).toBe(true);
      for (const { lateBefore, lateAfter } of targets) expect(lateAfter || !lateBefore).toBe(true);
      const paid = new Set(
        tranches.filter(({ beforeOn, afterOn }) => beforeOn !== afterOn).flatMap((each) => each.milestones),
      );
      for (const { id } of milestones) expect(paid.has(id)).toBe(true);
    }),
  ));

test('a cut of nothing moves nothing', () =>
  fc.assert(
    fc.property(facts, year, (of, financialYear) => {
      const { totals, tranches, milestones, targets } = run(of, financialYear, 0);
      expect(
        tranches.every(
          ({ keptPence, askedPence, afterOn, beforeOn }) => keptPence === askedPence && afterOn === beforeOn,
        ),
      ).toBe(true);
      expect([totals.movedPence, totals.unfundedPence, milestones, targets]).toEqual([0, 0, [], []]);
    }),
  ));

test('a larger cut never keeps more, and never pays or delivers anything earlier', () =>
  fc.assert(
    fc.property(facts, year, fc.nat(400), fc.nat(200), (of, financialYear, pence, more) => {
      const [small, large] = [run(of, financialYear, pence), run(of, financialYear, pence + more)];
      const after = (on: string | null | undefined) => on ?? '9999';
      for (const [i, tranche] of large.tranches.entries()) {
        const before = small.tranches[i];
        expect(before?.id).toBe(tranche.id);
        expect(tranche.keptPence).toBeLessThanOrEqual(before?.keptPence ?? 0);
        expect(after(tranche.afterOn) >= after(before?.afterOn)).toBe(true);
      }
      for (const { id, afterOn } of small.milestones) {
        const then = large.milestones.find((each) => each.id === id);
        expect(then !== undefined && after(then.afterOn) >= after(afterOn)).toBe(true);
      }
      expect(large.totals.unfundedPence).toBeGreaterThanOrEqual(small.totals.unfundedPence);
    }),
  ));
