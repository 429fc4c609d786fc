import type { SupersededMeasurement, VariedAgreement } from '../../auditing/questions/amendments.queries.js';
import type { Amendments } from '../../auditing/questions/amendments.reader.js';
import type { Page as Listed } from '../../core/paging.js';
import type { AmendedClaim } from '../../funding/claims/claim-amendment.queries.js';
import type { Amendment } from '../../progress-reports/progress-reports.reader.js';
import { nextAddress } from '../page/address.js';
import { count, plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { moment, money, number, table, text } from '../page/table.js';
import { pageOfThing } from './addresses.js';
import { parts } from './gaps.page.js';
import { type ProgrammeRef, questionPage } from './question.page.js';

const many = ({ items, next }: Listed<unknown>, one: string): string =>
  next === null ? plural(items.length, one) : `more than ${plural(items.length, one)}`;

/** Question 7 in a sentence. */
export function amendmentsLead({ returns, claims, agreements, measurements }: Amendments): string {
  if (!anyAmended({ returns, claims, agreements, measurements }))
    return 'No return, claim, agreement or measurement was amended after it was submitted.';
  return `${many(returns, 'amendment')} of returns and ${many(claims, 'amendment')} of claims after they were submitted, ${many(agreements, 'variation')} of agreements, and ${many(measurements, 'measurement')} superseded.`;
}

/** Whether anything was amended. */
export function anyAmended(found: Amendments): boolean {
  return Object.values(found).some(({ items }: Listed<unknown>) => items.length > 0);
}

/** "3 milestones, 1 spend": what a version says otherwise, by section. */
export function changedSections(changes: Amendment['changes']): string {
  if (changes.length === 0) return 'Nothing so far';
  const counts = new Map<string, number>();
  for (const { section } of changes) counts.set(section, (counts.get(section) ?? 0) + 1);
  return `${plural(changes.length, 'field')}: ${[...counts].map(([section, number]) => `${section} ${count(number)}`).join(', ')}`;
}

const MOST_SHOWN = 3;

function firstChanges(changes: Amendment['changes']): string | null {
  const shown = changes
    .slice(0, MOST_SHOWN)
    .map(({ label, before, after }) => `${label}: ${cut(before)} became ${cut(after)}`);
  const more = changes.length - shown.length;
  return shown.length === 0 ? null : `${shown.join('; ')}${more > 0 ? `; and ${count(more)} more` : ''}`;
}

const cut = (value: string | null): string =>
  value === null ? 'nothing' : value.length > 80 ? `${value.slice(0, 80)}…` : value;

const amendedReturnsTable = (returns: Listed<Amendment>, path: string) =>
  table<Amendment>({
    id: 'amended-returns',
    caption: 'Returns',
    rows: returns.items,
    columns: [
      text('Return', (row) => `${row.trust.name}, ${row.period}`, {
        href: (row) => `/returns/${row.report}/versions`,
      }),
      number('Version', (row) => row.number),
      text('Begun by', (row) => row.begunBy),
      moment('Begun', (row) => row.begunAt),
      text('Why', (row) => row.reason ?? (row.questions.join(' ') || null), {
        note: (row) => (row.reason === null && row.questions.length > 0 ? 'As it was queried' : null),
      }),
      text('What changed', (row) => changedSections(row.changes), {
        note: (row) => firstChanges(row.changes),
      }),
      moment('Submitted', (row) => row.submittedAt),
    ],
    empty: 'No return has a second version: none was corrected or revised after it was submitted.',
    next: nextAddress(path, {}, returns.next, 'returns'),
  });

const amendedClaimsTable = (claims: Listed<AmendedClaim>, path: string) =>
  table<AmendedClaim>({
    id: 'amended-claims',
    caption: 'Claims',
    rows: claims.items,
    columns: [
      text('Claim', (row) => row.claim.reference, {
        href: (row) => `/claims/${row.claim.id}/versions`,
        note: (row) => row.trust.name,
      }),
      number('Version', (row) => row.number),
      text('Begun by', (row) => row.revisedBy?.name ?? null),
      moment('Begun', (row) => row.revisedAt),
      text('Why', (row) => row.reason),
      money('Claimed before', (row) => row.claimedBeforePence, {
        note: (row) => plural(row.linesBefore, 'line'),
      }),
      money('Claimed now', (row) => row.claimedAfterPence, {
        note: (row) => plural(row.linesAfter, 'line'),
      }),
    ],
    empty: 'No claim has a second version: none was revised after it was submitted.',
    next: nextAddress(path, {}, claims.next, 'claims'),
  });

const variedTable = (agreements: Listed<VariedAgreement>, path: string) =>
  table<VariedAgreement>({
    id: 'varied-agreements',
    caption: 'Agreements',
    rows: agreements.items,
    columns: [
      text('Agreement', (row) => row.agreement.reference, {
        href: (row) => `/agreements/${row.agreement.id}/versions`,
        note: (row) => row.trust.name,
      }),
      number('Version', (row) => row.number),
      text('Prepared by', (row) => row.preparedBy?.name ?? null),
      moment('Prepared', (row) => row.preparedAt),
      text('Approved by', (row) => row.approvedBy?.name ?? null),
      text('Why', (row) => row.reason, {
        note: (row) =>
          row.changeRequest ? `${row.changeRequest.reference}: ${row.changeRequest.title}` : null,
      }),
      money('Grant before', (row) => row.grantBeforePence),
      money('Grant now', (row) => row.grantAfterPence),
    ],
    empty: 'No agreement has a second version: none was varied after it was signed.',
    next: nextAddress(path, {}, agreements.next, 'agreements'),
  });

const supersededTable = (measurements: Listed<SupersededMeasurement>, path: string) =>
  table<SupersededMeasurement>({
    id: 'superseded',
    caption: 'Measurements',
    rows: measurements.items,
    columns: [
      text('Measure', (row) => row.measure.name, {
        href: (row) => pageOfThing('measurement', row.id),
        note: (row) => row.trust.name,
      }),
      text('Period', (row) => row.period),
      text('Before', (row) => parts(row.before)),
      text('Now', (row) => parts(row.measurement)),
      text('Reported by', (row) => row.reportedBy?.name ?? null),
      moment('Reported', (row) => row.reportedAt),
      text('Why', (row) => row.reason),
    ],
    empty: 'No measurement took the place of another.',
    next: nextAddress(path, {}, measurements.next, 'measurements'),
  });

/** Auditor, question 7: what was amended after submission, by whom, why? */
export function amendmentsPage(programme: ProgrammeRef, found: Amendments): Page {
  const path = `/programmes/${programme.slug}/amendments`;
  return questionPage({
    programme,
    question: 7,
    title: 'Amended after submission',
    lead: amendmentsLead(found),
    sections: [
      { table: amendedReturnsTable(found.returns, path) },
      { table: amendedClaimsTable(found.claims, path) },
      { table: variedTable(found.agreements, path) },
      { table: supersededTable(found.measurements, path) },
    ],
    notes: [
      'What was submitted never changes. An amendment is a new version, and every version is kept as it was.',
    ],
  });
}
