import type { Page as ListPage } from '../../core/paging.js';
import type { FindingFilter, FindingView } from '../../findings/finding.queries.js';
import { FINDING_KINDS } from '../../findings/finding.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import { day, instant, plural, words } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import { date, state, type Table, type Tag, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

/** What the address of the page may say. */
export interface FindingsQuery {
  state?: string;
  kind?: string;
  trust?: string;
  after?: string;
}

const STANDINGS = ['open', 'overdue', 'closed'] as const;

/** What the list is narrowed to: overdue ones are open, and their day has passed. */
export function findingsFilterOf({ state: wanted, kind, trust }: FindingsQuery): FindingFilter {
  const standing = chosen(wanted, STANDINGS);
  return {
    state: standing === 'overdue' ? 'open' : standing,
    overdue: standing === 'overdue' ? true : null,
    kind: chosen(kind, FINDING_KINDS),
    trust: asked(trust),
  };
}

/** Where a finding stands, as a tag. */
export function findingTag({ state: at, overdue }: Pick<FindingView, 'state' | 'overdue'>): Tag {
  if (at === 'closed') return { words: 'Closed', colour: 'green' };
  return overdue ? { words: 'Overdue', colour: 'red' } : { words: 'Open', colour: 'blue' };
}

const about = ({ trust }: FindingView): string => trust?.name ?? 'The programme';

/** The way to a finding. */
export const findingsTrail = (programme: { slug: string; name: string }, finding?: FindingView): Link[] =>
  programmeTrail(
    programme,
    { text: 'Findings', href: `/programmes/${programme.slug}/findings` },
    ...(finding ? [{ text: finding.reference, href: `/findings/${finding.id}` }] : []),
  );

function findingsTable(rows: readonly FindingView[], next: string | null, mayRecord: boolean): Table {
  return table<FindingView>({
    id: 'findings',
    caption: 'Findings and recommendations, the first due first',
    rows,
    columns: [
      text('Reference', (row) => row.reference, {
        href: (row) => `/findings/${row.id}`,
        note: (row) => words(row.kind),
      }),
      text('What was found', (row) => row.statement, { note: (row) => row.review }),
      text('About', about),
      text('To be answered by', (row) => row.owner),
      date('Due', (row) => row.dueOn, {
        note: (row) => (row.overdue ? `${plural(row.daysLate, 'day')} late` : null),
      }),
      state('State', findingTag),
    ],
    empty: mayRecord
      ? 'Nothing was found that matches. Record a finding when a review or an audit makes one.'
      : 'Nothing was found that matches. Choose “Show all” to see all findings.',
    next,
  });
}

/** What reviews and audits found and recommended: open, overdue and closed (auditor 10). */
export function findingsPage(
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'awardees'>,
  { items, next }: ListPage<FindingView>,
  filter: FindingFilter,
  reader: { allTrusts: boolean; mayRecord: boolean },
): Page {
  const path = `/programmes/${programme.slug}/findings`;
  const chosenState = filter.overdue ? 'overdue' : filter.state;
  const { kind, trust } = filter;
  return {
    view: 'findings/findings.njk',
    title: 'Findings of reviews and audits',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      findingsTable(items, nextAddress(path, { state: chosenState, kind, trust }, next), reader.mayRecord),
    ],
    model: {
      programme,
      path,
      mayRecord: reader.mayRecord,
      figures: {
        open: items.filter(({ state: at }) => at === 'open').length,
        overdue: items.filter(({ overdue }) => overdue).length,
        closed: items.filter(({ state: at }) => at === 'closed').length,
      },
      filters: [
        filterField('state', 'State', chosenState, choicesOf(STANDINGS)),
        filterField('kind', 'Kind', kind, choicesOf(FINDING_KINDS)),
        ...trustFields(programme.awardees, trust, reader.allTrusts),
      ],
    },
  };
}

/** One finding, with what was done about it. */
export function findingPage(
  programme: Pick<ProgrammeView, 'slug' | 'name'>,
  finding: FindingView,
  { mayClose }: { mayClose: boolean },
): Page {
  return {
    view: 'findings/finding.njk',
    title: finding.reference,
    caption: about(finding),
    trail: findingsTrail(programme),
    model: {
      programme,
      finding,
      tagged: findingTag(finding),
      mayClose: mayClose && finding.state === 'open',
      facts: findingFacts(finding),
    },
  };
}

/** What is known of a finding, for its page and for whoever closes it. */
export function findingFacts(finding: FindingView): Fact[] {
  const { kind, review, statement, owner, dueOn, overdue, daysLate, raisedBy, raisedAt } = finding;
  return [
    { label: 'Kind', value: words(kind) },
    { label: 'What was found', value: statement },
    { label: 'By', value: review },
    { label: 'To be answered by', value: owner },
    { label: 'Due', value: `${day(dueOn)}${overdue ? `, ${plural(daysLate, 'day')} ago` : ''}` },
    { label: 'Recorded by', value: `${raisedBy.name}, ${instant(raisedAt)}` },
    ...(finding.closedBy
      ? [
          { label: 'What was done', value: finding.response ?? '' },
          { label: 'Closed by', value: `${finding.closedBy.name}, ${instant(finding.closedAt)}` },
        ]
      : []),
  ];
}

/** The form that records one. */
export function newFindingPage(
  programme: Pick<ProgrammeView, 'slug' | 'name'>,
  bodies: ReadonlyArray<{ odsCode: string; name: string }>,
): Page {
  const path = `/programmes/${programme.slug}/findings`;
  return {
    view: 'findings/new.njk',
    title: 'Record a finding',
    caption: programme.name,
    trail: findingsTrail(programme),
    model: {
      action: `${path}/new`,
      back: path,
      kinds: [
        { value: 'finding', text: 'Finding', hint: { text: 'A fault that was found.' } },
        { value: 'recommendation', text: 'Recommendation', hint: { text: 'Something that is advised.' } },
      ],
      bodies: [
        { value: '', text: 'The programme as a whole' },
        ...bodies.map(({ odsCode, name }) => ({ value: odsCode, text: name })),
      ],
    },
  };
}
