import type { ShownAdoption, ShownPairing } from '../../blueprints/adoptions.reader.js';
import { day, pounds, words } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import type { Tag } from '../page/table.js';
import { sourceWords } from '../progress/figures.js';
import { costAgainst, figuresWords, pairingTag, stageTag, timeAgainst } from './adoption.words.js';
import { ADOPTION_LINKS, PAIRING_LINKS } from './adoption-steps.js';

const fact = (label: string, value: string | null | undefined, href?: string): Fact[] =>
  value ? [{ label, value, ...(href ? { href } : {}) }] : [];

/** The way to the followers of a programme. */
export const followersTrail = (slug: string, ...further: readonly Link[]): Link[] => [
  { text: 'Programmes', href: '/programmes' },
  { text: 'Followers', href: `/programmes/${slug}/followers` },
  ...further,
];

/** What is known of an adoption. */
export const adoptionFacts = (adoption: ShownAdoption): Fact[] => [
  ...fact(
    'Who adopts',
    `${adoption.organisation.name}${adoption.follows ? ', which follows the exemplar' : ''}`,
  ),
  ...fact(
    'Blueprint',
    `${adoption.blueprint.title} (${adoption.blueprint.reference}, version ${adoption.blueprint.version})`,
    `/blueprints/${adoption.blueprint.id}`,
  ),
  ...fact('Whose blueprint', adoption.exemplar.name),
  ...fact('How', words(adoption.mode)),
  ...fact('Begun', adoption.startedOn && day(adoption.startedOn)),
  ...fact('Live', adoption.liveOn && day(adoption.liveOn)),
  ...fact('Given up', adoption.abandonedOn && `${day(adoption.abandonedOn)}: ${adoption.abandonedBecause}`),
  ...fact('Changed locally', adoption.localChanges),
  ...fact(
    'Cost',
    adoption.costPence === null ? null : `${pounds(adoption.costPence)}: ${adoption.costBasis}`,
  ),
  ...fact('Time and cost are', figuresFact(adoption)),
  ...fact('Time against the exemplar’s', timeAgainst(adoption.outcome.days)),
  ...fact('Cost against the exemplar’s', costAgainst(adoption.outcome.pence)),
];

/** Where the figures of a live adoption stand, by whom, and why; null where it is not live. */
function figuresFact(adoption: ShownAdoption): string | null {
  const { decidedBy, decidedAt, note } = adoption.figures;
  const standing = figuresWords(adoption);
  if (standing === null || decidedAt === null) return standing;
  const by = `by ${decidedBy?.name ?? 'the funder'} on ${day(decidedAt.slice(0, 10))}`;
  return [`${standing}, ${by}`, note].filter(Boolean).join(': ');
}

/** What is known of a pairing. */
export const pairingFacts = (pairing: ShownPairing): Fact[] => [
  ...fact('Follower', pairing.follower.name),
  ...fact('Follows', pairing.exemplar.name),
  ...fact('Why', pairing.decidedBecause),
  ...fact('Decided by', pairing.decidedBy?.name),
  ...fact(
    pairing.endedByJoining ? 'Ended because' : 'Ends because',
    pairing.joined &&
      `Services of ${pairing.joined.predecessor} went to ${pairing.joined.successor} on ${day(pairing.joined.on)}: no trust follows itself`,
  ),
  ...fact(
    'Award of its own',
    pairing.award &&
      `${pounds(pairing.award.awardPence)}, with ${pounds(pairing.award.matchPence)} match (${pairing.award.source})`,
  ),
  ...fact(
    'Match short of what the award asks for',
    pairing.matchShortPence ? pounds(pairing.matchShortPence) : null,
  ),
  ...fact('Named by', sourceWords(pairing.sourced).words),
];

function thingPage(
  thing: { id: string; table: string; what: string; path: string; illustrative: boolean },
  shown: { title: string; caption: string; trail: Link[]; tagged: Tag; facts: Fact[]; actions: Link[] },
): Page {
  const { title, caption, trail, ...model } = shown;
  return { view: 'blueprints/adoption.njk', title, caption, trail, model: { thing, ...model } };
}

/** One adoption, with its outcome against the exemplar's own. */
export function adoptionPage(adoption: ShownAdoption): Page {
  const { id, reference, programme, illustrative } = adoption;
  const steps = [
    ...adoption.next.filter((step) => step !== 'abandonment'),
    ...(adoption.mayWrite ? (['details'] as const) : []),
  ];
  const last = adoption.next.filter((step) => step === 'abandonment');
  return thingPage(
    { id, table: 'adoption', what: 'adoption', path: `/adoptions/${id}`, illustrative },
    {
      title: `${adoption.organisation.name} adopts ${adoption.blueprint.reference}`,
      caption: reference,
      trail: followersTrail(programme),
      tagged: stageTag(adoption.state),
      facts: adoptionFacts(adoption),
      actions: [...steps, ...last].map((step) => ({
        text: ADOPTION_LINKS[step],
        href: `/adoptions/${id}/steps/${step}`,
      })),
    },
  );
}

/** One pairing of a follower with an exemplar. */
export function pairingPage(pairing: ShownPairing): Page {
  const { id, programme } = pairing;
  return thingPage(
    { id, table: 'programme_role', what: 'pairing', path: `/pairings/${id}`, illustrative: false },
    {
      title: `${pairing.follower.name} follows ${pairing.exemplar.name}`,
      caption: 'Pairing',
      trail: followersTrail(programme),
      tagged: pairingTag(pairing.state),
      facts: pairingFacts(pairing),
      actions: pairing.next.map((step) => ({
        text: PAIRING_LINKS[step],
        href: `/pairings/${id}/steps/${step}`,
      })),
    },
  );
}
