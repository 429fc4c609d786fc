import { randomUUID } from 'node:crypto';
import type { Blocker } from '../../src/core/blockers.js';
import type { ClaimView } from '../../src/funding/claims/claim.queries.js';
import type { ClaimStep } from '../../src/funding/claims/claim-steps.rules.js';
import type { TestApp } from './app.js';
import { multipart, pdf } from './evidence.js';
import type { InForce } from './money.js';

/** What the API says of a claim. */
export type ClaimBody = ClaimView & { blockers: Blocker[]; next: ClaimStep[] };

/** An answer about a claim, whether it did what was asked or not. */
export interface ClaimAnswer {
  status: number;
  body: ClaimBody & { code: string; detail: string; errors?: Array<{ code: string; pointer: string }> };
  /** The codes of its blockers or faults. */
  codes: string[];
}

/** The people that a claim goes through. */
export interface ClaimCast {
  lead: string;
  director: string;
  assessor: string;
  manager: string;
  officer: string;
}

export async function claimCast(app: TestApp, trust: string): Promise<ClaimCast> {
  const [lead, director, assessor, manager, officer] = await Promise.all([
    app.as('trust-lead', trust),
    app.as('trust-finance-director', trust),
    app.as('assessor'),
    app.as('programme-manager'),
    app.as('finance-officer'),
  ]);
  return { lead, director, assessor, manager, officer };
}

const LABEL = { financialYear: '2017/18', kind: 'revenue', description: 'Ward network points' } as const;

/** A line of costs: an invoice of its own, all of which is claimed. */
export function costLine(project: string, pence: number, over: object = {}) {
  return {
    ...LABEL,
    project,
    supplier: 'Northern Networks Ltd',
    invoiceReference: `INV-${randomUUID().slice(0, 8)}`,
    incurredOn: '2017-10-02',
    invoicedOn: '2017-10-09',
    defrayedOn: '2017-11-01',
    netPence: pence,
    vatPence: 0,
    recoverableVatPence: 0,
    claimedPence: pence,
    ...over,
  };
}

/** A line of an advance. */
export const advanceLine = (pence: number, over: object = {}) => ({ ...LABEL, claimedPence: pence, ...over });

export async function readClaim(app: TestApp, key: string, id: string): Promise<ClaimBody> {
  return (await app.request('get', `/v1/claims/${id}`, key).expect(200)).body;
}

const answerOf = (status: number, body: ClaimAnswer['body']): ClaimAnswer => ({
  status,
  body,
  codes: (status >= 400 ? (body.blockers ?? body.errors ?? []) : []).map(({ code }) => code),
});

/**
 * A step of a claim's life, under the ETag that it has now unless another (or null: none) is given. Where the machine is
 * too busy to take the request, it is sent again with the same key, as its answer says.
 */
export async function claimStep(
  app: TestApp,
  key: string,
  id: string,
  noun: string,
  body?: object,
  revision?: number | null,
): Promise<ClaimAnswer> {
  const match = revision === undefined ? (await readClaim(app, key, id)).revision : revision;
  const once = randomUUID();
  for (;;) {
    const request = app.request('post', `/v1/claims/${id}/${noun}`, key).set('Idempotency-Key', once);
    if (match !== null) request.set('If-Match', `"${match}"`);
    const answer = await (body === undefined ? request : request.send(body));
    if (answer.status !== 503) return answerOf(answer.status, answer.body);
  }
}

export async function saveClaim(app: TestApp, key: string, id: string, body: object): Promise<ClaimAnswer> {
  const { revision } = await readClaim(app, key, id);
  const answer = await app
    .request('patch', `/v1/claims/${id}`, key)
    .set('If-Match', `"${revision}"`)
    .send(body);
  return answerOf(answer.status, answer.body);
}

/** Begins a claim: of costs, unless it is on an advance. */
export async function beginClaim(
  app: TestApp,
  key: string,
  agreed: InForce,
  body: object = {},
): Promise<ClaimAnswer> {
  const wanted = { trancheNumber: 2, kind: 'costs', description: 'Costs of autumn', ...body };
  const answer = await app.request('post', `/v1/agreements/${agreed.id}/claims`, key).send(wanted);
  return answerOf(answer.status, answer.body);
}

/** Uploads an invoice as evidence of a line. */
export async function proveLine(
  app: TestApp,
  key: string,
  id: string,
  { supplier, invoiceReference }: { supplier: string; invoiceReference: string },
): Promise<void> {
  const fields = { supplier, reference: invoiceReference, description: 'The invoice' };
  await app
    .request('post', `/v1/claims/${id}/evidence`, key)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(pdf({ name: 'invoice.pdf' }), fields))
    .expect(201);
}

/** A draft of costs with these lines, each with its evidence. */
export async function provedDraft(
  app: TestApp,
  cast: ClaimCast,
  agreed: InForce,
  lines: ReadonlyArray<ReturnType<typeof costLine>>,
): Promise<string> {
  const { id } = (await beginClaim(app, cast.lead, agreed)).body;
  for (const line of lines) await proveLine(app, cast.lead, id, line);
  expect(await saveClaim(app, cast.lead, id, { lines })).toMatchObject({ status: 200, codes: [] });
  return id;
}

const FORWARD = ['certification', 'submission', 'evidence-check', 'recommendation', 'approval'] as const;

/** Takes a draft forward, up to and including a step. */
export async function takeTo(
  app: TestApp,
  cast: ClaimCast,
  id: string,
  last: (typeof FORWARD)[number],
): Promise<ClaimBody> {
  const by = {
    certification: cast.director,
    submission: cast.lead,
    'evidence-check': cast.assessor,
    recommendation: cast.assessor,
    approval: cast.officer,
  };
  const bodies = {
    recommendation: { recommendation: 'Approve it.' },
    approval: { reason: 'As recommended.' },
  };
  let answer: ClaimAnswer | undefined;
  for (const noun of FORWARD.slice(0, FORWARD.indexOf(last) + 1)) {
    answer = await claimStep(app, by[noun], id, noun, bodies[noun as keyof typeof bodies]);
    expect([noun, answer.status, answer.codes]).toEqual([noun, 200, []]);
  }
  return (answer as ClaimAnswer).body;
}

/** Accounts whose balance is not what their postings come to, and tranches that are not drawn as they are posted. */
export async function unbalanced(app: TestApp): Promise<unknown[]> {
  return app.database.sql(
    `select a.id from account a where a.balance_pence <> (select coalesce(sum(case when p.to_stage = a.stage then
         p.amount_pence else -p.amount_pence end), 0) from posting p
       where p.line_id = a.line_id and p.source = a.source and a.stage in (p.from_stage, p.to_stage))
     union all
     select t.id from tranche t where t.drawn_pence <> (select coalesce(sum(case when p.to_stage = 'awarded' then
         -p.amount_pence when p.from_stage = 'awarded' then p.amount_pence else 0 end), 0)
       from posting p where p.tranche_id = t.id)`,
  );
}
