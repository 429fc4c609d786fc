import type { Page as ListPage } from '../../core/paging.js';
import type { FindingFilter, FindingView } from '../../findings/finding.queries.js';
import { FINDING_KINDS, FINDING_STATES, OWNER_ROLES } from '../../findings/finding.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import { plural, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { date, state, type Table, type Tag, type TagColour, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

/** What the address of the page may say. */
export interface FindingsQuery {
  state?: string;
  kind?: string;
  trust?: string;
  owner?: string;
  after?: string;
}

const STANDINGS = [...FINDING_STATES, 'overdue'] as const;

/** What the list is narrowed to; overdue ones may be in more than one state. */
export function findingsFilterOf({ state: wanted, kind, trust, owner }: FindingsQuery): FindingFilter {
  const standing = chosen(wanted, STANDINGS);
  return {
    states: standing === null || standing === 'overdue' ? null : [standing],
    overdue: standing === 'overdue' ? true : null,
    kind: chosen(kind, FINDING_KINDS),
    trust: asked(trust),
    ownerRole: chosen(owner, OWNER_ROLES),
  };
}

const COLOURS: Record<FindingView['state'], TagColour> = {
  open: 'blue',
  responded: 'yellow',
  implemented: 'aqua-green',
  closed: 'green',
};

/** Where a finding stands, as a tag. */
export function findingTag({ state: at, overdue }: Pick<FindingView, 'state' | 'overdue'>): Tag {
  return overdue ? { words: 'Overdue', colour: 'red' } : { words: words(at), colour: COLOURS[at] };
}

/** What a finding is about, in words. */
export const about = ({ trust }: FindingView): string => trust?.name ?? 'The programme';

/** Who is to act: "Trust lead, Mersey Care NHS Foundation Trust (the CCIO)". */
export function ownerOf({
  owner,
  ownerRole,
  ownerOrganisation,
}: Pick<FindingView, 'owner' | 'ownerRole' | 'ownerOrganisation'>): string {
  if (ownerRole === null) return owner;
  const role = [words(ownerRole), ownerOrganisation?.name].filter(Boolean).join(', ');
  return owner === '' ? role : `${role} (${owner})`;
}

/** The way to a finding. */
export const findingsTrail = (programme: { slug: string; name: string }, finding?: FindingView): Link[] =>
  programmeTrail(
    programme,
    { text: 'Findings', href: `/programmes/${programme.slug}/findings` },
    ...(finding ? [{ text: finding.reference, href: `/findings/${finding.id}` }] : []),
  );

function findingsTable(
  rows: readonly FindingView[],
  next: string | null,
  whole: string,
  mayRecord: boolean,
): Table {
  return table<FindingView>({
    id: 'findings',
    caption: 'Findings and recommendations, the first due first',
    rows,
    columns: [
      text('Reference', (row) => row.reference, {
        href: (row) => `/findings/${row.id}`,
        note: (row) => `${words(row.kind)}, ${row.priority} priority`,
      }),
      text('What was found', (row) => row.statement, { note: (row) => row.review }),
      text('About', about),
      text('Owner', ownerOf),
      date('Due', (row) => row.dueOn, {
        note: (row) => (row.overdue ? `${plural(row.daysLate, 'day')} late` : null),
      }),
      state('State', findingTag),
    ],
    empty: mayRecord
      ? 'Nothing was found that matches. Record a finding when a review or an audit makes one.'
      : 'Nothing was found that matches. Choose “Show all” to see all findings.',
    next,
    whole,
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
  const chosenState = filter.overdue ? 'overdue' : (filter.states?.[0] ?? null);
  const { kind, trust, ownerRole: owner = null } = filter;
  const whole = addressOf(`/v1${path}`, {
    state: filter.states?.[0] ?? null,
    kind,
    trust,
    ownerRole: owner,
    overdue: filter.overdue === null || filter.overdue === undefined ? null : String(filter.overdue),
  });
  return {
    view: 'findings/findings.njk',
    title: 'Findings of reviews and audits',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      findingsTable(
        items,
        nextAddress(path, { state: chosenState, kind, trust, owner }, next),
        whole,
        reader.mayRecord,
      ),
    ],
    model: {
      programme,
      path,
      mayRecord: reader.mayRecord,
      figures: {
        open: items.filter(({ state: at }) => at !== 'closed').length,
        overdue: items.filter(({ overdue }) => overdue).length,
        closed: items.filter(({ state: at }) => at === 'closed').length,
      },
      filters: [
        filterField('state', 'State', chosenState, choicesOf(STANDINGS)),
        filterField('kind', 'Kind', kind, choicesOf(FINDING_KINDS)),
        filterField('owner', 'Owner', owner, choicesOf(OWNER_ROLES)),
        ...trustFields(programme.awardees, trust, reader.allTrusts),
      ],
    },
  };
}
