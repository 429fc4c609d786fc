import { availableParallelism } from 'node:os';
import { Config } from './config.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://h/d',
  OIDC_ISSUER: 'https://id.example.org',
  OIDC_CLIENT_ID: 'exemplar',
  PUBLIC_URL: 'https://exemplar.example.org',
};

test('an empty environment is a demonstration on the embedded server', () => {
  const config = new Config({});
  expect(config).toMatchObject({
    production: false,
    demonstration: true,
    port: 3000,
    databaseUrl: undefined,
  });
});

test.each([
  [{ PORT: '70000' }, 'PORT is "70000"'],
  [{ PORT: 'x' }, 'PORT is "x"'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be an address'],
  [{ DATABASE_URL: 'postgres://h/d?options=-c%20x%3D1' }, 'may not carry ?options='],
  [{ DATABASE_READ_URL: 'postgres://h/d' }, 'DATABASE_READ_URL needs DATABASE_URL'],
  [{ DATABASE_READ_POOL: '1' }, 'DATABASE_READ_POOL is "1"; it must be a whole number from 2 to 500'],
  [{ REDIS_URL: 'x' }, 'REDIS_URL'],
  [{ REDIS_PREFIX: 'a:b' }, 'REDIS_PREFIX is "a:b"'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
  [{ DEMONSTRATION: 'yes' }, 'DEMONSTRATION is "yes"'],
  [{ MIGRATE: 'no' }, 'MIGRATE is "no"'],
  [{ EXEMPLAR_TODAY: '2017-02-29' }, 'EXEMPLAR_TODAY'],
  [{ NODE_ENV: 'production' }, 'DATABASE_URL must be set in production'],
  [{ ...PRODUCTION, DEMONSTRATION: 'true' }, 'cannot be true in production'],
  [{ ...PRODUCTION, OIDC_ISSUER: '' }, 'OIDC_ISSUER must be set in production'],
  [{ ...PRODUCTION, OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID must be set'],
  [{ ...PRODUCTION, PUBLIC_URL: '' }, 'PUBLIC_URL must be set in production'],
  [{ ...PRODUCTION, PUBLIC_URL: 'http://exemplar.example.org' }, 'PUBLIC_URL must start with https://'],
  [{ PUBLIC_URL: 'exemplar' }, 'PUBLIC_URL must be an address'],
  [{ PUBLIC_URL: 'https://h/exemplar' }, 'PUBLIC_URL may not have a path: write https://h,'],
  [{ OIDC_ISSUER: 'http://id.example.org', OIDC_CLIENT_ID: 'x' }, 'OIDC_ISSUER must start with https://'],
  [{ OIDC_ISSUER: 'http://127.0.0.1.example.org', OIDC_CLIENT_ID: 'x' }, 'must start with https://'],
  [{ OIDC_ISSUER: 'id.example.org' }, 'OIDC_ISSUER must be an address'],
  [{ OIDC_ISSUER: 'https://id.example.org' }, 'OIDC_CLIENT_ID must be set'],
  [{ OIDC_SCOPE: 'profile' }, 'OIDC_SCOPE is "profile"; openid'],
  [{ OIDC_ROLE_CLAIM: 'a b' }, 'OIDC_ROLE_CLAIM is "a b"'],
  [{ OIDC_TRUST_CLAIM: 'a b' }, 'OIDC_TRUST_CLAIM is "a b"'],
  [{ OIDC_ROLES: 'Leads' }, 'OIDC_ROLES has "Leads"; write value=role'],
  [{ OIDC_ROLES: 'Leads=lead' }, 'OIDC_ROLES gives Leads the role "lead"'],
  [{ OIDC_ROLES: 'A=assessor,A=auditor' }, 'OIDC_ROLES names A twice'],
  [{ SESSION_IDLE_MINUTES: '0' }, 'SESSION_IDLE_MINUTES is "0"'],
  [{ DRAIN_SECONDS: '61' }, 'DRAIN_SECONDS is "61"; it must be a whole number from 0 to 60'],
  [{ SESSION_HOURS: '200' }, 'SESSION_HOURS is "200"'],
  [{ PERSON_RETENTION_YEARS: '0' }, 'PERSON_RETENTION_YEARS is "0"'],
  [{ OPEN_DATA_PREFIX: 'nhs' }, 'OPEN_DATA_PREFIX is "nhs"; it must be the prefix that 360Giving registered'],
  [{ ...PRODUCTION, OPEN_DATA_PREFIX: '360G-not-registered' }, 'cannot be 360G-not-registered in production'],
  [{ OPEN_DATA_LICENCE: 'ogl' }, 'OPEN_DATA_LICENCE is "ogl"; it must be the address of a licence'],
])('%p is refused: %s', (env, words) => expect(() => new Config(env)).toThrow(words));

test.each([
  [{}, 'warn'],
  [{ DEMONSTRATION: 'false' }, 'info'],
  [PRODUCTION, 'info'],
  [{ LOG_LEVEL: 'debug' }, 'debug'],
])('%p logs at %s', (env, level) => expect(new Config(env).logLevel).toBe(level));

test.each([
  ['twice the processors, and at least four', {}, Math.min(20, Math.max(4, 2 * availableParallelism()))],
  ['no more than are to write through', { DATABASE_POOL: '3' }, 3],
  ['what is said', { DATABASE_POOL: '3', DATABASE_READ_POOL: '30' }, 30],
])('connections to read through are %s', (_what, env, size) =>
  expect(new Config(env).readPoolSize).toBe(size),
);

test('every fault is named at once', () => {
  expect(() => new Config({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
});

test('production names everything that it needs to let people sign in', () => {
  expect(() => new Config({ NODE_ENV: 'production', DATABASE_URL: 'postgres://h/d' })).toThrow(
    /OIDC_ISSUER must be set[\s\S]*OIDC_CLIENT_ID must be set[\s\S]*PUBLIC_URL must be set/,
  );
});

test('no fault repeats a secret', () => {
  const wrong = {
    DATABASE_URL: 'mysql://u:hunter2@h/d',
    OIDC_ISSUER: 'https://u:hunter2@h',
    PUBLIC_URL: 'x',
  };
  expect(() => new Config({ ...wrong, OIDC_CLIENT_SECRET: 'hunter2' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

test('sign-in of its own making, unless an issuer is named', () => {
  expect(new Config({}).signIn).toEqual({
    issuer: undefined,
    claims: { role: 'roles', roles: undefined, trust: 'ods_code' },
    publicUrl: undefined,
    idleMinutes: 30,
    sessionHours: 12,
  });
  const env = {
    ...{ ...PRODUCTION, OIDC_CLIENT_SECRET: 'hunter2', OIDC_SCOPE: 'openid roles' },
    ...{
      OIDC_ROLE_CLAIM: 'realm_access.roles',
      OIDC_TRUST_CLAIM: 'org',
      PUBLIC_URL: 'https://exemplar.org/',
    },
    OIDC_ROLES: 'Exemplar.Manager=programme-manager, cn=leads = trust-lead',
  };
  expect(new Config({ ...env, SESSION_IDLE_MINUTES: '15', SESSION_HOURS: '8' }).signIn).toEqual({
    issuer: {
      issuer: 'https://id.example.org',
      clientId: 'exemplar',
      clientSecret: 'hunter2',
      scope: 'openid roles',
    },
    claims: {
      role: 'realm_access.roles',
      roles: new Map([
        ['Exemplar.Manager', 'programme-manager'],
        ['cn=leads', 'trust-lead'],
      ]),
      trust: 'org',
    },
    publicUrl: 'https://exemplar.org',
    idleMinutes: 15,
    sessionHours: 8,
  });
});

test.each(['http://localhost:9000', 'http://127.0.0.1', 'http://[::1]:80'])(
  'an issuer on this machine may be %s',
  (issuer) =>
    expect(new Config({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'x' }).signIn.issuer).toMatchObject({ issuer }),
);

test('without a registered prefix a demonstration has a placeholder, and production publishes nothing', () => {
  expect(new Config({}).openData).toMatchObject({ prefix: '360G-not-registered', placeholder: true });
  expect(new Config(PRODUCTION).openData.prefix).toBeUndefined();
  expect(new Config({ ...PRODUCTION, OPEN_DATA_PREFIX: '360G-example' }).openData).toMatchObject({
    prefix: '360G-example',
    placeholder: false,
    licence: expect.stringContaining('open-government-licence/version/3'),
  });
});
