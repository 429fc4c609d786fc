import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type Fault, malformed } from '../core/problems.js';

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

/** Checks bodies and queries against their DTOs: unknown fields and wrong types are refused, nothing is guessed. */
export const validation = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  transform: true,
  validationError: { target: false, value: true },
  exceptionFactory: (errors) => {
    const faults = faultsOf(errors, '').slice(0, 50);
    return malformed(
      'invalid',
      `${faults.length === 1 ? 'One field is' : `${faults.length} fields are`} not right; nothing was stored.`,
      faults,
    );
  },
});
