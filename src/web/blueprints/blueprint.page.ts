import type { BlueprintContactView, BlueprintVersionView } from '../../blueprints/blueprint.queries.js';
import { type BlueprintStep, blueprintTitle } from '../../blueprints/blueprint.rules.js';
import type { ShownBlueprint } from '../../blueprints/blueprints.reader.js';
import type { BlueprintSnapshot } from '../../blueprints/snapshot.rules.js';
import type { Page as ListPage } from '../../core/paging.js';
import type { Chart } from '../charts/chart.js';
import { timelineChart } from '../charts/timeline.chart.js';
import { nextAddress } from '../page/address.js';
import { count, day, pounds, words } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import type { Table } from '../page/table.js';
import { contactsTable, filesTable, snapshotTables, versionsTable } from './blueprint.tables.js';
import { blueprintsTrail, blueprintTag, categoriesWords, categoryWords } from './blueprint.words.js';
import { PARTS, type PartName } from './blueprint-parts.js';
import { STEP_LINKS } from './blueprint-steps.js';

/** Who looks at a blueprint. */
export interface BlueprintViewer {
  signedIn: boolean;
  /** Whether it is of their own trust. */
  own: boolean;
  /** Whether they may ask about it and record visits. */
  mayUse: boolean;
  /** Whether they may answer what is asked about it. */
  mayAnswer: boolean;
}

/** What else the page shows: questions and visits, and whatever adopts it. */
export interface BlueprintUsePart {
  contacts: ListPage<BlueprintContactView>;
  /** Tables of adoptions, and where one is recorded. */
  more?: { tables: Table[]; links: Link[] };
}

function factsOf(
  shown: ShownBlueprint,
  version: BlueprintVersionView,
  { signedIn }: BlueprintViewer,
): Fact[] {
  const fact = (label: string, value: string | null | undefined, href?: string): Fact[] =>
    value ? [{ label, value, ...(href ? { href } : {}) }] : [];
  const { project, trust, programme, contact } = shown;
  return [
    ...fact('Trust', trust.name),
    ...fact('Project', `${project.name}, ${programme.name}`),
    ...fact('Who uses it', categoriesWords(version.userGroups)),
    ...fact('Care settings', categoriesWords(version.careSettings)),
    ...fact('Kind of project', version.projectType && categoryWords(version.projectType)),
    ...fact('Capabilities', categoriesWords(version.capabilities)),
    ...fact('Sections of maturity', categoriesWords(version.maturitySections)),
    ...version.products.flatMap(({ id, name, supplier, version: at }) =>
      fact(
        'Product',
        `${name}${at ? `, version ${at.name}` : ''} (${supplier})`,
        signedIn ? `/products/${id}` : undefined,
      ),
    ),
    ...fact('Product in words', version.product),
    ...fact('Supplier in words', version.supplier),
    ...(signedIn
      ? fact('Who to ask', contact ? `${contact.role}, ${contact.address}` : 'Nobody is named yet')
      : []),
    ...fact('What this alone cost', version.costPence === null ? null : pounds(version.costPence)),
    ...fact('How that was worked out', version.costBasis),
    ...fact('Review asked', version.question),
    ...fact('Answer', version.answer),
    ...fact('Ended because', version.endedBecause),
  ];
}

const TEXTS: ReadonlyArray<[keyof BlueprintVersionView, string]> = [
  ['problem', 'The problem'],
  ['scope', 'Scope'],
  ['solution', 'What was done'],
  ['team', 'The team'],
  ['lessons', 'What was learned'],
  ['advice', 'Advice to whoever does it next'],
];

function timeWords({ time }: BlueprintSnapshot): string {
  const began = time.from === 'agreement' ? 'the agreement came into force' : 'the programme began';
  const since = `${day(time.startedOn)}, when ${began}`;
  return time.liveOn === null || time.days === null
    ? `Began on ${since}. Nothing of it is live yet.`
    : `${count(time.days)} days: from ${since}, to ${day(time.liveOn)}, when it first went live.`;
}

