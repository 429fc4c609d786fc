import { generateKeyPairSync } from 'node:crypto';
import { DataSource } from 'typeorm';
import { keyId, vkeyOf } from '../../src/audit/checkpoint.rules.js';
import type { SigningKey } from '../../src/audit/checkpoint-key.js';
import { Notary } from '../../src/audit/notary.js';
import { Clock } from '../../src/config/clock.js';
import { Config } from '../../src/config/config.js';
import { systemActor } from '../../src/core/actor.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { NotaryPool, NotaryScope } from '../../src/database/notary-scope.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { TestDatabase } from './database.js';

export const ORIGIN = 'exemplar.example/log';

/** A key that is in no file. */
export function newKey(origin = ORIGIN): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { origin, id: keyId(origin, publicKey), vkey: vkeyOf(origin, publicKey), privateKey };
}

/** A notary of a process of its own, and what ends it. */
export function notaryOf(database: TestDatabase): {
  notary: Notary;
  scope: NotaryScope;
  end(): Promise<void>;
} {
  const scope = new NotaryScope(new NotaryPool(database.notaryUrl));
  return { notary: new Notary(scope), scope, end: () => scope.onApplicationShutdown() };
}

/** Somebody who fills the log. */
export async function writerOf(
  database: TestDatabase,
): Promise<{ source: DataSource; entries(count: number): Promise<void>; end(): Promise<void> }> {
  const source = await new DataSource(dataSourceOptions(database.url, 5, [])).initialize();
  const work = new UnitOfWork(source, new Clock(new Config({})));
  let made = 0;
  return {
    source,
    async entries(count) {
      const from = made;
      made += count;
      await work.run({ actor: systemActor('test', 'request-1'), action: 'organisation.add' }, (tx) =>
        tx.query(
          `insert into organisation (ods_code, name, provenance)
           select 'N' || i, 'Number ' || i || ' – £', '{}' from generate_series($1::int, $2::int) i`,
          [from + 1, made],
        ),
      );
    },
    end: () => source.destroy(),
  };
}

/** Changes what nobody may change, as somebody does who owns the machine. */
export async function tamper(database: TestDatabase, text: string, values: unknown[] = []): Promise<void> {
  await database.sql('set session_replication_role = replica');
  await database.sql(text, values);
  await database.sql('set session_replication_role = origin');
}
