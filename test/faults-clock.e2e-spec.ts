import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { cleanUp } from './support/commands.js';
import { ask, Load } from './support/faults-load.js';
import { countEffects, lostOf, NOTHING_LOST, untilDone, verified } from './support/faults-proof.js';
import { FAULT_MS, type Kept, pause, type Site, say, standSite } from './support/faults-site.js';
import { SLUG } from './support/returns.js';

import.meta.jest.setTimeout(180_000 + 2 * FAULT_MS);

const PRELOAD = new URL('support/shifted-clock.mjs', import.meta.url).href;
const shifted = (hours: number) => ({
  NODE_OPTIONS: `--import=${PRELOAD}`,
  CLOCK_SHIFT_HOURS: String(hours),
  // The day is the clock's here.
  EXEMPLAR_TODAY: '',
});

let site: Site;
let processes: Kept[];
beforeAll(async () => {
  site = await standSite();
  await countEffects(site);
  // Each works off the queue and keeps the schedule.
  processes = [await site.keep(['serve'], shifted(24)), await site.keep(['serve'], shifted(-24))];
});
afterAll(async () => {
  await site?.end();
  await cleanUp();
});

test('two processes whose clocks are two days apart: one order, and the times are the database’s', async () => {
  const load = new Load(
    processes.map(({ address }) => address),
    site.ground,
  ).start(4);
  await pause(FAULT_MS);
  await load.stop();
  await untilDone(site);
  const [order] = await site.database.sql(
    `select count(*) filter (where recorded_at < before)::int as back,
       count(*) filter (where recorded_at > clock_timestamp())::int as "toCome",
       count(*) filter (where number <> last + 1)::int as gaps
     from (select number, recorded_at, lag(number) over o as last, lag(recorded_at) over o as before
       from log_entry window o as (order by number)) log`,
  );
  const [times] = await site.database.sql(
    `select (select count(*)::int from contribution where evidenced_at not between now() - interval '1 hour' and now())
         as evidenced,
       (select count(*)::int from outbox_message where actor_id like '%schedule%'
         and uuid_extract_timestamp(id) > now()) as "scheduledTooEarly",
       (select count(*)::int from outbox_message where request_id like '%@%') > 3 as scheduled`,
  );
  const lost = await lostOf(site, load);
  say('clocks a day off', { ...load.figures(), lost });
  // Their keys hold for a day: one clock is behind that day, and one is beyond it.
  expect([load.faults, load.broken, [...load.excuses]]).toEqual([[], 0, []]);
  expect(order).toEqual({ back: 0, toCome: 0, gaps: 0 });
  expect(times).toEqual({ evidenced: 0, scheduledTooEarly: 0, scheduled: true });
  expect(lost).toEqual(NOTHING_LOST);
});

test('a request that is sent again to the other is done once', async () => {
  const body = {
    ...{ kind: 'finding', review: 'Fault test', statement: `Load ${randomUUID()}` },
    ...{ ownerRole: 'programme-manager', dueOn: '2018-12-31' },
  };
  const headers = { 'idempotency-key': randomUUID() };
  const path = `/v1/programmes/${SLUG}/findings`;
  const answers = await Promise.all(
    processes.map(({ address }) =>
      ask(address, { method: 'POST', path, key: site.ground.auditor, headers, body }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(new Set(answers.map(({ text }) => JSON.parse(text).id)).size).toBe(1);
});

test('a session goes on in either', async () => {
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  await site.database.sql(
    `with who as (select id from person where role = 'auditor' limit 1),
       signed as (insert into sign_in (person_id, issuer, signed_in_at) select id, 'test', now() from who returning id, person_id)
     insert into web_session (sign_in_id, person_id, token_hash, csrf_secret, expires_at, created_at, rotated_at, seen_at)
     select id, person_id, $1, $2, now() + interval '8 hours', now(), now(), now() from signed`,
    [hash, token],
  );
  const cookie = `__Host-exemplar=${token}`;
  for (let turn = 0; turn < 2; turn += 1)
    for (const { address } of processes) {
      const { status, headers } = await ask(address, { path: '/tasks', headers: { cookie } });
      expect([status, headers['set-cookie']]).toEqual([200, undefined]);
    }
});

test('the log that they wrote together is verified', async () => {
  expect((await verified(site)).code).toBe(0);
});

test('each says that its clock is off', () => {
  const said = processes.map((one) => /clock is (\d+) s (behind|ahead of)/.exec(one.output())?.slice(1));
  expect(said.map((words) => [Math.round(Number(words?.[0]) / 3_600), words?.[1]])).toEqual([
    [24, 'ahead of'],
    [24, 'behind'],
  ]);
});
