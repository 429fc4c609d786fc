/** What a field of a published file is: JSON Schema (2020-12), with where its value comes from. */
export interface PublishedField {
  type: 'object' | 'array' | 'string' | 'number';
  /** As 360Giving titles it. */
  title: string;
  description: string;
  /** Where the value comes from: a table and column, or the rule that makes it. */
  'x-source'?: string;
  format?: 'date' | 'date-time' | 'uri';
  enum?: readonly string[];
  minItems?: number;
  examples?: ReadonlyArray<string | number>;
  items?: PublishedField;
  properties?: Readonly<Record<string, PublishedField>>;
  required?: readonly string[];
  additionalProperties?: false;
}

type Source = Pick<PublishedField, 'description' | 'x-source'> & Partial<PublishedField>;

/** A field of text. */
export const text = (
  title: string,
  description: string,
  source: string,
  example: string,
  more: Partial<Source> = {},
): PublishedField => ({
  type: 'string',
  title,
  description,
  'x-source': source,
  examples: [example],
  ...more,
});
/** A day, YYYY-MM-DD. */
export const day = (title: string, description: string, source: string, example: string): PublishedField =>
  text(title, description, source, example, { format: 'date' });
/** An amount in pounds. */
export const pounds = (
  title: string,
  description: string,
  source: string,
  example: number,
): PublishedField => ({
  type: 'number',
  title,
  description: `${description} Pounds, with two decimals at most.`,
  'x-source': source,
  examples: [example],
});
/** An address. */
export const address = (
  title: string,
  description: string,
  source: string,
  example: string,
): PublishedField => text(title, description, source, example, { format: 'uri' });

/** An object, of whose fields all are required but those named. */
export function object(
  title: string,
  description: string,
  properties: Readonly<Record<string, PublishedField>>,
  optional: readonly string[] = [],
): PublishedField {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', title, description, properties, required, additionalProperties: false };
}

/** A list, described as what is in it. */
export const list = (items: PublishedField, minItems = 0): PublishedField => ({
  type: 'array',
  title: items.title,
  description: items.description,
  items,
  minItems,
});

/** What every organisation identifier is. */
export const ORG_ID =
  'An organisation identifier: GB-NHS, the list of ODS codes at org-id.guide, and the ODS code.';
