import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanUp } from './support/commands.js';
import { multipart, pdf } from './support/evidence.js';
import { type Answered, ask, Load } from './support/faults-load.js';
import { countEffects, lostOf, NOTHING_LOST, untilDone } from './support/faults-proof.js';
import { FAULT_MS, pause, type Site, say, standSite } from './support/faults-site.js';
import { PLEDGE } from './support/match.js';
import { until } from './support/queue-application.js';
import { SLUG } from './support/returns.js';
import { slowClients } from './support/slow-clients.js';

import.meta.jest.setTimeout(240_000 + 2 * FAULT_MS);

let site: Site;
beforeAll(async () => {
  site = await standSite();
  await countEffects(site);
});
afterAll(async () => {
  await site?.end();
  await cleanUp();
});

test('a pool of two with ten times the clients: each is answered, and nothing hangs', async () => {
  const one = await site.keep(['serve'], { DATABASE_POOL: '2' });
  const load = new Load([one.address], site.ground).start(20);
  await pause(FAULT_MS);
  await load.stop();
  await untilDone(site);
  await one.end('SIGTERM');
  const lost = await lostOf(site, load);
  say('a pool of two', { ...load.figures(), excuses: [...load.excuses], lost });
  // Whoever is not answered within 20 seconds counts as broken.
  expect([load.faults, load.broken]).toEqual([[], 0]);
  expect(lost).toEqual(NOTHING_LOST);
  expect(load.acknowledged.length).toBeGreaterThan(20);
});

describe('a disk that is full', () => {
  /** A disk of a megabyte; where none can be mounted, no file may be larger than a quarter of that. */
  const canMount = ((): boolean => {
    try {
      execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/mnt'], {
        stdio: 'ignore',
      });
      return true;
    } catch {
      process.stderr.write('Skipped: a full disk, because no small one can be mounted here.\n');
      return false;
    }
  })();
  const onSmallDisk = canMount ? test : test.skip;
  const mounted: string[] = [];
  afterAll(() => {
    for (const path of mounted) execFileSync('umount', [path]);
  });

  async function smallDisk(name: string): Promise<string> {
    const path = join(site.folder, name);
    await mkdir(path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]);
    mounted.push(path);
    return path;
  }

  const lead = () => site.ground.leads[0] as { key: string; agreement: string };

  async function pledge(address: string): Promise<string> {
    const { key, agreement } = lead();
    const headers = { 'idempotency-key': randomUUID() };
    const path = `/v1/agreements/${agreement}/contributions`;
    const answer = await ask(address, { method: 'POST', path, key, headers, body: PLEDGE });
    return JSON.parse(answer.text).id;
  }

  function upload(address: string, id: string, size: number): Promise<Answered> {
    const label = { supplier: 'Northern Networks Ltd', reference: randomUUID(), description: 'The invoice' };
    return ask(address, {
      method: 'POST',
      path: `/v1/contributions/${id}/evidence`,
      key: lead().key,
      headers: {
        'idempotency-key': randomUUID(),
        'content-type': 'multipart/form-data; boundary=xyzzy',
      },
      body: multipart(pdf({ name: 'invoice.pdf', size }), label),
    });
  }

  const evidenceOf = (id: string) =>
    site.database.sql('select from cost_evidence where contribution_id = $1', [id]);
  const filesIn = async (folder: string): Promise<string[]> =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  onSmallDisk.each([
    ['where evidence is kept', 'EVIDENCE_FOLDER', /could not be kept/],
    ['where files are received', 'TMPDIR', /no room to receive/],
  ])('%s: a clear 503, nothing half stored, and what fits is taken', async (_, setting, words) => {
    const disk = await smallDisk(setting);
    const one = await site.keep(['serve', '--no-workers'], { [setting]: disk });
    const id = await pledge(one.address);
    const before = await filesIn(disk);
    const refused = await upload(one.address, id, 2_000_000);
    expect([refused.status, refused.headers['retry-after'], JSON.parse(refused.text)]).toEqual([
      503,
      '5',
      expect.objectContaining({ code: 'unavailable', detail: expect.stringMatching(words) }),
    ]);
    expect(await evidenceOf(id)).toEqual([]);
    expect(await filesIn(disk)).toEqual(before);
    expect((await upload(one.address, id, 100_000)).status).toBe(201);
    expect(await evidenceOf(id)).toHaveLength(1);
    await one.end('SIGTERM');
  });

  onSmallDisk(
    'where files for anybody are made: a clear 503, and nothing left when there is room',
    async () => {
      const disk = await smallDisk('files');
      const one = await site.keep(['serve', '--no-workers'], { TMPDIR: disk });
      const filler = join(disk, 'filler');
      await writeFile(filler, Buffer.alloc(2_000_000)).catch(() => undefined);
      const refused = await ask(one.address, { path: '/open-data/360giving.json' });
      expect([refused.status, refused.headers['retry-after'], JSON.parse(refused.text)]).toEqual([
        503,
        '5',
        expect.objectContaining({ code: 'unavailable', detail: expect.stringMatching(/no room to make/) }),
      ]);
      expect(await readdir(disk)).toEqual(['filler']);
      await rm(filler);
      const answered = await ask(one.address, { path: '/open-data/360giving.json' });
      expect([answered.status, JSON.parse(answered.text).grants.length > 0]).toEqual([200, true]);
      expect(await readdir(disk)).toEqual([]);
      await one.end('SIGTERM');
    },
  );

  const onLinux = existsSync('/usr/bin/prlimit') ? test : test.skip;
  onLinux('a file larger than the system lets this process write: the same', async () => {
    const one = await site.keep(['serve', '--no-workers']);
    execFileSync('/usr/bin/prlimit', [`--pid=${one.pid}`, '--fsize=1000000']);
    const id = await pledge(one.address);
    const refused = await upload(one.address, id, 2_000_000);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(await evidenceOf(id)).toEqual([]);
    expect((await upload(one.address, id, 100_000)).status).toBe(201);
    expect(one.alive).toBe(true);
    await one.end('SIGTERM');
  });
});

test('2,000 slow clients do no harm to the rest, and are let go of', async () => {
  const one = await site.keep(['serve', '--no-workers'], { DATABASE_POOL: '10' });
  const before = new Load([one.address], site.ground).start(3);
  await pause(FAULT_MS / 2);
  await before.stop();
  const path = `/v1/programmes/${SLUG}/milestones?format=ndjson`;
  const slow = await slowClients(one.address, 2_000, { path, key: site.ground.auditor });
  // What a third of them ask for is worked through first: that is load, and not slowness.
  await pause(3_000);
  const during = new Load([one.address], site.ground).start(3);
  await pause(Math.max(FAULT_MS, 15_000));
  await during.stop();
  // Headers have 15 seconds, and whether they took longer is looked at each 5.
  await until(
    async () => slow.closed('headers'),
    (closed) => closed === 667,
    30_000,
  );
  const figures = { closedForHeaders: slow.closed('headers'), stillOpen: slow.open() };
  slow.end();
  say('slow clients', { before: before.figures(), during: during.figures(), ...figures });
  expect([during.faults, during.broken, [...during.excuses]]).toEqual([[], 0, []]);
  expect(one.alive).toBe(true);
  expect(during.p99Ms()).toBeLessThan(Math.max(2_000, 5 * before.p99Ms()));
});
