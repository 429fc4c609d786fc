import { acceptedFormat, fileNameOf, isFormat } from './format.rules.js';

test.each([
  [undefined, null],
  ['*/*', null],
  ['application/json', null],
  ['text/html,application/xhtml+xml,*/*;q=0.8', null],
  ['text/csv', 'csv'],
  ['TEXT/CSV; charset=utf-8', 'csv'],
  ['application/x-ndjson', 'ndjson'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['text/csv, */*;q=0.1', 'csv'],
  ['text/csv, application/json', null],
  ['text/csv;q=0.5, application/json;q=0.9', null],
  ['text/csv;q=0.5, application/x-ndjson', 'ndjson'],
  ['text/csv;q=0.5, application/x-ndjson;q=0.4', 'csv'],
  ['text/csv;q=0.5, application/x-ndjson;q=0.6', 'ndjson'],
  ['text/csv;q=1, application/json;q=0.5', 'csv'],
  ['text/csv, application/json;q=1', null],
  ['text/csv;q=0.5, application/*', null],
  ['text/csv;q=0.5, */*', null],
  ['text/csv;q=x, application/x-ndjson;q=0.1', 'ndjson'],
  ['text/csv;q=0', null],
  ['text/csv;q=x', null],
])('Accept: %s asks for %s', (accept, format) => expect(acceptedFormat(accept)).toBe(format));

test.each([
  ['xlsx', true],
  ['pdf', false],
  ['constructor', false],
  [undefined, false],
])('%p is a format: %p', (text, is) => expect(isFormat(text)).toBe(is));

test.each([
  ['/v1/claims', 'claims.csv'],
  ['/v1/programmes/mental-health-exemplars/postings', 'programmes-mental-health-exemplars-postings.csv'],
  ['/v1/programmes/a%22b/x', 'programmes-a-22b-x.csv'],
  [`/v1/${'x'.repeat(151)}`, `${'x'.repeat(150)}.csv`],
])('the file of %s is called %s', (path, name) => expect(fileNameOf(path, 'csv')).toBe(name));
