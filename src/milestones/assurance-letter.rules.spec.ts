import { assuranceLetter } from './assurance-letter.rules.js';

const notice = (id: string, itemId = id) => ({
  ...{ id, itemId, endsOn: '2018-08-31', words: `Evidence ${itemId} holds until 31 August 2018.` },
  programme: { slug: 'exemplars', name: 'Exemplars' },
  trust: { odsCode: 'RV5', name: 'South London' },
});
const SENT = { to: 'digital@rv5.example', address: 'https://exemplar.example' };

test('it says what ends, and where that is shown', () => {
  const letter = assuranceLetter([notice('a'), notice('b')], SENT);
  expect(letter).toMatchObject({ to: SENT.to, subject: 'South London: 2 pieces of assurance end' });
  for (const words of [
    'Of South London this ends:\n\n- Evidence a holds until 31 August 2018.\n  https://exemplar.example/assurance/a\n\n- Evidence b',
    'https://exemplar.example/assurance/b\n\nAll that is missing or ends: https://exemplar.example/programmes/exemplars/assurance',
  ])
    expect(letter.text).toContain(words);
});

test('a piece that is said for two reasons is one piece', () =>
  expect(assuranceLetter([notice('a', 'x'), notice('b', 'x')], SENT).subject).toBe(
    'South London: 1 piece of assurance ends',
  ));

test('sent again it is the same letter; to another, or of something else, it is one of its own', () => {
  const { id } = assuranceLetter([notice('a')], SENT);
  expect(id).toMatch(/^<[0-9a-f]{32}@notices\.exemplar\.invalid>$/);
  expect(assuranceLetter([notice('a')], SENT).id).toBe(id);
  expect(assuranceLetter([notice('b')], SENT).id).not.toBe(id);
  expect(assuranceLetter([notice('a')], { ...SENT, to: 'other@rv5.example' }).id).not.toBe(id);
});

test('without an address of the server it says so in words', () =>
  expect(assuranceLetter([notice('a')], { ...SENT, address: undefined }).text).toContain(
    'this server/assurance/a',
  ));
