import { type Actor, may } from '../../core/actor.js';
import { type Permission, permissionsOf } from '../../core/permissions.js';
import { words } from './format.js';

/** Who looks at a page, as its header says. */
export interface Viewer {
  name: string;
  /** "Programme manager", "Trust lead". */
  role: string;
  /** ODS code of the trust that they act for. */
  trust: string | null;
  /** What they may do: a page links to what they may open. */
  permissions: readonly Permission[];
}

export interface NavigationItem {
  text: string;
  href: string;
  current: boolean;
}

export function viewerOf({ name, role, trustOds }: Actor): Viewer {
  return {
    name,
    role: words(role),
    trust: trustOds,
    permissions: role === 'system' ? [] : permissionsOf(role),
  };
}

/** The main menu: what somebody may open, with the part that they are in. */
export function navigationOf(actor: Actor | null, url: string): NavigationItem[] {
  const { pathname } = new URL(url, 'http://page');
  const items = actor
    ? [
        { text: 'Your tasks', href: '/tasks' },
        { text: 'Programmes', href: '/programmes' },
        ...(may(actor, 'portfolio:read') ? [{ text: 'Portfolio', href: '/portfolio' }] : []),
        { text: 'Blueprints', href: '/blueprints' },
        ...(may(actor, 'money:read') ? [{ text: 'Claims', href: '/claims' }] : []),
        ...(may(actor, 'log:read') ? [{ text: 'Audit', href: '/audit' }] : []),
        ...(may(actor, 'person:erase') ? [{ text: 'People', href: '/administration/people' }] : []),
        { text: 'Published progress', href: '/progress' },
      ]
    : [
        { text: 'Blueprints', href: '/blueprints' },
        { text: 'Published progress', href: '/progress' },
        { text: 'Sign in', href: '/sign-in' },
      ];
  return items.map((item) => ({
    ...item,
    current: pathname === item.href || pathname.startsWith(`${item.href}/`),
  }));
}
