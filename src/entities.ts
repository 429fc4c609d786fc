import {
  AssuranceDocument,
  AssuranceItem,
  Deployment,
  Product,
  ProductVersion,
} from './assurance/assurance.entity.js';
import { AuditRead } from './auditing/reads/audit-read.entity.js';
import { AuditSample, AuditSampleItem } from './auditing/samples/sample.entity.js';
import {
  Benefit,
  BenefitActual,
  BenefitEvidence,
  BenefitPlan,
  BenefitYear,
} from './benefits/benefit.entity.js';
import { Adoption } from './blueprints/adoption.entity.js';
import {
  Blueprint,
  BlueprintAttachment,
  BlueprintContact,
  BlueprintProduct,
  BlueprintVersion,
} from './blueprints/blueprint.entity.js';
import { ChangeRequest } from './change-requests/change-request.entity.js';
import { AuditFinding, AuditFindingStep } from './findings/audit-finding.entity.js';
import {
  Agreement,
  AgreementVersion,
  FundingLine,
  Tranche,
  TrancheMilestone,
} from './funding/agreements/agreement.entity.js';
import { Award, AwardLine, AwardTranche } from './funding/awards/award.entity.js';
import { Claim, ClaimLine, ClaimQuery, ClaimVersion } from './funding/claims/claim.entity.js';
import { GateDecision, GateWaiver } from './funding/gates/gate.entity.js';
import { Journal, LedgerCheck, LedgerDifference, Posting } from './funding/ledger.entity.js';
import { Contribution, CostEvidence } from './funding/match/contribution.entity.js';
import { Extract, ExtractItem, Payment, Recovery } from './funding/payments/payment.entity.js';
import { YearEnd } from './funding/year-end/year-end.entity.js';
import { ApiKey } from './identity/api-key.entity.js';
import { Person } from './identity/person.entity.js';
import { SignIn } from './identity/sign-in.entity.js';
import { Evidence, Milestone, MilestoneReview } from './milestones/milestone.entity.js';
import {
  Organisation,
  OrganisationName,
  OrganisationSuccession,
} from './organisations/organisation.entity.js';
import { ProgrammeGoal, StrategyGoal } from './portfolio/goal.entity.js';
import { Scenario } from './portfolio/scenario.entity.js';
import { AppliedDefinition, Programme, ProgrammeRole } from './programmes/programme.entity.js';
import { ReportingPeriod } from './programmes/reporting-period.entity.js';
import {
  DeliveryConfidence,
  ProgressReport,
  ReportedSpend,
  ReportFinding,
  ReportQuery,
  ReportVersion,
} from './progress-reports/progress-report.entity.js';
import { Goal, Project } from './projects/project.entity.js';
import {
  SurveyAnswer,
  SurveyBarrier,
  SurveyFigure,
  SurveyQuestion,
  SurveySheet,
  SurveyWave,
  SurveyWaveQuestion,
} from './surveys/survey.entity.js';
import { ProgrammeProgress, Progress } from './targets/progress.entity.js';
import { Measure, Measurement, TargetSet } from './targets/target.entity.js';

/** Every table that units of work write through. */
export const ENTITIES = [
  Adoption,
  Agreement,
  AgreementVersion,
  ApiKey,
  AppliedDefinition,
  AssuranceDocument,
  AssuranceItem,
  AuditFinding,
  AuditFindingStep,
  AuditRead,
  AuditSample,
  AuditSampleItem,
  Award,
  AwardLine,
  AwardTranche,
  Benefit,
  BenefitActual,
  BenefitEvidence,
  BenefitPlan,
  BenefitYear,
  Blueprint,
  BlueprintAttachment,
  BlueprintContact,
  BlueprintProduct,
  BlueprintVersion,
  ChangeRequest,
  Claim,
  ClaimLine,
  ClaimQuery,
  ClaimVersion,
  Contribution,
  CostEvidence,
  DeliveryConfidence,
  Deployment,
  Evidence,
  Extract,
  ExtractItem,
  FundingLine,
  GateDecision,
  GateWaiver,
  Goal,
  Journal,
  LedgerCheck,
  LedgerDifference,
  Measure,
  Measurement,
  Milestone,
  MilestoneReview,
  Organisation,
  OrganisationName,
  OrganisationSuccession,
  Payment,
  Person,
  Posting,
  Product,
  ProductVersion,
  Programme,
  ProgrammeGoal,
  ProgrammeProgress,
  ProgrammeRole,
  Progress,
  ProgressReport,
  Project,
  Recovery,
  ReportFinding,
  ReportQuery,
  ReportVersion,
  ReportedSpend,
  ReportingPeriod,
  Scenario,
  SignIn,
  StrategyGoal,
  SurveyAnswer,
  SurveyBarrier,
  SurveyFigure,
  SurveyQuestion,
  SurveySheet,
  SurveyWave,
  SurveyWaveQuestion,
  TargetSet,
  Tranche,
  TrancheMilestone,
  YearEnd,
];
