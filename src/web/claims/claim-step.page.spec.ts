import { shownClaim, shownLine } from '../../../test/support/shown-claim.js';
import type { PassageView } from '../../funding/gates/gate.service.js';
import { Form } from '../page/form.js';
import type { Fact } from '../page/page.js';
import type { PagedStep } from './claim-links.js';
import { claimStepPage, closedBecause, decisionsIn, questionsIn } from './claim-step.page.js';
import { CLAIM_STEP_PAGES, proposedPence, stillPaidPence } from './claim-steps.js';

const LEAD = { id: 'lead' };
const OTHER = { id: 'other' };
const TODAY = '2018-05-15';

const codes = (...given: Parameters<typeof closedBecause>) => closedBecause(...given).map(({ code }) => code);

test('a step that is open is closed by nothing; one that is not says why, in the words of the rules', () => {
  expect(codes(shownClaim({ state: 'recommended', next: ['approve'] }), 'approve', OTHER)).toEqual([]);
  expect(codes(shownClaim({ state: 'submitted' }), 'approve', OTHER)).toEqual(['wrong-state']);
  expect(codes(shownClaim({ state: 'recommended' }), 'approve', LEAD)).toEqual([
    'approver-is-preparer-or-certifier',
  ]);
  const half = shownClaim({ state: 'recommended', people: { approvedBy: { id: 'other', name: 'O' } } });
  expect(codes(half, 'approve', { id: 'third' })).toEqual(['second-approval-missing']);
  expect(codes(half, 'second-approve', OTHER)).toEqual(['second-approver-is-not-another']);
  expect(codes(shownClaim({ state: 'recommended' }), 'second-approve', OTHER)).toEqual([
    'first-approval-missing',
  ]);
});

const PASSAGE: PassageView = {
  leftPence: 400_000,
  match: {
    applies: true,
    acceptedPence: 0,
    grantPence: 20_000,
    requiredPence: 20_000,
    shortfallPence: 20_000,
    roomPence: 0,
    explanation: '£0 of match is accepted; £200 is missing.',
  },
  milestones: [
    {
      ...{ id: 'm1', code: 'shared-record/go-live', name: 'Go-live', state: 'met' },
      ...{ agreedOn: '2018-03-31', forecastOn: '2018-03-31', actualOn: '2018-03-20' },
    },
  ],
  blockers: [{ code: 'match-below-ratio', message: '£200 of match is missing.' }],
  waived: [],
};

interface StepModel {
  closed: boolean;
  blockers: Array<{ message: string }>;
  facts: Fact[];
  decisions: Array<{ valuePence: number; because: string }>;
}

const modelOf = (name: PagedStep, claim = shownClaim(), passage: PassageView | null = null): StepModel =>
  claimStepPage(claim, name, { actor: OTHER, today: TODAY, passage }).model as StepModel;

test('an approval has the gate before it: what is in the way, the match, the milestones, what is left', () => {
  const lines = [shownLine(1, { recommendedPence: 4_000, recommendedBecause: 'Training.' }), shownLine(2)];
  const model = modelOf('approve', shownClaim({ state: 'recommended', lines, next: ['approve'] }), PASSAGE);
  expect(model.closed).toBe(false);
  expect(model.blockers.map(({ message }) => message)).toEqual(['£200 of match is missing.']);
  const facts = Object.fromEntries(model.facts.map(({ label, value }) => [label, value]));
  expect(facts['Gate of tranche 2, On delivery']).toMatch(/^Shut/);
  expect(facts.Match).toBe(PASSAGE.match.explanation);
  expect(facts.Milestone).toBe('Go-live: met, agreed for 31 March 2018');
  expect(model.decisions).toMatchObject([
    { valuePence: 4_000, because: 'Training.' },
    { valuePence: 10_000, because: '' },
  ]);
});

test('an approval above the threshold says that it needs a second one', () => {
  const lines = [shownLine(1, { claimedPence: 60_000_000 })];
  const claim = shownClaim({ state: 'recommended', lines, next: ['approve'] });
  expect(modelOf('approve', claim, PASSAGE).facts).toContainEqual({
    label: 'Second approval',
    value: 'Needed: as recommended, it is more than £500,000',
  });
});

test('a step that is closed has no form, and one that is open has its button', () => {
  expect(modelOf('check', shownClaim({ state: 'paid' }))).toMatchObject({ closed: true });
  expect(modelOf('check', shownClaim({ state: 'submitted', next: ['check'] }))).toMatchObject({
    closed: false,
  });
});

test('what keeps a draft from its certificate is shown before it is asked for', () => {
  const blockers = [
    { code: 'evidence-missing', message: 'Line 1 has none.', pointer: '/lines/0/invoiceReference' },
  ];
  expect(modelOf('certify', shownClaim({ blockers, next: ['certify'] })).blockers).toMatchObject(blockers);
});

test('every step has a title, a button and words for when it is done', () => {
  for (const step of Object.values(CLAIM_STEP_PAGES)) {
    const { title, button, notice, explains } = step(shownClaim(), TODAY);
    for (const words of [title, button, notice, ...explains]) expect(words).toMatch(/^[£A-Z]/);
  }
});

test('decisions are read line by line, and faults stand beside their fields', () => {
  const form = new Form({
    'lines/0/approvedPence': '40.00',
    'lines/0/because': 'Training.',
    'lines/1/approvedPence': 'all',
    'lines/1/because': '',
  });
  expect(decisionsIn(form, shownClaim())).toEqual([
    { position: 1, approvedPence: 4_000, because: 'Training.' },
    { position: 2, approvedPence: 0, because: null },
  ]);
  expect(form.faults.map(({ pointer }) => pointer)).toEqual(['/lines/1/approvedPence']);
});

test('questions are those that were typed, each about a line or the whole claim', () => {
  const form = new Form({
    'questions/0/question': 'Which wards?',
    'questions/0/position': '2',
    'questions/1/question': ' ',
    'questions/4/question': 'Who signed?',
    'questions/4/position': '',
  });
  expect(questionsIn(form)).toEqual([
    { position: 2, question: 'Which wards?' },
    { position: null, question: 'Who signed?' },
  ]);
  const empty = new Form({});
  questionsIn(empty);
  expect(empty.faults).toMatchObject([{ pointer: '/questions/0/question' }]);
});

test('what would be approved is what is recommended; what is still paid is less what came back', () => {
  const lines = [shownLine(1, { recommendedPence: 4_000 }), shownLine(2)];
  expect(proposedPence(shownClaim({ lines }))).toBe(14_000);
  const amount = (state: string, amountPence: number) => ({
    id: state,
    reference: state,
    state,
    amountPence,
  });
  expect(
    stillPaidPence(
      shownClaim({
        payments: [amount('reversed', 500), amount('reconciled', 14_000)] as never,
        recoveries: [
          amount('recovered', 1_000),
          amount('withdrawn', 2_000),
          amount('written-off', 500),
        ] as never,
      }),
    ),
  ).toBe(12_500);
});
