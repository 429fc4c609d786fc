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
    [
      role({ role: 'awardee', follows: null }),
      role({}),
      role({ status: 'confirmed', from: '2018-04-01', sourced: { source: null, assumed: 'as others did' } }),
    ],
    () => true,
  );
  expect(tables?.[0]?.rows.map((row) => row.map(({ value }) => value))).toEqual([
    ['Follower', 'Exemplar', 'Proposed', null, null, 'A list'],
    ['Follower', 'Exemplar', 'Confirmed', '2018-04-01', null, 'Assumed: as others did'],
  ]);
  expect(tables?.[0]?.rows[0]?.[1]?.href).toBe('/programmes/p/trusts/A');
  expect(model).toMatchObject({
    known: expect.stringMatching(/^1 of 2 is confirmed; the others were proposed/),
  });
});

test('a trust that the reader may not open is named without a link', () => {
  const { tables } = followersPage(programme, [role({})], () => false);
  expect(tables?.[0]?.rows[0]?.[1]).toEqual({ value: 'Exemplar' });
});

test.each([
  [[role({ status: 'confirmed' })], '1 of 1 is confirmed.'],
  [[], null],
])('what is known of all: %#', (roles, known) =>
  expect(followersPage(programme, roles, () => true).model).toMatchObject({ known }),
);
