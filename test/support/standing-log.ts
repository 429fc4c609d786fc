import { rm } from 'node:fs/promises';
import { startTestApp, type TestApp } from './app.js';
import { Desk, leavesIn, Signer, type Verdict } from './audited-log.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { putInForce } from './money.js';
import { asSystem, putClaim, putMatch } from './standing-money.js';

/** An entry as its leaf says, with its leaf. */
export interface StandingEntry {
  number: number;
  recordedAt: string;
  transaction: string;
  operation: string;
  table: string;
  subject: string;
  old: Record<string, unknown> | null;
  new: Record<string, unknown> | null;
  leaf: string;
}

/** A log with journals, claims, payments and match, and what an auditor has of it. */
export interface StandingLog {
  app: TestApp;
  desk: Desk;
  signer: Signer;
  entries: StandingEntry[];
  leaves: string[];
  /** Checkpoints of these sizes, before anything is damaged. */
  sizes: number[];
  notes: string[];
  /** As the database was when the log had `backupSize` entries. */
  backup: TestDatabase;
  backupSize: number;
  /** The last entry for which this holds. */
  last(wanted: (entry: StandingEntry) => boolean): StandingEntry;
  /** Does something to a copy of the database, exports its log, and verifies that. */
  after(damage: (database: TestDatabase) => Promise<unknown>, of?: TestDatabase): Promise<Verdict>;
  end(): Promise<void>;
}

const pounds = (amount: number): number => amount * 100;

/** Carries out statements as somebody who may do anything, with the triggers off. */
export const pastTriggers = (database: TestDatabase, statements: string): Promise<unknown> =>
  database.sql(`begin; set local session_replication_role = replica; ${statements}; commit`);

/** Writes the log's entries anew, with the triggers off. */
export async function rewrite(
  database: TestDatabase,
  leaves: ReadonlyArray<{ number: number; leaf: string }>,
): Promise<void> {
  for (const { number, leaf } of leaves)
    await pastTriggers(database, `update log_entry set leaf = $leaf$${leaf}$leaf$ where number = ${number}`);
}

/** Makes somebody with a key, and erases them. */
async function eraseSomebody(app: TestApp): Promise<void> {
  const admin = await app.as('administrator');
  const { id } = await app.actorOf(await app.as('assessor'));
  const [person] = await app.database.sql<{ revision: number }>('select revision from person where id = $1', [
    id,
  ]);
  await app
    .request('post', `/v1/people/${id}/erasure`, admin)
    .set('If-Match', `"${person?.revision}"`)
    .send({ reason: 'They asked for it.' })
    .expect(200);
}

export async function standLog(): Promise<StandingLog> {
  const app = await startTestApp();
  const desk = await Desk.set();
  const signer = new Signer();
  const revise = () =>
    asSystem(app, (tx) => tx.query("update claim set revision = revision + 1 where state = 'approved'"));
  const { id: agreementId } = await putInForce(app, 'RW4');
  const cost = { agreementId, line: '2017/18 revenue', pence: pounds(1_000), incurredOn: '2017-10-01' };
  await putClaim(app, { ...cost, tranche: 2 }, 'paid');
  const backup = await createTestDatabase(app.database.name);
  const backupSize = leavesIn(await desk.export(backup)).length;
  await putClaim(app, { ...cost, tranche: 2, pence: pounds(250) }, 'approved');
  await putMatch(app, cost, 'accepted');
  await app.as('auditor');
  await eraseSomebody(app);
  await revise();
  await putClaim(app, { ...cost, tranche: 2, pence: pounds(5) }, 'paid');
  for (let revisions = 0; revisions < 12; revisions += 1) await revise();
  await app.app.close();
  const leaves = leavesIn(await desk.export(app.database));
  const entries = leaves.map((leaf) => ({ ...JSON.parse(leaf), leaf }) as StandingEntry);
  const sizes = [100, 200, 300, 400, leaves.length - 8];
  const log: StandingLog = {
    app,
    desk,
    signer,
    entries,
    leaves,
    sizes,
    notes: sizes.map((size) => signer.checkpoint(leaves, size)),
    backup,
    backupSize,
    last: (wanted) => entries.filter(wanted).at(-1) as StandingEntry,
    async after(damage, of = app.database) {
      const database = await createTestDatabase(of.name);
      try {
        await damage(database);
        await desk.export(database);
        return await desk.verify(log.notes, [signer.vkey]);
      } finally {
        await database.drop();
      }
    },
    async end() {
      await desk.clear();
      await backup.drop();
      await app.database.drop();
      await rm(app.config.dataFolder, { recursive: true, force: true });
    },
  };
  return log;
}
