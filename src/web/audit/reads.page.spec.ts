import type { AuditReadView } from '../../auditing/reads/audit-read.queries.js';
import { lookedAt, readsFilterOf } from './reads.page.js';

const ID = '01a214a0-63c2-7e31-8b09-f49301fd749d';
const NONE = { person: null, path: null, from: null, to: null };

test.each([
  [{}, NONE],
  [
    { person: ID, path: ' /v1/claims ' },
    { ...NONE, person: ID, path: '/v1/claims' },
  ],
  [
    { from: '2018-03-01', to: '2018-03-31', path: '' },
    { ...NONE, from: '2018-03-01', to: '2018-03-31' },
  ],
])('an address of %j narrows to %j', (query, filter) => expect(readsFilterOf(query)).toEqual(filter));

test.each([{ person: 'Amina' }, { from: '2018-02-30' }, { to: 'soon' }, { path: 'x'.repeat(501) }])(
  'an address of %j is refused',
  (query) => expect(() => readsFilterOf(query)).toThrow('cannot be narrowed down'),
);

const read = (over: Partial<AuditReadView>): AuditReadView => ({
  ...{ id: 'r', person: { id: ID, name: 'Ann' }, at: '', method: 'GET', path: '/money', route: null },
  ...{ asAt: null, asAtNumber: null, status: 200, subject: null, requestId: 'x' },
  ...over,
});
test.each<[Partial<AuditReadView>, string | null]>([
  [{ path: '/claims/1?x=2' }, '/claims/1?x=2'],
  [{ path: '/claims/1', status: 404 }, null],
  [{ path: '/history?actor=[hidden]' }, null],
  [{ path: `/v1/claims/${ID}/evidence`, subject: { table: 'claim', id: ID } }, `/claims/${ID}`],
  [{ path: `/v1/journals/${ID}`, subject: { table: 'journal', id: ID } }, `/history/journal/${ID}`],
  [{ path: '/v1/claims' }, null],
  [{ path: '/v1/programmes/x/money?limit=1', subject: { table: 'programme', id: null } }, '/programmes/x'],
])('what was looked at by %j is found at %p', (over, href) => expect(lookedAt(read(over), true)).toBe(href));

test.each<[Partial<AuditReadView>, string | null]>([
  [{ path: '/findings/new' }, null],
  [{ path: `/claims/${ID}`, subject: { table: 'claim', id: ID } }, `/history/claim/${ID}`],
])('who is no auditor is led from %j to %p', (over, href) => expect(lookedAt(read(over), false)).toBe(href));
