import fc from 'fast-check';
import { columnHeight, moveApart } from './end-labels.js';
import { COLOURS, clean, textWidth, wrap } from './lettering.js';

const luminance = (colour: string): number => {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const onWhite = (colour: string): number => 1.05 / (luminance(colour) + 0.05);

test.each(['text', 'quiet', 'blue'] as const)('%s can be read on white, and white on it', (name) =>
  expect(onWhite(COLOURS[name])).toBeGreaterThanOrEqual(4.5),
);
test.each(['darkBlue', 'green', 'grey', 'leader'] as const)('%s can be seen on white', (name) =>
  expect(onWhite(COLOURS[name])).toBeGreaterThanOrEqual(3),
);

test.each([
  ['  a \n b\t', 'a b'],
  ['a\u0000b\u007f', 'a b'],
  ['\ud800x\uffff', '\ufffdx'],
])('%j cleaned is %j', (text, cleaned) => expect(clean(text)).toBe(cleaned));

test('a long name is wrapped between words, and none of it is cut', () =>
  expect(wrap('Cumbria, Northumberland, Tyne and Wear NHS Foundation Trust', 220)).toEqual([
    'Cumbria, Northumberland,',
    'Tyne and Wear NHS',
    'Foundation Trust',
  ]));

test('any text wrapped fits its width and is all there', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.integer({ min: 40, max: 400 }),
      (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(clean(text).replaceAll(' ', ''));
        expect(lines.filter((line) => textWidth(line) > width)).toEqual([]);
      },
    ),
  ));

test('labels moved apart never overlap, keep their order, and stay within where there is room', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ middle: fc.integer({ min: 0, max: 300 }), height: fc.integer({ min: 10, max: 80 }) }),
        {
          minLength: 1,
          maxLength: 9,
        },
      ),
      (labels) => {
        const bottom = Math.max(300, columnHeight(labels));
        const moved = moveApart(labels, 0, bottom);
        expect(moved).toHaveLength(labels.length);
        for (const [index, { middle, height }] of moved.entries()) {
          const above = moved[index - 1];
          const limit = above ? above.middle + above.height / 2 : 0;
          expect(middle - height / 2).toBeGreaterThanOrEqual(limit - 1e-6);
          expect(middle + height / 2).toBeLessThanOrEqual(bottom + 1e-6);
        }
      },
    ),
  ));

test('labels with room stay where they are', () =>
  expect(
    moveApart(
      [
        { middle: 50, height: 20 },
        { middle: 20, height: 20 },
      ],
      0,
      300,
    ).map(({ middle }) => middle),
  ).toEqual([20, 50]));
