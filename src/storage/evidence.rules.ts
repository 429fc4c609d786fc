import { extname } from 'node:path/posix';
import type { Fault } from '../core/problems.js';
import { textFault } from '../core/text.js';

/** A kind of file that evidence may be. */
export interface EvidenceType {
  mediaType: string;
  /** Other names that programs give it when they upload it. */
  alsoDeclared: readonly string[];
  /** Plain text has no magic bytes: it is read instead. */
  text: boolean;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const type = (mediaType: string, alsoDeclared: string[] = [], text = false): EvidenceType => ({
  mediaType,
  alsoDeclared,
  text,
});
const JPEG = type('image/jpeg', ['image/jpg', 'image/pjpeg']);

/** What evidence may be, by extension. */
export const EVIDENCE_TYPES: Readonly<Record<string, EvidenceType>> = {
  pdf: type('application/pdf'),
  png: type('image/png'),
  jpg: JPEG,
  jpeg: JPEG,
  docx: type(`${OFFICE}.wordprocessingml.document`),
  xlsx: type(`${OFFICE}.spreadsheetml.sheet`),
  pptx: type(`${OFFICE}.presentationml.presentation`),
  csv: type('text/csv', ['application/csv', 'application/vnd.ms-excel', 'text/plain'], true),
  txt: type('text/plain', [], true),
};

/** Longest file name that is kept, in characters. */
export const MAX_FILE_NAME = 200;
/** Longest description, in characters. */
export const MAX_DESCRIPTION = 500;

/**
 * A file's name as it is kept: without folders, control and invisible characters, or leading dots, and at most
 * `MAX_FILE_NAME` characters with its extension. Empty where nothing is left.
 */
export function cleanFileName(given: string): string {
  const name = (given.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[.\s]+/, '');
  const extension = extname(name).slice(0, 20);
  const stem = [...name.slice(0, name.length - extname(name).length)];
  return stem.slice(0, MAX_FILE_NAME - extension.length).join('') + extension;
}

/** The kind that a file's name says it is; undefined where evidence is not of that kind. */
export function typeOfName(fileName: string): EvidenceType | undefined {
  const extension = extname(fileName).slice(1).toLowerCase();
  return Object.hasOwn(EVIDENCE_TYPES, extension) ? EVIDENCE_TYPES[extension] : undefined;
}

/** What is wrong with what is said of a file before it is read: its name, declared type and description. */
export function labelFaults(label: { fileName: string; declaredType: string; description: string }): Fault[] {
  const { fileName, declaredType, description } = label;
  return [...kindFaults(fileName), ...declarationFaults(fileName, declaredType), ...wordFaults(description)];
}

/** What is wrong with the name of a file, of whatever kind it is. */
export function nameFaults(fileName: string): Fault[] {
  const fault = textFault(fileName, '/file');
  if (fault) return [{ ...fault, message: `The file's name: ${fault.message}` }];
  return fileName === ''
    ? [{ code: 'file-name-missing', message: 'The file has no name.', pointer: '/file' }]
    : [];
}

function kindFaults(fileName: string): Fault[] {
  const faults = nameFaults(fileName);
  if (faults.length > 0 || typeOfName(fileName)) return faults;
  const extensions = Object.keys(EVIDENCE_TYPES).join(', ');
  return [
    {
      code: 'file-type-not-allowed',
      message: `Evidence is a file of one of these kinds: ${extensions}. "${fileName}" is none.`,
      pointer: '/file',
    },
  ];
}

const UNDECLARED = ['', 'application/octet-stream'];

function declarationFaults(fileName: string, declaredType: string): Fault[] {
  const named = typeOfName(fileName);
  const declared = (declaredType.split(';')[0] ?? '').trim().toLowerCase();
  if (!named || UNDECLARED.includes(declared) || [named.mediaType, ...named.alsoDeclared].includes(declared))
    return [];
  return [
    {
      code: 'file-type-mismatch',
      message: `The file is declared to be ${declared}, and its name says ${named.mediaType}. Send it as what it is.`,
      pointer: '/file',
    },
  ];
}

function wordFaults(description: string): Fault[] {
  const pointer = '/description';
  if (description.trim() === '')
    return [
      {
        code: 'missing',
        message: 'description is missing: say what the file shows, before the file.',
        pointer,
      },
    ];
  if (description.length > MAX_DESCRIPTION)
    return [
      { code: 'invalid', message: `description must have at most ${MAX_DESCRIPTION} characters.`, pointer },
    ];
  const fault = textFault(description, pointer);
  return fault ? [fault] : [];
}

const HARMS: Record<'swells' | 'escapes', string> = {
  swells: 'is small, and would be far larger once it is opened',
  escapes: 'holds parts whose names lead out of it',
};

/**
 * What is wrong with a file's content, held against its name.
 * @param kind what its bytes say: the media type, undefined where they say none; and whether it would do harm
 */
export function contentFaults(
  fileName: string,
  { mediaType, harm }: { mediaType: string | undefined; harm?: 'swells' | 'escapes' | undefined },
): Fault[] {
  const named = typeOfName(fileName);
  if (harm)
    return [
      {
        code: 'file-harmful',
        message: `"${fileName}" ${HARMS[harm]}. Save it anew from the program that made it.`,
        pointer: '/file',
      },
    ];
  if (!named || (named.text ? undefined : named.mediaType) === mediaType) return [];
  return [
    {
      code: 'file-type-mismatch',
      message: `"${fileName}" should be ${named.mediaType}, and its content ${
        mediaType ? `is ${mediaType}` : 'is not'
      }. Save it again as that kind of file.`,
      pointer: '/file',
    },
  ];
}

/** Longest stretch that is kept whole between two pieces, in characters: longer than any number, id or hash. */
const LONGEST_RUN = 4096;
/** Longest number as it may be written, with what stands before it. */
const LONGEST_NUMBER = 13;
const isDigit = (character: string | undefined) => character !== undefined && /\d/.test(character);

/** Whether no number, id or hash goes on past a character: punctuation, or a space that is not between two digits. */
function endsRun(text: string, at: number): boolean {
  const character = text[at] as string;
  if (!/[\w \u00a0-]/.test(character)) return true;
  const next = text[at + 1];
  return /[ \u00a0]/.test(character) && (!isDigit(text[at - 1]) || (next !== undefined && !isDigit(next)));
}

/** Just after the last character before `from`, and no further back than a stretch is long, that fits; 0 where none does. */
function lastPlace(from: number, fits: (at: number) => boolean): number {
  for (let at = from - 1; at >= 0 && from - at <= LONGEST_RUN; at -= 1) if (fits(at)) return at + 1;
  return 0;
}

/** How far a text that goes on can be looked at, and from where it is looked at again with what comes. */
function cutOf(text: string): { until: number; again: number } {
  const until = lastPlace(text.length, (at) => endsRun(text, at));
  if (until > 0 || text.length <= LONGEST_RUN) return { until, again: until };
  // One stretch without an end: up to the last number that is over, and again from before what may be another's start.
  const isOver = (at: number) => !isDigit(text[at]);
  const over = lastPlace(text.length, isOver) || text.length;
  return { until: over, again: lastPlace(over - LONGEST_NUMBER, isOver) || over - LONGEST_NUMBER };
}

/** Reads a text piece by piece: it must be UTF-8, without NUL, and without an NHS number. */
export class TextReader {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private rest = '';

  /** What is wrong with the text so far; undefined where nothing is. */
  read(piece: Uint8Array): Fault | undefined {
    return this.look(piece, true);
  }

  /** What is wrong at its end. */
  end(): Fault | undefined {
    return this.look(new Uint8Array(), false);
  }

  private look(piece: Uint8Array, more: boolean): Fault | undefined {
    let text: string;
    try {
      text = this.rest + this.decoder.decode(piece, { stream: more });
    } catch {
      return {
        code: 'not-utf-8',
        message:
          'This is not text in UTF-8. Save it as UTF-8 ("CSV UTF-8" in Excel), or send the document itself.',
        pointer: '/file',
      };
    }
    const { until, again } = more ? cutOf(text) : { until: text.length, again: text.length };
    this.rest = text.slice(again);
    const fault = textFault(text.slice(0, until), '/file');
    return fault && { ...fault, message: `In the file: ${fault.message}` };
  }
}
