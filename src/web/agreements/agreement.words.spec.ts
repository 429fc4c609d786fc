import { moveWords, ratioWords } from './agreement.words.js';
import { openStepsOf } from './agreement-steps.js';
import { lastCheckWords } from './ledger.page.js';

test.each([
  [{ matchPence: 1, perGrantPence: 1 }, 'At least £1 of match for every £1 of grant'],
  [{ matchPence: 50, perGrantPence: 100 }, 'At least £1 of match for every £2 of grant'],
  [{ matchPence: 3, perGrantPence: 2 }, 'At least £3 of match for every £2 of grant'],
  [{ matchPence: 0, perGrantPence: 1 }, 'No match is asked for'],
])('a ratio of %j in words', (ratio, words) => expect(ratioWords(ratio)).toBe(words));

test.each([
  ['grant', 'awarded', 'claimed', 'Grant: awarded to claimed'],
  ['grant', 'outside', 'awarded', 'Grant: new as awarded'],
  ['match', 'pledged', 'outside', 'Match: out of pledged'],
  ['grant', 'paid', 'written-off', 'Grant: paid to written off'],
] as const)('%s from %s to %s in words', (source, from, to, words) =>
  expect(moveWords(source, from, to)).toBe(words),
);

test('the steps that are open are links, those that lead on first', () =>
  expect(openStepsOf('1', ['withdraw', 'return-to-draft', 'approve', 'save'])).toEqual([
    { href: '/agreements/1/steps/approval', text: 'Approve the agreement', onward: true },
    { href: '/agreements/1/steps/return-to-draft', text: 'Return the agreement to draft', onward: false },
    { href: '/agreements/1/steps/withdrawal', text: 'Withdraw the agreement', onward: false },
  ]));

test('the last check is said in a sentence, and what not to rely on', () => {
  const check = { id: '1', checkedAt: '2018-07-20T02:00:00Z', accounts: 238, postings: 190 };
  expect(lastCheckWords(undefined)).toBe('The ledger was not checked yet.');
  expect(lastCheckWords({ ...check, differences: 0 })).toContain('Every balance agreed');
  expect(lastCheckWords({ ...check, differences: 2 })).toContain('found 2 differences: do not rely');
});
