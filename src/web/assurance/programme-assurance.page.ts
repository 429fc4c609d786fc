import type { AssuranceItemView } from '../../assurance/assurance-item.queries.js';
import { ASSURANCE_KINDS, KINDS } from '../../assurance/assurance-kinds.js';
import type { DeploymentView } from '../../assurance/product.queries.js';
import { addDays, type DateOn } from '../../core/calendar.js';
import type { Page as ListPage } from '../../core/paging.js';
import { type ShownRequirement, SOON_DAYS } from '../../milestones/go-live.rules.js';
import type { GoLiveView } from '../../milestones/go-lives.reader.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { nextAddress } from '../page/address.js';
import { trustFields } from '../page/filter.js';
import { day, instant } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { date, number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { assuranceTag, kindName, outcomeWords, requirementTag, subjectWords } from './assurance.words.js';

/** What the page shows, and to whom. */
export interface ProgrammeAssurance {
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'awardees'>;
  goLives: ListPage<GoLiveView>;
  deployments: ListPage<DeploymentView>;
  items: ListPage<AssuranceItemView>;
  trust: string | null;
  today: DateOn;
  reader: { allTrusts: boolean; prepares: boolean };
}

/** A requirement that somebody has to see to, of a go-live. */
export type Gap = ShownRequirement & { goLive: GoLiveView };

/**
 * What is missing, or ends soon, go-live by go-live.
 * @param until the last day for which go-lives are looked at; null: all
 */
export function gapsOf(goLives: readonly GoLiveView[], until: DateOn | null): Gap[] {
  const near = goLives.filter(({ lookedAtOn }) => until === null || lookedAtOn <= until);
  return near.flatMap((goLive) =>
    goLive.requirements
      .filter(({ status, endsSoon }) => status !== 'valid' || endsSoon)
      .map((requirement) => ({ ...requirement, goLive })),
  );
}

/** Where what is missing is given: what waits to be accepted, at its own page; null where the reader does not give it. */
export function gapAddress(
  slug: string,
  { kind, subject, item, status }: Gap,
  prepares: boolean,
): string | null {
  const own = item ? `/assurance/${item.id}` : null;
  if (!prepares || status === 'in-review') return own;
  const root = `/programmes/${slug}`;
  if (kind === null) return `${root}/deployments/new`;
  // Of organisations a trust gives evidence of itself alone.
  const named = KINDS[kind].level === 'organisation' ? '' : `?subject=${subject.id}`;
  return `${root}/assurance/new/${kind}${named}`;
}

const isTrusts = ({ kind }: Pick<Gap, 'kind'>): boolean =>
  kind === null || !['product', 'product-version'].includes(KINDS[kind].level);

/** What is wrong, or until when it holds; and that its trust was told, where it was. */
export function statusWords({ endsSoon, expiresOn, message, toldAt }: Gap): string | null {
  const standing = endsSoon ? `Holds until ${day(expiresOn)}.` : message;
  return toldAt === null ? standing : `${standing} Its trust was told on ${instant(toldAt)}.`;
}

/** Whoever sees all trusts is shown what is near; a trust sees all that is its own to do. */
export const nearUntil = ({
  today,
  trust,
  reader,
}: Pick<ProgrammeAssurance, 'today' | 'trust' | 'reader'>): DateOn | null =>
  reader.allTrusts && trust === null ? addDays(today, SOON_DAYS) : null;

function gapsTable(shown: ProgrammeAssurance): Table {
  const { programme, goLives, reader } = shown;
  const until = nearUntil(shown);
  return table<Gap>({
    id: 'gaps',
    caption:
      until === null ? 'Missing, or ending soon' : `Missing, or ending soon: go-lives until ${day(until)}`,
    rows: gapsOf(goLives.items, until),
    columns: [
      text('What', (row) => row.name, {
        href: (row) => gapAddress(programme.slug, row, reader.prepares && isTrusts(row)),
        note: (row) => row.subject.name,
      }),
      state<Gap>('Status', requirementTag, {
        note: statusWords,
      }),
      text('Go-live', (row) => row.goLive.name, {
        href: (row) => `/milestones/${row.goLive.id}`,
        note: (row) => (reader.allTrusts ? row.goLive.trust.name : row.goLive.project.name),
      }),
      date('Looked at for', (row) => row.goLive.lookedAtOn, {
        note: (row) => (row.goLive.state === 'met' ? `live since ${day(row.goLive.actualOn)}` : 'expected'),
      }),
    ],
    empty: `Before these go-lives nothing is missing, and nothing ends within ${SOON_DAYS} days.`,
  });
}

function goLivesTable({ programme, goLives, trust }: ProgrammeAssurance): Table {
  return table<GoLiveView>({
    id: 'go-lives',
    caption: 'Go-lives, by the days that are expected',
    rows: goLives.items,
    columns: [
      text('Go-live', (row) => row.name, {
        href: (row) => `/milestones/${row.id}`,
        note: (row) => `${row.trust.name}: ${row.project.name}`,
      }),
      date('Expected', (row) => row.forecastOn, {
        note: (row) => (row.actualOn ? `happened on ${day(row.actualOn)}` : null),
      }),
      number('Needed', (row) => row.requirements.length),
      number('Not in place', (row) => row.missing),
      number('Ending soon', (row) => row.endingSoon),
    ],
    empty: 'No go-live is planned.',
    next: nextAddress(`/programmes/${programme.slug}/assurance`, { trust }, goLives.next),
    whole: `/v1/programmes/${programme.slug}/go-lives${trust ? `?trust=${encodeURIComponent(trust)}` : ''}`,
  });
}

function deploymentsTable({ deployments, reader }: ProgrammeAssurance): Table {
  return table<DeploymentView>({
    id: 'deployments',
    caption: 'Products in use',
    rows: deployments.items,
    columns: [
      text('Product and version', (row) => `${row.product.name} ${row.version.name}`, {
        href: (row) => `/products/${row.product.id}`,
        note: (row) => row.product.supplier,
      }),
      text('Project', (row) => row.project.name, {
        note: (row) => (reader.allTrusts ? row.trust.name : null),
      }),
      date('From', (row) => row.fromOn),
      date('Until', (row) => row.toOn),
    ],
    empty: 'No product is recorded as in use. What a go-live needs depends on it: record it first.',
  });
}

/** Evidence as a table: what it is and of what, until when it holds, and where it is in its life. */
export function itemsTable(
  rows: readonly AssuranceItemView[],
  more: { caption: string; empty: string; next?: string | null; whole?: string },
): Table {
  const { caption, empty, next, whole } = more;
  return table<AssuranceItemView>({
    id: 'items',
    caption,
    rows,
    columns: [
      text('Reference', (row) => row.reference, { href: (row) => `/assurance/${row.id}` }),
      text<AssuranceItemView>('What it is', (row) => kindName(row.kind), {
        note: subjectWords,
      }),
      text('Outcome', (row) => outcomeWords(row.outcome)),
      date('Signed', (row) => row.signedOn, { note: (row) => row.signOffRole }),
      date('Holds until', (row) => row.expiresOn),
      state('State', (row) => assuranceTag(row.state)),
    ],
    empty,
    next,
    whole,
  });
}

/** The kinds that a trust records itself, as links. */
function ownKinds(slug: string): Array<{ text: string; href: string; note: string }> {
  return ASSURANCE_KINDS.filter((kind) => isTrusts({ kind })).map((kind) => ({
    text: KINDS[kind].name,
    href: `/programmes/${slug}/assurance/new/${kind}`,
    note: KINDS[kind].shows,
  }));
}

/** Links that end uses which go on. */
const endsOf = (rows: readonly DeploymentView[]): Link[] =>
  rows
    .filter(({ toOn }) => toOn === null)
    .map(({ id, product, version, project }) => ({
      text: `End the use of ${product.name} ${version.name} in ${project.name}`,
      href: `/deployments/${id}/steps/end`,
    }));

/** Which safety or governance evidence is missing or expiring before go-live (project lead 7), and what is held. */
export function programmeAssurancePage(shown: ProgrammeAssurance): Page {
  const { programme, goLives, deployments, items, trust, reader } = shown;
  const path = `/programmes/${programme.slug}/assurance`;
  const gaps = gapsOf(goLives.items, null);
  const { slug } = programme;
  return {
    view: 'assurance/programme-assurance.njk',
    title: 'Assurance',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      gapsTable(shown),
      goLivesTable(shown),
      deploymentsTable(shown),
      itemsTable(items.items, {
        caption: 'Evidence, what ends first first',
        empty: 'No evidence is recorded.',
        whole: `/v1/assurance-items${trust ? `?trust=${encodeURIComponent(trust)}` : ''}`,
        next: items.next === null ? null : '/v1/assurance-items',
      }),
    ],
    model: {
      programme,
      path,
      prepares: reader.prepares,
      kinds: reader.prepares ? ownKinds(slug) : [],
      ends: reader.prepares ? endsOf(deployments.items) : [],
      soonDays: SOON_DAYS,
      near: nearUntil(shown) !== null,
      figures: {
        goLives: goLives.items.filter(({ state: now }) => now !== 'met').length,
        missing: gaps.filter(({ endsSoon }) => !endsSoon).length,
        ending: gaps.filter(({ endsSoon }) => endsSoon).length,
      },
      filters: trustFields(programme.awardees, trust, reader.allTrusts),
    },
  };
}
