import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, formatDate } from '../../core/calendar.js';
import { type FinancialYear, financialYear } from '../../core/financial-period.js';
import { formatPounds, type Pence, sumPence } from '../../core/money.js';
import type { AgreementState } from '../agreements/agreement-states.js';
import { agreementBlockers } from './claim.rules.js';
import { type ClaimKind, claimableOfInvoice, lineName, type WantedLine } from './claim-lines.rules.js';

/** A line as it stands in a claim. */
export type StandingLine = Omit<WantedLine, 'project' | 'description' | 'invoicedOn'> & {
  position: number;
  /** The id of the evidence of the claim that counts and has its supplier and reference; null where there is none. */
  evidence: string | null;
};

/** What a claim is held against before it is certified and when it is submitted. */
export interface ClaimLimits {
  window: { startsOn: DateOn; endsOn: DateOn };
  /** Codes that the agreement lists; none where it lists none. */
  categories: readonly string[];
  tranche: { number: number; name: string; leftPence: Pence };
  /** What is left of the award, by funding line. */
  lines: ReadonlyArray<{
    id: string;
    financialYear: FinancialYear;
    kind: 'capital' | 'revenue';
    leftPence: Pence;
    /** What was not claimed of it by the end of its year has lapsed. */
    yearClosed: boolean;
    /** What the version before this one claimed of it; 0 in the first. */
    claimedBeforePence: Pence;
  }>;
}

/**
 * What keeps a claim from being certified and submitted: costs outside the window or their year (domain.md section
 * 9, rule 7), still to come, or without evidence (rule 4); more than is left (rule 1). A draft may have any of these.
 */
export function draftBlockers(claim: {
  kind: ClaimKind;
  agreement: { state: AgreementState; reference: string };
  lines: readonly StandingLine[];
  claimable: ClaimLimits;
  today: DateOn;
}): Blocker[] {
  const { kind, agreement, lines, claimable, today } = claim;
  const costs = kind === 'costs' ? lines : [];
  return [
    ...agreementBlockers(agreement),
    ...blockers(
      lines.length === 0 && {
        code: 'claim-empty',
        message: 'The claim has no lines yet. Say what is claimed.',
        pointer: '/lines',
      },
    ),
    ...costs.flatMap((line) => [
      ...dateBlockers(line, claimable.window, today),
      ...categoryBlockers(line, claimable.categories),
      ...evidenceBlockers(line),
    ]),
    ...invoiceBlockers(costs),
    ...leftBlockers(lines, claimable),
  ];
}

const placeOf = (line: StandingLine, field: string): string => `/lines/${line.position - 1}/${field}`;

function dateBlockers(line: StandingLine, window: ClaimLimits['window'], today: DateOn): Blocker[] {
  const { incurredOn, defrayedOn, position } = line;
  const year = financialYear(line.financialYear);
  const cost = `Line ${position}: the cost of ${incurredOn === null ? 'no day' : formatDate(incurredOn)}`;
  const pointer = placeOf(line, 'incurredOn');
  return blockers(
    incurredOn !== null &&
      (incurredOn < window.startsOn || incurredOn > window.endsOn) && {
        code: 'cost-outside-window',
        message: `${cost} is outside the window of the agreement, ${formatDate(window.startsOn)} to ${formatDate(window.endsOn)}. Claim costs of those days only.`,
        pointer,
      },
    incurredOn !== null &&
      (incurredOn < year.startsOn || incurredOn > year.endsOn) && {
        code: 'cost-outside-year',
        message: `${cost} is not of ${line.financialYear}. Claim it from the line of its own year.`,
        pointer,
      },
    incurredOn !== null &&
      incurredOn > today && {
        code: 'cost-to-come',
        message: `${cost} is still to come. Claim it once it has arisen.`,
        pointer,
      },
    defrayedOn !== null &&
      defrayedOn > today && {
        code: 'payment-to-come',
        message: `Line ${position}: ${formatDate(defrayedOn)} is still to come. Leave the day out until the cost is paid.`,
        pointer: placeOf(line, 'defrayedOn'),
      },
  );
}

