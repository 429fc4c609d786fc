import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './commands.js';
import type { Acknowledged, Load } from './faults-load.js';
import type { Site } from './faults-site.js';
import { until } from './queue-application.js';

/** Counts each time that the effect of a message is committed: a file of a list that is said to be ready. */
export async function countEffects({ database }: Site): Promise<void> {
  await database.sql(`create table effect (message_id uuid not null);
    grant insert on effect to public;
    create function count_effect() returns trigger language plpgsql as
      $$ begin insert into exemplar.effect values (new.message_id); return null; end $$;
    create trigger count_effect after update of finished_at on export
      for each row execute function count_effect()`);
}

/** Waits until every message is done; that takes a minute where the queue lost some. */
export async function untilDone({ database }: Site, withinMs = 120_000): Promise<void> {
  const open = () =>
    database.sql('select job, attempts, failed_at, last_error from outbox_message where finished_at is null');
  await until(open, (messages) => messages.length === 0, withinMs);
}

const idsOf = (acknowledged: readonly Acknowledged[], kind: Acknowledged['kind']): string[] =>
  acknowledged.filter((one) => one.kind === kind).map(({ id }) => id);

/** How many acknowledged writes are not there exactly once; what was never acknowledged is there once at most. */
export async function lostOf({ database, env }: Site, { acknowledged }: Load): Promise<object> {
  const missing = async (kind: Acknowledged['kind'], found: string): Promise<number> => {
    const ids = idsOf(acknowledged, kind);
    const rows = await database.sql(`select id from unnest($1::uuid[]) id where (${found}) <> 1`, [ids]);
    return rows.length;
  };
  const [twice] = await database.sql<{ count: number }>(
    `select count(*)::int from (
       select from audit_finding group by statement having count(*) > 1
       union all select from contribution group by description having count(*) > 1
       union all select from journal where contribution_id is not null and kind = 'evidence'
         group by contribution_id having count(*) > 1
       union all select from effect group by message_id having count(*) > 1) twice`,
  );
  const kept = await readdir(env.EVIDENCE_FOLDER ?? join(env.DATA_DIR ?? '', 'evidence'), {
    recursive: true,
  });
  const files = new Set(kept);
  const named = await database.sql<{ key: string }>(
    `select storage_key as key from cost_evidence
     union all select 'exports/' || id from export where finished_at is not null`,
  );
  return {
    findings: await missing('finding', 'select count(*) from audit_finding f where f.id = id.id'),
    contributions: await missing('contribution', 'select count(*) from contribution c where c.id = id.id'),
    evidenced: await missing(
      'evidenced',
      `select count(*) from journal j join posting p on p.journal_id = j.id
       where j.contribution_id = id.id and j.kind = 'evidence'`,
    ),
    exports: await missing(
      'export',
      'select count(*) from effect e join export x using (message_id) where x.id = id.id',
    ),
    filesMissing: named.filter(({ key }) => !files.has(key)).length,
    twice: twice?.count,
  };
}

export const NOTHING_LOST = {
  ...{ findings: 0, contributions: 0, evidenced: 0, exports: 0 },
  ...{ filesMissing: 0, twice: 0 },
};

/**
 * Has a checkpoint made where the newest entries have none, and writes all that there are, as an auditor has them.
 * @returns the file, and the public key
 */
export async function takeNotes({ env, folder, database }: Site): Promise<{ notes: string; key: string }> {
  const all = { ...env, LOG_LEVEL: '' };
  await run(['audit', 'checkpoint'], all);
  const { stdout } = await run(['audit', 'key', 'show'], all);
  const made = await database.sql<{ note: string }>('select note from checkpoint order by size');
  const notes = join(folder, 'checkpoints.txt');
  await writeFile(notes, made.map(({ note }) => note).join('\n'));
  return { notes, key: stdout.trim() };
}

/** Exports the log as an auditor does, and verifies it: numbers, checkpoints, tree, balances, rows. */
export async function verified(site: Site): Promise<{ code: number | null; said: string }> {
  const { env, folder } = site;
  const exported = join(folder, 'export.ndjson');
  const all = { ...env, LOG_LEVEL: '' };
  const { notes, key } = await takeNotes(site);
  const taken = await run(['audit', 'export', '--out', exported], all);
  const { code, stdout, stderr } = await run(
    ['audit', 'verify', exported, '--checkpoints', notes, '--key', key],
    all,
  );
  return { code, said: [taken.stderr, stdout, stderr].join('') };
}
