// Entries a second into the tree over the log, and proofs a second out of it, against the least that either could take:
// hashing the same texts in memory, and reading one row by its key.

import { generateKeyPairSync } from 'node:crypto';
import { keyId, vkeyOf } from '../dist/audit/checkpoint.rules.js';
import { grown, leafHash, peaksOf, rootOf } from '../dist/audit/merkle-tree.rules.js';
import { Notary } from '../dist/audit/notary.js';
import { ProofReader } from '../dist/audit/proof.reader.js';
import { Clock } from '../dist/config/clock.js';
import { appPoolSettings } from '../dist/database/connection.js';
import { NotaryPool, NotaryScope } from '../dist/database/notary-scope.js';
import { ReadPool, ReadScope } from '../dist/database/read-scope.js';
import { Replica } from '../dist/database/replica.js';
import { run } from './support/database.js';
import { line, median, ratioOf, title } from './support/rounds.js';

const ENTRIES = 100_000;
const ROUNDS = 3;
const PROOFS = 2_000;
const ORIGIN = 'bench.example/log';

/** As many entries again, each with the text of a change of a claim. */
const MORE = `insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, actor_id, action, leaf)
  select n, now(), '1', 'update', 'claim', uuidv7(), 'bench', 'bench',
    json_build_object('number', n, 'recordedAt', now(), 'action', 'claim.approve', 'old', repeat(md5(n::text), 12),
      'new', repeat(md5((n + 1)::text), 12))::text
  from generate_series((select coalesce(max(number), 0) + 1 from log_entry),
    (select coalesce(max(number), 0) + ${ENTRIES} from log_entry)) n`;

const seconds = async (work) => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** The same tree out of the same texts, with nothing stored. */
function inMemory(leaves, before) {
  const known = new Map();
  const node = ({ level, index }) => known.get(`${level}/${index}`);
  for (const { level, index, hash } of grown(0, [...before, ...leaves.map((leaf) => leafHash(leaf))], node))
    known.set(`${level}/${index}`, hash);
  const size = before.length + leaves.length;
  return rootOf(size, ({ level, index }) => known.get(`${level}/${index}`)) && peaksOf(size);
}

export async function tree({ create }) {
  title(`The tree over the log, ${ROUNDS} rounds of ${ENTRIES.toLocaleString('en')} entries`);
  const database = await create('tree');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = { origin: ORIGIN, id: keyId(ORIGIN, publicKey), vkey: vkeyOf(ORIGIN, publicKey), privateKey };
  const notaryScope = new NotaryScope(new NotaryPool(database.notaryUrl));
  const notary = new Notary(notaryScope);
  const pool = new ReadPool(appPoolSettings(database.url, 2));
  const scope = new ReadScope(pool, null, new Clock({ today: undefined }), new Replica(pool, null));
  const reader = new ProofReader(scope, { checkpoints: { storage: null } });
  const ours = [];
  const theirs = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    await run(database.superuserUrl, MORE);
    const rows = await run(
      database.superuserUrl,
      `select leaf from log_entry order by number desc limit ${ENTRIES}`,
    );
    theirs.push(
      await seconds(async () =>
        inMemory(
          rows.map(({ leaf }) => leaf),
          [],
        ),
      ),
    );
    ours.push(
      await seconds(async () => {
        const turn = await notary.turn(key, { now: true });
        if (!turn.signed) throw new Error(JSON.stringify(turn));
      }),
    );
  }
  const rate = (each) => Math.round(ENTRIES / median(each)).toLocaleString('en');
  line(
    'checkpoint with all that leads to it / the same hashes in memory',
    ratioOf(theirs, ours, (s) => s),
  );
  line('  here, entries a second: Exemplar; in memory', `${rate(ours)}; ${rate(theirs)}`);
  await proofs({ scope, reader, size: (await reader.checkpoint(null)).size });
  await pool.end();
  await notaryScope.onApplicationShutdown();
}

async function proofs({ scope, reader, size }) {
  const auditor = { trustId: null };
  const entry = () => 1 + Math.floor(Math.random() * size);
  const results = { proof: [], row: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    results.proof.push(
      await seconds(async () => {
        for (let i = 0; i < PROOFS; i += 1) await reader.inclusion(auditor, entry(), null);
      }),
    );
    results.row.push(
      await seconds(async () => {
        for (let i = 0; i < PROOFS; i += 1)
          await scope.run(auditor, (sql) =>
            sql.query('select leaf from log_entry where number = $1', [entry()]),
          );
      }),
    );
  }
  const ms = (each) => `${((median(each) / PROOFS) * 1000).toFixed(2)} ms`;
  line(
    `proof of an entry of ${size.toLocaleString('en')} / reading the entry, time`,
    ratioOf(results.proof, results.row, (s) => s),
  );
  line('  here, one after the other: the proof; the entry', `${ms(results.proof)}; ${ms(results.row)}`);
}
