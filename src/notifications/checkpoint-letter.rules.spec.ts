import { checkpointLetter } from './checkpoint-letter.rules.js';

const NOTE =
  'exemplar.example/log\n42\nroot=\nrecorded 2018-04-16T09:30:00Z\n\n— exemplar.example/log c2lnbmF0dXJl\n';
const CHECKPOINT = {
  size: 42,
  note: NOTE,
  signedAt: '2018-04-16T09:31:00+00:00',
  key: { id: '530d903a', vkey: 'exemplar.example/log+530d903a+key' },
};
const SENT = { to: 'audit@example.org', day: '2018-04-17', address: 'https://exemplar.example' };

test('a letter carries the checkpoint as a file, byte for byte, and says what to do with it', () => {
  const letter = checkpointLetter(CHECKPOINT, SENT);
  expect(letter).toMatchObject({
    to: 'audit@example.org',
    subject: 'Checkpoint of exemplar.example/log: 42 entries',
    attachment: { fileName: 'checkpoint-42.txt', text: NOTE },
  });
  for (const words of [
    'Keep the attached file',
    'exemplar.example/log+530d903a+key',
    'https://exemplar.example/v1/audit/consistency-proofs?from=42',
    NOTE,
  ])
    expect(letter.text).toContain(words);
});

test('sent again it is the same letter; to another, or on another day, it is one of its own', () => {
  const { id } = checkpointLetter(CHECKPOINT, SENT);
  expect(id).toMatch(/^<[0-9a-f]{32}@checkpoints\.exemplar\.invalid>$/);
  expect(checkpointLetter(CHECKPOINT, SENT).id).toBe(id);
  expect(checkpointLetter(CHECKPOINT, { ...SENT, to: 'other@example.org' }).id).not.toBe(id);
  expect(checkpointLetter(CHECKPOINT, { ...SENT, day: '2018-04-18' }).id).not.toBe(id);
});

test('without an address of the server it says so in words', () =>
  expect(checkpointLetter(CHECKPOINT, { ...SENT, address: undefined }).text).toContain(
    'this server/v1/audit/consistency-proofs?from=42',
  ));
