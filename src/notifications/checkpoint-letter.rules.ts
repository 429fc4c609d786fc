import { createHash } from 'node:crypto';
import type { CheckpointView } from '../audit/checkpoint.queries.js';
import type { Letter } from './mailer.js';

/**
 * What an auditor is sent: a checkpoint to keep, and what it is good for.
 * @param day the day that it is sent on, `YYYY-MM-DD`
 * @param address where this server is reached; undefined where the settings do not say
 */
export function checkpointLetter(
  { size, note, signedAt, key }: Pick<CheckpointView, 'size' | 'note' | 'signedAt' | 'key'>,
  { to, day, address = 'this server' }: { to: string; day: string; address: string | undefined },
): Letter {
  const origin = note.slice(0, note.indexOf('\n'));
  const hash = createHash('sha256').update(`${note}${to}${day}`).digest('hex').slice(0, 32);
  return {
    to,
    subject: `Checkpoint of ${origin}: ${size} entries`,
    id: `<${hash}@checkpoints.exemplar.invalid>`,
    attachment: { fileName: `checkpoint-${size}.txt`, text: note },
    text: `This is the newest checkpoint of the log ${origin}, signed ${signedAt}.

Keep the attached file, where nobody who runs that log can change it. It is what the log is
held against later: whoever has it can tell whether any of its ${size} entries was changed,
removed or put in since.

To check the log against it:

  1. The signature: the file is a signed note (c2sp.org/signed-note). The key is
     ${key.vkey}
     Compare it with the key that you were given when the log began, and not only with this letter.
  2. That the log only grew since: ${address}/v1/audit/consistency-proofs?from=${size}
  3. That an entry is in it: ${address}/v1/audit/inclusion-proofs?entry=1&size=${size}
  4. All of it at once, without this server: exemplar audit verify

How each is done by hand is in docs/proof.md of Exemplar.

The checkpoint, as it is in the file:

${note}`,
  };
}
