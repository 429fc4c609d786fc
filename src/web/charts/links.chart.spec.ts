import { type LinkRow, linksChart } from './links.chart.js';

const row = (over: Partial<LinkRow>): LinkRow => ({
  ...{ from: 'Mersey Care', to: 'North West Boroughs', kind: 'solid', note: '1 adoption' },
  ...over,
});
const chart = (rows: LinkRow[]) =>
  linksChart({
    id: 'learned',
    title: 'Who learned from whom',
    left: 'From',
    right: 'Who',
    kinds: [
      { kind: 'solid', name: 'Live' },
      { kind: 'dashed', name: 'Under way' },
    ],
    rows,
    description: 'One learned from the other.',
  });

test('each name is drawn once on the left, and each link once', () => {
  const { svg, description } = chart([row({}), row({ to: 'Sussex', kind: 'dashed' })]);
  expect(svg.split('Mersey Care').length - 1).toBe(1);
  for (const name of ['North West Boroughs', 'Sussex', 'Live', 'Under way']) expect(svg).toContain(name);
  expect(description).toBe('One learned from the other.');
  expect(svg).not.toMatch(/NaN|style=/);
  // A dash of its own, and a mark of its own at its end: not colour alone.
  expect(svg).toContain('stroke-dasharray="9 5"');
});

test('a kind that is not there is not in the legend; and no rows are no chart', () => {
  expect(chart([row({})]).svg).not.toContain('Under way');
  expect(() => chart([])).toThrow(RangeError);
});

test('names never lie on each other, however many there are', () => {
  const rows = Array.from({ length: 12 }, (_, index) =>
    row({ from: `From ${index % 5}`, to: `To ${index}` }),
  );
  const heights = [...chart(rows).svg.matchAll(/translate\(270,([\d.]+)\)/g)].map(([, y]) => Number(y));
  expect(new Set(heights).size).toBe(heights.length);
});
