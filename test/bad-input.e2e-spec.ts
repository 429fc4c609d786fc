import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import pg from 'pg';
import type supertest from 'supertest';
import { stringify } from 'yaml';
import { systemActor } from '../src/core/actor.js';
import { ReadScope } from '../src/database/read-scope.js';
import type { Sql } from '../src/database/sql.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { type Method, startTestApp, type TestApp } from './support/app.js';
import { type Change, changedDefinition } from './support/changed-definition.js';
import { rowCounts } from './support/counts.js';
import { type Cast, castFor, eventually, reportId, SLUG } from './support/returns.js';
import { NOBODYS } from './support/routes.js';

/** Digits that hold the check of an NHS number; reserved for tests, and nobody's. */
const NHS_NUMBER = '943 476 5919';
const QUARTER = '2017/18 Q1';

let app: TestApp;
let cast: Cast;
let stranger: Cast;
let admin: string;
let own: string;
let others: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  [cast, stranger, admin] = await Promise.all([
    castFor(app, 'RW4'),
    castFor(app, 'RXT'),
    app.as('administrator'),
  ]);
  const reporting = app.app.get(ReportingService, { strict: false });
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'reporting-period.open' }, (tx) =>
      reporting.openDue(tx),
    );
  own = await reportId(app, cast.lead, 'RW4', QUARTER);
  others = await reportId(app, stranger.lead, 'RXT', QUARTER);
}, 30_000);
afterAll(() => app?.stop());

type Asked = supertest.Test;
interface Refused {
  status: number;
  code: string;
  /** The place of the first fault, where the refusal has one. */
  pointer?: string;
}

