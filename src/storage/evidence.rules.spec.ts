import { cleanFileName, contentFaults, EVIDENCE_TYPES, labelFaults, TextReader } from './evidence.rules.js';

const PDF = 'application/pdf';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const codes = (faults: Array<{ code: string }>) => faults.map((fault) => fault.code);

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
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
  [`${'x'.repeat(300)}`, 'x'.repeat(200)],
])('the file name %p is kept as %p', (given, kept) => expect(cleanFileName(given)).toBe(kept));

const LABEL = { fileName: 'minutes.pdf', declaredType: PDF, description: 'Minutes of the go-live board' };
test.each<[Partial<typeof LABEL>, string[]]>([
  [{}, []],
  [{ declaredType: '' }, []],
  [{ declaredType: 'application/octet-stream' }, []],
  [{ declaredType: 'Application/PDF; version=1.7' }, []],
  [{ fileName: 'MINUTES.PDF' }, []],
  [{ fileName: 'photo.jpeg', declaredType: 'image/jpeg' }, []],
  [{ fileName: 'spend.csv', declaredType: 'application/vnd.ms-excel' }, []],
  [{ fileName: 'spend.csv', declaredType: 'text/csv; charset=utf-8' }, []],
  [{ declaredType: 'image/png' }, ['file-type-mismatch']],
  [{ declaredType: 'text/html' }, ['file-type-mismatch']],
  [{ fileName: '' }, ['file-name-missing']],
  [{ fileName: 'minutes' }, ['file-type-not-allowed']],
  [{ fileName: 'minutes.pdf.exe' }, ['file-type-not-allowed']],
  [{ fileName: 'page.html' }, ['file-type-not-allowed']],
  [{ fileName: 'picture.svg' }, ['file-type-not-allowed']],
  [{ fileName: 'macros.docm' }, ['file-type-not-allowed']],
  [{ fileName: 'x.constructor' }, ['file-type-not-allowed']],
  [{ fileName: 'letter 943 476 5919.pdf' }, ['nhs-number']],
  [{ description: ' ' }, ['missing']],
  [{ description: 'x'.repeat(501) }, ['invalid']],
  [{ description: 'About 9434765919' }, ['nhs-number']],
  [{ description: 'half \ud800' }, ['lone-surrogate']],
  [{ fileName: 'x.exe', description: '' }, ['file-type-not-allowed', 'missing']],
])('a file with %p has the faults %p', (label, expected) =>
  expect(codes(labelFaults({ ...LABEL, ...label }))).toEqual(expected),
);

test.each<[string, string | undefined, string[]]>([
  ['a.pdf', PDF, []],
  ['a.jpeg', 'image/jpeg', []],
  ['a.docx', DOCX, []],
  ['a.csv', undefined, []],
  ['a.txt', undefined, []],
  ['a.pdf', undefined, ['file-type-mismatch']],
  ['a.pdf', 'application/x-msdownload', ['file-type-mismatch']],
  ['a.docx', 'application/zip', ['file-type-mismatch']],
  ['a.docx', 'application/vnd.ms-word.document.macroenabled.12', ['file-type-mismatch']],
  ['a.txt', PDF, ['file-type-mismatch']],
  ['a.csv', 'application/x-cfb', ['file-type-mismatch']],
])('%s whose bytes say %s has the faults %p', (fileName, detected, expected) =>
  expect(codes(contentFaults(fileName, { mediaType: detected }))).toEqual(expected),
);

test.each(['swells', 'escapes'] as const)('an archive that %s is not kept, whatever it is', (harm) =>
  expect(codes(contentFaults('a.docx', { mediaType: DOCX, harm }))).toEqual(['file-harmful']),
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
  ['a NUL', 'a\u0000b', 'nul-character'],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), 'not-utf-8'],
  ['Latin-1', new Uint8Array([0x63, 0x61, 0x66, 0xe9]), 'not-utf-8'],
  ['a character cut in half at the end', new Uint8Array([0x61, 0xc3]), 'not-utf-8'],
  ['an encoded surrogate', new Uint8Array([0xed, 0xa0, 0x80]), 'not-utf-8'],
])('%s, however it is cut into pieces', (_, content, expected) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let size = 1; size <= bytes.length; size += 1) expect(firstFault(bytes, size)).toBe(expected);
});

test('a text of nothing but digits is read in bounded memory and time', () => {
  expect(firstFault(new TextEncoder().encode('1'.repeat(2_000_000)), 65_536)).toBeUndefined();
});
