import { ROLES, type Role, TRUST_ROLES } from '../../src/core/permissions.js';
import type { TestApp } from './app.js';
import type { Description } from './conformance.js';
import { TABLES } from './every-get.js';
import { playMoney } from './play-money.js';
import { playReturns } from './play-returns.js';
import { startPlayed } from './played.js';
import { castFor, SLUG } from './returns.js';
import { routesOf, withNamed } from './routes.js';

/** Something that is there to be asked for. */
export interface Address {
  /** With everything filled in. */
  path: string;
  /** The table and id of what is changed at it; undefined where it is a list or has no revision. */
  subject: { table: string; id: string } | undefined;
}

/** An application in which everything was done that can be done, and whoever may ask it. */
export interface WholeWorld {
  app: TestApp;
  description: Description;
  /** A key of each role; of a trust's role, one of RW4, where all is, and one of RXT. */
  keys: ReadonlyMap<Role, readonly string[]>;
  /** What there is at a path with parameters, the newest first; of a path without any, itself. */
  at(path: string): Promise<Address[]>;
}

/** Things that are no part of the record, by the part of the path before their ids. */
const BESIDE: Record<string, string> = {
  exports: 'export',
  receipts: 'outbox_message',
  jobs: 'outbox_message',
};

/** Things that are asked for within others: by the path, where they are. */
const WITHIN: ReadonlyArray<[RegExp, string]> = [
  [/\/claims\/:id\/queries\/:query/, 'select claim_id as id, id as inner from claim_query'],
  [/\/progress-reports\/:id\/queries\/:query/, 'select report_id as id, id as inner from report_query'],
  [/\/audit-samples\/:id\/items\/:item/, 'select sample_id as id, id as inner from audit_sample_item'],
];

/** The day is 15 May 2018; returns, money and audits were played with several trusts, and the queue works. */
export async function wholeWorld(): Promise<WholeWorld> {
  const app = await startPlayed(
    'whole_world',
    { work: true, notary: true, env: { EXEMPLAR_TODAY: '2018-05-15' } },
    async (played) => {
      await playMoney(played);
      await playReturns(played, await castFor(played, 'RW4'));
    },
  );
  const { body: description } = await app.request('get', '/openapi.json').expect(200);
  const at = places(app);
  // Whoever is there now may be erased, and any key revoked; whoever asks goes on.
  for (const { path } of routesOf(app)) if (path.includes('/:')) await at(path);
  const keys = new Map<Role, string[]>();
  for (const role of ROLES)
    keys.set(
      role,
      TRUST_ROLES.includes(role)
        ? [await app.as(role, 'RW4'), await app.as(role, 'RXT')]
        : [await app.as(role)],
    );
  return { app, description, keys, at };
}

function places(app: TestApp): WholeWorld['at'] {
  const known = new Map<string, Promise<Address[]>>();
  return (path) => {
    const found = known.get(path) ?? placesOf(app, path);
    known.set(path, found);
    return found;
  };
}

async function placesOf(app: TestApp, path: string): Promise<Address[]> {
  const named = withNamed(path.replace(':slug', SLUG).replace(':ods', 'RW4'));
  const [, noun, name] = /([\w-]+)\/:(\w+)/.exec(named) ?? [];
  if (!noun) return [{ path: named, subject: undefined }];
  const within = WITHIN.find(([pattern]) => pattern.test(named))?.[1];
  const table = TABLES[noun] ?? BESIDE[noun];
  if (!table) throw new Error(`${path}: of which table is what comes after ${noun}?`);
  const column = table === 'checkpoint' ? 'size' : 'id';
  const rows = await app.database.sql<{ id: string; inner?: string }>(
    within ?? `select ${column}::text as id from ${table} order by ${column} desc limit 40`,
  );
  return rows.map(({ id, inner = '' }) => ({
    path: named.replace(`:${name}`, id).replace(/:\w+/, inner),
    subject: { table, id },
  }));
}
