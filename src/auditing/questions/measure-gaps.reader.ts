import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import type { Page, PageRequest } from '../../core/paging.js';
import type { MeasurementState } from '../../targets/measurement.rules.js';
import type { LateMeasures } from '../../targets/measurement-gaps.queries.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import type { MeasurementView, TargetSetView } from '../../targets/target.queries.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import { type UndefinedMeasure, undefinedMeasures } from './measure-gaps.rules.js';

/** Measures that are unvalidated, undefined or late: a page of measurements, all of what is undefined, and what is late a few trusts at a time. */
export interface MeasureGaps {
  asOn: DateOn;
  /** How many measurements are in each state. */
  states: ReadonlyArray<{ state: MeasurementState; count: number }>;
  unvalidated: Page<MeasurementView>;
  undefined: readonly UndefinedMeasure[];
  /** Of a few trusts at a time, by name. */
  late: Page<LateMeasures>;
  targetSets: readonly TargetSetView[];
}

const UNVALIDATED = { period: null, trust: null, state: null, targetSet: null, unvalidated: true } as const;

/** Which measures or benefits are unvalidated, undefined or late (domain.md section 11, auditor 8). */
@Injectable()
export class MeasureGapsReader {
  constructor(
    private readonly measurements: MeasurementsReader,
    private readonly targets: TargetsReader,
  ) {}

  /** @param trusts the cursor of what is late. @throws Problem 404; 400 where a cursor is not one */
  async of(actor: Actor, slug: string, page: PageRequest, trusts: string | undefined): Promise<MeasureGaps> {
    const [unvalidated, states, targetSets, late] = await Promise.all([
      this.measurements.list(actor, slug, UNVALIDATED, page),
      this.measurements.states(actor, slug),
      this.targets.ofProgramme(actor, slug),
      this.measurements.late(actor, slug, trusts),
    ]);
    const { asOn, ...of } = late;
    return { asOn, states, unvalidated, undefined: undefinedMeasures(targetSets), late: of, targetSets };
  }
}
