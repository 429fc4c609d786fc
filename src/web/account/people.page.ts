import { TRUST_ROLES } from '../../core/permissions.js';
import type { IllustrativePerson } from '../../identity/sign-in.queries.js';
import { words } from '../page/format.js';
import type { Page } from '../page/page.js';

/** Whom somebody may be who tries a demonstration: the funder's people first, then those of each trust. */
export function peoplePage(uid: string, people: readonly IllustrativePerson[]): Page {
  const trusts = new Map(people.flatMap(({ trust }) => (trust ? [[trust.ods, trust]] : [])));
  const groups = [
    { name: 'At the funder, and auditors', people: people.filter(({ role }) => !TRUST_ROLES.includes(role)) },
    ...[...trusts.values()].map(({ ods, name }) => ({
      name,
      people: people.filter(({ trust }) => trust?.ods === ods),
    })),
  ];
  return {
    view: 'account/people.njk',
    title: 'Who do you want to be?',
    model: {
      action: `/sign-in/people/${uid}`,
      groups: groups.map((group) => ({
        name: group.name,
        people: group.people.map(({ id, name, role }) => ({
          id,
          name,
          role: words(role.replace('trust-', '')),
        })),
      })),
    },
  };
}
