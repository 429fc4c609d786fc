import { textFaults } from '../core/text.js';
import { normalise } from './definition.normaliser.js';
import { definitionFaults } from './definition.rules.js';
import type { ProgrammeDefinition } from './definition.types.js';
import type { DefinitionFile } from './definition-file.types.js';
import { schemaFaults } from './definition-schema.js';
import { DefinitionText } from './definition-text.js';

/**
 * Reads a programme definition from YAML: its syntax first, then the published schema, then the rules; each step
 * only where the one before found nothing wrong.
 * @param text the whole file, at most 1 MB
 * @param fileName as it shall show in faults
 * @throws Problem 422 `definition-syntax` or `definition-invalid`, with every fault of that step, each with its
 * JSON Pointer, file, line and column; at most 100 are listed
 */
export function parseDefinition(text: string, fileName: string): ProgrammeDefinition {
  const definition = new DefinitionText(text, fileName);
  const value = definition.read();
  const shape = schemaFaults(value);
  const faults = [
    ...textFaults(value),
    ...(shape.length > 0 ? shape : definitionFaults(value as DefinitionFile)),
  ];
  definition.refuseIfFaulty(
    'definition-invalid',
    faults.map((fault) => definition.place(fault)),
  );
  return normalise(value as DefinitionFile);
}
