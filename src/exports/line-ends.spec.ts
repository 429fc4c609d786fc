import { withLineEnds } from './line-ends.js';

async function joined(text: string, size: number): Promise<string> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const parts: Buffer[] = [];
  for await (const part of withLineEnds(pieces())) parts.push(part);
  return Buffer.concat(parts).toString();
}

test.each([
  ['', ''],
  ['a,b\n', 'a,b\r\n'],
  ['a\nb\n', 'a\r\nb\r\n'],
  ['"a\nb",c\nd\n', '"a\nb",c\r\nd\r\n'],
  ['"a""\n""b"\n', '"a""\n""b"\r\n'],
  ['"x","y"\n"\n"\n£\n', '"x","y"\r\n"\n"\r\n£\r\n'],
])('%j is %j, however it is cut into pieces', async (text, expected) => {
  for (let size = 1; size <= Math.max(1, text.length + 1); size += 1)
    expect(await joined(text, size)).toBe(expected);
});
