import { ROLES, type Role } from '../core/permissions.js';
import type { Environment } from './environment.js';

/** Exemplar as an identity provider knows it. */
export interface IssuerConfig {
  /** The issuer's address, as it stands in its ID tokens. */
  issuer: string;
  clientId: string;
  /** Undefined: a public client, which PKCE alone protects. Never logged. */
  clientSecret: string | undefined;
  /** Separated by spaces; `openid` is among them. */
  scope: string;
}

/** Which of an identity provider's claims say who somebody is to Exemplar. */
export interface ClaimsConfig {
  /** The claim with the roles: a name, or a path with dots, such as `realm_access.roles`. */
  role: string;
  /** What the values of that claim mean; undefined: a value is the role's own name. */
  roles: ReadonlyMap<string, Role> | undefined;
  /** The claim with the ODS code of the trust that somebody acts for; likewise a name or a path. */
  trust: string;
}

/** How people sign in. */
export interface SignInConfig {
  /** Undefined: the built-in provider, which lets anybody be one of the illustrative people. Never so in production. */
  issuer: IssuerConfig | undefined;
  claims: ClaimsConfig;
  /** Where browsers reach this server: scheme, host and port, no path, no slash at the end. */
  publicUrl: string | undefined;
  /** A session that nobody used for this long is over. */
  idleMinutes: number;
  /** A session is over after this long, used or not. */
  sessionHours: number;
}

/** Reads what the environment says of sign-in, and adds what is wrong to its faults. */
export function readSignIn(env: Environment, production: boolean): SignInConfig {
  const issuer = address(env, 'OIDC_ISSUER');
  const clientId = env.text('OIDC_CLIENT_ID');
  const publicUrl = publicAddress(env, production);
  if (issuer && !isLoopback(issuer) && issuer.protocol !== 'https:')
    env.faults.push('OIDC_ISSUER must start with https:// unless it is on this very machine.');
  if (production && env.text('OIDC_ISSUER') === undefined)
    env.faults.push(
      'OIDC_ISSUER must be set in production: the built-in sign-in lets anybody in as an illustrative person.',
    );
  if (clientId === undefined && (production || issuer))
    env.faults.push('OIDC_CLIENT_ID must be set: the name under which OIDC_ISSUER knows Exemplar.');
  if (production && env.text('PUBLIC_URL') === undefined)
    env.faults.push(
      'PUBLIC_URL must be set in production: the identity provider sends people back to that address.',
    );
  const scope = env.text('OIDC_SCOPE') ?? 'openid profile';
  if (!scope.split(/ +/).includes('openid'))
    env.faults.push(`OIDC_SCOPE is "${scope}"; openid must be among its words.`);
  return {
    issuer:
      issuer && clientId !== undefined
        ? {
            issuer: env.text('OIDC_ISSUER') as string,
            clientId,
            clientSecret: env.text('OIDC_CLIENT_SECRET'),
            scope,
          }
        : undefined,
    claims: {
      role: claim(env, 'OIDC_ROLE_CLAIM', 'roles'),
      roles: rolesOf(env),
      trust: claim(env, 'OIDC_TRUST_CLAIM', 'ods_code'),
    },
    publicUrl,
    idleMinutes: env.whole('SESSION_IDLE_MINUTES', 30, 1, 1_440),
    sessionHours: env.whole('SESSION_HOURS', 12, 1, 168),
  };
}

/** Whether an address is on this very machine, where nobody listens in on the way. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function address(env: Environment, name: string): URL | undefined {
  const value = env.text(name);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash)
    return url;
  env.faults.push(`${name} must be an address that starts with https://, without ?, # or a password.`);
  return undefined;
}

function publicAddress(env: Environment, production: boolean): string | undefined {
  const url = address(env, 'PUBLIC_URL');
  if (!url) return undefined;
  if (url.pathname !== '/')
    env.faults.push(`PUBLIC_URL may not have a path: write ${url.origin}, and serve Exemplar at its root.`);
  if (production && url.protocol !== 'https:')
    env.faults.push('PUBLIC_URL must start with https:// in production: sessions are carried in cookies.');
  return url.origin;
}

function claim(env: Environment, name: string, fallback: string): string {
  const value = env.text(name) ?? fallback;
  if (/\s/.test(value))
    env.faults.push(`${name} is "${value}"; it must be one claim, such as realm_access.roles.`);
  return value;
}

/** `Exemplar.Manager=programme-manager,R8000=trust-lead`. A value may itself hold `=`: the last one counts. */
function rolesOf(env: Environment): ReadonlyMap<string, Role> | undefined {
  const text = env.text('OIDC_ROLES');
  if (text === undefined) return undefined;
  const roles = new Map<string, Role>();
  for (const pair of text.split(',')) {
    const at = pair.lastIndexOf('=');
    const [value, role] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    if (value === '')
      env.faults.push(`OIDC_ROLES has "${pair.trim()}"; write value=role, such as Leads=trust-lead.`);
    else if (!ROLES.includes(role as Role))
      env.faults.push(`OIDC_ROLES gives ${value} the role "${role}"; roles are ${ROLES.join(', ')}.`);
    else if (roles.has(value)) env.faults.push(`OIDC_ROLES names ${value} twice; each value has one role.`);
    else roles.set(value, role as Role);
  }
  return roles;
}
