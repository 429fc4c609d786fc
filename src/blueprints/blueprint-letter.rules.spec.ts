import { type BlueprintEvent, blueprintLetter, stillStands } from './blueprint-letter.rules.js';
import type { LetterFacts } from './blueprint-notice.queries.js';

const FACTS: LetterFacts = {
  ...{ id: 'b', reference: 'BLU-00001', trust: 'Mersey Care', contactAddress: 'digital@x.example' },
  ...{ versionId: 'v', state: 'submitted', what: 'Safety plans', forWhom: 'carers', where: 'wards' },
  ...{
    reviewQuestion: 'For whom?',
    contactId: null,
    question: 'How many?',
    answer: null,
    asker: 'Oxford Health',
  },
};
const TO = { to: 'a@x.example', address: 'https://exemplar.example' };

test.each<[BlueprintEvent, Partial<LetterFacts>, string, string]>([
  ['asked', {}, 'a question waits for your answer', 'Oxford Health asks:\n\nHow many?'],
  ['answered', { answer: 'Two.' }, 'your question is answered', 'Mersey Care answers:\n\nTwo.'],
  ['submitted', {}, 'a blueprint waits for its review', 'Mersey Care has submitted it.'],
  ['queried', {}, 'the review asks about your blueprint', 'The review asks:\n\nFor whom?'],
  ['published', {}, 'your blueprint is published', 'everybody can read it'],
])('a letter when it was %s', (event, over, subject, words) => {
  const letter = blueprintLetter(event, { ...FACTS, ...over }, TO);
  expect(letter.subject).toBe(`BLU-00001: ${subject}`);
  expect(letter.text).toContain(words);
  expect(letter.text).toMatch(/^Safety plans for carers, wards\n/);
  expect(letter.text).toContain('https://exemplar.example/blueprints/b');
  expect(letter.id).toMatch(/^<[0-9a-f]{32}@notices\.exemplar\.invalid>$/);
  expect(blueprintLetter(event, { ...FACTS, ...over }, TO).id).toBe(letter.id);
});

test('each event, address, version and question of a review is a letter of its own', () => {
  const ids = [
    blueprintLetter('submitted', FACTS, TO),
    blueprintLetter('published', FACTS, TO),
    blueprintLetter('queried', FACTS, TO),
    blueprintLetter('queried', { ...FACTS, reviewQuestion: 'And where?' }, TO),
    blueprintLetter('queried', { ...FACTS, versionId: 'w' }, TO),
    blueprintLetter('submitted', FACTS, { ...TO, to: 'b@x.example' }),
    blueprintLetter('asked', { ...FACTS, contactId: 'c' }, TO),
  ].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // A review's question makes no other letter of what it does not tell.
  expect(blueprintLetter('submitted', { ...FACTS, reviewQuestion: null }, TO).id).toBe(ids[0]);
});

test.each<[BlueprintEvent, Partial<LetterFacts>, boolean]>([
  ['asked', {}, true],
  ['asked', { answer: 'Two.' }, false],
  ['answered', { answer: 'Two.' }, true],
  ['submitted', {}, true],
  ['submitted', { state: 'in-review' }, false],
  ['queried', { state: 'queried' }, true],
  ['queried', { state: 'superseded' }, false],
  ['published', { state: 'published' }, true],
  ['published', { state: 'withdrawn' }, false],
])('%s, with %j, still stands: %s', (event, over, expected) =>
  expect(stillStands(event, { ...FACTS, ...over })).toBe(expected),
);
