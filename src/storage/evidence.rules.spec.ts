import fc from 'fast-check';
import type { Fault } from '../core/problems.js';
import { textFault } from '../core/text.js';
import { cleanFileName, contentFaults, EVIDENCE_TYPES, labelFaults, TextReader } from './evidence.rules.js';

const PDF = 'application/pdf';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const codes = (faults: Fault[]) => faults.map(({ code, pointer }) => `${code} at ${pointer}`);

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['C:\\Users\\amina\\minutes.docx', 'minutes.docx'],
  ['..\\..\\x.csv', 'x.csv'],
  ['/', ''],
  ['..', ''],
  ['.htaccess', 'htaccess'],
  ['a\u0000b\r\nc\u007f.pdf', 'abc.pdf'],
  ['fdp\u202e.exe.pdf', 'fdp.exe.pdf'],
  ['  go   live \t minutes .pdf', 'go live minutes .pdf'],
  ['cafe\u0301.png', 'caf\u00e9.png'],
  ['minutes.pdf ', 'minutes.pdf'],
  [`a.${'y'.repeat(30)}`, `a.${'y'.repeat(19)}`],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
  [`${'x'.repeat(300)}`, 'x'.repeat(200)],
])('the file name %p is kept as %p', (given, kept) => expect(cleanFileName(given)).toBe(kept));

const LABEL = { fileName: 'minutes.pdf', declaredType: PDF, description: 'Minutes of the go-live board' };
test.each<[Partial<typeof LABEL>, string[]]>([
  [{}, []],
  [{ declaredType: '' }, []],
  [{ declaredType: 'application/octet-stream' }, []],
  [{ declaredType: 'Application/PDF; version=1.7' }, []],
  [{ declaredType: ' application/pdf ; version=1.7' }, []],
  [{ fileName: 'MINUTES.PDF' }, []],
  [{ description: 'x'.repeat(500) }, []],
  [{ fileName: 'spend.csv', declaredType: 'text/csv; charset=utf-8' }, []],
  [{ declaredType: 'image/png' }, ['file-type-mismatch at /file']],
  [{ declaredType: 'text/html' }, ['file-type-mismatch at /file']],
  [{ fileName: '' }, ['file-name-missing at /file']],
  [{ fileName: 'minutes' }, ['file-type-not-allowed at /file']],
  [{ fileName: 'minutes.pdf.exe' }, ['file-type-not-allowed at /file']],
  [{ fileName: 'page.html' }, ['file-type-not-allowed at /file']],
  [{ fileName: 'picture.svg' }, ['file-type-not-allowed at /file']],
  [{ fileName: 'macros.docm' }, ['file-type-not-allowed at /file']],
  [{ fileName: 'x.constructor' }, ['file-type-not-allowed at /file']],
  [{ fileName: 'letter 943 476 5919.pdf' }, ['nhs-number at /file']],
  [{ description: ' ' }, ['missing at /description']],
  [{ description: 'x'.repeat(501) }, ['invalid at /description']],
  [{ description: 'About 9434765919' }, ['nhs-number at /description']],
  [{ description: 'half \ud800' }, ['lone-surrogate at /description']],
  [{ fileName: 'x.exe', description: '' }, ['file-type-not-allowed at /file', 'missing at /description']],
])('a file with %p has the faults %p', (label, expected) =>
  expect(codes(labelFaults({ ...LABEL, ...label }))).toEqual(expected),
);

const OFFICE = 'application/vnd.openxmlformats-officedocument';
test.each([
  ['pdf', PDF, [PDF]],
  ['png', 'image/png', ['image/png']],
  ['jpg', 'image/jpeg', ['image/jpeg', 'image/jpg', 'image/pjpeg']],
  ['jpeg', 'image/jpeg', ['image/jpeg', 'image/jpg', 'image/pjpeg']],
  ['docx', DOCX, [DOCX]],
  ['xlsx', `${OFFICE}.spreadsheetml.sheet`, [`${OFFICE}.spreadsheetml.sheet`]],
  ['pptx', `${OFFICE}.presentationml.presentation`, [`${OFFICE}.presentationml.presentation`]],
  ['csv', 'text/csv', ['text/csv', 'application/csv', 'application/vnd.ms-excel', 'text/plain']],
  ['txt', 'text/plain', ['text/plain']],
])('a file .%s is served as %s, and may be declared as any of %j', (extension, served, declared) => {
  const fileName = `a.${extension}`;
  expect(EVIDENCE_TYPES[extension]?.mediaType).toBe(served);
  for (const declaredType of declared) expect(labelFaults({ ...LABEL, fileName, declaredType })).toEqual([]);
});

test.each<[string, string | undefined, string[]]>([
  ['a.pdf', PDF, []],
  ['a.jpeg', 'image/jpeg', []],
  ['a.docx', DOCX, []],
  ['a.csv', undefined, []],
  ['a.txt', undefined, []],
  ['a.pdf', undefined, ['file-type-mismatch at /file']],
  ['a.pdf', 'application/x-msdownload', ['file-type-mismatch at /file']],
  ['a.docx', 'application/zip', ['file-type-mismatch at /file']],
  ['a.docx', 'application/vnd.ms-word.document.macroenabled.12', ['file-type-mismatch at /file']],
  ['a.txt', PDF, ['file-type-mismatch at /file']],
  ['a.csv', 'application/x-cfb', ['file-type-mismatch at /file']],
])('%s whose bytes say %s has the faults %p', (fileName, detected, expected) =>
  expect(codes(contentFaults(fileName, { mediaType: detected }))).toEqual(expected),
);

