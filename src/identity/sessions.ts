import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, systemActor } from '../core/actor.js';
import { ReadScope } from '../database/read-scope.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { TRUSTED_MS } from './authentication.js';
import {
  clearSignIns,
  deleteSessions,
  insertSession,
  replaceToken,
  type SessionRow,
  sessionOfToken,
  sessionsOver,
  takeIdToken,
  touchSession,
} from './session.queries.js';
import {
  endOf,
  formerTokenCounts,
  mustRotate,
  mustTouch,
  newToken,
  type SignInEnd,
  tokenHash,
} from './session.rules.js';
import { SignIn } from './sign-in.entity.js';

/** Who a request with a session's cookie comes from. */
export type SessionAnswer =
  | {
      state: 'signed-in';
      actor: Actor;
      session: {
        id: string;
        personId: string;
        /** What the session's forms carry; the same for as long as it lasts. */
        csrfSecret: string;
        /** To be sent back in the cookie in place of the one that came; null where that one goes on. */
        rotatedToken: string | null;
      };
    }
  /** It ended by itself; what this person sent can be held for them until they are back. */
  | { state: 'expired'; personId: string; csrfSecret: string }
  | { state: 'none' };

const MAX_REMEMBERED = 10_000;
const NONE: SessionAnswer = { state: 'none' };

/** Sessions of people who signed in. */
@Injectable()
export class Sessions {
  private readonly remembered = new Map<string, { row: SessionRow; until: number }>();
  private readonly idleMs: number;
  private readonly longestMs: number;

  constructor(
    private readonly scope: ReadScope,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    { signIn }: Config,
  ) {
    this.idleMs = signIn.idleMinutes * 60_000;
    this.longestMs = signIn.sessionHours * 3_600_000;
  }

  /**
   * Who a token belongs to. Role and trust are the person's as they are now; a session that was ended elsewhere ends
   * here within half a second. Notes that the session is in use, or that it is over.
   * @param token of the cookie; undefined where none was sent
   * @throws Problem 503 where the database is away
   */
  async actorOf(token: string | undefined, requestId: string): Promise<SessionAnswer> {
    const hash = tokenHash(token);
    const row = hash && (await this.row(hash));
    if (!row) return NONE;
    if (row.endedBecause !== null) return byItself(row.endedBecause) ? expired(row) : NONE;
    const now = this.clock.now();
    if (!row.current && !formerTokenCounts(row, now)) return NONE;
    if (endOf(row, this.idleMs, now)) {
      const order = { actor: systemActor('session', requestId), action: 'sign-in.end' };
      await this.work.run(order, (tx) => this.endIfOver(tx, row, now));
      this.forget(row.id);
      return expired(row);
    }
    const actor = actorIn(row, requestId);
    const rotatedToken = await this.keepUp(row, hash, actor, now);
    const { id, personId, csrfSecret } = row;
    return { state: 'signed-in', actor, session: { id, personId, csrfSecret, rotatedToken } };
  }

  /**
   * Ends a session at once, where it goes on.
   * @returns the ID token that came with it, for the identity provider; null where there is none
   */
  async end(token: string | undefined, requestId: string): Promise<string | null> {
    const hash = tokenHash(token);
    const row = hash && (await this.scope.run({ trustId: null }, (sql) => sessionOfToken(sql, hash)));
    if (!row || row.endedBecause !== null) return null;
    if (!row.current && !formerTokenCounts(row, this.clock.now())) return null;
    const order = { actor: inFullReach(actorIn(row, requestId)), action: 'person.sign-out' };
    const idToken = await this.work.run(order, (tx) => endNow(tx, row, 'signed-out', tx.now));
    this.forget(row.id);
    return idToken;
  }

  /**
   * Begins a session, in the unit of work that signs the person in.
   * @param token from `newToken`
   * @param former of the session that the same browser had, which is replaced
   */
  async begin(
    tx: Tx,
    signedIn: { personId: string; trustId: string | null; issuer: string; idToken: string | null },
    token: string,
    former: string | undefined,
  ): Promise<void> {
    const { now: at } = tx;
    const formerHash = tokenHash(former);
    const replaced = formerHash && (await sessionOfToken(tx, formerHash));
    if (replaced && !(await this.endIfOver(tx, replaced, at))) {
      await endNow(tx, replaced, 'replaced', at);
      this.forget(replaced.id);
    }
    const { personId, trustId, issuer, idToken } = signedIn;
    const signIn = await tx.insert(SignIn, {
      ...{ person_id: personId, trust_id: trustId, issuer, signed_in_at: at },
    });
    const expiresAt = new Date(at.getTime() + this.longestMs);
    const hash = tokenHash(token) as string;
    await insertSession(tx, {
      ...{ signInId: signIn.id, personId, hash, csrfSecret: newToken(), at, expiresAt, idToken },
    });
  }

