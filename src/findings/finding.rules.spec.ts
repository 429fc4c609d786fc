import { FINDING, groundBlockers, type NamedFinding } from './finding.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);

test('a finding is closed once', () => {
  expect(FINDING.next('close', 'open')).toBe('closed');
  expect(FINDING.open('open')).toEqual(['close']);
  expect(FINDING.open('closed')).toEqual([]);
});

const mersey = 'a';
const oxford = 'b';
test.each<[string, Partial<NamedFinding> | undefined, string[]]>([
  ['of the trust', { trustId: mersey }, []],
  ['of the programme', { trustId: null }, []],
  ['that does not exist', undefined, ['finding-unknown']],
  ['that is closed', { state: 'closed' }, ['finding-closed']],
  ['of another trust', { trustId: oxford }, ['finding-of-another-trust']],
  [
    'of another trust, and closed',
    { trustId: oxford, state: 'closed' },
    ['finding-closed', 'finding-of-another-trust'],
  ],
])('a finding %s', (_, finding, expected) => {
  const named = finding && { id: 'f', state: 'open' as const, trustId: null, ...finding };
  const reasons = groundBlockers(named, { reference: 'FND-00003', trustId: mersey });
  expect(codes(reasons)).toEqual(expected);
  for (const { message, pointer } of reasons) {
    expect(message).toContain('FND-00003');
    expect(pointer).toBe('/finding');
  }
});
