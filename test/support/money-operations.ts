import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ChangeApplicationService } from '../../src/change-requests/change-application.service.js';
import { ChangeDecisionService } from '../../src/change-requests/change-decision.service.js';
import { ChangeRequestService } from '../../src/change-requests/change-request.service.js';
import type { Actor } from '../../src/core/actor.js';
import { Problem } from '../../src/core/problems.js';
import { AgreementEndingService } from '../../src/funding/agreements/agreement-ending.service.js';
import { ClaimService } from '../../src/funding/claims/claim.service.js';
import { ClaimAnswerService } from '../../src/funding/claims/claim-answer.service.js';
import { ClaimApprovalService } from '../../src/funding/claims/claim-approval.service.js';
import { ClaimReviewService } from '../../src/funding/claims/claim-review.service.js';
import { GateWaiverService } from '../../src/funding/gates/gate-waiver.service.js';
import { ContributionService } from '../../src/funding/match/contribution.service.js';
import { ContributionReviewService } from '../../src/funding/match/contribution-review.service.js';
import { CostEvidenceService } from '../../src/funding/match/cost-evidence.service.js';
import { PaymentService } from '../../src/funding/payments/payment.service.js';
import { RecoveryService } from '../../src/funding/payments/recovery.service.js';
import { YearEndService } from '../../src/funding/year-end/year-end.service.js';
import type { TestApp } from './app.js';
import type { InForce } from './money.js';
import { SLUG } from './returns.js';

/** One step of a random life: what to do, and numbers from which everything else is picked. */
export interface Operation {
  name: OperationName;
  pick: number;
  who: number;
  pence: number;
  kind: 'capital' | 'revenue';
}

/** The agreements of a random life and the people in it. */
export interface World {
  app: TestApp;
  agreements: InForce[];
  /** By role, several of each; those of a trust in the order of the agreements. */
  leads: Actor[];
  directors: Actor[];
  assessors: Actor[];
  managers: Actor[];
  officers: Actor[];
}

interface Row {
  id: string;
  revision: number;
}

type Work = (world: World, step: Operation) => Promise<unknown>;

const YEAR = '2017/18';
const DAY = '2018-01-31';
const REASON = { reason: 'As it came' };
const at = <T>(list: readonly T[], pick: number): T => list[pick % list.length] as T;
const get = <T>({ app }: World, type: abstract new (...args: never[]) => T): T =>
  app.app.get(type as never, { strict: false });

/** One of the rows that a query finds; nothing to do where it finds none. */
async function one<T extends Row>({ app }: World, from: string, pick: number): Promise<T> {
  const rows = await app.database.sql<T>(`select * from ${from} order by id`);
  if (rows.length === 0) throw new NothingToDo();
  return at(rows, pick);
}

class NothingToDo extends Error {}

const proof = (supplier: string, reference: string) => ({
  file: Readable.from([`Evidence ${randomUUID()}\n`]),
  fileName: 'evidence.txt',
  declaredType: 'text/plain',
  description: 'What it cost',
  supplier,
  reference,
});

/** The claim that is picked, in a state for the verb more often than not. */
const claimIn = (world: World, step: Operation, ...states: string[]) =>
  one<Row & { trust_id: string; version: number }>(
    world,
    `claim where state in (${states.map((state) => `'${state}'`).join(', ')})`,
    step.pick,
  );

const ofTrust = (people: Actor[], trustId: string): Actor =>
  people.find((each) => each.trustId === trustId) as Actor;

