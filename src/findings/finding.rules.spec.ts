import {
  FINDING,
  FINDING_KINDS,
  type FindingState,
  type FindingVerb,
  FOLLOW_UP_OUTCOMES,
  groundBlockers,
  type NamedFinding,
  OUTSTANDING,
  OWNER_ROLES,
  PRIORITIES,
  STANCES,
} from './finding.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);

test.each<[FindingState, FindingVerb[]]>([
  ['open', ['respond']],
  ['responded', ['confirm', 'find-wanting', 'close']],
  ['implemented', ['reopen', 'close']],
  ['closed', ['reopen']],
])('what may happen to one that is %s', (state, verbs) => expect(FINDING.open(state)).toEqual(verbs));

test.each([
  ['are', FINDING_KINDS, 'finding recommendation'],
  ['are waited for', OUTSTANDING, 'open responded'],
  ['matter', PRIORITIES, 'high medium low'],
  ['are owned', OWNER_ROLES, 'programme-manager finance-officer assessor trust-lead trust-finance-director'],
  ['are answered', STANCES, 'agreed partly-agreed not-agreed'],
  ['are followed up', FOLLOW_UP_OUTCOMES, 'implemented partly not-implemented'],
])('the ways in which findings %s', (_, all, words) => expect(all).toEqual(words.split(' ')));

test('a step that may not be taken says what it is about', () =>
  expect(FINDING.blockers('confirm', 'open')[0]?.message).toContain('This finding is open'));

const mersey = 'a';
const oxford = 'b';
test.each<[string, Partial<NamedFinding> | undefined, string[]]>([
  ['of the trust', { trustId: mersey }, []],
  ['of the programme', { trustId: null }, []],
  ['that is answered', { state: 'responded' }, []],
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
  for (const { message, pointer, about } of reasons) {
    expect(message).toContain('FND-00003');
    expect(pointer).toBe('/finding');
    expect(about).toEqual(named && { kind: 'finding', id: 'f', name: 'FND-00003' });
  }
});
