import type { PeriodView, ProgrammeView } from '../../programmes/programme.queries.js';
import type { ProgressReportRow } from '../../progress-reports/progress-report.queries.js';
import { PROGRESS_REPORT_STATES } from '../../progress-reports/progress-report.rules.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { date, state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { ratingTag } from '../progress/confidence.words.js';
import { returnTag } from './return.words.js';

/** What the address of the list may say. */
export interface ReturnsQuery {
  period?: string;
  state?: string;
  trust?: string;
  overdue?: string;
  after?: string;
}

/** What the list is narrowed to. */
export interface ReturnsFilter {
  period: string | null;
  state: string | null;
  trust: string | null;
  overdue: boolean | null;
}

/** What the list is narrowed to; what is no state narrows nothing. */
export function returnsFilterOf({ period, state: wanted, trust, overdue }: ReturnsQuery): ReturnsFilter {
  const late = chosen(overdue, ['true', 'false'] as const);
  return {
    period: asked(period),
    state: chosen(wanted, PROGRESS_REPORT_STATES),
    trust: asked(trust),
    overdue: late === null ? null : late === 'true',
  };
}

interface Given {
  programme: ProgrammeView;
  periods: readonly PeriodView[];
  rows: readonly ProgressReportRow[];
  /** Ids of those that say the same as what was accepted before them. */
  unchanged: ReadonlySet<string>;
  filter: ReturnsFilter;
  /** The cursor of the next page; null on the last. */
  next: string | null;
}

/** "Unchanged", "Changed"; null of one that nobody has begun, and of a trust's first. */
function changedOf({ id, state: is }: ProgressReportRow, unchanged: ReadonlySet<string>): string | null {
  if (is === 'open') return null;
  return unchanged.has(id) ? 'Unchanged' : 'Changed';
}

/** "1 to mend, 2 to look at"; null where nothing was found. */
function foundOf({ findings: { blocking, warning } }: ProgressReportRow): string | null {
  const found = [blocking > 0 && `${blocking} to mend`, warning > 0 && `${warning} to look at`];
  return found.filter(Boolean).join(', ') || null;
}

const optional = (value: string | boolean | null): string | null => (value === null ? null : String(value));

function filtersOf({ programme, periods, filter }: Given) {
  return [
    filterField(
      'period',
      'Period',
      filter.period,
      periods.map(({ label }) => label),
    ),
    filterField(
      'state',
      'State',
      filter.state,
      choicesOf(
        PROGRESS_REPORT_STATES.filter((each) => each !== 'not-due'),
        (each) => returnTag(each).words,
      ),
    ),
    ...trustFields(programme.awardees, filter.trust),
    filterField('overdue', 'Overdue', optional(filter.overdue), [
      { value: 'true', text: 'Overdue' },
      { value: 'false', text: 'Not overdue' },
    ]),
  ];
}

/** A programme's returns: which are late, queried or unchanged (domain.md section 11, programme manager 4). */
export function returnsListPage(given: Given): Page {
  const { programme, rows, unchanged, filter } = given;
  const narrowed = { ...filter, overdue: optional(filter.overdue) };
  const overdue = rows.filter((row) => row.overdue).length;
  const queried = rows.filter((row) => row.state === 'queried').length;
  const same = rows.filter((row) => changedOf(row, unchanged) === 'Unchanged').length;
  return {
    view: 'returns/returns-list.njk',
    title: 'Returns: late, queried or unchanged',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<ProgressReportRow>({
        id: 'returns',
        caption: 'Returns',
        rows,
        columns: [
          text('Trust', (row) => row.trust.name, {
            href: (row) => `/returns/${row.id}`,
            note: (row) => (row.illustrative ? 'Illustrative' : null),
          }),
          text('Period', (row) => row.period),
          state('State', (row) => returnTag(row.state), {
            note: (row) => (row.version > 1 ? `version ${row.version}` : null),
          }),
          date('Due', (row) => row.dueOn),
          text('Late', (row) => (row.overdue ? 'Overdue' : null)),
          text('Found', foundOf),
          // What an open return holds was carried over: nobody has said it of this period.
          text('Confidence', ({ state: is, confidence }) =>
            is === 'open' || !confidence
              ? null
              : ratingTag(confidence, programme.terms.confidenceScale).words,
          ),
          text('Since last time', (row) => changedOf(row, unchanged)),
        ],
        next: nextAddress(`/programmes/${programme.slug}/returns`, narrowed, given.next),
        whole: addressOf(`/v1/programmes/${programme.slug}/progress-reports`, narrowed),
        empty: 'No return matches. Choose “Show all” to see every return that has opened.',
      }),
    ],
    model: {
      programme,
      figures: { overdue, queried, same, all: rows.length },
      filters: filtersOf(given),
    },
  };
}
