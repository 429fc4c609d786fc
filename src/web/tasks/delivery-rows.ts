import type { ChangeRequestRow } from '../../change-requests/change-requests.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { addDays, type DateOn } from '../../core/calendar.js';
import type { MilestoneView } from '../../milestones/milestone.queries.js';
import { isOpenMilestone } from '../../milestones/milestone.rules.js';
import { plural } from '../page/format.js';
import { dueStatus, type Task } from './task.js';

/** How long before its day a milestone without evidence is spoken of. */
const SOON_DAYS = 30;

/** What a trust's lead has to do with a milestone: a new forecast, or evidence; null: nothing. */
function leadsTodo({ state, forecastOn, actualOn, evidence }: MilestoneView, today: DateOn): string | null {
  if (!isOpenMilestone(state)) return null;
  if ((state === 'claimed-met' || state === 'under-review') && evidence === 0) return 'Add evidence for';
  if (state !== 'planned' && state !== 'in-progress') return null;
  if (actualOn === null && forecastOn < today) return 'Give a new forecast for, or claim,';
  return evidence === 0 && forecastOn <= addDays(today, SOON_DAYS) ? 'Add evidence for' : null;
}

const REVIEWERS: Partial<Record<MilestoneView['state'], string>> = {
  'claimed-met': 'Take under review:',
  'under-review': 'Decide on',
};

/** The states of milestones that wait for a reviewer. */
export const REVIEWED_STATES = Object.keys(REVIEWERS);

/** What an actor has to do with milestones. */
export function milestoneTasks(actor: Actor, rows: readonly MilestoneView[], today: DateOn): Task[] {
  const lead = may(actor, 'milestone:evidence');
  const reviewer = may(actor, 'milestone:review');
  return rows.flatMap((row): Task[] => {
    const verb = lead ? leadsTodo(row, today) : reviewer ? (REVIEWERS[row.state] ?? null) : null;
    if (verb === null) return [];
    return [
      {
        group: 'Milestones and measurements',
        title: `${verb} “${row.name}”`,
        note: lead ? row.project.name : `${row.trust.name}, ${row.project.name}`,
        href: `/milestones/${row.id}`,
        dueOn: row.forecastOn,
        status: lead
          ? row.forecastOn < today
            ? { words: 'Forecast has passed', colour: 'red' }
            : { words: 'Due soon', colour: 'yellow' }
          : { words: 'To review', colour: 'blue' },
      },
    ];
  });
}

/** What an actor has to do with a programme's measurements. @param more whether there are more than were counted */
export function measurementTasks(
  programme: { slug: string; name: string },
  state: 'self-reported' | 'challenged',
  number: number,
  more: boolean,
): Task[] {
  if (number === 0) return [];
  const counted = `${more ? 'more than ' : ''}${plural(number, 'measurement')}`;
  return [
    {
      group: 'Milestones and measurements',
      title: state === 'self-reported' ? `Validate ${counted}` : `Answer the challenge of ${counted}`,
      note: programme.name,
      href: `/programmes/${programme.slug}/measurements?state=${state}`,
      dueOn: null,
      status:
        state === 'self-reported'
          ? { words: 'Self-reported', colour: 'blue' }
          : { words: 'Challenged', colour: 'orange' },
    },
  ];
}

/** What an actor has to do with changes: those of the side that they are on. */
export function changeTasks(actor: Actor, rows: readonly ChangeRequestRow[], today: DateOn): Task[] {
  const decides = may(actor, 'change-request:decide');
  const asks = may(actor, 'change-request:prepare');
  return rows
    .filter(({ heldBy, requestedBy, state }) =>
      heldBy?.side === 'funder'
        ? decides && requestedBy.id !== actor.id
        : state === 'draft' && asks && requestedBy.id === actor.id,
    )
    .map((row) => ({
      group: 'Changes',
      title: `${row.heldBy?.side === 'funder' ? 'Decide on' : 'Finish'} change ${row.reference}: ${row.title}`,
      note: [decides ? row.trust.name : null, row.heldBy?.todo].filter(Boolean).join('. ') || null,
      href: `/changes/${row.id}`,
      dueOn: row.deferredUntil,
      status: dueStatus(row.deferredUntil, today, row.state === 'draft' ? 'In draft' : 'To decide', 'blue'),
    }));
}
