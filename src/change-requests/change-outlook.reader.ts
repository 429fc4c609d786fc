import { Injectable } from '@nestjs/common';
import { type Actor, may } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import { contentBlockers } from './change-content.rules.js';
import type { ChangeFacts } from './change-facts.js';
import { changeFacts } from './change-facts.queries.js';
import type { ChangeImpact } from './change-impact.js';
import { impactOf } from './change-impact.rules.js';
import {
  agreementIsThere,
  type ChangeRequestView,
  changeRequest,
  preparersOf,
  trustOfPerson,
} from './change-request.queries.js';
import { CHANGE_REQUEST, type ChangeRequestVerb, PENDING, stepsOpenTo } from './change-request.rules.js';
import { impactChanges, overwritten } from './impact-changes.rules.js';

/** What a change request would do if it were carried out now. */
export interface ImpactNow {
  /** All that keeps it from being carried out as things stand. */
  blockers: Blocker[];
  /** Null where it cannot be carried out. */
  impact: ChangeImpact | null;
  /** What changed since the impact that was kept, as far as it matters for the next step. */
  changed: Blocker[];
}

/** What comes next of a change request, as one reader sees it. */
export interface ChangeOutlook {
  /** What the reader may do with it now. */
  steps: ChangeRequestVerb[];
  /** Whether the reader wrote it or asked for it, and so decides nothing about it. */
  own: boolean;
  /** Null where it has come to its end. */
  now: ImpactNow | null;
}

/** What change requests would do as things stand, and what they are written against. */
@Injectable()
export class ChangeOutlookReader {
  constructor(private readonly scope: ReadScope) {}

  /** What a change of an agreement is written and weighed against. @throws Problem 404 */
  facts(actor: Actor, agreementId: string): Promise<ChangeFacts> {
    return this.scope.run(actor, async (sql) => {
      if (!(await agreementIsThere(sql, agreementId))) throw notFound('agreement');
      return changeFacts(sql, agreementId);
    });
  }

  /** @throws Problem 404 */
  outlook(actor: Actor, id: string): Promise<ChangeOutlook> {
    return this.scope.run(actor, async (sql) => {
      const request = await changeRequest(sql, id);
      if (!request) throw notFound('change request');
      const preparedBy = await preparersOf(sql, id);
      const requesterTrustId = await trustOfPerson(sql, request.requestedBy.id);
      return {
        steps: stepsOpenTo(
          { id: actor.id, trustId: actor.trustId, may: (permission) => may(actor, permission) },
          { state: request.state, preparedBy, requesterTrustId },
        ),
        own: preparedBy.includes(actor.id),
        now: await impactNow(sql, request),
      };
    });
  }
}

async function impactNow(sql: Sql, request: ChangeRequestView): Promise<ImpactNow | null> {
  const { state, kind, content, agreement, impact: kept } = request;
  if (state !== CHANGE_REQUEST.initial && !PENDING.includes(state)) return null;
  const facts = await changeFacts(sql, agreement.id);
  const blockers = contentBlockers(kind, content, facts);
  if (blockers.length > 0) return { blockers, impact: null, changed: [] };
  const impact = impactOf(content, facts);
  const compared = state === 'approved' ? overwritten : impactChanges;
  return { blockers, impact, changed: kept ? compared(kept, impact) : [] };
}
