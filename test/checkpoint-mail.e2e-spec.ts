import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { Clock } from '../src/config/clock.js';
import type { Actor } from '../src/core/actor.js';
import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { AssuranceNoticeService } from '../src/milestones/assurance-notice.service.js';
import type { GoLiveView } from '../src/milestones/go-lives.reader.js';
import { NOTICE_ENDING_ASSURANCE } from '../src/milestones/milestones.jobs.js';
import { MAIL_CHECKPOINTS } from '../src/notifications/notifications.jobs.js';
import { Outbox } from '../src/queue/outbox.js';
import { startTestApp, type TestApp } from './support/app.js';
import { assured } from './support/assurance.js';
import { newKey, notaryOf } from './support/notary.js';
import { until } from './support/queue-application.js';

interface Caught {
  to: string[];
  from: string;
  raw: string;
}

const ACTOR: Actor = systemActor('test', 'request-1');
const caught: Caught[] = [];
/** How often the server still refuses this address. */
const refusals = new Map<string, number>();
let server: SMTPServer;
let app: TestApp;
let note: string;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      const left = refusals.get(address) ?? 0;
      refusals.set(address, left - 1);
      callback(left > 0 ? Object.assign(new Error('Try later'), { responseCode: 451 }) : null);
    },
    async onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope;
      const raw = await text(stream);
      caught.push({
        to: rcptTo.map(({ address }) => address),
        from: (mailFrom || { address: '' }).address,
        raw,
      });
      callback();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  app = await startTestApp({
    env: {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'exemplar@example.org',
      CHECKPOINT_MAIL_TO: 'first@audit.example, second@audit.example',
      NOTICE_MAIL_TO: 'RV5=lead@rv5.example, RV5=office@rv5.example, RW4=lead@rw4.example',
      EXEMPLAR_TODAY: '2018-07-20',
      PUBLIC_URL: 'https://exemplar.example.org',
    },
    work: true,
  });
  const { notary, end } = notaryOf(app.database);
  const turn = await notary.turn(newKey());
  await end();
  if (typeof turn !== 'object' || !('signed' in turn)) throw new Error('Nothing was signed');
  note = turn.signed.note;
});
afterAll(async () => {
  await app?.stop();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
beforeEach(() => {
  caught.length = 0;
  refusals.clear();
});

/** What the schedule writes each morning. */
const morning = () =>
  app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: ACTOR, action: 'test.morning' }, (tx) =>
      app.app.get(Outbox, { strict: false }).add(tx, MAIL_CHECKPOINTS, {}),
    );

const letters = () =>
  app.database.sql<{ to: string; done: boolean; attempts: number; error: string | null }>(
    `select payload ->> 'to' as to, finished_at is not null as done, attempts, last_error as error
     from outbox_message where job = 'send-checkpoint' order by id`,
  );

test('each auditor gets the newest checkpoint, in a letter of their own', async () => {
  await morning();
  await until(
    async () => caught.length,
    (count) => count === 2,
  );
  expect(caught.map(({ to, from }) => [to, from]).sort()).toEqual([
    [['first@audit.example'], 'exemplar@example.org'],
    [['second@audit.example'], 'exemplar@example.org'],
  ]);
  const { raw, to } = caught[0] as Caught;
  const size = note.split('\n')[1];
  expect(raw).toContain(`To: ${to[0]}\r\n`);
  expect(raw).toContain(`Subject: Checkpoint of exemplar.example/log: ${size} entries\r\n`);
  expect(raw).toContain(`filename=checkpoint-${size}.txt`);
  const [, attached = ''] = /filename=checkpoint-\d+\.txt\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/.exec(raw) ?? [];
  expect(Buffer.from(attached, 'base64').toString()).toBe(note);
});

