import fc from 'fast-check';
import { type Accepted, type AcceptedGrant, isIllustrative } from '../../src/open-data/grant.rules.js';
import type { GrantPackage } from '../../src/open-data/grant.types.js';
import { grantsOf, type Publisher, packageOf } from '../../src/open-data/package.rules.js';

/** A grant of Mersey Care, of £5 and a penny: £3 capital, £2.01 revenue; £4.50 paid, 50p of it recovered. */
export const MERSEY: AcceptedGrant = {
  programme: { slug: 'exemplars', name: 'Exemplars', description: 'Seven trusts.', illustrative: false },
  funder: { odsCode: 'X24', name: 'NHS England' },
  awardee: { odsCode: 'RW4', name: 'Mersey Care' },
  recipient: { odsCode: 'RW4', name: 'Mersey Care' },
  nameThen: null,
  reference: 'AGR/RW4/1',
  illustrative: false,
  awardedOn: '2017-05-23',
  activatedOn: '2017-06-01',
  endedOn: null,
  window: { startsOn: '2017-04-01', endsOn: '2020-03-31' },
  matchRatio: { matchPence: 1, perGrantPence: 2 },
  lines: [
    { financialYear: '2017/18', kind: 'capital', grantPence: 300, matchPence: 150 },
    { financialYear: '2018/19', kind: 'revenue', grantPence: 201, matchPence: 101 },
  ],
  payments: [
    { reference: 'PAY-2', on: '2018-01-31', amountPence: 150, recipient: 'RW4', illustrative: false },
    { reference: 'PAY-1', on: '2017-07-14', amountPence: 300, recipient: 'RW4', illustrative: false },
  ],
  recoveries: [
    {
      ...{ reference: 'REC-1', on: '2018-03-01', amountPence: 50, recipient: 'RW4', illustrative: false },
      ...{ cause: 'overpaid', payment: 'PAY-1' },
    },
  ],
  match: [{ financialYear: '2017/18', kind: 'capital', acceptedPence: 99 }],
  changedAt: '2018-03-01T12:00:00.123456+00:00',
};

const LARGE = 9_000_000_000_000;
const pence = fc.integer({ min: 1, max: LARGE / 100 });
const day = fc
  .integer({ min: 0, max: 3_000 })
  .map((days) => new Date(Date.UTC(2017, 3, 1 + days)).toISOString().slice(0, 10));
const ods = fc.stringMatching(/^[A-Z0-9]{3,5}$/);
const body = fc.record({ odsCode: ods, name: fc.string({ minLength: 1, maxLength: 200 }) });
const kind = fc.constantFrom('capital' as const, 'revenue' as const);
const year = fc.integer({ min: 2017, max: 2024 }).map((from) => `${from}/${String(from + 1).slice(2)}`);
const moved = {
  reference: fc.uuid(),
  on: day,
  amountPence: pence,
  recipient: ods,
  illustrative: fc.boolean(),
};

const grant: fc.Arbitrary<AcceptedGrant> = fc.record({
  programme: fc.record({
    slug: fc.constantFrom('exemplars', 'rural-broadband'),
    name: fc.string({ minLength: 1, maxLength: 200 }),
    description: fc.string(),
    illustrative: fc.boolean(),
  }),
  funder: body,
  awardee: body,
  recipient: body,
  nameThen: fc.option(fc.string({ minLength: 1 })),
  reference: fc.string({ minLength: 1 }),
  illustrative: fc.boolean(),
  awardedOn: day,
  activatedOn: day,
  endedOn: fc.option(day),
  window: fc.record({ startsOn: day, endsOn: day }),
  matchRatio: fc.record({
    matchPence: fc.integer({ min: 0, max: 500 }),
    perGrantPence: fc.integer({ min: 1, max: 500 }),
  }),
  lines: fc.array(fc.record({ financialYear: year, kind, grantPence: pence, matchPence: pence }), {
    minLength: 1,
    maxLength: 8,
  }),
  payments: fc.array(fc.record(moved), { maxLength: 8 }),
  recoveries: fc.array(
    fc.record({ ...moved, cause: fc.constantFrom('ineligible', 'overpaid'), payment: fc.uuid() }),
    { maxLength: 4 },
  ),
  match: fc.uniqueArray(fc.record({ financialYear: year, kind, acceptedPence: pence }), {
    maxLength: 4,
    selector: (each) => `${each.financialYear} ${each.kind}`,
  }),
  changedAt: fc
    .date({ min: new Date(0), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
});

/** Grants of random programmes; each of another awardee. */
export const acceptedGrantsOf: fc.Arbitrary<AcceptedGrant[]> = fc.uniqueArray(grant, {
  minLength: 1,
  maxLength: 6,
  selector: ({ programme, awardee }) => `${programme.slug} ${awardee.odsCode}`,
});

/** What grants are, taken together, as the database says it of those that it has. */
function together(rows: readonly AcceptedGrant[]): Accepted {
  const bodies = new Map(rows.map(({ funder }) => [funder.odsCode, funder]));
  const programmes = new Map(rows.map(({ programme: { slug, name } }) => [slug, { slug, name }]));
  const changes = rows.map(({ changedAt }) => changedAt);
  return {
    programmes: [...programmes.values()],
    funders: [...bodies.values()],
    inAll: rows.length,
    madeUp: rows.filter(isIllustrative).length,
    changedAt: changes.reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b)),
  };
}

/** The package of grants, with the grants in it. */
export const packageWith = (
  rows: readonly AcceptedGrant[],
  slug: string | null,
  publisher: Publisher,
): GrantPackage => ({
  ...packageOf(together(rows), slug, publisher),
  grants: grantsOf(rows, publisher),
});