function categoryBlockers(line: StandingLine, categories: readonly string[]): Blocker[] {
  return blockers(
    categories.length > 0 &&
      (line.category === null || !categories.includes(line.category)) && {
        code: 'category-missing',
        message: `Line ${line.position} has no eligible category. Choose one that the agreement lists: ${categories.join(', ')}.`,
        pointer: placeOf(line, 'category'),
      },
  );
}

function evidenceBlockers(line: StandingLine): Blocker[] {
  return blockers(
    line.evidence === null && {
      code: 'evidence-missing',
      message: `Line ${line.position}: there is no evidence of ${line.supplier}, ${line.invoiceReference}. Upload the invoice under this supplier and reference.`,
      pointer: placeOf(line, 'invoiceReference'),
    },
  );
}

const INVOICE_AMOUNTS = ['netPence', 'vatPence', 'recoverableVatPence'] as const;

/** Lines may share an invoice; it is then the same invoice, and no more of it is claimed than there is. */
function invoiceBlockers(lines: readonly StandingLine[]): Blocker[] {
  const proved = lines.filter(({ evidence }) => evidence !== null);
  return [...grouped(proved, ({ evidence }) => String(evidence)).values()]
    .filter((sharing) => sharing.length > 1)
    .flatMap((sharing) => {
      const [first, ...others] = sharing as [StandingLine, ...StandingLine[]];
      const claimed = sumPence(sharing.map(({ claimedPence }) => claimedPence));
      const named = `${first.supplier} ${first.invoiceReference}`;
      const differing = others.find((line) => INVOICE_AMOUNTS.some((field) => line[field] !== first[field]));
      return blockers(
        differing && {
          code: 'invoice-differs',
          message: `Lines ${first.position} and ${differing.position} are of the same invoice, ${named}, with different amounts. Give the whole invoice's net and VAT in both, and the part that each claims.`,
          pointer: placeOf(differing, 'netPence'),
        },
        claimed > claimableOfInvoice(first) && {
          code: 'invoice-claimed-twice',
          message: `${formatPounds(claimed)} is claimed of the invoice ${named}, which comes to ${formatPounds(claimableOfInvoice(first))}. One invoice counts once.`,
          pointer: placeOf(others.at(-1) as StandingLine, 'claimedPence'),
        },
      );
    });
}

function grouped<T>(things: readonly T[], key: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) groups.set(key(thing), [...(groups.get(key(thing)) ?? []), thing]);
  return groups;
}

function leftBlockers(lines: readonly StandingLine[], limits: ClaimLimits): Blocker[] {
  const drawn = [...grouped(lines, lineName)].map(([name, own]) => ({
    name,
    wanted: sumPence(own.map(({ claimedPence }) => claimedPence)),
    line: limits.lines.find((each) => lineName(each) === name),
    first: own[0] as StandingLine,
  }));
  const over = drawn.filter(({ wanted, line }) => wanted > (line?.leftPence ?? 0));
  const late = drawn.filter(({ wanted, line }) => line?.yearClosed && wanted > line.claimedBeforePence);
  const total = sumPence(lines.map(({ claimedPence }) => claimedPence));
  const { tranche } = limits;
  return [
    ...late.map(({ name, line, first }) => ({
      code: 'year-closed',
      message: `${first.financialYear} is closed: what was not claimed of ${name} by then has lapsed${line?.claimedBeforePence ? `, and no more than the ${formatPounds(line.claimedBeforePence)} of the version before can be claimed` : ''}. Ask for a change request to carry it forward.`,
      pointer: placeOf(first, 'financialYear'),
    })),
    ...over.map(({ name, wanted, line, first }) => ({
      code: 'award-line-exceeded',
      message: `There is not that much left of the award in ${name}: ${formatPounds(wanted)} is claimed, and ${formatPounds(line?.leftPence ?? 0)} is left.`,
      pointer: placeOf(first, 'claimedPence'),
      ...(line ? { about: { kind: 'funding-line', id: line.id, name } } : {}),
    })),
    ...blockers(
      total > tranche.leftPence && {
        code: 'tranche-exceeded',
        message: `There is not that much left of tranche ${tranche.number}, ${tranche.name}: ${formatPounds(total)} is claimed, and ${formatPounds(tranche.leftPence)} is left.`,
        pointer: '/claimedPence',
      },
    ),
  ];
}
