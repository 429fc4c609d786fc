import type { InclusionProofView, ProofStanding } from '../../audit/proof.reader.js';
import { count, instant, NOTHING, plural } from '../page/format.js';
import type { Fact } from '../page/page.js';

/** What stands where of the proof, for a reader: a line each, and what is wrong, if anything is. */
export interface ProofPanel {
  tag: { text: string; colour: 'green' | 'red' | 'yellow' | 'grey' };
  /** Why nothing is signed, or published; null where all is well. */
  warning: string | null;
  facts: readonly Fact[];
}

const TAGS = {
  signing: { text: 'Signed', colour: 'green' },
  stopped: { text: 'Stopped', colour: 'red' },
  'none yet': { text: 'No checkpoint yet', colour: 'grey' },
} as const;

/** Publishing that is behind for longer than this does not work. */
const LATE_MS = 120_000;

/** How it stands with the proof of the log. @param now milliseconds since 1970 */
export function proofPanel(standing: ProofStanding, now: number): ProofPanel {
  const { state, checkpoint, newer, fault } = standing;
  const late = isLate(standing, now);
  return {
    tag: state === 'signing' && late ? { text: 'Signed, not published', colour: 'yellow' } : TAGS[state],
    warning: fault
      ? `Nothing is signed since ${instant(fault.foundAt)}. ${fault.words}`
      : late
        ? 'Checkpoints are signed, and cannot be published as files. They are published when the storage works again.'
        : null,
    facts: [
      {
        label: 'Last checkpoint',
        value: checkpoint
          ? `${plural(checkpoint.size, 'entry', 'entries')}, signed ${instant(checkpoint.signedAt)}`
          : NOTHING,
        ...(checkpoint ? { href: `/v1/audit/checkpoints/${checkpoint.size}/note` } : {}),
      },
      { label: 'Key', value: checkpoint?.key.vkey ?? NOTHING },
      {
        label: 'Newer entries',
        value: newer === 0 ? 'None: every entry is covered' : `${count(newer)}, not yet provable`,
      },
      { label: 'Published', value: publishedWords(standing) },
    ],
  };
}

function isLate({ publication }: ProofStanding, now: number): boolean {
  return (
    publication !== null &&
    publication.waitingSince !== null &&
    now - Date.parse(publication.waitingSince) > LATE_MS
  );
}

function publishedWords({ publication }: ProofStanding): string {
  if (!publication) return 'By the API, at /v1/audit/checkpoints';
  if (publication.waiting === 0) return 'By the API, and all of them as files';
  return `By the API; ${plural(publication.waiting, 'checkpoint waits', 'checkpoints wait')} to be published as a file`;
}

/** The proof of one entry, as its page shows it. */
export interface EntryProof {
  /** In a sentence: that it is proved, or that it is not yet. */
  words: string;
  facts: readonly Fact[];
  /** In base64, from the leaf up. */
  hashes: readonly string[];
  note: string | null;
}

/** The proof of an entry; null where no checkpoint covers it yet. */
export function entryProof(number: number, proof: InclusionProofView | null): EntryProof {
  if (!proof)
    return {
      words:
        'Not yet provable: this entry is newer than the last checkpoint. A checkpoint is signed within about a minute of a new entry.',
      facts: [],
      hashes: [],
      note: null,
    };
  const { leafHash, hashes, checkpoint } = proof;
  return {
    words: `This entry is one of the ${count(checkpoint.size)} that the checkpoint signed ${instant(checkpoint.signedAt)} covers.`,
    facts: [
      { label: 'Leaf', value: `${count(number - 1)}, counted from 0` },
      { label: 'Hash of the leaf', value: leafHash },
      { label: 'Root', value: checkpoint.root },
      {
        label: 'As JSON',
        value: `/v1/audit/inclusion-proofs?entry=${number}&size=${checkpoint.size}`,
      },
      {
        label: 'Checkpoint',
        value: `/v1/audit/checkpoints/${checkpoint.size}/note`,
        href: `/v1/audit/checkpoints/${checkpoint.size}/note`,
      },
    ],
    hashes,
    note: checkpoint.note,
  };
}
