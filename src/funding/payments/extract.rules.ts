import { addDays, type DateOn, daysBetween, formatDate } from '../../core/calendar.js';
import { formatPounds, type Pence } from '../../core/money.js';
import { bankKey, type PaymentState } from './payment.rules.js';

/** Days that may lie between the day of a payment and the day on which a bank or a ledger books it; assumed. */
export const DAYS_APART = 5;
/** Largest extract, in bytes. */
export const MAX_EXTRACT_BYTES = 2 * 1024 * 1024;
/** Most lines that an extract may have below its header. */
export const MAX_EXTRACT_LINES = 5_000;

export const EXTRACT_RESULTS = ['matched', 'differs', 'missing'] as const;
export type ExtractResult = (typeof EXTRACT_RESULTS)[number];
export const EXTRACT_ORIGINS = ['bank', 'ledger'] as const;
export type ExtractOrigin = (typeof EXTRACT_ORIGINS)[number];

/** One line of an extract. */
export interface ExtractLine {
  /** Of the file, from 1: the header is line 1. */
  line: number;
  bookedOn: DateOn;
  /** What the bank says the payment is for; '' where it says nothing. */
  reference: string;
  payee: string;
  amountPence: Pence;
}

/** A payment as an extract is held against it. */
export interface ExtractPayment {
  id: string;
  /** Ours: `PAY-000123`. */
  reference: string;
  bankReference: string | null;
  amountPence: Pence;
  state: PaymentState;
  paidOn: DateOn | null;
  /** The day of the line that it matched in an earlier extract of the same origin; null where it did in none. */
  matchedOn: DateOn | null;
}

/** What became of a line of the extract, or of a payment that is in no line. */
export interface ExtractFinding {
  line: ExtractLine | null;
  paymentId: string | null;
  result: ExtractResult;
  /** What matches, differs or is missing, with both figures. */
  explanation: string;
}

/** The first and the last day of an extract's lines; undefined where it has none. */
export function daysOf(lines: readonly ExtractLine[]): { fromOn: DateOn; toOn: DateOn } | undefined {
  const days = lines.map(({ bookedOn }) => bookedOn).sort();
  const [fromOn, toOn] = [days[0], days.at(-1)];
  return fromOn === undefined || toOn === undefined ? undefined : { fromOn, toOn };
}

const OURS = /PAY[\s\-_./]?(\d{6,})(?!\d)/gi;

/** Our payment references in a bank's text, wherever they stand: `PAY-000123`, whatever sign a bank put in it. */
export function referencesIn(text: string): string[] {
  return [...new Set([...text.matchAll(OURS)].map(([, number]) => `PAY-${number}`))];
}

const isPaid = ({ state }: ExtractPayment): boolean => state === 'paid' || state === 'reconciled';
const sum = ({ amountPence }: { amountPence: Pence }): string => formatPounds(amountPence);

/** Why a line that names a payment is not that payment as Exemplar has it; nothing where it is. */
function differences(line: ExtractLine, payment: ExtractPayment): string[] {
  const { reference, paidOn, state } = payment;
  if (!isPaid(payment) || paidOn === null)
    return [
      `${reference}, ${sum(payment)}, is ${state} in Exemplar, and this line of ${formatDate(line.bookedOn)} pays ${sum(line)}`,
    ];
  const apart = Math.abs(daysBetween(paidOn, line.bookedOn));
  return [
    ...(payment.amountPence === line.amountPence
      ? []
      : [`${reference} is ${sum(payment)} in Exemplar and ${sum(line)} here`]),
    ...(apart <= DAYS_APART
      ? []
      : [
          `${reference} is paid on ${formatDate(paidOn)} in Exemplar and on ${formatDate(line.bookedOn)} here, ${apart} days apart where ${DAYS_APART} may be`,
        ]),
  ];
}

/** Whether a line may be the payment's: it is not where an earlier extract booked the payment on another day. */
const mayBe = (line: ExtractLine, { matchedOn }: ExtractPayment): boolean =>
  matchedOn === null || matchedOn === line.bookedOn;

/** The payments that a line names, by our reference in its texts or by the bank's reference that was recorded. */
function namedBy(payments: readonly ExtractPayment[]): (line: ExtractLine) => ExtractPayment[] {
  const byOurs = new Map(payments.map((payment) => [payment.reference, payment]));
  const byBanks = new Map<string, ExtractPayment[]>();
  for (const payment of payments) {
    const key = payment.bankReference === null ? '' : bankKey(payment.bankReference);
    if (key !== '') byBanks.set(key, [...(byBanks.get(key) ?? []), payment]);
  }
  return ({ reference, payee }) => {
    const ours = referencesIn(`${reference}\n${payee}`).flatMap((each) => byOurs.get(each) ?? []);
    return [...new Set([...ours, ...(byBanks.get(bankKey(reference)) ?? [])])];
  };
}

