import { opening, piece, streamFrom } from './list-file.js';

const COLUMNS = [
  { name: 'a', kind: 'number' as const },
  { name: 'b.c', kind: 'text' as const },
];
const ROWS = [
  { a: -5, b: { c: '-5' } },
  { a: 1, b: null },
];

test('rows as CSV', () => {
  expect(opening('csv', COLUMNS, 0)).toBe('\ufeffa,b.c\r\n');
  expect(opening('csv', COLUMNS, 3)).toBe('');
  expect(piece('csv', ROWS, COLUMNS)).toBe("-5,'-5\r\n1,\r\n");
  expect(piece('csv', [], COLUMNS)).toBe('');
});

test('rows as NDJSON', () => {
  expect(opening('ndjson', COLUMNS, 0)).toBe('');
  expect(piece('ndjson', ROWS, COLUMNS)).toBe('{"a":-5,"b":{"c":"-5"}}\n{"a":1,"b":null}\n');
});

/** A reading that counts how often it is closed. */
const reading = () => ({
  closed: 0,
  close() {
    this.closed += 1;
  },
});

async function* pieces(count: number, size = 100_000): AsyncGenerator<string> {
  for (let n = 0; n < count; n += 1) yield 'x'.repeat(size);
}

test('a stream that is read to its end closes its reading then', async () => {
  const held = reading();
  let length = 0;
  for await (const each of streamFrom(held, pieces(20), 50)) {
    expect(held.closed).toBe(0);
    length += each.length;
  }
  expect([length, held.closed]).toEqual([2_000_000, 1]);
});

test('one that nobody takes anything of is cut off, and closes its reading', async () => {
  const held = reading();
  const stream = streamFrom(held, pieces(20), 50);
  const faults: Error[] = [];
  stream.on('error', (fault) => faults.push(fault));
  stream.once('readable', () => undefined);
  await new Promise((resolve) => stream.once('close', resolve));
  expect([faults[0]?.message, held.closed]).toEqual(['Nothing of the file was taken for too long', 1]);
});

test('one whose source fails passes that on, and closes its reading', async () => {
  const held = reading();
  async function* failing(): AsyncGenerator<string> {
    yield 'x';
    throw new Error('The database is away');
  }
  const read = async () => {
    for await (const _ of streamFrom(held, failing(), 50));
  };
  await expect(read()).rejects.toThrow('The database is away');
  expect(held.closed).toBe(1);
});
