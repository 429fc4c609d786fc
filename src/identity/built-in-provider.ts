import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import type { Configuration, Provider } from 'oidc-provider';
import { Config } from '../config/config.js';
import type { IssuerConfig } from '../config/sign-in-config.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { BaseAddress } from './base-address.js';
import { BuiltInStore } from './built-in-store.js';
import { notFinished } from './sign-in.problems.js';
import { type IllustrativePerson, illustrativePeople, illustrativePerson } from './sign-in.queries.js';

/** Where the built-in provider answers. */
export const BUILT_IN_PATH = '/oidc';
/** The issuer that stands beside a person and a sign-in in place of the built-in one's address, which can change. */
export const BUILT_IN_ISSUER = 'built-in';

const SCOPE = 'openid profile';
const ATTEMPT_SECONDS = 600;

/**
 * An OpenID Connect provider of this very program, with which people try Exemplar: whoever reaches it may be any of
 * the illustrative people, and nobody else. There is none in production, nor beside another issuer. It is made when
 * somebody first signs in, keeps nothing when the program ends, and keeps no session of its own.
 */
@Injectable()
export class BuiltInProvider {
  private readonly logger = new Logger(BuiltInProvider.name);
  private readonly clientSecret = randomBytes(32).toString('base64url');
  private made: Promise<Provider> | undefined;

  constructor(
    private readonly config: Config,
    private readonly base: BaseAddress,
    private readonly scope: ReadScope,
  ) {}

  /** Whether people sign in with it. */
  get available(): boolean {
    return !this.config.production && this.config.signIn.issuer === undefined;
  }

  /** Exemplar as it knows it. @throws Error before the server listens */
  get registration(): IssuerConfig {
    const issuer = `${this.base.origin()}${BUILT_IN_PATH}`;
    return { issuer, clientId: 'exemplar', clientSecret: this.clientSecret, scope: SCOPE };
  }

  /** Answers a request for a path under `/oidc`. */
  async callback(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = await this.provider();
    const { host, protocol } = new URL(this.base.origin());
    const path = request.url ?? '/';
    // As at its public address, whatever is in between; and whoever signed in before is asked again who to be.
    request.headers.host = host;
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    delete request.headers['x-forwarded-host'];
    request.headers.cookie = withoutSession(request.headers.cookie);
    Object.assign(request, { originalUrl: path, url: path.slice(BUILT_IN_PATH.length) || '/' });
    await provider.callback()(request, response);
  }

  /**
   * Whom somebody may be who is at `/sign-in/people/<uid>`.
   * @throws Problem 400 where no sign-in is under way there; 404 where this provider is not in use
   */
  async people(request: IncomingMessage, response: ServerResponse): Promise<IllustrativePerson[]> {
    await this.underWay(request, response);
    return this.scope.run({ trustId: null }, illustrativePeople);
  }

  /**
   * Goes on as a person.
   * @returns the address to which to send the browser, with status 303
   * @throws Problem 400 where no sign-in is under way; 404 where that is nobody illustrative
   */
  async finish(request: IncomingMessage, response: ServerResponse, personId: string): Promise<string> {
    const provider = await this.underWay(request, response);
    const person = await this.scope.run({ trustId: null }, (sql) => illustrativePerson(sql, personId));
    if (!person) throw notFound('illustrative person');
    const login = { accountId: person.id, remember: false };
    return provider.interactionResult(request, response, { login }, { mergeWithLastSubmission: false });
  }

  private async underWay(request: IncomingMessage, response: ServerResponse): Promise<Provider> {
    if (!this.available) throw notFound('page');
    const provider = await this.provider();
    try {
      await provider.interactionDetails(request, response);
    } catch (error) {
      if (error instanceof Error && error.name === 'SessionNotFound') throw notFinished();
      throw error;
    }
    return provider;
  }

  private provider(): Promise<Provider> {
    if (!this.available) throw notFound('page');
    this.made ??= this.make();
    return this.made;
  }

  private async make(): Promise<Provider> {
    const { Provider } = await import('oidc-provider/lib/provider.js');
    const provider = new Provider(this.registration.issuer, this.settings());
    provider.proxy = true;
    provider.on('server_error', (_context, error) => this.logger.warn(`It failed: ${error.message}`));
    const events: EventEmitter = provider;
    events.on('error', (error: Error) => this.logger.debug(`An answer was broken off: ${error.message}`));
    return provider;
  }

  private settings(): Configuration {
    const store = new BuiltInStore();
    const base = this.base.origin();
    const { clientId } = this.registration;
    return {
      adapter: (kind: string) => store.of(kind),
      jwks: { keys: [newSigningKey()] },
      cookies: { keys: [randomBytes(32).toString('base64url')] },
      clients: [
        {
          client_id: clientId,
          client_secret: this.clientSecret,
          redirect_uris: [`${base}/sign-in/callback`],
          post_logout_redirect_uris: [`${base}/`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          id_token_signed_response_alg: 'ES256',
        },
      ],
      pkce: { required: () => true },
      claims: { openid: ['sub'], profile: ['name', 'roles', 'ods_code'] },
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/sign-in/people/${uid}` },
      clientBasedCORS: () => false,
      expiresWithSession: () => false,
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, ...SESSION_TTL },
      findAccount: async (_context, id) => this.account(id),
      // Whoever chose a person has said yes to everything that there is to say yes to.
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId });
        grant.addOIDCScope(SCOPE);
        await grant.save();
        return grant;
      },
      renderError: (context) => {
        context.type = 'text';
        context.body = `This sign-in cannot go on: it is not under way, or took too long. Start again at ${base}/\n`;
      },
    };
  }

  private async account(id: string) {
    const person = await this.scope.run({ trustId: null }, (sql) => illustrativePerson(sql, id));
    if (!person) return undefined;
    const { name, role, trust } = person;
    const claims = { sub: id, name, roles: [role], ...(trust ? { ods_code: trust.ods } : {}) };
    return { accountId: id, claims: () => claims };
  }
}

const SESSION_TTL = { Interaction: ATTEMPT_SECONDS, Session: ATTEMPT_SECONDS };

function newSigningKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomBytes(8).toString('hex');
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
}

/** Its cookies without those of a session. */
function withoutSession(cookies: string | undefined): string | undefined {
  return cookies
    ?.split(';')
    .filter((cookie) => !/^\s*_session\b/.test(cookie))
    .join(';');
}
