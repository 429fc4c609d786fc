import type { Excess, MoneyMovement } from '../../change-requests/money-movements.queries.js';
import type { MoneyMovements } from '../../change-requests/money-movements.reader.js';
import type {
  ConcernedContribution,
  MatchConcernCounts,
  MatchConcerns,
  MissingMatch,
} from '../../funding/match/match.reader.js';
import type { MatchConcern } from '../../funding/match/match-concerns.rules.js';
import type { OverdueActions } from '../../funding/money.reader.js';
import type { OverdueAction } from '../../funding/overdue-actions.queries.js';
import { nextAddress } from '../page/address.js';
import { day, plural, pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, money, number, table, text } from '../page/table.js';
import { pageOfThing } from './addresses.js';
import { type ProgrammeRef, questionPage } from './question.page.js';

/** "3 contributions", or "more than 200 contributions" where there are more pages. */
const many = (items: readonly unknown[], next: string | null, one: string): string =>
  next === null ? plural(items.length, one) : `more than ${plural(items.length, one)}`;

/** Question 5 in a sentence. */
export function concernsLead({ missing, contributions, more, asOn }: MatchConcernCounts): string {
  const short =
    missing.count === 0
      ? 'No match is missing beside what was paid'
      : `${pounds(missing.amountPence)} of match is missing beside what was paid, under ${plural(missing.count, 'agreement')}`;
  const others =
    contributions === 0
      ? 'no contribution is in kind, weakly valued or possibly counted twice'
      : `${more ? 'more than ' : ''}${plural(contributions, 'contribution')} to look at`;
  return `${short}; ${others}. As on ${day(asOn)}.`;
}

type Concern = MatchConcern & { of: ConcernedContribution };

/** Auditor, question 5: where is match missing, in kind, weakly valued or duplicated? */
export function concernsPage(programme: ProgrammeRef, found: MatchConcerns): Page {
  const { asOn, missing, items, next } = found;
  const rows = items.flatMap((of) => of.concerns.map((concern) => ({ ...concern, of })));
  const path = `/programmes/${programme.slug}/match-concerns`;
  return questionPage({
    programme,
    question: 5,
    title: 'Match that is missing, in kind, weakly valued or duplicated',
    lead: concernsLead({ asOn, missing, contributions: items.length, more: next !== null }),
    sections: [
      {
        table: table<MissingMatch>({
          id: 'missing',
          caption: 'Match that is missing',
          rows: missing.items,
          columns: [
            text('Agreement', (row) => row.agreement.reference, {
              href: (row) => pageOfThing('agreement', row.agreement.id),
            }),
            text('Trust', (row) => row.trust.name),
            money('Missing', (row) => row.amountPence),
            text('How it comes to that', (row) => row.message),
          ],
          empty: 'Under every agreement, the match that is accepted goes with what was paid.',
          next: nextAddress(path, {}, missing.next, 'missing'),
        }),
      },
      {
        table: table<Concern>({
          id: 'concerns',
          caption: 'Contributions to look at',
          rows,
          columns: [
            text('Contribution', ({ of }) => of.reference, {
              href: ({ of }) => pageOfThing('contribution', of.id),
              note: ({ of }) => words(of.state),
            }),
            text('Trust', ({ of }) => of.trust.name),
            money('Amount', (row) => row.amountPence),
            text('Concern', ({ code }) => words(code)),
            text('Why', (row) => row.message),
          ],
          empty:
            'All match that counts, or waits to be accepted, is in cash, proved by what fits its type, and counted once.',
          next: nextAddress(path, {}, next),
          whole: `/v1${path}`,
        }),
      },
    ],
    notes: ['Match in kind is allowed. It is listed because it is valued, and a value can be wrong.'],
  });
}

const place = ({ financialYear, kind, source, stage, amountPence }: MoneyMovement['from'][number]): string =>
  `${financialYear} ${kind}, ${source}${stage === 'awarded' || stage === 'pledged' ? '' : ` ${words(stage).toLowerCase()}`}: ${pounds(amountPence)}`;

/** Question 6 in a sentence. */
export function movementsLead({ exceeded, items, next }: MoneyMovements): string {
  const over =
    exceeded.length === 0
      ? 'No award, agreement, year or line holds more grant than is agreed'
      : `${plural(exceeded.length, 'place holds', 'places hold')} more grant than is agreed`;
  return `${over}; ${items.length === 0 ? 'nothing was moved' : `${many(items, next, 'movement')} of money or of what is agreed`}.`;
}

