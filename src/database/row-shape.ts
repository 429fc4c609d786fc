/** A value of a row: its expression, and how the row's JSON and its CSV cell are written from it. */
interface Value {
  json: string;
  cell: string;
}

/** A thing in a row; null where `unless` holds. */
interface Thing {
  of: Readonly<Record<string, Value>>;
  unless?: string;
}

/** What a row of a list holds, as SQL: one shape for its JSON and for its line of a CSV file. */
export type RowShape = Readonly<Record<string, Value | Thing>>;

const orNull = (json: string): string => `coalesce(${json}, 'null')`;

/** An id, a day or a code: text that needs no escaping. */
export const plain = (is: string): Value => ({ json: `'"', ${is}, '"'`, cell: is });
/** As `plain`, where it may be null. */
export const plainOrNull = (is: string): Value => ({ json: orNull(`'"' || ${is} || '"'`), cell: is });
/** A number, never null. */
export const figure = (is: string): Value => ({ json: is, cell: is });
/** Yes or no, never null. */
export const flag = (is: string): Value => ({ json: `(${is})::text`, cell: `(${is})::text` });
/** A text that somebody typed: it may hold anything, and is defused in a cell. */
export const typed = (is: string): Value => ({
  json: orNull(`to_json(${is})::text`),
  cell: `defused(${is})`,
});
/** An instant, as RFC 3339 has it. */
export const instant = (is: string): Value => ({
  json: orNull(`to_json(${is})::text`),
  cell: `to_json(${is}) #>> '{}'`,
});

const isThing = (part: Value | Thing): part is Thing => 'of' in part;

/**
 * A row as JSON text. It is put together as text, which takes a third of the time that building it of JSON values does.
 */
export function asJson(shape: RowShape): string {
  return `concat(${fields(shape)})`;
}

function fields(shape: RowShape): string {
  const parts = Object.entries(shape).map(
    ([name, part], index) =>
      `'${index === 0 ? '{' : ','}"${name}":', ${isThing(part) ? thing(part) : part.json}`,
  );
  return `${parts.join(', ')}, '}'`;
}

function thing({ of, unless }: Thing): string {
  return unless === undefined ? fields(of) : `case when ${unless} then 'null' else ${asJson(of)} end`;
}

/** The columns of a `select` whose rows are lines of a CSV file. */
export function asCells(shape: RowShape): string {
  return Object.values(shape)
    .flatMap((part) => (isThing(part) ? Object.values(part.of) : [part]))
    .map(({ cell }) => cell)
    .join(', ');
}
