import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, formatDate } from '../../core/calendar.js';
import { type FinancialYear, financialYear } from '../../core/financial-period.js';
import { formatPounds, type Pence } from '../../core/money.js';
import {
  fitsType,
  type MatchTerms,
  NOTHING,
  ruleOf,
  VALUED_BY,
  type Valuation,
} from './contribution.rules.js';

/** What a contribution was when it arose. Whole pence. */
export interface Proof {
  /** What counts as match of it. */
  amountPence: Pence;
  netPence: Pence;
  vatPence: Pence;
  /** Of the VAT, what the trust gets back. */
  recoverableVatPence: Pence;
  incurredOn: DateOn;
  invoicedOn: DateOn | null;
  defrayedOn: DateOn | null;
}

/** What a proof is held against. */
export interface Provable {
  type: string;
  valuation: Valuation;
  /** Of its line. */
  financialYear: FinancialYear;
  terms: MatchTerms;
  /** How many pieces of evidence count. */
  countingEvidence: number;
  today: DateOn;
}

/** What can count of a cost: net, and the VAT that is not got back (domain.md section 8). */
export function countableOf(cost: Pick<Proof, 'netPence' | 'vatPence' | 'recoverableVatPence'>): Pence {
  return cost.netPence + cost.vatPence - cost.recoverableVatPence;
}

/**
 * What keeps a contribution from being evidenced (domain.md section 9, rules 3, 4 and 7): what it lacks, an amount that
 * is not all cost, a day that is outside, a valuation that does not fit.
 */
export function proofBlockers(proof: Proof, against: Provable): Blocker[] {
  return [
    ...amountBlockers(proof),
    ...incurredBlockers(proof.incurredOn, against),
    ...laterDayBlockers(proof, against),
    ...valuationBlockers(against),
    ...blockers(
      against.countingEvidence === 0 && {
        code: 'evidence-missing',
        message: 'There is no evidence of this contribution that counts.',
        clearedBy: 'Upload the invoice, payroll record or valuation as evidence of this contribution.',
      },
    ),
  ];
}

function amountBlockers(proof: Proof): Blocker[] {
  const { amountPence, vatPence, recoverableVatPence } = proof;
  const wrong = recoverableVatPence > vatPence;
  return blockers(
    amountPence <= 0 && NOTHING,
    wrong && {
      code: 'recoverable-vat',
      message: `The VAT that is got back, ${formatPounds(recoverableVatPence)}, is more than the VAT, ${formatPounds(vatPence)}.`,
      pointer: '/recoverableVatPence',
    },
    !wrong &&
      amountPence > countableOf(proof) && {
        code: 'more-than-cost',
        message: `${formatPounds(amountPence)} is to count of ${formatPounds(countableOf(proof))}: the net amount and the VAT that is not got back.`,
        pointer: '/amountPence',
      },
  );
}

function incurredBlockers(incurredOn: DateOn, { financialYear: year, terms, today }: Provable): Blocker[] {
  const { matchRules, eligibility } = terms;
  const [startsOn, endsOn] = [
    matchRules.startsOn > eligibility.startsOn ? matchRules.startsOn : eligibility.startsOn,
    matchRules.endsOn < eligibility.endsOn ? matchRules.endsOn : eligibility.endsOn,
  ];
  const of = financialYear(year);
  const pointer = '/incurredOn';
  const cost = `The cost of ${formatDate(incurredOn)}`;
  return blockers(
    (incurredOn < startsOn || incurredOn > endsOn) && {
      code: 'cost-outside-window',
      message: `${cost} is outside the window in which match counts, ${formatDate(startsOn)} to ${formatDate(endsOn)}.`,
      pointer,
    },
    (incurredOn < of.startsOn || incurredOn > of.endsOn) && {
      code: 'cost-outside-year',
      message: `${cost} is not of ${year}. Change the contribution's line to that of its own year.`,
      pointer,
    },
    incurredOn > today && {
      code: 'cost-to-come',
      message: `${cost} is still to come. Evidence it once it has arisen.`,
      pointer,
    },
  );
}

const LATER = [
  ['invoicedOn', 'invoice', 'It was invoiced'],
  ['defrayedOn', 'payment', 'It was paid'],
] as const;

function laterDayBlockers(proof: Proof, { type, valuation, today }: Provable): Blocker[] {
  const days = LATER.flatMap(([field, what, says]) => {
    const on = proof[field];
    if (on === null) return [];
    return blockers(
      on < proof.incurredOn && {
        code: `${what}-before-cost`,
        message: `${says} on ${formatDate(on)}, before it was incurred on ${formatDate(proof.incurredOn)}. Check the days.`,
        pointer: `/${field}`,
      },
      on > today && {
        code: `${what}-to-come`,
        message: `${formatDate(on)} is still to come. Leave the day out until it has been.`,
        pointer: `/${field}`,
      },
    );
  });
  return [
    ...days,
    ...blockers(
      proof.defrayedOn === null &&
        ruleOf(type)?.paidOut === true && {
          code: 'payment-missing',
          message: 'Cash counts once it is paid out. Say on which day it was.',
          pointer: '/defrayedOn',
        },
      proof.invoicedOn === null &&
        valuation === 'invoice' && {
          code: 'invoice-missing',
          message: 'This is valued by an invoice. Say of which day it is.',
          pointer: '/invoicedOn',
        },
    ),
  ];
}

function valuationBlockers({ type, valuation, terms }: Provable): Blocker[] {
  const { label = type } = terms.matchRules.types.find(({ code }) => code === type) ?? {};
  const fitting = ruleOf(type)?.valuations.map((each) => VALUED_BY[each]) ?? [];
  return blockers(
    !fitsType(valuation, type) && {
      code: 'valuation-not-of-type',
      message: `${label}: this is not valued by ${VALUED_BY[valuation]}, but by one of these: ${fitting.join(', ')}. Change how it is valued.`,
      pointer: '/valuation',
    },
  );
}
