import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, systemActor } from '../core/actor.js';
import type { Role } from '../core/permissions.js';
import { Problem } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { organisationId } from '../organisations/organisation.queries.js';
import { BUILT_IN_ISSUER } from './built-in-provider.js';
import { readClaims, unknownTrust } from './claims.rules.js';
import { type Answer, newChecks, OidcClient } from './oidc-client.js';
import { Person } from './person.entity.js';
import { localPath } from './return-to.rules.js';
import { ATTEMPT_MS, newToken, tokenHash } from './session.rules.js';
import { Sessions } from './sessions.js';
import { notFinished, notKnown } from './sign-in.problems.js';
import {
  type Attempt,
  idOfSubject,
  illustrativePerson,
  insertAttempt,
  takeAttempt,
} from './sign-in.queries.js';

/** Somebody as their identity provider says, and as Exemplar takes them. */
interface Known {
  id: string;
  name: string;
  role: Role;
  trustId: string | null;
  issuer: string;
  subject: string;
}

/** The browser that came back from the identity provider. */
export interface Return {
  /** The path and query that it came to: `/sign-in/callback?code=…`. */
  currentUrl: string;
  /** Of its cookie, from `begin`. */
  attemptToken: string | undefined;
  /** Of the session that it had before, which is replaced. */
  formerToken?: string | undefined;
  requestId: string;
}

/** Lets people in whom the identity provider knows. */
@Injectable()
export class SignInService {
  constructor(
    private readonly config: Config,
    private readonly oidc: OidcClient,
    private readonly sessions: Sessions,
    private readonly scope: ReadScope,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * Begins a sign-in, which can be finished within 10 minutes.
   * @param returnTo where to go on afterwards; anything but a path of this server leads to the start page
   * @returns where to send the browser, and what to give it in a cookie, by which it is known when it is back
   * @throws Problem 503 where the identity provider cannot be reached
   */
  async begin(
    returnTo: string | undefined,
    requestId: string,
  ): Promise<{ address: string; attemptToken: string }> {
    const checks = newChecks();
    const address = await this.oidc.authorizationAddress(checks);
    const attemptToken = newToken();
    const attempt: Attempt = { ...checks, returnTo: localPath(returnTo) };
    const order = { actor: systemActor('sign-in', requestId), action: 'sign-in.begin' };
    await this.work.run(order, (tx) =>
      insertAttempt(
        tx,
        tokenHash(attemptToken) as string,
        attempt,
        tx.now,
        new Date(tx.now.getTime() + ATTEMPT_MS),
      ),
    );
    return { address, attemptToken };
  }

  /**
   * Finishes a sign-in: the person is who their claims say now, and has a new session.
   * @returns who they are, what to give the browser in a cookie, and where to go on
   * @throws Problem 400 where no such sign-in is under way; 403 where the provider refused, or Exemplar does not know
   * them, with blockers; 503 where the provider cannot be reached
   */
  async finish({ currentUrl, attemptToken, formerToken, requestId }: Return): Promise<{
    person: { id: string; name: string; role: Role };
    sessionToken: string;
    returnTo: string;
  }> {
    const { search, searchParams } = new URL(currentUrl, 'http://here.invalid');
    const attempt = await this.takeAttempt(attemptToken, searchParams.get('state'), requestId);
    const answer = await this.oidc.exchange(search, attempt);
    const sessionToken = newToken();
    const letIn = async (): Promise<Known> => {
      const known = await this.known(answer);
      const { id: personId, trustId, issuer } = known;
      const signedIn = { personId, trustId, issuer, idToken: answer.idToken };
      await this.work.run({ actor: actorIn(known, requestId), action: 'person.sign-in' }, async (tx) => {
        await keepPerson(tx, known);
        await this.sessions.begin(tx, signedIn, sessionToken, formerToken);
      });
      return known;
    };
    const { id, name, role } = await letIn().catch((error) => {
      if (madeMeanwhile(error)) return letIn();
      throw error;
    });
    return { person: { id, name, role }, sessionToken, returnTo: attempt.returnTo };
  }

  /**
   * Signs out: the session is over at once.
   * @returns where to send the browser: to sign out at the identity provider too, where it has a place for that
   */
  async signOut(token: string | undefined, requestId: string): Promise<string> {
    const idToken = await this.sessions.end(token, requestId);
    return (idToken && (await this.oidc.signOutAddress(idToken))) || '/';
  }

  private async takeAttempt(
    token: string | undefined,
    state: string | null,
    requestId: string,
  ): Promise<Attempt> {
    const hash = tokenHash(token);
    if (hash === undefined || state === null) throw notFinished();
    const order = { actor: systemActor('sign-in', requestId), action: 'sign-in.finish' };
    const attempt = await this.work.run(order, (tx) => takeAttempt(tx, hash, state, tx.now));
    if (!attempt) throw notFinished();
    return attempt;
  }

  private async known(answer: Answer): Promise<Known> {
    return this.config.signIn.issuer ? this.knownByClaims(answer) : this.knownHere(answer);
  }

  /** Of the built-in provider: the illustrative people are there already. */
  private knownHere({ claims }: Answer): Promise<Known> {
    return this.scope.run({ trustId: null }, async (sql) => {
      const id = String(claims.sub);
      const person = await illustrativePerson(sql, id);
      if (!person) throw notKnown([{ code: 'no-person', message: 'Choose one of the illustrative people.' }]);
      const { name, role, trust } = person;
      const trustId = trust ? ((await organisationId(sql, trust.ods)) ?? null) : null;
      return { id, name, role, trustId, issuer: BUILT_IN_ISSUER, subject: id };
    });
  }

  private async knownByClaims(answer: Answer): Promise<Known> {
    let read = readClaims(answer.claims, this.config.signIn.claims);
    if (Array.isArray(read)) read = readClaims(await answer.allClaims(), this.config.signIn.claims);
    if (Array.isArray(read)) throw notKnown(read);
    const { issuer, subject, name, role, trustOds } = read;
    return this.scope.run({ trustId: null }, async (sql) => {
      const trustId = trustOds === null ? null : await organisationId(sql, trustOds);
      if (trustId === undefined) throw notKnown([unknownTrust(trustOds as string)]);
      return { id: await idOfSubject(sql, issuer, subject), name, role, trustId, issuer, subject };
    });
  }
}

/** The person's row is as their claims are: made at the first sign-in, and changed where something is different. */
async function keepPerson(tx: Tx, { id, name, role, trustId, issuer, subject }: Known): Promise<void> {
  const values = { name, role, trust_id: trustId, issuer, subject };
  const lock = { mode: 'pessimistic_write' as const };
  const person = await tx.manager.findOne(Person, { where: { id }, lock });
  if (!person) await tx.insert(Person, { id, ...values, illustrative: false });
  else if (Object.entries(values).some(([column, value]) => person[column as keyof Person] !== value))
    await tx.change(Person, person, values);
}

/** Whoever signs in acts for themselves, in full reach: last time they may have acted for another trust. */
function actorIn({ id, name, role }: Known, requestId: string): Actor {
  return { id, name, role, trustId: null, trustOds: null, requestId };
}

/** Somebody signed in for the first time, twice at once: one of the two made the person. */
function madeMeanwhile(error: unknown): boolean {
  return error instanceof Problem && error.code === 'already-exists';
}