function timeline({ milestones, takenOn }: BlueprintSnapshot): Chart[] {
  if (milestones.length === 0) return [];
  const rows = milestones.map(({ name, baselineOn, actualOn, state }) => ({
    ...{ label: name, baselineOn, forecastOn: null, actualOn, state: words(state) },
  }));
  return [
    timelineChart({ id: 'timeline', title: 'Milestones: planned and actual days', today: takenOn, rows }),
  ];
}

function actionsOf(
  { id, next, mayBeginVersion }: ShownBlueprint,
  viewer: BlueprintViewer,
  published: boolean,
): Link[] {
  const to = (step: BlueprintStep | 'new-version' | 'question' | 'visit'): Link => ({
    ...{ text: STEP_LINKS[step], href: `/blueprints/${id}/steps/${step}` },
  });
  return [
    ...next.filter((step) => step !== 'withdrawal').map(to),
    ...(mayBeginVersion ? [to('new-version')] : []),
    ...(viewer.mayUse && published && !viewer.own ? [to('question')] : []),
    ...(viewer.mayUse && published ? [to('visit')] : []),
    ...next.filter((step) => step === 'withdrawal').map(to),
  ];
}

/** A blueprint: one of its versions, what the record said of its project, and how it is used. */
export function blueprintPage(
  shown: ShownBlueprint,
  {
    version: number,
    uses,
    viewer,
  }: { version: number | null; uses: BlueprintUsePart; viewer: BlueprintViewer },
  versions: readonly BlueprintVersionView[],
): Page {
  const version = versions.find((each) => each.number === number) ?? shown.latest;
  const { snapshot } = version;
  const isLatest = version.number === shown.latest.number;
  const path = `/blueprints/${shown.id}`;
  const draft = isLatest && shown.mayWrite;
  return {
    view: 'blueprints/blueprint.njk',
    title: blueprintTitle(version),
    caption: `${shown.reference}, version ${version.number}`,
    trail: blueprintsTrail(),
    tables: [
      ...snapshotTables(snapshot),
      filesTable(version.attachments, viewer.signedIn),
      contactsTable(uses.contacts.items, nextAddress(path, {}, uses.contacts.next), viewer.mayAnswer),
      versionsTable(shown.id, shown.versions),
      ...(uses.more?.tables ?? []),
    ],
    charts: snapshot ? timeline(snapshot) : [],
    model: {
      blueprint: shown,
      version,
      signedIn: viewer.signedIn,
      tagged: blueprintTag(version.state),
      elsewhere: isLatest ? null : { text: `Version ${shown.latest.number} is the newest.`, href: path },
      actions: isLatest ? actionsOf(shown, viewer, shown.published !== null) : [],
      parts: draft
        ? (Object.keys(PARTS) as PartName[]).map((part) => ({
            text: PARTS[part].title,
            href: `${path}/parts/${part}`,
            done: PARTS[part].isDone(version, shown.contact),
          }))
        : [],
      filesLink: draft ? `${path}/files` : null,
      contactLink: !draft && viewer.mayAnswer ? `${path}/parts/contact` : null,
      facts: factsOf(shown, version, viewer),
      texts: TEXTS.map(([field, heading]) => ({ heading, words: String(version[field] ?? '') })).filter(
        ({ words: said }) => said !== '',
      ),
      time: snapshot && timeWords(snapshot),
      takenOn: snapshot?.takenOn ?? null,
      figures: [
        { label: 'Questions', value: count(shown.uses.questions), note: `${shown.uses.answered} answered` },
        { label: 'Adoptions', value: count(shown.uses.adoptions), note: `${shown.uses.live} live` },
        { label: 'Visits', value: count(shown.uses.visits), note: '' },
      ],
      more: uses.more?.links ?? [],
      moreTables: (uses.more?.tables ?? []).map(({ id }) => id),
    },
  };
}
