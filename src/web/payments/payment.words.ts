import type { ExtractResult } from '../../funding/payments/extract.rules.js';
import type { PaymentState } from '../../funding/payments/payment.rules.js';
import type { RecoveryState } from '../../funding/payments/recovery.rules.js';
import { words } from '../page/format.js';
import type { Tag, TagColour } from '../page/table.js';

const PAYMENT: Record<PaymentState, TagColour> = {
  scheduled: 'blue',
  paid: 'aqua-green',
  reconciled: 'green',
  cancelled: 'grey',
  reversed: 'red',
};
const RECOVERY: Record<RecoveryState, TagColour> = {
  raised: 'orange',
  agreed: 'blue',
  recovered: 'green',
  'written-off': 'grey',
  withdrawn: 'grey',
};

/** The state of a payment, as a tag. */
export const paymentTag = (state: PaymentState): Tag => ({ words: words(state), colour: PAYMENT[state] });

/** The state of a recovery, as a tag. */
export const recoveryTag = (state: RecoveryState): Tag => ({ words: words(state), colour: RECOVERY[state] });

/** What became of a line of an extract, or of a payment that is in none, as a tag. */
export function resultTag({ result, line }: { result: ExtractResult; line: number | null }): Tag {
  if (result === 'matched') return { words: 'Matched', colour: 'green' };
  if (result === 'differs') return { words: 'Differs', colour: 'orange' };
  return line === null
    ? { words: 'Missing in the extract', colour: 'red' }
    : { words: 'Missing in Exemplar', colour: 'red' };
}