const exceededTable = (rows: readonly Excess[]) =>
  table<Excess>({
    id: 'exceeded',
    caption: 'Exceeded',
    rows,
    columns: [
      text('Trust', (row) => row.trust.name),
      text('What', (row) => words(row.level)),
      text('Agreement', (row) => row.agreement?.reference ?? null),
      text('Year', (row) => row.financialYear),
      text('Kind', (row) => row.kind && words(row.kind)),
      money('Agreed', (row) => row.agreedPence),
      money('Held', (row) => row.heldPence),
      money('Too much', (row) => row.excessPence),
    ],
    empty: 'No award, agreement, year or line holds more grant than is agreed for it.',
  });

/** Auditor, question 6: which awards, lines or years were exceeded or moved? */
export function movementsPage(programme: ProgrammeRef, found: MoneyMovements): Page {
  return questionPage({
    programme,
    question: 6,
    title: 'Money that was exceeded or moved',
    lead: movementsLead(found),
    sections: [
      { table: exceededTable(found.exceeded) },
      {
        table: table<MoneyMovement>({
          id: 'movements',
          caption: 'Moved',
          rows: found.items,
          columns: [
            text(
              'What',
              ({ what, changeRequest }) =>
                changeRequest ? `${words(what)}, ${changeRequest.reference}` : words(what),
              {
                href: ({ changeRequest }) => changeRequest && pageOfThing('change_request', changeRequest.id),
                note: (row) => row.narrative,
              },
            ),
            date('Counts from', (row) => row.datedOn),
            text('Trust', (row) => row.trust.name, {
              note: ({ agreement, version }) =>
                version === null ? agreement.reference : `${agreement.reference}, version ${version}`,
            }),
            money('Amount', (row) => row.amountPence),
            text('From', (row) => row.from.map(place).join('; ') || null),
            text('To', (row) => row.to.map(place).join('; ') || null),
            text('Asked by', (row) => row.askedBy?.name ?? null),
            text('Approved by', (row) => row.approvedBy?.name ?? null, { note: (row) => row.reason }),
          ],
          empty: 'Nothing was reallocated, carried forward, varied, lapsed, withdrawn or novated.',
          next: nextAddress(`/programmes/${programme.slug}/money-movements`, {}, found.next),
          whole: `/v1/programmes/${programme.slug}/money-movements`,
        }),
      },
    ],
    notes: ['A variation changes what is agreed, and moves no money: its amount is £0.'],
  });
}

/** Question 10 in a sentence. */
export function overdueLead({ sums, asOn }: OverdueActions): string {
  const late = sums.filter(({ count }) => count > 0);
  if (late.length === 0) return `Nothing is overdue as on ${day(asOn)}.`;
  const told = late.map(({ kind, count, amountPence }) => {
    const many = kind === 'recovery' ? plural(count, 'recovery', 'recoveries') : plural(count, kind);
    return amountPence === null ? many : `${many} of ${pounds(amountPence)}`;
  });
  return `Overdue as on ${day(asOn)}: ${told.join(', ')}.`;
}

/** Auditor, question 10: which recoveries, findings and recommendations are overdue? */
export function overduePage(programme: ProgrammeRef, found: OverdueActions): Page {
  return questionPage({
    programme,
    question: 10,
    title: 'Overdue recoveries, findings and recommendations',
    lead: overdueLead(found),
    figures: found.sums.map(({ kind, count, amountPence }) => ({
      label: kind === 'recovery' ? 'Recoveries' : `${words(kind)}s`,
      value: String(count),
      note: amountPence ? pounds(amountPence) : undefined,
    })),
    sections: [
      {
        table: table<OverdueAction>({
          id: 'overdue',
          caption: 'Overdue',
          rows: found.items,
          columns: [
            text('Reference', (row) => row.reference, {
              href: ({ kind, id }) => pageOfThing(kind === 'recovery' ? 'recovery' : 'audit_finding', id),
              note: (row) => words(row.kind),
            }),
            text('Trust', (row) => row.trust?.name ?? null),
            date('Due', (row) => row.dueOn),
            number('Days late', (row) => row.daysLate),
            text('Who is to act', (row) => row.owner),
            text('What', (row) => row.statement, { note: (row) => words(row.origin) }),
            money('Amount', (row) => row.amountPence),
            text('Raised by', (row) => row.raisedBy.name),
          ],
          empty: 'No recovery, finding or recommendation is past its day.',
          next: nextAddress(`/programmes/${programme.slug}/overdue-actions`, {}, found.next),
          whole: `/v1/programmes/${programme.slug}/overdue-actions`,
        }),
      },
    ],
  });
}
