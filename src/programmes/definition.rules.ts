import { bodyFaults } from './definition-bodies.rules.js';
import { deliveryFaults } from './definition-delivery.rules.js';
import { type DefinitionFault, duplicates, escapeToken } from './definition-fault.js';
import type { DefinitionFile } from './definition-file.types.js';
import { moneyFaults } from './definition-money.rules.js';
import { surveyFaults } from './definition-surveys.rules.js';
import { targetFaults } from './definition-targets.rules.js';
import { trancheFaults } from './definition-tranches.rules.js';

/** All that is wrong with a file for which the schema holds; empty: it can be applied. */
export function definitionFaults(file: DefinitionFile): DefinitionFault[] {
  return [
    ...sourceFaults(file),
    ...bodyFaults(file),
    ...duplicates(
      'strategy goal',
      file.strategyGoals ?? [],
      ({ code }) => code,
      (index) => `/strategyGoals/${index}/code`,
    ),
    ...moneyFaults(file),
    ...trancheFaults(file),
    ...deliveryFaults(file),
    ...targetFaults(file),
    ...surveyFaults(file),
  ];
}

/** Every `source` is a key of `sources`. */
function sourceFaults(file: DefinitionFile): DefinitionFault[] {
  return textsOf(file).flatMap(({ text, field, pointer }) => {
    if (field !== 'source' || Object.hasOwn(file.sources, text)) return [];
    const message = `No source here has the key ${text}. Add it to sources, or correct the key.`;
    return [{ code: 'unknown-source', message, pointer }];
  });
}

interface PlacedText {
  text: string;
  /** The name of the field that holds it. */
  field: string;
  pointer: string;
}

/** Every text in a structure, with the place and the field that holds it. */
function textsOf(value: unknown, pointer = '', field = ''): PlacedText[] {
  if (typeof value === 'string') return [{ text: value, field, pointer }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    textsOf(entry, `${pointer}/${escapeToken(key)}`, key),
  );
}
