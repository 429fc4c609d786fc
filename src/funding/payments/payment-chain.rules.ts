import { formatPounds, type Pence, sumPence } from '../../core/money.js';
import type { MilestoneState } from '../../milestones/milestone.rules.js';
import type { GateStep } from '../gates/gate-match.rules.js';
import type { JournalKind } from '../ledger.rules.js';
import type { PaymentState } from './payment.rules.js';
import type { RecoveryState } from './recovery.rules.js';

/** A link of a payment's chain that is not there. */
export interface ChainGap {
  code: string;
  message: string;
}

/** What of a payment's chain is looked at to find its gaps. */
export interface ChainFacts {
  payment: {
    state: PaymentState;
    amountPence: Pence;
    paidOn: string | null;
    paidBy: object | null;
    bankReference: string | null;
  };
  award: object | null;
  agreement: {
    predecessor: object | null;
    version: {
      number: number;
      approvedBy: object | null;
      signedBy: object | null;
      changeRequest: object | null;
    } | null;
  };
  tranche: {
    milestones: ReadonlyArray<{ code: string; state: MilestoneState; evidence: readonly object[] }>;
  };
  decisions: ReadonlyArray<{ step: GateStep; openedBy: 'conditions' | 'waiver'; waivers: readonly object[] }>;
  claim: {
    kind: 'costs' | 'advance';
    approvedPence: Pence | null;
    people: {
      preparedBy: readonly object[];
      certifiedBy: object | null;
      checkedBy: object | null;
      recommendedBy: object | null;
      approvedBy: object | null;
    };
    lines: ReadonlyArray<{ position: number; approvedPence: Pence | null; evidence: string | null }>;
  };
  journals: ReadonlyArray<{
    kind: JournalKind;
    totalPence: Pence;
    reversedBy: object | null;
    causes: ReadonlyArray<{ id: string }>;
  }>;
  extractLines: ReadonlyArray<{ result: string }>;
  recoveries: ReadonlyArray<{ id: string; reference: string; state: RecoveryState; amountPence: Pence }>;
}

type Found = ReadonlyArray<ChainGap | false>;

const gap = (missing: boolean, code: string, message: string): ChainGap | false =>
  missing && { code, message };

/**
 * The links that are missing from award to reconciled payment (domain.md section 9, auditors): nothing where the chain
 * is whole. Only what a payment needs in its state is missed; one that is paid and in no extract yet lacks that.
 */
export function gapsIn(facts: ChainFacts): ChainGap[] {
  return [
    ...agreed(facts),
    ...claimed(facts),
    ...decided(facts),
    ...proved(facts),
    ...paid(facts),
    ...posted(facts),
    ...recovered(facts),
  ].filter((found) => found !== false);
}

const wentOut = (state: PaymentState): boolean =>
  state === 'paid' || state === 'reconciled' || state === 'reversed';
/** Of one that does not, the approval may have been cancelled since. */
const stands = (state: PaymentState): boolean => state !== 'cancelled' && state !== 'reversed';

function agreed({ award, agreement: { version, predecessor } }: ChainFacts): Found {
  return [
    gap(award === null, 'award-missing', 'There is no award under it.'),
    gap(
      version === null,
      'agreement-version-missing',
      'No approved version of the agreement was in force on the day.',
    ),
    gap(
      version?.approvedBy === null,
      'agreement-approver-missing',
      `Nobody is recorded as having approved version ${version?.number} of the agreement.`,
    ),
    // A variation is signed by nobody: its change request was approved. So is what a successor takes over.
    gap(
      version?.signedBy === null && version.changeRequest === null && predecessor === null,
      'agreement-signatory-missing',
      `Nobody is recorded as having signed version ${version?.number} of the agreement.`,
    ),
  ];
}

function claimed({ claim, payment }: ChainFacts): Found {
  const { preparedBy, certifiedBy, checkedBy, recommendedBy, approvedBy } = claim.people;
  const lines = sumPence(claim.lines.map(({ approvedPence }) => approvedPence ?? 0));
  const who = (duty: string): string => `Nobody is recorded as having ${duty} the claim.`;
  return [
    gap(preparedBy.length === 0, 'preparer-missing', who('prepared')),
    gap(certifiedBy === null, 'certifier-missing', who('certified')),
    gap(checkedBy === null, 'checker-missing', who('checked')),
    gap(recommendedBy === null, 'recommender-missing', who('recommended')),
    gap(approvedBy === null, 'approver-missing', who('approved')),
    gap(
      stands(payment.state) && (lines !== payment.amountPence || claim.approvedPence !== payment.amountPence),
      'amounts-differ',
      `The payment is ${formatPounds(payment.amountPence)}; ${formatPounds(claim.approvedPence ?? 0)} is approved of the claim, and ${formatPounds(lines)} of its lines.`,
    ),
  ];
}

