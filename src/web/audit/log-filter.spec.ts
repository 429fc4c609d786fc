import { logFilterOf, numberBefore } from './log-filter.js';

const ID = '01a21404-a97e-715f-bcb7-a17bfdc590ef';

test.each([
  [{}, {}],
  [{ table: '', actor: '' }, {}],
  [
    { table: 'claim', action: 'claim.approve', trust: 'RW4' },
    { table: 'claim', action: 'claim.approve', trust: 'RW4' },
  ],
  [
    { actor: ' Amina ', subject: ID },
    { actor: 'Amina', subject: ID },
  ],
  [
    { from: '2018-03-01', to: '2018-03-31', other: 'x' },
    { from: '2018-03-01', to: '2018-03-31' },
  ],
])('%j narrows to %j', (query, filter) => expect(logFilterOf(query)).toEqual(filter));

test.each([
  [{ table: 'a table' }, 'table'],
  [{ table: ['claim', 'payment'] }, 'table'],
  [{ subject: 'CLM-000014' }, 'subject'],
  [{ trust: 'Mersey Care' }, 'trust'],
  [{ actor: 'x'.repeat(201) }, 'actor'],
  [{ actor: 'a\0' }, 'actor'],
  [{ from: '2018-02-30' }, 'from'],
  [{ to: 'yesterday' }, 'to'],
  [{ from: '2018-04-01', to: '2018-03-31' }, 'from'],
])('%j is refused', (query, pointer) =>
  expect(() => logFilterOf(query)).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({ status: 400, errors: [expect.objectContaining({ pointer })] }),
    }),
  ),
);

test.each([
  [undefined, undefined],
  ['', undefined],
  ['12', '12'],
])('?before=%s is %s', (asked, number) => expect(numberBefore(asked)).toBe(number));
test.each([['0'], ['-1'], ['1.5'], ['x'], [['1', '2']]])('?before=%j is refused', (asked) =>
  expect(() => numberBefore(asked)).toThrow(expect.objectContaining({ status: 400 })),
);
