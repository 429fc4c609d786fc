import {
  expectedWords,
  partsColumn,
  partsWords,
  percentOf,
  refParts,
  scoreWords,
  sourceWords,
  standingOf,
  targetSetPath,
  varianceWords,
} from './figures.js';

const planned = (variancePoints: number) => ({
  planned: { numerator: 1, denominator: 2, percent: 50, comparableNumerator: 1, variancePoints },
});

test.each([
  [{ numerator: 1_180, denominator: 4_000 }, 29.5, '1,180 of 4,000'],
  [{ numerator: 999, denominator: 1_000 }, 99.9, '999 of 1,000'],
  [{ numerator: 9_999, denominator: 10_000 }, 99.9, '9,999 of 10,000'],
  [{ numerator: 0, denominator: 0 }, null, '0 of 0'],
])('%o is %s, %s', (parts, percent, words) => {
  expect(percentOf(parts)).toBe(percent);
  expect(partsWords(parts)).toBe(words);
});

test.each([
  [{ numerator: 126_710_309, denominator: 252_000_000 }, '126.71 of 252 weighted points'],
  [{ numerator: 0, denominator: 36_000_000 }, '0 of 36 weighted points'],
  // Rounded down, so that nothing reads as reached before it is.
  [{ numerator: 7_999_999, denominator: 8_000_000 }, '7.99 of 8 weighted points'],
  [null, null],
])('the parts of a score %o are %s', (score, words) => expect(scoreWords(score)).toBe(words));

test.each([
  [null, 'Nothing reported'],
  [{ planned: null }, 'No trajectory'],
  [planned(0), 'On trajectory'],
  [planned(3.1), 'On trajectory'],
  [planned(-1.9), 'Slightly behind'],
  [planned(-2), 'Behind'],
])('%o stands: %s', (figure, words) => {
  expect(standingOf(figure).words).toBe(words);
});

test.each([
  [3.1, '3.1 points ahead of plan'],
  [-0.4, '0.4 points behind plan'],
  [0, 'as planned'],
])('%s points are %s', (variancePoints, words) => {
  expect(varianceWords(planned(variancePoints).planned)).toBe(words);
});

test('an expected day says whether it is in time', () => {
  const reach = { expectedOn: '2020-01-31', outcome: 'on-trend' } as never;
  expect(expectedWords(reach)).toBe('31 January 2020, in time');
  expect(expectedWords({ expectedOn: null, outcome: 'not-on-this-trend' } as never)).toBe(
    'Not on this trend',
  );
});

test('a fact names its source, or says that it is assumed', () => {
  const source = { title: 'Announcement', reference: 'x', dated: '2017-04' };
  expect(sourceWords({ source, assumed: null })).toEqual({
    words: 'Announcement (2017-04)',
    assumed: false,
  });
  expect(sourceWords({ source: null, assumed: 'a straight line' })).toEqual({
    words: 'Assumed: a straight line',
    assumed: true,
  });
});

test('a cell of nothing has no link and no note', () => {
  const column = partsColumn<{ id: string; value: null }>('Value', (row) => row.value, {
    href: ({ id }) => `/measurements/${id}`,
  });
  expect(column.cell({ id: '1', value: null })).toEqual({ value: null, note: undefined });
});

test('a target set has an address of its version', () => {
  expect(refParts('exemplar-aims/v2')).toEqual({ code: 'exemplar-aims', version: 2 });
  expect(targetSetPath('p', 'exemplar-aims/v2')).toBe('/programmes/p/targets/exemplar-aims?version=2');
});
