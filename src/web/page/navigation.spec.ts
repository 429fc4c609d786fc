import type { Actor } from '../../core/actor.js';
import type { Role } from '../../core/permissions.js';
import { navigationOf, viewerOf } from './navigation.js';

const somebody = (role: Role): Actor => ({
  ...{ id: 'a', name: 'Amina Hussain', role, trustId: null, trustOds: null, requestId: 'r' },
});

test.each<[Role | null, string[]]>([
  [null, ['Blueprints', 'Published progress', 'Sign in']],
  ['trust-lead', ['Your tasks', 'Programmes', 'Blueprints', 'Claims', 'Published progress']],
  [
    'auditor',
    ['Your tasks', 'Programmes', 'Portfolio', 'Blueprints', 'Claims', 'Audit', 'Published progress'],
  ],
  ['administrator', ['Your tasks', 'Programmes', 'Blueprints', 'Audit', 'People', 'Published progress']],
])('%s may open %p', (role, texts) => {
  const items = navigationOf(role && somebody(role), '/claims/1?x=1');
  expect(items.map(({ text }) => text)).toEqual(texts);
});

test('the part that the page is in is marked', () => {
  const current = (url: string) =>
    navigationOf(somebody('auditor'), url)
      .filter((item) => item.current)
      .map(({ text }) => text);
  expect(current('/claims/1?x=1')).toEqual(['Claims']);
  expect(current('/claimsx')).toEqual([]);
  expect(current('/')).toEqual([]);
});

test('a viewer is named with their role in words', () =>
  expect(viewerOf(somebody('programme-manager'))).toMatchObject({
    name: 'Amina Hussain',
    role: 'Programme manager',
    trust: null,
    permissions: expect.arrayContaining(['money:read']),
  }));
