import fc from 'fast-check';
import { DOMParser } from 'linkedom';
import { type BarsInput, barsChart } from './bars.chart.js';
import { type Chart, drawChart } from './chart.js';
import { clean } from './lettering.js';
import { type StackedInput, stackedChart } from './stacked.chart.js';
import { type TimelineInput, timelineChart } from './timeline.chart.js';
import { type TrajectoryInput, trajectoryChart } from './trajectory.chart.js';

interface Node {
  tagName: string;
  textContent: string;
  attributes: Iterable<{ name: string; value: string }>;
  querySelectorAll(selector: string): Iterable<Node>;
  getAttribute(name: string): string | null;
}

const FILLS = ['solid', 'hatched', 'outline', 'dotted', 'crossed'] as const;
const ELEMENTS = new Set('svg title desc defs pattern rect circle g path line text tspan'.split(' '));

/** Reads XML as strictly as a chart is written: one root, tags that match, attributes in quotes, entities known. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  let rest = xml;
  while (rest !== '') {
    const tag =
      /^<(\/?)([a-z]+)((?: [A-Za-z0-9:-]+="(?:[^"<&]|&(?:amp|lt|gt|quot|#\d+);)*")*)\s*(\/?)>/i.exec(rest);
    const text = /^(?:[^<&]|&(?:amp|lt|gt|quot|#\d+);)+/.exec(rest);
    if (tag) {
      if (tag[1] === '/' ? open.pop() !== tag[2] : false) return false;
      if (tag[1] === '' && tag[4] === '') open.push(tag[2] as string);
    } else if (!text || open.length === 0) return false;
    rest = rest.slice((tag ?? text)?.[0].length);
    if (open.length === 0 && rest !== '') return false;
  }
  return open.length === 0 && xml.isWellFormed() && !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(xml);
}

const parse = (svg: string): Node => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;

/** The texts drawn, each on one line, without spaces: a label may be broken anywhere it must. */
const drawn = (root: Node): string =>
  [...root.querySelectorAll('text')].map(({ textContent }) => squeeze(textContent)).join('\n');
const squeeze = (text: string): string => clean(text).replace(/\s/g, '');

/** Every promise that holds for any chart. */
function expectSound(chart: Chart, labels: readonly string[]): void {
  expect(wellFormed(chart.svg)).toBe(true);
  const root = parse(chart.svg);
  const all = [root, ...root.querySelectorAll('*')];
  expect(all.map(({ tagName }) => tagName).filter((name) => !ELEMENTS.has(name))).toEqual([]);
  const attributes = all.flatMap((each) => [...each.attributes]);
  expect(
    attributes.filter(({ name }) => name === 'style' || name.startsWith('on') || /href/.test(name)),
  ).toEqual([]);
  expect(attributes.filter(({ value }) => /NaN|Infinity|undefined|null/.test(value))).toEqual([]);
  const ids = attributes.filter(({ name }) => name === 'id').map(({ value }) => value);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !id.startsWith(`${chart.id}-`))).toEqual([]);
  const used = attributes.flatMap(({ value }) => /^url\(#(.*)\)$/.exec(value)?.[1] ?? []);
  expect(used.filter((id) => !ids.includes(id))).toEqual([]);
  expect(all.slice(1, 3).map(({ tagName, textContent }) => [tagName, textContent])).toEqual([
    ['title', chart.title],
    ['desc', chart.description],
  ]);
  const words = drawn(root);
  expect(labels.filter((label) => !words.includes(squeeze(label)))).toEqual([]);
}

// Texts as users write them, as attackers do, and as no one should.
const text = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    `"&'`,
    ']]><style>*{}</style><!--',
    'Cumbria, Northumberland, Tyne and Wear NHS Foundation Trust',
    'a\u0000b\u000b\ud800c\uffff\nd',
    '</title></desc></text></svg>',
    'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 200 }),
);
const title = text.map((each) => `Title ${each}`);
const day = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const percent = fc.double({ min: 0, max: 100, noNaN: true });
const series = fc
  .subarray([...FILLS], { minLength: 1 })
  .chain((fills) =>
    fc.tuple(
      ...fills.map((fill, index) =>
        fc.record({ key: fc.constant(`k${index}`), name: text, fill: fc.constant(fill) }),
      ),
    ),
  );
