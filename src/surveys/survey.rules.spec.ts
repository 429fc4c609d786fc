import fc from 'fast-check';
import {
  type Answer,
  type AskedQuestion,
  answerBlockers,
  prefilled,
  rankedCodes,
  SHEET,
  submissionBlockers,
  waveBlockers,
  waveState,
} from './survey.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);
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

const OURS = { kind: 'programme', opensOn: '2018-07-02', closesOn: '2018-09-28' } as const;
test.each([
  [OURS, '2018-07-01', 'not-open', ['wave-not-open']],
  [OURS, '2018-07-02', 'open', []],
  [OURS, '2018-09-28', 'open', []],
  [OURS, '2018-09-29', 'closed', ['wave-closed']],
  [{ kind: 'historical', opensOn: null, closesOn: null }, '2018-07-02', 'historical', ['wave-is-historical']],
] as const)('answering in %j on %s', (wave, today, state, expected) => {
  expect(waveState(wave, today)).toBe(state);
  expect(codes(waveBlockers(wave, today))).toEqual(expected);
});

test.each<[Answer[], string[]]>([
  [[answer(), barriers('staff', 'money')], []],
  [[answer({ question: 'booking/v1' })], ['question-not-asked']],
  [[answer(), answer()], ['answered-twice']],
  [[answer({ barriers: ['staff'] })], ['answer-of-another-kind']],
  [[answer({ question: 'barriers/v1' })], ['answer-of-another-kind']],
  [[answer({ status: null })], []],
  [[answer({ status: null, evidence: 'Paper 7' })], ['evidence-of-nothing']],
  [[barriers('weather')], ['barrier-unknown']],
  [[barriers('staff', 'staff')], ['barrier-twice']],
])('answers of %j', (answers, expected) =>
  expect(codes(answerBlockers(QUESTIONS, answers))).toEqual(expected),
);

test.each<[Answer[], string[]]>([
  [[answer()], []],
  [[], ['not-answered']],
  [[answer({ status: null })], ['not-answered']],
  [[answer({ status: 'live' })], ['evidence-missing']],
  [[answer({ status: 'live', evidence: 'Board paper 7' })], []],
  [[answer({ status: 'pilot' })], ['evidence-missing']],
  [[answer({ status: 'pilot', link: { kind: 'milestone', id: 'm' } })], []],
])('submitting %j', (answers, expected) =>
  expect(codes(submissionBlockers('draft', QUESTIONS, answers))).toEqual(expected),
);

test('what is submitted is not submitted again', () => {
  expect(codes(submissionBlockers('submitted', QUESTIONS, [answer()]))).toEqual(['wrong-state']);
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
