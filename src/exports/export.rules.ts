const PAGING = ['limit', 'after', 'format', 'skip'];

/** The address of a list of this API in its plainest form; null where it is another's, or says how it is to be read. */
export function listAddress(text: string): string | null {
  if (!/^\/v1\/[\x21-\x7e]*$/.test(text) || text.length > 2_000) return null;
  const { pathname, search, searchParams, hash } = new URL(text, 'http://host');
  if (!pathname.startsWith('/v1/') || hash !== '' || PAGING.some((name) => searchParams.has(name)))
    return null;
  return `${pathname}${search}`;
}

/** Bytes of a file, counted from 0, both ends included. */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * The part of a file that is asked for (RFC 9110, section 14): one range of bytes, with `If-Range` where it was sent.
 * @param etag of the file, quoted
 * @returns null for the whole: none was asked for, several were, or it is of another file than this; 'none' where the
 * file has no such part
 */
export function rangeIn(
  header: string | undefined,
  ifRange: string | undefined,
  { size, etag }: { size: number; etag: string },
): ByteRange | 'none' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '');
  if (!match || (ifRange !== undefined && ifRange !== etag)) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '')
    return Number(last) === 0 ? 'none' : { from: Math.max(0, size - Number(last)), to: size - 1 };
  if (last !== '' && Number(last) < Number(first)) return null;
  if (Number(first) >= size) return 'none';
  return { from: Number(first), to: last === '' ? size - 1 : Math.min(size - 1, Number(last)) };
}
