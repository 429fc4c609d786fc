import { Config } from '../config/config.js';
import { migrate } from '../database/migrations.js';
import { openToCommand } from './database-access.js';

/** `exemplar migrate` */
export async function migrateDatabase(): Promise<void> {
  const database = await openToCommand(new Config(process.env));
  try {
    const ran = [...database.migrated, ...(await migrate(database.ownerUrl))];
    for (const name of ran) process.stdout.write(`applied  ${name}\n`);
    process.stdout.write(
      ran.length === 0 ? 'The database is up to date.\n' : 'The database is of this version now.\n',
    );
  } finally {
    await database.stop();
  }
}
