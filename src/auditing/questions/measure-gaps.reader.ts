import { Injectable } from '@nestjs/common';
import type { BenefitActualView } from '../../benefits/benefit.queries.js';
import type { BenefitGapCounts, LateBenefit } from '../../benefits/benefit-gaps.queries.js';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import type { Page, PageRequest } from '../../core/paging.js';
import type { MeasurementState } from '../../targets/measurement.rules.js';
import type { LateMeasures } from '../../targets/measurement-gaps.queries.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import type { MeasurementView, TargetSetView } from '../../targets/target.queries.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import { type UndefinedMeasure, undefinedMeasures } from './measure-gaps.rules.js';

/** Measures and benefits that are unvalidated, undefined or late: pages of each, and all of what is undefined. */
export interface MeasureGaps {
  asOn: DateOn;
  /** How many measurements are in each state. */
  states: ReadonlyArray<{ state: MeasurementState; count: number }>;
  unvalidated: Page<MeasurementView>;
  undefined: readonly UndefinedMeasure[];
  /** Of a few trusts at a time, by name. */
  late: Page<LateMeasures>;
  targetSets: readonly TargetSetView[];
  /** What benefits were reported to have brought, and nobody has validated. */
  unvalidatedBenefits: Page<BenefitActualView>;
  /** Years of benefits that were to be reported, and were not. */
  lateBenefits: Page<LateBenefit>;
  /** How many there are of both. */
  benefitGaps: BenefitGapCounts;
}

/** Where each page goes on. */
export interface GapCursors {
  /** Of what is late among measures. */
  late?: string | undefined;
  benefits?: string | undefined;
  lateBenefits?: string | undefined;
}

const UNVALIDATED = { period: null, trust: null, state: null, targetSet: null, unvalidated: true } as const;

/** Which measures or benefits are unvalidated, undefined or late (domain.md section 11, auditor 8). */
@Injectable()
export class MeasureGapsReader {
  constructor(
    private readonly measurements: MeasurementsReader,
    private readonly targets: TargetsReader,
    private readonly benefits: BenefitsReader,
  ) {}

  /** @throws Problem 404; 400 where a cursor is not one */
  async of(actor: Actor, slug: string, page: PageRequest, cursors: GapCursors): Promise<MeasureGaps> {
    const { limit } = page;
    const [unvalidated, states, targetSets, late, unvalidatedBenefits, lateBenefits, benefitGaps] =
      await Promise.all([
        this.measurements.list(actor, slug, UNVALIDATED, page),
        this.measurements.states(actor, slug),
        this.targets.ofProgramme(actor, slug),
        this.measurements.late(actor, slug, cursors.late),
        this.benefits.unvalidated(actor, slug, { limit, after: cursors.benefits }),
        this.benefits.late(actor, slug, { limit, after: cursors.lateBenefits }),
        this.benefits.gapCounts(actor, slug),
      ]);
    const { asOn, ...of } = late;
    return {
      ...{ asOn, states, unvalidated, late: of, targetSets, unvalidatedBenefits, lateBenefits, benefitGaps },
      undefined: undefinedMeasures(targetSets),
    };
  }
}