const categories = fc.array(
  fc.record(
    {
      label: text,
      note: text,
      values: fc.dictionary(fc.constantFrom('k0', 'k1', 'k2', 'k3', 'k4'), fc.nat({ max: 900_000_000_000 })),
    },
    { requiredKeys: ['label', 'values'] },
  ),
  { minLength: 1, maxLength: 8 },
);
const bars: fc.Arbitrary<BarsInput> = fc.record({
  id: fc.constant('bars-1'),
  title,
  unit: fc.constantFrom('money', 'percent', 'count'),
  categories,
  series,
});
const stacked: fc.Arbitrary<StackedInput> = fc.record({
  id: fc.constant('s_1'),
  title,
  categories,
  parts: series,
});
const timeline: fc.Arbitrary<TimelineInput> = fc.record({
  id: fc.constant('T'),
  title,
  today: day,
  rows: fc.array(
    fc.record({
      label: text,
      baselineOn: day,
      forecastOn: fc.option(day),
      actualOn: fc.option(day),
      state: text,
    }),
    { minLength: 1, maxLength: 12 },
  ),
});
const lines = fc.array(
  fc.record({
    name: text,
    kind: fc.constantFrom('planned', 'self-reported', 'validated', 'other'),
    points: fc.array(fc.record({ label: text, on: day, percent: fc.option(percent) }), { maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 9 },
);
const trajectory: fc.Arbitrary<TrajectoryInput> = fc.record(
  { id: fc.constant('t'), title, series: lines, target: fc.record({ on: day, percent, name: text }) },
  { requiredKeys: ['id', 'title', 'series'] },
);

const notesOf = (rows: BarsInput['categories']): string[] =>
  rows.flatMap(({ label, note }) => [label, note ?? '']);

describe('any chart is well-formed, holds no style or script, unique ids, every label, and is the same each time', () => {
  const runs = { numRuns: 30 };
  test('bars', () =>
    fc.assert(
      fc.property(bars, (input) => {
        const chart = barsChart(input);
        expectSound(chart, [...notesOf(input.categories), ...input.series.map(({ name }) => name)]);
        expect(barsChart(structuredClone(input))).toEqual(chart);
      }),
      runs,
    ));
  test('stacked', () =>
    fc.assert(
      fc.property(stacked, (input) => {
        const chart = stackedChart(input);
        expectSound(chart, [...notesOf(input.categories), ...input.parts.map(({ name }) => name)]);
        expect(stackedChart(structuredClone(input))).toEqual(chart);
      }),
      runs,
    ));
  test('timeline', () =>
    fc.assert(
      fc.property(timeline, (input) => {
        const chart = timelineChart(input);
        expectSound(
          chart,
          input.rows.flatMap(({ label, state }) => [label, state]),
        );
        expect(timelineChart(structuredClone(input))).toEqual(chart);
      }),
      runs,
    ));
  test('trajectory', () =>
    fc.assert(
      fc.property(trajectory, (input) => {
        const known = input.series.filter(({ points }) => points.some((point) => point.percent !== null));
        fc.pre(known.length > 0);
        const chart = trajectoryChart(input);
        expectSound(chart, [...known.map(({ name }) => name), ...(input.target ? [input.target.name] : [])]);
        expect(trajectoryChart(structuredClone(input))).toEqual(chart);
      }),
      runs,
    ));
});

test('a chart is an image with a title and a description, whose drawing a screen reader passes over', () => {
  const { svg } = drawChart({ id: 'c', title: 'T & U', description: '<D>', height: 99.5, marks: [] });
  expect(svg).toBe(
    '<svg width="100%" viewBox="0 0 720 100" class="app-chart" aria-labelledby="c-title c-desc" role="img" ' +
      'xmlns="http://www.w3.org/2000/svg"><title id="c-title">T &amp; U</title><desc id="c-desc">&lt;D&gt;</desc>' +
      '<g text-anchor="middle" font-family="inherit" aria-hidden="true" /></svg>',
  );
});

test.each([['1a'], [''], ['a b'], ['a"b'], ['a#']])('%p is no id of a chart', (id) =>
  expect(() => drawChart({ id, title: 'T', description: '', height: 1, marks: [] })).toThrow(RangeError),
);

test('a chart without a title is refused', () =>
  expect(() => drawChart({ id: 'a', title: ' \u0000', description: '', height: 1, marks: [] })).toThrow(
    RangeError,
  ));

test.each([
  ['<svg><g></g></svg>', true],
  ['<svg><g></svg>', false],
  ['<svg a=1></svg>', false],
  ['<svg>&nbsp;</svg>', false],
  ['<svg></svg><svg></svg>', false],
])('the test of well-formedness: %s is %p', (xml, is) => expect(wellFormed(xml)).toBe(is));
