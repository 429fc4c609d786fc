import { notFound } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { Agreement } from '../funding/agreements/agreement.entity.js';
import { ChangeRequest } from './change-request.entity.js';
import { agreementOfChange, type ChangeRequestView, changeRequest } from './change-request.queries.js';
import { CHANGE_REQUEST, type ChangeRequestVerb } from './change-request.rules.js';

/** A change request and its agreement, both locked. */
export interface LockedChange {
  agreement: Agreement;
  request: ChangeRequest;
}

/**
 * Locks the agreement first, as all decisions about its money do, and then the request.
 * @throws Problem 404, 428 without a revision, 412 where somebody else changed the request since
 */
export async function lockChange(tx: Tx, id: string, revision: number | null): Promise<LockedChange> {
  const agreementId = await agreementOfChange(tx, id);
  if (!agreementId) throw notFound('change request');
  const agreement = await tx.lock(Agreement, agreementId, 'agreement');
  return { agreement, request: await lockRequest(tx, id, revision) };
}

/** A request alone, locked, and whole: one that was written before there were plans in it has none. @throws Problem 404, 412, 428 */
export async function lockRequest(tx: Tx, id: string, revision: number | null): Promise<ChangeRequest> {
  const request = await tx.lockRevision(ChangeRequest, id, revision, 'change request');
  request.content = { ...request.content, plans: request.content.plans ?? [] };
  if (request.impact) request.impact = { ...request.impact, plans: request.impact.plans ?? [] };
  return request;
}

/** Takes a locked request to the state that a verb leads to, with what else changes. */
export async function moveOn(
  tx: Tx,
  request: ChangeRequest,
  verb: ChangeRequestVerb,
  patch: Partial<Omit<ChangeRequest, 'state'>>,
): Promise<ChangeRequestView> {
  const state = CHANGE_REQUEST.next(verb, request.state);
  const since = state === request.state ? {} : { state_since: tx.at };
  await tx.change(ChangeRequest, request, { ...(patch as object), ...since, state });
  return (await changeRequest(tx, request.id)) as ChangeRequestView;
}
