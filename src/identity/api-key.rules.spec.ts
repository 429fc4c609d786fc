import { hashOf, keyBlockers, newSecret, secretIn } from './api-key.rules.js';

test('a new secret has the form of a key, and no two are the same', () => {
  const [a, b] = [newSecret(), newSecret()];
  expect(a).toMatch(/^exm_[\w-]{43}$/);
  expect(a).not.toBe(b);
  expect(hashOf(a)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(a)).not.toBe(hashOf(b));
});

test.each([[''], ['exm_'], ['exm_short'], [`xxx_${'a'.repeat(43)}`], [`exm_${'a'.repeat(44)}`]])(
  '%p has no hash',
  (secret) => expect(hashOf(secret)).toBeUndefined(),
);

test.each([
  ['Bearer exm_abc', 'exm_abc'],
  ['bearer  exm_abc', 'exm_abc'],
  ['Basic abc', undefined],
  ['Bearer', undefined],
  ['Bearer a b', undefined],
  [undefined, undefined],
])('%p carries %p', (header, secret) => expect(secretIn(header)).toBe(secret));

const NOW = new Date('2018-06-01T12:00:00Z');
test.each([
  ['holds', '2018-06-02', null, []],
  ['expired', '2018-06-01', null, ['key-expired']],
  ['expires at this very instant', NOW.toISOString(), null, ['key-expired']],
  ['revoked', '2018-06-02', '2018-05-01', ['key-revoked']],
  ['both', '2018-05-02', '2018-05-01', ['key-revoked', 'key-expired']],
])('a key that %s', (_, expiresAt, revokedAt, codes) => {
  const key = { expiresAt: new Date(expiresAt), revokedAt: revokedAt ? new Date(revokedAt) : null };
  expect(keyBlockers(key, NOW).map((blocker) => blocker.code)).toEqual(codes);
});
