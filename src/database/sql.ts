/** What a query needs: one statement with its parameters, answered by plain rows. */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
}

/** What a read scope gives: besides what stands at its own moment, what stood before. */
export interface ReadSql extends Sql {
  /** Whose rows alone are seen; null: all. */
  readonly trustId: string | null;
  /**
   * Answers from what stood at an entry of the log, in the same transaction: of tables that the log records. The days
   * and instants that a statement is given are its own.
   * @param number of an entry that the past was brought up to, at or before the reading's own moment
   */
  asAt(number: number): Sql;
}

/** The one row that a query must find, or undefined. */
export async function firstRow<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[],
): Promise<Row | undefined> {
  return (await sql.query<Row>(text, values))[0];
}

/**
 * The conditions of an optional filter, each ready to follow a `where`: `?` stands for the value, or for the values of
 * a list in turn, which are added to `values`. A condition whose value is null or undefined is left out, instead of being written as
 * `$4 is null or …`: that would be one statement with one plan for every case, and the plan would read the whole table.
 */
export function given(values: unknown[], conditions: Readonly<Record<string, unknown>>): string {
  return Object.entries(conditions)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([condition, value]) => {
      const [...own] = Array.isArray(value) ? value : [value];
      return ` and ${condition.replaceAll('?', () => `$${values.push(own.shift())}`)}`;
    })
    .join('');
}
