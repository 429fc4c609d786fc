import { addressAsAt, carryDate, momentInWords } from './carried-date.js';

test.each([
  ['2018-03-31', 'the end of 31 March 2018'],
  ['2018-07-20T13:05:59.999999Z', '20 July 2018 at 2:05pm'],
])('%s is, in words, %s', (asked, words) => expect(momentInWords(asked)).toBe(words));

test.each([
  ['/claims', '/claims?asAt=2018-07-20T13%3A05%3A00%2B01%3A00'],
  ['/claims?state=paid', '/claims?state=paid&asAt=2018-07-20T13%3A05%3A00%2B01%3A00'],
])('%s as at a moment is %s', (path, wanted) =>
  expect(addressAsAt(path, '2018-07-20T13:05:00+01:00')).toBe(wanted),
);

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
  ['<a href="/history?actor=O&#39;Hara">', '<a href="/history?actor=O&#39;Hara&amp;asAt=2018-03-31">'],
  [
    '<form method="get" action="/history" class="app-filter" role="search">',
    '<form method="get" action="/history" class="app-filter" role="search"><input type="hidden" name="asAt" value="2018-03-31">',
  ],
  ['<form method="get" action="/history" class="x">', '<form method="get" action="/history" class="x">'],
])('%s becomes %s', (html, wanted) => expect(carryDate(html, '2018-03-31')).toBe(wanted));