test('a letter that is refused is kept, seen by the administrator, and sent when it is taken', async () => {
  refusals.set('second@audit.example', 1);
  const before = (await letters()).length;
  await morning();
  const stuck = await until(
    async () => (await letters()).slice(before),
    (all) => all.length === 2 && all.some(({ done }) => done) && all.some(({ error }) => error !== null),
  );
  expect(stuck.find(({ to }) => to === 'first@audit.example')).toMatchObject({ done: true });
  expect(stuck.find(({ to }) => to === 'second@audit.example')).toMatchObject({
    done: false,
    attempts: 1,
    error: expect.stringContaining('Try later'),
  });
  expect(caught.map(({ to }) => to[0])).toEqual(['first@audit.example']);
  const { body } = await app.request('get', '/v1/jobs?job=send-checkpoint', await app.as('administrator'));
  expect(body.items).toMatchObject([
    { job: 'send-checkpoint', state: 'working', error: expect.stringContaining('Try later') },
  ]);
  // The queue would wait a minute; it is told that the minute is over.
  await app.database.sql(
    `update outbox_message set handed_at = null where job = 'send-checkpoint' and finished_at is null`,
  );
  await until(
    async () => caught.map(({ to }) => to[0]).sort(),
    (to) => to.length === 2,
  );
  await until(
    async () => (await letters()).slice(before),
    (all) => all.every(({ done }) => done),
  );
});

