import type { Role } from '../core/permissions.js';
import { type ClaimNames, type Claims, readClaims, tidyName, unknownTrust } from './claims.rules.js';

const PLAIN: ClaimNames = { role: 'roles', roles: undefined, trust: 'ods_code' };
const WHO = { iss: 'https://id.example.org', sub: 'u1', name: 'Asha Patel' };
const MANAGER = { ...WHO, roles: ['programme-manager'] };
const LEAD = { ...WHO, roles: ['trust-lead'], ods_code: 'RW4' };

const roles = new Map<string, Role>([
  ['Exemplar.Manager', 'programme-manager'],
  ['Exemplar.Boss', 'programme-manager'],
  ['S8000:G8000:R8000', 'trust-lead'],
]);
const CIS2: ClaimNames = {
  role: 'nhsid_nrbac_roles.role_code',
  roles,
  trust: 'nhsid_nrbac_roles.org_code',
};
const rbac = (...held: Array<[string, string]>) => ({
  nhsid_nrbac_roles: held.map(([role_code, org_code]) => ({ role_code, org_code })),
});

test.each<[string, Claims, ClaimNames, Role, string | null]>([
  ['a list of one role', MANAGER, PLAIN, 'programme-manager', null],
  ['a role that is not in a list', { ...WHO, roles: 'auditor' }, PLAIN, 'auditor', null],
  ["a role among others' values", { ...WHO, roles: ['staff', 'auditor', 7] }, PLAIN, 'auditor', null],
  ['the same role twice', { ...WHO, roles: ['auditor', 'auditor'] }, PLAIN, 'auditor', null],
  ['a trust role with its trust', LEAD, PLAIN, 'trust-lead', 'RW4'],
  ['a code in small letters, with spaces', { ...LEAD, ods_code: ' rw4 ' }, PLAIN, 'trust-lead', 'RW4'],
  ['the same trust twice', { ...LEAD, ods_code: ['RW4', 'rw4'] }, PLAIN, 'trust-lead', 'RW4'],
  [
    'a role of the funder with a trust, which is ignored',
    { ...LEAD, roles: ['assessor'] },
    PLAIN,
    'assessor',
    null,
  ],
  [
    'a path',
    { ...WHO, realm_access: { roles: ['auditor'] } },
    { ...PLAIN, role: 'realm_access.roles' },
    'auditor',
    null,
  ],
  [
    'a name with dots that is no path',
    { ...WHO, 'https://example.org/roles': ['auditor'] },
    { ...PLAIN, role: 'https://example.org/roles' },
    'auditor',
    null,
  ],
  ['a mapped role', { ...WHO, roles: ['Exemplar.Manager'] }, { ...PLAIN, roles }, 'programme-manager', null],
  [
    'two values that mean one role',
    { ...WHO, roles: ['Exemplar.Manager', 'Exemplar.Boss'] },
    { ...PLAIN, roles },
    'programme-manager',
    null,
  ],
  ['a path through a list', { ...WHO, ...rbac(['S8000:G8000:R8000', 'RW4']) }, CIS2, 'trust-lead', 'RW4'],
])('%s', (_, claims, names, role, trustOds) =>
  expect(readClaims(claims, names)).toEqual({
    issuer: WHO.iss,
    subject: 'u1',
    name: 'Asha Patel',
    role,
    trustOds,
  }),
);

