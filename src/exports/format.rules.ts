/** The kinds of file that a list can be had as. */
export const FORMATS = {
  csv: { mediaType: 'text/csv', sent: 'text/csv; charset=utf-8; header=present' },
  ndjson: { mediaType: 'application/x-ndjson', sent: 'application/x-ndjson; charset=utf-8' },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    sent: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
} as const;
export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

/** The most rows of a workbook: it is made in memory, and longer lists are for other programs than Excel. */
export const MOST_XLSX_ROWS = 10_000;

export function isFormat(text: unknown): text is Format {
  return typeof text === 'string' && Object.hasOwn(FORMATS, text);
}

/**
 * The file that an `Accept` header asks for (RFC 9110, section 12.5.1); null where it wants JSON, or takes anything, at
 * least as gladly.
 */
export function acceptedFormat(accept: string | undefined): Format | null {
  if (accept === undefined) return null;
  const ranges = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((each) => each.startsWith('q='));
    return { type, quality: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });
  const quality = (...types: string[]): number =>
    Math.max(0, ...ranges.filter(({ type }) => types.includes(type)).map((range) => range.quality));
  const [best] = FORMAT_NAMES.map((format) => ({ format, quality: quality(FORMATS[format].mediaType) })).sort(
    (a, b) => b.quality - a.quality,
  );
  const json = quality('application/json', 'application/*', '*/*');
  return best && best.quality > json ? best.format : null;
}

/** The name of a list's file: the path of the list, without the version of the API. */
export function fileNameOf(path: string, format: Format): string {
  const words = path
    .split('/')
    .filter((part) => part !== '' && part !== 'v1')
    .map((part) => part.replaceAll(/[^A-Za-z0-9._-]+/g, '-'));
  return `${words.join('-').slice(0, 150)}.${format}`;
}
