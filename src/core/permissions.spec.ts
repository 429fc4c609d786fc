import {
  PERMISSIONS,
  type Permission,
  permissionsOf,
  ROLES,
  type Role,
  roleMay,
  TRUST_ROLES,
} from './permissions.js';

test('every permission is held by somebody', () => {
  const held = new Set(ROLES.flatMap((role) => permissionsOf(role)));
  expect(PERMISSIONS.filter((permission) => !held.has(permission))).toEqual([]);
});

test('an auditor reads, and changes nothing but what audits themselves find and sample', () => {
  const writes = permissionsOf('auditor').filter((permission) => !permission.endsWith(':read'));
  expect(writes).toEqual(['finding:record', 'sample:draw']);
});

test('nobody both certifies and prepares, or both submits and reviews', () => {
  for (const role of ROLES) {
    expect(roleMay(role, 'progress-report:certify') && roleMay(role, 'progress-report:prepare')).toBe(false);
    expect(roleMay(role, 'progress-report:submit') && roleMay(role, 'progress-report:review')).toBe(false);
  }
});

test('trusts neither review, validate, define nor read the whole log', () => {
  for (const role of TRUST_ROLES)
    for (const permission of [
      'progress-report:review',
      'measurement:validate',
      'programme:define',
      'log:read',
    ] as const)
      expect(roleMay(role, permission)).toBe(false);
});

test('trusts are spoken for by two roles', () =>
  expect(TRUST_ROLES).toEqual(['trust-lead', 'trust-finance-director']));

/** Who may do what, told by what is done: the other way round than the code. */
const HOLDERS: Array<[Permission, Role[]]> = [
  [
    'programme:read',
    [
      'programme-manager',
      'finance-officer',
      'assessor',
      'trust-lead',
      'trust-finance-director',
      'auditor',
      'administrator',
    ],
  ],
  ['programme:define', ['programme-manager', 'administrator']],
  [
    'progress-report:read',
    ['programme-manager', 'finance-officer', 'assessor', 'trust-lead', 'trust-finance-director', 'auditor'],
  ],
  ['progress-report:prepare', ['trust-lead']],
  ['progress-report:certify', ['trust-finance-director']],
  ['progress-report:submit', ['trust-lead', 'trust-finance-director']],
  ['progress-report:review', ['programme-manager', 'assessor']],
  ['milestone:evidence', ['trust-lead']],
  ['milestone:review', ['programme-manager', 'assessor']],
  ['product:keep', ['programme-manager', 'assessor']],
  ['assurance:prepare', ['programme-manager', 'assessor', 'trust-lead']],
  ['assurance:review', ['programme-manager', 'assessor']],
  ['hazard-log:read', ['assessor', 'trust-lead', 'trust-finance-director', 'auditor']],
  ['measurement:validate', ['assessor']],
  ['measurement:publish', ['programme-manager']],
  ['benefit:record', ['trust-lead']],
  ['benefit:agree', ['programme-manager']],
  ['benefit:validate', ['assessor']],
  [
    'money:read',
    ['programme-manager', 'finance-officer', 'assessor', 'trust-lead', 'trust-finance-director', 'auditor'],
  ],
  ['agreement:prepare', ['programme-manager']],
  ['agreement:approve', ['programme-manager', 'finance-officer']],
  ['agreement:sign', ['trust-finance-director']],
  ['match:record', ['trust-lead', 'trust-finance-director']],
  ['match:accept', ['assessor']],
  ['gate:waive', ['programme-manager']],
  ['claim:prepare', ['trust-lead']],
  ['claim:certify', ['trust-finance-director']],
  ['claim:submit', ['trust-lead', 'trust-finance-director']],
  ['claim:check', ['assessor']],
  ['claim:approve', ['programme-manager', 'finance-officer']],
  ['payment:make', ['finance-officer']],
  ['recovery:raise', ['finance-officer']],
  ['recovery:agree', ['trust-finance-director']],
  ['change-request:prepare', ['programme-manager', 'trust-lead']],
  ['change-request:decide', ['programme-manager']],
  ['year-end:close', ['finance-officer']],
  ['finding:record', ['programme-manager', 'assessor', 'auditor']],
  [
    'finding:answer',
    ['programme-manager', 'finance-officer', 'assessor', 'trust-lead', 'trust-finance-director'],
  ],
  ['sample:draw', ['auditor']],
  ['blueprint:prepare', ['trust-lead']],
  ['blueprint:review', ['programme-manager', 'assessor']],
  ['blueprint:publish', ['programme-manager']],
  ['blueprint:withdraw', ['programme-manager', 'trust-lead']],
  ['blueprint:use', ['programme-manager', 'trust-lead']],
  ['pairing:decide', ['programme-manager']],
  ['adoption:validate', ['assessor']],
  ['survey:answer', ['trust-lead']],
  ['portfolio:read', ['programme-manager', 'finance-officer', 'assessor', 'auditor']],
  ['scenario:make', ['programme-manager']],
  ['log:read', ['programme-manager', 'finance-officer', 'auditor', 'administrator']],
  ['key:manage', ['administrator']],
  ['person:erase', ['administrator']],
  ['job:manage', ['administrator']],
];

test.each(HOLDERS)('%s is held by %p', (permission, roles) =>
  expect(ROLES.filter((role) => roleMay(role, permission))).toEqual(roles),
);

test('every permission has its holders told', () =>
  expect(HOLDERS.map(([permission]) => permission)).toEqual([...PERMISSIONS]));
