import type { PublishedField } from './published-field.js';

/** A field as the data dictionary explains it. */
export interface DictionaryEntry {
  /** Where it is, by names: `grants[].recipientOrganization[].id`. */
  path: string;
  title: string;
  /** "text", "number", "day", "instant", "address", "list", "group". */
  type: string;
  required: boolean;
  meaning: string;
  /** Where its value comes from; empty for what only holds other fields. */
  source: string;
  example: string;
}

const FORMATS = { date: 'day', 'date-time': 'instant', uri: 'address' } as const;

function typeOf({ type, format }: PublishedField): string {
  if (type === 'array') return 'list';
  if (type === 'object') return 'group';
  if (type === 'number') return 'number';
  return format ? FORMATS[format] : 'text';
}

/** Every field that a schema describes, each before those within it. */
export function dictionaryOf(schema: PublishedField, under = ''): DictionaryEntry[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${under}${name}`;
    const entry: DictionaryEntry = {
      path,
      title: field.title,
      type: typeOf(field),
      required: schema.required?.includes(name) ?? false,
      meaning: field.description,
      source: field['x-source'] ?? '',
      example: String(field.examples?.[0] ?? ''),
    };
    return [entry, ...dictionaryOf(field.items ?? field, `${path}${field.type === 'array' ? '[]' : ''}.`)];
  });
}
