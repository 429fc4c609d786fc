import type { LogEntryView } from '../../audit/log.queries.js';
import type { ChangeOutlook } from '../../change-requests/change-outlook.reader.js';
import { type ChangeRequestVerb, effectOf } from '../../change-requests/change-request.rules.js';
import type { ShownChangeRequest } from '../../change-requests/change-requests.reader.js';
import type { Blocker } from '../../core/blockers.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { day, instant } from '../page/format.js';
import { happeningsIn } from '../page/happenings.js';
import type { Link, Page } from '../page/page.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { changeTag, effectWords, HAPPENED, KINDS, VERBS } from './change.words.js';
import { askedTable, impactTables } from './impact.tables.js';

/** The way to a change request. */
export function changeTrail(
  programme: { slug: string; name: string },
  change?: { id: string; reference: string },
): Link[] {
  return programmeTrail(
    programme,
    { text: 'Changes', href: `/programmes/${programme.slug}/changes` },
    ...(change ? [{ text: change.reference, href: `/changes/${change.id}` }] : []),
  );
}

/** What a blocker says, beginning with the thing that it is about. */
export function blockerWords({ message, about, clearedBy }: Blocker): string {
  return [about ? `${about.name}: ${message}` : message, clearedBy].filter(Boolean).join(' ');
}

/** Who has it, in a sentence. */
function holderWords({ heldBy, state, since }: ShownChangeRequest): string {
  if (!heldBy) return `It came to its end: ${changeTag(state).words.toLowerCase()} on ${instant(since)}.`;
  const who = heldBy.person ? heldBy.person.name : 'the funder';
  const sides = heldBy.side === 'requester' ? ' or a colleague' : '';
  return `With ${who}${sides} since ${instant(since)}.`;
}

/** What a reader finds at the top: why it waits, and what to do about it. */
function warnings({ state, impactAt }: ShownChangeRequest, { now, own, steps }: ChangeOutlook): string[] {
  return [
    ...(now && now.changed.length > 0
      ? [
          `Things changed since its impact was worked out on ${instant(impactAt)}, so what it would do is not what it says below. ${
            state === 'approved'
              ? 'It cannot be applied: withdraw it, and ask for the change anew.'
              : 'Its impact is to be assessed again before anybody decides.'
          }`,
        ]
      : []),
    ...(own && state === 'impact-assessed' && steps.includes('assess')
      ? ['You wrote or asked for this change, so somebody else decides on it.']
      : []),
  ];
}

/** One change request: where it is, who has it, and what it would do (project lead 9). */
export function changePage(
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'terms'>,
  change: ShownChangeRequest,
  outlook: ChangeOutlook,
  log: readonly LogEntryView[],
): Page {
  const { now, steps } = outlook;
  const draft = change.state === 'draft';
  const impact = draft ? (now?.impact ?? null) : change.impact;
  const names = new Map([
    ...(impact?.dates ?? []).map(({ milestone, name }): [string, string] => [milestone, name]),
    ...(impact?.plans ?? []).map(({ benefit, name }): [string, string] => [benefit, name]),
  ]);
  const root = `/changes/${change.id}`;
  return {
    view: 'changes/change.njk',
    title: change.title,
    caption: `${change.reference}, ${change.trust.name}`,
    trail: changeTrail(programme),
    tables: [
      askedTable(change.content, programme.terms.delayReasons, names),
      ...(impact ? impactTables(impact) : []),
    ],
    model: {
      programme,
      change,
      tagged: changeTag(change.state),
      kind: KINDS[change.kind].title,
      holder: holderWords(change),
      warnings: warnings(change, outlook),
      changed: (now?.changed ?? []).map(blockerWords),
      obstacles: (now?.blockers ?? []).map(blockerWords),
      decided: decisionWords(change),
      effect: impact ? effectWords(effectOf(impact)) : [],
      impactIds: impact ? impactTables(impact).map(({ id }) => id) : [],
      basis: draft
        ? 'As things stand now. It is worked out again, and kept, when you submit.'
        : `As things stood on ${instant(change.impactAt)}.`,
      happenings: happeningsIn(log, HAPPENED),
      edit: steps.includes('save') ? `${root}/edit` : null,
      steps: stepLinks(root, change.state, steps),
    },
  };
}

function decisionWords({
  state,
  decisionReason,
  decidedBy,
  deferredUntil,
  appliedVersion,
  agreement,
}: ShownChangeRequest) {
  return [
    ...(decisionReason && decidedBy
      ? [{ label: 'Decision', value: `${decidedBy.name}: ${decisionReason}` }]
      : []),
    ...(state === 'deferred' ? [{ label: 'Waits until', value: day(deferredUntil) }] : []),
    ...(appliedVersion
      ? [{ label: 'Carried out as', value: `Version ${appliedVersion} of ${agreement.reference}` }]
      : []),
  ];
}

/** What a reader may do, what takes it forward first. */
function stepLinks(
  root: string,
  state: ShownChangeRequest['state'],
  open: readonly ChangeRequestVerb[],
): Link[] {
  const forward: ChangeRequestVerb[] = ['submit', 'approve', 'apply'];
  const ordered = [
    ...open.filter((verb) => forward.includes(verb)),
    ...open.filter((verb) => !forward.includes(verb)),
  ];
  return ordered.flatMap((verb) => {
    if (verb === 'save') return [];
    const { step, text } = VERBS[verb];
    const again = verb === 'assess' && state !== 'submitted' ? ' again' : '';
    return [{ text: `${text}${again}`, href: `${root}/steps/${step}` }];
  });
}
