import { Module } from '@nestjs/common';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { DefinitionSections } from '../programmes/definition-section.js';
import { KeptSums } from '../programmes/kept-sums.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { AgreementService } from './agreements/agreement.service.js';
import { AgreementEndingService } from './agreements/agreement-ending.service.js';
import { AgreementVersions } from './agreements/agreement-versions.js';
import { AgreementsReader } from './agreements/agreements.reader.js';
import { NovationService } from './agreements/novation.service.js';
import { AWARD_SECTIONS } from './awards/award.sections.js';
import { AwardsReader } from './awards/awards.reader.js';
import { BenefitToCostReader, WORTH } from './benefit-to-cost.reader.js';
import { ClaimService } from './claims/claim.service.js';
import { ClaimAnswerService } from './claims/claim-answer.service.js';
import { ClaimApprovalService } from './claims/claim-approval.service.js';
import { ClaimReviewService } from './claims/claim-review.service.js';
import { ClaimableReader } from './claims/claimable.reader.js';
import { ClaimsReader } from './claims/claims.reader.js';
import { ASSURANCE_VALID } from './gates/assurance-valid.js';
import { GATES, NEXT_GATES } from './gates/gate.queries.js';
import { GateService } from './gates/gate.service.js';
import { GateConditions } from './gates/gate-conditions.js';
import { GateWaiverService } from './gates/gate-waiver.service.js';
import { GatesReader } from './gates/gates.reader.js';
import { Ledger } from './ledger.js';
import { LedgerReader } from './ledger.reader.js';
import { ContributionService } from './match/contribution.service.js';
import { ContributionReviewService } from './match/contribution-review.service.js';
import { ContributionsReader } from './match/contributions.reader.js';
import { CostEvidenceReader } from './match/cost-evidence.reader.js';
import { CostEvidenceService } from './match/cost-evidence.service.js';
import { MatchReader } from './match/match.reader.js';
import { MATCH } from './match/match-totals.queries.js';
import { MoneyReader } from './money.reader.js';
import { MONEY } from './money-sums.queries.js';
import { ExtractService } from './payments/extract.service.js';
import { ExtractsReader } from './payments/extracts.reader.js';
import { PaymentService } from './payments/payment.service.js';
import { PaymentAuditReader } from './payments/payment-audit.reader.js';
import { PaymentsReader } from './payments/payments.reader.js';
import { RecoveriesReader } from './payments/recoveries.reader.js';
import { RecoveryService } from './payments/recovery.service.js';
import { ReconcileLedgerJob } from './reconcile-ledger.job.js';
import { ReconciliationService } from './reconciliation.service.js';
import { YearEndService } from './year-end/year-end.service.js';

const SERVICES = [
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
];

const READERS = [
  AgreementsReader,
  AwardsReader,
  BenefitToCostReader,
  ClaimableReader,
  ClaimsReader,
  ContributionsReader,
  CostEvidenceReader,
  ExtractsReader,
  GatesReader,
  LedgerReader,
  MatchReader,
  MoneyReader,
  PaymentAuditReader,
  PaymentsReader,
  RecoveriesReader,
];

@Module({
  imports: [MilestonesModule, ProgrammesModule, ProjectsModule, StorageModule],
  providers: [...SERVICES, ...READERS, ReconcileLedgerJob],
  exports: [...SERVICES, ...READERS],
})
export class FundingModule {
  constructor(sections: DefinitionSections, conditions: GateConditions, sums: KeptSums) {
    sums.give(GATES, MATCH, MONEY, NEXT_GATES, WORTH);
    sections.give(...AWARD_SECTIONS);
    conditions.give(ASSURANCE_VALID);
  }
}
