/** Whom what is described is for [GK]. */
export const USER_GROUPS = [
  'service-users',
  'carers',
  'nurses',
  'doctors',
  'allied-health-professionals',
  'community-staff',
  'administrators',
  'managers',
] as const;
export type UserGroup = (typeof USER_GROUPS)[number];

/** Where care is given with it [GK]. */
export const CARE_SETTINGS = [
  'inpatient',
  'community',
  'crisis-and-urgent',
  'primary-care',
  'children-and-young-people',
  'older-people',
  'forensic',
  'at-home',
] as const;
export type CareSetting = (typeof CARE_SETTINGS)[number];

/** What kind of project it was [GK]. */
export const PROJECT_TYPES = [
  'electronic-record',
  'record-access-for-patients',
  'online-consultation',
  'app-or-online-therapy',
  'mobile-working',
  'observations-and-monitoring',
  'sharing-records',
  'infrastructure',
  'analytics-and-research',
] as const;
export type ProjectType = (typeof PROJECT_TYPES)[number];

/** Capabilities of the digital maturity self-assessment (domain.md section 4). */
export const CAPABILITIES = [
  'records-assessments-and-plans',
  'transfers-of-care',
  'orders-and-results',
  'medicines',
  'decision-support',
  'remote-and-assistive-care',
  'asset-and-resource-optimisation',
  'standards',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What Good Looks Like, and the parts of the digital maturity self-assessment beside capabilities (domain.md section 4). */
export const MATURITY_SECTIONS = [
  'well-led',
  'smart-foundations',
  'safe-practice',
  'support-people',
  'empower-citizens',
  'improve-care',
  'healthy-populations',
  'assessed-readiness',
  'assessed-infrastructure',
] as const;
export type MaturitySection = (typeof MATURITY_SECTIONS)[number];
