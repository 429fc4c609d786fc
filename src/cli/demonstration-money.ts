import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { ChangeApplicationService } from '../change-requests/change-application.service.js';
import { ChangeDecisionService } from '../change-requests/change-decision.service.js';
import { ChangeRequestService } from '../change-requests/change-request.service.js';
import { Clock } from '../config/clock.js';
import { systemActor } from '../core/actor.js';
import { addDays } from '../core/calendar.js';
import { ReadScope } from '../database/read-scope.js';
import { FindingService } from '../findings/finding.service.js';
import { FindingStepsService } from '../findings/finding-steps.service.js';
import type { AgreementView } from '../funding/agreements/agreement.queries.js';
import { AgreementService } from '../funding/agreements/agreement.service.js';
import { GateWaiverService } from '../funding/gates/gate-waiver.service.js';
import { ContributionService } from '../funding/match/contribution.service.js';
import { ContributionReviewService } from '../funding/match/contribution-review.service.js';
import { CostEvidenceService } from '../funding/match/cost-evidence.service.js';
import { ExtractService } from '../funding/payments/extract.service.js';
import { RecoveryService } from '../funding/payments/recovery.service.js';
import { ReconciliationService } from '../funding/reconciliation.service.js';
import {
  agreementsBegun,
  agreementsOf,
  openMilestones,
  paidPayments,
  revisionOfContribution,
} from './demonstration.queries.js';
import { DemonstrationCast } from './demonstration-cast.js';
import { DemonstrationClaims } from './demonstration-claims.js';
import type { DemonstrationKey } from './demonstration-key.js';
import {
  type DemonstratedMoney,
  type DemonstratedTrust,
  demonstrationPlan,
  pence,
} from './demonstration-plan.js';

type Payments = Awaited<ReturnType<typeof paidPayments>>;

/**
 * Plays the illustrative money through the services, on the days on which it would have happened: agreements, match,
 * claims, payments, a change, a recovery. Where any of it is there already, nothing is played.
 */
export class DemonstrationMoney {
  private readonly system = systemActor('demonstration', randomUUID());
  private readonly plan = demonstrationPlan();
  private readonly money = this.plan.money;
  private readonly cast: DemonstrationCast;
  private readonly claims: DemonstrationClaims;

  constructor(
    private readonly app: INestApplicationContext,
    keys: readonly DemonstrationKey[],
  ) {
    this.cast = new DemonstrationCast(app, keys, this.system.requestId);
    this.claims = new DemonstrationClaims(app, this.cast, this.plan);
  }

  async play(): Promise<void> {
    if (await this.read((sql) => agreementsBegun(sql, this.plan.programme))) return;
    await Promise.all(this.plan.trusts.map((trust) => this.playTrust(trust)));
    await this.playExtracts();
    await this.playChanges();
    await this.playFinding();
    const officer = await this.cast.person('finance-officer');
    await this.get(ReconciliationService).request(officer, this.plan.programme);
  }

  private async playFinding(): Promise<void> {
    const { response, recordedOn, answeredOn, ...found } = this.money.finding;
    const manager = await this.cast.person('programme-manager');
    const { id, revision } = await this.on(recordedOn, () =>
      this.get(FindingService).record(manager, this.plan.programme, { kind: 'recommendation', ...found }),
    );
    const lead = await this.cast.person('trust-lead', found.trust);
    await this.on(answeredOn, () => this.get(FindingStepsService).respond(lead, id, revision, response));
  }

