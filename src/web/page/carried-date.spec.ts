import { asAtOf, carryDate } from './carried-date.js';

test.each([
  [{ asAt: '2018-03-31' }, '2018-03-31'],
  [{ asAt: '' }, null],
  [{}, null],
  [undefined, null],
  [{ asAt: '2018-02-30' }, undefined],
  [{ asAt: ['2018-03-31', '2018-03-31'] }, undefined],
])('%p asks for %p', (query, on) => expect(asAtOf(query)).toBe(on));

test.each([
  ['<a href="/claims">', '<a href="/claims?asAt=2018-03-31">'],
  [
    '<a class="x" href="/claims?state=paid#top">',
    '<a class="x" href="/claims?state=paid&amp;asAt=2018-03-31#top">',
  ],
  ['<a href="/claims?asAt=2017-01-01">', '<a href="/claims?asAt=2017-01-01">'],
  ['<a href="#top">', '<a href="#top">'],
  ['<a href="//elsewhere.example/x">', '<a href="//elsewhere.example/x">'],
  ['<a href="https://elsewhere.example/x">', '<a href="https://elsewhere.example/x">'],
  ['<a href="/sign-in">', '<a href="/sign-in">'],
  ['<link href="/assets/x.css">', '<link href="/assets/x.css">'],
])('%s becomes %s', (html, wanted) => expect(carryDate(html, '2018-03-31')).toBe(wanted));
