import type { Blocker } from '../core/blockers.js';
import { malformed, Problem, titleOf } from '../core/problems.js';

/** 400: the answer does not belong to a sign-in that is under way. */
export function notFinished(
  detail = 'This sign-in is no longer under way: it was finished, or took too long.',
): Problem {
  return malformed('sign-in-not-finished', `${detail} Start again.`);
}

/** 403: the identity provider knows them, and Exemplar does not let them in; each blocker says why and what to do. */
export function notKnown(reasons: Blocker[]): Problem {
  const detail = `You are signed in to your account, but not to Exemplar. ${reasons.map(({ message }) => message).join(' ')}`;
  return new Problem({ status: 403, code: 'not-known', title: titleOf(403), detail, blockers: reasons });
}
