import { Injectable } from '@nestjs/common';
import { type ChangeRequestRow, ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import type { ClaimRowView } from '../../funding/claims/claim-lists.queries.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import type { GateView } from '../../funding/gates/gate.service.js';
import { GatesReader } from '../../funding/gates/gates.reader.js';
import { MoneyReader } from '../../funding/money.reader.js';
import type { ProgrammeMoneyView, TrustMoney } from '../../funding/money.types.js';
import type { MilestoneView } from '../../milestones/milestone.queries.js';
import { isOpenMilestone } from '../../milestones/milestone.rules.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import { type ProgrammeView } from '../../programmes/programme.queries.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { TrustProgressView } from '../../progress-reports/programme-progress.types.js';
import { ProgressReader } from '../../progress-reports/progress.reader.js';
import type { ProgressReportRow } from '../../progress-reports/progress-report.queries.js';
import { ProgressReportsReader } from '../../progress-reports/progress-reports.reader.js';
import type { ProjectView } from '../../projects/project.queries.js';
import { ProjectsReader } from '../../projects/projects.reader.js';

/** The most of anything that the page of a trust shows; each list says where the rest is. */
export const SHOWN = 20;
/** More milestones and projects than a trust has. */
const ALL = 200;

/** A trust's money as its page shows it. */
export interface TrustMoneyReadings {
  /** Null where no agreement is in force and nothing is awarded. */
  money: TrustMoney | null;
  claims: ClaimRowView[];
  gates: GateView[];
  changes: ChangeRequestRow[];
}

/** Reads a trust's money. */
@Injectable()
export class TrustMoneyReader {
  constructor(
    private readonly money: MoneyReader,
    private readonly claims: ClaimsReader,
    private readonly gates: GatesReader,
    private readonly changes: ChangeRequestsReader,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, slug: string, ods: string): Promise<TrustMoneyReadings> {
    const page = { limit: SHOWN };
    const [money, claims, gates, changes] = await Promise.all([
      this.money.programme(actor, slug, { trust: ods, financialYear: null, kind: null }, page),
      this.claims.list(actor, { programme: slug, trust: ods, ...page }),
      this.gates.list(actor, slug, { trust: ods, withinDays: null }, page),
      this.changes.ofProgramme(actor, slug, { trust: ods, ...page }),
    ]);
    const { trusts } = JSON.parse(money.json) as ProgrammeMoneyView;
    return {
      money: trusts[0] ?? null,
      claims: claims.items,
      gates: gates.items,
      changes: changes.items,
    };
  }
}

/** A trust's delivery as its page shows it. */
export interface TrustDeliveryReadings {
  programme: ProgrammeView;
  progress: TrustProgressView;
  returns: ProgressReportRow[];
  /** Those that are still to be met, by forecast. */
  milestones: MilestoneView[];
  projects: ProjectView[];
  today: string;
}

/** Reads a trust's delivery. */
@Injectable()
export class TrustDeliveryReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly progress: ProgressReader,
    private readonly returns: ProgressReportsReader,
    private readonly milestones: MilestonesReader,
    private readonly projects: ProjectsReader,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, slug: string, ods: string): Promise<TrustDeliveryReadings> {
    const progress = JSON.parse(await this.progress.trust(actor, slug, ods, null)) as TrustProgressView;
    const [programme, returns, milestones, projects] = await Promise.all([
      this.programmes.one(actor, slug),
      this.returns.list(
        actor,
        slug,
        { state: null, trust: ods, period: null, overdue: null },
        { limit: SHOWN },
      ),
      this.milestones.list(actor, slug, { state: null, trust: ods, forecastTo: null }, 'forecastOn', {
        limit: ALL,
      }),
      this.projects.ofProgramme(actor, slug, { limit: ALL }),
    ]);
    return {
      programme,
      progress,
      returns: JSON.parse(returns.items) as ProgressReportRow[],
      milestones: milestones.items.filter(({ state }) => isOpenMilestone(state)),
      projects: projects.items.filter(({ trust }) => trust.odsCode === ods),
      today: this.clock.today(),
    };
  }
}
