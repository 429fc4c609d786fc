import type { DateOn } from '../../core/calendar.js';
import type { FinancialYear } from '../../core/financial-period.js';
import { formatPounds, type Pence } from '../../core/money.js';
import type { Fault } from '../../core/problems.js';

export type ClaimKind = 'costs' | 'advance';

/** What an advance has of a line: there are no costs yet. Whole pence. */
interface LineBase {
  financialYear: FinancialYear;
  kind: 'capital' | 'revenue';
  description: string;
  /** Above zero. */
  claimedPence: Pence;
}

/** What a line of costs has beside it. The amounts are of the invoice as a whole; a line may claim a part of it. */
interface LineCost {
  /** The code of the trust's project. */
  project: string | null;
  category: string | null;
  supplier: string | null;
  invoiceReference: string | null;
  incurredOn: DateOn | null;
  invoicedOn: DateOn | null;
  defrayedOn: DateOn | null;
  netPence: Pence | null;
  vatPence: Pence | null;
  recoverableVatPence: Pence | null;
}

/** A line as somebody sends it. */
export type WantedLine = LineBase & LineCost;

/** What the lines of an agreement's claims may name. */
export interface KnownNames {
  /** `2017/18 capital`. */
  lines: readonly string[];
  projects: readonly string[];
  /** Codes; none where the agreement lists none. */
  categories: readonly string[];
}

/** The name of a funding line: `2017/18 capital`. */
export const lineName = (line: { financialYear: string; kind: string }): string =>
  `${line.financialYear} ${line.kind}`;

const COST_FIELDS: ReadonlyArray<keyof LineCost> = [
  'project',
  'category',
  'supplier',
  'invoiceReference',
  'incurredOn',
  'invoicedOn',
  'defrayedOn',
  'netPence',
  'vatPence',
  'recoverableVatPence',
];
const WANTED_OF_COSTS: ReadonlyArray<keyof LineCost> = [
  'project',
  'supplier',
  'invoiceReference',
  'incurredOn',
  'netPence',
  'vatPence',
  'recoverableVatPence',
];

/** What of an invoice can be claimed: net, and the VAT that the trust does not get back (domain.md section 8). */
export function claimableOfInvoice(
  line: Pick<LineCost, 'netPence' | 'vatPence' | 'recoverableVatPence'>,
): Pence {
  return (line.netPence ?? 0) + (line.vatPence ?? 0) - (line.recoverableVatPence ?? 0);
}

/** What is wrong with lines as they were sent, so that they are not stored; the pointers go into the body. */
export function lineFaults(kind: ClaimKind, lines: readonly WantedLine[], known: KnownNames): Fault[] {
  return lines.flatMap((line, index) => {
    const at = (field: string) => `/lines/${index}/${field}`;
    const own = [...nameFaults(line, known, at), ...(kind === 'costs' ? costFaults(line, at) : [])];
    if (line.claimedPence <= 0)
      own.push({
        code: 'nothing-claimed',
        message: 'A line claims one penny or more.',
        pointer: at('claimedPence'),
      });
    const stray = kind === 'advance' ? COST_FIELDS.filter((field) => line[field] !== null) : [];
    return [
      ...own,
      ...stray.map((field) => ({
        code: 'not-of-an-advance',
        message: `An advance is claimed before costs arise, so its lines have no ${field}.`,
        pointer: at(field),
      })),
    ];
  });
}

function nameFaults(line: WantedLine, known: KnownNames, at: (field: string) => string): Fault[] {
  const name = lineName(line);
  const faults: Fault[] = [];
  if (!known.lines.includes(name))
    faults.push({
      code: 'unknown-line',
      message: `The agreement has no line ${name}. It has: ${known.lines.join(', ')}.`,
      pointer: at('financialYear'),
    });
  if (line.project !== null && !known.projects.includes(line.project))
    faults.push({
      code: 'unknown-project',
      message: `${line.project} is not a project of this trust in this programme.`,
      pointer: at('project'),
    });
  if (line.category !== null && !known.categories.includes(line.category))
    faults.push({
      code: 'unknown-category',
      message:
        known.categories.length > 0
          ? `${line.category} is not an eligible category of the agreement: ${known.categories.join(', ')}.`
          : 'The agreement lists no categories, so a line has none.',
      pointer: at('category'),
    });
  return faults;
}

function costFaults(line: WantedLine, at: (field: string) => string): Fault[] {
  const faults: Fault[] = WANTED_OF_COSTS.filter((field) => line[field] === null).map((field) => ({
    code: 'missing',
    message: `A line of costs needs ${field}.`,
    pointer: at(field),
  }));
  const { netPence, vatPence, recoverableVatPence, claimedPence } = line;
  if (netPence === null || vatPence === null || recoverableVatPence === null) return faults;
  if (recoverableVatPence > vatPence)
    faults.push({
      code: 'recoverable-vat',
      message: `The VAT that is got back, ${formatPounds(recoverableVatPence)}, is more than the VAT, ${formatPounds(vatPence)}.`,
      pointer: at('recoverableVatPence'),
    });
  else if (claimedPence > claimableOfInvoice(line))
    faults.push({
      code: 'claimed-more-than-cost',
      message: `${formatPounds(claimedPence)} is claimed of ${formatPounds(claimableOfInvoice(line))}: the net amount and the VAT that is not got back.`,
      pointer: at('claimedPence'),
    });
  return faults;
}
