import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type Fault, malformed, Problem } from '../core/problems.js';

const WORDS: Record<string, { code: string; message: string }> = {
  whitelistValidation: { code: 'unknown-field', message: 'is not a field of this' },
  unknownValue: { code: 'wrong-type', message: 'must be an object' },
  nestedValidation: { code: 'wrong-type', message: 'must be an object' },
};

function faultsOf(errors: ValidationError[], at: string): Fault[] {
  return errors.flatMap((error) => {
    const pointer = `${at}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const [name, message] = Object.entries(error.constraints ?? {})[0] ?? [];
    const own: Fault[] = [];
    if (name !== undefined && error.value === undefined && !WORDS[name])
      own.push({ code: 'missing', message: `${error.property} is missing: it ${message}.`, pointer });
    else if (name !== undefined) {
      const meaning = WORDS[name] ?? { code: 'invalid', message: message as string };
      own.push({ code: meaning.code, message: `${error.property} ${meaning.message}.`, pointer });
    }
    return [...own, ...faultsOf(error.children ?? [], pointer)];
  });
}

/** The names that every object has: the check of unknown fields takes them for known ones. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

function inheritedNames(value: unknown, at: string): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name) => [
    ...(INHERITED.has(name)
      ? [{ code: 'unknown-field', message: `${name} is not a field of this.`, pointer: `${at}/${name}` }]
      : []),
    ...inheritedNames((value as Record<string, unknown>)[name], `${at}/${name}`),
  ]);
}

function refusal(faults: Fault[]): Problem {
  const count = faults.length === 1 ? 'One field is' : `${faults.length} fields are`;
  return malformed('invalid', `${count} not right; nothing was stored.`, faults.slice(0, 50));
}

/** Checks bodies and queries against their DTOs: unknown fields and wrong types are refused, nothing is guessed. */
@Injectable()
class Validation extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      validationError: { target: false, value: true },
      exceptionFactory: (errors) => refusal(faultsOf(errors, '')),
    });
  }

  /** @throws Problem 400 with every fault: a JSON Pointer into the body, or the parameter's name */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!this.toValidate(metadata)) return super.transform(value, metadata);
    if (metadata.type === 'body' && value === undefined)
      throw malformed('body-missing', 'This needs a JSON body.');
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value)))
      throw refusal([{ code: 'wrong-type', message: 'The body must be an object.', pointer: '' }]);
    try {
      const inherited = inheritedNames(value, '');
      if (inherited.length > 0) throw refusal(inherited);
      return await super.transform(value, metadata);
    } catch (error) {
      throw metadata.type === 'query' ? byName(error) : error;
    }
  }
}

/** A parameter's place is its name. */
function byName(error: unknown): unknown {
  if (!(error instanceof Problem) || !error.details.errors) return error;
  const errors = error.details.errors.map((fault) => ({ ...fault, pointer: fault.pointer.slice(1) }));
  return new Problem({ ...error.details, errors });
}

export const validation = new Validation();
