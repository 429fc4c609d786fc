import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { BenefitService } from './benefit.service.js';
import { BenefitActualService } from './benefit-actual.service.js';
import { BenefitEvidenceService } from './benefit-evidence.service.js';
import { BenefitPlanService } from './benefit-plan.service.js';
import { BenefitStepsService } from './benefit-steps.service.js';
import { BenefitsReader } from './benefits.reader.js';

const PROVIDERS = [
  BenefitActualService,
  BenefitEvidenceService,
  BenefitPlanService,
  BenefitService,
  BenefitStepsService,
  BenefitsReader,
];

@Module({ imports: [ProgrammesModule, StorageModule], providers: PROVIDERS, exports: PROVIDERS })
export class BenefitsModule {}
