import { PERMISSIONS, permissionsOf, ROLES, roleMay, TRUST_ROLES } from './permissions.js';

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
