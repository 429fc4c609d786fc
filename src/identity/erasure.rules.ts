import { type Blocker, blockers } from '../core/blockers.js';

const words = (text: string): string =>
  ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')} `;

/**
 * Why a person cannot be erased: they are the one who asks, it was done before, or the reason would name them in the
 * log, which keeps it for ever.
 */
export function erasureBlockers(
  person: { id: string; name: string; erased: boolean },
  { actorId, reason }: { actorId: string; reason: string },
): Blocker[] {
  return blockers(
    person.id === actorId && {
      code: 'erases-oneself',
      message: 'Nobody erases themselves: the log must name who did it. Ask another administrator.',
    },
    person.erased && { code: 'erased-before', message: 'This person was erased before.' },
    !person.erased &&
      words(person.name).trim() !== '' &&
      words(reason).includes(words(person.name)) && {
        code: 'reason-names-person',
        message:
          'The log keeps the reason for good, so it must not hold the name. "They asked for it on 3 May" says enough.',
        pointer: '/reason',
      },
  );
}

/** When the time is over for which people are kept of whom nothing was seen. @param years 1 or more */
export function unseenBefore(now: Date, years: number): Date {
  const before = new Date(now);
  before.setUTCFullYear(before.getUTCFullYear() - years);
  return before;
}
