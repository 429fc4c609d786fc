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
  'measurement:validate',
  'measurement:publish',
  'log:read',
  'key:manage',
  'job:manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = ['programme:read', 'progress-report:read'];

/** Who may do what. Auditors read everything and change nothing (domain.md section 9, rule 14). */
const GRANTS: Record<Role, readonly Permission[]> = {
  'programme-manager': [
    ...READ,
    'programme:define',
    'progress-report:review',
    'milestone:review',
    'measurement:publish',
    'log:read',
  ],
  'finance-officer': [...READ, 'log:read'],
  assessor: [...READ, 'progress-report:review', 'milestone:review', 'measurement:validate'],
  'trust-lead': [...READ, 'progress-report:prepare', 'progress-report:submit', 'milestone:evidence'],
  'trust-finance-director': [...READ, 'progress-report:certify', 'progress-report:submit'],
  auditor: [...READ, 'log:read'],
  administrator: ['programme:read', 'programme:define', 'key:manage', 'job:manage', 'log:read'],
};

/** Whether a role carries a permission. */
export function roleMay(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission);
}

/** The permissions of a role. */
export function permissionsOf(role: Role): readonly Permission[] {
  return GRANTS[role];
}
