import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** As every change of a large table is made: first what needs a strong lock and no time, then what takes time. */
const QUICK = `
  alter table outbox_message add column urgency integer not null default 0;
  alter table outbox_message add column wave integer;
  alter table outbox_message add constraint outbox_message_wave check (wave between 0 and 9) not valid;
`;
const LIVE = `-- live: an index, a column that is filled in, a check that is held against all rows
drop index concurrently if exists outbox_message_of_job;
-- next
create index concurrently outbox_message_of_job on outbox_message (job, created_at);
-- next
select set_config('exemplar.reach', 'all', false);
-- next
do $$
declare
  reached uuid := '00000000-0000-0000-0000-000000000000';
begin
  loop
    with batch as (
      select id from outbox_message where id > reached and finished_at is not null order by id limit 5000 for update skip locked),
    filled as (
      update outbox_message m set wave = 1 from batch b where m.id = b.id returning m.id)
    select max(id::text)::uuid into reached from filled;
    exit when reached is null;
    commit;
  end loop;
end $$;
-- next
alter table outbox_message validate constraint outbox_message_wave;
`;

/** The folder of migrations, with two more that change the table of messages. */
export async function moreMigrations(folder: string): Promise<URL> {
  const more = join(folder, 'migrations');
  await mkdir(more);
  await cp(MIGRATIONS, more, { recursive: true });
  const { length } = (await import('../../src/database/migrations.js')).migrations();
  const name = (number: number, slug: string) => join(more, `${String(number).padStart(4, '0')}-${slug}.sql`);
  await writeFile(name(length + 1, 'urgency'), QUICK);
  await writeFile(name(length + 2, 'waves'), LIVE);
  return pathToFileURL(`${more}/`);
}
