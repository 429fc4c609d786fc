import { readFileSync } from 'node:fs';
import { type ErrorObject, Ajv2020 as JsonSchema, type ValidateFunction } from 'ajv/dist/2020.js';
import { PACKAGE_FOLDER } from '../config/places.js';
import { isDateOn } from '../core/calendar.js';
import { type DefinitionFault, escapeToken, quoted } from './definition-fault.js';

const SCHEMA_URL = new URL('programmes/programme.schema.json', PACKAGE_FOLDER);

// A tolerance for `multipleOf`, because 0.07 / 0.01 is not quite 7 in floating point.
const schema = new JsonSchema({
  allErrors: true,
  verbose: true,
  strictTypes: false,
  multipleOfPrecision: 6,
  formats: { date: isDateOn },
});
let compiled: ValidateFunction | undefined;

type Words = (error: ErrorObject) => Omit<DefinitionFault, 'pointer'>;

const TYPES: Record<string, string> = {
  string: 'text (put it in quotes if it looks like a number)',
  number: 'a number, without separators or a currency sign',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a group of fields',
  array: 'a list',
};

/** The schema describes what a field takes; that is what to do about a value that it does not. */
function described(error: ErrorObject): string {
  const description = (error.parentSchema as { description?: string } | undefined)?.description;
  return description ? ` ${description}` : '';
}

const WORDS: Record<string, Words> = {
  additionalProperties: ({ params, parentSchema }) => ({
    code: 'unknown-field',
    message: `There is no field ${quoted(params.additionalProperty)} here. The fields are ${Object.keys(
      (parentSchema as { properties?: object }).properties ?? {},
    ).join(', ')}.`,
  }),
  required: ({ params }) => ({
    code: 'missing-field',
    message: `The field ${params.missingProperty} is missing here. Add it.`,
  }),
  oneOf: ({ params }) => ({
    code: 'provenance-missing',
    message: params.passingSchemas
      ? 'This has both a source and an assumed. Keep the one that holds.'
      : 'This has neither a source nor an assumed. Name the source, or say why it is assumed.',
  }),
  type: ({ params }) => ({
    code: 'wrong-type',
    message: `This must be ${[params.type]
      .flat()
      .map((type: string) => TYPES[type])
      .join(' or ')}.`,
  }),
  enum: ({ params }) => ({
    code: 'not-one-of',
    message: `This must be one of ${params.allowedValues.join(', ')}.`,
  }),
  multipleOf: () => ({
    code: 'fractional-pence',
    message: 'This has a fraction of a penny. Write pounds with at most two decimals.',
  }),
  format: ({ data }) => ({
    code: 'not-a-date',
    message: `${quoted(data)} is not a day that exists. Write YYYY-MM-DD.`,
  }),
  pattern: (error) => ({
    code: 'wrong-format',
    message: `This is not written as it should be.${described(error)}`,
  }),
};

/** Bounds of numbers, lengths and lists: minimum, maximum, maxLength, minItems and their like. */
const outOfRange: Words = (error) => ({
  code: 'out-of-range',
  message: `This ${error.message}.${described(error)}`,
});

/** `oneOf` and `propertyNames` repeat in general what another error says of the place itself. */
function isEcho(error: ErrorObject): boolean {
  return error.keyword === 'propertyNames' || /\/sourced\/oneOf\/\d/.test(error.schemaPath);
}

function pointerOf(error: ErrorObject): string {
  const field = error.params.additionalProperty ?? error.propertyName;
  return field === undefined ? error.instancePath : `${error.instancePath}/${escapeToken(field)}`;
}

/** What the published schema (`programmes/programme.schema.json`) finds wrong, in plain words; none: it holds. */
export function schemaFaults(value: unknown): DefinitionFault[] {
  compiled ??= schema.compile(JSON.parse(readFileSync(SCHEMA_URL, 'utf8')));
  const validate = compiled;
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .filter((error) => !isEcho(error))
    .map((error) => ({ ...(WORDS[error.keyword] ?? outOfRange)(error), pointer: pointerOf(error) }));
}
