import { reader, shownClaim, shownLine } from '../../../test/support/shown-claim.js';
import type { ClaimEventView } from '../../funding/claims/claim-history.queries.js';
import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { claimPage } from './claim.page.js';
import { claimTag, whoHasIt } from './claim.words.js';
import { eventWords, foldedEvents, historyTable } from './claim-history.table.js';
import { linesTable } from './claim-lines.table.js';
import { tasksOf } from './claim-tasks.js';

const LEE = { id: 'lead', name: 'Lee Lead' };
const FAY = { id: 'fd', name: 'Fay Director' };

const statuses = (...given: Parameters<typeof tasksOf>) =>
  Object.fromEntries(tasksOf(...given).map(({ text, status, href }) => [text, [status.text, href]]));

test('a draft without lines has its tasks, and what cannot start yet says so', () => {
  const claim = shownClaim({
    lines: [],
    claimedPence: 0,
    blockers: [{ code: 'claim-empty', message: 'No lines.', pointer: '/lines' }],
    next: ['save', 'submit'],
  });
  expect(statuses(claim, reader('trust-lead'))).toEqual({
    'What it is for': ['Completed', '/claims/c1/description'],
    'What is claimed': ['Not started', '/claims/c1/lines'],
    'Evidence of each cost': ['Cannot start yet', '/claims/c1/evidence'],
    'Check your answers': ['', '/claims/c1/check'],
    'The finance director’s certificate': ['Cannot start yet', null],
    'Submit it': ['Cannot start yet', null],
  });
});

test('a draft that is whole waits for the finance director, who is led to the certificate', () => {
  const lead = statuses(shownClaim({ next: ['save'] }), reader('trust-lead'));
  expect(lead['The finance director’s certificate']).toEqual(['Waiting for the finance director', null]);
  const director = statuses(shownClaim({ next: ['certify'] }), reader('trust-finance-director'));
  expect(director['The finance director’s certificate']).toEqual(['For you', '/claims/c1/steps/certify']);
  const certified = shownClaim({
    state: 'fd-certified',
    people: { certifiedBy: FAY },
    next: ['save', 'submit'],
  });
  expect(statuses(certified, reader('trust-lead'))['Submit it']).toEqual([
    'Ready to submit',
    '/claims/c1/steps/submit',
  ]);
});

test('what is wrong with lines, and evidence that is missing, are told apart', () => {
  const claim = shownClaim({
    lines: [shownLine(1), shownLine(2, { evidence: null })],
    blockers: [
      { code: 'evidence-missing', message: '', pointer: '/lines/1/invoiceReference' },
      { code: 'cost-to-come', message: '', pointer: '/lines/0/incurredOn' },
    ],
    next: ['save'],
  });
  const found = statuses(claim, reader('trust-lead'));
  expect(found['What is claimed']).toEqual(['1 thing to mend', '/claims/c1/lines']);
  expect(found['Evidence of each cost']).toEqual(['To do', '/claims/c1/evidence']);
});

test('who only looks on has no tasks; an advance needs no evidence', () => {
  expect(tasksOf(shownClaim(), reader('auditor'))).toEqual([]);
  const advance = tasksOf(shownClaim({ kind: 'advance' }), reader('trust-lead'));
  expect(advance.map(({ text }) => text)).not.toContain('Evidence of each cost');
});

test('every state says who has the claim, in words and with a tag', () => {
  for (const state of CLAIM_STATES) {
    expect(whoHasIt(shownClaim({ state }))).toMatch(/^[A-Z].+\.$/);
    expect(claimTag(state).words).toMatch(/^[A-Z]/);
  }
  expect(whoHasIt(shownClaim({ state: 'recommended', people: { approvedBy: LEE } }))).toContain('the second');
});

test('lines show what was recommended and approved of them once anything was, with the totals', () => {
  const draft = linesTable({ ...shownClaim(), empty: 'Nothing.' });
  expect(draft.headings.map(({ text }) => text)).toEqual([
    'Line',
    'What for',
    'Year and kind',
    'Evidence',
    'Claimed',
  ]);
  const lines = [
    shownLine(1, { approvedPence: 4_000, disallowedBecause: 'Training.' }),
    shownLine(2, { approvedPence: 10_000 }),
  ];
  const approved = linesTable({ ...shownClaim({ lines }), empty: 'Nothing.' });
  expect(approved.headings.at(-1)?.text).toBe('Approved');
  expect(approved.rows[0]?.at(-1)).toEqual({ value: 4_000, note: 'Training.' });
  expect(approved.foot?.map(({ value }) => value)).toEqual(['Total', '', '', '', 20_000, 14_000]);
});

const event = (number: number, action: string, over: Partial<ClaimEventView> = {}): ClaimEventView => ({
  ...{
    number,
    at: `2018-05-0${number}T09:00:00Z`,
    action,
    by: LEE,
    reason: null,
    state: 'draft',
    version: 1,
  },
  ...over,
});

test('a history says once what was done again and again, and the newest first', () => {
  const events = [
    event(1, 'claim.prepare'),
    event(2, 'claim.save'),
    event(3, 'claim.save'),
    event(4, 'claim.certify', { by: FAY, state: 'fd-certified' }),
    event(5, 'claim.save', { by: FAY }),
  ];
  expect(foldedEvents(events).map(eventWords)).toEqual(['Begun', 'Saved, 2 times', 'Certified', 'Saved']);
  expect(historyTable(events).rows.map((row) => row[1]?.value)).toEqual([
    'Saved',
    'Certified',
    'Saved, 2 times',
    'Begun',
  ]);
});

test.each([
  ['claim.approve', 'recommended', 'The first of two approvals was given'],
  ['claim.approve', 'approved', 'Approved'],
  ['claim.revise', 'draft', 'Version 2 was begun'],
  ['payment.pay', 'paid', 'Its payment was recorded'],
  ['claim.something-new', 'draft', 'Something new'],
] as const)('%s that leads to %s is %p', (action, state, words) =>
  expect(eventWords({ ...event(1, action, { state, version: 2 }), times: 1 })).toBe(words),
);

test('a page shows the actions of its reader alone, and says why a claim was queried', () => {
  const queried = shownClaim({
    state: 'queried',
    queries: [
      {
        ...{
          id: 'q1',
          version: 1,
          position: 2,
          question: 'Which wards?',
          raisedBy: { id: 'x', name: 'Ash Assessor' },
        },
        ...{ raisedAt: '2018-05-11T09:00:00Z', answer: null, answeredBy: null, answeredAt: null },
      },
    ],
    next: ['answer-query', 'revise', 'withdraw'],
  });
  const { model } = claimPage(queried, [], reader('trust-lead')) as { model: Record<string, never> };
  expect(model.queries).toMatchObject([
    { about: 'Line 2', question: 'Which wards?', answerAt: '/claims/c1/queries/q1/answer' },
  ]);
  expect(model.actions).toMatchObject({ forward: [{ text: 'Answer the queries' }] });
  const looked = claimPage({ ...queried, next: [] }, [], reader('auditor')) as {
    model: Record<string, never>;
  };
  expect(looked.model.actions).toEqual({ forward: [], others: [] });
  expect(looked.model.queries).toMatchObject([{ answerAt: null }]);
});
