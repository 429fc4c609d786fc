import type { Blocker } from '../../core/blockers.js';
import { CLAIM_STEPS, type ClaimStep } from '../../funding/claims/claim-steps.rules.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import type { Link } from '../page/page.js';

/** A step of a claim that has a page of its own under the claim. */
export type PagedStep = Exclude<
  ClaimStep,
  | 'save'
  | 'answer-query'
  | 'pay'
  | 'unschedule'
  | 'reverse-payment'
  | 'reconcile'
  | 'withdraw-recovery'
  | 'agree-recovery'
  | 'recover'
  | 'write-off'
>;

const WORDS: Record<ClaimStep, string> = {
  save: 'Change what it claims',
  certify: 'Certify it',
  submit: 'Submit it',
  check: 'Take it to be checked',
  'give-back': 'Give it back',
  query: 'Query it',
  'answer-query': 'Answer the queries',
  answer: 'Send it back as it stands',
  revise: 'Change it: begin the next version',
  recommend: 'Recommend it',
  approve: 'Approve it, in full or in part',
  'second-approve': 'Give the second approval',
  'withdraw-approval': 'Take the first approval back',
  reject: 'Reject it',
  withdraw: 'Withdraw it',
  'cancel-approval': 'Cancel the approval',
  schedule: 'Schedule its payment',
  unschedule: 'Cancel its payment',
  pay: 'Record its payment',
  'reverse-payment': 'Reverse its payment',
  reconcile: 'Reconcile it with an extract',
  'raise-recovery': 'Ask money back',
  'withdraw-recovery': 'Take the recovery back',
  'agree-recovery': 'Agree to pay back',
  recover: 'Record that the money came back',
  'write-off': 'Give the money up',
};

const OF_PAYMENT: Partial<Record<ClaimStep, string>> = {
  pay: 'pay',
  unschedule: 'cancel',
  'reverse-payment': 'reverse',
};
const OF_RECOVERY: Partial<Record<ClaimStep, string>> = {
  'withdraw-recovery': 'withdraw',
  'agree-recovery': 'agree',
  recover: 'recover',
  'write-off': 'write-off',
};

/** Where a step of a claim is taken. */
export function stepAddress(claim: ShownClaim, step: ClaimStep): string {
  const own = `/claims/${claim.id}`;
  const payment = OF_PAYMENT[step];
  if (payment) return `/payments/${claim.payments.at(-1)?.id}/steps/${payment}`;
  const recovery = OF_RECOVERY[step];
  if (recovery) return `/recoveries/${claim.recoveries.at(-1)?.id}/steps/${recovery}`;
  if (step === 'reconcile') return `/programmes/${claim.programme}/extracts`;
  if (step === 'save') return `${own}/lines`;
  if (step === 'answer-query') {
    const open = claim.queries.find(({ answer }) => answer === null);
    return open ? `${own}/queries/${open.id}/answer` : `${own}#queries`;
  }
  return `${own}/steps/${step}`;
}

/** What a reader may do with a claim: the way forward first, and the ways out after it. */
export interface ClaimActions {
  forward: Link[];
  others: Link[];
}

/** Steps that wait until nothing is in the way of a claim any more. */
const HELD_UP: readonly ClaimStep[] = ['certify', 'submit', 'answer'];

/**
 * The steps that are open to a reader, and no other; changing what is claimed is left to the claim's own lists. What is
 * held up is no way forward yet.
 */
export function actionsOf(claim: ShownClaim): ClaimActions {
  const heldUp = (step: ClaimStep): boolean => claim.blockers.length > 0 && HELD_UP.includes(step);
  const isForward = (step: ClaimStep): boolean =>
    step === 'answer-query' || (CLAIM_STEPS[step].awaited && !heldUp(step));
  const links = (forward: boolean): Link[] =>
    claim.next
      .filter((step) => step !== 'save' && isForward(step) === forward)
      .map((step) => ({ text: WORDS[step], href: stepAddress(claim, step) }));
  return { forward: links(true), others: links(false) };
}

/** Where the place is mended that a blocker is about; null where its reader cannot mend it, or it has no page. */
export function mendedAt(claim: ShownClaim, { code, pointer = '' }: Blocker): string | null {
  const own = `/claims/${claim.id}`;
  const [, line, field] = /^\/lines\/(\d+)(?:\/(\w+))?$/.exec(pointer) ?? [];
  const position = Number(line) + 1;
  if (code === 'query-unanswered') return claim.next.includes('answer-query') ? `${own}#queries` : null;
  if (!claim.next.includes('save')) return null;
  if (code === 'claim-empty') return `${own}/lines/new`;
  if (code === 'evidence-missing') return `${own}/evidence?line=${position}`;
  if (line !== undefined) return `${own}/lines/${position}${field ? `#lines/${line}/${field}` : ''}`;
  return pointer === '/claimedPence' ? `${own}/lines` : null;
}
