import { Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Config } from '../config/config.js';
import { isLoopback } from '../config/sign-in-config.js';
import { forbidden, Problem, unavailable } from '../core/problems.js';
import { BaseAddress } from './base-address.js';
import { BuiltInProvider } from './built-in-provider.js';
import type { Claims } from './claims.rules.js';
import { notFinished } from './sign-in.problems.js';

/** What a sign-in under way keeps to itself, and holds the answer against. */
export interface Checks {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
}

/** What the identity provider answered. */
export interface Answer {
  /** Of the ID token, whose signature, issuer, audience, time and nonce hold. */
  claims: Claims;
  idToken: string;
  /**
   * The claims of the userinfo with those of the ID token over them: some providers name roles there alone.
   * @throws Problem as `exchange` does
   */
  allClaims(): Promise<Claims>;
}

const TIMEOUT_SECONDS = 10;
/** Paths of this server that are registered with the identity provider. */
export const CALLBACK_PATH = '/sign-in/callback';
const SIGNED_OUT_PATH = '/';

/** New checks for a sign-in. */
export function newChecks(): Checks {
  return {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
}

/** Exemplar as a client of the identity provider: OpenID Connect, authorization code with PKCE, state and nonce. */
@Injectable()
export class OidcClient {
  private readonly logger = new Logger(OidcClient.name);
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(
    private readonly config: Config,
    private readonly base: BaseAddress,
    private readonly builtIn: BuiltInProvider,
  ) {}

  /** Where the browser goes to sign in. @throws Problem 503 where the provider cannot be reached */
  async authorizationAddress({ state, nonce, verifier }: Checks): Promise<string> {
    const provider = await this.provider();
    return oidc.buildAuthorizationUrl(provider, {
      redirect_uri: `${this.base.origin()}${CALLBACK_PATH}`,
      scope: this.registration().scope,
      ...{ state, nonce },
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * Exchanges the code that the browser brought back for who somebody is.
   * @param search of the address that the browser came to, with its `?`
   * @throws Problem 403 where the provider refused; 400 where its answer does not hold; 503 where it cannot be reached
   */
  async exchange(search: string, { state, nonce, verifier }: Checks): Promise<Answer> {
    const provider = await this.provider();
    try {
      const tokens = await oidc.authorizationCodeGrant(
        provider,
        new URL(`${this.base.origin()}${CALLBACK_PATH}${search}`),
        { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
      );
      const claims = tokens.claims() as Claims & { sub: string };
      return {
        claims,
        idToken: tokens.id_token as string,
        allClaims: () => this.allClaims(provider, tokens.access_token, claims),
      };
    } catch (error) {
      throw this.inWords(error);
    }
  }

  /** Where the browser goes to sign out there too; undefined where the provider has no such place, or is away. */
  async signOutAddress(idToken: string | null): Promise<string | undefined> {
    try {
      const provider = await this.provider();
      if (!provider.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(provider, {
        post_logout_redirect_uri: `${this.base.origin()}${SIGNED_OUT_PATH}`,
        ...(idToken === null ? {} : { id_token_hint: idToken }),
      }).href;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  private async allClaims(provider: oidc.Configuration, token: string, claims: Claims & { sub: string }) {
    if (!provider.serverMetadata().userinfo_endpoint) return claims;
    try {
      return { ...(await oidc.fetchUserInfo(provider, token, claims.sub)), ...claims };
    } catch (error) {
      throw this.inWords(error);
    }
  }

  /** Discovers the provider at the first use, and anew after it could not be reached. */
  private async provider(): Promise<oidc.Configuration> {
    this.discovered ??= this.discover();
    try {
      return await this.discovered;
    } catch (error) {
      this.discovered = undefined;
      this.logger.warn(`The identity provider cannot be discovered: ${reasonOf(error)}`);
      throw away();
    }
  }

  private async discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.registration();
    const address = new URL(issuer);
    const insecure = this.builtIn.available || isLoopback(address);
    return oidc.discovery(
      address,
      clientId,
      undefined,
      clientSecret === undefined ? oidc.None() : withSecret(clientSecret),
      {
        execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
        timeout: TIMEOUT_SECONDS,
        ...(this.builtIn.available ? { [oidc.customFetch]: this.toItself() } : {}),
      },
    );
  }

  private registration() {
    return this.config.signIn.issuer ?? this.builtIn.registration;
  }

  /** The built-in provider is this very server, which need not be reached by the address that browsers use. */
  private toItself(): oidc.CustomFetch {
    return (url, options) => {
      const { pathname, search } = new URL(url);
      return fetch(`${this.base.local()}${pathname}${search}`, options as RequestInit);
    };
  }

  private inWords(error: unknown): Problem {
    if (error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied')
      return forbidden(
        'Signing in was refused or stopped at the identity provider. Start again.',
        'sign-in-refused',
      );
    this.logger.warn(`A sign-in was not finished: ${reasonOf(error)}`);
    return isAway(error) ? away() : notFinished('What the identity provider answered does not hold.');
  }
}

/** Whichever of the two ways to send a secret the provider takes. */
function withSecret(secret: string): oidc.ClientAuth {
  const [post, basic] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)];
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (ways.includes('client_secret_post') ? post : basic)(server, client, body, headers);
  };
}

function away(): Problem {
  return unavailable('The sign-in service cannot be reached at the moment. Try again in a minute.');
}

/** Not a refusal of this one sign-in: the provider is not there, is broken, or does not know Exemplar. */
function isAway(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.error !== 'invalid_grant';
  if (error instanceof oidc.AuthorizationResponseError)
    return ['server_error', 'temporarily_unavailable'].includes(error.error);
  const code = (error as { code?: string }).code ?? '';
  return (
    (error instanceof TypeError && error.message === 'fetch failed') ||
    ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'].includes(
      code,
    )
  );
}

/** For the log: names of faults alone, because an answer of the provider may hold a token. */
function reasonOf(error: unknown): string {
  const {
    name,
    code,
    error: named,
    cause,
  } = error as Error & { code?: string; error?: string; cause?: unknown };
  const under = (cause as { code?: string } | undefined)?.code;
  return [name, code, named, under].filter((part) => typeof part === 'string').join(', ');
}
