import fc from 'fast-check';
import { formatPounds } from '../../core/money.js';
import { MAX_CELL, readDay, readHeader, readPounds, readRow } from './extract-cells.rules.js';

describe('the header', () => {
  test.each([
    [
      ['date', 'reference', 'payee', 'amount'],
      [0, 1, 2, 3],
    ],
    [
      ['Amount (£)', 'Payee name', 'Sort code', 'Booking date', 'Payment reference'],
      [3, 4, 1, 0],
    ],
    [
      ['TRANSACTION DATE', 'Narrative', 'Beneficiary', 'Paid out'],
      [0, 1, 2, 3],
    ],
    // A column named outright goes before one that only could be meant.
    [
      ['Description', 'Reference', 'Date', 'Value date', 'Payee', 'Name', 'Value', 'Amount'],
      [2, 1, 4, 7],
    ],
    [
      [' date ', 'ref.', 'Paid to', 'Amount GBP', '', ''],
      [0, 1, 2, 3],
    ],
  ])('%p', (cells, [date, reference, payee, amount]) =>
    expect(readHeader(cells)).toEqual({ header: { date, reference, payee, amount } }),
  );

  test.each<[string, string[]]>([
    [
      'date',
      [
        ...['date', 'Booked on', 'Booking date', 'Payment date', 'Paid on'],
        ...['Transaction date', 'Posting date', 'Value date'],
      ],
    ],
    [
      'reference',
      [
        ...['reference', 'Payment reference', 'Ref', 'Transaction reference', 'Bank reference'],
        ...['Narrative', 'Details', 'Transaction description', 'Description'],
      ],
    ],
    [
      'payee',
      [
        ...['payee', 'Payee name', 'Paid to', 'Beneficiary', 'Beneficiary name'],
        ...['Recipient', 'Supplier', 'Name'],
      ],
    ],
    [
      'amount',
      [
        ...['amount', 'Amount GBP', 'Payment amount', 'Paid out', 'Debit', 'Debit amount'],
        ...['Value', 'Value GBP'],
      ],
    ],
  ])('the %s is found by each of the names that banks and ledgers give it', (column, names) => {
    const others = ['date', 'reference', 'payee', 'amount'].filter((each) => each !== column);
    for (const name of names)
      expect([name, readHeader([...others, name])]).toMatchObject([name, { header: { [column]: 3 } }]);
  });

  test('a column that is there twice is told by its name', () =>
    expect(readHeader(['date', 'reference', 'payee', 'amount', ' Amount '])).toMatchObject({
      faults: [{ message: 'Two columns are named "Amount". Leave one of them out.' }],
    }));

  test.each([
    [['date', 'reference', 'payee'], [['column-missing', 1]]],
    [['date;reference;payee;amount'], Array(4).fill(['column-missing', 1])],
    [['date', 'reference', 'payee', 'amount', 'Amount'], [['column-twice', 5]]],
    [
      ['date', 'date', 'payee', 'amount'],
      [
        ['column-twice', 2],
        ['column-missing', 1],
      ],
    ],
    [[], Array(4).fill(['column-missing', 1])],
  ])('%p is refused', (cells, expected) => {
    const read = readHeader(cells as string[]);
    const faults = 'faults' in read ? read.faults : [];
    expect(faults.map(({ code, column }) => [code, column])).toEqual(expected);
    expect(faults.filter(({ line, pointer }) => line !== 1 || pointer !== '/file')).toEqual([]);
  });
});

test.each([
  ['31/03/2018', '2018-03-31'],
  ['1/4/2018', '2018-04-01'],
  ['03/04/2018', '2018-04-03'],
  ['2018-03-31', '2018-03-31'],
  [' 2018-03-31 ', '2018-03-31'],
  [' 31/03/2018 ', '2018-03-31'],
  ['29/02/2016', '2016-02-29'],
  ['29/02/2018', undefined],
  ['03/31/2018', undefined],
  ['31/03/18', undefined],
  ['31.03.2018', undefined],
  ['2018/03/31', undefined],
  ['31 March 2018', undefined],
  ['43190', undefined],
  ['=TODAY()', undefined],
  ['', undefined],
])('%p is the day %p', (cell, day) => expect(readDay(cell)).toBe(day));

