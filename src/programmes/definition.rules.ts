import { findNhsNumber } from '../core/nhs-number.js';
import { bodyFaults } from './definition-bodies.rules.js';
import { deliveryFaults } from './definition-delivery.rules.js';
import { type DefinitionFault, escapeToken } from './definition-fault.js';
import type { DefinitionFile } from './definition-file.types.js';
import { moneyFaults } from './definition-money.rules.js';
import { targetFaults } from './definition-targets.rules.js';

/** All that is wrong with a file for which the schema holds; empty: it can be applied. */
export function definitionFaults(file: DefinitionFile): DefinitionFault[] {
  return [
    ...sourceFaults(file),
    ...bodyFaults(file),
    ...moneyFaults(file),
    ...deliveryFaults(file),
    ...targetFaults(file),
  ];
}

/** Every `source` is a key of `sources`. */
function sourceFaults(file: DefinitionFile): DefinitionFault[] {
  return [...textsOf(file)].flatMap(({ text, field, pointer }) => {
    if (field !== 'source' || Object.hasOwn(file.sources, text)) return [];
    const message = `No source here has the key ${text}. Add it to sources, or correct the key.`;
    return [{ code: 'unknown-source', message, pointer }];
  });
}

/**
 * Texts that may not be stored: with a valid NHS number (no patient data anywhere: domain.md section 9, rule 16),
 * or with characters that no database keeps. For any structure, whether the schema holds for it or not.
 */
export function textFaults(value: unknown): DefinitionFault[] {
  return [...textsOf(value)].flatMap(({ text, pointer }): DefinitionFault[] => {
    const faults: DefinitionFault[] = [];
    if (findNhsNumber(text) !== null) {
      const message = 'This text holds a valid NHS number. Take it out: no patient data may be kept here.';
      faults.push({ code: 'nhs-number', message, pointer });
    }
    if (/\0|\p{Surrogate}/u.test(text)) {
      const message = 'This text holds a NUL or half a character. Type it anew.';
      faults.push({ code: 'unstorable-text', message, pointer });
    }
    return faults;
  });
}

interface PlacedText {
  text: string;
  /** The name of the field that holds it. */
  field: string;
  pointer: string;
}

/** Every text in a structure, the names of its fields included. */
function* textsOf(value: unknown, pointer = '', field = ''): Generator<PlacedText> {
  if (typeof value === 'string') yield { text: value, field, pointer };
  if (value === null || typeof value !== 'object') return;
  for (const [key, entry] of Object.entries(value)) {
    const place = `${pointer}/${escapeToken(key)}`;
    if (!Array.isArray(value)) yield { text: key, field: '', pointer: place };
    yield* textsOf(entry, place, key);
  }
}
