import type { DateOn } from '../core/calendar.js';
import type { Pence } from '../core/money.js';
import type { AgreedTranche } from '../funding/agreement-terms.js';

/** What a change request may ask for (domain.md section 10). */
export const CHANGE_KINDS = ['reprofile', 'move-money', 'carry-forward', 'vary'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What is asked for; the lists that do not belong to the kind are empty. */
export interface ChangeContent {
  /** `reprofile`: new agreed dates of milestones; one that was not met goes on. */
  milestones: Array<{ milestone: string; agreedOn: DateOn; delayReason: string | null }>;
  /** `move-money`, and `carry-forward` to a later year of the same kind. */
  moves: Array<{
    source: 'grant' | 'match';
    from: { financialYear: string; kind: 'capital' | 'revenue' };
    to: { financialYear: string; kind: 'capital' | 'revenue' };
    amountPence: Pence;
  }>;
  /** `vary`: what the new version says instead; null leaves it as it is. */
  terms: {
    tranches: AgreedTranche[] | null;
    conditions: string[] | null;
    eligibility: { startsOn: DateOn; endsOn: DateOn } | null;
  } | null;
}
