import type { AuditedPayment } from '../../funding/payments/payment-audit.queries.js';
import type {
  DoneForPayment,
  DutyCounts,
  ExceptionCounts,
  PaymentExceptions,
  SeparationOfDuties,
  WaivedPayment,
  WrongPayment,
} from '../../funding/payments/payment-audit.reader.js';
import type { ExceptionKind } from '../../funding/payments/payment-findings.queries.js';
import { nextAddress } from '../page/address.js';
import { plural, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Column, date, money, table, text } from '../page/table.js';
import { pageOfThing } from './addresses.js';
import { type ProgrammeRef, questionPage } from './question.page.js';

const payment = <Row>(of: (row: Row) => AuditedPayment): Column<Row>[] => [
  text('Payment', (row) => of(row).reference, {
    href: (row) => pageOfThing('payment', of(row).id),
    note: (row) => `${of(row).claim.reference}, tranche ${of(row).tranche.number}`,
  }),
  text('Trust', (row) => of(row).trust.name),
  money('Amount', (row) => of(row).amountPence),
];

const STEPS: Record<string, string> = {
  approve: 'Approving the claim',
  schedule: 'Scheduling the payment',
  pay: 'Recording the payment',
};

/** A table of payments with what is wrong with them, as a page says it before its rows. */
type Told = { id: string; caption: string; empty: string; next: string | null };

const wrong = (rows: readonly WrongPayment[], told: Told) =>
  table<WrongPayment>({
    ...told,
    rows,
    columns: [
      ...payment<WrongPayment>((row) => row.payment),
      date('Paid on', (row) => row.payment.paidOn),
      text('What is wrong', (row) => row.reasons.map(({ message }) => message).join(' ')),
    ],
  });

/** A payment that waivers let through, with all the decisions that rested on them. */
interface WaivedRow {
  payment: AuditedPayment;
  entries: readonly WaivedPayment[];
}

const each = (texts: readonly string[]): string => [...new Set(texts)].join(' ');

/** The payments that waivers let through, each once: the same waiver opens the gate at each step. */
export function waivedPayments(rows: readonly WaivedPayment[]): WaivedRow[] {
  const ids = [...new Set(rows.map(({ payment }) => payment.id))];
  return ids.map((id) => {
    const entries = rows.filter(({ payment }) => payment.id === id);
    return { payment: (entries[0] as WaivedPayment).payment, entries };
  });
}

const waived = (rows: readonly WaivedPayment[], told: Told) =>
  table<WaivedRow>({
    ...told,
    rows: waivedPayments(rows),
    columns: [
      ...payment<WaivedRow>((row) => row.payment),
      text('Decisions', ({ entries }) =>
        entries
          .map(
            ({ decision }) =>
              `${STEPS[decision.step] ?? words(decision.step)}: ${decision.decidedBy?.name ?? 'somebody'}`,
          )
          .join('; '),
      ),
      text('What was waived', ({ entries }) =>
        each(entries.flatMap(({ waived }) => waived.map(({ message }) => message))),
      ),
      text(
        'Why',
        ({ entries }) => each(entries.flatMap(({ waivers }) => waivers.map(({ reason }) => reason))),
        {
          note: ({ entries }) =>
            `Granted by ${each(entries.flatMap(({ waivers }) => waivers.map(({ grantedBy }) => grantedBy.name)))}`,
        },
      ),
      text('On whose authority', ({ entries }) =>
        each(entries.flatMap(({ waivers }) => waivers.map(({ authority }) => authority))),
      ),
    ],
  });

/** Question 3 in a sentence. */
export function exceptionsLead(found: ExceptionCounts): string {
  const { lookedAt, openedByWaiver, beforeDecision, withoutDecision } = found;
  const looked = `${plural(lookedAt.payments, 'payment')} and ${plural(lookedAt.decisions, 'gate decision')} were looked at.`;
  const parts = [
    openedByWaiver.count > 0 &&
      `${plural(openedByWaiver.count, 'payment was', 'payments were')} opened by waiver`,
    beforeDecision.count > 0 && `${plural(beforeDecision.count, 'payment')} went before its gate was passed`,
    withoutDecision.count > 0 &&
      `${plural(withoutDecision.count, 'payment lacks', 'payments lack')} a gate decision that stood`,
  ].filter((part) => part !== false);
  return parts.length === 0
    ? `Every payment went after its gate was passed, and none by waiver. ${looked}`
    : `${parts.join('; ')}. ${looked}`;
}

/** Auditor, question 3: payments before gate approval, or by waiver. */
export function exceptionsPage(programme: ProgrammeRef, found: PaymentExceptions): Page {
  const looked = `${plural(found.lookedAt.payments, 'payment was', 'payments were')} looked at.`;
  const next = (kind: ExceptionKind) =>
    nextAddress(`/programmes/${programme.slug}/payment-exceptions`, {}, found[kind].next, kind);
  return questionPage({
    programme,
    question: 3,
    title: 'Payments before their gate, or by waiver',
    lead: exceptionsLead(found),
    sections: [
      {
        table: waived(found.openedByWaiver.items, {
          id: 'opened-by-waiver',
          caption: 'Opened by waiver',
          empty: `No payment’s gate was opened by a waiver. ${looked}`,
          next: next('openedByWaiver'),
        }),
      },
      {
        table: wrong(found.beforeDecision.items, {
          id: 'before-gate',
          caption: 'Before the gate was passed',
          empty: `No payment went before its gate. ${looked}`,
          next: next('beforeDecision'),
        }),
      },
      {
        table: wrong(found.withoutDecision.items, {
          id: 'without-decision',
          caption: 'Without a gate decision that stood',
          empty: `Every payment rests on gate decisions that stood. ${looked}`,
          next: next('withoutDecision'),
        }),
      },
      {
        words: 'An advance is paid before costs arise, so no match has to go with it yet.',
        table: table<AuditedPayment>({
          id: 'advances',
          caption: 'Paid in advance',
          rows: found.advances.items,
          columns: [
            ...payment<AuditedPayment>((row) => row),
            date('Paid on', (row) => row.paidOn),
            text('State', (row) => words(row.state)),
          ],
          empty: `No payment was an advance. ${looked}`,
          next: next('advances'),
        }),
      },
    ],
    notes: [
      'A gate is decided on three times: when the claim is approved, when its payment is scheduled and when it is recorded as paid. Each decision is kept with the figures that it saw.',
    ],
  });
}

