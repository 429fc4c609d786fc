import { shownClaim } from '../../../test/support/shown-claim.js';
import { CLAIM_STEPS, type ClaimStep } from '../../funding/claims/claim-steps.rules.js';
import { actionsOf, mendedAt, stepAddress } from './claim-links.js';
import { CLAIM_STEP_PAGES } from './claim-steps.js';

const answered = {
  id: 'q1',
  version: 1,
  position: 1,
  question: 'Which wards?',
  raisedBy: null,
  raisedAt: '',
};
const query = { ...answered, answer: null, answeredBy: null, answeredAt: null };

test('every step of a claim leads to a page, and every page is a step', () => {
  const claim = shownClaim({
    payments: [
      { id: 'old', reference: 'PAY-1', state: 'cancelled', amountPence: 1 },
      { id: 'p1', reference: 'PAY-2', state: 'scheduled', amountPence: 1 },
    ],
    recoveries: [{ id: 'r1', reference: 'REC-1', state: 'raised', amountPence: 1 }],
  });
  const addresses = Object.fromEntries(
    (Object.keys(CLAIM_STEPS) as ClaimStep[]).map((step) => [step, stepAddress(claim, step)]),
  );
  for (const step of Object.keys(CLAIM_STEP_PAGES)) {
    expect(addresses[step]).toBe(`/claims/c1/steps/${step}`);
    delete addresses[step];
  }
  expect(addresses).toEqual({
    save: '/claims/c1/lines',
    'answer-query': '/claims/c1#queries',
    pay: '/payments/p1/steps/pay',
    unschedule: '/payments/p1/steps/cancel',
    'reverse-payment': '/payments/p1/steps/reverse',
    reconcile: '/programmes/mental-health-exemplars/extracts',
    'withdraw-recovery': '/recoveries/r1/steps/withdraw',
    'agree-recovery': '/recoveries/r1/steps/agree',
    recover: '/recoveries/r1/steps/recover',
    'write-off': '/recoveries/r1/steps/write-off',
  });
});

test('nothing is offered but what the reader may do; an auditor is offered nothing', () => {
  expect(actionsOf(shownClaim({ state: 'recommended', next: [] }))).toEqual({ forward: [], others: [] });
  const { forward, others } = actionsOf(shownClaim({ state: 'recommended', next: ['approve', 'reject'] }));
  expect([forward, others].map((links) => links.map(({ href }) => href))).toEqual([
    ['/claims/c1/steps/approve'],
    ['/claims/c1/steps/reject'],
  ]);
});

test('what is held up is no way forward: a query is answered before its claim goes back', () => {
  const blockers = [{ code: 'query-unanswered', message: 'No answer yet.', pointer: '/lines/0' }];
  const next: ClaimStep[] = ['answer-query', 'answer', 'revise', 'withdraw'];
  const held = actionsOf(shownClaim({ state: 'queried', queries: [query], blockers, next }));
  expect(held.forward.map(({ href }) => href)).toEqual(['/claims/c1/queries/q1/answer']);
  const free = actionsOf(shownClaim({ state: 'queried', next: ['answer', 'revise', 'withdraw'] }));
  expect(free.forward.map(({ href }) => href)).toEqual(['/claims/c1/steps/answer']);
});

test.each([
  [{ code: 'claim-empty', message: '', pointer: '/lines' }, '/claims/c1/lines/new'],
  [
    { code: 'evidence-missing', message: '', pointer: '/lines/1/invoiceReference' },
    '/claims/c1/evidence?line=2',
  ],
  [
    { code: 'cost-to-come', message: '', pointer: '/lines/0/incurredOn' },
    '/claims/c1/lines/1#lines/0/incurredOn',
  ],
  [{ code: 'tranche-exceeded', message: '', pointer: '/claimedPence' }, '/claims/c1/lines'],
  [{ code: 'agreement-not-active', message: '' }, null],
])('%o is mended at %p, by whoever may', (blocker, address) => {
  expect(mendedAt(shownClaim({ next: ['save'] }), blocker)).toBe(address);
  expect(mendedAt(shownClaim({ next: [] }), blocker)).toBeNull();
});

test('a query is mended where it is answered', () => {
  const blocker = { code: 'query-unanswered', message: '' };
  expect(mendedAt(shownClaim({ next: ['answer-query'] }), blocker)).toBe('/claims/c1#queries');
  expect(mendedAt(shownClaim(), blocker)).toBeNull();
});
