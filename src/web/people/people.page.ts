import type { Page as Paged } from '../../core/paging.js';
import type { PersonView } from '../../identity/person.queries.js';
import { instant, plural, words } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import type { Step } from '../page/step.js';
import { moment, state, type Table, type Tag, table, text } from '../page/table.js';

const PEOPLE: Link = { text: 'People', href: '/administration/people' };

/** What a person may still do here, as a tag. */
export function standingOf({ erasedAt, signedIn, keys }: PersonView): Tag {
  if (erasedAt !== null) return { words: 'Erased', colour: 'grey' };
  if (signedIn) return { words: 'Signed in', colour: 'green' };
  if (keys > 0) return { words: plural(keys, 'key'), colour: 'blue' };
  return { words: 'No key, no session', colour: 'white' };
}

/** Everybody, and what was last seen of them. */
export function peoplePage({ items, next }: Paged<PersonView>, retentionYears: number): Page {
  return {
    view: 'people/people.njk',
    title: PEOPLE.text,
    tables: [peopleTable(items, next)],
    model: { retention: plural(retentionYears, 'year') },
  };
}

const peopleTable = (items: readonly PersonView[], next: string | null): Table =>
  table<PersonView>({
    id: 'people',
    caption: 'People',
    rows: items,
    columns: [
      text('Name', ({ name }) => name, {
        href: ({ id }) => `${PEOPLE.href}/${id}`,
        note: ({ illustrative }) => (illustrative ? 'Illustrative' : null),
      }),
      text('Role', ({ role, trust }) => (trust === null ? words(role) : `${words(role)}, ${trust}`)),
      state('Now', standingOf),
      moment('Last signed in', ({ signedInAt }) => signedInAt),
      moment('Keys until', ({ keysUntil }) => keysUntil),
      moment('Last changed something', ({ actedAt }) => actedAt),
    ],
    empty: 'There is nobody yet. A person is made with their first key, or when they first sign in.',
    next: next && `${PEOPLE.href}?after=${encodeURIComponent(next)}`,
  });

/** One person, and the way to erase them. */
export function personPage(person: PersonView, { mayErase }: { mayErase: boolean }): Page {
  return {
    view: 'people/person.njk',
    title: person.name,
    caption: 'Person',
    trail: [PEOPLE],
    model: {
      person,
      facts: personFacts(person),
      mayErase: mayErase && person.erasedAt === null,
      erasePath: `${PEOPLE.href}/${person.id}/steps/erasure`,
    },
  };
}

/** What is known of a person. */
export function personFacts(person: PersonView): Fact[] {
  const { role, trust, signedInAt, keysUntil, actedAt, erasedAt } = person;
  const when = (at: string | null): string => (at === null ? 'Never' : instant(at));
  return [
    { label: 'Role', value: trust === null ? words(role) : `${words(role)}, ${trust}` },
    { label: 'Now', value: standingOf(person).words },
    { label: 'Last signed in', value: when(signedInAt) },
    { label: 'Keys until', value: when(keysUntil) },
    { label: 'Last changed something', value: when(actedAt) },
    ...(erasedAt === null ? [] : [{ label: 'Erased', value: instant(erasedAt) }]),
  ];
}

/** Erasing a person. */
export const ERASURE: Step = {
  title: 'Erase this person',
  explains: [
    'Their name, what the identity provider calls them and what their keys are called are deleted, everywhere and as at every earlier day. Their keys are revoked and their sessions end. This cannot be taken back.',
    'What they did stays, and says "Erased person". So do the proofs of the log: what is hashed never held the name.',
    'The log keeps that you did this, and why. Give the reason without their name.',
  ],
  fields: [
    {
      kind: 'textarea',
      name: 'reason',
      label: 'Why they are erased',
      hint: 'Such as: They left, and asked for it on 3 May.',
      max: 1_000,
    },
  ],
  button: 'Erase this person',
  warning: true,
  notice: 'The person was erased.',
};

/** The step's page. */
export const erasureAt = (person: PersonView) => ({
  action: `${PEOPLE.href}/${person.id}/steps/erasure`,
  caption: person.name,
  revision: person.revision,
  trail: [PEOPLE, { text: person.name, href: `${PEOPLE.href}/${person.id}` }],
  facts: personFacts(person),
  back: `${PEOPLE.href}/${person.id}`,
});
