import fc from 'fast-check';
import type { Schema } from './conformance.js';
import { RAW_JUNK } from './junk.js';

/** Texts that stand for something in the world that is asked about. */
export interface Known {
  ids: readonly string[];
  codes: readonly string[];
}

/** Of a financial year, whose second year is the one after the first: no pattern can say that. */
const YEARS = '^\\d{4}/\\d{2}$';

/** Makes values as the schemas of a description have them. */
export class Arbitraries {
  constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    private readonly known: Known,
  ) {}

  /** A value that is as a schema says; more often than by chance one that means something in the world. */
  valid(schema: Schema): fc.Arbitrary<unknown> {
    const { example, ...found } = this.resolved(schema);
    const made = this.made(found);
    return example === undefined
      ? made
      : fc.oneof({ weight: 2, arbitrary: fc.constant(example) }, { weight: 1, arbitrary: made });
  }

  private made(schema: Schema): fc.Arbitrary<unknown> {
    if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
    if (Array.isArray(schema.anyOf))
      return fc.oneof(...(schema.anyOf as Schema[]).map((each) => this.valid(each)));
    const types = [schema.type].flat();
    if (types[0] === 'null' && types.length === 1) return fc.constant(null);
    if (types.includes('null'))
      return fc.option(this.made({ ...schema, type: types.filter((type) => type !== 'null')[0] }), {
        freq: 4,
      });
    switch (types[0]) {
      case 'object':
        return this.object(schema);
      case 'array':
        return this.array(schema);
      case 'integer':
        return fc.integer({ min: Number(schema.minimum ?? 0), max: Number(schema.maximum ?? 1_000_000_000) });
      case 'number':
        return fc.double({ min: Number(schema.minimum ?? 0), noNaN: true, noDefaultInfinity: true });
      case 'boolean':
        return fc.boolean();
      case 'string':
        return this.text(schema);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  private object({ properties, required, additionalProperties }: Schema): fc.Arbitrary<unknown> {
    if (!properties)
      return fc.dictionary(fc.constantFrom('a', 'b'), this.valid((additionalProperties ?? {}) as Schema));
    const fields = Object.entries(properties).map(([name, field]) => [name, this.valid(field)] as const);
    return fc.record(Object.fromEntries(fields), { requiredKeys: (required ?? []) as never[] });
  }

  private array({ items, minItems, maxItems }: Schema): fc.Arbitrary<unknown> {
    const least = Number(minItems ?? 0);
    const most = Math.max(least, Math.min(Number(maxItems ?? 3), 3));
    return fc.array(this.valid(items as Schema), { minLength: least, maxLength: most });
  }

  private text({ format, pattern, minLength, maxLength }: Schema): fc.Arbitrary<string> {
    const fits = (text: string): boolean =>
      text.length >= Number(minLength ?? 0) &&
      text.length <= Number(maxLength ?? Number.MAX_SAFE_INTEGER) &&
      (pattern === undefined || new RegExp(String(pattern), 'u').test(text));
    if (format === 'uuid')
      return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...this.known.ids) }, fc.uuid());
    if (pattern === YEARS) return fc.constantFrom('2016/17', '2017/18', '2018/19', '2019/20', '1999/00');
    if (format === 'date') return DAYS;
    if (format === 'date-time') return DAYS.map((day) => `${day}T09:30:00Z`);
    const codes = this.known.codes.filter(fits);
    const free =
      pattern === undefined || pattern === '\\S'
        ? fc
            .string({
              unit: 'grapheme',
              minLength: Number(minLength ?? 0),
              maxLength: Math.min(Number(maxLength ?? 40), 40),
            })
            .map((text) =>
              (pattern && !/\S/.test(text) ? `${text}x` : text).slice(0, Number(maxLength ?? 40)),
            )
            .filter((text) => fits(text) && text.isWellFormed() && !text.includes('\u0000'))
        : fc.stringMatching(new RegExp(String(pattern), 'u')).filter(fits);
    const whole =
      pattern === undefined && maxLength !== undefined ? [fc.constant('x'.repeat(Number(maxLength)))] : [];
    return fc.oneof(
      { weight: 3, arbitrary: free },
      ...(codes.length > 0 ? [{ weight: 2, arbitrary: fc.constantFrom(...codes) }] : []),
      ...whole,
    );
  }

  private resolved(schema: Schema): Schema {
    const name = /schemas\/(\w+)$/.exec(schema.$ref ?? '')?.[1];
    if (name) return this.resolved(this.schemas[name] as Schema);
    const [only] = (schema.allOf ?? []) as Schema[];
    return only ? { ...this.resolved(only), ...schema, allOf: undefined } : schema;
  }
}

/** Days about the one that it is, and a few far from it. */
const DAYS: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: fc.integer({ min: -500, max: 900 }) },
    fc.integer({ min: -40_000, max: 40_000 }),
  )
  .map((days) => new Date(Date.UTC(2018, 4, 15) + days * 86_400_000).toISOString().slice(0, 10));

/** JSON as nobody should send it: by itself, or in place of something. */
export const junk: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...RAW_JUNK) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String) },
  { weight: 1, arbitrary: fc.double().map(String) },
);

const HERE = '\u0007here\u0007';
const QUOTED_HERE = JSON.stringify(HERE);
type Action = 'replace' | 'remove' | 'add' | 'twice' | 'wrap' | 'whole' | 'cut';

/** The JSON text of a body with one thing wrong with it, somewhere. */
export function spoiled(body: unknown): fc.Arbitrary<string> {
  const action = fc.constantFrom<Action>(
    'replace',
    'replace',
    'replace',
    'remove',
    'add',
    'twice',
    'wrap',
    'whole',
    'cut',
  );
  return fc.tuple(action, fc.nat(), junk).map(([how, at, raw]) => {
    const text = JSON.stringify(body);
    if (how === 'whole') return raw;
    if (how === 'cut') return text.slice(0, at % (text.length + 1));
    const places = placesIn(body);
    const place = places[at % places.length] as Array<string | number>;
    return JSON.stringify(changed(body, place, how))
      .replace(QUOTED_HERE, () => raw)
      .replace(`${QUOTED_HERE.slice(0, -1)}!"`, () => '"x');
  });
}

/** Every place in a value, the whole of it first. */
function placesIn(value: unknown, at: Array<string | number> = []): Array<Array<string | number>> {
  if (typeof value !== 'object' || value === null) return [at];
  const names = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [at, ...names.flatMap((name) => placesIn((value as never)[name], [...at, name]))];
}

function changed(value: unknown, [name, ...rest]: Array<string | number>, how: Action): unknown {
  if (name === undefined) {
    const isThing = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (how === 'add' && isThing) return { ...value, [HERE]: 1, more: HERE };
    if (how === 'wrap') return [value];
    return HERE;
  }
  if (rest.length === 0 && how === 'remove') {
    if (Array.isArray(value)) return value.filter((_, index) => index !== name);
    return Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== name));
  }
  const within = changed((value as never)[name], rest, how);
  if (Array.isArray(value)) return value.map((each, index) => (index === name ? within : each));
  return { ...(value as object), [name]: within };
}
