import { Problem } from '../../core/problems.js';
import { MAX_EXTRACT_LINES } from './extract.rules.js';
import { readExtract } from './extract-file.js';

const DAYS = { programmeStartsOn: '2017-04-01', today: '2018-05-15' };
const HEAD = 'date,reference,payee,amount';
const read = (text: string | Buffer) => readExtract(Buffer.from(text as string), DAYS);

/** The faults of a file that is refused, as code, line and column. */
function faults(file: string | Buffer): Array<[string, number | undefined, number | undefined]> {
  try {
    read(file);
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).status).toBe(422);
    return ((error as Problem).details.errors ?? []).map(({ code, line, column }) => [code, line, column]);
  }
  throw new Error('It was taken');
}

test.each([
  ['line feeds', `${HEAD}\n14/05/2018,PAY-000001,Mersey Care,5.00\n`],
  ['carriage returns and line feeds', `${HEAD}\r\n14/05/2018,PAY-000001,Mersey Care,5.00\r\n`],
  ['carriage returns', `${HEAD}\r14/05/2018,PAY-000001,Mersey Care,5.00`],
  ['a byte order mark', `\ufeff${HEAD}\n14/05/2018,PAY-000001,Mersey Care,5.00`],
  [
    'everything quoted',
    `"date","reference","payee","amount"\r\n"14/05/2018","PAY-000001","Mersey Care","5.00"`,
  ],
  ['other columns beside', `Account,${HEAD},Balance\nA,2018-05-14,PAY-000001,Mersey Care,5.00,"1,000.00"`],
  ['empty rows at its end', `${HEAD}\n14/05/2018,PAY-000001,Mersey Care,5.00\n\n,,,\n  ,,,\n`],
])('with %s', (_, text) => {
  expect(read(text)).toEqual([
    { line: 2, bookedOn: '2018-05-14', reference: 'PAY-000001', payee: 'Mersey Care', amountPence: 500 },
  ]);
});

test('what is in quotes is text: commas, line breaks, doubled marks and formulas; lines count on', () => {
  const text = [
    HEAD,
    '14/05/2018,"PAY-000001',
    'second ""line""","=cmd|\'/c calc\'!A1","1,250.00"',
    '',
    '14/05/2018,-2+3,+44,2.00',
    '',
  ].join('\r\n');
  expect(read(text)).toEqual([
    {
      line: 2,
      bookedOn: '2018-05-14',
      reference: 'PAY-000001\r\nsecond "line"',
      payee: "=cmd|'/c calc'!A1",
      amountPence: 125_000,
    },
    { line: 5, bookedOn: '2018-05-14', reference: '-2+3', payee: '+44', amountPence: 200 },
  ]);
});

test.each<[string, string | Buffer, Array<[string, number | undefined, number | undefined]>]>([
  ['no header', '14/05/2018,PAY-000001,Mersey Care,5.00\n', Array(4).fill(['column-missing', 1, 1])],
  ['nothing below its header', `${HEAD}\n`, [['no-lines', 1, undefined]]],
  ['nothing below its header but empty rows', `${HEAD}\n\n,,,\n`, [['no-lines', 1, undefined]]],
  ['nothing but a byte order mark', '\ufeff', [['header-missing', 1, undefined]]],
  [
    'bad lines between good ones',
    `${HEAD}\n14/05/2018,A,B,5.00\n14/05/2019,A,B,5\n14/05/2018,"A\nB",B,5.00\n,,B,5.00\n`,
    [
      ['date-in-future', 3, 1],
      ['amount-unreadable', 3, 4],
      ['date-missing', 6, 1],
    ],
  ],
  ['too few cells', `${HEAD}\n14/05/2018,A\n`, [['amount-missing', 2, 4]]],
  [
    'a quotation mark that is never closed',
    `${HEAD}\n14/05/2018,A,B,5.00\n14/05/2018,"A,B,5.00\n`,
    [['not-csv', 3, 2]],
  ],
  ['text after a closing mark', `${HEAD}\n14/05/2018,"A"x,B,5.00\n`, [['not-csv', 2, 2]]],
  ['a mark within a cell', `${HEAD}\n14/05/2018,5" pipe,B,5.00\n`, [['not-csv', 2, 2]]],
  [
    'pounds in Windows-1252',
    Buffer.from(`${HEAD}\n14/05/2018,A,B,5.00\n14/05/2018,A,B,£5.00\n`, 'latin1'),
    [['not-utf-8', 3, undefined]],
  ],
  ['UTF-16', Buffer.from(`\ufeff${HEAD}\n14/05/2018,A,B,5.00\n`, 'utf16le'), [['not-utf-8', 1, undefined]]],
  ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe]), [['not-utf-8', 1, undefined]]],
  ['a row without an end', `${HEAD}\n14/05/2018,${'x'.repeat(20_000)},B,5.00\n`, [['row-too-long', 2, 2]]],
  [
    'a line too many',
    `${HEAD}\n${'14/05/2018,A,B,5.00\n'.repeat(MAX_EXTRACT_LINES + 1)}`,
    [['too-many-lines', MAX_EXTRACT_LINES + 2, undefined]],
  ],
])('%s is refused, and where is said', (_, file, expected) => expect(faults(file)).toEqual(expected));

test('as many lines as there may be are taken, and of many faults the first are named', () => {
  expect(read(`${HEAD}\n${'14/05/2018,A,B,5.00\n'.repeat(MAX_EXTRACT_LINES)}`)).toHaveLength(
    MAX_EXTRACT_LINES,
  );
  const bad = `${HEAD}\n${'14/05/2018,A,B,x\n'.repeat(80)}`;
  expect(faults(bad)).toHaveLength(50);
  expect(() => read(bad)).toThrow(
    '80 lines of this extract are not right; nothing was stored. The first 50 of 80 faults are named.',
  );
});
