import { awardOf, isBlank, isNotMeasured, measureKey, spendName } from './return-lines.rules.js';

test.each([
  [null, true],
  [undefined, true],
  ['', true],
  [' \n\t', true],
  [' x ', false],
])('%j is blank: %p', (text, blank) => expect(isBlank(text)).toBe(blank));

test.each([
  [0, 0, 'The survey runs in June.', true],
  [0, 0, ' ', false],
  [0, 0, null, false],
  [0, 40, 'None yet.', false],
  [1, 0, 'A slip.', false],
])('%d of %d, note %j, is not measured: %p', (numerator, denominator, note, expected) =>
  expect(isNotMeasured({ targetSet: 's', measure: 'm', numerator, denominator, note })).toBe(expected),
);

test('lines are told apart by year, kind and source, and measures by target set', () => {
  const line = { financialYear: '2017/18', kind: 'capital', source: 'grant' } as const;
  expect(spendName(line)).toBe('2017/18 capital grant');
  expect(spendName(line)).not.toBe(spendName({ ...line, source: 'match' }));
  expect(measureKey({ targetSet: 'a', measure: 'c' })).not.toBe(measureKey({ targetSet: 'b', measure: 'c' }));
  const awards = [
    { financialYear: '2017/18', kind: 'revenue', id: 1 },
    { financialYear: '2017/18', kind: 'capital', id: 2 },
  ] as const;
  expect(awardOf(awards, line)?.id).toBe(2);
  expect(awardOf(awards, { ...line, financialYear: '2018/19' })).toBeUndefined();
});
