import type { Role } from '../core/permissions.js';

/** The programme whose people and returns a demonstration shows. */
export const DEMONSTRATED = 'mental-health-exemplars';

/** A person of the demonstration and where their API key is. */
export interface DemonstrationKey {
  name: string;
  role: Role;
  /** ODS code of the trust that they act for. */
  trust: string | null;
  /** A second person of the funder with the same role: no one person may decide twice. */
  deputy: boolean;
  /** Absolute path of the file that holds the key and nothing else. */
  file: string;
}
