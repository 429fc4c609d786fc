import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Actor } from '../src/core/actor.js';
import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { MAIL_CHECKPOINTS } from '../src/notifications/notifications.jobs.js';
import { Outbox } from '../src/queue/outbox.js';
import { startTestApp, type TestApp } from './support/app.js';
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
