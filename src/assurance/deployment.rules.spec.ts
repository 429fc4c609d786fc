import type { Blocker } from '../core/blockers.js';
import { deploymentBlockers, endBlockers } from './deployment.rules.js';

const told = ({ code, pointer }: Blocker) => `${code} at ${pointer}`;

test.each([
  ['on the day of its release', '2018-01-10', []],
  ['the day before', '2018-01-09', ['before-release at /fromOn']],
])('a version is in use from %s', (_, fromOn, codes) =>
  expect(deploymentBlockers({ fromOn, releasedOn: '2018-01-10' }).map(told)).toEqual(codes),
);

test.each([
  ['on its first day', null, '2018-01-10', []],
  ['before it began', null, '2018-01-09', ['ends-before-begin at /toOn']],
  ['a second time', '2018-03-01', '2018-04-01', ['ended-already at /toOn']],
])('a use ends %s', (_, toOn, day, codes) =>
  expect(endBlockers({ fromOn: '2018-01-10', toOn }, day).map(told)).toEqual(codes),
);
