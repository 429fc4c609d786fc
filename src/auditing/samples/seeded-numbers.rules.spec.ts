import { createHash } from 'node:crypto';
import { seededDraw } from './seeded-numbers.rules.js';

/** Numbers by hand: the first four words of the first block of a seed. */
const words = (seed: string, label: string, block: number): bigint[] => {
  const hex = createHash('sha256').update(`${seed}:${label}:${block}`).digest('hex');
  return [0, 16, 32, 48].map((at) => BigInt(`0x${hex.slice(at, at + 16)}`));
};

test('numbers are the words of the blocks in order, each by what it leaves over', () => {
  const draw = seededDraw('A seed', 'random');
  const expected = [...words('A seed', 'random', 0), ...words('A seed', 'random', 1)];
  expect(expected.map(() => draw(1_000n))).toEqual(expected.map((word) => word % 1_000n));
});

test('a word beyond the largest multiple is passed over', () => {
  // Half of all words are beyond the only multiple of 2^63 + 1.
  const below = 2n ** 63n + 1n;
  const draw = seededDraw('s', 'x');
  const stream = Array.from({ length: 20 }, (_, block) => words('s', 'x', block)).flat();
  const taken = stream.filter((word) => word < below);
  expect(taken.length).toBeLessThan(stream.length - 20);
  expect(taken.slice(0, 20).map(() => draw(below))).toEqual(taken.slice(0, 20));
});

test('the same seed gives the same numbers, another seed or label gives others', () => {
  const ten = (seed: string, label: string) => {
    const draw = seededDraw(seed, label);
    return Array.from({ length: 10 }, () => draw(10n ** 12n));
  };
  expect(ten('a', 'b')).toEqual(ten('a', 'b'));
  expect(ten('a', 'b')).not.toEqual(ten('a', 'c'));
  expect(ten('a', 'b')).not.toEqual(ten('c', 'b'));
});

test('a word at the largest multiple is passed over too', () => {
  // More than half of all, so that it is the largest multiple of itself.
  const [first, second] = words('s', 'x', 0) as [bigint, bigint];
  expect(first).toBeGreaterThan(2n ** 63n);
  expect(seededDraw('s', 'x')(first)).toBe(second);
});

test.each([0n, -1n, 2n ** 64n + 1n])('nothing is drawn below %p', (below) =>
  expect(() => seededDraw('a', 'b')(below)).toThrow('A number is drawn below 1 to 2^64'),
);

test('the least and the most that is drawn below', () => {
  expect(seededDraw('s', 'x')(1n)).toBe(0n);
  expect(seededDraw('s', 'x')(2n ** 64n)).toBe(words('s', 'x', 0)[0]);
});

test('all numbers are equally likely: chi-square of 20,000 draws below 10, at one in a thousand', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  const draw = seededDraw('equally', 'likely');
  for (let i = 0; i < 20_000; i += 1) {
    const n = Number(draw(10n));
    counts[n] = (counts[n] ?? 0) + 1;
  }
  const chi = counts.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
  // Nine degrees of freedom.
  expect(chi).toBeLessThan(27.88);
});
