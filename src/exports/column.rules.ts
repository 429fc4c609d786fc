import { defused } from './cell.rules.js';

/** What a column holds: it says how a value is written to a file. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'day' | 'instant' | 'list' | 'json';

/** A column of a file: its name is the way to its value in a row, `line.financialYear`. */
export interface Column {
  name: string;
  kind: ColumnKind;
}

/** A schema of the API's description (OpenAPI 3.1), as far as columns need it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** Deeper than any row goes: a schema that holds itself ends here. */
const DEEPEST = 5;

/** A schema with its references followed, and without the null that it may be. */
export function resolved(schema: Schema, schemas: Readonly<Record<string, Schema>>): Schema {
  const { $ref, allOf, ...own } = schema;
  if ($ref !== undefined) return resolved(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  if (allOf !== undefined) return Object.assign({}, ...allOf.map((part) => resolved(part, schemas)), own);
  const others = (own.anyOf ?? own.oneOf ?? []).filter(({ type }) => type !== 'null');
  return others.length === 1 ? resolved(others[0] as Schema, schemas) : own;
}

/**
 * The columns of a list whose rows are as a schema says: fields of fields are columns of their own, lists of single
 * values stay one, and whatever else is a list or has no fixed fields is written as JSON.
 */
export function columnsOf(row: Schema, schemas: Readonly<Record<string, Schema>>): Column[] {
  return columnsBelow(row, schemas, [], DEEPEST);
}

function columnsBelow(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
  path: readonly string[],
  deeper: number,
): Column[] {
  const { properties } = resolved(schema, schemas);
  return Object.entries(properties ?? {}).flatMap(([name, part]) => {
    const here = [...path, name];
    const field = resolved(part, schemas);
    if (field.properties && deeper > 1) return columnsBelow(field, schemas, here, deeper - 1);
    return [{ name: here.join('.'), kind: kindOf(field, schemas) }];
  });
}

function kindOf(field: Schema, schemas: Readonly<Record<string, Schema>>): ColumnKind {
  const type = typeOf(field);
  if (type === 'array') return scalar(typeOf(resolved(field.items ?? {}, schemas))) ? 'list' : 'json';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  if (type !== 'string') return 'json';
  return field.format === 'date' ? 'day' : field.format === 'date-time' ? 'instant' : 'text';
}

function typeOf({ type }: Schema): string | undefined {
  const types = [type].flat().filter((each) => each !== 'null');
  return types.length === 1 ? types[0] : undefined;
}

const scalar = (type: string | undefined): boolean =>
  type !== undefined && ['string', 'integer', 'number', 'boolean'].includes(type);

/** The values of a row's columns, as JSON has them; undefined where the row has none. */
export function valuesOf(row: unknown, columns: readonly Column[]): unknown[] {
  return columns.map(({ name }) =>
    name
      .split('.')
      .reduce<unknown>(
        (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
        row,
      ),
  );
}

/** A value as a person reads it: lists joined, things as JSON; '' where there is none. */
export function wordsOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value as the text of a CSV cell. Numbers are never text, so -5 stays a number; all else is defused. */
export function cellOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : defused(wordsOf(value));
}
