import { daysBetween } from '../../core/calendar.js';
import type { ClaimRowView } from '../../funding/claims/claim-lists.queries.js';
import type { GateView } from '../../funding/gates/gate.service.js';
import type { MoneyLine, TrustMoney } from '../../funding/money.types.js';
import type { MilestoneView } from '../../milestones/milestone.queries.js';
import type { ConfidenceShown, TrustProgressView } from '../../progress-reports/programme-progress.types.js';
import type { ProgressReportRow } from '../../progress-reports/progress-report.queries.js';
import type { ProjectView } from '../../projects/project.queries.js';
import { agreementTag } from '../agreements/agreement.words.js';
import { changeTag } from '../changes/change.words.js';
import { claimTag } from '../claims/claim.words.js';
import { gateTag } from '../gates/gate.words.js';
import { milestoneTag } from '../milestones/milestone.words.js';
import { day, plural, words } from '../page/format.js';
import { date, moment, money, number, state, type Table, table, text } from '../page/table.js';
import { dueTag } from '../returns/return.words.js';
import { ratingColumn, scaleWords } from './confidence.words.js';
import { expectedWords, scoreColumn, sourceWords, standingOf, varianceWords } from './figures.js';
import { type HistoryPoint, historyPoints } from './trust.history.js';
import type { TrustDeliveryReadings, TrustMoneyReadings } from './trust-readings.js';

/** How many milestones are named as coming next. */
const NEXT = 10;

type Line = TrustMoney['lines'][number];

/** A trust's money by year and kind, the match beside the grant. */
export function moneyTable(given: TrustMoney | null): Table {
  const lines = given?.lines ?? [];
  const totals = given?.totals;
  const amounts = [
    money<MoneyLine>('Awarded', (row) => row.grant.awardedPence),
    money<MoneyLine>('Drawn', (row) => row.grant.drawnPence),
    money<MoneyLine>('Paid', (row) => row.grant.paidPence),
    money<MoneyLine>('Remaining', (row) => row.grant.remainingPence),
    money<MoneyLine>('Match agreed', (row) => row.match.agreedPence),
    money<MoneyLine>('Match accepted', (row) => row.match.acceptedPence),
  ];
  return table<Line>({
    id: 'money',
    caption: 'Money by year and kind',
    rows: lines,
    columns: [text('Year', (row) => row.financialYear), text('Kind', (row) => words(row.kind)), ...amounts],
    ...(totals && lines.length > 0
      ? {
          foot: [
            { value: 'Total' },
            { value: '' },
            ...amounts.map(({ cell }) => cell({ ...totals, financialYear: '', kind: 'capital' })),
          ],
        }
      : {}),
    empty: 'No agreement is in force, so no money can be claimed yet.',
  });
}

/** A trust's agreements. */
export function agreementsTable(given: TrustMoney | null): Table {
  return table<TrustMoney['agreements'][number]>({
    id: 'agreements',
    caption: 'Agreements',
    rows: given?.agreements ?? [],
    columns: [
      text('Agreement', (row) => row.reference, { href: (row) => `/agreements/${row.id}` }),
      state('State', (row) => agreementTag(row.state)),
      number('Version', (row) => row.version),
      date('In force since', (row) => row.activatedOn),
    ],
    empty: 'There is no agreement in force. The funder drafts one from the award.',
  });
}

/** Where the trust stands toward each target set. */
export function towardTable(slug: string, { figures }: TrustProgressView): Table {
  return table<TrustProgressView['figures'][number]>({
    id: 'toward',
    caption: 'Toward each target set',
    rows: figures.filter(({ selfReported }) => selfReported !== null),
    columns: [
      text('Target set', (row) => row.targetSet?.name ?? 'All target sets together', {
        href: (row) =>
          row.targetSet && `/programmes/${slug}/targets/${row.targetSet.ref.replace('/v', '?version=')}`,
        note: (row) => row.targetSet && `by ${day(row.targetSet.targetOn)}`,
      }),
      state('On trajectory?', (row) => standingOf(row.selfReported), {
        note: (row) => varianceWords(row.selfReported?.planned),
      }),
      scoreColumn('Planned by then', (row) => row.selfReported?.planned),
      scoreColumn('Self-reported', (row) => row.selfReported?.score),
      scoreColumn('Validated', (row) => row.validated?.score),
      text('Expected to reach it', (row) => row.selfReported && expectedWords(row.selfReported.expected)),
    ],
    empty: 'No return of this trust was accepted yet, so there is no figure.',
  });
}

/** The scores of a trust by period: the figures of its chart. */
export function historyTable(progress: TrustProgressView): Table {
  return table<HistoryPoint>({
    id: 'progress-history',
    caption: 'Scores by period',
    rows: historyPoints(progress),
    columns: [
      text('Period', (row) => row.period),
      date('Ends', (row) => row.endsOn),
      scoreColumn('Planned', (row) => row.planned),
      scoreColumn('Self-reported', (row) => row.selfReported),
      scoreColumn('Validated', (row) => row.validated),
    ],
    empty: 'No return was accepted yet.',
  });
}