async function claim(world: World, step: Operation, kind: 'costs' | 'advance'): Promise<void> {
  const index = step.pick % world.agreements.length;
  const [agreement, lead, director] = [
    world.agreements[index] as InForce,
    world.leads[index] as Actor,
    world.directors[index] as Actor,
  ];
  const service = get(world, ClaimService);
  const { id } = await service.create(lead, agreement.id, {
    ...{ trancheNumber: kind === 'costs' ? 2 : 1, kind, description: 'A claim' },
  });
  const reference = randomUUID();
  if (kind === 'costs')
    await get(world, CostEvidenceService).add(lead, { claimId: id }, proof('Supplier', reference));
  const cost = kind === 'costs';
  const line = {
    ...{ financialYear: YEAR, kind: step.kind, category: null, description: 'A line' },
    project: null,
    supplier: cost ? 'Supplier' : null,
    invoiceReference: cost ? reference : null,
    incurredOn: cost ? DAY : null,
    invoicedOn: cost ? DAY : null,
    defrayedOn: cost ? DAY : null,
    netPence: cost ? step.pence : null,
    vatPence: cost ? 0 : null,
    recoverableVatPence: cost ? 0 : null,
    claimedPence: step.pence,
  };
  const [project] = await world.app.database.sql<{ code: string }>(
    'select code from project where trust_id = $1 order by code limit 1',
    [agreement.trustId],
  );
  const [{ revision } = { revision: 0 }] = await world.app.database.sql<Row>(
    'select id, revision from claim where id = $1',
    [id],
  );
  const lines = [{ ...line, project: cost ? (project?.code as string) : null }];
  const saved = await service.save(lead, id, revision, { lines });
  const certified = await service.certify(director, id, saved.revision);
  await service.submit(lead, id, certified.revision);
}

