import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** What a checkpoint says: the log's name, how many entries it covers, and the root of the tree over them. */
export interface CheckpointText {
  /** The name of the log, and of the key that signs for it. */
  origin: string;
  size: number;
  /** 32 bytes. */
  root: Buffer;
  /** When the newest entry that it covers was recorded, in RFC 3339. */
  recorded: string;
}

/** A public key as others name it (C2SP signed-note). */
export interface VerifierKey {
  name: string;
  /** The first four bytes of a hash of name and key, in hexadecimal. */
  id: string;
  publicKey: KeyObject;
}

const ED25519 = Buffer.of(1);
/** Everything before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const NAME = /^[^\s+\p{Cc}]{1,200}$/u;
const SIZE = /^(0|[1-9]\d{0,15})$/;
const ROOT = /^[A-Za-z0-9+/]{43}=$/;
const SIGNATURE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

/** Whether a text is the one way in which base64 writes its bytes: the last character may have bits to spare. */
const isOneWay = (base64: string): boolean => Buffer.from(base64, 'base64').toString('base64') === base64;

/** Whether a log, and its key, may have this name: no spaces, no plus, at most 200 characters (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

/** The 32 bytes of an Ed25519 public key. */
function bytesOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI.length);
}

/** The key's id: SHA-256 over name, newline, signature type and key, its first four bytes (C2SP signed-note). */
export function keyId(name: string, publicKey: KeyObject): string {
  const hash = createHash('sha256').update(`${name}\n`).update(ED25519).update(bytesOf(publicKey)).digest();
  return hash.subarray(0, 4).toString('hex');
}

/** A public key as one line that can be handed on: `name+id+key` (C2SP signed-note, a vkey). */
export function vkeyOf(name: string, publicKey: KeyObject): string {
  const key = Buffer.concat([ED25519, bytesOf(publicKey)]).toString('base64');
  return `${name}+${keyId(name, publicKey)}+${key}`;
}

/** The key that a vkey tells of. @throws Error where it is none, or is no Ed25519 key */
export function verifierKey(vkey: string): VerifierKey {
  const [, name = '', id = '', key = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const bytes = Buffer.from(key, 'base64');
  if (!isKeyName(name) || bytes.length !== 33 || bytes[0] !== ED25519[0])
    throw new Error('This is not the vkey of an Ed25519 key: name+id+key.');
  const der = Buffer.concat([SPKI, bytes.subarray(1)]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  if (keyId(name, publicKey) !== id) throw new Error('The id in this vkey is not that of its key.');
  return { name, id, publicKey };
}

/** The text that is signed, up to and with its last newline (C2SP tlog-checkpoint). */
function textOf({ origin, size, root, recorded }: CheckpointText): string {
  return `${origin}\n${size}\n${root.toString('base64')}\nrecorded ${recorded}\n`;
}

/** A checkpoint, signed under the log's own name (C2SP signed-note, Ed25519). */
export function signedCheckpoint(text: CheckpointText, privateKey: KeyObject): string {
  const body = textOf(text);
  const id = Buffer.from(keyId(text.origin, createPublicKey(privateKey)), 'hex');
  const signature = Buffer.concat([id, sign(null, Buffer.from(body), privateKey)]);
  return `${body}\n— ${text.origin} ${signature.toString('base64')}\n`;
}

/** The text of a note, and the signatures under it. @throws Error where it is no signed note */
function partsOf(note: string): { text: string; signatures: Array<{ name: string; bytes: Buffer }> } {
  const at = note.lastIndexOf('\n\n');
  const lines = at < 0 || !note.endsWith('\n') ? [] : note.slice(at + 2, -1).split('\n');
  const signatures = lines.map((line) => {
    const match = SIGNATURE.exec(line);
    return match && isOneWay(match[2] as string) ? match : null;
  });
  if (lines.length === 0 || signatures.includes(null) || /\p{Cc}/u.test(note.replaceAll('\n', '')))
    throw new Error('This is not a signed note: a text, an empty line, and lines that begin with a dash.');
  return {
    text: note.slice(0, at + 1),
    signatures: signatures.map((match) => ({
      name: match?.[1] as string,
      bytes: Buffer.from(match?.[2] as string, 'base64'),
    })),
  };
}

/**
 * What a note says, where this key signed it. Signatures of others are passed over.
 * @throws Error where it is no signed note, or the key's signature is not there or is wrong
 */
export function verifiedText(note: string, { name, id, publicKey }: VerifierKey): string {
  const { text, signatures } = partsOf(note);
  const own = signatures.find(
    (each) => each.name === name && each.bytes.subarray(0, 4).toString('hex') === id,
  );
  if (!own) throw new Error(`The key ${name}+${id} did not sign this note.`);
  if (!verify(null, Buffer.from(text), publicKey, own.bytes.subarray(4)))
    throw new Error(`The signature of ${name}+${id} does not belong to this text.`);
  return text;
}

/** What a checkpoint says, where this key signed it. @throws Error where it did not, or it is no checkpoint of ours */
export function verifiedCheckpoint(note: string, key: VerifierKey): CheckpointText {
  const [origin = '', size = '', root = '', recorded = '', ...more] = verifiedText(note, key).split('\n');
  const extension = /^recorded (\S+)$/.exec(recorded);
  if (
    !isKeyName(origin) ||
    !SIZE.test(size) ||
    !ROOT.test(root) ||
    !isOneWay(root) ||
    !extension ||
    more.join('') !== ''
  )
    throw new Error('This is a signed note, and not a checkpoint of this log.');
  return {
    origin,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    recorded: extension[1] as string,
  };
}

/** A checkpoint is made at the latest after so many entries. */
export const MOST_ENTRIES = 1_000;
/** And at the latest after so long, where there is any new entry. */
export const LONGEST_MS = 60_000;

/**
 * Whether a checkpoint is due.
 * @param newer entries since the last one
 * @param sinceMs how long ago that was; null where there is none yet
 */
export function isDue(newer: number, sinceMs: number | null): boolean {
  return newer >= MOST_ENTRIES || (newer > 0 && (sinceMs === null || sinceMs >= LONGEST_MS));
}
