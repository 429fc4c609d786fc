import { cellOf, columnsOf, type Schema, valuesOf } from './column.rules.js';

const TEXT: Schema = { type: 'string' };
const SCHEMAS: Record<string, Schema> = {
  Trust: { type: 'object', properties: { odsCode: TEXT, name: TEXT } },
  Itself: { type: 'object', properties: { below: { $ref: '#/components/schemas/Itself' } } },
};
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const listOf = (type: string): Schema => ({ type: 'array', items: { type } });
const names = (properties: Record<string, Schema>): string[] =>
  columnsOf({ type: 'object', properties }, SCHEMAS).map(({ name, kind }) => `${name} ${kind}`);

test.each<[string, Record<string, Schema>, string[]]>([
  ['a text', { a: TEXT }, ['a text']],
  ['a text or null', { a: { type: ['string', 'null'] } }, ['a text']],
  ['a day', { a: { type: 'string', format: 'date' } }, ['a day']],
  ['an instant', { a: { type: ['string', 'null'], format: 'date-time' } }, ['a instant']],
  ['a number', { a: { type: 'integer' }, b: { type: 'number' } }, ['a number', 'b number']],
  ['yes or no', { a: { type: 'boolean' } }, ['a boolean']],
  ['a thing', { a: ref('Trust') }, ['a.odsCode text', 'a.name text']],
  ['a thing that is described', { a: { allOf: [ref('Trust')] } }, ['a.odsCode text', 'a.name text']],
  [
    'a thing or null',
    { a: { anyOf: [{ allOf: [ref('Trust')] }, { type: 'null' }] } },
    ['a.odsCode text', 'a.name text'],
  ],
  [
    'one thing, or null',
    { a: { oneOf: [ref('Trust'), { type: 'null' }] } },
    ['a.odsCode text', 'a.name text'],
  ],
  [
    'lists of numbers, and of yes and no',
    { a: listOf('integer'), b: listOf('number'), c: listOf('boolean') },
    ['a list', 'b list', 'c list'],
  ],
  ['a list of texts', { a: { type: 'array', items: TEXT } }, ['a list']],
  ['a list of things', { a: { type: 'array', items: ref('Trust') } }, ['a json']],
  [
    'whatever it is',
    { a: { type: 'object' }, b: { anyOf: [TEXT, { type: 'number' }] }, c: { type: ['string', 'number'] } },
    ['a json', 'b json', 'c json'],
  ],
  ['a thing that holds itself', { a: ref('Itself') }, ['a.below.below.below.below json']],
])('%s', (_, properties, expected) => expect(names(properties)).toEqual(expected));

test.each<[unknown, string]>([
  [null, ''],
  [undefined, ''],
  [-5, '-5'],
  ['-5', "'-5"],
  [0, '0'],
  [false, 'false'],
  [12_500_000, '12500000'],
  [['a', 'b'], 'a; b'],
  [['=1', 2], "'=1; 2"],
  [[], ''],
  [[{ a: 1 }], '[{"a":1}]'],
  [{ a: null }, '{"a":null}'],
  [new Date('2018-03-31T10:00:00Z'), '2018-03-31T10:00:00.000Z'],
])('the value %j is the cell %j', (value, cell) => expect(cellOf(value)).toBe(cell));

test('a value is found by its way, and is nothing where the way ends', () => {
  const columns = ['a', 'b.c', 'd.e'].map((name) => ({ name, kind: 'text' as const }));
  expect(valuesOf({ a: 1, b: { c: 2 }, d: null }, columns)).toEqual([1, 2, undefined]);
});
