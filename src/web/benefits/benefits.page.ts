import type { BenefitFilter, BenefitView } from '../../benefits/benefit.queries.js';
import { BENEFIT_STATES, BENEFIT_TYPES, PENCE } from '../../benefits/benefit.rules.js';
import type { BenefitTotal } from '../../benefits/benefit-totals.queries.js';
import type { BenefitTotals } from '../../benefits/benefits.reader.js';
import type { Page as ListPage } from '../../core/paging.js';
import type { ProgrammeWorth } from '../../funding/benefit-to-cost.reader.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import { words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { benefitTag, countedWords, isLate, valueWords } from './benefit.words.js';
import { worthTable, worthWords } from './worth.table.js';

/** What the address of the page may say. */
export interface BenefitsQuery {
  trust?: string;
  project?: string;
  type?: string;
  state?: string;
  after?: string;
  worth?: string;
}

/** What the list is narrowed to. */
export function benefitsFilterOf({ trust, project, type, state: wanted }: BenefitsQuery): BenefitFilter {
  return {
    trust: asked(trust),
    project: asked(project),
    type: chosen(type, BENEFIT_TYPES),
    state: chosen(wanted, BENEFIT_STATES),
  };
}

/** What all years come to, in the unit; null where none says anything. */
function allYears({ years, unit }: BenefitView, of: 'planned' | 'reported' | 'validated'): string | null {
  const said = years.map((year) => year[of]).filter((value) => value !== null);
  return said.length === 0
    ? null
    : valueWords(
        said.reduce((total, value) => total + value, 0),
        unit,
      );
}

/** Benefits with what they are to bring and brought. */
export function benefitsTable(
  rows: readonly BenefitView[],
  more: { next: string | null; whole?: string; empty: string; allTrusts: boolean },
): Table {
  return table<BenefitView>({
    id: 'benefits',
    caption: 'Benefits',
    rows,
    columns: [
      text('Benefit', (row) => row.name, {
        href: (row) => `/benefits/${row.id}`,
        note: (row) => words(row.type),
      }),
      text('Project', (row) => row.project.name, { note: (row) => (more.allTrusts ? row.trust.name : null) }),
      text('Planned', (row) => allYears(row, 'planned')),
      text('Reported', (row) => allYears(row, 'reported')),
      text('Validated', (row) => allYears(row, 'validated')),
      text('Counted', countedWords),
      text('Owner', (row) => row.owner, {
        note: (row) => row.ownerAfterClosure && `then ${row.ownerAfterClosure}`,
      }),
      state('State', benefitTag, {
        note: (row) =>
          isLate(row)
            ? row.years
                .filter(({ late }) => late)
                .map(({ year }) => year)
                .join(', ')
            : null,
      }),
    ],
    empty: more.empty,
    next: more.next,
    ...(more.whole ? { whole: more.whole } : {}),
  });
}

const totalsTable = ({ items }: BenefitTotals): Table =>
  table<BenefitTotal>({
    id: 'totals',
    caption: 'What benefits come to, each counted once',
    rows: items,
    columns: [
      text('What they are of', (row) => words(row.type), {
        note: (row) => (row.unit === PENCE ? 'in pounds' : `in ${row.unit}`),
      }),
      number('Counted', (row) => row.benefits, {
        note: (row) => (row.shared > 0 ? `and ${row.shared} counted in another` : null),
      }),
      text('Planned, all years', (row) => valueWords(row.planned, row.unit)),
      text('Planned, years that ended', (row) => valueWords(row.plannedByNow, row.unit)),
      text('Reported', (row) => valueWords(row.reported, row.unit)),
      text('Validated', (row) => valueWords(row.validated, row.unit)),
    ],
    empty: 'No benefit is agreed yet. What is agreed is counted here.',
  });

/** What the benefits of a programme are to bring and brought, with benefit to cost for whoever may see its money. */
export function benefitsPage(
  programme: ProgrammeView,
  { items, next }: ListPage<BenefitView>,
  totals: BenefitTotals,
  worth: ProgrammeWorth | null,
  filter: BenefitFilter,
  allTrusts: boolean,
): Page {
  const path = `/programmes/${programme.slug}/benefits`;
  const narrowed = { ...filter };
  return {
    view: 'benefits/benefits.njk',
    title: 'Benefits',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      totalsTable(totals),
      benefitsTable(items, {
        allTrusts,
        next: nextAddress(path, narrowed, next),
        whole: addressOf(`/v1${path}`, narrowed),
        empty:
          'No benefit was found that matches. A trust records what its projects are to bring on the page of each project.',
      }),
      ...(worth ? [worthTable(programme.slug, worth, nextAddress(path, narrowed, worth.next, 'worth'))] : []),
    ],
    model: {
      programme,
      path,
      worth: worth ? worthWords(worth.totals) : null,
      illustrative: items.some(({ illustrative }) => illustrative),
      filters: [
        filterField('type', 'What it is of', filter.type, choicesOf(BENEFIT_TYPES)),
        filterField('state', 'State', filter.state, choicesOf(BENEFIT_STATES)),
        ...trustFields(programme.awardees, filter.trust, allTrusts),
      ],
    },
  };
}
