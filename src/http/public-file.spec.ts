import { etagOf, isFresh } from './public-file.js';

const etag = etagOf('{"a":1}');
const changed = new Date('2018-07-20T09:30:00.750Z');

test('a tag is of the content', () => {
  expect(etagOf('{"a":1}')).toBe(etag);
  expect(etagOf('{"a":2}')).not.toBe(etag);
});

test.each([
  [{}, false],
  [{ 'if-none-match': '"x"' }, false],
  [{ 'if-none-match': etag }, true],
  [{ 'if-none-match': `W/${etag}` }, true],
  [{ 'if-none-match': `"x", ${etag}` }, true],
  [{ 'if-none-match': '*' }, true],
  [{ 'if-modified-since': 'Fri, 20 Jul 2018 09:30:00 GMT' }, true],
  [{ 'if-modified-since': 'Fri, 20 Jul 2018 09:29:59 GMT' }, false],
  [{ 'if-modified-since': 'yesterday' }, false],
  // The tag decides where both were sent.
  [{ 'if-none-match': '"x"', 'if-modified-since': 'Sat, 21 Jul 2018 09:30:00 GMT' }, false],
])('a copy asked for with %p is good: %p', (headers, fresh) =>
  expect(isFresh(headers, etag, changed)).toBe(fresh),
);

test('without a date of its own, a file is not known by one', () =>
  expect(isFresh({ 'if-modified-since': 'Fri, 20 Jul 2018 09:30:00 GMT' }, etag)).toBe(false));
