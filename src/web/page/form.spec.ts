import fc from 'fast-check';
import { formatPounds } from '../../core/money.js';
import type { Problem } from '../../core/problems.js';
import { Form } from './form.js';

test.each([
  ['1250', 125_000],
  ['£1,250.50', 125_050],
  [' 1250.5 ', 125_050],
  ['0', 0],
])('%p pounds are %i pence', (text, pence) => {
  const form = new Form({ amount: text });
  expect(form.pounds('amount', { label: 'Amount' })).toBe(pence);
  expect(form.faults).toEqual([]);
});

test.each([
  ['', 'Enter the amount.'],
  ['12,50', 'Amount must be an amount in pounds, such as 1,250 or 1,250.50.'],
  ['1.234', 'Amount must be an amount in pounds, such as 1,250 or 1,250.50.'],
  ['-5', 'Amount must be £0 or more.'],
  ['9999999999999999999', 'Amount is too large.'],
])('%p is no amount: %s', (text, message) => {
  const form = new Form({ amount: text });
  form.pounds('amount', { label: 'Amount' });
  expect(form.faults).toEqual([{ code: 'not-a-number', message, pointer: '/amount' }]);
});

test('every amount reads back as it is written', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (pence) => {
      expect(new Form({ a: formatPounds(pence) }).pounds('a', { label: 'A' })).toBe(pence);
    }),
  ));

test.each([
  [['31', '3', '2018'], '2018-03-31', []],
  [['1', '12', '2018'], '2018-12-01', []],
  [['30', '2', '2018'], null, ['not-a-day']],
  [['', '2', '2018'], null, ['not-a-day']],
  [['', '', ''], null, ['missing']],
])('the day %p is %p', ([day, month, year], on, codes) => {
  const form = new Form({ 'on-day': day as string, 'on-month': month as string, 'on-year': year as string });
  expect(form.day('on', { label: 'Date' })).toBe(on);
  expect(form.faults.map(({ code }) => code)).toEqual(codes);
});

test('all faults are said at once, each with its place', () => {
  const form = new Form({
    'risks/0/title': ' ',
    'risks/2/title': 'x'.repeat(11),
    kind: 'other',
    part: ['a', 'b'],
  });
  expect(form.lines('risks')).toBe(3);
  form.text('risks/0/title', { label: 'Title' });
  form.text('risks/2/title', { label: 'Title', max: 10 });
  form.choice('kind', { label: 'Kind', of: ['capital', 'revenue'] });
  form.whole('count', { label: 'NHS count' });
  expect(form.ticked('part')).toEqual(['a', 'b']);
  expect(form.textOrNull('nothing', { label: 'Nothing' })).toBeNull();
  let thrown: Problem | undefined;
  try {
    form.check();
  } catch (error) {
    thrown = error as Problem;
  }
  expect(thrown?.details).toMatchObject({
    status: 400,
    errors: [
      { pointer: '/risks/0/title', message: 'Enter the title.' },
      { pointer: '/risks/2/title', message: 'Title must be 10 characters or fewer.' },
      { pointer: '/kind', message: 'Select the kind.' },
      { pointer: '/count', message: 'Enter the NHS count.' },
    ],
  });
});

test.each([
  ['3', 3],
  ['', null],
  ['x', null],
])('the revision %p is %p', (text, revision) =>
  expect(new Form({ _revision: text }).revision).toBe(revision),
);

test.each([
  ['Reason', 'Enter the reason.'],
  ['NHS count', 'Enter the NHS count.'],
  ['The reason', 'Enter the reason.'],
  ['A rating', 'Enter a rating.'],
  ['What it is for', 'Enter what it is for.'],
  ['Your answer', 'Enter your answer.'],
  ['Capital or revenue', 'Enter capital or revenue.'],
  ['Condition 2', 'Enter condition 2.'],
  ['Reason for line 2', 'Enter the reason for line 2.'],
])('an empty field called %s says: %s', (label, said) => {
  const form = new Form({});
  form.text('a', { label });
  expect(form.faults.map(({ message }) => message)).toEqual([said]);
});
