/** What a broken constraint of match, claims, payments and the ledger means to whoever broke it. */
export const MONEY_MEANINGS: Record<string, { code: string; message: string }> = {
  cost_evidence_counts_once: {
    code: 'evidence-counts-already',
    message:
      'This very file counts as evidence of another cost already. One piece of evidence counts once, whoever sends it and for whichever programme: send other evidence.',
  },
  cost_reference_counts_once: {
    code: 'reference-counts-already',
    message:
      'Evidence with this supplier and reference counts for another cost already. One piece of evidence counts once, whoever sends it and for whichever programme: check the reference, or send other evidence.',
  },
  evidence_of_cost_is_fixed: {
    code: 'evidence-is-fixed',
    message: 'Evidence of a cost never changes, and what counts no more never counts again. Send it anew.',
  },
  evidenced_match_is_fixed: {
    code: 'evidenced-match-is-fixed',
    message:
      'What a contribution was when it was evidenced never changes. Have it rejected, and evidence it anew.',
  },
  match_accepter_is_neither: {
    code: 'accepter-is-preparer',
    message: 'Whoever recorded or evidenced a contribution cannot decide on it. Ask another person.',
  },
  award_is_agreed: {
    code: 'award-is-agreed',
    message:
      'An award that is agreed never changes by a definition. Put it back as it is in force, and vary the agreement by a change request.',
  },
  submitted_claim_is_fixed: {
    code: 'submitted-claim-is-fixed',
    message: 'The lines of a submitted claim never change. Revise the claim: it becomes a new version.',
  },
  decided_claim_is_fixed: {
    code: 'decided-claim-is-fixed',
    message:
      'What was decided on a claim never changes. Cancel the approval, reverse the payment, or ask the money back.',
  },
  claim_certifier_is_not_preparer: {
    code: 'certifier-is-preparer',
    message: 'Whoever prepared a claim cannot certify it. Ask another person.',
  },
  claim_checker_is_neither: {
    code: 'checker-is-preparer-or-certifier',
    message: 'Whoever prepared or certified a claim cannot check or recommend it. Ask another person.',
  },
  claim_approver_is_none_of_them: {
    code: 'approver-is-preparer-or-certifier',
    message: 'Whoever prepared or certified a claim cannot approve it. Ask another person.',
  },
  claim_second_approver_is_another: {
    code: 'second-approver-is-not-another',
    message:
      'Whoever prepared, certified or approved a claim cannot give its second approval. Ask another person.',
  },
  payer_is_none_of_them: {
    code: 'payer-is-preparer-certifier-or-approver',
    message: 'Whoever prepared, certified or approved a claim cannot pay it. Ask another person.',
  },
  payment_standing: {
    code: 'payment-stands',
    message: 'This claim has a payment already. Cancel or reverse that one first.',
  },
  payment_bank_reference_once: {
    code: 'bank-reference-taken',
    message: 'Another payment of this programme has this bank reference already. Each payment has its own.',
  },
  payment_is_what_was_approved: {
    code: 'payment-is-not-what-was-approved',
    message: 'A payment is all that was approved of its claim, no more and no less.',
  },
  no_payment_without_gate: {
    code: 'no-payment-without-gate',
    message: 'Nothing is scheduled or paid before its gate was passed for it.',
  },
  payment_is_fixed: {
    code: 'payment-is-fixed',
    message:
      'What was scheduled and what was paid never change. Cancel or reverse the payment, and make another.',
  },
  recovery_is_fixed: {
    code: 'recovery-is-fixed',
    message:
      'What is asked back and why, what was agreed and how that ended never change. Withdraw it, or raise another recovery.',
  },
  recovery_open: {
    code: 'recovery-open',
    message: 'A recovery of this claim is open already. End it first, then raise the next.',
  },
  recovery_within_payment: {
    code: 'more-than-paid',
    message: 'No more is recovered than is left of what was paid.',
  },
  write_off_by_another: {
    code: 'write-off-by-raiser',
    message: 'Whoever raised a recovery cannot write it off. Ask another person.',
  },
  extract_once: {
    code: 'extract-already-there',
    message: 'This very file was uploaded before. Look at what became of it there.',
  },
  programme_totals_add_up: {
    code: 'totals-do-not-add-up',
    message: 'The control totals for grant and match must add up to the total.',
  },
  account_never_below_zero: {
    code: 'award-line-exceeded',
    message: 'There is not that much left in this line of the award. Look at what remains, and ask for less.',
  },
  tranche_never_overdrawn: {
    code: 'tranche-exceeded',
    message: 'There is not that much left in this instalment. Look at what remains of it, and ask for less.',
  },
  posting_within_window: {
    code: 'cost-outside-window',
    message:
      'A cost arose outside the window of the agreement, or in another year than its line is for. Check its date.',
  },
  journal_reversed_once: {
    code: 'journal-reversed-before',
    message: 'This was reversed before; it cannot be reversed twice.',
  },
  journal_is_closed: {
    code: 'journal-is-closed',
    message: 'Nothing is added to a journal that stands. Post another one.',
  },
  journal_adds_up: {
    code: 'journal-does-not-add-up',
    message:
      'The postings of this journal are not what it says, or no approved change allows it; nothing was posted.',
  },
};
