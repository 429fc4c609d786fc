/** The roles of domain.md sections 9 and 11. A role belongs to a person, and a person has one. */
export const ROLES = [
  'programme-manager',
  'finance-officer',
  'assessor',
  'trust-lead',
  'trust-finance-director',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that act for one trust and see its rows only. */
export const TRUST_ROLES: readonly Role[] = ['trust-lead', 'trust-finance-director'];

export const PERMISSIONS = [
  'programme:read',
  'programme:define',
  'progress-report:read',
  'progress-report:prepare',
  'progress-report:certify',
  'progress-report:submit',
  'progress-report:review',
  'milestone:evidence',
  'milestone:review',
  'product:keep',
  'assurance:prepare',
  'assurance:review',
  'hazard-log:read',
  'measurement:validate',
  'measurement:publish',
  'benefit:record',
  'benefit:agree',
  'benefit:validate',
  'money:read',
  'agreement:prepare',
  'agreement:approve',
  'agreement:sign',
  'match:record',
  'match:accept',
  'gate:waive',
  'claim:prepare',
  'claim:certify',
  'claim:submit',
  'claim:check',
  'claim:approve',
  'payment:make',
  'recovery:raise',
  'recovery:agree',
  'change-request:prepare',
  'change-request:decide',
  'year-end:close',
  'finding:record',
  'finding:answer',
  'sample:draw',
  'blueprint:prepare',
  'blueprint:review',
  'blueprint:publish',
  'blueprint:withdraw',
  'blueprint:use',
  'pairing:decide',
  'survey:answer',
  'portfolio:read',
  'scenario:make',
  'log:read',
  'key:manage',
  'person:erase',
  'job:manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = ['programme:read', 'progress-report:read', 'money:read'];

/**
 * Who may do what. Auditors read everything and change nothing of a programme's record (domain.md section 9, rule 14);
 * what they find and sample is their own work, beside it.
 */
const GRANTS: Record<Role, readonly Permission[]> = {
  'programme-manager': [
    ...READ,
    'programme:define',
    'progress-report:review',
    'milestone:review',
    'product:keep',
    'assurance:prepare',
    'assurance:review',
    'measurement:publish',
    'benefit:agree',
    'agreement:prepare',
    'agreement:approve',
    'gate:waive',
    'claim:approve',
    'change-request:prepare',
    'change-request:decide',
    'finding:record',
    'finding:answer',
    'blueprint:review',
    'blueprint:publish',
    'blueprint:withdraw',
    'blueprint:use',
    'pairing:decide',
    'portfolio:read',
    'scenario:make',
    'log:read',
  ],
  'finance-officer': [
    ...READ,
    'agreement:approve',
    'claim:approve',
    'payment:make',
    'recovery:raise',
    'year-end:close',
    'finding:answer',
    'portfolio:read',
    'log:read',
  ],
  assessor: [
    ...READ,
    'progress-report:review',
    'milestone:review',
    'product:keep',
    'assurance:prepare',
    'assurance:review',
    'hazard-log:read',
    'measurement:validate',
    'benefit:validate',
    'match:accept',
    'claim:check',
    'finding:record',
    'finding:answer',
    'blueprint:review',
    'portfolio:read',
  ],
  'trust-lead': [
    ...READ,
    'progress-report:prepare',
    'progress-report:submit',
    'milestone:evidence',
    'benefit:record',
    'assurance:prepare',
    'hazard-log:read',
    'match:record',
    'claim:prepare',
    'claim:submit',
    'change-request:prepare',
    'finding:answer',
    'blueprint:prepare',
    'blueprint:withdraw',
    'blueprint:use',
    'survey:answer',
  ],
  'trust-finance-director': [
    ...READ,
    'progress-report:certify',
    'progress-report:submit',
    'hazard-log:read',
    'agreement:sign',
    'match:record',
    'claim:certify',
    'claim:submit',
    'recovery:agree',
    'finding:answer',
  ],
  auditor: [...READ, 'hazard-log:read', 'finding:record', 'sample:draw', 'portfolio:read', 'log:read'],
  administrator: [
    'programme:read',
    'programme:define',
    'key:manage',
    'person:erase',
    'job:manage',
    'log:read',
  ],
};

/** Whether a role carries a permission. */
export function roleMay(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission);
}

/** The permissions of a role. */
export function permissionsOf(role: Role): readonly Permission[] {
  return GRANTS[role];
}
