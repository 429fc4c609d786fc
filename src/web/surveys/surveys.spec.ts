import type { QuestionView } from '../../surveys/survey.queries.js';
import { Form, type Typed } from '../page/form.js';
import { surveyTasks } from '../tasks/survey-tasks.js';
import { answersIn } from './sheet-form.js';
import { beforeCell, evidenceWords, questionName } from './survey.words.js';

const asked = (over: Partial<QuestionView>): QuestionView => ({
  id: 'q',
  ref: 'booking/v2',
  kind: 'adoption',
  wording: 'Can patients book online?',
  base: 'Trusts',
  options: null,
  measure: null,
  sourced: { source: null, assumed: 'a test' },
  ...over,
});
const QUESTIONS = [
  asked({}),
  asked({
    ref: 'barriers/v1',
    kind: 'barriers',
    options: ['money', 'staff', 'systems'].map((code) => ({ code, label: code })),
  }),
];
const ID = '00000000-0000-7000-8000-000000000000';

test.each<[string, Typed, string[]]>([
  ['nothing at all', {}, []],
  ['a link from nowhere', { 'answers/0/link': 'rumour/1' }, ['not-chosen']],
  ['a status that there is not', { 'answers/0/status': 'perhaps' }, ['not-chosen']],
  ['two first ranks', { 'answers/1/ranks/money': '1', 'answers/1/ranks/staff': '1' }, ['ranks-tied']],
  ['a gap', { 'answers/1/ranks/money': '1', 'answers/1/ranks/staff': '3' }, ['ranks-with-gaps']],
  ['a rank that there is not', { 'answers/1/ranks/money': '7' }, ['not-a-number']],
])('a form with %s', (_, typed, codes) => {
  const form = new Form(typed);
  const read = () => answersIn(form, QUESTIONS);
  if (codes.length === 0) expect(read()).toHaveLength(2);
  else expect(read).toThrow();
  expect(form.faults.map(({ code }) => code)).toEqual(codes);
});

test('a form says an answer to each question, and barriers by rank', () =>
  expect(
    answersIn(
      new Form({
        'answers/0/status': 'live',
        'answers/0/evidence': ' Board paper ',
        'answers/0/link': `milestone/${ID}`,
        'answers/1/ranks/systems': '1',
        'answers/1/ranks/money': '2',
      }),
      QUESTIONS,
    ),
  ).toEqual([
    {
      question: 'booking/v2',
      status: 'live',
      evidence: 'Board paper',
      link: { kind: 'milestone', id: ID },
      barriers: [],
    },
    { question: 'barriers/v1', status: null, evidence: null, link: null, barriers: ['systems', 'money'] },
  ]));

test('what is not compared has no figure, and says why', () => {
  const before = {
    wave: 'w',
    name: 'W',
    shares: [{ code: 'live', label: 'live', numerator: 1, denominator: 5, first: null }],
  };
  expect(beforeCell({ ...before, because: null }, 'live')).toEqual({ value: 20, note: '1 of 5' });
  expect(beforeCell({ ...before, because: 'Not compared.' }, 'live')).toEqual({
    value: null,
    note: 'Not compared.',
  });
  expect(beforeCell(null, 'live')).toEqual({ value: null });
});

test('questions and evidence in words', () => {
  expect(questionName('record-access/v2')).toBe('Record access, version 2');
  const link = { kind: 'milestone' as const, id: ID, name: 'Portal live' };
  expect(evidenceWords({ evidence: 'Paper 7', link })).toBe('Paper 7; Milestone: Portal live');
  expect(evidenceWords({ evidence: null, link: null })).toBeNull();
});

test('project lead 1: a wave that is open and not answered waits, until its last day', () => {
  const wave = { code: 'w', name: 'Summer', closesOn: '2018-08-31' };
  expect(
    surveyTasks('p', [
      { wave, draft: null },
      { wave, draft: ID },
    ]),
  ).toMatchObject([
    { title: 'Answer the survey: Summer', href: '/programmes/p/surveys/w', dueOn: '2018-08-31' },
    { title: 'Submit your answers: Summer', href: `/survey-sheets/${ID}`, dueOn: '2018-08-31' },
  ]);
});
