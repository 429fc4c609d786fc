import {
  FINDING,
  type FindingState,
  type FindingVerb,
  groundBlockers,
  type NamedFinding,
} from './finding.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);

test.each<[FindingState, FindingVerb[]]>([
  ['open', ['respond']],
  ['responded', ['confirm', 'find-wanting', 'close']],
  ['implemented', ['reopen', 'close']],
  ['closed', ['reopen']],
])('what may happen to one that is %s', (state, verbs) => expect(FINDING.open(state)).toEqual(verbs));

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
  for (const { message, pointer } of reasons) {
    expect(message).toContain('FND-00003');
    expect(pointer).toBe('/finding');
  }
});
