/**
 * What a spreadsheet takes for a formula: `=`, `+`, `-` or `@`, in half or full width, also behind white space; and a
 * text that begins with a tab or a line break. Apostrophes before it count too, so that taking one away again gives
 * exactly the text that was. The database has the same rule in its function `defused`.
 */
const FORMULA = /^'*(?:[ \t\r\n\v\f\u00a0\u3000\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

/** A text as a cell of a CSV file: an apostrophe stands before what a spreadsheet would run. */
export function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that `defused` was given. */
export function undefused(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** A byte order mark: without it Excel reads a CSV file as Windows-1252, and pounds as nonsense. */
export const BYTE_ORDER_MARK = '\ufeff';
