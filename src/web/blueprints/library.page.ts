import {
  CAPABILITIES,
  CARE_SETTINGS,
  MATURITY_SECTIONS,
  PROJECT_TYPES,
  USER_GROUPS,
} from '../../blueprints/blueprint.categories.js';
import type { LibraryFilter } from '../../blueprints/blueprint.queries.js';
import type { ListedBlueprint } from '../../blueprints/blueprints.reader.js';
import type { Page as ListPage } from '../../core/paging.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField } from '../page/filter.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, type Table, table, text } from '../page/table.js';
import { categoriesWords, categoryWords } from './blueprint.words.js';

/** What the address of the library may say. */
export type LibraryPageQuery = Partial<Record<keyof LibraryFilter | 'q' | 'after', unknown>>;

/** Longest search that is made, in characters. */
const LONGEST = 200;

/** What the library is narrowed to. */
export function libraryFilterOf(query: LibraryPageQuery): LibraryFilter {
  return {
    search: asked(query.q)?.trim().slice(0, LONGEST) || null,
    programme: asked(query.programme),
    trust: asked(query.trust),
    userGroup: chosen(query.userGroup, USER_GROUPS),
    careSetting: chosen(query.careSetting, CARE_SETTINGS),
    projectType: chosen(query.projectType, PROJECT_TYPES),
    capability: chosen(query.capability, CAPABILITIES),
    maturitySection: chosen(query.maturitySection, MATURITY_SECTIONS),
    product: null,
  };
}

/** How a blueprint is used, in a few words. */
export function usesWords({ questions, answered, visits, adoptions, live }: ListedBlueprint['uses']): string {
  return [
    `${plural(adoptions, 'adoption')}, ${live} live`,
    `${plural(questions, 'question')}, ${answered} answered`,
    plural(visits, 'visit'),
  ].join('; ');
}

function libraryTable(
  rows: readonly ListedBlueprint[],
  next: string | null,
  reader: { signedIn: boolean; whole: string },
): Table {
  return table<ListedBlueprint>({
    id: 'blueprints',
    caption: 'Published blueprints, the latest first',
    rows,
    columns: [
      text('Blueprint', (row) => row.title, {
        href: (row) => `/blueprints/${row.id}`,
        note: (row) => `${row.trust.name}${row.illustrative ? '. Illustrative' : ''}`,
      }),
      text('For', (row) => categoriesWords(row.userGroups), {
        note: (row) => categoriesWords(row.careSettings),
      }),
      text('Helps with', (row) => categoriesWords(row.capabilities), {
        note: (row) => categoriesWords(row.maturitySections),
      }),
      text('Used', (row) => usesWords(row.uses)),
      ...(reader.signedIn
        ? [
            text<ListedBlueprint>('Who to ask', (row) => row.contact?.role ?? null, {
              note: (row) => row.contact?.address ?? null,
            }),
          ]
        : []),
      date('Published', (row) => row.publishedAt?.slice(0, 10) ?? null),
    ],
    empty: 'Nothing is published that matches. Try other words, or choose “Show all”.',
    next,
    ...(reader.signedIn ? { whole: reader.whole } : {}),
  });
}

/** Which blueprint or expert can help (project lead 10): what is published, found by words and categories. */
export function libraryPage(
  { items, next }: ListPage<ListedBlueprint>,
  filter: LibraryFilter,
  reader: { signedIn: boolean },
): Page {
  const { search: q, userGroup, careSetting, projectType, capability, maturitySection } = filter;
  const narrowed = { q, userGroup, careSetting, projectType, capability, maturitySection };
  const field = (name: string, label: string, value: string | null, of: readonly string[]) =>
    filterField(name, label, value, choicesOf(of, categoryWords));
  return {
    view: 'blueprints/library.njk',
    title: 'Blueprints',
    tables: [
      libraryTable(items, nextAddress('/blueprints', narrowed, next), {
        ...reader,
        whole: addressOf('/v1/blueprints', narrowed),
      }),
    ],
    model: {
      signedIn: reader.signedIn,
      filters: [
        { name: 'q', label: 'Words', value: q, items: null },
        field('userGroup', 'For whom', userGroup, USER_GROUPS),
        field('careSetting', 'Care setting', careSetting, CARE_SETTINGS),
        field('projectType', 'Kind of project', projectType, PROJECT_TYPES),
        field('capability', 'Capability', capability, CAPABILITIES),
        field('maturitySection', 'Section of maturity', maturitySection, MATURITY_SECTIONS),
      ],
    },
  };
}
