import type { BlueprintAttachmentView, BlueprintContactView } from '../../blueprints/blueprint.queries.js';
import type { ShownBlueprint } from '../../blueprints/blueprints.reader.js';
import type {
  BlueprintSnapshot,
  SnapshotEvidence,
  SnapshotMeasure,
  SnapshotMilestone,
} from '../../blueprints/snapshot.rules.js';
import type { Pence } from '../../core/money.js';
import type { MilestoneState } from '../../milestones/milestone.rules.js';
import { milestoneTag } from '../milestones/milestone.words.js';
import { day, plural, words } from '../page/format.js';
import { date, moment, money, number, state, type Table, table, text } from '../page/table.js';
import { blueprintTag, valueWords } from './blueprint.words.js';

function slipWords({ slipDays }: SnapshotMilestone): string | null {
  if (slipDays === null) return null;
  if (slipDays === 0) return 'on the day';
  return `${plural(Math.abs(slipDays), 'day')} ${slipDays > 0 ? 'later' : 'earlier'} than the baseline`;
}

function milestonesTable(rows: readonly SnapshotMilestone[]): Table {
  return table<SnapshotMilestone>({
    id: 'milestones',
    caption: 'Milestones: planned and actual',
    rows,
    columns: [
      text('Milestone', (row) => row.name, { note: (row) => words(row.kind) }),
      state('State', (row) => milestoneTag(row.state as MilestoneState)),
      date('Baseline', (row) => row.baselineOn),
      date('Actual', (row) => row.actualOn, { note: slipWords }),
    ],
    empty: 'The project had no milestones.',
  });
}

interface CostRow {
  source: string;
  capital: Pence;
  revenue: Pence;
}

function costTable({ grantPaid, matchAccepted, totalPence }: BlueprintSnapshot): Table {
  const row = (source: string, { capitalPence, revenuePence }: BlueprintSnapshot['grantPaid']): CostRow => ({
    ...{ source, capital: capitalPence, revenue: revenuePence },
  });
  const rows = [row('Grant that was paid', grantPaid), row('Match that was accepted', matchAccepted)];
  const sum = (of: (each: CostRow) => Pence) => rows.reduce((total, each) => total + of(each), 0);
  return table<CostRow>({
    id: 'cost',
    caption: 'What the whole award paid for, by the ledger',
    rows,
    columns: [
      text('Money', (each) => each.source),
      money('Capital', (each) => each.capital),
      money('Revenue', (each) => each.revenue),
      money('Together', (each) => each.capital + each.revenue),
    ],
    foot: [
      { value: 'In all' },
      { value: sum((each) => each.capital) },
      { value: sum((each) => each.revenue) },
      { value: totalPence },
    ],
    empty: 'Nothing was paid or accepted by then.',
  });
}

function measuresTable(rows: readonly SnapshotMeasure[]): Table {
  return table<SnapshotMeasure>({
    id: 'measures',
    caption: 'Measures of the trust, before and after',
    rows,
    columns: [
      text('Measure', (row) => row.name, { note: (row) => `${row.targetSet}, ${row.direction} is better` }),
      text('Before', (row) => valueWords(row.unit, row.before), {
        note: (row) => row.before && (row.before.period ?? 'baseline of the programme'),
      }),
      text('After', (row) => valueWords(row.unit, row.after), {
        note: (row) => row.after && `${row.after.period}, validated`,
      }),
    ],
    empty: 'The programme measured nothing by then.',
  });
}

const evidenceTable = (rows: readonly SnapshotEvidence[]): Table =>
  table<SnapshotEvidence>({
    id: 'evidence',
    caption: 'Evidence of the project',
    rows,
    columns: [
      text('File', (row) => row.fileName, { note: (row) => row.description }),
      text('Proves', (row) => words(row.milestone)),
      text('SHA-256', (row) => row.sha256.slice(0, 12)),
    ],
    empty: 'There was no evidence by then.',
  });

/** What the record said, as tables. */
export const snapshotTables = (snapshot: BlueprintSnapshot | null): Table[] =>
  snapshot === null
    ? []
    : [
        milestonesTable(snapshot.milestones),
        costTable(snapshot),
        measuresTable(snapshot.measures),
        evidenceTable(snapshot.evidence),
      ];

/** The files of a version; who is not signed in is told their names alone. */
export const filesTable = (rows: readonly BlueprintAttachmentView[], signedIn: boolean): Table =>
  table<BlueprintAttachmentView>({
    id: 'files',
    caption: 'Files',
    rows,
    columns: [
      text('File', (row) => row.fileName, {
        href: (row) => (signedIn ? `/blueprint-attachments/${row.id}/content` : null),
        note: (row) => row.description,
      }),
      number('Size in bytes', (row) => row.sizeBytes),
    ],
    empty: 'No files come with it.',
  });

/** Questions and visits. */
export const contactsTable = (
  rows: readonly BlueprintContactView[],
  next: string | null,
  mayAnswer: boolean,
): Table =>
  table<BlueprintContactView>({
    id: 'contacts',
    caption: 'Questions and visits, the latest first',
    rows,
    columns: [
      text('What', (row) => (row.kind === 'question' ? 'Question' : 'Visit'), {
        href: (row) =>
          mayAnswer && row.kind === 'question' && row.answer === null
            ? `/blueprint-contacts/${row.id}/answer`
            : null,
        note: (row) => row.visitedOn && day(row.visitedOn),
      }),
      text('By', (row) => row.organisation.name),
      text('In words', (row) => row.words, {
        note: (row) =>
          row.kind === 'visit' ? null : row.answer === null ? 'Not answered yet' : `Answer: ${row.answer}`,
      }),
      moment('Recorded', (row) => row.at),
    ],
    empty: 'Nobody has asked about it or visited yet.',
    next,
  });

type VersionLine = ShownBlueprint['versions'][number];

/** All versions that the reader may see. */
export const versionsTable = (id: string, rows: readonly VersionLine[]): Table =>
  table<VersionLine>({
    id: 'versions',
    caption: 'Versions',
    rows,
    columns: [
      text('Version', (row) => `Version ${row.number}`, {
        href: (row) => `/blueprints/${id}?version=${row.number}`,
      }),
      state('State', (row) => blueprintTag(row.state), { note: (row) => row.endedBecause }),
      moment('Submitted', (row) => row.submittedAt),
      moment('Published', (row) => row.publishedAt),
    ],
    empty: 'There are no versions.',
  });
