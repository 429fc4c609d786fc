import { listAddress, rangeIn } from './export.rules.js';

test.each([
  ['/v1/claims', '/v1/claims'],
  ['/v1/programmes/x/postings?trust=RW4', '/v1/programmes/x/postings?trust=RW4'],
  ['/v1/claims?asAt=2018-03-31', '/v1/claims?asAt=2018-03-31'],
  ['/v1/a/../claims', '/v1/claims'],
  ['/v1/../tasks', null],
  ['/v1/%2e%2e/tasks', null],
  ['//elsewhere.example/v1/x', null],
  ['http://elsewhere.example/v1/x', null],
  ['/tasks', null],
  ['/v1/claims?limit=3', null],
  ['/v1/claims?format=csv', null],
  ['/v1/claims?after=x', null],
  ['/v1/claims?skip=3', null],
  ['/v1/claims#x', null],
  ['/v1/cl aims', null],
  [`/v1/${'x'.repeat(1_996)}`, `/v1/${'x'.repeat(1_996)}`],
  [`/v1/${'x'.repeat(1_997)}`, null],
])('%s is the list %s', (text, address) => expect(listAddress(text)).toBe(address));

const FILE = { size: 100, etag: '"abc"' };
test.each<[string | undefined, string | undefined, ReturnType<typeof rangeIn>]>([
  [undefined, undefined, null],
  ['bytes=0-', undefined, { from: 0, to: 99 }],
  ['bytes=10-19', undefined, { from: 10, to: 19 }],
  ['bytes=10-10', undefined, { from: 10, to: 10 }],
  ['bytes=90-200', undefined, { from: 90, to: 99 }],
  ['bytes=-10', undefined, { from: 90, to: 99 }],
  ['bytes=-200', undefined, { from: 0, to: 99 }],
  ['bytes=-0', undefined, 'none'],
  ['bytes=100-', undefined, 'none'],
  ['bytes=20-10', undefined, null],
  ['bytes=-', undefined, null],
  ['bytes=0-1,3-4', undefined, null],
  ['rows=0-1', undefined, null],
  ['bytes=x-', undefined, null],
  ['bytes=10-', '"abc"', { from: 10, to: 99 }],
  ['bytes=10-', '"other"', null],
  ['bytes=10-', 'W/"abc"', null],
])('Range: %s with If-Range: %s is %j', (header, ifRange, range) =>
  expect(rangeIn(header, ifRange, FILE)).toEqual(range),
);