  /** Ends whatever sessions a person has, in the unit of work that erases them, and keeps nothing of any. */
  async eraseOf(tx: Tx, personId: string): Promise<void> {
    const { now: at } = tx;
    const open = await tx.manager.find(SignIn, { where: { person_id: personId, ended_at: IsNull() } });
    const signIns = await tx.lockAll(
      SignIn,
      open.map(({ id }) => id),
      'sign-in',
    );
    for (const signIn of signIns.values())
      if (signIn.ended_at === null)
        await tx.change(SignIn, signIn, { ended_at: at, ended_because: 'erased' });
    await deleteSessions(tx, personId);
    for (const [hash, { row }] of this.remembered)
      if (row.personId === personId) this.remembered.delete(hash);
  }

  /** Writes down which sessions are over, and deletes what has served its time. @returns how many of each */
  async clear(tx: Tx): Promise<object> {
    const now = tx.now;
    const over = await sessionsOver(tx, now, new Date(now.getTime() - this.idleMs));
    for (const row of over) await this.endIfOver(tx, row, now);
    return { over: over.length, ...(await clearSignIns(tx)) };
  }

  private async row(hash: string): Promise<SessionRow | undefined> {
    const now = performance.now();
    const known = this.remembered.get(hash);
    if (known && known.until > now) return known.row;
    const row = await this.scope.run({ trustId: null }, (sql) => sessionOfToken(sql, hash));
    this.remembered.delete(hash);
    if (!row) return undefined;
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    this.remembered.set(hash, { row, until: now + TRUSTED_MS });
    return row;
  }

  private forget(sessionId: string): void {
    for (const [hash, { row }] of this.remembered) if (row.id === sessionId) this.remembered.delete(hash);
  }

  /** Gives the session another token where it is due one, and else notes its use. @returns the new token */
  private async keepUp(row: SessionRow, hash: string, actor: Actor, now: Date): Promise<string | null> {
    if (row.current && mustRotate(row, now)) {
      const token = newToken();
      const order = { actor, action: 'session.rotate' };
      const mine = await this.work.run(order, (tx) =>
        replaceToken(tx, hash, tokenHash(token) as string, now),
      );
      this.forget(row.id);
      return mine ? token : null;
    }
    if (mustTouch(row, this.idleMs, now)) {
      await this.work.run({ actor, action: 'session.touch' }, (tx) => touchSession(tx, row.id, now));
      this.forget(row.id);
    }
    return null;
  }

  /** Ends the sign-in of a session that is over. @returns whether it is, whoever ended it */
  private async endIfOver(
    tx: Tx,
    row: Pick<SessionRow, 'id' | 'signInId' | 'seenAt' | 'expiresAt'>,
    at: Date,
  ): Promise<boolean> {
    const end = endOf(row, this.idleMs, at);
    if (end) await endNow(tx, row, end.because, end.endedAt);
    return end !== undefined;
  }
}

/** Ends a sign-in where nobody has. @returns the ID token that came with it */
async function endNow(
  tx: Tx,
  { id, signInId }: Pick<SessionRow, 'id' | 'signInId'>,
  because: SignInEnd,
  at: Date,
): Promise<string | null> {
  const signIn = await tx.lock(SignIn, signInId, 'sign-in');
  if (signIn.ended_at !== null) return null;
  await tx.change(SignIn, signIn, { ended_at: at, ended_because: because });
  return takeIdToken(tx, id);
}

function byItself(end: SignInEnd): boolean {
  return end === 'idle' || end === 'expired';
}

function expired({ personId, csrfSecret }: SessionRow): SessionAnswer {
  return { state: 'expired', personId, csrfSecret };
}

function actorIn({ personId, name, role, trustId, trustOds }: SessionRow, requestId: string): Actor {
  return { id: personId, name, role, trustId, trustOds, requestId };
}

/** As somebody reaches their own sign-ins, of which earlier ones may be for another trust. */
function inFullReach(actor: Actor): Actor {
  return { ...actor, trustId: null, trustOds: null };
}
