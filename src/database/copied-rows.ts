import pg from 'pg';

/**
 * A list that the database writes to a file by itself, which is faster by far than row by row: a statement for each
 * kind of text file. Their rows are in the list's order.
 */
export class CopiedRows {
  /** @param selects with `$1`… for values; of NDJSON it has one column, of JSON @param values texts, numbers and nulls */
  constructor(
    private readonly selects: { csv: string; ndjson: string },
    private readonly values: readonly unknown[],
  ) {}

  /** A statement for the number of rows, as `count`. */
  get counting(): { text: string; values: readonly unknown[] } {
    return { text: `select count(*) as count from (${this.selects.csv}) q`, values: this.values };
  }

  /** The statement that copies out the rows but the first `skip`, without a heading. */
  statement(format: 'csv' | 'ndjson', skip: number): string {
    const select = withLiterals(this.selects[format], this.values);
    // JSON text holds no control characters, so none of its own is taken for a delimiter or doubled as a quote.
    const how = format === 'csv' ? '' : `, delimiter e'\\x01', quote e'\\x02'`;
    return `copy (${select}${skip > 0 ? ` offset ${skip}` : ''}) to stdout (format csv, encoding 'utf-8'${how})`;
  }
}

/** A statement with its values in it: `copy` takes no parameters. @throws TypeError where a value is of another kind */
export function withLiterals(text: string, values: readonly unknown[]): string {
  return text.replaceAll(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1]));
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && !value.includes('\0')) return pg.escapeLiteral(value);
  throw new TypeError('A value of a copied statement is a text, a number or null');
}
