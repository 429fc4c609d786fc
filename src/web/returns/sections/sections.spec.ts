import fc from 'fast-check';
import { standingOf } from '../../../../test/support/return-standing.js';
import { RETURN_SECTIONS, type ReturnContent } from '../../../progress-reports/return-content.js';
import { Form } from '../../page/form.js';
import { pounds } from '../../page/format.js';
import { type Card, type Field, sectionInput } from './section.js';
import { buttonOf, cardsOf, readSection } from './sections.js';

/** What a browser sends of a field that nobody touched. */
function typed({ kind, name, value }: Field): Array<[string, string]> {
  const text = value === null ? '' : String(value);
  if (kind === 'pounds') return [[name, value === null ? '' : pounds(Number(value)).replace('£', '')]];
  if (kind !== 'day') return kind === 'radios' && text === '' ? [] : [[name, text]];
  const [year = '', month = '', day = ''] = text.split('-');
  return [
    [`${name}-day`, day],
    [`${name}-month`, month],
    [`${name}-year`, year],
  ];
}

const sent = (cards: readonly Card[]): Record<string, string> =>
  Object.fromEntries(
    cards.flatMap(({ hidden, fields }) => [
      ...hidden.map(({ name, value }) => [name, value] as [string, string]),
      ...fields.flatMap(typed),
    ]),
  );

const words = fc
  .string({ minLength: 1, maxLength: 60 })
  .map((text) => text.replaceAll('\r', ' ').trim())
  .filter((text) => text !== '');
