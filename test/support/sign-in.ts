import { systemActor } from '../../src/core/actor.js';
import type { Role } from '../../src/core/permissions.js';
import { IdentityService } from '../../src/identity/identity.service.js';
import type { SessionAnswer } from '../../src/identity/sessions.js';
import { CookieJar } from './cookie-jar.js';
import { SESSION, type SignInApp } from './sign-in-pages.js';

/** An entry of the log, as far as these tests look. */
export interface Entry {
  actor_id: string;
  operation: string;
  old_image: Record<string, unknown>;
  new_image: Record<string, unknown>;
}

type SignedIn = Extract<SessionAnswer, { state: 'signed-in' }>;

export const isCallback = ({ pathname }: URL): boolean => pathname === '/sign-in/callback';
const isPeople = ({ pathname }: URL): boolean => pathname.startsWith('/sign-in/people/');

/** What was remembered of a session is forgotten within half a second. */
export const soon = () => new Promise((resolve) => setTimeout(resolve, 600));

/** Makes two trusts, RW4 and RXT. */
export async function makeTrusts({ database }: SignInApp): Promise<void> {
  await database.sql(
    `insert into organisation (ods_code, name, provenance)
     values ('RW4', 'Mersey Care', '{}'), ('RXT', 'Birmingham', '{}')`,
  );
}

/** Makes a person. @returns their id */
export async function makePerson(
  { app }: SignInApp,
  role: Role,
  trust: string | null,
  illustrative = true,
): Promise<string> {
  const wanted = { name: `Demonstration ${role}`, role, trust, label: 'test', days: 1, illustrative };
  const system = systemActor('test', 'test');
  return (await app.get(IdentityService, { strict: false }).createKey(system, wanted)).person.id;
}

/** Goes as far as the list of people. @returns its path */
export async function toPeople(jar: CookieJar, to = '/'): Promise<string> {
  const { url } = await jar.follow(`/sign-in?to=${encodeURIComponent(to)}`, isPeople);
  expect(url.pathname).toMatch(/^\/sign-in\/people\/[\w-]+$/);
  return url.pathname;
}

/** Chooses a person from the list at a path. */
export function choose(jar: CookieJar, path: string, id: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return jar.send(path, { method: 'POST', headers, body: JSON.stringify({ person: id }) });
}

/** Chooses, and goes as far as the address that the provider sends the browser back to. */
export async function chosen(jar: CookieJar, path: string, id: string): Promise<URL> {
  const next = (await choose(jar, path, id)).headers.get('location') ?? '';
  return (await jar.follow(next, isCallback)).url;
}

/** All the way to a session, in a new browser where none is given. */
export async function signIn({ base }: SignInApp, id: string, jar = new CookieJar(base)): Promise<CookieJar> {
  const back = await chosen(jar, await toPeople(jar), id);
  expect((await jar.send(back.href)).status).toBe(303);
  return jar;
}

/** Who a browser is, as services are told. */
export async function me(jar: CookieJar): Promise<SignedIn> {
  return (await (await jar.send('/me')).json()) as SignedIn;
}

/** What the log has of an action. */
export function logged({ database }: SignInApp, action: string, table = 'sign_in'): Promise<Entry[]> {
  const sql = 'select * from log_entry where action = $1 and table_name = $2 order by number';
  return database.sql<Entry & Record<string, unknown>>(sql, [action, table]);
}

/** Moves a time of a browser's session into the past. */
export async function age(
  { database }: SignInApp,
  jar: CookieJar,
  column: string,
  minutes: number,
): Promise<void> {
  await database.sql(
    `update web_session set ${column} = ${column} - make_interval(mins => $2)
     where token_hash = encode(sha256($1::bytea), 'hex')`,
    [jar.get(SESSION), minutes],
  );
}
