import { Injectable } from '@nestjs/common';
import { BenefitPlanService } from '../benefits/benefit-plan.service.js';
import type { Tx } from '../database/tx.js';
import { MilestoneService } from '../milestones/milestone.service.js';
import type { ChangeFacts } from './change-facts.js';
import type { ChangeRequest } from './change-request.entity.js';

/** What changes of a trust's plans without its agreement saying anything else: days of milestones, plans of benefits. */
@Injectable()
export class ChangedPlans {
  constructor(
    private readonly milestones: MilestoneService,
    private readonly benefits: BenefitPlanService,
  ) {}

  /** In the unit of work that applies the request. @throws Problem 409, 422 where one of them cannot be changed so */
  async carryOut(tx: Tx, request: ChangeRequest, { programme }: ChangeFacts): Promise<void> {
    const { programme_id: programmeId, trust_id: trustId, content, reference, illustrative } = request;
    const of = { programmeId, trustId, changeRequest: reference };
    if (request.kind === 'replan-benefits') return this.benefits.replan(tx, { ...of, plans: content.plans });
    const dates = { programmeStartsOn: programme.startsOn, delayReasons: programme.delayReasons };
    return this.milestones.reprofile(tx, { ...of, lines: content.milestones, dates, illustrative });
  }
}
