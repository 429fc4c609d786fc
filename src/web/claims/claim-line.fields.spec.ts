import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { MAX_PENCE } from '../../core/money.js';
import type { WantedLine } from '../../funding/claims/claim-lines.rules.js';
import { Form, type Typed } from '../page/form.js';
import { PageRenderer, type Surroundings } from '../page/page.renderer.js';
import { stepAnswers, stepPage } from '../page/step.js';
import { type LineChoices, lineFields, lineOf, withLine, withoutLine } from './claim-line.fields.js';

const CHOICES: LineChoices = {
  years: ['2017/18', '2018/19', '2019/20'],
  projects: [
    { code: 'shared-record', name: 'Shared record' },
    { code: 'apps', name: 'Apps & "portals"' },
  ],
  categories: ['software', 'training'],
};

const AROUND: Surroundings = {
  viewer: null,
  navigation: [],
  url: '/claims/1/lines/new',
  nonce: 'nonce',
  newKey: () => 'key-12345678',
  csrf: 'token',
  notice: null,
  filling: null,
  asAt: null,
  calendarDay: '2018-07-20',
  today: '2018-05-15',
  demonstration: false,
  mayReadLog: false,
  kept: [],
};
const renderer = new PageRenderer();

/** The page of a line as a browser has it: what it would send where nothing is typed. */
function sentFrom(kind: 'costs' | 'advance', index: number, line: WantedLine | null): Typed {
  const step = {
    title: 'Line',
    explains: [],
    fields: lineFields(kind, index, line, CHOICES),
    button: 'Save',
    notice: '',
  };
  const page = stepPage(step, { action: '/', caption: 'Claim', revision: 1, trail: [], back: '/' });
  const { document } = parseHTML(renderer.html(page, AROUND));
  const typed: Record<string, string> = {};
  for (const field of document.querySelectorAll('main form input, main form select')) {
    const name = field.getAttribute('name') ?? '';
    if (field.getAttribute('type') === 'radio' && !field.hasAttribute('checked')) continue;
    typed[name] =
      field.tagName === 'SELECT'
        ? (field.querySelector('option[selected]')?.getAttribute('value') ?? '')
        : (field.getAttribute('value') ?? '');
  }
  return typed;
}

function read(kind: 'costs' | 'advance', index: number, typed: Typed): WantedLine {
  return lineOf(stepAnswers({ fields: lineFields(kind, index, null, CHOICES) }, new Form(typed)), index);
}

const words = (max: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((text) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '').trim())
    .filter((text) => text !== '' && text.length <= max && text.isWellFormed());
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const pence = fc.integer({ min: 0, max: MAX_PENCE });
const orNot = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const BASE = {
  financialYear: fc.constantFrom(...CHOICES.years),
  kind: fc.constantFrom('capital' as const, 'revenue' as const),
  description: words(500),
  claimedPence: fc.integer({ min: 1, max: MAX_PENCE }),
};
const COSTS = fc.record<WantedLine>({
  ...BASE,
  project: fc.constantFrom('shared-record', 'apps'),
  category: fc.constantFrom('software', 'training'),
  supplier: words(200),
  invoiceReference: words(200),
  incurredOn: day,
  invoicedOn: orNot(day),
  defrayedOn: orNot(day),
  netPence: pence,
  vatPence: pence,
  recoverableVatPence: pence,
});
const NO_COST = {
  project: null,
  category: null,
  supplier: null,
  invoiceReference: null,
  incurredOn: null,
  invoicedOn: null,
  defrayedOn: null,
  netPence: null,
  vatPence: null,
  recoverableVatPence: null,
};
const ADVANCE = fc.record(BASE).map((line): WantedLine => ({ ...line, ...NO_COST }));

test('a line of costs goes into its page and comes back as it was, to the penny and the letter', () =>
  fc.assert(
    fc.property(COSTS, fc.nat({ max: 299 }), (line, index) => {
      expect(read('costs', index, sentFrom('costs', index, line))).toEqual(line);
    }),
    { numRuns: 60 },
  ));

test('a line of an advance likewise, and its page asks nothing of costs', () =>
  fc.assert(
    fc.property(ADVANCE, fc.nat({ max: 299 }), (line, index) => {
      const typed = sentFrom('advance', index, line);
      expect(Object.keys(typed).filter((name) => /supplier|Pence/.test(name))).toEqual([
        `lines/${index}/claimedPence`,
      ]);
      expect(read('advance', index, typed)).toEqual(line);
    }),
    { numRuns: 30 },
  ));

test('an empty page says of each field what is missing, beside it', () => {
  const form = new Form(sentFrom('costs', 2, null));
  expect(() => stepAnswers({ fields: lineFields('costs', 2, null, CHOICES) }, form)).toThrow(
    'Nothing was saved.',
  );
  expect(form.faults.map(({ pointer, message }) => [pointer, message])).toEqual([
    ['/lines/2/financialYear', 'Select the financial year.'],
    ['/lines/2/kind', 'Select capital or revenue.'],
    ['/lines/2/description', 'Enter what was bought or done.'],
    ['/lines/2/project', 'Select the project.'],
    ['/lines/2/category', 'Select the eligible category.'],
    ['/lines/2/supplier', 'Enter the supplier.'],
    ['/lines/2/invoiceReference', 'Enter the invoice reference.'],
    ['/lines/2/incurredOn', 'Enter when the cost arose.'],
    ['/lines/2/netPence', 'Enter the net amount of the whole invoice.'],
    ['/lines/2/vatPence', 'Enter the VAT of the whole invoice.'],
    ['/lines/2/recoverableVatPence', 'Enter the VAT that the trust gets back.'],
    ['/lines/2/claimedPence', 'Enter the amount claimed.'],
  ]);
});

test('without categories in the agreement the page asks for none', () => {
  const names = lineFields('costs', 0, null, { ...CHOICES, categories: [] }).map(({ name }) => name);
  expect(names).not.toContain('lines/0/category');
  expect(lineFields('costs', 0, null, CHOICES).map(({ name }) => name)).toContain('lines/0/category');
});

test('a line is set in its place, added after the last, and taken out', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((description) => ({ description }) as WantedLine) as [
    WantedLine,
    WantedLine,
    WantedLine,
  ];
  expect(withLine([a, b], 0, c)).toEqual([c, b]);
  expect(withLine([a, b], 2, c)).toEqual([a, b, c]);
  expect(withoutLine([a, b, c], 1)).toEqual([a, c]);
});
