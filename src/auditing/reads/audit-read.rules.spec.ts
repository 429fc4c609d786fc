import { auditedPath, HIDDEN, subjectOf } from './audit-read.rules.js';

const ID = '01a214a0-63c2-7e31-8b09-f49301fd749d';

test.each([
  ['/v1/claims', '/v1/claims'],
  ['/v1/claims?state=paid&limit=5', '/v1/claims?state=paid&limit=5'],
  ['/programmes/x/money?asAt=2018-03-31T00:00:00Z', '/programmes/x/money?asAt=2018-03-31T00%3A00%3A00Z'],
  ['/somewhere?code=abc&_csrf=def', `/somewhere?code=${HIDDEN}&_csrf=${HIDDEN}`],
  ['/v1/me?access_token=abc&API-Key=def', `/v1/me?access_token=${HIDDEN}&API-Key=${HIDDEN}`],
  [`/v1/claims?x=exm_${'a'.repeat(43)}`, `/v1/claims?x=${HIDDEN}`],
  [`/v1/claims/exm_${'a'.repeat(43)}`, `/v1/claims/${HIDDEN}`],
  ['/history?actor=Amina%20Hussain', `/history?actor=${HIDDEN}`],
  ['/v1/audit/reads?person=Amina', '/v1/audit/reads?person=[hidden]'],
  ['/v1/people?name=Amina', `/v1/people?name=${HIDDEN}`],
  [`/v1/audit/reads?person=${ID}`, `/v1/audit/reads?person=${ID}`],
  ['/v1/claims?x=9434765919', `/v1/claims?x=${HIDDEN}`],
  ['/v1/claims?9434765919=x', `/v1/claims?${HIDDEN}=${HIDDEN}`],
  ['/v1/claims/943%20476%205919', `/v1/claims/${HIDDEN}`],
  ['/v1/claims?mail=a@b.example', `/v1/claims?mail=${HIDDEN}`],
  ['/v1/claims?%00=%ff&a=b?c', '/v1/claims?%00=%EF%BF%BD&a=b%3Fc'],
  ['/v1/%E0%A4%A', '/v1/%E0%A4%A'],
])('%s is kept as %s', (url, path) => expect(auditedPath(url)).toBe(path));

test('a path is kept as far as a thousand characters', () =>
  expect(auditedPath(`/v1/claims?x=${'y'.repeat(5_000)}`)).toHaveLength(1_000));

test.each([
  ['/v1/claims/:id', { id: ID }, { table: 'claim', id: ID }],
  ['/v1/claims/:id/evidence', { id: ID }, { table: 'claim', id: ID }],
  ['/returns/:id/versions', { id: ID }, { table: 'progress_report', id: ID }],
  ['/v1/claims/:id', { id: 'x' }, { table: 'claim', id: null }],
  ['/history/:table/:id', { table: 'posting', id: ID }, { table: 'posting', id: ID }],
  ['/history/:table/:id', { table: "x'; drop", id: ID }, null],
  ['/v1/programmes/:slug/money', { slug: 'x' }, { table: 'programme', id: null }],
  ['/v1/log-entries', {}, null],
  [null, {}, null],
])('%s with %j is about %j', (route, params, subject) => expect(subjectOf(route, params)).toEqual(subject));
