import type { Actor } from '../../core/actor.js';
import { may } from '../../core/actor.js';
import type { Link } from '../page/page.js';

/** The way to a page of a claim. */
export function claimTrail({ id, reference }: { id: string; reference: string }, ...further: Link[]): Link[] {
  return [{ text: 'Claims', href: '/claims' }, { text: reference, href: `/claims/${id}` }, ...further];
}

/** The parts of a programme's claims and payments, as far as somebody may open them. */
export function moneyParts(slug: string, actor: Actor): Link[] {
  const root = `/programmes/${slug}`;
  return [
    { text: 'Claims', href: `${root}/claims` },
    { text: 'Payments', href: `${root}/payments` },
    { text: 'Recoveries', href: `${root}/recoveries` },
    ...(may(actor, 'log:read') ? [{ text: 'Extracts', href: `${root}/extracts` }] : []),
  ];
}