/**
 * Holds the lines of an extract against payments. Every line is in one result. So is every payment that was paid on
 * the extract's days, unless an earlier extract of the same origin has it on another day; the others are in one where
 * a line names them, and in none otherwise.
 *
 * A payment is taken by one line at most, a line that matches it before one that differs: what names it again is
 * missing in Exemplar, because it may be a second payment.
 * @param payments all that a line may name, and all that were paid on the extract's days
 */
export function compareExtract(
  lines: readonly ExtractLine[],
  payments: readonly ExtractPayment[],
): ExtractFinding[] {
  const named = namedBy(payments);
  const candidates = new Map(lines.map((line) => [line, named(line)]));
  const takenBy = new Map<string, ExtractLine>();
  const takes = new Map<ExtractLine, ExtractPayment>();
  const take = (may: (line: ExtractLine, payment: ExtractPayment) => boolean): void => {
    for (const line of lines) {
      if (takes.has(line)) continue;
      const payment = candidates
        .get(line)
        ?.find((each) => !takenBy.has(each.id) && mayBe(line, each) && may(line, each));
      if (!payment) continue;
      takes.set(line, payment);
      takenBy.set(payment.id, line);
    }
  };
  take((line, payment) => differences(line, payment).length === 0);
  take((_, payment) => isPaid(payment));
  take(() => true);
  return [
    ...lines.map((line) => findingOf(line, takes.get(line), candidates.get(line) ?? [], takenBy)),
    ...notInExtract(lines, payments, takenBy),
  ];
}

function findingOf(
  line: ExtractLine,
  payment: ExtractPayment | undefined,
  candidates: readonly ExtractPayment[],
  takenBy: ReadonlyMap<string, ExtractLine>,
): ExtractFinding {
  if (!payment) {
    const explanation = unknownLine(line, candidates, takenBy);
    return { line, paymentId: null, result: 'missing', explanation };
  }
  const found = differences(line, payment);
  const others = candidates.filter(({ id }) => id !== payment.id).map(({ reference }) => reference);
  const also =
    others.length > 0 ? ` The line also names ${others.join(', ')}: each payment has a line of its own.` : '';
  return {
    line,
    paymentId: payment.id,
    result: found.length === 0 ? 'matched' : 'differs',
    explanation:
      found.length === 0
        ? `${payment.reference}, ${sum(payment)}, paid on ${formatDate(payment.paidOn as DateOn)}.${also}`
        : `${found.join('; ')}.${also}`,
  };
}

function unknownLine(
  line: ExtractLine,
  candidates: readonly ExtractPayment[],
  takenBy: ReadonlyMap<string, ExtractLine>,
): string {
  const [known] = candidates;
  if (known) {
    const first = takenBy.get(known.id);
    const where = first
      ? `line ${first.line} has it already`
      : `an earlier extract has it on ${formatDate(known.matchedOn as DateOn)}`;
    return `This names ${known.reference}, and ${where}. Ask whether ${sum(line)} was paid a second time.`;
  }
  const [ours] = referencesIn(`${line.reference}\n${line.payee}`);
  return ours
    ? `${sum(line)} was paid, and ${ours} is no payment of this programme.`
    : `${sum(line)} was paid, and Exemplar has no payment with this reference.`;
}

function notInExtract(
  lines: readonly ExtractLine[],
  payments: readonly ExtractPayment[],
  takenBy: ReadonlyMap<string, ExtractLine>,
): ExtractFinding[] {
  const days = daysOf(lines);
  if (!days) return [];
  return payments
    .filter(
      (payment) =>
        isPaid(payment) &&
        payment.paidOn !== null &&
        payment.paidOn >= days.fromOn &&
        payment.paidOn <= days.toOn &&
        payment.matchedOn === null &&
        !takenBy.has(payment.id),
    )
    .map((payment) => {
      const paidOn = payment.paidOn as DateOn;
      const later = addDays(paidOn, DAYS_APART) > days.toOn ? ' It may be in the next extract.' : '';
      return {
        line: null,
        paymentId: payment.id,
        result: 'missing' as const,
        explanation: `Exemplar has ${payment.reference}, ${sum(payment)}, as paid on ${formatDate(paidOn)}, and no line names it.${later}`,
      };
    });
}