  private get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type as never, { strict: false });
  }

  private read<T>(work: Parameters<ReadScope['run']>[1]): Promise<T> {
    return this.get(ReadScope).run(this.system, work) as Promise<T>;
  }

  /** On a day of the past. */
  private on<T>(day: string, work: () => Promise<T>): Promise<T> {
    return this.get(Clock).playing(day, work);
  }

  private async playTrust(trust: DemonstratedTrust): Promise<void> {
    const agreement = await this.on(this.money.agreedOn, () => this.agree(trust));
    await this.claims.advance(agreement, trust);
    for (const [index] of this.money.match.entries()) await this.contribute(agreement, trust, index);
    const lead = await this.cast.person('trust-lead', trust.ods);
    const { pounds, year, ...pledge } = this.money.pledge;
    await this.get(ContributionService).record(lead, agreement.id, {
      ...pledge,
      financialYear: year,
      amountPence: pence(pounds),
    });
    const { waiver } = this.money;
    if (waiver.trust === trust.ods) await this.waive(agreement);
    const claim = await this.claims.costs(agreement, trust);
    const { recovery } = this.money;
    if (recovery.trust !== trust.ods) return;
    const officer = await this.cast.person('finance-officer');
    await this.on(addDays(recovery.dueOn, -30), () =>
      this.get(RecoveryService).raise(officer, claim.id, claim.revision, {
        cause: recovery.cause,
        amountPence: pence(recovery.pounds),
        reason: recovery.reason,
        dueOn: recovery.dueOn,
      }),
    );
  }

  /** From the draft to the day on which it is in force. */
  private async agree({ ods }: DemonstratedTrust): Promise<AgreementView> {
    const service = this.get(AgreementService);
    const manager = await this.cast.person('programme-manager');
    const officer = await this.cast.person('finance-officer');
    const director = await this.cast.person('trust-finance-director', ods);
    const draft = await service.draft(manager, this.plan.programme, {
      trust: ods,
      reference: `MHE-${ods}`,
    });
    const checked = await service.beginDueDiligence(manager, draft.id, draft.revision);
    const approved = await service.approve(officer, draft.id, checked.revision);
    const offered = await service.offer(manager, draft.id, approved.revision);
    const signed = await service.sign(director, draft.id, offered.revision);
    return service.activate(manager, draft.id, signed.revision);
  }

  /** One contribution, as far as its acceptance. */
  private async contribute(agreement: AgreementView, trust: DemonstratedTrust, index: number): Promise<void> {
    const planned = this.money.match[index];
    if (!planned) return;
    const { pounds, year, supplier, incurredOn, acceptedOn, ...pledge } = planned;
    const amountPence = pence((pounds * trust.spend.match) / 100);
    const [lead, assessor] = [
      await this.cast.person('trust-lead', trust.ods),
      await this.cast.person('assessor'),
    ];
    const recorded = await this.on(incurredOn, () =>
      this.get(ContributionService).record(lead, agreement.id, {
        ...pledge,
        financialYear: year,
        amountPence,
        expectedOn: acceptedOn,
      }),
    );
    await this.get(CostEvidenceService).add(
      lead,
      { contributionId: recorded.id },
      this.claims.proof(supplier, `${trust.ods}-M${index + 1}`),
    );
    const { revision } = await this.on(addDays(acceptedOn, -this.plan.days.match.evidence), async () =>
      this.get(ContributionService).evidence(
        lead,
        recorded.id,
        // Its evidence made a new revision.
        await this.read<number>((sql) => revisionOfContribution(sql, recorded.id)),
        {
          ...{ amountPence, netPence: amountPence, vatPence: 0, recoverableVatPence: 0 },
          ...{ incurredOn, invoicedOn: incurredOn, defrayedOn: addDays(incurredOn, 20) },
        },
      ),
    );
    await this.on(acceptedOn, () =>
      this.get(ContributionReviewService).accept(assessor, recorded.id, revision, { reason: null }),
    );
  }

  private async waive({ tranches }: AgreementView): Promise<void> {
    const { codes, authority, reason } = this.money.waiver;
    const tranche = tranches.find(({ number }) => number === 2)?.id as string;
    const manager = await this.cast.person('programme-manager');
    await this.on(this.money.costs.on, () =>
      this.get(GateWaiverService).grant(manager, tranche, { codes, authority, reason, expiresOn: null }),
    );
  }

  /** The bank's lists, one of each instalment. */
  private async playExtracts(): Promise<void> {
    const payments = await this.read<Payments>((sql) => paidPayments(sql, this.plan.programme));
    for (const tranche of new Set(payments.map((each) => each.tranche)))
      await this.playExtract(payments.filter((each) => each.tranche === tranche));
  }

  /** A bank's list of payments, the last paid last: the plan says which of its lines are not as they should be. */
  private async playExtract(payments: Payments): Promise<void> {
    const { missing, differs } = this.money.extract;
    const is = (of: { trust: string; tranche: number }) => (payment: { ods: string; tranche: number }) =>
      payment.ods === of.trust && payment.tranche === of.tranche;
    const rows = payments
      .filter((payment) => !is(missing)(payment))
      .map((payment) => {
        const { paidOn, reference, trust, pounds } = payment;
        const less = is(differs)(payment) ? differs.lessPounds : 0;
        return `${paidOn},${reference},"${trust}",${(Number(pounds) - less).toFixed(2)}`;
      });
    const officer = await this.cast.person('finance-officer');
    await this.on(addDays(payments.at(-1)?.paidOn as string, this.plan.days.extract.read), () =>
      this.get(ExtractService).add(officer, this.plan.programme, {
        file: Readable.from([['date,reference,payee,amount', ...rows, ''].join('\n')]),
        fileName: 'illustrative-bank-extract.csv',
        origin: 'bank',
      }),
    );
  }

  /** One change that waits for its decision, and one that was applied. */
  private async playChanges(): Promise<void> {
    const manager = await this.cast.person('programme-manager');
    const { reprofile, move } = this.money;
    const agreements = await this.read<Awaited<ReturnType<typeof agreementsOf>>>((sql) =>
      agreementsOf(sql, this.plan.programme),
    );
    const agreed = (ods: string): string => agreements.find((each) => each.ods === ods)?.id as string;
    const [last] = await this.read<Awaited<ReturnType<typeof openMilestones>>>((sql) =>
      openMilestones(sql, this.plan.programme, reprofile.trust),
    );
    const lead = await this.cast.person('trust-lead', reprofile.trust);
    const requests = this.get(ChangeRequestService);
    const decisions = this.get(ChangeDecisionService);
    const sent = await this.before('ask', async () => {
      const { id, revision } = await requests.open(lead, agreed(reprofile.trust), {
        ...{ kind: 'reprofile', title: reprofile.title, justification: reprofile.justification },
        content: {
          milestones: [
            {
              milestone: last?.code as string,
              agreedOn: addDays(last?.agreedOn as string, reprofile.days),
              delayReason: 'staff',
            },
          ],
          moves: [],
          terms: null,
          plans: [],
        },
      });
      return requests.submit(lead, id, revision);
    });
    await this.before('assess', () => decisions.assess(manager, sent.id, sent.revision));

    const line = (kind: 'capital' | 'revenue') => ({ financialYear: '2018/19', kind });
    const mover = await this.cast.person('trust-lead', move.trust);
    const submitted = await this.before('ask', async () => {
      const { id, revision } = await requests.open(mover, agreed(move.trust), {
        ...{ kind: 'move-money', title: move.title, justification: move.justification },
        content: {
          milestones: [],
          moves: [
            { source: 'grant', from: line('revenue'), to: line('capital'), amountPence: pence(move.pounds) },
          ],
          terms: null,
          plans: [],
        },
      });
      return requests.submit(mover, id, revision);
    });
    const { id } = submitted;
    const assessed = await this.before('assess', () => decisions.assess(manager, id, submitted.revision));
    const reason = 'Illustrative: it costs nobody anything.';
    const approved = await this.before('decide', () =>
      decisions.approve(manager, id, assessed.revision, reason),
    );
    await this.before('apply', () =>
      this.get(ChangeApplicationService).apply(manager, id, approved.revision),
    );
  }

  /** As many days before the demonstration's own as a step of a change is played. */
  private before<T>(step: keyof DemonstratedMoney['changes'], work: () => Promise<T>): Promise<T> {
    return this.on(addDays(this.plan.today, -this.money.changes[step]), work);
  }
}