describe('assurance that ends', () => {
  const notices = () =>
    app.database.sql<{ ods: string; kind: string; lead: number | null; before: string | null }>(
      `select o.ods_code as ods, i.kind, n.lead_days as lead, m.code as before from assurance_notice n
       join organisation o on o.id = n.trust_id join assurance_item i on i.id = n.item_id
       left join milestone m on m.id = n.milestone_id order by n.id`,
    );
  const sent = () =>
    app.database.sql<{ to: string; done: boolean; result: { notices: number } | null }>(
      `select payload ->> 'to' as to, finished_at is not null as done, result
       from outbox_message where job = 'send-assurance-notices' order by id`,
    );
  const allSent = (count: number) =>
    until(sent, (all) => all.length === count && all.every(({ done }) => done));
  /** What the schedule does on a morning. */
  const morningOf = (day: string) =>
    app.app
      .get(Clock, { strict: false })
      .playing(day, () =>
        app.app
          .get(UnitOfWork, { strict: false })
          .run({ actor: ACTOR, action: 'test.morning' }, (tx) =>
            app.app.get(AssuranceNoticeService, { strict: false }).write(tx),
          ),
      );
  /** Another of the trust's own as one that was accepted, in place of the one that stands. */
  const renewed = (kind: string, signedOn: string, expiresOn: string) =>
    app.database.sql(
      `with former as (update assurance_item i set state = 'superseded' from organisation o
         where o.id = i.trust_id and o.ods_code = 'RV5' and i.kind = $1 and i.state = 'accepted' returning i.id)
       insert into assurance_item select (jsonb_populate_record(i, jsonb_build_object('id', uuidv7(), 'state', 'accepted',
         'reference', uuidv7()::text, 'signed_on', $2::text, 'expires_on', $3::text))).* from assurance_item i join former f using (id)`,
      [kind, signedOn, expiresOn],
    );

  test('is told to its trust once for each lead time, whatever is repeated and whoever works', async () => {
    await Promise.all([assured(app, 'RV5'), assured(app, 'RW4')]);
    // One go-live is left of the trust's.
    await app.database.sql(
      `update milestone m set state = 'waived' from organisation o where o.id = m.trust_id and o.ods_code = 'RV5'
       and m.kind = 'go-live' and m.code <> 'observations-go-live'`,
    );
    await renewed('dspt', '2018-01-01', '2018-08-31');
    const outbox = app.app.get(Outbox, { strict: false });
    const written = app.app
      .get(UnitOfWork, { strict: false })
      .run({ actor: ACTOR, action: 'test.morning' }, async (tx) => {
        for (let i = 0; i < 3; i += 1) await outbox.add(tx, NOTICE_ENDING_ASSURANCE, {});
      });
    await Promise.all([written, morningOf('2018-07-20'), morningOf('2018-07-20'), morningOf('2018-07-21')]);
    await until(
      () =>
        app.database.sql(
          `select from outbox_message where job = 'notice-ending-assurance' and finished_at is null`,
        ),
      (waiting) => waiting.length === 0,
    );
    const first = { ods: 'RV5', kind: 'dspt', lead: 90, before: null };
    expect(await notices()).toEqual([first]);
    await allSent(2);
    expect(caught.map(({ to }) => to).sort()).toEqual([['lead@rv5.example'], ['office@rv5.example']]);
    const raw = caught[0]?.raw.replaceAll('=\r\n', '').replaceAll('\r\n ', ' ');
    expect(raw).toContain('1 piece of assurance ends');
    expect(raw).toContain('holds until 31 August 2018');
    expect(raw).toMatch(/https:\/\/exemplar\.example\.org\/assurance\/[0-9a-f-]{36}/);
    // The next lead time is told once too.
    expect([
      await morningOf('2018-07-31'),
      await morningOf('2018-08-01'),
      await morningOf('2018-08-30'),
    ]).toEqual([
      { notices: 0, letters: 0 },
      { notices: 1, letters: 2 },
      { notices: 0, letters: 0 },
    ]);
    expect(await notices()).toEqual([first, { ...first, lead: 30 }]);
    await allSent(4);
  });

  test('its page and the API say that its trust was told', async () => {
    const { body } = await app.request(
      'get',
      '/v1/programmes/mental-health-exemplars/go-lives?trust=RV5',
      await app.as('trust-lead', 'RV5'),
    );
    const told = body.items.flatMap(({ requirements }: GoLiveView) =>
      requirements.filter(({ toldAt }) => toldAt !== null).map(({ kind }) => kind),
    );
    expect(new Set(told)).toEqual(new Set(['dspt']));
  });

  test('is told once before a go-live that it does not reach', async () => {
    await app.database.sql(
      `update milestone m set forecast_on = '2019-06-30' from organisation o
       where o.id = m.trust_id and o.ods_code = 'RV5' and m.kind = 'go-live' and m.code = 'observations-go-live'`,
    );
    await renewed('caldicott', '2018-01-01', '2019-05-31');
    const before = await notices();
    expect([await morningOf('2018-07-20'), await morningOf('2018-07-21')]).toEqual([
      { notices: 2, letters: 2 },
      { notices: 0, letters: 0 },
    ]);
    expect((await notices()).slice(before.length)).toEqual(
      expect.arrayContaining([
        { ods: 'RV5', kind: 'caldicott', lead: null, before: 'observations-go-live' },
        { ods: 'RV5', kind: 'dspt', lead: null, before: 'observations-go-live' },
      ]),
    );
    await allSent(6);
  });

  test('is not told again after a renewal, and a letter that waited until then is not sent', async () => {
    refusals.set('lead@rv5.example', 1);
    refusals.set('office@rv5.example', 1);
    await renewed('dspt', '2018-01-02', '2018-09-10');
    expect(await morningOf('2018-07-20')).toEqual({ notices: 2, letters: 2 });
    await until(
      () =>
        app.database.sql('select from outbox_message where last_error is not null and finished_at is null'),
      (refused) => refused.length === 2,
    );
    await renewed('dspt', '2018-07-10', '2019-07-10');
    await app.database.sql(
      `update outbox_message set handed_at = null where job = 'send-assurance-notices' and finished_at is null`,
    );
    const done = await allSent(8);
    expect(done.slice(-2).map(({ result }) => result)).toEqual([{ notices: 0 }, { notices: 0 }]);
    expect(caught).toEqual([]);
    expect(await morningOf('2018-09-01')).toEqual({ notices: 0, letters: 0 });
  });

  test('in a programme without lead times it is told 90 days before', async () => {
    await app.database.sql(`update programme set terms = terms - 'assurance'`);
    await renewed('dspt', '2018-07-11', '2018-12-01');
    expect([await morningOf('2018-09-01'), await morningOf('2018-09-02')]).toEqual([
      { notices: 1, letters: 2 },
      { notices: 1, letters: 2 },
    ]);
  });
});
