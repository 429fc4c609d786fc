import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import type { FinancialYear } from '../core/financial-period.js';
import { type Fault, notFound, refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { programmeId } from '../programmes/programme.queries.js';
import { Project } from '../projects/project.entity.js';
import { Benefit, BenefitYear } from './benefit.entity.js';
import { type BenefitView, benefit } from './benefit.queries.js';
import { BENEFIT, type BenefitType, changeBlockers, isMoney, PENCE, unitBlockers } from './benefit.rules.js';
import { lockBenefit } from './benefit-facts.js';

/** What is said of a benefit while it is a draft. Values are whole numbers of its unit. */
export interface BenefitDraft {
  code: string;
  name: string;
  description: string;
  type: BenefitType;
  /** In words; null: pence. */
  unit: string | null;
  baseline: { value: number; on: DateOn; source: string } | null;
  /** Job titles. */
  owner: string;
  ownerAfterClosure: string | null;
  profile: ReadonlyArray<{ financialYear: FinancialYear; planned: number }>;
}

/** Benefits while they are written: what a project is to bring, and when. */
@Injectable()
export class BenefitService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Begins a benefit of a project, as a draft.
   * @throws Problem 403, 404; 409 where the project has one of this code; 422 for a unit of another type, or a year twice
   */
  record(actor: Actor, slug: string, project: string, draft: BenefitDraft): Promise<BenefitView> {
    return this.work.run({ actor, action: 'benefit.record' }, async (tx) => {
      requirePermission(actor, 'benefit:record');
      const programme = await programmeId(tx, slug);
      const found =
        programme && (await tx.manager.findOneBy(Project, { programme_id: programme, code: project }));
      if (!programme || !found) throw notFound('project');
      refuseWrong(draft);
      const row = await tx.insert(Benefit, {
        ...columnsOf(draft),
        programme_id: programme,
        trust_id: found.trust_id,
        project_id: found.id,
        state: BENEFIT.initial,
        recorded_by: [actor.id],
        illustrative: this.config.demonstration,
      });
      await planYears(tx, row, draft);
      return this.shown(tx, row.id);
    });
  }

  /** Changes a draft. @throws Problem 403, 404, 409, 412, 422, 428 */
  change(actor: Actor, id: string, revision: number | null, draft: BenefitDraft): Promise<BenefitView> {
    return this.work.run({ actor, action: 'benefit.save' }, async (tx) => {
      const { row, facts } = await lockBenefit(tx, id, revision, this.clock.today());
      requirePermission(actor, 'benefit:record');
      refuseIfBlocked('This benefit cannot be changed now.', changeBlockers(facts));
      refuseWrong(draft);
      await tx.manager.delete(BenefitYear, { benefit_id: id });
      await tx.change(Benefit, row, {
        ...columnsOf(draft),
        recorded_by: [...new Set([...row.recorded_by, actor.id])],
      });
      await planYears(tx, row, draft);
      return this.shown(tx, id);
    });
  }

  private async shown(tx: Tx, id: string): Promise<BenefitView> {
    return (await benefit(tx, id, this.clock.today())) as BenefitView;
  }
}

const unitOf = ({ type, unit }: BenefitDraft): string => unit ?? (isMoney(type) ? PENCE : '');

function columnsOf(draft: BenefitDraft) {
  const { code, name, description, type, baseline, owner, ownerAfterClosure } = draft;
  return {
    ...{ code, name, description, type, owner },
    unit: unitOf(draft),
    baseline_value: baseline?.value ?? null,
    baseline_on: baseline?.on ?? null,
    baseline_source: baseline?.source ?? null,
    owner_after_closure: ownerAfterClosure,
  };
}

function planYears(tx: Tx, row: Benefit, { profile }: BenefitDraft): Promise<void> {
  return tx.insertAll(
    BenefitYear,
    profile.map(({ financialYear, planned }) => ({
      programme_id: row.programme_id,
      trust_id: row.trust_id,
      benefit_id: row.id,
      financial_year: financialYear,
      planned_value: planned,
    })),
  );
}

/** @throws Problem 422 naming a unit that is not the type's, and each year that is planned twice */
function refuseWrong(draft: BenefitDraft): void {
  const unit = unitOf(draft);
  const years = draft.profile.map(({ financialYear }) => financialYear);
  const faults: Fault[] = [
    ...(unit === ''
      ? [
          {
            code: 'unit-missing',
            message: 'Say what it is counted in, such as “incidents”.',
            pointer: '/unit',
          },
        ]
      : (unitBlockers(draft.type, unit) as Fault[])),
    ...years.flatMap((year, index) =>
      years.indexOf(year) < index
        ? [
            {
              code: 'year-twice',
              message: `${year} is planned twice. Give each year once.`,
              pointer: `/profile/${index}/financialYear`,
            },
          ]
        : [],
    ),
  ];
  if (faults.length > 0) throw unprocessable('benefit-wrong', 'This benefit does not hold together.', faults);
}