test.each<[string, Claims, ClaimNames, string[]]>([
  ['nothing at all', {}, PLAIN, ['no-subject', 'no-name', 'no-role']],
  ['no issuer', { ...MANAGER, iss: undefined }, PLAIN, ['no-subject']],
  ['no subject', { ...MANAGER, sub: ' ' }, PLAIN, ['no-subject']],
  ['a subject that is no text', { ...MANAGER, sub: 7 }, PLAIN, ['no-subject']],
  ['a subject without end', { ...MANAGER, sub: 'x'.repeat(256) }, PLAIN, ['no-subject']],
  ['no name', { ...MANAGER, name: '\u0007 \u200b' }, PLAIN, ['no-name']],
  ['no role', { ...WHO, roles: [] }, PLAIN, ['no-role']],
  ['a role that Exemplar has not', { ...WHO, roles: ['king'] }, PLAIN, ['no-role']],
  ['a role by its own name where values are mapped', MANAGER, { ...PLAIN, roles }, ['no-role']],
  ['a role that every object has', { ...WHO, roles: ['constructor'] }, { ...PLAIN, roles }, ['no-role']],
  ['a path that every object has', MANAGER, { ...PLAIN, role: 'constructor.name' }, ['no-role']],
  [
    'a path that is inherited',
    Object.assign(Object.create({ inherited: { role: 'auditor' } }), WHO),
    { ...PLAIN, role: 'inherited.role' },
    ['no-role'],
  ],
  ['a path that ends early', MANAGER, { ...PLAIN, role: 'roles.of.mine' }, ['no-role']],
  ['two roles', { ...WHO, roles: ['auditor', 'assessor'] }, PLAIN, ['more-than-one-role']],
  [
    'a trust role and another, and no trust',
    { ...WHO, roles: ['trust-lead', 'auditor'] },
    PLAIN,
    ['more-than-one-role'],
  ],
  [
    'a trust role and another, and two trusts',
    { ...LEAD, roles: ['trust-lead', 'auditor'], ods_code: ['RW4', 'RXT'] },
    PLAIN,
    ['more-than-one-role'],
  ],
  ['a trust role without a trust', { ...LEAD, ods_code: undefined }, PLAIN, ['no-trust']],
  ['a trust role with an empty trust', { ...LEAD, ods_code: ' ' }, PLAIN, ['no-trust']],
  ['a trust role with two trusts', { ...LEAD, ods_code: ['RW4', 'RXT'] }, PLAIN, ['more-than-one-trust']],
  [
    'a role at two bodies',
    { ...WHO, ...rbac(['S8000:G8000:R8000', 'RW4'], ['S8000:G8000:R8000', 'RXT']) },
    CIS2,
    ['more-than-one-trust'],
  ],
])('%s is refused', (_, claims, names, codes) => {
  const read = readClaims(claims, names);
  expect(Array.isArray(read) && read.map(({ code }) => code)).toEqual(codes);
});

test('a refusal says what to do', () => {
  expect(readClaims({ ...WHO, roles: ['auditor', 'assessor'] }, PLAIN)).toEqual([
    {
      code: 'more-than-one-role',
      message:
        'Your account has 2 roles in Exemplar: assessor, auditor. A person has one: ask for the others to be taken away.',
    },
  ]);
  expect(unknownTrust('ZZZ')).toMatchObject({
    code: 'unknown-trust',
    message: expect.stringMatching(/ZZZ.*Check the code/),
  });
});

test('the longest subject that a provider may send is taken', () =>
  expect(readClaims({ ...MANAGER, sub: 'x'.repeat(255) }, PLAIN)).toMatchObject({
    subject: 'x'.repeat(255),
  }));

test.each<[string, Claims, string]>([
  ['the name', { name: 'A', given_name: 'B', family_name: 'C', preferred_username: 'd' }, 'A'],
  ['given and family name', { given_name: ' Bo ', family_name: 'Li', preferred_username: 'd' }, 'Bo Li'],
  ['a family name alone', { family_name: 'Li' }, 'Li'],
  ['the name to sign in with', { name: ' ', preferred_username: 'asha' }, 'asha'],
  ['that of an e-mail, without its domain', { preferred_username: 'asha.patel@nhs.net' }, 'asha.patel'],
])('a name from %s', (_, claims, name) =>
  expect(readClaims({ ...MANAGER, name: undefined, ...claims }, PLAIN)).toMatchObject({ name }),
);

test.each([
  ['  Asha   Patel ', 'Asha Patel'],
  ['Asha\u0000\r\nPatel', 'Asha Patel'],
  ['Asha \u202ePatel', 'Asha Patel'],
  ['\u0007', undefined],
  ['', undefined],
  ['é'.repeat(300), 'é'.repeat(200)],
  [` ${'é'.repeat(300)}`, 'é'.repeat(200)],
  [`${'é'.repeat(199)} é`, 'é'.repeat(199)],
  ['😀'.repeat(300), '😀'.repeat(200)],
])('the name %p is shown as %p', (text, name) => expect(tidyName(text)).toBe(name));
