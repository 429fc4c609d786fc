import type { Finding } from './assessment-input.js';
import { placeIn, standingFindings } from './finding-places.rules.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

const line = { forecastOn: null, actualOn: null, claim: 'none', delayReason: null, note: null } as const;
const spend = {
  kind: 'capital',
  source: 'grant',
  spentToDatePence: 0,
  forecastPence: 0,
  note: null,
} as const;
const before = {
  ...EMPTY_CONTENT,
  milestones: [
    { ...line, milestone: 'a/first' },
    { ...line, milestone: 'a/second' },
  ],
  spend: [{ ...spend, financialYear: '2017/18' }],
};
const after = { ...before, milestones: [{ ...line, milestone: 'a/second' }], spend: [] };

test.each([
  ['/milestones/1/forecastOn', '/milestones/0/forecastOn'],
  ['/milestones/1', '/milestones/0'],
  ['/milestones/0/claim', '/milestones'],
  ['/spend/0/forecastPence', '/spend'],
  ['/spend/7/forecastPence', '/spend'],
  ['/spend', '/spend'],
  ['/confidence/rating', '/confidence/rating'],
  ['', ''],
])('%s of one version is %s of the next', (place, expected) =>
  expect(placeIn(place, before, after)).toBe(expected),
);

const finding: Finding = {
  code: 'x',
  severity: 'warning',
  section: 'milestones',
  place: '/milestones/1/forecastOn',
  message: 'Late.',
};

test('what was found last stands beside what is being mended', () => {
  const assessed = { content: before, assessment: 'finished', findings: [finding] };
  const draft = { content: after, assessment: null, findings: [] };
  expect(standingFindings([draft, assessed])).toEqual([{ ...finding, place: '/milestones/0/forecastOn' }]);
  expect(standingFindings([assessed])).toEqual([finding]);
  expect(standingFindings([draft])).toEqual([]);
  expect(standingFindings([])).toEqual([]);
});
