import { productFaults } from './blueprint-product.rules.js';

const REGISTER = [
  { id: 'diary', versions: ['1.4', '1.5'] },
  { id: 'record', versions: [] },
];

test.each<[string, Array<[string, string | null]>, string[]]>([
  ['none', [], []],
  [
    'one with a version, another without',
    [
      ['diary', '1.4'],
      ['record', null],
    ],
    [],
  ],
  ['one that is not there', [['portal', null]], ['unknown-product /products/0']],
  ['a version of another', [['record', '1.4']], ['version-of-another /products/0']],
  [
    'one in two versions',
    [
      ['diary', '1.4'],
      ['diary', '1.5'],
    ],
    ['product-twice /products/1'],
  ],
])('%s', (_, chosen, expected) =>
  expect(
    productFaults(
      chosen.map(([product, version]) => ({ product, version })),
      REGISTER,
    ).map(({ code, pointer }) => `${code} ${pointer}`),
  ).toEqual(expected),
);
