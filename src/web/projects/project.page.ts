import type { BenefitView } from '../../benefits/benefit.queries.js';
import type { MilestoneView } from '../../milestones/milestone.queries.js';
import type { ProjectView } from '../../projects/project.queries.js';
import { benefitsTable } from '../benefits/benefits.page.js';
import type { Chart } from '../charts/chart.js';
import { timelineChart } from '../charts/timeline.chart.js';
import { milestoneTag } from '../milestones/milestone.words.js';
import { day, plural, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { sourceWords } from '../progress/figures.js';

export interface ProjectViews {
  programme: { slug: string; name: string };
  project: ProjectView;
  /** By baseline. */
  milestones: readonly MilestoneView[];
  today: string;
  benefits: readonly BenefitView[];
  mayRecordBenefit: boolean;
}

type Goal = ProjectView['goals'][number];

function goalsTable({ goals }: ProjectView): Table {
  return table<Goal>({
    id: 'goals',
    caption: 'Goals',
    rows: goals,
    columns: [text('Goal', (row) => row.statement), text('Source', (row) => sourceWords(row.sourced).words)],
    empty: 'The definition gives this project no goal.',
  });
}

function slipWords({ slipDays, actualOn }: MilestoneView): string {
  if (slipDays === 0) return actualOn ? 'on the day' : 'as planned';
  return `${plural(Math.abs(slipDays), 'day')} ${slipDays > 0 ? 'later' : 'earlier'} than the baseline`;
}

function milestonesTable(rows: readonly MilestoneView[]): Table {
  return table<MilestoneView>({
    id: 'milestones',
    caption: 'Milestones',
    rows,
    columns: [
      text('Milestone', (row) => row.name, {
        href: (row) => `/milestones/${row.id}`,
        note: (row) => words(row.kind),
      }),
      state('State', (row) => milestoneTag(row.state), {
        note: (row) => row.delayReason && `delayed: ${words(row.delayReason).toLowerCase()}`,
      }),
      date('Baseline', (row) => row.baselineOn, {
        note: (row) => row.agreedOn && `agreed since: ${day(row.agreedOn)}`,
      }),
      date('Forecast', (row) => row.forecastOn, { note: slipWords }),
      date('Actual', (row) => row.actualOn),
      number('Evidence', (row) => row.evidence),
      text('Source', (row) => sourceWords(row.sourced).words),
    ],
    empty: 'The definition gives this project no milestone.',
  });
}

function timelineOf(milestones: readonly MilestoneView[], today: string): Chart[] {
  return milestones.length === 0
    ? []
    : [
        timelineChart({
          id: 'timeline',
          title: 'Milestones: baseline, forecast and actual days',
          today,
          rows: milestones.map(({ name, baselineOn, forecastOn, actualOn, state: now }) => ({
            label: name,
            baselineOn,
            forecastOn,
            actualOn,
            state: milestoneTag(now).words,
          })),
        }),
      ];
}

/** A project: its goals and where they come from, its milestones in time, and how much evidence there is. */
export function projectPage({
  programme,
  project,
  milestones,
  today,
  benefits,
  mayRecordBenefit,
}: ProjectViews): Page {
  const root = `/programmes/${programme.slug}`;
  const met = milestones.filter(({ state: now }) => now === 'met').length;
  const late = milestones.filter(({ slipDays }) => slipDays > 0).length;
  const evidence = milestones.reduce((sum, each) => sum + each.evidence, 0);
  const bare = milestones.filter(({ evidence: pieces }) => pieces === 0).length;
  return {
    view: 'projects/project.njk',
    title: project.name,
    caption: project.trust.name,
    trail: programmeTrail(
      programme,
      { text: 'Projects', href: `${root}/projects` },
      { text: project.trust.name, href: `${root}/trusts/${project.trust.odsCode}` },
    ),
    tables: [
      goalsTable(project),
      milestonesTable(milestones),
      benefitsTable(benefits, {
        allTrusts: false,
        next: null,
        empty: 'The trust has not recorded yet what this project is to bring.',
      }),
    ],
    charts: timelineOf(milestones, today),
    model: {
      programme,
      project,
      recordBenefit: mayRecordBenefit ? `${root}/projects/${project.code}/benefits/new` : null,
      source: sourceWords(project.sourced),
      illustrative: milestones.some((each) => each.illustrative),
      figures: {
        met: `${met} of ${milestones.length}`,
        late,
        evidence,
        bare: bare === 0 ? 'every milestone has some' : `${plural(bare, 'milestone')} without any`,
      },
    },
  };
}
