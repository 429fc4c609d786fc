import fc from 'fast-check';
import type { Blocker } from '../core/blockers.js';
import {
  type Answer,
  type AskedQuestion,
  answerBlockers,
  type EvidenceLink,
  prefilled,
  rankedCodes,
  SHEET,
  submissionBlockers,
  waveBlockers,
  waveState,
} from './survey.rules.js';

const codes = (reasons: Blocker[]) => reasons.map(({ code, pointer }) => `${code} ${pointer}`);
const QUESTIONS: AskedQuestion[] = [
  { ref: 'booking/v2', kind: 'adoption', options: null },
  {
    ref: 'barriers/v1',
    kind: 'barriers',
    options: ['money', 'staff', 'systems'].map((code) => ({ code, label: code })),
  },
];
const answer = (over: Partial<Answer> = {}): Answer => ({
  ...{ question: 'booking/v2', status: 'planned', evidence: null, link: null, barriers: [] },
  ...over,
});
const barriers = (...ranked: string[]) => answer({ question: 'barriers/v1', status: null, barriers: ranked });

const LINK: EvidenceLink = { kind: 'milestone', id: 'm' };

const OURS = { kind: 'programme', opensOn: '2018-07-02', closesOn: '2018-09-28' } as const;
test.each([
  [OURS, '2018-07-01', 'not-open', ['wave-not-open /wave']],
  [OURS, '2018-07-02', 'open', []],
  [OURS, '2018-09-28', 'open', []],
  [OURS, '2018-09-29', 'closed', ['wave-closed /wave']],
  [
    { kind: 'historical', opensOn: null, closesOn: null },
    '2018-07-02',
    'historical',
    ['wave-is-historical /wave'],
  ],
] as const)('answering in %j on %s', (wave, today, state, expected) => {
  expect(waveState(wave, today)).toBe(state);
  expect(codes(waveBlockers(wave, today))).toEqual(expected);
});

test.each<[Answer[], string[]]>([
  [[answer(), barriers('staff', 'money')], []],
  [[answer({ question: 'booking/v1' })], ['question-not-asked /answers/0/question']],
  [[answer(), answer()], ['answered-twice /answers/1/question']],
  [[answer({ barriers: ['staff'] })], ['answer-of-another-kind /answers/0/barriers']],
  [[answer({ question: 'barriers/v1' })], ['answer-of-another-kind /answers/0/status']],
  [[answer({ status: null })], []],
  [[answer({ status: null, evidence: 'Paper 7' })], ['evidence-of-nothing /answers/0/status']],
  [[answer({ status: null, link: LINK })], ['evidence-of-nothing /answers/0/status']],
  [[answer({ status: 'live', evidence: 'Paper 7', link: LINK })], []],
  [[barriers('weather')], ['barrier-unknown /answers/0/barriers']],
  [[barriers('staff', 'staff')], ['barrier-twice /answers/0/barriers']],
])('answers of %j', (answers, expected) =>
  expect(codes(answerBlockers(QUESTIONS, answers))).toEqual(expected),
);

test.each<[Answer[], string[]]>([
  [[answer()], []],
  [[], ['not-answered /answers/0/status']],
  [[answer({ status: null })], ['not-answered /answers/0/status']],
  [[answer({ status: 'live' })], ['evidence-missing /answers/0/evidence']],
  [[answer({ status: 'live', evidence: 'Board paper 7' })], []],
  [[answer({ status: 'pilot' })], ['evidence-missing /answers/0/evidence']],
  [[answer({ status: 'pilot', link: LINK })], []],
])('submitting %j', (answers, expected) =>
  expect(codes(submissionBlockers('draft', QUESTIONS, answers))).toEqual(expected),
);

test.each<[Answer[], string]>([
  [[], 'Question 1 is not answered. Say how far you are: none, planned, pilot, live or retired.'],
  [[answer({ status: 'live' })], 'Question 1: say what shows that it is live,'],
  [[answer({ status: 'pilot' })], 'Question 1: say what shows that it is in a pilot,'],
])('submitting %j, it is said what is missing', (answers, words) =>
  expect(submissionBlockers('draft', QUESTIONS, answers)[0]?.message).toContain(words),
);

test('what is no barrier is named, with those that are', () =>
  expect(answerBlockers(QUESTIONS, [barriers('weather')])[0]?.message).toBe(
    'weather is none of the barriers to rank: money, staff, systems.',
  ));

test('what is submitted is not submitted again', () => {
  expect(codes(submissionBlockers('submitted', QUESTIONS, [answer()]))).toEqual(['wrong-state /state']);
  expect(SHEET.open('superseded')).toEqual([]);
});

test('a sheet begins with the answers to the same versions, and no others', () =>
  expect(prefilled(QUESTIONS, [answer(), answer({ question: 'booking/v1' })])).toEqual([answer()]));

test('ranks are 1 to n without gaps or doubles, or they are refused', () => {
  const rank = (code: string, of: number | null) => ({ code, rank: of });
  expect(rankedCodes([rank('a', 2), rank('b', null), rank('c', 1)])).toEqual(['c', 'a']);
  expect(rankedCodes([])).toEqual([]);
  for (const wrong of [[1, 3], [2], [1, 1], [0, 1]])
    expect(rankedCodes(wrong.map((of, index) => rank(String(index), of)))).toBeUndefined();
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { maxLength: 6 }), (ranks) => {
      const given = ranks.filter((each) => each !== null).sort((a, b) => a - b);
      const whole = given.every((each, index) => each === index + 1);
      expect(rankedCodes(ranks.map((of, index) => rank(String(index), of))) !== undefined).toBe(whole);
    }),
    { seed: 5 },
  );
});
