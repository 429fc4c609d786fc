import fc from 'fast-check';
import { addDays } from '../core/calendar.js';
import {
  certificationBlockers,
  isOverdue,
  locksOn,
  PROGRESS_REPORT,
  PROGRESS_REPORT_STATES,
  type ProgressReportState,
  type ProgressReportVerb,
  reviewBlockers,
  submissionBlockers,
  submissionVerb,
} from './progress-report.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map((reason) => reason.code);
const MISSING = [{ code: 'narrative-missing', message: '"Progress" is empty.', pointer: '/narrative' }];

test.each<[ProgressReportState, ProgressReportVerb[]]>([
  ['not-due', ['open']],
  ['open', ['save']],
  ['draft', ['save', 'certify']],
  ['trust-certified', ['save', 'submit', 'resubmit']],
  ['submitted', ['query', 'accept']],
  ['queried', ['revise']],
  ['resubmitted', ['query', 'accept']],
  ['accepted', ['lock', 'correct']],
  ['locked', ['correct']],
])('a return that is %s allows exactly %p', (state, verbs) =>
  expect(PROGRESS_REPORT.open(state)).toEqual(verbs),
);

test.each<[ProgressReportVerb, ProgressReportState, ProgressReportState]>([
  ['open', 'not-due', 'open'],
  ['save', 'open', 'draft'],
  ['save', 'trust-certified', 'draft'],
  ['certify', 'draft', 'trust-certified'],
  ['submit', 'trust-certified', 'submitted'],
  ['resubmit', 'trust-certified', 'resubmitted'],
  ['query', 'resubmitted', 'queried'],
  ['revise', 'queried', 'draft'],
  ['accept', 'submitted', 'accepted'],
  ['lock', 'accepted', 'locked'],
  ['correct', 'locked', 'draft'],
])('%s leads from %s to %s', (verb, from, to) => expect(PROGRESS_REPORT.next(verb, from)).toBe(to));

test('whatever is done, what is submitted was certified since its last save', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PROGRESS_REPORT.verbs), { maxLength: 40 }), (verbs) => {
      let state: ProgressReportState = 'not-due';
      let certified = false;
      for (const verb of verbs) {
        if (PROGRESS_REPORT.blockers(verb, state).length > 0) continue;
        if (verb === 'save' || verb === 'revise' || verb === 'correct') certified = false;
        if (verb === 'certify') certified = true;
        if (verb === 'submit' || verb === 'resubmit') expect(certified).toBe(true);
        state = PROGRESS_REPORT.next(verb, state);
      }
    }),
  );
});

test.each([
  [1, 'submit'],
  [2, 'resubmit'],
  [9, 'resubmit'],
])('version %d is sent by %s', (version, verb) => expect(submissionVerb(version)).toBe(verb));

test.each<[ProgressReportState, string, number, boolean]>([
  ['not-due', '2018-05-01', 1, false],
  ['open', '2018-04-30', 1, false],
  ['open', '2018-05-01', 1, true],
  ['draft', '2018-05-01', 1, true],
  ['trust-certified', '2018-05-01', 1, true],
  ['submitted', '2018-05-01', 1, false],
  ['queried', '2018-05-01', 1, false],
  ['resubmitted', '2018-05-01', 2, false],
  ['accepted', '2018-05-01', 1, false],
  ['draft', '2018-05-01', 2, false],
])('%s on %s, version %d, due on 30 April 2018: overdue is %p', (state, today, version, expected) =>
  expect(isOverdue(state, '2018-04-30', today, version)).toBe(expected),
);

test('once overdue, a return stays so until something is done', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PROGRESS_REPORT_STATES), fc.nat(400), fc.nat(400), (state, day, more) => {
      const today = addDays('2018-01-01', day);
      if (isOverdue(state, '2018-04-30', today))
        expect(isOverdue(state, '2018-04-30', addDays(today, more))).toBe(true);
    }),
  );
});

