import { Module } from '@nestjs/common';
import { BenefitsModule } from '../benefits/benefits.module.js';
import { FundingModule } from '../funding/funding.module.js';
import { OpenDataModule } from '../open-data/open-data.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProgressReportsModule } from '../progress-reports/progress-reports.module.js';
import { TargetsModule } from '../targets/targets.module.js';
import { AmendmentsReader } from './questions/amendments.reader.js';
import { MeasureGapsReader } from './questions/measure-gaps.reader.js';
import { ProgrammeStateReader } from './questions/programme-state.reader.js';
import { ReconciliationReader } from './questions/reconciliation.reader.js';
import { AuditReadsReader } from './reads/audit-reads.reader.js';
import { AuditReadsService } from './reads/audit-reads.service.js';
import { SamplesReader } from './samples/samples.reader.js';
import { SamplesService } from './samples/samples.service.js';

const PROVIDERS = [
  AmendmentsReader,
  AuditReadsReader,
  AuditReadsService,
  MeasureGapsReader,
  ProgrammeStateReader,
  ReconciliationReader,
  SamplesReader,
  SamplesService,
];

@Module({
  imports: [
    BenefitsModule,
    FundingModule,
    OpenDataModule,
    ProgrammesModule,
    ProgressReportsModule,
    TargetsModule,
  ],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class AuditingModule {}
