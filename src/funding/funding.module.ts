import { Module } from '@nestjs/common';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { AgreementService } from './agreements/agreement.service.js';
import { AgreementEndingService } from './agreements/agreement-ending.service.js';
import { AgreementVersions } from './agreements/agreement-versions.js';
import { NovationService } from './agreements/novation.service.js';
import { AWARD_SECTIONS } from './awards/award.sections.js';
import { ClaimService } from './claims/claim.service.js';
import { ClaimAnswerService } from './claims/claim-answer.service.js';
import { ClaimApprovalService } from './claims/claim-approval.service.js';
import { ClaimReviewService } from './claims/claim-review.service.js';
import { GateService } from './gates/gate.service.js';
import { GateConditions } from './gates/gate-conditions.js';
import { GateWaiverService } from './gates/gate-waiver.service.js';
import { Ledger } from './ledger.js';
import { ContributionService } from './match/contribution.service.js';
import { ContributionReviewService } from './match/contribution-review.service.js';
import { CostEvidenceService } from './match/cost-evidence.service.js';
import { ExtractService } from './payments/extract.service.js';
import { PaymentService } from './payments/payment.service.js';
import { RecoveryService } from './payments/recovery.service.js';
import { ReconcileLedgerJob } from './reconcile-ledger.job.js';
import { ReconciliationService } from './reconciliation.service.js';
import { YearEndService } from './year-end/year-end.service.js';

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
