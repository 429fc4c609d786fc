import type { PersonView } from '../../identity/person.queries.js';
import { peoplePage, personPage, standingOf } from './people.page.js';

const AMINA: PersonView = {
  ...{ id: '1', name: 'Amina Hussain', role: 'trust-lead', trust: 'RW4', illustrative: false, revision: 1 },
  ...{ signedInAt: '2018-07-20T09:30:00Z', signedIn: false, keys: 0, keysUntil: null, actedAt: null },
  erasedAt: null,
};

test.each([
  [{}, 'No key, no session'],
  [{ keys: 2 }, '2 keys'],
  [{ keys: 1, signedIn: true }, 'Signed in'],
  [{ erasedAt: '2019-01-01T00:00:00Z' }, 'Erased'],
])('a person with %p is shown as %s', (more, words) =>
  expect(standingOf({ ...AMINA, ...more }).words).toBe(words),
);

test('the list says how long people are kept, and leads to each and to the next page', () => {
  const page = peoplePage({ items: [AMINA], next: 'x=' }, 7);
  expect(page.model).toEqual({ retention: '7 years' });
  expect(page.tables?.[0]?.rows[0]?.[0]).toMatchObject({ href: '/administration/people/1' });
  expect(page.tables?.[0]?.next).toBe('/administration/people?after=x%3D');
});

test.each([
  ['somebody who may', AMINA, true, true],
  ['somebody who may not', AMINA, false, false],
  ['a second time', { ...AMINA, erasedAt: '2019-01-01T00:00:00Z' }, true, false],
])('%s is led to erase', (_, person, mayErase, led) =>
  expect(personPage(person, { mayErase }).model).toMatchObject({ mayErase: led }),
);
