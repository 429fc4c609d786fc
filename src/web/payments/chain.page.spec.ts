import { shownClaim } from '../../../test/support/shown-claim.js';
import type { PaymentChain } from '../../funding/payments/payment-chain.queries.js';
import { chainLinks, chainPage } from './chain.page.js';

const AMY = { id: 'amy', name: 'Amy' };
const AT = '2018-05-15T09:00:00Z';

/** A chain that is whole, as far as a page looks. */
function chain(over: Partial<PaymentChain> = {}): PaymentChain {
  const claim = shownClaim({
    state: 'paid',
    approvedPence: 20_000,
    people: { certifiedBy: AMY, certifiedAt: AT },
  });
  return {
    payment: {
      ...{ id: 'p1', reference: 'PAY-000001', programme: 'mental-health-exemplars', trust: claim.trust },
      ...{
        state: 'paid',
        amountPence: 20_000,
        scheduledFor: '2018-05-15',
        scheduledBy: AMY,
        scheduledAt: AT,
      },
      ...{ paidOn: '2018-05-15', bankReference: 'FPS 1', paidBy: AMY, recordedAt: AT, closedBecause: null },
    } as PaymentChain['payment'],
    award: {
      id: 'w1',
      grantPence: 500_000_000,
      matchPence: 500_000_000,
      sourced: { source: null, assumed: 'A guess' },
    },
    agreement: {
      ...{ id: 'a1', reference: 'MHE-RW4', state: 'active', predecessor: null },
      version: {
        ...{
          id: 'v1',
          number: 1,
          effectiveOn: '2017-06-01',
          preparedBy: AMY,
          preparedAt: AT,
          approvedBy: AMY,
        },
        ...{ approvedAt: AT, signedBy: AMY, signedAt: AT, changeRequest: null },
      },
    },
    tranche: {
      ...{ id: 't2', number: 2, name: 'On delivery', basis: 'delivery', plannedOn: '2018-03-31' },
      ...{ grantPence: 400_000_000, milestones: [] },
    },
    decisions: [
      {
        ...{
          id: 'd1',
          step: 'approve',
          openedBy: 'conditions',
          decidedBy: AMY,
          decidedAt: AT,
          waived: [],
          waivers: [],
        },
        facts: { match: { explanation: 'Enough match is accepted.' } },
      },
    ],
    claim,
    journals: [],
    extractLines: [],
    recoveries: [],
    gaps: [],
    ...over,
  };
}

test('the links stand from the award to the bank, and a recovery after them only where there is one', () => {
  expect(chainLinks(chain()).map(({ title }) => title)).toEqual([
    'Award',
    'Agreement',
    'Tranche and what opens its gate',
    'Claim and its evidence',
    'Certificate of the finance director',
    'Check against the evidence',
    'Approval',
    'Scheduling',
    'Payment',
    'Postings in the ledger',
    'Bank and ledger',
  ]);
});

test('a link says who, when, and what the gate looked at; nobody is said where nobody is', () => {
  const found = Object.fromEntries(chainLinks(chain()).map(({ key, facts }) => [key, facts]));
  expect(found.certificate).toEqual([{ label: 'Certified by', value: 'Amy, 15 May 2018 at 10:00am' }]);
  expect(found.check?.[0]).toEqual({ label: 'Checked by', value: 'Nobody is recorded' });
  expect(found.approval).toContainEqual({ label: 'Match at the gate', value: 'Enough match is accepted.' });
  expect(found.award).toContainEqual({ label: 'Where the figures come from', value: 'Assumed: A guess' });
});

test.each([
  ['award-missing', 'There is no award under it.', 'award'],
  ['agreement-signatory-missing', 'Nobody signed.', 'agreement'],
  ['gate-decision-missing', 'No gate decision was made when the claim was approved.', 'approval'],
  ['gate-decision-missing', 'No gate decision was made when the payment was scheduled.', 'scheduling'],
  ['gate-decision-missing', 'No gate decision was made when it was recorded as paid.', 'payment'],
  ['cost-evidence-missing', 'No evidence counts for line 1 of the claim.', 'claim'],
  ['payer-missing', 'Nobody is recorded as having paid it.', 'payment'],
  ['not-reconciled', 'No line of an extract was matched with it yet.', 'bank'],
  ['something-new', 'A gap of tomorrow.', 'payment'],
])('the gap %s stands at its link: %s', (code, message, key) => {
  const gaps = [{ code, message }];
  const at = chainLinks(chain({ gaps })).filter((link) => link.gaps.includes(message));
  expect(at.map((link) => link.key)).toEqual([key]);
  const { model } = chainPage(chain({ gaps }), true) as { model: { verdict: string; gaps: string[] } };
  expect(model).toMatchObject({ gaps: [message], verdict: expect.stringContaining('1 link is missing') });
});

test('a whole chain says so', () => {
  const { model } = chainPage(chain(), true) as { model: { verdict: string } };
  expect(model.verdict).toBe('The chain is whole: every link from the award to the bank is there.');
});