/** Asks, and checks that it is refused as a problem of this status, code and place, and that nothing was stored. */
async function refused(
  ask: () => Asked,
  { status, code, pointer }: Refused,
): Promise<Record<string, unknown>> {
  const before = await rowCounts(app.database);
  const answer = await ask();
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toMatchObject({
    type: expect.stringContaining(code),
    title: expect.any(String),
    detail: expect.any(String),
    status,
    instance: `urn:request:${answer.headers['x-request-id']}`,
  });
  expect(answer.text).not.toMatch(/node_modules|\.(ts|js):\d+|stack/);
  if (pointer !== undefined)
    expect(answer.body.errors?.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
  expect(await rowCounts(app.database)).toEqual(before);
  return answer.body;
}

/** Saves raw bytes over the trust's own return. */
const saving =
  (body: string | Buffer, type = 'application/json') =>
  (): Asked => {
    const request = app
      .request('patch', `/v1/progress-reports/${own}`, cast.lead)
      .set('If-Match', '"1"')
      .set('Content-Type', type);
    // As they are: the client would write a Buffer as JSON.
    return typeof body === 'string' ? request.send(body) : request.serialize(() => body as never).send(body);
  };

const asking = (method: Method, path: () => string, key: () => string, body?: object) => (): Asked => {
  const request = app.request(method, path(), key());
  return body === undefined ? request : request.send(body);
};

const spend = (pence: string): string =>
  `{"spend":[{"financialYear":"2017/18","kind":"capital","source":"grant","spentToDatePence":${pence},"forecastPence":1}]}`;
const dated = (day: string): string =>
  `{"milestones":[{"milestone":"a/b","forecastOn":${day},"claim":"none"}]}`;
const narrative = (text: string): string => `{"narrative":[{"section":"progress","text":"${text}"}]}`;
const deep = (open: string, close: string): string => open.repeat(10_000) + close.repeat(10_000);

const SPENT = '/spend/0/spentToDatePence';
const TEXT = '/narrative/0/text';

describe('a body', () => {
  test.each<[string, string, Refused]>([
    ['with an unknown field', '{"x":1}', { status: 400, code: 'invalid', pointer: '/x' }],
    [
      'with an unknown field within',
      '{"risks":[{"title":"a","likelihood":1,"impact":1,"mitigation":"a","owner":"b","x":1}]}',
      { status: 400, code: 'invalid', pointer: '/risks/0/x' },
    ],
    [
      'with a field that every object has',
      '{"toString":1}',
      { status: 400, code: 'invalid', pointer: '/toString' },
    ],
    ['with __proto__', '{"__proto__":{"x":1}}', { status: 400, code: 'invalid', pointer: '/__proto__' }],
    [
      'with __proto__ within',
      '{"risks":[{"__proto__":{"x":1}}]}',
      { status: 400, code: 'invalid', pointer: '/risks/0/__proto__' },
    ],
    [
      'with constructor',
      '{"constructor":{"prototype":{}}}',
      { status: 400, code: 'invalid', pointer: '/constructor' },
    ],
    ['with a field twice', '{"risks":[],"risks":[]}', { status: 400, code: 'name-twice', pointer: '/risks' }],
    [
      'with a field twice, once escaped',
      '{"risks":[],"ri\\u0073ks":[]}',
      { status: 400, code: 'name-twice', pointer: '/risks' },
    ],
    ['that is null', 'null', { status: 400, code: 'invalid', pointer: '' }],
    ['that is a list', '[{"risks":[]}]', { status: 400, code: 'invalid', pointer: '' }],
    ['that is a text', '"a"', { status: 400, code: 'invalid', pointer: '' }],
    ['that is a number', '1', { status: 400, code: 'invalid', pointer: '' }],
    ['that is empty', '', { status: 400, code: 'body-missing' }],
    ['that is blank', ' \n', { status: 400, code: 'body-missing' }],
    ['with a number for a list', '{"risks":1}', { status: 400, code: 'invalid', pointer: '/risks' }],
    ['with null for a list', '{"risks":null}', { status: 400, code: 'invalid', pointer: '/risks' }],
    ['with a list of no things', '{"risks":[1]}', { status: 400, code: 'invalid', pointer: '/risks' }],
    [
      'with a list for a thing',
      '{"confidence":[]}',
      { status: 400, code: 'invalid', pointer: '/confidence' },
    ],
    [
      'with a number for a text',
      '{"narrative":[{"section":"progress","text":1}]}',
      { status: 400, code: 'invalid', pointer: TEXT },
    ],
    ['with a text for pence', spend('"1"'), { status: 400, code: 'invalid', pointer: SPENT }],
    ['with negative pence', spend('-1'), { status: 400, code: 'invalid', pointer: SPENT }],
    ['with fractional pence', spend('1.5'), { status: 400, code: 'invalid', pointer: SPENT }],
    ['with 1e400 pence', spend('1e400'), { status: 400, code: 'invalid', pointer: SPENT }],
    [
      'with more pence than there are',
      spend('9000000000001'),
      { status: 400, code: 'invalid', pointer: SPENT },
    ],
    ['with NaN', spend('NaN'), { status: 400, code: 'json-unreadable' }],
    [
      'with 30 February',
      dated('"2018-02-30"'),
      { status: 400, code: 'invalid', pointer: '/milestones/0/forecastOn' },
    ],
    [
      'with an instant for a day',
      dated('"2018-02-03T00:00:00Z"'),
      { status: 400, code: 'invalid', pointer: '/milestones/0/forecastOn' },
    ],
    [
      'with a year for a day',
      dated('2018'),
      { status: 400, code: 'invalid', pointer: '/milestones/0/forecastOn' },
    ],
    ['with NUL', narrative('a\\u0000b'), { status: 400, code: 'nul-character', pointer: TEXT }],
    ['with a lone surrogate', narrative('a\\ud800b'), { status: 400, code: 'lone-surrogate', pointer: TEXT }],
    [
      'with a lone surrogate in a name',
      '{"a\\ud800":1}',
      { status: 400, code: 'lone-surrogate', pointer: '' },
    ],
    [
      'with an NHS number',
      narrative(`Patient ${NHS_NUMBER} came`),
      { status: 400, code: 'nhs-number', pointer: TEXT },
    ],
    ['with an NHS number as a name', `{"${NHS_NUMBER}":1}`, { status: 400, code: 'nhs-number', pointer: '' }],
    ['with 10,000 lists in each other', deep('[', ']'), { status: 400, code: 'nested-too-deep' }],
    [
      'with 10,000 things in each other',
      deep('{"a":', '}').replace('{"a":}', '1'),
      { status: 400, code: 'nested-too-deep' },
    ],
    ['of 10 MB', `{"risks":"${'x'.repeat(10_000_000)}"}`, { status: 413, code: 'body-too-large' }],
    [
      'with more risks than there may be',
      `{"risks":[${Array(5_000).fill('{}').join()}]}`,
      { status: 400, code: 'invalid', pointer: '/risks' },
    ],
    ['that is broken', '{"risks":[}', { status: 400, code: 'json-unreadable' }],
    ['that goes on after its end', '{} {}', { status: 400, code: 'json-unreadable' }],
  ])('%s', async (_, body, expected) => {
    await refused(saving(body), expected);
  });

  test('in bytes that are not UTF-8', async () => {
    const [before, after] = narrative('|').split('|') as [string, string];
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
    await refused(saving(bytes), { status: 400, code: 'not-utf-8' });
  });

  test.each<[string, string]>([
    ['text/plain', 'unsupported-media-type'],
    ['application/yaml', 'unsupported-media-type'],
    ['application/xml', 'unsupported-media-type'],
    ['application/x-www-form-urlencoded', 'unsupported-media-type'],
    ['nonsense', 'unsupported-media-type'],
    ['application/json; charset=utf-16', 'unsupported-media-type'],
  ])('as %s', async (type, code) => {
    await refused(saving('{"risks":[]}', type), { status: 415, code });
  });

  test('that is not there', async () => {
    await refused(
      () => app.request('patch', `/v1/progress-reports/${own}`, cast.lead).set('If-Match', '"1"'),
      {
        status: 400,
        code: 'body-missing',
      },
    );
  });

  test('where none is read', async () => {
    await refused(
      () =>
        app
          .request('post', `/v1/progress-reports/${own}/certification`, cast.director)
          .set('If-Match', '"1"')
          .send({ x: 1 }),
      { status: 400, code: 'invalid', pointer: '/x' },
    );
  });

  test('without what it needs', async () => {
    const { errors } = await refused(
      asking(
        'post',
        () => '/v1/api-keys',
        () => admin,
        {},
      ),
      {
        status: 400,
        code: 'invalid',
      },
    );
    expect(
      (errors as Array<{ code: string; pointer: string }>).map((each) => `${each.code} ${each.pointer}`),
    ).toEqual(['missing /name', 'missing /role', 'missing /label', 'missing /days']);
  });

  test('of questions without one, and with a blank one', async () => {
    const queries = (questions: object[]) => () =>
      app
        .request('post', `/v1/progress-reports/${own}/queries`, cast.assessor)
        .set('If-Match', '"1"')
        .send({ questions });
    await refused(queries([]), { status: 400, code: 'invalid', pointer: '/questions' });
    await refused(queries([{ section: 'spend', question: ' ' }]), {
      status: 400,
      code: 'invalid',
      pointer: '/questions/0/question',
    });
  });
});

describe('an id', () => {
  test.each<[string, string]>([
    ['that nothing has', NOBODYS],
    ['that is no UUID', 'nope'],
    ['that would break out of SQL', encodeURIComponent("'; drop table progress_report; --")],
    ['with NUL', '%00'],
    ['of dots and slashes', '..%2f..%2fetc%2fpasswd'],
  ])('%s', async (_, id) => {
    for (const path of ['progress-reports', 'measurements', 'milestones', 'receipts', 'evidence'])
      await refused(
        asking(
          'get',
          () => `/v1/${path}/${id}`,
          () => cast.lead,
        ),
        { status: 404, code: 'not-found' },
      );
    for (const noun of ['certification', 'submission'])
      await refused(
        asking(
          'post',
          () => `/v1/progress-reports/${id}/${noun}`,
          () => cast.director,
        ).bind(null),
        {
          status: 404,
          code: 'not-found',
        },
      );
  });

  test.each(['programmes', 'organisations'])('of %s that nobody has', async (path) => {
    await refused(
      asking(
        'get',
        () => `/v1/${path}/nope`,
        () => cast.lead,
      ),
      { status: 404, code: 'not-found' },
    );
    await refused(
      asking(
        'get',
        () => `/v1/${path}/%00`,
        () => cast.lead,
      ),
      { status: 400, code: 'text-not-storable' },
    );
  });

  test("of another trust's return", async () => {
    const path = (noun: string) => () => `/v1/progress-reports/${others}${noun}`;
    const gone = { status: 404, code: 'not-found' };
    await refused(
      asking('get', path(''), () => cast.lead),
      gone,
    );
    await refused(
      asking('get', path('/versions'), () => cast.lead),
      gone,
    );
    await refused(
      () => asking('patch', path(''), () => cast.lead, { risks: [] })().set('If-Match', '"1"'),
      gone,
    );
    for (const [noun, key] of [
      ['certification', 'director'],
      ['submission', 'director'],
    ] as const)
      await refused(() => asking('post', path(`/${noun}`), () => cast[key])().set('If-Match', '"1"'), gone);
    await refused(
      () => asking('post', path('/correction'), () => cast.lead, { reason: 'x' })().set('If-Match', '"1"'),
      gone,
    );
  });
});

describe('an address', () => {
  test.each<[string, string, Refused]>([
    ['with an escape that is none', '/v1/programmes/%zz', { status: 400, code: 'url-unreadable' }],
    ['with an escape that is not UTF-8', '/v1/programmes/%ff', { status: 400, code: 'url-unreadable' }],
    ['with a very long name', `/v1/programmes/${'x'.repeat(5_000)}`, { status: 414, code: 'url-too-long' }],
    ['that is nowhere', '/v1/nothing', { status: 404, code: 'not-found' }],
    ['outside', '/nothing', { status: 404, code: 'not-found' }],
    [
      'with parameters that nobody reads',
      `/v1/programmes/${SLUG}?x=1`,
      { status: 400, code: 'invalid', pointer: 'x' },
    ],
  ])('%s', async (_, path, expected) => {
    await refused(
      asking(
        'get',
        () => path,
        () => cast.manager,
      ),
      expected,
    );
  });

  test.each<Method>(['put', 'delete', 'post'])('that does not take %s', async (method) => {
    await refused(
      asking(
        method,
        () => `/v1/progress-reports/${own}`,
        () => cast.lead,
      ),
      { status: 404, code: 'not-found' },
    );
  });
});

const cursor = (values: string): string => Buffer.from(values).toString('base64url');
describe('a parameter', () => {
  test.each([`/v1/programmes/${SLUG}/progress`, `/v1/programmes/${SLUG}/trusts/RW4/progress`])(
    'period that is not in the calendar, of %s',
    async (path) => {
      const at = (period: string) =>
        asking(
          'get',
          () => `${path}?period=${period}`,
          () => cast.lead,
        );
      await refused(at('2099/00 Q1'), { status: 404, code: 'not-found' });
      expect((await at('2017/18 Q1')()).status).toBe(200);
    },
  );

  test.each<[string, string]>([
    ['limit=0', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1e9', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=%205', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['limit[]=1', 'limit[]'],
    [`limit=${'9'.repeat(400)}`, 'limit'],
    ['after=a&after=b', 'after'],
    [`after=${'x'.repeat(600)}`, 'after'],
    ['state=nope', 'state'],
    ['overdue=maybe', 'overdue'],
    ['trust=%00', 'trust'],
    ['trust=a&trust=b', 'trust'],
    ['period=', 'period'],
    [`period=${'x'.repeat(30)}`, 'period'],
    ['period[a]=1', 'period[a]'],
    ['x=1', 'x'],
    ['__proto__=1', '__proto__'],
    ['toString=1', 'toString'],
    ['constructor=1', 'constructor'],
  ])('%.40s', async (query, pointer) => {
    await refused(
      asking(
        'get',
        () => `/v1/programmes/${SLUG}/progress-reports?${query}`,
        () => cast.manager,
      ),
      {
        status: 400,
        code: 'invalid',
        pointer,
      },
    );
  });

  test('with NUL', async () => {
    await refused(
      asking(
        'get',
        () => `/v1/programmes/${SLUG}/progress-reports?period=%00`,
        () => cast.manager,
      ),
      {
        status: 400,
        code: 'text-not-storable',
      },
    );
  });

  test.each([
    'x',
    '',
    cursor('[]'),
    cursor('{}'),
    cursor('["a","b"]'),
    cursor('["2018-02-30","00000000-0000-7000-8000-000000000000"]'),
    cursor('["2018-02-03","00000000-0000-7000-8000-000000000000","x"]'),
    cursor('[1e400]'),
    cursor('[9007199254740993]'),
    cursor('[[[[['),
  ])('after=%s', async (after) => {
    const unread = { status: 400, code: 'cursor-unreadable', pointer: 'after' };
    for (const list of ['progress-reports', 'milestones', 'measurements', 'projects'])
      await refused(
        asking(
          'get',
          () => `/v1/programmes/${SLUG}/${list}?after=${after}`,
          () => cast.manager,
        ),
        unread,
      );
    await refused(
      asking(
        'get',
        () => `/v1/log-entries?after=${after}`,
        () => cast.manager,
      ),
      unread,
    );
    for (const list of ['api-keys', 'jobs'])
      await refused(
        asking(
          'get',
          () => `/v1/${list}?after=${after}`,
          () => admin,
        ),
        unread,
      );
  });
});

describe('a header', () => {
  test.each(['3', 'W/"1"', '*', '"1", "2"', '"abc"', '"-1"', '"99999999999999999999"', '""'])(
    'If-Match: %s',
    async (given) => {
      await refused(
        () =>
          asking(
            'patch',
            () => `/v1/progress-reports/${own}`,
            () => cast.lead,
            { risks: [] },
          )().set('If-Match', given),
        { status: 400, code: 'if-match-unreadable', pointer: 'If-Match' },
      );
    },
  );

  test('If-Match that is stale, and that is absent', async () => {
    const save = asking(
      'patch',
      () => `/v1/progress-reports/${own}`,
      () => cast.lead,
      { risks: [] },
    );
    await refused(() => save().set('If-Match', '"99"'), { status: 412, code: 'stale' });
    await refused(save, { status: 428, code: 'if-match-missing' });
  });

  test('Idempotency-Key that was used for another body', async () => {
    const create = (label: string) =>
      asking(
        'post',
        () => '/v1/api-keys',
        () => admin,
        { name: 'A', role: 'auditor', label, days: 1 },
      )().set('Idempotency-Key', 'one-key-for-two-things');
    await create('one').expect(201);
    await refused(() => create('two'), {
      status: 422,
      code: 'idempotency-key-reused',
      pointer: 'Idempotency-Key',
    });
  });

  test('Idempotency-Key that is an NHS number', async () => {
    await refused(
      () =>
        asking(
          'post',
          () => '/v1/api-keys',
          () => admin,
          { name: 'A', role: 'auditor', label: 'x', days: 1 },
        )().set('Idempotency-Key', NHS_NUMBER.replaceAll(' ', '')),
      { status: 400, code: 'nhs-number', pointer: 'Idempotency-Key' },
    );
  });

  test('X-Request-Id that is none, or an NHS number, is not taken', async () => {
    for (const given of [
      'short',
      'x'.repeat(65),
      '<script>alert(1)</script>',
      NHS_NUMBER.replaceAll(' ', '-'),
    ]) {
      const { headers } = await app.request('get', '/v1/me', cast.lead).set('X-Request-Id', given);
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
    const { headers } = await app
      .request('get', '/v1/me', cast.lead)
      .set('X-Request-Id', 'a-good-request-id');
    expect(headers['x-request-id']).toBe('a-good-request-id');
  });

  test.each<[string, string, number, string]>([
    [
      'larger than there may be',
      `GET /v1/me HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['that is no HTTP', 'nonsense\r\n\r\n', 400, 'http-unreadable'],
  ])('%s', async (_, bytes, status, code) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] as string)).toMatchObject({ status, code });
  });
});

/** What the server answers to bytes. */
function raw(bytes: string): Promise<string> {
  const { port } = app.app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => (answer ? resolve(answer) : reject(error)));
  });
}

describe('a change of state that is not allowed', () => {
  test.each<[string, keyof Cast, string[], object | undefined]>([
    ['certification', 'director', ['measurement-missing', 'confidence-missing'], undefined],
    ['submission', 'lead', ['wrong-state'], undefined],
    ['acceptance', 'assessor', ['wrong-state'], {}],
    ['queries', 'assessor', ['wrong-state'], { questions: [{ section: 'spend', question: 'Why?' }] }],
    ['correction', 'lead', ['wrong-state'], { reason: 'A slip' }],
  ])('%s by the %s', async (noun, who, codes, body) => {
    const { blockers } = await refused(
      () =>
        asking(
          'post',
          () => `/v1/progress-reports/${own}/${noun}`,
          () => cast[who],
          body,
        )().set('If-Match', '"1"'),
      { status: 409, code: 'blocked' },
    );
    const given = blockers as Array<{ code: string; message: string }>;
    expect(given.map((blocker) => blocker.code)).toEqual(expect.arrayContaining(codes));
    for (const { message } of given) expect(message).toMatch(/\w+.*\./);
  });
});

const SMALL = readFileSync(new URL('../programmes/rural-broadband.yaml', import.meta.url), 'utf8');
describe('a definition', () => {
  const applying =
    (text: string | Buffer, type = 'application/yaml') =>
    (): Asked => {
      const request = app.request('post', '/v1/programme-definitions', admin).set('Content-Type', type);
      return typeof text === 'string'
        ? request.send(text)
        : request.serialize(() => text as never).send(text);
    };
  const succession = (predecessor: string, successor: string) => ({
    kind: 'took-over-all',
    predecessor,
    successor,
    effectiveOn: '2024-01-01',
    source: 'invented',
  });

  test.each<[string, Change, string]>([
    ['with a cycle of successions', { '/successions/-': succession('ZZC02', 'ZZC03') }, 'succession'],
    ['with an unknown trust', { '/awards/0/trust': 'ZZC09' }, '/awards/0/trust'],
    ['with totals that do not add up', { '/controlTotals/grantPounds': 1_200_001.5 }, '/controlTotals'],
    ['with negative pounds', { '/awards/0/lines/0/grantPounds': -1 }, '/awards/0/lines/0/grantPounds'],
    ['with fractional pence', { '/awards/0/lines/0/grantPounds': 1.005 }, '/awards/0/lines/0/grantPounds'],
    ['with a day that does not exist', { '/programme/startsOn': '2023-02-30' }, '/programme/startsOn'],
    ['with an unknown field', { '/programme/x': 1 }, '/programme/x'],
    ['with a patient in it', { '/programme/description': `For ${NHS_NUMBER}.` }, '/programme/description'],
  ])('%s', async (_, change, place) => {
    const { errors } = await refused(applying(stringify(changedDefinition(change))), {
      status: 422,
      code: 'definition-invalid',
    });
    expect(errors).toContainEqual(
      expect.objectContaining({
        pointer: expect.stringContaining(place),
        message: expect.any(String),
        file: 'definition.yaml',
        line: expect.any(Number),
        column: expect.any(Number),
      }),
    );
  });

  test('with a measure twice', async () => {
    const { targetSets } = changedDefinition({});
    const measure = targetSets[0]?.measures[0];
    await refused(applying(stringify(changedDefinition({ '/targetSets/0/measures/-': measure }))), {
      status: 422,
      code: 'definition-invalid',
    });
  });

  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`)}]`).join('\n')}`;
  test.each<[string, string | Buffer, Refused]>([
    ['that is broken', 'programme: [', { status: 422, code: 'definition-syntax' }],
    ['that is a bomb of aliases', bomb, { status: 422, code: 'definition-syntax' }],
    ['that merges itself', 'a: &a\n  <<: *a', { status: 422, code: 'definition-syntax' }],
    ['with tags', 'a: !!js/function "x"', { status: 422, code: 'definition-syntax' }],
    ['that is 10,000 deep', '['.repeat(10_000), { status: 422, code: 'definition-syntax' }],
    ['that is 10,000 deep in lines', '- '.repeat(10_000), { status: 422, code: 'definition-syntax' }],
    ['with a field twice', 'a: 1\na: 2', { status: 422, code: 'definition-syntax' }],
    ['with NUL', 'a: \u0000', { status: 400, code: 'nul-character', pointer: '' }],
    ['that is not UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff]), { status: 400, code: 'not-utf-8' }],
    ['that is no thing', '[]', { status: 422, code: 'definition-invalid' }],
    ['that is empty', '', { status: 422, code: 'definition-invalid' }],
    ['with __proto__', '__proto__: { x: 1 }', { status: 422, code: 'definition-invalid' }],
    ['of 10 MB', 'x'.repeat(10_000_000), { status: 413, code: 'body-too-large' }],
    ['of two documents', `${SMALL}\n---\na: 1`, { status: 422, code: 'definition-syntax' }],
  ])('%s', async (_, text, expected) => {
    await refused(applying(text), expected);
  });

  test('as JSON, as text, and not there', async () => {
    await refused(applying('{"programme":{}}', 'application/json'), {
      status: 415,
      code: 'unsupported-media-type',
    });
    await refused(applying('a: 1', 'text/plain'), { status: 415, code: 'unsupported-media-type' });
    await refused(() => app.request('post', '/v1/programme-definitions', admin), {
      status: 400,
      code: 'body-missing',
    });
  });
});

test('too many requests: 429 with Retry-After and what is left', async () => {
  const small = await startTestApp({ env: { RATE_LIMIT_PER_MINUTE: '5' }, definitions: [] });
  try {
    const [one, two] = [await small.as('auditor'), await small.as('auditor')];
    for (const left of [4, 3, 2, 1, 0]) {
      const { headers } = await small.request('get', '/v1/me', one).expect(200);
      expect(headers).toMatchObject({ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': String(left) });
    }
    const { body, headers } = await small.request('get', '/v1/me', one).expect(429);
    expect(body).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(headers['content-type']).toContain('application/problem+json');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await small.request('get', '/v1/me', two).expect(200);
    await small.request('get', '/health/live').expect(200);
  } finally {
    await small.stop();
  }
});

test.each(['reading', 'writing'])(
  'a connection that breaks in the midst of %s is a 503, and no more',
  async (what) => {
    const breakOff = async (sql: Sql): Promise<void> => {
      const [row] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
      await app.database.sql('select pg_terminate_backend($1, 1000)', [row?.pid]);
      // Long enough for the news to arrive while nobody waits for an answer.
      await new Promise((resolve) => setTimeout(resolve, 50));
      await sql.query('select 1');
    };
    const actor = systemActor('test', 'test');
    const broken =
      what === 'reading'
        ? app.app.get(ReadScope, { strict: false }).run(actor, breakOff)
        : app.app.get(UnitOfWork, { strict: false }).run({ actor, action: 'test' }, breakOff);
    await expect(broken).rejects.toMatchObject({ details: { status: 503, code: 'unavailable' } });
    await app.request('get', '/health/ready').expect(200);
  },
);

test('while the database is away: 503 with Retry-After, and all is well once it is back', async () => {
  const url = new URL(app.database.superuserUrl);
  url.pathname = '/postgres';
  const superuser = new pg.Client({ connectionString: url.href });
  await superuser.connect();
  const save = () =>
    app.request('patch', `/v1/progress-reports/${own}`, cast.lead).set('If-Match', '"1"').send({ risks: [] });
  try {
    await superuser.query(`alter database ${app.database.name} allow_connections false`);
    await superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      app.database.name,
    ]);
    await app.request('get', '/health/live').expect(200);
    for (const ask of [
      () => app.request('get', '/health/ready'),
      () => app.request('get', `/v1/programmes/${SLUG}/progress`, cast.lead),
      save,
      save,
    ]) {
      const { status, headers, body } = await ask();
      expect([status, body.code, headers['retry-after']]).toEqual([503, 'unavailable', '5']);
      expect(headers['content-type']).toContain('application/problem+json');
    }
  } finally {
    await superuser.query(`alter database ${app.database.name} allow_connections true`);
    await superuser.end();
  }
  await eventually(async () =>
    (await app.request('get', '/health/ready')).status === 200 ? true : undefined,
  );
  await save().expect(200);
});
