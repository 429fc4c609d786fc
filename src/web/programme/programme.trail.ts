import type { Link } from '../page/page.js';

/** The way to a page of a programme. */
export function programmeTrail(
  programme: { slug: string; name: string },
  ...further: readonly Link[]
): Link[] {
  return [
    { text: 'Programmes', href: '/programmes' },
    { text: programme.name, href: `/programmes/${programme.slug}` },
    ...further,
  ];
}
