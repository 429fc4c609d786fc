import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { addDays } from '../core/calendar.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import type { AgreementView } from '../funding/agreements/agreement.queries.js';
import type { ClaimView } from '../funding/claims/claim.queries.js';
import { claim as claimOf } from '../funding/claims/claim.queries.js';
import { ClaimService } from '../funding/claims/claim.service.js';
import { ClaimApprovalService } from '../funding/claims/claim-approval.service.js';
import type { WantedLine } from '../funding/claims/claim-lines.rules.js';
import { ClaimReviewService } from '../funding/claims/claim-review.service.js';
import { CostEvidenceService, type CostEvidenceUpload } from '../funding/match/cost-evidence.service.js';
import { PaymentService } from '../funding/payments/payment.service.js';
import { firstProjects } from './demonstration.queries.js';
import type { DemonstrationCast } from './demonstration-cast.js';
import {
  type ClaimEnd,
  type DemonstratedTrust,
  type DemonstrationPlan,
  pence,
} from './demonstration-plan.js';

const NO_COST = {
  project: null,
  category: null,
  supplier: null,
  invoiceReference: null,
  incurredOn: null,
  invoicedOn: null,
  defrayedOn: null,
  netPence: null,
  vatPence: null,
  recoverableVatPence: null,
} satisfies Partial<WantedLine>;

/** Claims and payments of the demonstration, each person in their part. */
export class DemonstrationClaims {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly cast: DemonstrationCast,
    private readonly plan: DemonstrationPlan,
  ) {}

  /** The advance, claimed and paid. */
  async advance(agreement: AgreementView, { ods }: DemonstratedTrust): Promise<void> {
    const { on, paidOn, description, ...pounds } = this.plan.money.advance;
    const lines = (['capital', 'revenue'] as const).map((kind) => ({
      ...NO_COST,
      ...{ financialYear: '2017/18', kind, description, claimedPence: pence(pounds[kind]) },
    }));
    const submitted = await this.submit(agreement, ods, { tranche: 1, description, lines, on });
    await this.through(submitted, { on, paidOn, until: 'paid' });
  }

  /** The claim for costs of the second instalment, as far as the plan lets it come. */
  async costs(agreement: AgreementView, { ods }: DemonstratedTrust): Promise<ClaimView> {
    const { on, paidOn, description, incurredOn, supplier, ...pounds } = this.plan.money.costs;
    const [project] = await this.read<Array<{ code: string }>>((sql) =>
      firstProjects(sql, this.plan.programme, ods),
    );
    const lines = (['capital', 'revenue'] as const).map((kind) => {
      const claimedPence = pence(pounds[kind]);
      return {
        ...{ financialYear: '2017/18', kind, description, claimedPence, netPence: claimedPence },
        ...{ vatPence: 0, recoverableVatPence: 0, supplier, invoiceReference: `${ods}-${kind}` },
        project: project?.code ?? null,
        category: kind === 'capital' ? 'software' : 'training',
        ...{ incurredOn, invoicedOn: incurredOn, defrayedOn: on },
      };
    });
    const submitted = await this.submit(agreement, ods, { tranche: 2, description, lines, on });
    return this.through(submitted, { on, paidOn, until: this.plan.money.until[ods] ?? 'recommended' });
  }

  /** A file that proves a cost. */
  proof(supplier: string, reference: string): CostEvidenceUpload {
    const { fileName, text, description } = this.plan.evidence;
    const file = Readable.from([`${text}\n${supplier} ${reference}\n`]);
    return { file, fileName, declaredType: 'text/plain', description, supplier, reference };
  }

  private async submit(
    agreement: AgreementView,
    ods: string,
    wanted: { tranche: 1 | 2; description: string; lines: WantedLine[]; on: string },
  ): Promise<ClaimView> {
    const service = this.get(ClaimService);
    const lead = await this.cast.person('trust-lead', ods);
    const director = await this.cast.person('trust-finance-director', ods);
    const { tranche, description, lines, on } = wanted;
    const saved = await this.on(on, async () => {
      const { id } = await service.create(lead, agreement.id, {
        ...{ trancheNumber: tranche, kind: tranche === 1 ? 'advance' : 'costs', description },
      });
      for (const { supplier, invoiceReference } of lines)
        if (supplier && invoiceReference)
          await this.get(CostEvidenceService).add(
            lead,
            { claimId: id },
            this.proof(supplier, invoiceReference),
          );
      const { revision } = await this.read<ClaimView>((sql) => claimOf(sql, id));
      return service.save(lead, id, revision, { lines });
    });
    const certified = await this.step('certify', on, () =>
      service.certify(director, saved.id, saved.revision),
    );
    return this.step('submit', on, () => service.submit(lead, saved.id, certified.revision));
  }

  /** The funder's part. */
  private async through(
    submitted: ClaimView,
    { on, paidOn, until }: { on: string; paidOn: string; until: ClaimEnd },
  ): Promise<ClaimView> {
    const [assessor, officer] = [
      await this.cast.person('assessor'),
      await this.cast.person('finance-officer'),
    ];
    const { id } = submitted;
    const reviews = this.get(ClaimReviewService);
    const checked = await this.step('check', on, () => reviews.check(assessor, id, submitted.revision));
    if (until === 'queried')
      return this.step('recommend', on, () =>
        reviews.query(assessor, id, checked.revision, [{ position: 1, question: this.plan.money.question }]),
      );
    const recommended = await this.step('recommend', on, () =>
      reviews.recommend(assessor, id, checked.revision, {
        recommendation: 'Illustrative: the evidence agrees with the lines.',
        lines: [],
      }),
    );
    if (until === 'recommended') return recommended;
    const approved = await this.approve(recommended, on);
    if (until === 'approved') return approved;
    const payments = this.get(PaymentService);
    const scheduled = await this.step('second', on, () =>
      payments.schedule(officer, id, approved.revision, { scheduledFor: paidOn }),
    );
    await this.on(paidOn, () =>
      payments.record(officer, scheduled.id, scheduled.revision, {
        ...{ paidOn, bankReference: `BACS ${scheduled.reference}` },
      }),
    );
    return this.read<ClaimView>((sql) => claimOf(sql, id));
  }

  /** By two deputies: whoever waives a gate does not decide on what comes through it. */
  private async approve({ id, revision }: ClaimView, on: string): Promise<ClaimView> {
    const service = this.get(ClaimApprovalService);
    const manager = await this.cast.person('programme-manager', null, true);
    const first = await this.step('approve', on, () =>
      service.approve(manager, id, revision, { lines: [], reason: null }),
    );
    if (first.state !== 'recommended') return first;
    const second = await this.cast.person('finance-officer', null, true);
    return this.step('second', on, () => service.approveSecond(second, id, first.revision, { reason: null }));
  }

  private get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type as never, { strict: false });
  }

  private read<T>(work: (sql: Sql) => Promise<unknown>): Promise<T> {
    return this.get(ReadScope).run({ trustId: null }, work) as Promise<T>;
  }

  private on<T>(day: string, work: () => Promise<T>): Promise<T> {
    return this.get(Clock).playing(day, work);
  }

  /** On the day of a step of a claim that was begun on a day. */
  private step<T>(
    step: keyof DemonstrationPlan['days']['claim'],
    begunOn: string,
    work: () => Promise<T>,
  ): Promise<T> {
    return this.on(addDays(begunOn, this.plan.days.claim[step]), work);
  }
}
