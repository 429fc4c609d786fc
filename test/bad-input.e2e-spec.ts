import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type Cast, castFor, reportId, SLUG } from './support/returns.js';
let app: TestApp; let cast: Cast; let id: string; let admin: string;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  cast = await castFor(app, 'RW4');
  admin = await app.as('administrator');
  await app.app.get(UnitOfWork, { strict: false }).run({ actor: systemActor('test', 'test'), action: 'x' }, (tx) => app.app.get(ReportingService, { strict: false }).openDue(tx));
  id = await reportId(app, cast.lead, 'RW4', '2017/18 Q1');
});
afterAll(() => app?.stop());
const patch = (body: string | Buffer, type = 'application/json') => app.request('patch', `/v1/progress-reports/${id}`, cast.lead).set('If-Match', '"1"').set('Content-Type', type).send(body as never);
const post = (path: string, key: string, body?: string | Buffer, type = 'application/json') => { const r = app.request('post', path, key).set('If-Match', '"1"'); if (body !== undefined) r.set('Content-Type', type).send(body as never); return r; };
test('explore', async () => {
  const out: string[] = [];
  const show = async (name: string, r: any) => { try { const a = await r; out.push(`${name}: ${a.status} ${a.headers['content-type']} ${JSON.stringify(a.body)?.slice(0, 330)}`); } catch (e) { out.push(`${name}: THROWN ${(e as Error).message}`); } };
  const spend = (x: string) => `{"spend":[{"financialYear":"2017/18","kind":"capital","source":"grant","spentToDatePence":${x},"forecastPence":1}]}`;
  for (const [n, b] of Object.entries({
    null: 'null', array: '[]', string: '"a"', number: '1', true: 'true', empty: '', space: '  ', arr1: '[{"spend":[]}]',
    unknown: '{"x":1}', nested: '{"risks":[{"title":"a","likelihood":1,"impact":1,"mitigation":"a","owner":"b","x":1}]}', wrongtype: '{"risks":1}', risksobj: '{"risks":{}}', risksnull: '{"risks":null}', entries: '{"risks":[1,null,[]]}', confnull: '{"confidence":null}', confarr:'{"confidence":[]}',
    neg: spend('-1'), frac: spend('1.5'), huge: spend('1e400'), str: spend('"1"'), big: spend('90000000000001'), nan: spend('NaN'),
    date: '{"milestones":[{"milestone":"a","forecastOn":"2018-02-30","claim":"none"}]}', datet: '{"milestones":[{"milestone":"a","forecastOn":"2018-02-03T00:00:00Z","claim":"none"}]}',
    nul: '{"narrative":[{"section":"progress","text":"a\\u0000b"}]}', lone: '{"narrative":[{"section":"progress","text":"a\\ud800b"}]}', lonekey: '{"a\\ud800":1}', nhs: '{"narrative":[{"section":"progress","text":"patient 943 476 5919 came"}]}', nhskey: '{"9434765919":1}',
    deep: '['.repeat(10000) + ']'.repeat(10000), deepobj: '{"a":'.repeat(10000) + '1' + '}'.repeat(10000), tenmb: JSON.stringify({ risks: 'x'.repeat(10_000_000) }), 
    dup: '{"risks":[],"risks":[]}', dupesc: '{"risks":[],"ri\\u0073ks":[]}', proto: '{"__proto__":{"x":1}}', protod: '{"risks":[{"__proto__":{"x":1}}]}', constructor: '{"constructor":{"prototype":{"x":1}}}', broken: '{"risks":[}', trailing: '{} {}', bom: '\ufeff{}', toString: '{"toString":1}', hasOwn:'{"hasOwnProperty":1,"risks":[]}',
    length: '{"length":1}', many: '{"risks":[' + Array(5000).fill('{}').join(',') + ']}', textnum: '{"narrative":[{"section":"progress","text":1}]}', unknownms: '{"milestones":[{"milestone":"nope/x","claim":"none"}]}', unknownsec: '{"narrative":[{"section":"nope","text":"a"}]}', dupms: '{"narrative":[{"section":"progress","text":"a"},{"section":"progress","text":"b"}]}', unknownmeasure: '{"measurements":[{"targetSet":"x/v1","measure":"y","numerator":1,"denominator":2}]}', unknownline: '{"spend":[{"financialYear":"2050/51","kind":"capital","source":"grant","spentToDatePence":1,"forecastPence":1}]}', unknownscale: '{"confidence":{"scale":"x","rating":"y"}}',
  })) await show('patch ' + n, patch(b));
  await show('patch utf8', patch(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])));
  await show('patch utf8 in text', patch(Buffer.concat([Buffer.from('{"narrative":[{"section":"progress","text":"a'), Buffer.from([0xff]), Buffer.from('"}]}')])));
  for (const t of ['text/plain', 'application/yaml', 'application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'nonsense', 'application/json; charset=utf-16', 'application/merge-patch+json', 'APPLICATION/JSON']) await show('patch type ' + t, patch('{"risks":[]}', t));
  await show('patch nobody', app.request('patch', `/v1/progress-reports/${id}`, cast.lead).set('If-Match', '"1"'));
  for (const m of ['', '3', 'W/"1"', '*', '"1", "2"', '"abc"', '"99999999999999999999"', '"0"', '"2"', '"-1"']) await show('ifmatch ' + m, app.request('patch', `/v1/progress-reports/${id}`, cast.lead).set('If-Match', m).send({ risks: [] }));
  await show('no ifmatch', app.request('patch', `/v1/progress-reports/${id}`, cast.lead).send({ risks: [] }));
  for (const i of ['nope', '00000000-0000-7000-8000-000000000000', '%00', '%zz', '%ff', '..%2f..', 'x'.repeat(300), 'x'.repeat(9000), '1', "'; drop table x"]) for (const p of ['/v1/progress-reports/', '/v1/programmes/', '/v1/organisations/', '/v1/receipts/']) await show(`get ${p}${i.slice(0, 40)}`, app.request('get', `${p}${i}`, cast.lead));
  for (const q of ['limit=0', 'limit=-1', 'limit=abc', 'limit=1e9', 'limit=', 'limit=1.5', 'limit=1&limit=2', 'limit=0x10', 'limit= 5', 'limit=1e1', 'limit[]=1', 'after=x', 'after=', 'after=W10', 'after=' + Buffer.from('["a","b"]').toString('base64url'), 'after=' + Buffer.from('["2018-01-01","00000000-0000-7000-8000-000000000000","x"]').toString('base64url'), 'after=' + 'x'.repeat(600), 'after=a&after=b', 'state=nope', 'overdue=maybe', 'trust=' + '%00', 'period=%00', 'period=%ff', 'period=', 'period=%ED%A0%80', 'x=1', '__proto__=1', '__proto__[x]=1', 'period[a]=1', 'period=' + 'x'.repeat(30), 'period=a&period=b', 'constructor=1', 'toString=1', 'hasOwnProperty=1'])
    for (const p of ['progress-reports', 'progress', 'milestones', 'measurements', 'projects']) await show(`get ${p}?${q.slice(0, 60)}`, app.request('get', `/v1/programmes/${SLUG}/${p}?${q}`, cast.manager));
  for (const q of ['limit=0', 'after=' + Buffer.from('[1e400]').toString('base64url'), 'after=' + Buffer.from('[9007199254740993]').toString('base64url'), 'after=' + Buffer.from('["\\u0000"]').toString('base64url'), 'after=' + Buffer.from('["\\ud800"]').toString('base64url'), 'table=%00', 'subject=x', 'action=%00', 'table=x;drop'])
    for (const p of ['organisations', 'programmes', 'log-entries', 'api-keys', 'jobs']) await show(`get ${p}?${q.slice(0, 60)}`, app.request('get', `/v1/${p}?${q}`, p === 'jobs' || p === 'api-keys' ? admin : cast.manager));
  for (const m of ['get', 'put', 'delete', 'patch', 'post'] as const) await show(`${m} /v1/me`, app.request(m, '/v1/me', cast.lead));
  for (const m of ['put', 'delete', 'post'] as const) await show(`${m} report`, app.request(m, `/v1/progress-reports/${id}`, cast.lead).send({}));
  await show('nothing', app.request('get', '/v1/nothing', cast.lead)); await show('root', app.request('get', '/'));
  await show('post cert body', post(`/v1/progress-reports/${id}/certification`, cast.director, '{"x":1}'));
  await show('post submission early', post(`/v1/progress-reports/${id}/submission`, cast.lead));
  for (const b of ['null', '[]', '{}', '{"answer":""}', '{"answer":"a","x":1}']) await show('answer ' + b, post(`/v1/progress-reports/${id}/queries/00000000-0000-7000-8000-000000000000/answer`, cast.lead, b));
  for (const b of [undefined, 'null', '[]', '{}', '{"questions":[]}', '{"questions":[null]}', '{"questions":[{"section":"x","question":"y"}]}', '{"questions":[{"section":"spend","question":"  "}]}']) await show('queries ' + b, post(`/v1/progress-reports/${id}/queries`, cast.assessor, b));
  for (const b of [undefined, 'null', '[]', '{"reason":1}', '{"reason":null}', '{"x":1}']) await show('accept ' + b, post(`/v1/progress-reports/${id}/acceptance`, cast.assessor, b));
  for (const b of [undefined, 'null', '[]', '{}', '{"reason":1}']) await show('correct ' + b, post(`/v1/progress-reports/${id}/correction`, cast.lead, b));
  for (const b of [undefined, 'null', '[]', '{}', '{"name":"a","role":"x","label":"b","days":1}', '{"name":"a","role":"trust-lead","label":"b","days":1}', '{"name":"a","role":"auditor","trust":"RW4","label":"b","days":1}', '{"name":"a","role":"trust-lead","trust":"ZZ9","label":"b","days":1}', '{"name":"a","role":"trust-lead","trust":"ZZZ","label":"b","days":367}', '{"name":"a","role":"toString","label":"b","days":1}', '{"name":"a","role":["auditor"],"label":"b","days":1}', '{"name":"  ","role":"auditor","label":"","days":0}']) await show('key ' + b, post('/v1/api-keys', admin, b));
  for (const [b, t] of [[undefined, ''], ['', 'application/yaml'], ['a: [', 'application/yaml'], ['{"programme":{}}', 'application/json'], ['a: 1', 'text/plain'], ['a: &a [1]\nb: *a', 'application/yaml'], ['a\u0000b', 'application/yaml'], ['x'.repeat(1_100_000), 'application/yaml'], ['x'.repeat(1_020_000), 'application/yaml'], ['[]', 'application/yaml'], ['null', 'application/yaml'], ['__proto__: {x: 1}', 'application/yaml'], ['1', 'application/yaml'], ['['.repeat(10000), 'application/yaml'], ['- '.repeat(10000), 'application/yaml']] as const) await show('definition ' + t + ' ' + String(b).slice(0, 20), post('/v1/programme-definitions', admin, b as never, t || undefined));
  await show('yaml utf8', post('/v1/programme-definitions', admin, Buffer.from([0x61, 0x3a, 0x20, 0xff]), 'application/yaml'));
  await show('replay', post('/v1/jobs/00000000-0000-7000-8000-000000000000/replay', admin)); await show('revoke', post('/v1/api-keys/nope/revocation', admin));
  await show('asAt', app.request('get', `/v1/programmes/${SLUG}?asAt=2018`, cast.lead));
  for (const v of ['null', '[]', '{}', '{"numerator":1,"denominator":0}', '{"numerator":1e400,"denominator":1}']) await show('validate ' + v, post('/v1/measurements/00000000-0000-7000-8000-000000000000/validation', cast.assessor, v));
  await show('bad key hdr', app.request('post', '/v1/api-keys', admin).set('Idempotency-Key', '9434765919').send({name:'a',role:'auditor',label:'b',days:1}));
  await show('bad ct len', app.request('post', '/v1/api-keys', admin).set('Content-Type', 'application/json').set('Content-Encoding','gzip').send('{}'));
  (await import('node:fs')).writeFileSync('/tmp/explore.txt', out.join('\n'));
}, 60000);
