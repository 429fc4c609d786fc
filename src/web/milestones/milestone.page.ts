import type { LogEntryView } from '../../audit/log.queries.js';
import type { DateOn } from '../../core/calendar.js';
import type { ShownRequirement } from '../../milestones/go-live.rules.js';
import type { GoLiveView } from '../../milestones/go-lives.reader.js';
import type { EvidenceView, MilestoneView } from '../../milestones/milestone.queries.js';
import { isOpenMilestone } from '../../milestones/milestone.rules.js';
import { milestoneNeeds } from '../../milestones/milestone-needs.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { EVIDENCE_TYPES, MAX_DESCRIPTION } from '../../storage/evidence.rules.js';
import { requirementTag } from '../assurance/assurance.words.js';
import { timelineChart } from '../charts/timeline.chart.js';
import { count, day } from '../page/format.js';
import { happeningsIn } from '../page/happenings.js';
import type { Link, Page } from '../page/page.js';
import { date, moment, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { againstBaseline, MILESTONE_HAPPENED, milestoneChange, milestoneTag } from './milestone.words.js';

/** The way to a milestone. */
export function milestoneTrail(
  programme: { slug: string; name: string },
  milestone?: { id: string; name: string },
): Link[] {
  return programmeTrail(
    programme,
    { text: 'Milestones', href: `/programmes/${programme.slug}/milestones` },
    ...(milestone ? [{ text: milestone.name, href: `/milestones/${milestone.id}` }] : []),
  );
}

/** "47 kB", "1.2 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${count(bytes)} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function datesTable({ name, baselineOn, agreedOn, forecastOn, actualOn, slipDays }: MilestoneView): Table {
  const rows = [
    { what: 'Baseline', on: baselineOn as DateOn | null, note: 'As it was first agreed. It never changes.' },
    {
      what: 'Agreed',
      on: agreedOn ?? baselineOn,
      note: agreedOn ? 'By an approved change request' : 'The baseline still stands',
    },
    { what: 'Forecast', on: forecastOn, note: 'By the last accepted return' },
    { what: 'Actual', on: actualOn, note: actualOn ? againstBaseline(slipDays) : 'It has not happened yet' },
  ];
  return table<(typeof rows)[number]>({
    id: 'dates',
    caption: `Dates of ${name}`,
    rows,
    columns: [
      text('Date', (row) => row.what),
      date('Day', (row) => row.on),
      text('What it is', (row) => row.note),
    ],
    empty: 'There are no dates.',
  });
}

function evidenceTable(rows: readonly EvidenceView[], takesMore: boolean): Table {
  return table<EvidenceView>({
    id: 'evidence',
    caption: 'Evidence',
    rows,
    columns: [
      text('What it shows', (row) => row.description),
      text('File', (row) => row.fileName, {
        href: (row) => `/evidence/${row.id}/content`,
        note: (row) => sizeWords(row.sizeBytes),
      }),
      text('Uploaded by', (row) => row.uploadedBy),
      moment('When', (row) => row.uploadedAt),
      text('SHA-256', (row) => row.sha256.slice(0, 12)),
    ],
    empty: takesMore
      ? 'There is no evidence yet. A milestone is met with evidence only: the trust uploads it here.'
      : 'There is no evidence.',
  });
}

/** What a go-live needs of safety and governance, and how it stands on its day (domain.md section 9, rule 13). */
function requirementsTable({ requirements }: GoLiveView): Table {
  return table<ShownRequirement>({
    id: 'assurance',
    caption: 'Assurance that this go-live needs',
    rows: requirements,
    columns: [
      text('What', (row) => row.name, {
        href: (row) => (row.item ? `/assurance/${row.item.id}` : null),
        note: (row) => row.subject.name,
      }),
      state<ShownRequirement>('Status', requirementTag, { note: (row) => row.message }),
      date('Holds until', (row) => row.expiresOn),
    ],
    empty: 'Nothing is needed.',
  });
}

const isOpen = ({ state }: MilestoneView): boolean => isOpenMilestone(state);

/** One milestone: its dates, where it stands and how it came there, its proof (project lead 6). */
export function milestonePage(
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'terms'>,
  milestone: MilestoneView,
  {
    evidence,
    log,
    today,
    goLive,
  }: {
    evidence: readonly EvidenceView[];
    log: readonly LogEntryView[];
    today: DateOn;
    /** Null where it is another kind of milestone. */
    goLive: GoLiveView | null;
  },
  reader: { steps: readonly Link[]; mayUpload: boolean },
): Page {
  const { name, baselineOn, forecastOn, actualOn, state, delayReason } = milestone;
  const reason = programme.terms.delayReasons.find(({ code }) => code === delayReason)?.label ?? delayReason;
  return {
    view: 'milestones/milestone.njk',
    title: name,
    caption: `${milestone.trust.name}: ${milestone.project.name}`,
    trail: milestoneTrail(programme),
    tables: [
      datesTable(milestone),
      evidenceTable(evidence, isOpen(milestone)),
      ...(goLive ? [requirementsTable(goLive)] : []),
    ],
    charts: [
      timelineChart({
        id: 'timeline',
        title: 'Baseline, forecast and actual day',
        today,
        rows: [{ label: name, baselineOn, forecastOn, actualOn, state: milestoneTag(state).words }],
      }),
    ],
    model: {
      programme,
      milestone,
      tagged: milestoneTag(state),
      slip: againstBaseline(milestone.slipDays),
      reason,
      agreed: day(milestone.agreedOn ?? baselineOn),
      needs: milestoneNeeds(milestone, today).map(({ message }) => message),
      happenings: happeningsIn(log, MILESTONE_HAPPENED, milestoneChange),
      steps: reader.steps,
      upload: reader.mayUpload && isOpen(milestone),
      goLive,
      kinds: Object.keys(EVIDENCE_TYPES).join(', '),
      accept: Object.keys(EVIDENCE_TYPES)
        .map((extension) => `.${extension}`)
        .join(','),
      longest: MAX_DESCRIPTION,
    },
  };
}
