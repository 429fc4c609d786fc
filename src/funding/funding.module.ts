import { Module } from '@nestjs/common';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { AgreementService } from './agreement.service.js';
import { AgreementEndingService } from './agreement-ending.service.js';
import { AgreementVersions } from './agreement-versions.js';
import { AWARD_SECTIONS } from './award.sections.js';
import { ClaimService } from './claim.service.js';
import { ClaimAnswerService } from './claim-answer.service.js';
import { ClaimApprovalService } from './claim-approval.service.js';
import { ClaimReviewService } from './claim-review.service.js';
import { ContributionService } from './contribution.service.js';
import { ContributionReviewService } from './contribution-review.service.js';
import { CostEvidenceService } from './cost-evidence.service.js';
import { ExtractService } from './extract.service.js';
import { GateService } from './gate.service.js';
import { GateConditions } from './gate-conditions.js';
import { GateWaiverService } from './gate-waiver.service.js';
import { Ledger } from './ledger.js';
import { NovationService } from './novation.service.js';
import { PaymentService } from './payment.service.js';
import { ReconcileLedgerJob } from './reconcile-ledger.job.js';
import { ReconciliationService } from './reconciliation.service.js';
import { RecoveryService } from './recovery.service.js';
import { YearEndService } from './year-end.service.js';

@Module({
  imports: [MilestonesModule, ProgrammesModule, ProjectsModule],
  providers: [
    AgreementEndingService,
    AgreementService,
    AgreementVersions,
    NovationService,
    ClaimAnswerService,
    ClaimApprovalService,
    ClaimReviewService,
    ClaimService,
    ContributionReviewService,
    ContributionService,
    CostEvidenceService,
    ExtractService,
    GateConditions,
    GateService,
    GateWaiverService,
    Ledger,
    PaymentService,
    ReconcileLedgerJob,
    ReconciliationService,
    RecoveryService,
    YearEndService,
  ],
  exports: [
    AgreementEndingService,
    AgreementService,
    AgreementVersions,
    NovationService,
    ClaimAnswerService,
    ClaimApprovalService,
    ClaimReviewService,
    ClaimService,
    ContributionReviewService,
    ContributionService,
    CostEvidenceService,
    ExtractService,
    GateConditions,
    GateService,
    GateWaiverService,
    Ledger,
    PaymentService,
    ReconciliationService,
    RecoveryService,
    YearEndService,
  ],
})
export class FundingModule {
  constructor(sections: DefinitionSections) {
    sections.give(...AWARD_SECTIONS);
  }
}