/** Everything that moves money, and what stands between. */
export const OPERATIONS = {
  pledge: async (world, step) => {
    const index = step.pick % world.agreements.length;
    await get(world, ContributionService).record(
      world.leads[index] as Actor,
      (world.agreements[index] as InForce).id,
      {
        ...{ type: 'cash', category: null, description: 'Match', valuation: 'invoice' },
        ...{ financialYear: YEAR, kind: step.kind, amountPence: step.pence, expectedOn: '2018-06-30' },
      },
    );
  },
  evidence: async (world, step) => {
    const row = await one<Row & { trust_id: string; amount_pence: string }>(
      world,
      `contribution where state in ('pledged', 'rejected')`,
      step.pick,
    );
    const lead = ofTrust(world.leads, row.trust_id);
    // Every fifth is an invoice that may have been used before.
    const reference = step.who % 5 === 0 ? `AGAIN-${step.pick % 3}` : randomUUID();
    await get(world, CostEvidenceService).add(lead, { contributionId: row.id }, proof('Builder', reference));
    const [{ revision } = row] = await world.app.database.sql<Row>(
      'select id, revision from contribution where id = $1',
      [row.id],
    );
    const amountPence = Number(row.amount_pence);
    await get(world, ContributionService).evidence(lead, row.id, revision, {
      ...{ amountPence, netPence: amountPence, vatPence: 0, recoverableVatPence: 0 },
      ...{ incurredOn: DAY, invoicedOn: DAY, defrayedOn: DAY },
    });
  },
  accept: async (world, step) => {
    const row = await one(world, `contribution where state = 'evidenced'`, step.pick);
    await get(world, ContributionReviewService).accept(at(world.assessors, step.who), row.id, row.revision, {
      reason: null,
    });
  },
  refuse: async (world, step) => {
    const row = await one(world, `contribution where state = 'evidenced'`, step.pick);
    await get(world, ContributionReviewService).reject(
      at(world.assessors, step.who),
      row.id,
      row.revision,
      REASON,
    );
  },
  'take-back': async (world, step) => {
    const row = await one(world, `contribution where state = 'accepted'`, step.pick);
    await get(world, ContributionReviewService).takeBack(
      at(world.assessors, step.who),
      row.id,
      row.revision,
      REASON,
    );
  },
  claim: (world, step) => claim(world, step, 'costs'),
  advance: (world, step) => claim(world, step, 'advance'),
  check: async (world, step) => {
    const row = await claimIn(world, step, 'submitted');
    await get(world, ClaimReviewService).check(at(world.assessors, step.who), row.id, row.revision);
  },
  query: async (world, step) => {
    const row = await claimIn(world, step, 'evidence-check');
    await get(world, ClaimReviewService).query(at(world.assessors, step.who), row.id, row.revision, [
      { position: 1, question: 'What is this?' },
    ]);
  },
  revise: async (world, step) => {
    const row = await claimIn(world, step, 'queried');
    const lead = ofTrust(world.leads, row.trust_id);
    await get(world, ClaimAnswerService).revise(lead, row.id, row.revision, REASON);
  },
  resubmit: async (world, step) => {
    const row = await one<Row & { trust_id: string }>(world, `claim where state = 'draft'`, step.pick);
    const service = get(world, ClaimService);
    const director = ofTrust(world.directors, row.trust_id);
    const { revision } = await service.certify(director, row.id, row.revision);
    await service.submit(ofTrust(world.leads, row.trust_id), row.id, revision);
  },
  'withdraw-claim': async (world, step) => {
    const row = await claimIn(world, step, 'submitted', 'queried');
    await get(world, ClaimService).withdraw(ofTrust(world.leads, row.trust_id), row.id, row.revision, REASON);
  },
  recommend: async (world, step) => {
    const row = await claimIn(world, step, 'evidence-check');
    await get(world, ClaimReviewService).recommend(at(world.assessors, step.who), row.id, row.revision, {
      ...{ recommendation: 'Pay it', lines: [] },
    });
  },
  approve: async (world, step) => {
    const row = await claimIn(world, step, 'recommended');
    const approver = at([...world.managers, ...world.officers], step.who);
    const [line] = await world.app.database.sql<{ claimed: number }>(
      'select claimed_pence::float8 as claimed from claim_line where claim_id = $1 and version = $2 and position = 1',
      [row.id, row.version],
    );
    const approvedPence = Math.floor((line?.claimed ?? 0) / 2);
    await get(world, ClaimApprovalService).approve(approver, row.id, row.revision, {
      lines: step.pick % 2 === 0 ? [{ position: 1, approvedPence, because: 'Half of it' }] : [],
      reason: null,
    });
  },
  'approve-second': async (world, step) => {
    const row = await claimIn(world, step, 'recommended');
    const approver = at([...world.managers, ...world.officers], step.who);
    await get(world, ClaimApprovalService).approveSecond(approver, row.id, row.revision, { reason: null });
  },
  reject: async (world, step) => {
    const row = await claimIn(world, step, 'evidence-check', 'recommended');
    await get(world, ClaimReviewService).reject(at(world.managers, step.who), row.id, row.revision, REASON);
  },
  'cancel-approval': async (world, step) => {
    const row = await claimIn(world, step, 'approved', 'part-approved');
    await get(world, ClaimApprovalService).cancel(at(world.managers, step.who), row.id, row.revision, REASON);
  },
  schedule: async (world, step) => {
    const row = await claimIn(world, step, 'approved', 'part-approved');
    await get(world, PaymentService).schedule(at(world.officers, step.who), row.id, row.revision, {
      scheduledFor: '2018-05-20',
    });
  },
  'cancel-payment': async (world, step) => {
    const row = await one(world, `payment where state = 'scheduled'`, step.pick);
    await get(world, PaymentService).cancel(at(world.officers, step.who), row.id, row.revision, REASON);
  },
  pay: async (world, step) => {
    const row = await one(world, `payment where state = 'scheduled'`, step.pick);
    await get(world, PaymentService).record(at(world.officers, step.who), row.id, row.revision, {
      ...{ paidOn: '2018-05-15', bankReference: `BACS ${randomUUID()}` },
    });
  },
  'reverse-payment': async (world, step) => {
    const row = await one(world, `payment where state in ('paid', 'reconciled')`, step.pick);
    await get(world, PaymentService).reverse(at(world.officers, step.who), row.id, row.revision, REASON);
  },
  'raise-recovery': async (world, step) => {
    const row = await claimIn(world, step, 'paid', 'reconciled', 'recovered', 'written-off');
    await get(world, RecoveryService).raise(at(world.officers, step.who), row.id, row.revision, {
      ...{ cause: 'overpaid', amountPence: Math.ceil(step.pence / 3), ...REASON, dueOn: '2018-06-30' },
    });
  },
  'agree-recovery': async (world, step) => {
    const row = await one<Row & { trust_id: string }>(world, `recovery where state = 'raised'`, step.pick);
    await get(world, RecoveryService).agree(ofTrust(world.directors, row.trust_id), row.id, row.revision);
  },
  recover: async (world, step) => {
    const row = await one(world, `recovery where state = 'agreed'`, step.pick);
    await get(world, RecoveryService).receive(at(world.officers, step.who), row.id, row.revision, {
      ...{ receivedOn: '2018-05-15', reference: 'Received' },
    });
  },
  'write-off': async (world, step) => {
    const row = await one(world, `recovery where state in ('raised', 'agreed')`, step.pick);
    await get(world, RecoveryService).writeOff(at(world.officers, step.who), row.id, row.revision, {
      ...{ authority: 'The board', ...REASON },
    });
  },
  waive: async (world, step) => {
    const agreement = at(world.agreements, step.pick);
    await get(world, GateWaiverService).grant(at(world.managers, step.who), agreement.tranches[2] as string, {
      codes: [step.pick % 2 === 0 ? 'match-below-ratio' : 'milestone-not-accepted'],
      ...{ authority: 'The board', ...REASON, expiresOn: null },
    });
  },
  suspend: async (world, step) => {
    const row = await one(world, `agreement where state = 'active'`, step.pick);
    await get(world, AgreementEndingService).suspend(
      at(world.managers, step.who),
      row.id,
      row.revision,
      'Why',
    );
  },
  resume: async (world, step) => {
    const row = await one(world, `agreement where state = 'suspended'`, step.pick);
    await get(world, AgreementEndingService).resume(
      at(world.managers, step.who),
      row.id,
      row.revision,
      'Why',
    );
  },
  terminate: async (world, step) => {
    const row = await one(world, `agreement where state in ('active', 'suspended')`, step.pick);
    await get(world, AgreementEndingService).terminate(at(world.managers, step.who), row.id, row.revision, {
      ...{ authority: 'The board', ...REASON },
    });
  },
  'move-money': async (world, step) => {
    const index = step.pick % world.agreements.length;
    const other = step.kind === 'capital' ? 'revenue' : 'capital';
    const [manager, decider] = [world.leads[index] as Actor, at(world.managers, step.who)];
    const requests = get(world, ChangeRequestService);
    const opened = await requests.open(manager, (world.agreements[index] as InForce).id, {
      ...{ kind: step.who % 2 === 0 ? 'move-money' : 'carry-forward', title: 'A move', justification: 'Why' },
      content: {
        milestones: [],
        moves: [
          {
            source: 'grant',
            from: { financialYear: YEAR, kind: step.kind },
            to:
              step.who % 2 === 0
                ? { financialYear: YEAR, kind: other }
                : { financialYear: '2018/19', kind: step.kind },
            amountPence: step.pence,
          },
        ],
        terms: null,
        plans: [],
      },
    });
    const sent = await requests.submit(manager, opened.id, opened.revision);
    const decisions = get(world, ChangeDecisionService);
    const assessed = await decisions.assess(decider, opened.id, sent.revision);
    const approved = await decisions.approve(decider, opened.id, assessed.revision, 'Why not');
    await get(world, ChangeApplicationService).apply(decider, opened.id, approved.revision);
  },
  'close-year': (world, step) =>
    get(world, YearEndService).close(at(world.officers, step.who), SLUG, { financialYear: YEAR, ...REASON }),
} as const satisfies Record<string, Work>;
export type OperationName = keyof typeof OPERATIONS;

/** Does one step. @returns what became of it: done, the code of its refusal, or that there was nothing to do it to */
export async function take(world: World, step: Operation): Promise<string> {
  try {
    await (OPERATIONS[step.name] as Work)(world, step);
    return 'done';
  } catch (error) {
    if (error instanceof NothingToDo) return 'nothing to do';
    if (error instanceof Problem && error.status < 500) return error.code;
    throw error;
  }
}
