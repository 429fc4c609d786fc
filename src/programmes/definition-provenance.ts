import type { Provenance } from './definition.types.js';
import type { Sourced } from './definition-file.types.js';

/** Where an entry of a file comes from: one of the two is set. */
export function provenanceOf({ source, assumed }: Sourced): Provenance {
  return source === undefined ? { source: null, assumed: assumed as string } : { source, assumed: null };
}