const note = fc.option(words);
const amount = fc.integer({ min: 0, max: 9_000_000_000_000 });
const day = fc
  .date({ min: new Date('2017-04-01'), max: new Date('2020-03-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Contents that speak of all that the return is to speak of. */
const content: fc.Arbitrary<ReturnContent> = fc.record({
  milestones: fc.tuple(
    ...['records/live', 'records/all'].map((milestone) =>
      fc.record({
        milestone: fc.constant(milestone),
        forecastOn: fc.option(day),
        actualOn: fc.option(day),
        claim: fc.constantFrom('none' as const, 'started' as const, 'met' as const),
        delayReason: fc.option(fc.constantFrom('supplier', 'staff')),
        note,
      }),
    ),
  ),
  spend: fc.tuple(
    ...(['grant', 'match'] as const).map((source) =>
      fc.record({
        financialYear: fc.constant('2017/18'),
        kind: fc.constant('capital' as const),
        source: fc.constant(source),
        spentToDatePence: amount,
        forecastPence: amount,
        note,
      }),
    ),
  ),
  measurements: fc.tuple(
    ...['access', 'remote'].map((measure) =>
      fc.record({
        targetSet: fc.constant('aims/v1'),
        measure: fc.constant(measure),
        numerator: fc.nat(1_000_000_000),
        denominator: fc.nat(1_000_000_000),
        note,
      }),
    ),
  ),
  risks: fc.array(
    fc.record({
      title: words,
      likelihood: fc.integer({ min: 0, max: 5 }),
      impact: fc.integer({ min: 0, max: 5 }),
      mitigation: fc.oneof(words, fc.constant('')),
      owner: fc.oneof(words, fc.constant('')),
    }),
    { maxLength: 4 },
  ),
  narrative: fc.tuple(
    ...['achievements', 'next'].map((section) =>
      fc.record({ section: fc.constant(section), text: fc.oneof(words, fc.constant('')) }),
    ),
  ),
  confidence: fc.option(
    fc.record({ scale: fc.constant('five'), rating: fc.constantFrom('green', 'amber', 'red'), reason: note }),
  ),
});

test('a content that becomes the fields of forms, and is read back from them, is the same content', () =>
  fc.assert(
    fc.property(content, (given) => {
      const standing = standingOf({}, {}, given);
      const input = sectionInput(standing);
      for (const section of RETURN_SECTIONS) {
        const form = new Form(sent(cardsOf(section, input, true)));
        expect(readSection(section, form, standing)).toEqual({ [section]: given[section] });
      }
    }),
    { numRuns: 60 },
  ));

const EMPTY: ReturnContent = {
  ...{ milestones: [], spend: [], measurements: [], risks: [], narrative: [], confidence: null },
};
const read = (section: (typeof RETURN_SECTIONS)[number], fields: Record<string, string>) => {
  const standing = standingOf({}, {}, EMPTY);
  const form = new Form({ ...sent(cardsOf(section, sectionInput(standing), true)), ...fields });
  return readSection(section, form, standing)[section];
};

test.each<[string, Parameters<typeof read>, unknown]>([
  ['spend that nobody wrote is not zero', ['spend', {}], []],
  ['a measure that nobody wrote is none', ['measurements', {}], []],
  [
    'a note alone says why it was not measured',
    ['measurements', { 'measurements/0/note': 'The survey is in June.' }],
    [expect.objectContaining({ numerator: 0, denominator: 0, note: 'The survey is in June.' })],
  ],
  ['a risk that nobody wrote is none', ['risks', {}], []],
  [
    'a risk may be half written',
    ['risks', { 'risks/0/title': 'Late' }],
    [{ title: 'Late', likelihood: 0, impact: 0, mitigation: '', owner: '' }],
  ],
  [
    'a risk is removed',
    ['risks', { 'risks/0/title': 'Late', 'risks/1/title': 'Later', _do: 'remove/0' }],
    [expect.objectContaining({ title: 'Later' })],
  ],
  [
    'a milestone without dates',
    ['milestones', {}],
    ['records/live', 'records/all'].map((milestone) =>
      expect.objectContaining({ milestone, forecastOn: null, claim: 'none' }),
    ),
  ],
  [
    'a line that is taken out',
    ['milestones', { 'milestones/0/_remove': 'yes' }],
    [expect.objectContaining({ milestone: 'records/all' })],
  ],
  ['no rating', ['confidence', {}], null],
  [
    'a reason before the rating',
    ['confidence', { 'confidence/reason': 'Not sure yet.' }],
    { scale: 'five', rating: '', reason: 'Not sure yet.' },
  ],
])('%s', (_, given, expected) => expect(read(...given)).toEqual(expected));

test.each<[string, Parameters<typeof read>, string[]]>([
  [
    'half a measurement',
    ['measurements', { 'measurements/0/numerator': '12' }],
    ['/measurements/0/denominator'],
  ],
  ['half a line of spend', ['spend', { 'spend/0/forecastPence': '12' }], ['/spend/0/spentToDatePence']],
  [
    'an amount in words',
    ['spend', { 'spend/1/forecastPence': 'much', 'spend/1/spentToDatePence': '1' }],
    ['/spend/1/forecastPence'],
  ],
  ['a day that is none', ['milestones', { 'milestones/0/actualOn-day': '31' }], ['/milestones/0/actualOn']],
  [
    'a reason that is none of the list',
    ['milestones', { 'milestones/1/delayReason': 'x' }],
    ['/milestones/1/delayReason'],
  ],
  ['a point beyond the scale', ['risks', { 'risks/0/impact': '6' }], ['/risks/0/impact']],
  [
    'a narrative that is too long',
    ['narrative', { 'narrative/1/text': 'x'.repeat(101) }],
    ['/narrative/1/text'],
  ],
  [
    'a rating that is none of the scale',
    ['confidence', { 'confidence/rating': 'blue' }],
    ['/confidence/rating'],
  ],
])('%s is refused beside its field', (_, given, pointers) =>
  expect(() => read(...given)).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({
        errors: pointers.map((pointer) => expect.objectContaining({ pointer })),
      }),
    }),
  ),
);

test.each([
  ['', { to: 'next' }],
  ['list', { to: 'list' }],
  ['another', { to: 'another' }],
  ['remove/12', { to: 'here', removed: 12 }],
  ['remove/x', { to: 'next' }],
])('the button %p', (_do, expected) => expect(buttonOf(new Form({ _do }))).toEqual(expected));
