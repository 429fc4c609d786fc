/** An entry of a ZIP archive, as its directory has it. */
export interface ArchiveEntry {
  name: string;
  /** How large it says that it is once it is unpacked, in bytes. */
  unpackedBytes: number;
}

/** Where the directory of an archive is, in bytes from its start. */
export interface DirectoryPlace {
  from: number;
  bytes: number;
}

/** The end of a ZIP archive that holds where its directory is: 22 bytes and a comment (APPNOTE 6.3.10, section 4.3.16). */
export const END_BYTES = 22 + 0xffff;
/** The largest directory that is read; one of a document has a few hundred entries of about 100 bytes. */
const MAX_DIRECTORY_BYTES = 1024 * 1024;

/** The media type of an archive that no document of ours is. */
export const ARCHIVE = 'application/zip';
const MACROS = 'application/vnd.ms-office.macro-enabled';

const MAGIC: ReadonlyArray<readonly [string, string]> = [
  ['%PDF-', 'application/pdf'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['PK\x03\x04', ARCHIVE],
  ['PK\x05\x06', ARCHIVE],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-cfb'],
  ['{\\rtf', 'application/rtf'],
  ['<?xml', 'application/xml'],
  ['GIF8', 'image/gif'],
  ['MZ', 'application/x-msdownload'],
  ['\x7fELF', 'application/x-elf'],
];

/** The media type that the first bytes of a file say; undefined where they say none that is known here. */
export function typeOfStart(start: Buffer): string | undefined {
  const text = start.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  return MAGIC.find(([magic]) => text.startsWith(magic))?.[1];
}

/** Where an archive's directory is, by its last bytes; undefined where it says no place, or one that is too large. */
export function directoryPlace(end: Buffer): DirectoryPlace | undefined {
  const at = end.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (at < 0 || at + 22 > end.length) return undefined;
  const [bytes, from] = [end.readUInt32LE(at + 12), end.readUInt32LE(at + 16)];
  return bytes > MAX_DIRECTORY_BYTES || from === 0xffffffff ? undefined : { from, bytes };
}

/** The entries of an archive's directory; undefined where it is none. Nothing is unpacked for it. */
export function entriesIn(directory: Buffer): ArchiveEntry[] | undefined {
  const entries: ArchiveEntry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + name),
      unpackedBytes: directory.readUInt32LE(at + 24),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const MAIN_PARTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^word\/document\d*\.xml$/, `${OFFICE}.wordprocessingml.document`],
  [/^xl\/workbook\d*\.xml$/, `${OFFICE}.spreadsheetml.sheet`],
  [/^ppt\/presentation\d*\.xml$/, `${OFFICE}.presentationml.presentation`],
];

/** The media type of an archive with these entries: a document by its main part, unless it brings programs along. */
export function typeOfEntries(entries: readonly ArchiveEntry[]): string {
  const names = entries.map(({ name }) => name);
  if (names.some((name) => /(vbaProject\.bin$|(^|\/)macrosheets\/)/i.test(name))) return MACROS;
  if (!names.includes('[Content_Types].xml')) return ARCHIVE;
  const found = MAIN_PARTS.filter(([part]) => names.some((name) => part.test(name)));
  return found.length === 1 ? (found[0]?.[1] as string) : ARCHIVE;
}

/** How much larger an archive may grow when it is unpacked; a table of numbers grows about twentyfold. */
export const MOST_GROWTH = 200;

/**
 * What would harm whoever unpacks an archive: `swells` far beyond its size, or `escapes` its folder by a name.
 * Undefined where nothing would.
 */
export function harmIn(
  entries: readonly ArchiveEntry[],
  sizeBytes: number,
): 'swells' | 'escapes' | undefined {
  if (entries.some(({ name }) => /^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)/i.test(name) || name.includes('\0')))
    return 'escapes';
  const unpacked = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  return unpacked > sizeBytes * MOST_GROWTH ? 'swells' : undefined;
}
