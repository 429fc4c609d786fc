import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chown, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedServer } from '../src/database/embedded-server.js';
import { cleanUp, type Environment, run } from './support/commands.js';
import { type Acknowledged, ask, Load } from './support/faults-load.js';
import { countEffects, takeNotes } from './support/faults-proof.js';
import { type Site, say, standSite } from './support/faults-site.js';
import { until } from './support/queue-application.js';
import { SLUG } from './support/returns.js';

import.meta.jest.setTimeout(240_000);

let site: Site;
const ends: Array<() => Promise<unknown>> = [];
beforeAll(async () => {
  site = await standSite();
  await countEffects(site);
});
afterAll(async () => {
  for (const end of ends) await end();
  await site?.end();
  await cleanUp();
});

/** What `pg_basebackup -X fetch` does, in the words of PostgreSQL's manual (26.3.4): none of this version is here. */
async function backUp(to: string): Promise<void> {
  const client = new pg.Client(site.database.superuserUrl);
  await client.connect();
  const [{ data_directory: from }] = (await client.query('show data_directory')).rows;
  // A file that is gone while it is copied is no fault: the log of the database knows.
  const copy = (source: string, target: string) => {
    try {
      execFileSync('cp', ['-a', source, target], { stdio: 'ignore' });
    } catch {}
  };
  await client.query(`select pg_backup_start('test', true)`);
  copy(from, to);
  const [{ labelfile }] = (await client.query('select labelfile from pg_backup_stop(true)')).rows;
  await rm(join(to, 'pg_wal'), { recursive: true });
  copy(join(from, 'pg_wal'), join(to, 'pg_wal'));
  await rm(join(to, 'postmaster.pid'), { force: true });
  const label = join(to, 'backup_label');
  await writeFile(label, labelfile);
  // PostgreSQL may run as another user.
  const { uid, gid } = await stat(to);
  await chown(label, uid, gid);
  await client.end();
}

/** The same settings on another server and another folder. */
function elsewhere({ env }: Site, port: number, data: string): Environment {
  const urls = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_NOTARY_URL'].map((name) => {
    const url = new URL(env[name] as string);
    url.port = String(port);
    return [name, url.href];
  });
  return { ...env, ...Object.fromEntries(urls), DATA_DIR: data };
}

test('a backup that is taken under load, restored elsewhere: it is verified, read, and goes on', async () => {
  const one = await site.keep(['serve']);
  const load = new Load([one.address], site.ground).start(4);
  await until(
    async () => load.acknowledged.length,
    (count) => count > 20,
    60_000,
  );
  const before = [...load.acknowledged];
  const { notes, key } = await takeNotes(site);

  // The database first, and the files after it: a row is written after its file, so that none is without.
  const backup = join(site.folder, 'backup');
  const began = performance.now();
  await mkdir(join(backup, 'postgres'), { recursive: true });
  await backUp(join(backup, 'postgres/data'));
  execFileSync('cp', ['-a', site.env.DATA_DIR as string, join(backup, 'data')]);
  const backupMs = Math.round(performance.now() - began);
  await load.stop();
  await one.end('SIGTERM');
  expect(load.faults).toEqual([]);

  const server = await startEmbeddedServer({ folder: join(backup, 'postgres') });
  ends.push(() => server.stop());
  const env = elsewhere(site, server.port, join(backup, 'data'));
  const exported = join(site.folder, 'restored.ndjson');
  const taken = await run(['audit', 'export', '--out', exported], { ...env, LOG_LEVEL: '' });
  const verdict = await run(['audit', 'verify', exported, '--checkpoints', notes, '--key', key], env);
  expect([taken.code, verdict.code, verdict.stderr]).toEqual([0, 0, '']);

  const restored = await site.keep(['serve'], env);
  await expectAll(restored.address, before);
  const recorded = await ask(restored.address, {
    ...{ method: 'POST', path: `/v1/programmes/${SLUG}/findings`, key: site.ground.auditor },
    headers: { 'idempotency-key': randomUUID() },
    body: {
      ...{ kind: 'finding', review: 'Fault test', statement: 'After the restore.' },
      ...{ ownerRole: 'programme-manager', dueOn: '2018-12-31' },
    },
  });
  expect(recorded.status).toBe(201);
  say('backup and restore', { ...load.figures(), acknowledgedBefore: before.length, backupMs });
});

/** All that was acknowledged before the backup is read from what was restored, the files byte for byte. */
async function expectAll(address: string, before: readonly Acknowledged[]): Promise<void> {
  const { auditor: key } = site.ground;
  expect(before.length).toBeGreaterThan(10);
  for (const { kind, id } of before) {
    if (kind === 'export') continue;
    const path = kind === 'finding' ? `/v1/findings/${id}` : `/v1/contributions/${id}`;
    const { status, text } = await ask(address, { path, key });
    expect([path, status]).toEqual([path, 200]);
    if (kind !== 'evidenced') continue;
    const { evidence } = JSON.parse(text);
    expect(evidence).toHaveLength(1);
    const file = await ask(address, { path: `/v1/cost-evidence/${evidence[0].id}/content`, key });
    expect(createHash('sha256').update(file.text).digest('hex')).toBe(evidence[0].sha256);
  }
}
