import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import {
  isDue,
  isKeyName,
  keyId,
  signedCheckpoint,
  verifiedCheckpoint,
  verifiedText,
  verifierKey,
  vkeyOf,
} from './checkpoint.rules.js';

/** The example of C2SP signed-note, and that of golang.org/x/mod/sumdb/note. */
const EXAMPLES = [
  {
    vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
  },
  {
    vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    note: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
  },
];
/** Go's private key of that example, as PKCS#8. */
const GO_KEY = createPrivateKey({
  key: Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1),
  ]),
  format: 'der',
  type: 'pkcs8',
});

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const TEXT = {
  origin: 'exemplar.example/log',
  size: 20_852_163,
  root: Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64'),
  recorded: '2018-04-16T09:30:00.000001Z',
};
const note = signedCheckpoint(TEXT, privateKey);
const key = verifierKey(vkeyOf(TEXT.origin, publicKey));

test.each(EXAMPLES)('a note of others is verified: $vkey', ({ vkey, note: theirs }) => {
  const theirKey = verifierKey(vkey);
  expect(verifiedText(theirs, theirKey)).toBe(`${theirs.split('\n\n')[0]}\n`);
  expect(vkeyOf(theirKey.name, theirKey.publicKey)).toBe(vkey);
  expect(() => verifiedText(theirs.replace('you', 'we').replace('example', 'sample'), theirKey)).toThrow(
    'does not belong to this text',
  );
});

test('the key of Go’s example has the name and the id that Go gives it', () => {
  const known = createPublicKey(GO_KEY);
  expect(keyId('PeterNeumann', known)).toBe('c74f20a3');
  expect(vkeyOf('PeterNeumann', known)).toBe(EXAMPLES[1]?.vkey);
});

test('a checkpoint is the lines of C2SP tlog-checkpoint, and one that says when', () => {
  const [text, signature] = note.split('\n\n');
  expect(text).toBe(
    'exemplar.example/log\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nrecorded 2018-04-16T09:30:00.000001Z',
  );
  expect(signature).toMatch(/^— exemplar\.example\/log [A-Za-z0-9+/]{91}=\n$/);
  expect(verifiedCheckpoint(note, key)).toEqual(TEXT);
});

test('signatures of others are passed over, before and after', () => {
  const other = signedCheckpoint(
    { ...TEXT, origin: 'witness.example' },
    generateKeyPairSync('ed25519').privateKey,
  );
  const theirs = other.split('\n\n')[1] as string;
  const [text, ours] = note.split('\n\n') as [string, string];
  expect(verifiedCheckpoint(`${text}\n\n${theirs}${ours}`, key)).toEqual(TEXT);
  expect(verifiedCheckpoint(`${text}\n\n${ours}${theirs}`, key)).toEqual(TEXT);
  expect(() => verifiedCheckpoint(`${text}\n\n${theirs}`, key)).toThrow('did not sign this note');
});

test('not one character of a checkpoint can be another', () => {
  fc.assert(
    fc.property(fc.nat(note.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      fc.pre(note[at] !== character);
      const changed = note.slice(0, at) + character + note.slice(at + 1);
      expect(() => verifiedCheckpoint(changed, key)).toThrow();
    }),
    { numRuns: 1_000 },
  );
});

test('what others signed as their own is not ours, whatever it says', () => {
  const stranger = generateKeyPairSync('ed25519');
  expect(() => verifiedCheckpoint(signedCheckpoint(TEXT, stranger.privateKey), key)).toThrow('did not sign');
});

test.each([
  ['', 'not a signed note'],
  ['exemplar.example/log\n1\n', 'not a signed note'],
  [note.slice(0, -1), 'not a signed note'],
  [note.replace('recorded', 'recorded\t'), 'not a signed note'],
  [`${note}more`, 'not a signed note'],
  [`x${note.split('\n\n')[1]}`, 'not a signed note'],
  // The last character has two bits to spare: these are the same bytes.
  [EXAMPLES[0]?.note.replace('QM=', 'QN=') ?? '', 'not a signed note'],
])('%p is no note', (text, words) => expect(() => verifiedCheckpoint(text, key)).toThrow(words));

const LINES = note.split('\n\n')[0] as string;
test.each([
  ['a name that no key may have', LINES.replace('exemplar.example/log', 'two words')],
  ['a size with a zero before it', LINES.replace('20852163', '020852163')],
  ['a root that is too short', LINES.replace('2I=', '=')],
  ['a root whose bytes are written another way', LINES.replace('2I=', '2J=')],
  ['no instant', LINES.replace('2018-04-16T09:30:00.000001Z', 'at noon, perhaps')],
  ['a line more', `${LINES}\nand more`],
])('a note that the key signed and that is no checkpoint is refused: %s', (_, lines) => {
  const id = Buffer.from(keyId(TEXT.origin, publicKey), 'hex');
  const signature = Buffer.concat([id, sign(null, Buffer.from(`${lines}\n`), privateKey)]);
  const signed = `${lines}\n\n— ${TEXT.origin} ${signature.toString('base64')}\n`;
  expect(() => verifiedCheckpoint(signed, key)).toThrow('and not a checkpoint');
});

test.each([
  'exemplar.example/log',
  'exemplar.example/log+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  'example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U',
  vkeyOf('two words', publicKey),
])('%p is no vkey', (text) => expect(() => verifierKey(text)).toThrow('vkey'));

test.each([
  ['exemplar.example/log', true],
  ['localhost:3000/log', true],
  ['', false],
  ['two words', false],
  ['a+b', false],
  ['a\nb', false],
  ['a\u00a0b', false],
  ['a'.repeat(201), false],
])('%p may be the name of a key: %p', (name, is) => expect(isKeyName(name)).toBe(is));

test.each([
  [0, null, false],
  [0, 3_600_000, false],
  [1, null, true],
  [1, 59_999, false],
  [1, 60_000, true],
  [999, 1, false],
  [1_000, 1, true],
])('with %i new entries and %p ms since the last one, a checkpoint is due: %p', (newer, since, due) =>
  expect(isDue(newer, since)).toBe(due),
);
