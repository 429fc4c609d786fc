/** What a query needs: one statement with its parameters, answered by plain rows. */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
}

/** The one row that a query must find, or undefined. */
export async function firstRow<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[],
): Promise<Row | undefined> {
  return (await sql.query<Row>(text, values))[0];
}