const peopleOf = ({ duties }: DoneForPayment, duty: string): string | null =>
  duties
    .find((each) => each.duty === duty)
    ?.people.map(({ name }) => name)
    .join(', ') || null;

/** Who had two duties that may be one person's: "Amina Hussain", or "Amina Hussain; recommended by Ben Cole". */
function bothOf(row: DoneForPayment, first: string, second: string, by: string): string | null {
  const [one, other] = [peopleOf(row, first), peopleOf(row, second)];
  return other === null || other === one ? one : `${one ?? 'Nobody'}; ${by} ${other}`;
}

/** Question 4 in a sentence. */
export function dutiesLead({ lookedAt, breaches, overrides }: DutyCounts): string {
  const looked = `${plural(lookedAt.paidClaims, 'paid claim')} of ${plural(lookedAt.claims, 'claim')} ${lookedAt.paidClaims === 1 ? 'was' : 'were'} looked at.`;
  const over =
    overrides.count > 0 ? ` ${plural(overrides.count, 'waiver')} opened a gate, granted by name.` : '';
  return breaches.count === 0
    ? `Separation of duties was never broken.${over} ${looked}`
    : `Separation of duties was broken in ${plural(breaches.count, 'paid claim')}.${over} ${looked}`;
}

const dutiesTable = (found: SeparationOfDuties, slug: string) =>
  table<DoneForPayment>({
    id: 'duties',
    caption: 'Who did what',
    rows: found.items,
    columns: [
      text('Payment', (row) => row.payment.reference, {
        href: (row) => pageOfThing('payment', row.payment.id),
        note: (row) => `${row.payment.claim.reference}, ${row.payment.trust.name}`,
      }),
      money('Amount', (row) => row.payment.amountPence),
      text('Prepared', (row) => peopleOf(row, 'preparer')),
      text('Certified', (row) => peopleOf(row, 'certifier')),
      text('Checked and recommended', (row) => bothOf(row, 'checker', 'recommender', 'recommended by')),
      text('Approved', (row) => bothOf(row, 'approver', 'second-approver', 'second,')),
      text('Scheduled and paid', (row) => bothOf(row, 'scheduler', 'payer', 'paid by')),
    ],
    empty: 'No claim is paid yet.',
    next: nextAddress(`/programmes/${slug}/separation-of-duties`, {}, found.next),
    whole: `/v1/programmes/${slug}/separation-of-duties`,
  });

/** Auditor, question 4: was separation of duties breached or overridden? */
export function dutiesPage(programme: ProgrammeRef, found: SeparationOfDuties): Page {
  type Breach = SeparationOfDuties['breaches']['items'][number];
  type Override = SeparationOfDuties['overrides']['items'][number];
  const next = (kind: 'breaches' | 'overrides') =>
    nextAddress(`/programmes/${programme.slug}/separation-of-duties`, {}, found[kind].next, kind);
  const looked = `${plural(found.lookedAt.paidClaims, 'paid claim was', 'paid claims were')} looked at.`;
  return questionPage({
    programme,
    question: 4,
    title: 'Separation of duties',
    lead: dutiesLead(found),
    sections: [
      {
        table: table<Breach>({
          id: 'breaches',
          caption: 'Breaches',
          rows: found.breaches.items,
          columns: [
            ...payment<Breach>((row) => row.payment),
            text('What is wrong', (row) => row.message),
            text('Who', (row) => row.people.map(({ name }) => name).join(', ') || null),
          ],
          empty: `Nobody did two things that must be apart, and no duty was left out. ${looked}`,
          next: next('breaches'),
        }),
      },
      {
        table: table<Override>({
          id: 'overrides',
          caption: 'Waivers that opened a gate',
          rows: found.overrides.items,
          columns: [
            ...payment<Override>((row) => row.payment),
            text('Granted by', (row) => row.grantedBy.name, {
              note: ({ granterAlso }) =>
                granterAlso.length > 0
                  ? `Also ${granterAlso.map((duty) => duty.replaceAll('-', ' ')).join(', ')} of this claim`
                  : 'Had no other part in this claim',
            }),
            text('Why', (row) => row.reason),
            text('On whose authority', (row) => row.authority),
          ],
          empty: `No waiver opened a gate. ${looked}`,
          next: next('overrides'),
        }),
      },
      {
        table: dutiesTable(found, programme.slug),
      },
    ],
    notes: [
      'Whoever prepares, certifies, approves and pays are different people; the database refuses anything else. A second approval is needed above the programme’s threshold, as it was when the claim was approved.',
    ],
  });
}
