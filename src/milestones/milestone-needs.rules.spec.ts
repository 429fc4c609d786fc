import { milestoneNeeds } from './milestone-needs.rules.js';

const planned = { state: 'planned' as const, forecastOn: '2018-03-31', actualOn: null, evidence: 0 };
const needs = (over: Partial<Parameters<typeof milestoneNeeds>[0]>, today = '2018-04-01') =>
  milestoneNeeds({ ...planned, ...over }, today).map(({ need }) => need);

test.each([
  ['its forecast is still to come', {}, '2018-03-30', []],
  ['its forecast is today', {}, '2018-03-31', []],
  ['its forecast has passed', {}, '2018-04-01', ['forecast']],
  ['it is under way and its forecast has passed', { state: 'in-progress' }, '2018-04-01', ['forecast']],
  ['it happened, without proof', { actualOn: '2018-03-30' }, '2018-04-01', ['evidence']],
  ['it happened, with proof', { actualOn: '2018-03-30', evidence: 1 }, '2018-04-01', []],
  ['it is claimed, without proof or day', { state: 'claimed-met' }, '2018-04-01', ['forecast', 'evidence']],
  ['it is under review, without proof', { state: 'under-review' }, '2018-03-01', ['evidence']],
  ['it was not met', { state: 'not-met' }, '2018-04-01', ['change-request']],
  ['it was partly met', { state: 'partly-met', evidence: 2 }, '2018-04-01', ['change-request']],
  ['it is met', { state: 'met' }, '2018-04-01', []],
  ['it is waived', { state: 'waived' }, '2018-04-01', []],
  ['it is cancelled', { state: 'cancelled' }, '2018-04-01', []],
] as const)('what a milestone needs where %s', (_, over, today, wanted) => {
  expect(needs(over, today)).toEqual(wanted);
});

test('it says where what is missing is given', () => {
  expect(milestoneNeeds(planned, '2018-04-01')[0]?.message).toBe(
    'Its forecast, 31 March 2018, has passed: give a new forecast or the actual date in the next return.',
  );
});
