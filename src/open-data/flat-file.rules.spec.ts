import { MERSEY } from '../../test/support/accepted-grants.js';
import { type GivingSchema, givingSchemas } from '../../test/support/giving-schemas.js';
import { GRANT_COLUMNS } from './flat-file.rules.js';
import { grantOf } from './grant.rules.js';

const schemas = givingSchemas();
const grant = grantOf(MERSEY, { prefix: '360G-x', dataSource: 'https://x.example/open-data' });
const cell = (title: string) => GRANT_COLUMNS.find((column) => column.title === title)?.value(grant);

test.each([
  ['Identifier', '360G-x-exemplars-RW4'],
  ['Amount Awarded', 5.01],
  ['Recipient Org:Identifier', 'GB-NHS-RW4'],
  ['Recipient Org:Alternate Name', null],
  ['Actual Dates:End Date', null],
  ['Grant Programme:Title', 'Exemplars'],
])('%s holds %p', (title, value) => expect(cell(title)).toBe(value));

/** The titles of a schema, those of what it holds after a colon. */
function titlesOf(schema: GivingSchema, defs: Record<string, GivingSchema>): string[] {
  return Object.values(schema.properties ?? {}).flatMap((field) => {
    const found = resolved(field.items ?? field, defs);
    const title = field.title ?? found.title ?? '';
    return [title, ...(field.items ? titlesOf(found, defs).map((each) => `${title}:${each}`) : [])];
  });
}
const resolved = (field: GivingSchema, defs: Record<string, GivingSchema>): GivingSchema =>
  field.$ref ? (defs[field.$ref.split('/').at(-1) as string] ?? {}) : field;

(schemas ? test : test.skip)(
  'every title is one of 360Giving’s (skipped where shared/360giving is not there)',
  () => {
    const known = titlesOf(schemas?.grant ?? {}, schemas?.grant.$defs ?? {});
    expect(GRANT_COLUMNS.map(({ title }) => title).filter((title) => !known.includes(title))).toEqual([]);
  },
);
