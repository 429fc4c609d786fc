import type { StratumSize } from '../../auditing/samples/drawing.rules.js';
import type {
  Reproduction,
  SampleItemView,
  SampleView,
  SampleWithItems,
} from '../../auditing/samples/sample.types.js';
import type { Page as ListPage } from '../../core/paging.js';
import { historyOf, pageOfThing } from '../audit/addresses.js';
import { nextAddress } from '../page/address.js';
import { count, day, instant, plural, pounds, words } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import { moment, money, number, state, type Tag, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { evaluationFacts } from './evaluation.words.js';

type ProgrammeName = { slug: string; name: string };

const listOf = (slug: string): string => `/programmes/${slug}/audit-samples`;

/** The way to a sample. */
export const samplesTrail = (programme: ProgrammeName, sample?: { id: string; reference: string }): Link[] =>
  programmeTrail(
    programme,
    { text: 'Audit', href: `/programmes/${programme.slug}/audit` },
    { text: 'Samples', href: listOf(programme.slug) },
    ...(sample ? [{ text: sample.reference, href: `/audit-samples/${sample.id}` }] : []),
  );

/** How far a sample is looked at: "12 of 25, 1 exception". */
export function progressOf(
  { checked, exceptions }: Pick<SampleView, 'checked' | 'exceptions'>,
  of: number,
): string {
  const found = exceptions === 0 ? 'no exception' : plural(exceptions, 'exception');
  return checked === 0 ? `None of ${count(of)} yet` : `${count(checked)} of ${count(of)}, ${found}`;
}

/** A programme's samples. */
export function samplesPage(
  programme: ProgrammeName,
  { items, next }: ListPage<SampleView>,
  { mayDraw }: { mayDraw: boolean },
): Page {
  const path = listOf(programme.slug);
  return {
    view: 'samples/samples.njk',
    title: 'Samples',
    caption: programme.name,
    trail: programmeTrail(programme, { text: 'Audit', href: `/programmes/${programme.slug}/audit` }),
    tables: [
      table<SampleView>({
        id: 'samples',
        caption: 'Samples, the latest first',
        rows: items,
        columns: [
          text('Sample', (row) => row.reference, {
            href: (row) => `/audit-samples/${row.id}`,
            note: (row) => row.purpose,
          }),
          text('Of', (row) => words(row.population)),
          text('How', (row) => words(row.method)),
          number('Items', (row) => row.items),
          text('Looked at', (row) => progressOf(row, row.items)),
          text('Drawn by', (row) => row.drawnBy.name),
          moment('Drawn', (row) => row.drawnAt),
        ],
        empty: mayDraw
          ? 'No sample was drawn yet. Draw one: its seed lets anybody draw it again.'
          : 'No sample was drawn yet.',
        next: nextAddress(path, {}, next),
      }),
    ],
    model: { programme, path, mayDraw },
  };
}

function narrowedWords({ trust, financialYear, kind, from, to }: SampleView['narrowed']): string {
  const said = [trust, financialYear, kind, from && `from ${day(from)}`, to && `to ${day(to)}`].filter(
    Boolean,
  );
  return said.length === 0 ? 'The whole programme' : said.join(', ');
}

function parameterFacts({ parameters }: Pick<SampleView, 'parameters'>): Fact[] {
  const { size, intervalPence, tolerablePence, stratifyBy, allocation, expectedPercent, precisionPercent } =
    parameters;
  return [
    ...(size === null ? [] : [{ label: 'Size', value: count(size) }]),
    ...(intervalPence === null ? [] : [{ label: 'Interval', value: pounds(intervalPence) }]),
    ...(tolerablePence === null ? [] : [{ label: 'Tolerable error', value: pounds(tolerablePence) }]),
    ...(expectedPercent === null
      ? []
      : [
          {
            label: 'Size computed for',
            value: `${expectedPercent}% expected, within ${precisionPercent} points`,
          },
        ]),
    ...(stratifyBy === null
      ? []
      : [
          {
            label: 'Strata',
            value: `By ${stratifyBy}, ${words(allocation ?? 'proportional').toLowerCase()}`,
          },
        ]),
    { label: 'Confidence', value: `${parameters.confidence}%` },
  ];
}

/** All that somebody else needs to draw a sample again. */
export function sampleFacts(sample: Omit<SampleView, 'items'>): Fact[] {
  return [
    { label: 'Why', value: sample.purpose },
    { label: 'Of', value: `${words(sample.population)}: ${narrowedWords(sample.narrowed)}` },
    { label: 'How', value: words(sample.method) },
    ...parameterFacts(sample),
    { label: 'Seed', value: sample.seed },
    { label: 'As at', value: `Entry ${sample.asAtNumber} of the log, ${instant(sample.asAt)}` },
    { label: 'Population', value: `${count(sample.populationSize)}, ${pounds(sample.populationPence)}` },
    { label: 'SHA-256 of the population', value: sample.populationSha256 },
    { label: 'Drawn by', value: `${sample.drawnBy.name}, ${instant(sample.drawnAt)}` },
  ];
}

const resultTag = ({ result }: SampleItemView): Tag =>
  result === null
    ? { words: 'To look at', colour: 'blue' }
    : result === 'exception'
      ? { words: 'Exception', colour: 'red' }
      : { words: 'No exception', colour: 'green' };

const behind = ({ about }: SampleItemView): string =>
  pageOfThing(about.table, about.id) ?? historyOf(about.table, about.id);

const itemsTable = ({ id, method, items }: SampleWithItems, mayCheck: boolean) =>
  table<SampleItemView>({
    id: 'items',
    caption: 'Items, in the order in which they were drawn',
    rows: items,
    columns: [
      number('Place', (row) => row.position),
      text('Item', (row) => row.reference, { href: behind, note: (row) => row.stratum ?? row.trustOds }),
      money('Amount', (row) => row.amountPence, {
        note: (row) =>
          method === 'monetary-unit' && row.certain
            ? `Certain${row.hits > 1 ? `, hit ${row.hits} times` : ''}`
            : null,
      }),
      state('Result', resultTag),
      text('What was seen', (row) => row.words, {
        note: (row) => (row.exceptionPence ? `${pounds(row.exceptionPence)} too high` : null),
      }),
      ...(mayCheck
        ? [
            text<SampleItemView>(
              'Next',
              (row) => (row.result === null ? 'Record what you see' : 'Correct it'),
              {
                href: (row) => `/audit-samples/${id}/items/${row.id}`,
              },
            ),
          ]
        : []),
    ],
    empty: 'It has no items.',
  });

/** One sample, with its items and what it says of the whole. */
export function samplePage(
  programme: ProgrammeName,
  sample: SampleWithItems,
  { mayCheck }: { mayCheck: boolean },
): Page {
  return {
    view: 'samples/sample.njk',
    title: sample.reference,
    caption: programme.name,
    trail: samplesTrail(programme),
    tables: [
      itemsTable(sample, mayCheck),
      table<StratumSize>({
        id: 'strata',
        caption: 'What there is, and what was drawn',
        rows: sample.strata,
        columns: [
          text('Stratum', (row) => (row.name === 'all' ? 'All' : row.name)),
          number('Items', (row) => row.size),
          money('Amount', (row) => row.pence),
          number('Drawn', (row) => row.drawn),
        ],
        empty: 'There is none.',
      }),
    ],
    model: {
      programme,
      sample,
      lead: progressOf(sample, sample.items.length),
      facts: sampleFacts(sample),
      evaluation: sample.evaluation && evaluationFacts(sample.evaluation),
    },
  };
}

/** A sample drawn again, beside the one that is kept. */
export function reproductionPage(
  programme: ProgrammeName,
  sample: SampleWithItems,
  found: Reproduction,
): Page {
  const same = (row: { same: boolean }): Tag =>
    row.same ? { words: 'The same', colour: 'green' } : { words: 'Another', colour: 'red' };
  const { population, drawn } = found;
  return {
    view: 'samples/reproduction.njk',
    title: `${sample.reference}, drawn again`,
    caption: programme.name,
    trail: samplesTrail(programme, sample),
    tables: [
      table<Reproduction['drawn'][number]>({
        id: 'drawn',
        caption: 'What was drawn again',
        rows: drawn,
        columns: [
          number('Place', (row) => row.position),
          text('Item', (row) => row.reference),
          text('Id', (row) => row.subjectId),
          number('Points', (row) => row.hits),
          state('Result', same),
        ],
        empty: 'Nothing was drawn.',
      }),
    ],
    model: {
      programme,
      lead: found.same
        ? `It is the same: ${plural(drawn.length, 'item')} of ${count(population.size)}, drawn again by the same seed.`
        : population.same
          ? 'It is not the same, although the population is.'
          : 'The population is not the one that the sample was drawn from.',
      facts: [
        { label: 'As at', value: `Entry ${sample.asAtNumber} of the log` },
        { label: 'Population now', value: `${count(population.size)}, ${pounds(population.pence)}` },
        { label: 'SHA-256 of it', value: population.sha256 },
        { label: 'SHA-256 kept with the sample', value: sample.populationSha256 },
      ],
    },
  };
}