test.each<[Fault[], string]>([
  [
    contentFaults('a.pdf', { mediaType: 'image/png' }),
    '"a.pdf" should be application/pdf, and its content is image/png. Save it again as that kind of file.',
  ],
  [
    contentFaults('a.pdf', { mediaType: undefined }),
    '"a.pdf" should be application/pdf, and its content is not. Save it again as that kind of file.',
  ],
  [labelFaults({ ...LABEL, fileName: '943 476 5919.pdf' }), "The file's name: "],
  [[new TextReader().read(Buffer.from('a\0')) as Fault], 'In the file: '],
])('%#: the words say what is wrong, and where', ([fault], words) =>
  expect(fault?.message.startsWith(words)).toBe(true),
);

test.each(['swells', 'escapes'] as const)('an archive that %s is not kept, whatever it is', (harm) =>
  expect(codes(contentFaults('a.docx', { mediaType: DOCX, harm }))).toEqual(['file-harmful at /file']),
);

test('no two kinds are served as the same but JPEG', () => {
  const kinds = Object.entries(EVIDENCE_TYPES).filter(([extension]) => extension !== 'jpeg');
  expect(new Set(kinds.map(([, { mediaType }]) => mediaType)).size).toBe(kinds.length);
});

/** The first fault when a text is read in pieces of a size. */
function firstFault(bytes: Uint8Array, size: number): string | undefined {
  const reader = new TextReader();
  for (let at = 0; at < bytes.length; at += size) {
    const fault = reader.read(bytes.subarray(at, at + size));
    if (fault) return fault.code;
  }
  return reader.end()?.code;
}

test.each<[string, string | Uint8Array, string | undefined]>([
  ['plain text', 'line,grant\nrevenue,12500000\n', undefined],
  ['text beyond ASCII', '\ufeffPounds: £, €, 😀\n', undefined],
  ['an NHS number', 'seen: 943 476 5919 today', 'nhs-number'],
  ['an NHS number at the end', 'seen: 9434765919', 'nhs-number'],
  ['a longer number that holds one', 'reference 94347659190 only', undefined],
  ['a longer number at the end', 'reference 19434765919', undefined],
  ['a hash with ten digits that would do', `sha256 9434765919${'a'.repeat(54)} of it`, undefined],
  ['an id with ten digits that would do', 'id 0198f3a1-7c11-7abc-8def-ab9434765919, kept', undefined],
  ['a NUL', 'a\u0000b', 'nul-character'],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), 'not-utf-8'],
  ['Latin-1', new Uint8Array([0x63, 0x61, 0x66, 0xe9]), 'not-utf-8'],
  ['a character cut in half at the end', new Uint8Array([0x61, 0xc3]), 'not-utf-8'],
  ['an encoded surrogate', new Uint8Array([0xed, 0xa0, 0x80]), 'not-utf-8'],
])('%s, however it is cut into pieces', (_, content, expected) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let size = 1; size <= bytes.length; size += 1) expect(firstFault(bytes, size)).toBe(expected);
});

test.each([
  ['a NUL', 'a\0', 'nul-character'],
  ['an octet that is no character', Buffer.from([0x63, 0xe9, 0x63]), 'not-utf-8'],
])('%s is in the file, and what was read is not looked at again', (_, piece, code) => {
  const reader = new TextReader();
  expect(reader.read(Buffer.from(piece as string))).toMatchObject({ code, pointer: '/file' });
  expect(reader.read(Buffer.from('more'))).toBeUndefined();
});

test('a number that is cut in two after a long text is found', () =>
  expect(firstFault(Buffer.from(`${'x'.repeat(5_000)} 943 476 5919`), 5_006)).toBe('nhs-number'));

/** Texts that go on without punctuation for longer than a reader holds, with numbers, almost numbers and ids among it. */
const LONG_TEXT = fc
  .array(
    fc.oneof(
      fc.constantFrom('943 476 5919', '9434765919', '94347659190', '943-476-591', '7', ' ', '-', 'a', ', '),
      fc.constantFrom(`;9434765919${'a'.repeat(54)};`, ';0198f3a1-7c11-7abc-8def-ab9434765919;'),
      fc
        .tuple(fc.constantFrom('1', '12 ', '3-', 'ward ', 'x'), fc.integer({ min: 1, max: 3_000 }))
        .map(([part, times]) => part.repeat(times)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
test('a text read in pieces has the fault that it has as a whole', () =>
  fc.assert(
    fc.property(LONG_TEXT, fc.integer({ min: 37, max: 9_000 }), (text, size) =>
      expect(firstFault(new TextEncoder().encode(text), size)).toBe(textFault(text, '/file')?.code),
    ),
    { numRuns: 300 },
  ));

test('a text of nothing but digits is read in bounded memory and time', () => {
  expect(firstFault(new TextEncoder().encode('1'.repeat(2_000_000)), 65_536)).toBeUndefined();
});
