import { type Blocker, blockers } from '../core/blockers.js';
import { ROLES, type Role, TRUST_ROLES } from '../core/permissions.js';

/** What an identity provider says of somebody: the ID token's claims, and those of its userinfo. */
export type Claims = Readonly<Record<string, unknown>>;

/** Which claims count, and what the values of the one with the roles mean. */
export interface ClaimNames {
  /** A claim's name, or a path with dots; where a list is on the way, each of its entries is looked into. */
  role: string;
  /** Undefined: a value is the role's own name. */
  roles: ReadonlyMap<string, Role> | undefined;
  trust: string;
}

/** Who somebody is, as their claims say. */
export interface Claimed {
  issuer: string;
  subject: string;
  name: string;
  role: Role;
  /** ODS code; for trust roles only. */
  trustOds: string | null;
}

const LONGEST_NAME = 200;
/** What a provider may send at most as its name for somebody (OpenID Connect Core, section 2). */
const LONGEST_SUBJECT = 255;

/** Who the claims say that somebody is, or why Exemplar does not let them in. */
export function readClaims(claims: Claims, names: ClaimNames): Claimed | Blocker[] {
  const [issuer, subject] = [textOf(claims.iss), textOf(claims.sub)];
  const name = nameIn(claims);
  const roles = rolesIn(claims, names);
  const [role] = roles;
  const ofTrust = role !== undefined && TRUST_ROLES.includes(role);
  const trusts = ofTrust ? [...new Set(valuesAt(claims, names.trust).map((ods) => ods.toUpperCase()))] : [];
  const reasons = blockers(
    (!issuer || !subject || subject.length > LONGEST_SUBJECT) && {
      code: 'no-subject',
      message: 'The identity provider does not say who you are (iss and sub). Tell whoever runs Exemplar.',
    },
    !name && {
      code: 'no-name',
      message: 'The identity provider does not say your name. Tell whoever looks after your account there.',
    },
    role === undefined && {
      code: 'no-role',
      message: `Your account has no role in Exemplar (in the claim ${names.role}). Ask for one where your account is looked after.`,
    },
    roles.length > 1 && {
      code: 'more-than-one-role',
      message: `Your account has ${roles.length} roles in Exemplar: ${roles.join(', ')}. A person has one: ask for the others to be taken away.`,
    },
    roles.length === 1 &&
      ofTrust &&
      trusts.length === 0 && {
        code: 'no-trust',
        message: `Your role, ${role}, is for one trust, and your account does not say which (in the claim ${names.trust}). Ask for its ODS code to be added to your account.`,
      },
    roles.length === 1 &&
      trusts.length > 1 && {
        code: 'more-than-one-trust',
        message: `Your role, ${role}, is for one trust, and your account names ${trusts.length}: ${trusts.join(', ')}. Ask for the others to be taken away.`,
      },
  );
  if (reasons.length > 0) return reasons;
  return {
    issuer: issuer as string,
    subject: subject as string,
    name: name as string,
    role: role as Role,
    trustOds: trusts[0] ?? null,
  };
}

/** The claims name a trust that Exemplar does not know. */
export function unknownTrust(ods: string): Blocker {
  return {
    code: 'unknown-trust',
    message: `Your account says that you act for the trust ${ods}, which is in no programme here. Check the code where your account is looked after.`,
  };
}

/**
 * A name as it is shown: without control characters or spaces around it, at most 200 characters; undefined where
 * nothing is left.
 */
export function tidyName(text: string): string | undefined {
  const tidy = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return [...tidy].slice(0, LONGEST_NAME).join('').trim() || undefined;
}

/** `name`, else the given and the family name, else the name that they sign in with, of which an e-mail's domain is left out. */
function nameIn(claims: Claims): string | undefined {
  const tidied = (claim: unknown): string | undefined => tidyName(textOf(claim) ?? '');
  const parts = [tidied(claims.given_name), tidied(claims.family_name)].join(' ');
  const own = textOf(claims.preferred_username)?.replace(/@.*/s, '');
  return tidied(claims.name) ?? tidyName(parts) ?? tidied(own);
}

/** The different roles that the claims give, in the order of ROLES. */
function rolesIn(claims: Claims, names: ClaimNames): Role[] {
  const given = new Set(
    valuesAt(claims, names.role).map((value) => (names.roles ? names.roles.get(value) : value)),
  );
  return ROLES.filter((role) => given.has(role));
}

/** The texts at a claim's name, or else at a path. */
function valuesAt(claims: Claims, path: string): string[] {
  const found = Object.hasOwn(claims, path)
    ? claims[path]
    : path.split('.').reduce(stepInto, claims as unknown);
  return [found]
    .flat(Number.POSITIVE_INFINITY)
    .map(textOf)
    .filter((text) => text !== undefined);
}

function stepInto(node: unknown, step: string): unknown {
  if (Array.isArray(node)) return node.map((each) => stepInto(each, step));
  return typeof node === 'object' && node !== null && Object.hasOwn(node, step)
    ? (node as Record<string, unknown>)[step]
    : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}
