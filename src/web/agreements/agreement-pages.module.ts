import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { MilestonesModule } from '../../milestones/milestones.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { AgreementPagesController } from './agreement.controller.js';
import { AgreementStepPagesController } from './agreement-steps.controller.js';
import { AgreementListPagesController } from './agreements.controller.js';
import { DefinitionPagesController } from './definition.controller.js';
import { LedgerPagesController } from './ledger.controller.js';

/** Pages of agreements, the steps of their life, and the ledger that they stand in. */
@Module({
  imports: [FundingModule, MilestonesModule, ProgrammesModule],
  controllers: [
    AgreementListPagesController,
    AgreementPagesController,
    AgreementStepPagesController,
    DefinitionPagesController,
    LedgerPagesController,
  ],
})
export class AgreementPagesModule {}
