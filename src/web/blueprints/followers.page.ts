import type { AdoptionFilter, LearnedFrom } from '../../blueprints/adoption.queries.js';
import { ADOPTION_STATES, type OfSoMany } from '../../blueprints/adoption.rules.js';
import type { AdoptionAnswer, ShownAdoption, ShownPairing } from '../../blueprints/adoptions.reader.js';
import type { Page as ListPage } from '../../core/paging.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import type { Chart } from '../charts/chart.js';
import { type LinkKind, linksChart } from '../charts/links.chart.js';
import { addressOf, nextAddress } from '../page/address.js';
import { choicesOf, filterField } from '../page/filter.js';
import { count, day, plural, pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { money, number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { sourceWords } from '../progress/figures.js';
import { costAgainst, figuresWords, ofSoMany, pairingTag, stageTag, timeAgainst } from './adoption.words.js';

/** What the page is made of. */
export interface FollowersViews {
  programme: Pick<ProgrammeView, 'slug' | 'name'>;
  pairings: ListPage<ShownPairing>;
  adoptions: ListPage<ShownAdoption> & { answer: AdoptionAnswer };
  filter: AdoptionFilter;
}

/** More pairs than this are not drawn: the table has them all. */
const MOST_DRAWN = 30;

function pairingsTable({ programme, pairings: { items, next } }: FollowersViews): Table {
  return table<ShownPairing>({
    id: 'followers',
    caption: 'Who follows whom',
    rows: items,
    columns: [
      text('Follower', (row) => row.follower.name, { href: (row) => `/pairings/${row.id}` }),
      text('Follows', (row) => row.exemplar.name),
      state('Status', (row) => pairingTag(row.state), {
        note: (row) => (row.endedByJoining ? `joined on ${day(row.joined?.on)}` : row.decidedBecause),
      }),
      money('Award', (row) => row.award?.awardPence ?? null, { note: (row) => row.award?.source ?? null }),
      money('Match', (row) => row.award?.matchPence ?? null, {
        note: (row) => (row.matchShortPence ? `${pounds(row.matchShortPence)} short` : null),
      }),
      text('Source', (row) => sourceWords(row.sourced).words),
    ],
    empty: 'No follower is named. A follower is named in the programme’s definition.',
    next: nextAddress(`/programmes/${programme.slug}/followers`, {}, next, 'pairs'),
    whole: `/v1/programmes/${programme.slug}/pairings`,
  });
}

function adoptionsTable({ programme, adoptions: { items, next }, filter }: FollowersViews): Table {
  const path = `/programmes/${programme.slug}`;
  const { state: stage, organisation } = filter;
  return table<ShownAdoption>({
    id: 'adoptions',
    caption: 'Adoptions, the latest first',
    rows: items,
    columns: [
      text('Who adopts', (row) => row.organisation.name, {
        href: (row) => `/adoptions/${row.id}`,
        note: (row) =>
          `${row.follows ? 'follows the exemplar' : 'not paired'}${row.illustrative ? '; illustrative' : ''}`,
      }),
      text('Blueprint', (row) => row.blueprint.title, {
        href: (row) => `/blueprints/${row.blueprint.id}`,
        note: (row) => row.exemplar.name,
      }),
      state('Stage', (row) => stageTag(row.state), { note: (row) => row.abandonedBecause }),
      text('How', (row) => words(row.mode)),
      text('Time', (row) => timeAgainst(row.outcome.days), { note: (row) => figuresWords(row) }),
      text('Cost', (row) => costAgainst(row.outcome.pence), {
        note: (row) => (row.costPence === null ? null : figuresWords(row)),
      }),
    ],
    empty: 'No adoption is recorded that matches. It is recorded from the page of a published blueprint.',
    next: nextAddress(`${path}/followers`, { state: stage, organisation }, next),
    whole: addressOf(`/v1${path}/adoptions`, { state: stage, organisation }),
  });
}

const learnedTable = (rows: readonly LearnedFrom[]): Table =>
  table<LearnedFrom>({
    id: 'learned',
    caption: 'Who learned from whom',
    rows,
    columns: [
      text('Who learned', (row) => row.follower.name),
      text('From whom', (row) => row.exemplar.name),
      number('Adoptions', (row) => row.adoptions),
      number('Live', (row) => row.live),
      number('Given up', (row) => row.abandoned),
    ],
    empty: 'Nobody has adopted a blueprint of this programme yet.',
  });

const kindOf = ({ adoptions, live, abandoned }: LearnedFrom): LinkKind =>
  live > 0 ? 'solid' : abandoned < adoptions ? 'dashed' : 'dotted';

function learnedChart(rows: readonly LearnedFrom[]): Chart[] {
  if (rows.length === 0) return [];
  const live = rows.filter((row) => row.live > 0).length;
  const exemplars = new Set(rows.map(({ exemplar }) => exemplar.odsCode)).size;
  return [
    linksChart({
      id: 'learned-chart',
      title: 'Who learned from whom',
      left: 'Whose blueprint',
      right: 'Who adopts it',
      kinds: [
        { kind: 'solid', name: 'At least one is live' },
        { kind: 'dashed', name: 'Considered or under way' },
        { kind: 'dotted', name: 'All were given up' },
      ],
      rows: rows.slice(0, MOST_DRAWN).map((row) => ({
        from: row.exemplar.name,
        to: row.follower.name,
        kind: kindOf(row),
        note: `${plural(row.adoptions, 'adoption')}, ${row.live} live`,
      })),
      description: `${plural(rows.length, 'pair')} of a body that adopts and ${exemplars === 1 ? 'one exemplar' : `${exemplars} exemplars`}; in ${live} of them at least one adoption is live.${rows.length > MOST_DRAWN ? ` The first ${MOST_DRAWN} are drawn.` : ''}`,
    }),
  ];
}

/** Of how many that are live the figures count. */
const validatedWords = ({ numerator, denominator }: OfSoMany): string =>
  denominator === 0
    ? 'None is live yet.'
    : `Time and cost of ${count(numerator)} of the ${count(denominator)} that are live are validated; only these are compared.`;

/** Which blueprints were really adopted, and what did followers get (programme manager 10)? */
export function followersPage(views: FollowersViews): Page {
  const { programme, adoptions, filter } = views;
  const { answer } = adoptions;
  const path = `/programmes/${programme.slug}/followers`;
  return {
    view: 'blueprints/followers.njk',
    title: 'Followers: who takes up the blueprints',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [adoptionsTable(views), learnedTable(answer.learned), pairingsTable(views)],
    charts: learnedChart(answer.learned),
    model: {
      programme,
      path,
      filters: [
        filterField('state', 'Stage', filter.state, choicesOf(ADOPTION_STATES)),
        { name: 'organisation', label: 'Who adopts, by ODS code', value: filter.organisation, items: null },
      ],
      validated: validatedWords(answer.validated),
      figures: [
        {
          label: 'Adoptions',
          value: count(answer.adoptions),
          note: ADOPTION_STATES.map((stage) => `${answer.byState[stage]} ${stage}`).join(', '),
        },
        {
          label: 'Got there faster',
          value: ofSoMany(answer.faster),
          note:
            answer.faster.denominator === 0
              ? 'validated, and the exemplar’s own time known'
              : `${plural(answer.days.adopters, 'day')} in all, against ${count(answer.days.exemplars)}`,
        },
        {
          label: 'Got there cheaper',
          value: ofSoMany(answer.cheaper),
          note:
            answer.cheaper.denominator === 0
              ? 'validated, and both costs known'
              : `${pounds(answer.pence.adopters)} in all, against ${pounds(answer.pence.exemplars)}`,
        },
        { label: 'Both', value: ofSoMany(answer.both), note: 'where both can be compared' },
      ],
    },
  };
}
