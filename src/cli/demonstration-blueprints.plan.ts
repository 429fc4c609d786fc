import type { AdoptionMode } from '../blueprints/adoption.rules.js';
import type { BlueprintContactPoint } from '../blueprints/blueprint.queries.js';
import type { BlueprintContent } from '../blueprints/blueprint.rules.js';
import type { DateOn } from '../core/calendar.js';

/** An illustrative adoption: how far it gets follows from which days it has. */
export interface DemonstratedAdoption {
  organisation: string;
  /** Who records it: the trust itself, or the funder for who has nobody here. */
  by: 'trust' | 'funder';
  mode: AdoptionMode;
  startedOn: DateOn | null;
  liveOn: DateOn | null;
  costPence: number | null;
  changes: string;
  /** Whether somebody else has found its time and cost right. */
  validated?: boolean;
  abandonedOn?: DateOn;
  because?: string;
}

/** An illustrative blueprint, and what others do with it. */
export interface DemonstratedBlueprint {
  trust: string;
  project: string;
  until: 'in-review' | 'published';
  contact: BlueprintContactPoint;
  content: Partial<BlueprintContent>;
  /** Beside those that its project has put to use: of the register, by name. */
  products: string[];
  questions: Array<{ trust: string; question: string; answer: string }>;
  visits: Array<{ trust: string; visitedOn: DateOn; words: string }>;
  adoptions: DemonstratedAdoption[];
}

/** What was decided of a pairing; amounts in pounds. */
export interface DemonstratedPairing {
  follower: string;
  reason: string;
  award: { pounds: number; match: number; source: string } | null;
}
