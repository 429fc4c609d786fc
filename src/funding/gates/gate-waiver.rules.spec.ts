import type { Blocker } from '../../core/blockers.js';
import {
  type StandingWaiver,
  throughWaivers,
  waiverBlockers,
  waiverCodeFaults,
  withdrawalBlockers,
} from './gate-waiver.rules.js';

const blocker = (code: string, id = 'x'): Blocker => ({
  code,
  message: code,
  about: { kind: 'thing', id, name: id },
  clearedBy: 'Something.',
  dueOn: '2018-04-30',
});
const waiver = (over: Partial<StandingWaiver> = {}): StandingWaiver => ({
  id: 'w',
  codes: ['match-below-ratio'],
  covers: [blocker('match-below-ratio')],
  reason: 'It arrives in May.',
  authority: 'Programme board',
  grantedBy: { id: 'manager', name: 'Amina Hussain' },
  ...over,
});
const milestone = waiver({
  id: 'v',
  codes: ['milestone-not-accepted'],
  covers: [blocker('milestone-not-accepted', 'one')],
});

test.each<[string, Blocker[], StandingWaiver[], string[], string[]]>([
  ['opens what it names', [blocker('match-below-ratio')], [waiver()], [], ['match-below-ratio']],
  ['and nothing else', [blocker('return-overdue')], [waiver()], ['return-overdue'], []],
  [
    'not a milestone that was added since',
    [blocker('milestone-not-accepted', 'one'), blocker('milestone-not-accepted', 'two')],
    [milestone],
    ['milestone-not-accepted'],
    ['milestone-not-accepted'],
  ],
  [
    'not what it was granted for and does not name',
    [blocker('return-overdue')],
    [waiver({ covers: [blocker('return-overdue')] })],
    ['return-overdue'],
    [],
  ],
  [
    'each milestone that it was granted for',
    [blocker('milestone-not-accepted', 'one'), blocker('milestone-not-accepted', 'two')],
    [
      {
        ...milestone,
        covers: [blocker('milestone-not-accepted', 'one'), blocker('milestone-not-accepted', 'two')],
      },
    ],
    [],
    ['milestone-not-accepted', 'milestone-not-accepted'],
  ],
  [
    'not another reason of the very thing that it was granted for',
    [blocker('match-below-ratio')],
    [
      waiver({
        codes: ['match-below-ratio', 'return-overdue'],
        covers: [blocker('return-overdue')],
      }),
    ],
    ['match-below-ratio'],
    [],
  ],
  [
    'together with others opens what they name together',
    [blocker('match-below-ratio'), blocker('milestone-not-accepted', 'one')],
    [waiver(), milestone],
    [],
    ['match-below-ratio', 'milestone-not-accepted'],
  ],
  [
    'never an agreement that is not active',
    [blocker('agreement-not-active')],
    [waiver({ codes: ['agreement-not-active'], covers: [blocker('agreement-not-active')] })],
    ['agreement-not-active'],
    [],
  ],
  [
    'never a tranche that is exhausted',
    [blocker('tranche-exhausted')],
    [waiver({ codes: ['tranche-exhausted'], covers: [blocker('tranche-exhausted')] })],
    ['tranche-exhausted'],
    [],
  ],
  ['where nothing blocks is not used', [], [waiver()], [], []],
])('a waiver %s', (_, found, waivers, left, waived) => {
  const answer = throughWaivers(found, waivers);
  expect(answer.blockers.map(({ code }) => code)).toEqual(left);
  expect(answer.waived.map(({ code }) => code)).toEqual(waived);
});

test('what is waived says by whom and why', () =>
  expect(throughWaivers([blocker('match-below-ratio')], [waiver()]).waived).toEqual([
    {
      ...blocker('match-below-ratio'),
      waiver: {
        id: 'w',
        reason: 'It arrives in May.',
        authority: 'Programme board',
        grantedBy: { id: 'manager', name: 'Amina Hussain' },
      },
    },
  ]));

