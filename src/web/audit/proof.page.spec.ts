import type { ProofStanding } from '../../audit/proof.reader.js';
import { entryProof, proofPanel } from './proof.page.js';

const CHECKPOINT = {
  size: 4_312,
  root: 'root=',
  recordedAt: '2018-04-16T09:30:00Z',
  signedAt: '2018-04-16T09:31:00Z',
  key: { id: '530d903a', vkey: 'exemplar.example/log+530d903a+key' },
  note: 'the note',
  publishedAt: null,
};
const NOW = Date.parse('2018-04-16T10:00:00Z');
const standing = (more: Partial<ProofStanding> = {}): ProofStanding => ({
  state: 'signing',
  checkpoint: CHECKPOINT,
  last: 4_312,
  newer: 0,
  fault: null,
  publication: null,
  ...more,
});
const FAULT = {
  code: 'entry-altered',
  number: 7,
  words: 'Entry 7 is not what was hashed.',
  foundAt: '2018-04-16T09:45:00Z',
};
const waiting = (since: string) => ({ size: 4_000, waiting: 2, waitingSince: since });

test.each<[string, Partial<ProofStanding>, string, string | null]>([
  ['all is well', {}, 'Signed', null],
  ['there is none', { state: 'none yet', checkpoint: null }, 'No checkpoint yet', null],
  [
    'the notary refuses',
    { state: 'stopped', fault: FAULT },
    'Stopped',
    'Nothing is signed since 16 April 2018 at 10:45am. Entry 7 is not what was hashed.',
  ],
  ['a file is about to be written', { publication: waiting('2018-04-16T09:59:00Z') }, 'Signed', null],
  [
    'files cannot be written',
    { publication: waiting('2018-04-16T09:57:00Z') },
    'Signed, not published',
    expect.stringContaining('cannot be published as files') as unknown as string,
  ],
])('where %s', (_, more, tag, warning) => {
  const panel = proofPanel(standing(more), NOW);
  expect([panel.tag.text, panel.warning]).toEqual([tag, warning]);
});

test('the panel says size, time, key, what is newer and where it is published', () => {
  const values = proofPanel(standing({ newer: 12 }), NOW).facts.map(({ value }) => value);
  expect(values).toEqual([
    '4,312 entries, signed 16 April 2018 at 10:31am',
    'exemplar.example/log+530d903a+key',
    '12, not yet provable',
    'By the API, at /v1/audit/checkpoints',
  ]);
});

test('an entry shows its proof, or says that it is not yet provable', () => {
  const proof = entryProof(8, { entry: 8, leafHash: 'leaf=', hashes: ['a=', 'b='], checkpoint: CHECKPOINT });
  expect(proof).toMatchObject({ hashes: ['a=', 'b='], note: 'the note' });
  expect(proof.words).toContain('one of the 4,312');
  expect(entryProof(9, null)).toMatchObject({
    note: null,
    words: expect.stringMatching(/^Not yet provable/),
  });
});
