import { Award, AwardLine } from './funding/award.entity.js';
import { ApiKey } from './identity/api-key.entity.js';
import { Person } from './identity/person.entity.js';
import { Evidence, Milestone } from './milestones/milestone.entity.js';
import {
  Organisation,
  OrganisationName,
  OrganisationSuccession,
} from './organisations/organisation.entity.js';
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
import { ProgrammeProgress, Progress } from './targets/progress.entity.js';
import { Measure, Measurement, TargetSet } from './targets/target.entity.js';

/** Every table that units of work write through. */
export const ENTITIES = [
  ApiKey,
  AppliedDefinition,
  Award,
  AwardLine,
  DeliveryConfidence,
  Evidence,
  Goal,
  Measure,
  Measurement,
  Milestone,
  Organisation,
  OrganisationName,
  OrganisationSuccession,
  Person,
  Programme,
  ProgrammeProgress,
  ProgrammeRole,
  Progress,
  ProgressReport,
  Project,
  ReportedSpend,
  ReportFinding,
  ReportingPeriod,
  ReportQuery,
  ReportVersion,
  TargetSet,
];
