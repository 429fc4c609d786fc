import { formatDate } from '../../core/calendar.js';
import { type AgreementState } from '../../funding/agreements/agreement-states.js';
import type { AgreementTerms } from '../../funding/agreements/agreement-terms.js';
import type { Source, Stage } from '../../funding/ledger.rules.js';
import { words } from '../page/format.js';
import type { Link } from '../page/page.js';
import type { Tag, TagColour } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

/** A programme, as the way to its pages names it. */
export interface ProgrammeRef {
  slug: string;
  name: string;
}

const COLOURS: Record<AgreementState, TagColour> = {
  draft: 'grey',
  'in-due-diligence': 'yellow',
  approved: 'blue',
  offered: 'blue',
  signed: 'aqua-green',
  active: 'green',
  suspended: 'orange',
  closing: 'purple',
  closed: 'grey',
  withdrawn: 'white',
  terminated: 'red',
  novated: 'white',
};

/** The tag of an agreement's state. */
export function agreementTag(state: AgreementState): Tag {
  return { words: words(state), colour: COLOURS[state] };
}

/** What an agreement's state means, and who has it. */
export const STATE_MEANS: Record<AgreementState, string> = {
  draft: 'It is being written. Nobody is bound by it, and its terms can be changed.',
  'in-due-diligence': 'It is being looked at before it is approved. Its terms hold as they stand.',
  approved: 'It was approved and can be offered to the trust. Its terms cannot be changed any more.',
  offered: 'It waits for the trust’s finance director to sign it.',
  signed: 'Both sides agreed. It waits to be put in force.',
  active: 'It is in force: costs can be claimed and match put in.',
  suspended: 'It is stopped for a time: nothing is claimed or paid. Match can still be put in.',
  closing: 'It is being closed: what was claimed before is still settled, and nothing new is claimed.',
  closed: 'It has ended.',
  withdrawn: 'It was given up before it was in force.',
  terminated: 'It was ended before its time.',
  novated: 'Another agreement took it over, with all that stood in it.',
};

const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));

/** "At least £1 of match for every £2 of grant", in the smallest whole pounds. */
export function ratioWords({ matchPence, perGrantPence }: AgreementTerms['matchRatio']): string {
  if (matchPence === 0) return 'No match is asked for';
  const by = common(matchPence, perGrantPence);
  return `At least £${matchPence / by} of match for every £${perGrantPence / by} of grant`;
}

/** "1 April 2017 to 31 March 2020". */
export function windowWords({ startsOn, endsOn }: { startsOn: string; endsOn: string }): string {
  return `${formatDate(startsOn)} to ${formatDate(endsOn)}`;
}

/** "2017/18 capital". */
export function lineWords({ financialYear, kind }: { financialYear: string; kind: string }): string {
  return `${financialYear} ${kind}`;
}

/** "Grant: awarded to claimed"; money that comes in or goes out names only where it stands within. */
export function moveWords(source: Source, from: Stage, to: Stage): string {
  const [start, end] = [from, to].map((stage) => words(stage).toLowerCase());
  if (from === 'outside') return `${words(source)}: new as ${end}`;
  if (to === 'outside') return `${words(source)}: out of ${start}`;
  return `${words(source)}: ${start} to ${end}`;
}

/** The way to a page below an agreement. */
export function agreementTrail(
  programme: ProgrammeRef,
  agreement: { id: string; reference: string } | null,
  ...further: readonly Link[]
): Link[] {
  return programmeTrail(
    programme,
    { text: 'Agreements', href: `/programmes/${programme.slug}/agreements` },
    ...(agreement ? [{ text: agreement.reference, href: `/agreements/${agreement.id}` }] : []),
    ...further,
  );
}

/** The parts of an agreement, each on a page of its own. */
export function agreementLinks(
  programme: ProgrammeRef,
  { id, trust }: { id: string; trust: { odsCode: string } },
): Link[] {
  return [
    { text: 'Agreement', href: `/agreements/${id}` },
    { text: 'Versions', href: `/agreements/${id}/versions` },
    { text: 'Ledger', href: `/agreements/${id}/journals` },
    { text: 'Claims', href: `/programmes/${programme.slug}/claims?trust=${trust.odsCode}` },
    { text: 'Match put in', href: `/agreements/${id}/contributions` },
    { text: 'Match needed', href: `/programmes/${programme.slug}/trusts/${trust.odsCode}/match` },
    { text: 'Changes', href: `/programmes/${programme.slug}/changes?trust=${trust.odsCode}` },
  ];
}
