import fc from 'fast-check';
import { told } from '../../test/support/assessed-return.js';
import { assess } from './assessment.rules.js';
import { RETURN_SECTIONS, type ReturnContent } from './return-content.js';

const note = fc.option(fc.constantFrom('', 'A note.'));
const amount = fc.nat(3000);
const on = fc.option(fc.constantFrom('2016-01-01', '2018-03-31', '2018-04-20', '2018-05-01', '2021-01-01'));
const anyContent: fc.Arbitrary<ReturnContent> = fc.record({
  milestones: fc.array(
    fc.record({
      milestone: fc.constantFrom('go-live', 'unknown'),
      forecastOn: on,
      actualOn: on,
      claim: fc.constantFrom('none' as const, 'started' as const, 'met' as const),
      delayReason: fc.option(fc.constantFrom('supplier', 'weather')),
      note,
    }),
    { maxLength: 3 },
  ),
  spend: fc.array(
    fc.record({
      financialYear: fc.constantFrom('2016/17', '2017/18', '2020/21', 'never'),
      kind: fc.constantFrom('capital' as const, 'revenue' as const),
      source: fc.constantFrom('grant' as const, 'match' as const),
      spentToDatePence: amount,
      forecastPence: amount,
      note,
    }),
    { maxLength: 4 },
  ),
  measurements: fc.array(
    fc.record({
      targetSet: fc.constant('universal'),
      measure: fc.constantFrom('a', 'b'),
      numerator: fc.nat(9),
      denominator: fc.nat(9),
      note,
    }),
    { maxLength: 3 },
  ),
  risks: fc.constant([]),
  narrative: fc.array(fc.record({ section: fc.constant('progress'), text: fc.string() }), { maxLength: 2 }),
  confidence: fc.option(
    fc.record({
      scale: fc.constantFrom('three', 'five'),
      rating: fc.constantFrom('green', 'red', 'blue'),
      reason: note,
    }),
  ),
});

/** Whether a JSON Pointer leads somewhere in a value. */
function leads(value: unknown, pointer: string): boolean {
  return pointer
    .split('/')
    .slice(1)
    .every((part) => {
      if (typeof value !== 'object' || value === null || !(part in value)) return false;
      value = (value as Record<string, unknown>)[part];
      return true;
    });
}

test('whatever a return says, every finding has a place in it, a section and words', () => {
  fc.assert(
    fc.property(anyContent, fc.option(anyContent), (content, previous) => {
      for (const finding of assess(told(content, { previous }))) {
        expect(leads(content, finding.place)).toBe(true);
        expect(RETURN_SECTIONS).toContain(finding.section);
        expect(finding.message).toMatch(/^["A-Z0-9£].*\.$/);
        expect(finding.message).not.toMatch(/undefined|null|NaN/);
      }
    }),
    { numRuns: 500 },
  );
});

test('the same return always gets the same findings, and assessing it changes nothing', () => {
  fc.assert(
    fc.property(anyContent, fc.option(anyContent), (content, previous) => {
      const input = told(content, { previous });
      const before = structuredClone(input);
      expect(assess(input)).toEqual(assess(before));
      expect(input).toEqual(before);
    }),
  );
});
