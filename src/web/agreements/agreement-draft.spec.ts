import type { Problem } from '../../core/problems.js';
import { Form, type Typed } from '../page/form.js';
import { typedDraft } from './agreement-draft.js';

const TYPED: Typed = {
  reference: ' AGR/1 ',
  'parties/funder': 'NHS England',
  'parties/recipient': 'Mersey Care',
  conditions: 'One.\r\n\r\n  Two.  ',
  matchTypes: ['cash', 'in-kind'],
  categories: 'hardware',
  'tranches/0/number': '1',
  'tranches/0/name': 'On signature',
  'tranches/0/basis': 'advance',
  'tranches/0/plannedOn-day': '30',
  'tranches/0/plannedOn-month': '6',
  'tranches/0/plannedOn-year': '2017',
  'tranches/0/grantPence': '1,000,000',
  'tranches/1/number': '2',
  'tranches/1/name': 'Never',
  'tranches/1/basis': 'delivery',
  'tranches/1/leaveOut': 'yes',
  'tranches/2/number': '',
  'tranches/2/name': '',
  'tranches/2/basis': 'delivery',
  'tranches/2/grantPence': '',
};

/** What is wrong with a form, by its fields. */
function faultsOf(typed: Typed, hasCategories = true): Record<string, string> {
  try {
    typedDraft(new Form(typed), hasCategories);
    return {};
  } catch (error) {
    const { errors = [] } = (error as Problem).details;
    return Object.fromEntries(errors.map(({ pointer, message }) => [pointer, message]));
  }
}

test('a draft is read as it was typed; tranches that are left out or empty are none', () =>
  expect(typedDraft(new Form(TYPED), true)).toEqual({
    reference: 'AGR/1',
    parties: { funder: 'NHS England', recipient: 'Mersey Care' },
    conditions: ['One.', 'Two.'],
    matchTypes: ['cash', 'in-kind'],
    categories: ['hardware'],
    tranches: [
      {
        number: 1,
        name: 'On signature',
        basis: 'advance',
        plannedOn: '2017-06-30',
        grantPence: 100_000_000,
        milestones: [],
      },
    ],
  }));

test.each<[string, Typed, Record<string, string>]>([
  ['what is missing', { reference: '' }, { '/reference': 'Enter the reference.' }],
  [
    'no type of match, and no category',
    { matchTypes: [], categories: [] },
    {
      '/matchTypes': 'Select at least one type of match.',
      '/categories': 'Select at least one category of cost.',
    },
  ],
  [
    'a tranche that was begun and not finished',
    { 'tranches/2/name': 'On go-live' },
    {
      '/tranches/2/number': 'Enter the number of tranche 2.',
      '/tranches/2/plannedOn': 'Enter the planned date of tranche 2.',
      '/tranches/2/grantPence': 'Enter the grant of tranche 2.',
    },
  ],
  [
    'a tranche of nothing',
    { 'tranches/0/grantPence': '0' },
    { '/tranches/0/grantPence': 'Grant of tranche 1 must be more than £0.' },
  ],
  [
    'a condition that is too long',
    { conditions: 'x'.repeat(2_001) },
    { '/conditions': 'Each condition must be 2,000 characters or fewer.' },
  ],
  [
    'too many conditions',
    { conditions: 'x\n'.repeat(101) },
    { '/conditions': 'There can be 100 conditions at most.' },
  ],
])('a draft says beside the field: %s', (_, changed, expected) =>
  expect(faultsOf({ ...TYPED, ...changed })).toEqual(expected),
);

test('a programme without categories asks for none', () =>
  expect(faultsOf({ ...TYPED, categories: [] }, false)).toEqual({}));
