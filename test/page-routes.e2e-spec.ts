import {
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
  roleMay,
  TRUST_ROLES,
} from '../src/core/permissions.js';
import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';
import { filled, pageRoutesOf, type Route } from './support/routes.js';

/** Every route of the pages and what it asks of its visitor. A new page is a new line here. */
const TABLE = `

`;

/** Pages that everybody may open act on whoever is signed in. */
const SLUG = { slug: 'mental-health-exemplars', ods: 'RW4' };

let app: TestApp;
let routes: Route[];
let nobody: Visitor;
const people = new Map<Role, Visitor>();

beforeAll(async () => {
  app = await startTestApp();
  routes = pageRoutesOf(app);
  nobody = visitor(app, '');
  for (const role of ROLES)
    people.set(role, await signedIn(app, await app.as(role, TRUST_ROLES.includes(role) ? 'RW4' : undefined)));
});
afterAll(() => app?.stop());

const shown = ({ method, path, access }: Route): string =>
  `${method.toUpperCase().padEnd(4)} ${path.padEnd(60)} ${access}`;
const closed = (): Route[] => routes.filter(({ access }) => access !== 'public');
const open = (who: Visitor, { method, path }: Route) =>
  method === 'get' ? who.get(filled(path, SLUG)) : who.post(filled(path, SLUG), {});

test('every page declares its access, as the table says', () => {
  expect(routes.map(shown).join('\n')).toBe(TABLE.trim());
  const known = ['public', 'anybody', ...PERMISSIONS];
  expect(routes.filter(({ access }) => !known.includes(access ?? '')).map(shown)).toEqual([]);
});

test('pages take only what a browser sends: GET and POST', () =>
  expect(routes.filter(({ method }) => method !== 'get' && method !== 'post')).toEqual([]));

test('whoever is not signed in is led to sign in, and comes back to the page', async () => {
  for (const route of closed()) {
    const { status, location } = await open(nobody, route);
    const back = route.method === 'get' ? encodeURIComponent(filled(route.path, SLUG)) : '%2F';
    expect([route.path, status, location]).toEqual([route.path, 303, `/sign-in?returnTo=${back}`]);
  }
});

test.each(ROLES)('%s opens what their permissions say, and nothing else', async (role) => {
  const who = people.get(role) as Visitor;
  for (const route of closed().filter(({ method }) => method === 'get')) {
    const { status } = await open(who, route);
    const may = route.access === 'anybody' || roleMay(role, route.access as Permission);
    const right = may ? [200, 303, 404].includes(status) : status === 403;
    expect([route.path, route.access, status, right]).toEqual([route.path, route.access, status, true]);
  }
});

test('no form is taken that another site could have sent', async () => {
  const posts = closed().filter(({ method }) => method === 'post');
  expect(posts.length).toBeGreaterThan(20);
  for (const route of posts) {
    const role = ROLES.find(
      (each) => route.access === 'anybody' || roleMay(each, route.access as Permission),
    );
    const answer = await open(people.get(role as Role) as Visitor, route);
    expect([route.path, answer.status, answer.words('h1')]).toEqual([route.path, 403, 'You cannot do this']);
  }
});
