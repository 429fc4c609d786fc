import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Provider } from 'oidc-provider';
import { BuiltInStore } from '../../src/identity/built-in-store.js';

/** An identity provider on a port of its own, that lets whoever comes be the person whom the test names. */
export interface Issuer {
  address: string;
  clientId: string;
  clientSecret: string;
  /** What it says of everybody whom it knows, by subject. */
  people: Record<string, Record<string, unknown>>;
  /** Who signs in next; null: they stop there. */
  next: string | null;
  stop(): Promise<void>;
}

export interface IssuerOptions {
  /** Where it sends people back to: the origin of Exemplar. */
  home: string;
  port?: number;
  /** Whether it says who people are in its userinfo alone. */
  inUserInfoAlone?: boolean;
}

/** Starts one. */
export async function startIssuer({
  home,
  port = 0,
  inUserInfoAlone = false,
}: IssuerOptions): Promise<Issuer> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer: Issuer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: 'exemplar',
    clientSecret: randomBytes(32).toString('base64url'),
    people: {},
    next: null,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  await answer(server, issuer, home, inUserInfoAlone);
  return issuer;
}

async function answer(server: Server, issuer: Issuer, home: string, inUserInfoAlone: boolean): Promise<void> {
  const { Provider: Library } = (await import('oidc-provider/lib/provider.js' as string)) as {
    Provider: typeof Provider;
  };
  const store = new BuiltInStore();
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const { clientId } = issuer;
  const provider = new Library(issuer.address, {
    adapter: (kind: string) => store.of(kind),
    jwks: { keys: [{ ...key, alg: 'RS256', use: 'sig', kid: 'test' }] },
    cookies: { keys: ['test'] },
    clients: [
      {
        client_id: clientId,
        client_secret: issuer.clientSecret,
        redirect_uris: [`${home}/sign-in/callback`],
        post_logout_redirect_uris: [`${home}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name', 'roles', 'ods_code'] },
    conformIdTokenClaims: inUserInfoAlone,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = form;
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/choose/${uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    clientBasedCORS: () => false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...issuer.people[id] }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/choose/')) return void callback(request, response);
    const result = issuer.next === null ? { error: 'access_denied' } : { login: { accountId: issuer.next } };
    void provider.interactionFinished(request, response, result);
  });
}