test.each([
  ['draft', 'fay', ['ann', 'ben'], [], []],
  ['draft', 'ben', ['ann', 'ben'], [], ['certifier-is-preparer']],
  ['draft', 'fay', ['ann'], MISSING, ['narrative-missing']],
  ['open', 'fay', [], [], ['wrong-state']],
  ['trust-certified', 'ann', ['ann'], MISSING, ['wrong-state', 'certifier-is-preparer', 'narrative-missing']],
] as const)('certifying: %s, by %s, prepared by %p', (state, certifierId, preparerIds, missing, expected) =>
  expect(codes(certificationBlockers({ state, certifierId, preparerIds, missing }))).toEqual(expected),
);

const SUBMISSION = {
  state: 'trust-certified',
  version: 1,
  certifierId: 'fay',
  preparerIds: ['ann'],
  missing: [],
} as const;
test.each([
  [{}, []],
  [{ state: 'draft' }, ['wrong-state']],
  [{ state: 'submitted' }, ['wrong-state']],
  [{ certifierId: null }, ['not-certified']],
  [{ preparerIds: ['ann', 'fay'] }, ['certifier-is-preparer']],
  [{ missing: MISSING }, ['narrative-missing']],
  [{ version: 2, unansweredQueries: ['spend', 'risks'] }, ['query-unanswered', 'query-unanswered']],
] as const)('submitting with %j', (change, expected) =>
  expect(codes(submissionBlockers({ ...SUBMISSION, ...change }))).toEqual(expected),
);

const REVIEW = {
  verb: 'accept',
  state: 'submitted',
  assessment: 'finished',
  blockingFindings: 0,
  reviewerId: 'ray',
  preparerIds: ['ann'],
  certifierId: 'fay',
} as const;
test.each([
  [{}, []],
  [{ verb: 'query' }, []],
  [{ state: 'resubmitted' }, []],
  [{ state: 'draft' }, ['wrong-state']],
  [{ assessment: null }, ['assessment-unfinished']],
  [{ assessment: 'running', verb: 'query' }, ['assessment-unfinished']],
  [{ assessment: 'failed' }, ['assessment-unfinished']],
  [{ reviewerId: 'ann' }, ['reviewer-is-preparer-or-certifier']],
  [{ reviewerId: 'fay' }, ['reviewer-is-preparer-or-certifier']],
  [{ blockingFindings: 2 }, ['blocking-findings']],
  [{ blockingFindings: 2, verb: 'query' }, []],
] as const)('reviewing with %j', (change, expected) =>
  expect(codes(reviewBlockers({ ...REVIEW, ...change }))).toEqual(expected),
);

test.each([
  [{ assessment: 'failed' }, 'The assessment of this return failed. Ask an administrator to run it again.'],
  [{ assessment: 'running' }, 'The assessment of this return has not finished. Try again in a moment.'],
  [
    { blockingFindings: 1 },
    'The assessment found one fault that must be mended first. Query the return instead.',
  ],
  [
    { blockingFindings: 2 },
    'The assessment found 2 faults that must be mended first. Query the return instead.',
  ],
  [
    { state: 'trust-certified' },
    'This return is trust certified; it must be submitted or resubmitted for this.',
  ],
] as const)('a review with %j is told', (change, message) =>
  expect(reviewBlockers({ ...REVIEW, ...change })).toMatchObject([{ message }]),
);

test('a query without an answer is told in its section', () =>
  expect(submissionBlockers({ ...SUBMISSION, unansweredQueries: ['spend'] })).toMatchObject([
    { pointer: '/spend' },
  ]));

test('a return is of its first version where none is named', () =>
  expect(isOverdue('draft', '2018-04-30', '2018-05-01')).toBe(true));

test.each([
  ['2017/18', '2018-05-30'],
  ['2019/20', '2020-05-30'],
])('accepted returns of %s are locked from %s', (year, on) => expect(locksOn(year)).toBe(on));
