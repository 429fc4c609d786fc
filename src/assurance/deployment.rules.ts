import { type Blocker, blockers } from '../core/blockers.js';
import { type DateOn, formatDate } from '../core/calendar.js';

/** Why a version cannot be in use from a day on: it was released later. */
export function deploymentBlockers({
  fromOn,
  releasedOn,
}: {
  fromOn: DateOn;
  releasedOn: DateOn;
}): Blocker[] {
  return blockers(
    fromOn < releasedOn && {
      code: 'before-release',
      message: `This version was released on ${formatDate(releasedOn)}: it cannot be in use before that day.`,
      pointer: '/fromOn',
    },
  );
}

/** Why a deployment cannot end on a day. */
export function endBlockers(standing: { fromOn: DateOn; toOn: DateOn | null }, toOn: DateOn): Blocker[] {
  return blockers(
    standing.toOn !== null && {
      code: 'ended-already',
      message: `This use ended on ${formatDate(standing.toOn)} already.`,
      pointer: '/toOn',
    },
    toOn < standing.fromOn && {
      code: 'ends-before-begin',
      message: `It began on ${formatDate(standing.fromOn)}: it cannot end before that day.`,
      pointer: '/toOn',
    },
  );
}