test.each([
  ['1250.00', 125_000],
  ['1,250.00', 125_000],
  ['£1,250.00', 125_000],
  ['£ 1,250,000.05', 125_000_005],
  ['£\u00a01,250.00', 125_000],
  [' 1250.00 ', 125_000],
  ['0.01', 1],
  ['0.00', 0],
  ['90,000,000,000.00', 9_000_000_000_000],
  ['90,000,000,000.01', undefined],
  ['999999999999.99', undefined],
  ['1250', undefined],
  ['1250.0', undefined],
  ['1250.000', undefined],
  ['1,25.00', undefined],
  ['12,50.00', undefined],
  ['1250,00', undefined],
  ['1.250,00', undefined],
  [',250.00', undefined],
  ['1250.00 GBP', undefined],
  ['$1250.00', undefined],
  ['-1250.00', undefined],
  ['(1250.00)', undefined],
  ['+1250.00', undefined],
  ['=1250.00', undefined],
  ['1e3.00', undefined],
  ['١٢٥٠.٠٠', undefined],
  ['NaN', undefined],
  ['', undefined],
])('%p is %p pence', (cell, pence) => expect(readPounds(cell)).toBe(pence));

test('every amount reads back as it is written', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (pence) => {
      const pounds = formatPounds(pence);
      const written = pounds.includes('.') ? pounds : `${pounds}.00`;
      for (const cell of [written, written.replaceAll(',', ''), written.slice(1)])
        expect(readPounds(cell)).toBe(pence);
    }),
  ));

describe('a row', () => {
  const header = { date: 0, reference: 1, payee: 2, amount: 3 };
  const days = { programmeStartsOn: '2017-04-01', today: '2018-05-15' };
  const row = ['14/05/2018', 'PAY-000012 NHSE', 'Mersey Care', '£1,250.00'];
  const read = (change: Record<number, string> = {}) => {
    const cells = row.map((cell, index) => change[index] ?? cell);
    return readRow(cells, 7, header, days);
  };

  test('is read, and what looks like a formula is text', () => {
    expect(read()).toEqual({
      row: {
        line: 7,
        bookedOn: '2018-05-14',
        reference: 'PAY-000012 NHSE',
        payee: 'Mersey Care',
        amountPence: 125_000,
      },
    });
    const formula = `=HYPERLINK("http://x","y")`;
    expect(read({ 1: formula, 2: '@SUM(A1)' })).toMatchObject({
      row: { reference: formula, payee: '@SUM(A1)' },
    });
    expect(read({ 1: '', 2: ' ' })).toMatchObject({ row: { reference: '', payee: '' } });
    expect(readRow(row.slice(0, 2), 7, header, days)).toMatchObject({ faults: [{ code: 'amount-missing' }] });
  });

  test.each<[Record<number, string>, string]>([
    [{ 0: '' }, 'The date is missing. Write it as 31/03/2018 or 2018-03-31.'],
    [{ 0: 'yesterday' }, '"yesterday" is no day. Write it as 31/03/2018 or 2018-03-31.'],
    [{ 0: 'x'.repeat(40) }, `"${'x'.repeat(40)}" is no day. Write it as 31/03/2018 or 2018-03-31.`],
    [{ 0: 'x'.repeat(41) }, `"${'x'.repeat(40)}…" is no day. Write it as 31/03/2018 or 2018-03-31.`],
    [{ 1: 'x'.repeat(501) }, 'The reference has 501 characters. Shorten it to 500 at most.'],
  ])('with %p says what to do', (change, message) =>
    expect(read(change)).toMatchObject({ faults: [{ message, pointer: '/file' }] }),
  );

  test.each<[Record<number, string>, Array<[string, number]>]>([
    [{ 0: '' }, [['date-missing', 1]]],
    [{ 0: 'yesterday' }, [['date-unreadable', 1]]],
    [{ 0: '16/05/2018' }, [['date-in-future', 1]]],
    [{ 0: '15/05/2018' }, []],
    [{ 0: '31/03/2017' }, [['date-before-programme', 1]]],
    [{ 0: '01/04/2017' }, []],
    [{ 3: '' }, [['amount-missing', 4]]],
    [{ 3: '12' }, [['amount-unreadable', 4]]],
    [{ 3: '-12.00' }, [['amount-negative', 4]]],
    [{ 3: '(12.00)' }, [['amount-negative', 4]]],
    [{ 3: '0.00' }, [['amount-zero', 4]]],
    [{ 1: 'x'.repeat(MAX_CELL) }, []],
    [{ 1: 'x'.repeat(MAX_CELL + 1) }, [['too-long', 2]]],
    [{ 2: 'Patient 943 476 5919' }, [['nhs-number', 3]]],
    [{ 2: 'a\u0000b' }, [['nul-character', 3]]],
    [
      { 0: 'x', 2: '943 476 5919', 3: 'y' },
      [
        ['date-unreadable', 1],
        ['amount-unreadable', 4],
        ['nhs-number', 3],
      ],
    ],
  ])('with %p has %p', (change, expected) => {
    const result = read(change);
    const faults = 'faults' in result ? result.faults : [];
    expect(faults.map(({ code, column }) => [code, column])).toEqual(expected);
    expect(faults.filter(({ line }) => line !== 7)).toEqual([]);
  });
});