/** Delivery confidence by period, with the scale that each rating is of. */
export function confidenceTable({ programme, progress }: TrustDeliveryReadings): Table {
  const { confidenceScale } = programme.terms;
  return table<ConfidenceShown>({
    id: 'confidence',
    caption: 'Delivery confidence',
    rows: [...progress.deliveryConfidence].reverse(),
    columns: [
      text('Period', (row) => row.period),
      ratingColumn('Rating', (row) => row, confidenceScale),
      text('Scale', (row) => scaleWords(row, confidenceScale)),
      text('Reason', (row) => row.reason),
    ],
    empty: 'No accepted return gave a rating yet.',
  });
}

/** The milestones that come next. */
export function milestonesTable({ milestones, today }: TrustDeliveryReadings): Table {
  return table<MilestoneView>({
    id: 'milestones',
    caption: 'Milestones due next',
    rows: milestones.slice(0, NEXT),
    columns: [
      text('Milestone', (row) => row.name, {
        href: (row) => `/milestones/${row.id}`,
        note: (row) => row.project.name,
      }),
      state('State', (row) => milestoneTag(row.state)),
      date('Forecast', (row) => row.forecastOn, {
        note: (row) =>
          row.forecastOn < today ? `${plural(daysBetween(row.forecastOn, today), 'day')} ago` : null,
      }),
      date('Baseline', (row) => row.baselineOn, {
        note: (row) => (row.slipDays > 0 ? `${plural(row.slipDays, 'day')} later now` : null),
      }),
      number('Evidence', (row) => row.evidence),
    ],
    empty: 'No milestone is left to be met.',
  });
}

/** The gates of a trust's tranches. */
export function gatesTable({ gates }: TrustMoneyReadings): Table {
  return table<GateView>({
    id: 'gates',
    caption: 'Gates',
    rows: gates,
    columns: [
      text('Tranche', (row) => `${row.number}: ${row.name}`, {
        href: (row) => `/tranches/${row.id}`,
        note: (row) => row.agreement.reference,
      }),
      state('Gate', (row) => gateTag(row, row.remainingPence === 0), {
        note: (row) =>
          row.remainingPence > 0 && row.blockers.length > 0
            ? `${plural(row.blockers.length, 'thing')} in the way`
            : null,
      }),
      date('Expected', (row) => row.expectedOn, {
        note: (row) => (row.slips ? `planned for ${day(row.plannedOn)}` : null),
      }),
      money('Grant', (row) => row.grantPence),
      money('Remaining', (row) => row.remainingPence),
    ],
    empty: 'No agreement is in force, so there is no gate yet.',
  });
}

/** The latest claims. */
export function claimsTable({ claims }: TrustMoneyReadings): Table {
  return table<ClaimRowView>({
    id: 'claims',
    caption: 'Claims',
    rows: claims,
    columns: [
      text('Claim', (row) => row.reference, {
        href: (row) => `/claims/${row.id}`,
        note: (row) => `tranche ${row.tranche.number}`,
      }),
      state('State', (row) => claimTag(row.state)),
      moment('Since', (row) => row.stateSince),
      money('Claimed', (row) => row.claimedPence),
      money('Approved', (row) => row.approvedPence),
    ],
    empty: 'Nothing was claimed yet. A claim is begun from an agreement in force.',
  });
}

/** The latest returns. */
export function returnsTable({ returns, programme }: TrustDeliveryReadings): Table {
  return table<ProgressReportRow>({
    id: 'returns',
    caption: 'Returns',
    rows: returns,
    columns: [
      text('Period', (row) => row.period, { href: (row) => `/returns/${row.id}` }),
      state('State', (row) => dueTag(row), {
        note: (row) => (row.version > 1 ? `version ${row.version}` : null),
      }),
      date('Due', (row) => row.dueOn),
      moment('Submitted', (row) => row.submittedAt),
      ratingColumn('Confidence', (row) => row.confidence, programme.terms.confidenceScale),
    ],
    empty: 'No return is open yet. The calendar of the programme opens them.',
  });
}

/** The latest change requests. */
export function changesTable({ changes }: TrustMoneyReadings): Table {
  return table<TrustMoneyReadings['changes'][number]>({
    id: 'changes',
    caption: 'Changes',
    rows: changes,
    columns: [
      text('Change', (row) => row.title, {
        href: (row) => `/changes/${row.id}`,
        note: (row) => row.reference,
      }),
      text('Kind', (row) => words(row.kind)),
      state('State', (row) => changeTag(row.state), {
        note: (row) => row.heldBy?.todo ?? null,
      }),
      moment('Since', (row) => row.since),
    ],
    empty: 'No change was asked for.',
  });
}

/** The trust's projects. */
export function projectsTable(slug: string, { projects }: TrustDeliveryReadings): Table {
  return table<ProjectView>({
    id: 'projects',
    caption: 'Projects',
    rows: projects,
    columns: [
      text('Project', (row) => row.name, { href: (row) => `/programmes/${slug}/projects/${row.code}` }),
      number('Goals', (row) => row.goals.length),
      text('Source', (row) => sourceWords(row.sourced).words),
    ],
    empty: 'The definition of the programme names no project of this trust.',
  });
}
