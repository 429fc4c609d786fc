import { type DictionaryEntry, dictionaryOf } from '../../open-data/dictionary.rules.js';
import { MATCH_SCHEMA, PACKAGE_SCHEMA } from '../../open-data/published.schema.js';
import type { PublishedField } from '../../open-data/published-field.js';
import type { Page } from '../page/page.js';
import { type Table, table, text } from '../page/table.js';

const entries = (id: string, caption: string, schema: PublishedField): Table =>
  table<DictionaryEntry>({
    id,
    caption,
    rows: dictionaryOf(schema),
    columns: [
      text('Field', ({ path }) => path, { note: ({ title }) => title }),
      text('Type', ({ type }) => type),
      text('Always there', ({ required }) => (required ? 'yes' : 'no')),
      text('Meaning', ({ meaning }) => meaning),
      text('Comes from', ({ source }) => source || null),
      text('Example', ({ example }) => example || null),
    ],
    empty: 'There is no field.',
  });

/** What the fields of the published files mean: of the package, and of the file of match. */
export const dictionaryTables = (): [Table, Table] => [
  entries('fields', 'The 360Giving package', PACKAGE_SCHEMA),
  entries('match-fields', 'The file of match', MATCH_SCHEMA),
];

/** The data dictionary. */
export function dictionaryPage(): Page {
  return {
    view: 'open-data/dictionary.njk',
    title: 'Data dictionary',
    caption: 'Open data',
    trail: [{ text: 'Open data', href: '/open-data' }],
    tables: dictionaryTables(),
  };
}
