import type { ProgrammeView, RoleView } from '../../programmes/programme.queries.js';
import { followersPage } from './followers.page.js';

const programme = { slug: 'p', name: 'P' } as ProgrammeView;
const role = (over: Partial<RoleView>): RoleView => ({
  organisation: { odsCode: 'F', name: 'Follower' },
  role: 'fast-follower',
  status: 'proposed',
  follows: { odsCode: 'A', name: 'Exemplar' },
  from: null,
  to: null,
  sourced: { source: { title: 'A list', reference: 'somewhere.uk', dated: '2018' }, assumed: null },
  ...over,
});

test('who follows whom, how sure that is, and from where', () => {
  const { tables, model } = followersPage(
    programme,
    {
      items: [
        role({}),
        role({
          status: 'confirmed',
          from: '2018-04-01',
          sourced: { source: null, assumed: 'as others did' },
        }),
      ],
      next: 'more',
    },
    { named: 2, confirmed: 1 },
    () => true,
  );
  expect(tables?.[0]?.rows.map((row) => row.map(({ value }) => value))).toEqual([
    ['Follower', 'Exemplar', 'Proposed', null, null, 'A list'],
    ['Follower', 'Exemplar', 'Confirmed', '2018-04-01', null, 'Assumed: as others did'],
  ]);
  expect(tables?.[0]?.rows[0]?.[1]?.href).toBe('/programmes/p/trusts/A');
  expect(tables?.[0]?.next).toBe('/programmes/p/followers?after=more');
  expect(model).toMatchObject({
    known: expect.stringMatching(/^1 of 2 is confirmed; the others were proposed/),
  });
});

test('a trust that the reader may not open is named without a link', () => {
  const { tables } = followersPage(
    programme,
    { items: [role({})], next: null },
    { named: 1, confirmed: 0 },
    () => false,
  );
  expect(tables?.[0]?.rows[0]?.[1]).toEqual({ value: 'Exemplar' });
});

test.each([
  [{ named: 1, confirmed: 1 }, '1 of 1 is confirmed.'],
  [{ named: 0, confirmed: 0 }, null],
])('what is known of all: %#', (counts, known) =>
  expect(followersPage(programme, { items: [], next: null }, counts, () => true).model).toMatchObject({
    known,
  }),
);
