import fc from 'fast-check';
import { asks, FACTS, move, varies } from '../../../test/support/change-facts.js';
import type { ChangeContent, ChangeKind } from '../../change-requests/change-content.js';
import { formatPounds } from '../../core/money.js';
import { Problem } from '../../core/problems.js';
import { Form, type Typed } from '../page/form.js';
import { askedIn } from './change-form.js';
import { moveFields, planFields, reprofileFields, varyFields } from './change-form.page.js';

const WORDS = { title: 'Another plan', justification: 'The supplier delivers late.' };
const REASONS = FACTS.programme.delayReasons.map((code) => ({ code, label: code }));

const dayFields = (name: string, on: string): Typed => {
  const [year = '', month = '', date = ''] = on === '' ? [] : on.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const pounds = (pence: number | null): string => (pence === null ? '' : formatPounds(pence).replace('£', ''));
const all = (parts: Typed[]): Typed => Object.assign({ ...WORDS }, ...parts);

/** What a browser sends of the form of a content where nothing is typed. */
function sentAsShown(kind: ChangeKind, content: ChangeContent): Typed {
  if (kind === 'reprofile')
    return all(
      reprofileFields(content, FACTS, REASONS).milestones.map(({ code, agreedOn, delayReason }, index) => {
        const at = `content/milestones/${index}`;
        const rest = { [`${at}/milestone`]: code, [`${at}/delayReason`]: delayReason };
        return { ...rest, ...dayFields(`${at}/agreedOn`, agreedOn) };
      }),
    );
  if (kind === 'replan-benefits')
    return all(
      planFields(content, FACTS).benefits.map(({ code, money, years }, index) => {
        const at = `content/plans/${index}`;
        const typed = years.map(({ financialYear, planned }, line) => ({
          [`${at}/years/${line}/financialYear`]: financialYear,
          [`${at}/years/${line}/planned`]: money ? pounds(planned) : String(planned ?? ''),
        }));
        return Object.assign({ [`${at}/benefit`]: code }, ...typed);
      }),
    );
  if (kind !== 'vary')
    return all(
      moveFields(kind, content, FACTS).moves.map(({ source, from, to, amountPence }, index) => {
        const at = `content/moves/${index}`;
        const target = kind === 'carry-forward' ? `${at}/to/financialYear` : `${at}/to`;
        const rest = { [`${at}/source`]: source, [`${at}/from`]: from, [target]: to };
        return { ...rest, [`${at}/amountPence`]: pounds(amountPence) };
      }),
    );
  const { tranches, conditions, window } = varyFields(content, FACTS);
  return all([
    ...tranches.map(({ number, name, basis, plannedOn, grantPence, milestones }, index) => {
      const at = `content/terms/tranches/${index}`;
      return {
        ...{ [`${at}/number`]: String(number), [`${at}/name`]: name, [`${at}/basis`]: basis },
        ...{ [`${at}/grantPence`]: pounds(grantPence), [`${at}/milestones`]: ['', ...milestones] },
        ...dayFields(`${at}/plannedOn`, plannedOn),
      };
    }),
    ...conditions.map((text, index) => ({ [`content/terms/conditions/${index}`]: text })),
    dayFields('content/terms/eligibility/startsOn', window.startsOn),
    dayFields('content/terms/eligibility/endsOn', window.endsOn),
  ]);
}

const through = (kind: ChangeKind, content: ChangeContent, typed: Typed = {}) =>
  askedIn(new Form({ ...sentAsShown(kind, content), ...typed }), kind, FACTS).content;

function faultsOf(kind: ChangeKind, content: ChangeContent, typed: Typed): string[] {
  try {
    through(kind, content, typed);
  } catch (error) {
    if (error instanceof Problem)
      return (error.details.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`);
    throw error;
  }
  return [];
}

const day = fc
  .date({ min: new Date('2017-04-01'), max: new Date('2021-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const line = fc.record({
  financialYear: fc.constantFrom('2018/19', '2019/20'),
  kind: fc.constantFrom('capital' as const, 'revenue' as const),
});
const source = fc.constantFrom('grant' as const, 'match' as const);
const amountPence = fc.integer({ min: 1, max: 900_000_000_000 });
const words = fc.stringMatching(/^[A-Za-z][A-Za-z ,]{0,60}[a-z]$/);

test('other days for milestones go to the form and back', () => {
  const open = FACTS.milestones.filter(({ state }) => state !== 'met' && state !== 'cancelled');
  const lines = fc.subarray(open).chain((some) =>
    fc.tuple(
      ...some.map(({ code, agreedOn, baselineOn }) =>
        fc.record({
          milestone: fc.constant(code),
          agreedOn: day.filter((on) => on !== (agreedOn ?? baselineOn)),
          delayReason: fc.constantFrom('supplier', 'staff', null),
        }),
      ),
    ),
  );
  fc.assert(
    fc.property(lines, (milestones) => {
      expect(through('reprofile', asks({ milestones }))).toEqual(asks({ milestones }));
    }),
  );
});

test('moves of money go to the form and back', () => {
  const moves = fc.array(fc.record({ source, from: line, to: line, amountPence }), { maxLength: 12 });
  fc.assert(
    fc.property(moves, (asked) => {
      expect(through('move-money', asks({ moves: asked }))).toEqual(asks({ moves: asked }));
      const carried = asked.map((each) => ({ ...each, to: { ...each.to, kind: each.from.kind } }));
      expect(through('carry-forward', asks({ moves: carried }))).toEqual(asks({ moves: carried }));
    }),
  );
});

test('varied terms go to the form and back', () => {
  const tranche = fc.record({
    name: words,
    basis: fc.constantFrom('advance' as const, 'delivery' as const),
    plannedOn: day,
    grantPence: fc.integer({ min: 0, max: 900_000_000_000 }),
    milestones: fc.constantFrom<string[]>([], ['records/go-live']),
  });
  const tranches = fc
    .array(tranche, { minLength: 3, maxLength: 6 })
    .map((several) => several.map((each, index) => ({ ...each, number: index + 1 })));
  const conditions = fc.array(words, { maxLength: 6 }).filter((texts) => texts.join() !== 'Ring-fenced');
  const eligibility = fc.record({ startsOn: day, endsOn: fc.constant('2021-01-01') });
  const terms = fc.record({
    tranches: fc.option(tranches),
    conditions: fc.option(conditions),
    eligibility: fc.option(eligibility),
  });
  fc.assert(
    fc.property(terms, (asked) => {
      expect(through('vary', varies(asked))).toEqual(varies(asked));
    }),
  );
});

test.each(['reprofile', 'move-money', 'carry-forward', 'vary', 'replan-benefits'] as const)(
  'a form of %s that is sent as it was shown asks for nothing',
  (kind) => expect(through(kind, asks({}))).toEqual(kind === 'vary' ? varies({}) : asks({})),
);

test('a day is changed by typing another, and left by typing none', () => {
  const { milestones } = reprofileFields(asks({}), FACTS, REASONS);
  const at = `content/milestones/${milestones.findIndex(({ code }) => code === 'records/go-live')}`;
  const typed = { ...dayFields(`${at}/agreedOn`, '2018-09-30'), [`${at}/delayReason`]: 'supplier' };
  const asked = [{ milestone: 'records/go-live', agreedOn: '2018-09-30', delayReason: 'supplier' }];
  expect(through('reprofile', asks({}), typed).milestones).toEqual(asked);
  expect(
    through('reprofile', asks({ milestones: asked }), dayFields(`${at}/agreedOn`, '')).milestones,
  ).toEqual([]);
});

test('other plans of benefits go to the form and back', () => {
  const value = fc.integer({ min: 0, max: 900_000_000_000 });
  const years = (stands: object[]) =>
    fc
      .uniqueArray(fc.constantFrom('2017/18', '2018/19', '2019/20', '2020/21'), { minLength: 1 })
      .chain((named) =>
        fc.tuple(...named.map((financialYear) => value.map((planned) => ({ financialYear, planned })))),
      )
      .filter((asked) => JSON.stringify(asked) !== JSON.stringify(stands));
  const plans = fc.subarray([...FACTS.benefits]).chain((some) =>
    fc.tuple(
      ...some.map(({ code, years: standing }) =>
        fc.record({
          benefit: fc.constant(code),
          years: years(standing.map(({ financialYear, planned }) => ({ financialYear, planned }))),
        }),
      ),
    ),
  );
  fc.assert(
    fc.property(plans, (asked) => {
      expect(through('replan-benefits', asks({ plans: asked })).plans).toEqual(asked);
    }),
  );
  expect(
    faultsOf('replan-benefits', asks({}), { 'content/plans/1/years/1/financialYear': 'next year' })[0],
  ).toBe('/content/plans/1/years/1/financialYear Enter a financial year of Fewer falls, such as 2018/19.');
});

test('milestones are ticked off, all of them too', () => {
  const { terms } = through('vary', asks({}), { 'content/terms/tranches/1/milestones': '' });
  expect(terms?.tranches?.[1]?.milestones).toEqual([]);
});

test('each fault names its field', () => {
  const typed = {
    title: ' ',
    'content/moves/0/from': '2017/18 capital',
    'content/moves/0/amountPence': 'some',
    'content/moves/1/to': '2018/19 revenue',
    'content/moves/1/amountPence': '0',
  };
  expect(faultsOf('move-money', asks({}), typed)).toEqual([
    '/title Enter what is asked for.',
    '/content/moves/0/to Select the line that move 1 goes to.',
    '/content/moves/0/amountPence Amount of move 1 must be an amount in pounds, such as 1,250 or 1,250.50.',
    '/content/moves/1/from Select the line that move 2 takes from.',
    '/content/moves/1/amountPence Amount of move 2 must be more than £0.',
  ]);
  const wrongDay = dayFields('content/terms/eligibility/endsOn', '2018-02-31');
  expect(faultsOf('vary', asks({}), wrongDay)).toEqual([
    '/content/terms/eligibility/endsOn Last day on which costs count must be a real date, such as 31 3 2018.',
  ]);
});

test('money goes to open years only, and a draft keeps what it names', () => {
  const { to, from, moves } = moveFields('move-money', asks({ moves: [move()] }), FACTS);
  expect(to.map(({ value }) => value)).toEqual([
    ...['', '2018/19 capital', '2018/19 revenue', '2019/20 capital', '2019/20 revenue'],
  ]);
  expect(from.map(({ value }) => value)).toContain('2017/18 capital');
  expect(moves).toHaveLength(3);
  const kept = moveFields('move-money', asks({ moves: [move('2018/19 capital', '2017/18 revenue')] }), FACTS);
  expect(kept.to.map(({ value }) => value)).toContain('2017/18 revenue');
});
