import { configuredKey } from '../audit/checkpoint-key.js';
import { CheckpointPublisher } from '../audit/checkpoint-publisher.js';
import { Notary } from '../audit/notary.js';
import { Config } from '../config/config.js';
import { NotaryScope } from '../database/notary-scope.js';
import { withApplication } from './command-application.js';

/** `exemplar audit checkpoint` @throws Error where the log is not what it was, or there is no notary */
export async function makeCheckpoint(): Promise<void> {
  const said = await withApplication(async (app) => {
    if (!app.get(NotaryScope, { strict: false }).isOpen)
      throw new Error(
        'No checkpoint can be made: CHECKPOINTS is off, or DATABASE_NOTARY_URL is not set (docs/proof.md).',
      );
    const key = await configuredKey(app.get(Config, { strict: false }).checkpoints);
    const turn = await app.get(Notary, { strict: false }).turn(key, { now: true, whole: true });
    if (typeof turn === 'object' && 'fault' in turn)
      throw new Error(`No checkpoint was signed. ${turn.fault.words}`);
    await app.get(CheckpointPublisher, { strict: false }).run();
    return typeof turn === 'object' ? turn.signed : turn;
  });
  if (said === 'busy') throw new Error('Another notary is at work on a checkpoint. Try again in a moment.');
  if (said === 'not-due') {
    process.stderr.write('Every entry is covered by a checkpoint already; none was made.\n');
    return;
  }
  process.stderr.write(
    `Checkpoint of ${said.size} entries, after the whole log was held against the tree.\n`,
  );
  process.stdout.write(said.note);
}
