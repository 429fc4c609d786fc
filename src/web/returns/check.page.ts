import { type Actor, may } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import { RETURN_SECTIONS } from '../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { captionOf, returnTrail } from './returns.trail.js';
import { isWithTrust, saidAddress } from './said.js';
import { sectionInput } from './sections/section.js';
import { summaryOf } from './summary.js';

/** A reason why something cannot be done, with a link to where it is cleared. */
export interface Obstacle {
  message: string;
  /** What would clear it, where that is another thing. */
  clearedBy: string | null;
  href: string | null;
}

/** Blockers of a return, each leading to its field, for whoever may fill it in. */
export function obstaclesOf(id: string, blockers: readonly Blocker[], mayChange: boolean): Obstacle[] {
  return blockers.map(({ message, pointer = '', clearedBy = null }) => {
    const place = pointer.slice(1);
    const section = RETURN_SECTIONS.find((each) => each === place.split('/')[0]);
    return { message, clearedBy, href: section && mayChange ? saidAddress(id, { section, place }) : null };
  });
}

function nextOf({ report, missing }: ReturnStanding, actor: Actor): { text: string; href: string | null } {
  const { id, state } = report;
  if (state === 'trust-certified')
    return may(actor, 'progress-report:submit')
      ? { text: 'Go on to submit it', href: `/returns/${id}/submission` }
      : { text: 'The trust submits it.', href: null };
  if (missing.length > 0) return { text: 'Fill in what is missing; then it can be certified.', href: null };
  if (state === 'queried')
    return { text: 'Save the section that you mend: that begins the next version.', href: null };
  return may(actor, 'progress-report:certify')
    ? { text: 'Go on to certify it', href: `/returns/${id}/certification` }
    : {
        text: 'It is complete. Tell your finance director, who finds it among their tasks and certifies it.',
        href: null,
      };
}

/** All that a return says, to be checked before it is certified and submitted. */
export function checkPage(standing: ReturnStanding, actor: Actor): Page {
  const { report, missing } = standing;
  const open = isWithTrust(standing);
  const mayChange = open && may(actor, 'progress-report:prepare');
  const sections = summaryOf(sectionInput(standing), mayChange);
  const changed = sections.reduce((sum, section) => sum + section.changed, 0);
  return {
    view: 'returns/check.njk',
    title: mayChange ? 'Check your answers' : 'What the return says',
    caption: captionOf(standing),
    trail: returnTrail(standing),
    model: {
      id: report.id,
      open,
      missing: open ? obstaclesOf(report.id, missing, mayChange) : [],
      changed:
        report.lastAccepted === null
          ? 'Nothing was accepted before this return, so there is nothing to compare it with.'
          : changed === 0
            ? 'Nothing differs from the last accepted return.'
            : `${plural(changed, 'thing')} ${changed === 1 ? 'differs' : 'differ'} from the last accepted return. Each is marked “Changed”.`,
      sections,
      next: open ? nextOf(standing, actor) : null,
    },
  };
}
