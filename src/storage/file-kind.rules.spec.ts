import {
  type ArchiveEntry,
  directoryPlace,
  END_BYTES,
  entriesIn,
  harmIn,
  MOST_GROWTH,
  typeOfEntries,
  typeOfStart,
} from './file-kind.rules.js';

const entry = (name: string, unpackedBytes = 10): ArchiveEntry => ({ name, unpackedBytes });
const document = (...names: string[]) => ['[Content_Types].xml', ...names].map((name) => entry(name));
const OFFICE = 'application/vnd.openxmlformats-officedocument';

test.each<[string, string | undefined]>([
  ['%PDF-1.7', 'application/pdf'],
  [' %PDF-1.7', undefined],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['PK\x03\x04', 'application/zip'],
  ['PK\x05\x06', 'application/zip'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-cfb'],
  ['<?xml version', 'application/xml'],
  ['\xef\xbb\xbf<?xml', 'application/xml'],
  ['{\\rtf1', 'application/rtf'],
  ['MZ\x90', 'application/x-msdownload'],
  ['\x7fELF', 'application/x-elf'],
  ['GIF89a', 'image/gif'],
  ['week,users', undefined],
  ['', undefined],
])('a file that starts with %j is %p', (start, expected) =>
  expect(typeOfStart(Buffer.from(start, 'latin1'))).toBe(expected),
);

test.each<[string, ArchiveEntry[], string]>([
  ['of Word', document('word/document.xml'), `${OFFICE}.wordprocessingml.document`],
  ['of Word, saved online', document('word/document2.xml'), `${OFFICE}.wordprocessingml.document`],
  [
    'of Word, with a table of Excel in it',
    document('word/document.xml', 'word/embeddings/a.xlsx'),
    `${OFFICE}.wordprocessingml.document`,
  ],
  ['of Excel', document('xl/workbook.xml'), `${OFFICE}.spreadsheetml.sheet`],
  ['of PowerPoint', document('ppt/presentation.xml'), `${OFFICE}.presentationml.presentation`],
  ['of two kinds', document('ppt/presentation.xml', 'xl/workbook.xml'), 'application/zip'],
  ['without types', [entry('word/document.xml')], 'application/zip'],
  ['of nothing', [], 'application/zip'],
  [
    'with macros',
    document('word/document.xml', 'word/vbaProject.bin'),
    'application/vnd.ms-office.macro-enabled',
  ],
  [
    'with old macros',
    document('xl/workbook.xml', 'xl/macrosheets/a.xml'),
    'application/vnd.ms-office.macro-enabled',
  ],
])('an archive %s is known by its entries', (_, entries, expected) =>
  expect(typeOfEntries(entries)).toBe(expected),
);

test.each<[string, ArchiveEntry[], string | undefined]>([
  ['as it should be', [entry('a', 100 * MOST_GROWTH)], undefined],
  ['with one large entry', [entry('a', 100 * MOST_GROWTH + 1)], 'swells'],
  ['with many', [entry('a', 60 * MOST_GROWTH), entry('b', 60 * MOST_GROWTH)], 'swells'],
  ['that goes up', [entry('../a')], 'escapes'],
  ['that goes up within', [entry('a/../../b')], 'escapes'],
  ['that goes up as on Windows', [entry('a\\..\\b')], 'escapes'],
  ['from the root', [entry('/etc/passwd')], 'escapes'],
  ['of another drive', [entry('C:a')], 'escapes'],
  ['of which one entry goes up', [entry('a'), entry('../b')], 'escapes'],
  ['with a name that ends before it ends', [entry('a.xml\0.exe')], 'escapes'],
  ['with dots that lead nowhere', [entry('a..b/..c')], undefined],
])('an archive of 100 bytes %s: %p', (_, entries, expected) => expect(harmIn(entries, 100)).toBe(expected));

/** The end of an archive, with where it says that its directory is. */
function end(bytes: number, from: number): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\x05\x06', 'latin1');
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(from, 16);
  return record;
}

test.each<[string, Buffer, object | undefined]>([
  ['a place', end(92, 1_000), { bytes: 92, from: 1_000 }],
  [
    'a place before a comment',
    Buffer.concat([end(92, 1_000), Buffer.from('hello')]),
    { bytes: 92, from: 1_000 },
  ],
  ['a directory of 2 GB', end(0x7fffffff, 0), undefined],
  ['a place beyond 4 GB', end(92, 0xffffffff), undefined],
  ['half of its end', end(92, 1_000).subarray(0, 20), undefined],
  ['no end', Buffer.alloc(100), undefined],
])('an archive with %s', (_, bytes, expected) => expect(directoryPlace(bytes)).toEqual(expected));

/** One entry of a directory, with an extra field and a comment behind its name. */
function entryOf(name: string, unpackedBytes: number, extra = '', comment = ''): Buffer {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt32LE(unpackedBytes, 24);
  for (const [index, text] of [name, extra, comment].entries())
    record.writeUInt16LE(Buffer.byteLength(text), 28 + 2 * index);
  return Buffer.concat([record, Buffer.from(name + extra + comment)]);
}

test('a directory is read entry by entry, whatever stands behind their names', () => {
  const directory = Buffer.concat([
    entryOf('wörd/a.xml', 70_000, 'xx', 'A comment.'),
    entryOf('', 0),
    entryOf('b', 5, '', '!'),
  ]);
  expect(entriesIn(directory)).toEqual([entry('wörd/a.xml', 70_000), entry('', 0), entry('b', 5)]);
  expect(entriesIn(directory.subarray(0, -47))).toBeUndefined();
  expect(entriesIn(Buffer.alloc(0))).toEqual([]);
  expect(entriesIn(entryOf('', 0))).toEqual([entry('', 0)]);
  expect(entriesIn(entryOf('', 0).subarray(0, -1))).toBeUndefined();
});

test('a directory of 1 MiB is read, and none that is larger; its end is within 22 bytes and a comment', () => {
  expect(directoryPlace(end(1_048_576, 0))).toEqual({ from: 0, bytes: 1_048_576 });
  expect(directoryPlace(end(1_048_577, 0))).toBeUndefined();
  expect(directoryPlace(end(92, 0).subarray(0, 21))).toBeUndefined();
  expect([END_BYTES, MOST_GROWTH]).toEqual([22 + 65_535, 200]);
});

test.each([Buffer.alloc(46), Buffer.from('PK\x01\x02'), Buffer.alloc(45)])(
  'what is no directory has no entries',
  (bytes) => expect(entriesIn(bytes)).toBeUndefined(),
);
