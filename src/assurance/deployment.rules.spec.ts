import { deploymentBlockers, endBlockers } from './deployment.rules.js';

test.each([
  ['on the day of its release', '2018-01-10', []],
  ['the day before', '2018-01-09', ['before-release']],
])('a version is in use from %s', (_, fromOn, codes) =>
  expect(deploymentBlockers({ fromOn, releasedOn: '2018-01-10' }).map(({ code }) => code)).toEqual(codes),
);

test.each([
  ['on its first day', null, '2018-01-10', []],
  ['before it began', null, '2018-01-09', ['ends-before-begin']],
  ['a second time', '2018-03-01', '2018-04-01', ['ended-already']],
])('a use ends %s', (_, toOn, day, codes) =>
  expect(endBlockers({ fromOn: '2018-01-10', toOn }, day).map(({ code }) => code)).toEqual(codes),
);