describe('whoever granted it', () => {
  const found = [blocker('match-below-ratio'), blocker('return-overdue')];

  test('has no part in the claim', () =>
    expect(throughWaivers(found, [waiver()], ['preparer', 'manager'])).toEqual({
      blockers: [
        ...found,
        {
          code: 'waiver-granter-decides',
          message:
            'Amina Hussain granted the waiver that would open this gate, and has a part in this claim: whoever waives does not also prepare, certify, approve or pay.',
          about: { kind: 'gate-waiver', id: 'w', name: 'Waiver by Amina Hussain' },
          clearedBy: 'Another person approves or pays, or grants the waiver.',
          dueOn: '2018-04-30',
        },
      ],
      waived: [],
    }));

  test('is told without a day where what blocks has none', () => {
    const { dueOn: _, ...undated } = blocker('match-below-ratio');
    expect(throughWaivers([undated], [waiver()], ['manager']).blockers[1]).not.toHaveProperty('dueOn');
  });

  test('is not asked about where another waiver opens the same', () => {
    const other = waiver({ id: 'u', grantedBy: { id: 'another', name: 'Tom Reid' } });
    const { blockers, waived } = throughWaivers(
      [blocker('match-below-ratio')],
      [waiver(), other],
      ['manager'],
    );
    expect([blockers, waived.map((each) => each.waiver.id)]).toEqual([[], ['u']]);
  });

  test('is not asked about where the gate is open without it', () =>
    expect(throughWaivers([], [waiver()], ['manager'])).toEqual({ blockers: [], waived: [] }));
});

test.each([
  [['match-below-ratio', 'return-overdue'], []],
  [
    ['match-below-ratio', 'no-such'],
    [
      {
        code: 'unknown-gate-code',
        message: 'There is no code no-such. Name one or more of: match-below-ratio, return-overdue.',
        pointer: '/codes/1',
      },
    ],
  ],
  [
    ['tranche-exhausted'],
    [{ code: 'not-waivable', message: 'Nobody can waive tranche-exhausted.', pointer: '/codes/0' }],
  ],
  [
    ['agreement-not-active'],
    [{ code: 'not-waivable', message: 'Nobody can waive agreement-not-active.', pointer: '/codes/0' }],
  ],
])('the codes %p', (codes, faults) =>
  expect(
    waiverCodeFaults(codes, [
      'agreement-not-active',
      'match-below-ratio',
      'tranche-exhausted',
      'return-overdue',
    ]),
  ).toEqual(faults),
);

test.each([
  ['what blocks now', ['match-below-ratio'], null, []],
  ['to the end of today', ['match-below-ratio'], '2018-05-01', []],
  ['to a day that has passed', ['match-below-ratio'], '2018-04-30', ['waiver-expired /expiresOn']],
  ['what does not block', ['match-below-ratio', 'return-overdue'], null, ['nothing-to-waive /codes/1']],
])('a waiver of %s', (_, codes, expiresOn, expected) =>
  expect(
    waiverBlockers({ codes, expiresOn }, [blocker('match-below-ratio')], '2018-05-01').map(
      ({ code, pointer }) => `${code} ${pointer}`,
    ),
  ).toEqual(expected),
);

test('a waiver names some of what blocks, or all of it', () => {
  const found = [blocker('match-below-ratio'), blocker('return-overdue')];
  for (const codes of [['match-below-ratio'], ['return-overdue'], ['match-below-ratio', 'return-overdue']])
    expect(waiverBlockers({ codes, expiresOn: null }, found, '2018-05-01')).toEqual([]);
});

test('a waiver is withdrawn once', () =>
  expect(
    [false, true].map((withdrawn) =>
      withdrawalBlockers({ withdrawn }).map(({ code, pointer }) => [code, pointer]),
    ),
  ).toEqual([[], [['waiver-withdrawn', '/withdrawnAt']]]));
