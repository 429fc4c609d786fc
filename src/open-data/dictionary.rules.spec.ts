import { type GivingSchema, givingSchemas } from '../../test/support/giving-schemas.js';
import { dictionaryOf } from './dictionary.rules.js';
import { MATCH_SCHEMA, PACKAGE_SCHEMA } from './published.schema.js';
import type { PublishedField } from './published-field.js';

const schemas = givingSchemas();
const entries = [...dictionaryOf(PACKAGE_SCHEMA), ...dictionaryOf(MATCH_SCHEMA)];

test('every field has its place, type, meaning, source and example', () => {
  const entry = entries.find(({ path }) => path === 'grants[].recipientOrganization[].alternateName');
  expect(entry).toEqual({
    path: 'grants[].recipientOrganization[].alternateName',
    title: 'Alternate Name',
    type: 'text',
    required: false,
    meaning: 'What it was called when the grant was awarded, where that was another name.',
    source: 'organisation_name.name',
    example: 'Worcestershire Health and Care NHS Trust',
  });
  const holds = entries.filter(({ type }) => type !== 'list' && type !== 'group');
  expect(holds.length).toBeGreaterThan(40);
  expect(holds.filter(({ meaning, source, example }) => !meaning || !source || !example)).toEqual([]);
});

test.each([
  ['grants', 'list', true],
  ['publisher', 'group', false],
  ['publisher.name', 'text', true],
  ['grants[].amountAwarded', 'number', true],
  ['grants[].awardDate', 'day', true],
  ['grants[].dateModified', 'instant', true],
  ['license', 'address', true],
])('%s is a %s, always there: %p', (path, type, required) =>
  expect(entries.find((entry) => entry.path === path)).toMatchObject({ type, required }),
);

test('a field of which no more is said may be left out, and has neither source nor example', () => {
  const field: PublishedField = { type: 'string', title: 'A', description: 'What it is.' };
  const group: PublishedField = { ...field, type: 'object', properties: { a: field } };
  expect(dictionaryOf(group)).toEqual([
    { path: 'a', title: 'A', type: 'text', required: false, meaning: 'What it is.', source: '', example: '' },
  ]);
});

/** What is not as the standard has it: a field that it does not know, another title or type, one that it requires. */
function departures(
  own: PublishedField,
  theirs: GivingSchema,
  defs: Record<string, GivingSchema>,
  at: string,
): string[] {
  const resolved = (field: GivingSchema): GivingSchema =>
    field.$ref ? (defs[field.$ref.split('/').at(-1) as string] ?? {}) : field;
  const missing = [...(theirs.required ?? []), ...(theirs.oneOf?.[0]?.required ?? [])]
    .filter((name) => !own.required?.includes(name))
    .map((name) => `${at}.${name} is required`);
  const wrong = Object.entries(own.properties ?? {}).flatMap(([name, field]) => {
    const path = `${at}.${name}`;
    const given = theirs.properties?.[name];
    if (!given) return [`${path} is no field of the standard`];
    const found = resolved(given);
    const types = [found.type ?? []].flat();
    const title = given.title ?? found.title;
    return [
      ...(types.length > 0 && !types.includes(field.type) ? [`${path} is ${types}`] : []),
      ...(title !== undefined && title !== field.title ? [`${path} is titled ${title}`] : []),
      ...departures(field.items ?? field, resolved(given.items ?? given), defs, path),
    ];
  });
  return [...missing, ...wrong];
}

(schemas ? describe : describe.skip)(
  '360Giving’s schemas (skipped where shared/360giving is not there)',
  () => {
    const defs = schemas?.grant.$defs ?? {};
    const whole: GivingSchema = {
      ...schemas?.package,
      properties: {
        ...schemas?.package.properties,
        grants: { title: 'Grants', type: 'array', items: schemas?.grant ?? {} },
      },
    };
    const given = PACKAGE_SCHEMA.properties?.grants as PublishedField;

    test('we publish no field that is not theirs, under its title and type, and all that they require', () =>
      expect(
        departures(
          {
            ...PACKAGE_SCHEMA,
            properties: { ...PACKAGE_SCHEMA.properties, grants: { ...given, title: 'Grants' } },
          },
          whole,
          defs,
          '',
        ),
      ).toEqual([]));

    test('the comparison sees what is wrong', () => {
      const grant = given.items as PublishedField;
      const without = { ...grant, required: grant.required?.filter((name) => name !== 'awardDate') ?? [] };
      const strange = {
        ...grant,
        properties: { ...grant.properties, match: { ...given, type: 'number' as const } },
      };
      expect(departures(without, schemas?.grant ?? {}, defs, '')).toEqual(['.awardDate is required']);
      expect(departures(strange, schemas?.grant ?? {}, defs, '')).toEqual([
        '.match is no field of the standard',
      ]);
    });
  },
);
