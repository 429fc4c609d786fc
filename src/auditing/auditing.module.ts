import { Module } from '@nestjs/common';
import { FundingModule } from '../funding/funding.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProgressReportsModule } from '../progress-reports/progress-reports.module.js';
import { TargetsModule } from '../targets/targets.module.js';
import { AmendmentsReader } from './questions/amendments.reader.js';
import { MeasureGapsReader } from './questions/measure-gaps.reader.js';
import { ProgrammeStateReader } from './questions/programme-state.reader.js';
import { ReconciliationReader } from './questions/reconciliation.reader.js';

const READERS = [AmendmentsReader, MeasureGapsReader, ProgrammeStateReader, ReconciliationReader];

@Module({
  imports: [FundingModule, ProgrammesModule, ProgressReportsModule, TargetsModule],
  providers: READERS,
  exports: READERS,
})
export class AuditingModule {}
