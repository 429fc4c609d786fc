import { demonstrationDay, demonstrationPlan, withDemonstrationDay } from './demonstration-plan.js';

test('the day that is read by itself is the day of the whole file', () => {
  expect(demonstrationDay()).toBe(demonstrationPlan().today);
});

test.each([
  ['nothing is said', {}, demonstrationDay()],
  ['a day is named', { EXEMPLAR_TODAY: '2018-10-31' }, '2018-10-31'],
  ['there is to be no demonstration', { DEMONSTRATION: 'false' }, undefined],
  ['it is in production', { NODE_ENV: 'production' }, undefined],
])('where %s the day is as it ought to be', (_when, environment, day) => {
  expect(withDemonstrationDay(environment).EXEMPLAR_TODAY).toBe(day);
});
