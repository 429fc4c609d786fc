/** What a row of a list holds, as SQL: a value, a text that somebody typed, or a thing with values of its own. */
export type RowShape = Readonly<Record<string, string | { typed: string } | ThingShape>>;

/** A thing in a row; null where `unless` holds. */
export interface ThingShape {
  of: Readonly<Record<string, string | { typed: string }>>;
  unless?: string;
}

type Value = string | { typed: string };

const isThing = (part: RowShape[string]): part is ThingShape => typeof part === 'object' && 'of' in part;
const expression = (value: Value): string => (typeof value === 'string' ? value : value.typed);
const cell = (value: Value): string => (typeof value === 'string' ? value : `defused(${value.typed})`);

/** The columns of a `select` whose rows are as the API shows them. */
export function asJson(shape: RowShape): string {
  return Object.entries(shape)
    .map(([name, part]) => `${isThing(part) ? thing(part) : expression(part)} as "${name}"`)
    .join(', ');
}

function thing({ of, unless }: ThingShape): string {
  const values = Object.entries(of).map(([name, value]) => `'${name}', ${expression(value)}`);
  const built = `json_build_object(${values.join(', ')})`;
  return unless === undefined ? built : `case when not (${unless}) then ${built} end`;
}

/** The columns of a `select` whose rows are lines of a CSV file, with what people typed defused. */
export function asCells(shape: RowShape): string {
  return Object.values(shape)
    .flatMap((part) => (isThing(part) ? Object.values(part.of).map(cell) : [cell(part)]))
    .join(', ');
}
