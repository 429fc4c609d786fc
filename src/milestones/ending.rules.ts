import {
  type CoverageFacts,
  clearedBy,
  type Requirement,
  requirementsOn,
} from '../assurance/coverage.rules.js';
import { addDays, type DateOn, formatDate } from '../core/calendar.js';
import { lookedAtOn } from './go-live.rules.js';
import type { MilestoneState } from './milestone.rules.js';

/** A go-live, as far as it matters to what ends. */
export interface EndingGoLive {
  id: string;
  name: string;
  state: MilestoneState;
  forecastOn: DateOn;
  actualOn: DateOn | null;
}

/** That a piece of assurance ends: before a go-live, or within a lead time. */
export interface Ending {
  itemId: string;
  /** Null: it ends within the lead time. */
  milestoneId: string | null;
  /** Null: it ends before the go-live. */
  leadDays: number | null;
  endsOn: DateOn;
  /** What ends, when, and who renews it, for its trust. */
  words: string;
}

/** The tightest lead time, in days, within which a day lies; null where it lies within none. */
export function leadReached(endsOn: DateOn, noticeDays: readonly number[], today: DateOn): number | null {
  const reached = noticeDays.filter((days) => endsOn <= addDays(today, days));
  return reached.length > 0 ? Math.min(...reached) : null;
}

const renewedBy = ({ kind }: Requirement): string => clearedBy({ kind, status: 'expired' });

/**
 * What ends of that on which a go-live rests, and has not ended yet (domain.md section 11, project lead 7): each piece
 * that will not hold any more on the day of a go-live that is still to come, and each that ends within a lead time, by
 * the tightest that is reached, so that whoever is told late is told once. What was followed by a later piece, which
 * stands in its place, ends without anybody's being told.
 * @param noticeDays lead times of the programme, in days
 */
export function endingsOf(
  goLive: EndingGoLive,
  facts: CoverageFacts,
  noticeDays: readonly number[],
  today: DateOn,
): Ending[] {
  const on = lookedAtOn(goLive, today);
  const holding = (each: Requirement): boolean =>
    each.expiresOn !== null &&
    each.expiresOn >= today &&
    facts.items.some(({ id, state }) => id === each.item?.id && state === 'accepted');
  return requirementsOn(facts, on)
    .filter(holding)
    .flatMap((each) => {
      const endsOn = each.expiresOn as DateOn;
      const ending = { itemId: each.item?.id as string, endsOn };
      const what = `${each.name} of ${each.subject.name} (${each.item?.reference}) holds until ${formatDate(endsOn)}`;
      const before = `${what}, before ${goLive.name}, which is expected on ${formatDate(on)}. ${renewedBy(each)}`;
      const lead = leadReached(endsOn, noticeDays, today);
      return [
        ...(each.status === 'expired'
          ? [{ ...ending, milestoneId: goLive.id, leadDays: null, words: before }]
          : []),
        ...(lead === null
          ? []
          : [{ ...ending, milestoneId: null, leadDays: lead, words: `${what}. ${renewedBy(each)}` }]),
      ];
    });
}