const STEPS: Record<GateStep, string> = {
  approve: 'the claim was approved',
  schedule: 'the payment was scheduled',
  pay: 'it was recorded as paid',
};

function decided({ payment, decisions }: ChainFacts): Found {
  const needed: GateStep[] = wentOut(payment.state)
    ? ['approve', 'schedule', 'pay']
    : ['approve', 'schedule'];
  return [
    ...needed.map((step) =>
      gap(
        !decisions.some((decision) => decision.step === step),
        'gate-decision-missing',
        `No gate decision was made when ${STEPS[step]}.`,
      ),
    ),
    ...decisions.map(({ step, openedBy, waivers }) =>
      gap(
        openedBy === 'waiver' && waivers.length === 0,
        'waiver-missing',
        `The gate was opened by a waiver when ${STEPS[step]}, and the waiver is not there.`,
      ),
    ),
  ];
}

function proved({ claim, tranche }: ChainFacts): Found {
  return [
    ...tranche.milestones.map(({ code, state, evidence }) =>
      gap(
        state === 'met' && evidence.length === 0,
        'milestone-evidence-missing',
        `The milestone ${code} is met without evidence.`,
      ),
    ),
    ...claim.lines.map(({ position, approvedPence, evidence }) =>
      gap(
        claim.kind === 'costs' && (approvedPence ?? 0) > 0 && evidence === null,
        'cost-evidence-missing',
        `No evidence counts for line ${position} of the claim.`,
      ),
    ),
  ];
}

function paid({ payment, extractLines }: ChainFacts): Found {
  const { state, paidOn, paidBy, bankReference } = payment;
  const matched = extractLines.some(({ result }) => result === 'matched');
  return [
    gap(wentOut(state) && paidBy === null, 'payer-missing', 'Nobody is recorded as having paid it.'),
    gap(
      wentOut(state) && (paidOn === null || bankReference === null),
      'bank-reference-missing',
      'The day or the bank reference of the payment is missing.',
    ),
    gap(state === 'paid' && !matched, 'not-reconciled', 'No line of an extract was matched with it yet.'),
    gap(
      state === 'reconciled' && !matched,
      'extract-line-missing',
      'It is reconciled, and no line of an extract was matched with it.',
    ),
  ];
}

function posted({ payment, claim, journals }: ChainFacts): Found {
  const of = (...kinds: JournalKind[]) => journals.filter(({ kind }) => kinds.includes(kind));
  const [pay] = of('pay');
  const gone = wentOut(payment.state);
  return [
    gap(
      of(claim.kind === 'advance' ? 'advance' : 'claim').length === 0,
      'claim-journal-missing',
      'No journal claimed its money.',
    ),
    gap(of('approve').length === 0, 'approval-journal-missing', 'No journal approved its money.'),
    gap(
      gone && pay?.totalPence !== payment.amountPence,
      'payment-journal-missing',
      `No journal paid ${formatPounds(payment.amountPence)}.`,
    ),
    gap(
      payment.state === 'reversed' && pay?.reversedBy === null,
      'reversal-missing',
      'It is reversed, and its journal is not.',
    ),
  ];
}

function recovered({ recoveries, journals }: ChainFacts): Found {
  const kinds: Partial<Record<RecoveryState, JournalKind>> = {
    recovered: 'recover',
    'written-off': 'write-off',
  };
  return recoveries.map(({ id, reference, state, amountPence }) => {
    const kind = kinds[state];
    const there = journals.some(
      (journal) =>
        journal.kind === kind &&
        journal.totalPence === amountPence &&
        journal.causes.some((cause) => cause.id === id),
    );
    return gap(
      kind !== undefined && !there,
      'recovery-journal-missing',
      `${reference} is ${state.replaceAll('-', ' ')}, and no journal moved ${formatPounds(amountPence)}.`,
    );
  });
}
