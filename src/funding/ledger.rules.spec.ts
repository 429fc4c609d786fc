import fc from 'fast-check';
import {
  accountKey,
  applied,
  entryBlockers,
  GRANT_STAGES,
  type JournalEntry,
  type JournalKind,
  MATCH_STAGES,
  MOVES,
  type Movement,
  type Source,
  type Stage,
} from './ledger.rules.js';

const codes = (entry: JournalEntry): string[] => entryBlockers(entry).map(({ code }) => code);
const move = (source: Source, from: Stage, to: Stage, amountPence = 100, lineId = 'a'): Movement => ({
  lineId,
  source,
  from,
  to,
  amountPence,
});
const entry = (kind: JournalEntry['kind'], ...movements: Movement[]): JournalEntry => ({
  kind,
  datedOn: '2017-06-01',
  narrative: 'x',
  movements,
});

describe('an entry by itself', () => {
  test.each<[string, JournalEntry, string[]]>([
    [
      'an award',
      entry('award', move('grant', 'outside', 'awarded'), move('match', 'outside', 'pledged')),
      [],
    ],
    ['a claim', entry('claim', move('grant', 'awarded', 'claimed')), []],
    [
      'an approval in part',
      entry('approve', move('grant', 'claimed', 'approved'), move('grant', 'claimed', 'awarded')),
      [],
    ],
    ['a payment past the approval', entry('pay', move('grant', 'claimed', 'paid')), ['posting-move']],
    ['a payment of match', entry('pay', move('match', 'approved', 'paid')), ['posting-move']],
    ['a claim that pays', entry('claim', move('grant', 'approved', 'paid')), ['posting-move']],
    [
      'match accepted without evidence',
      entry('accept', move('match', 'pledged', 'accepted')),
      ['posting-move'],
    ],
    ['nothing', entry('claim'), ['journal-empty']],
    ['no money', entry('claim', move('grant', 'awarded', 'claimed', 0)), ['posting-amount']],
    ['less than none', entry('claim', move('grant', 'awarded', 'claimed', -5)), ['posting-amount']],
    [
      'a reallocation that gives what it takes',
      entry(
        'reallocate',
        move('grant', 'awarded', 'outside', 70),
        move('grant', 'outside', 'awarded', 70, 'b'),
      ),
      [],
    ],
    [
      'a reallocation that gives more than it takes',
      entry(
        'reallocate',
        move('grant', 'awarded', 'outside', 70),
        move('grant', 'outside', 'awarded', 71, 'b'),
      ),
      ['journal-unbalanced'],
    ],
    [
      'a reallocation of grant against match',
      entry(
        'reallocate',
        move('grant', 'awarded', 'outside', 70),
        move('match', 'outside', 'pledged', 70, 'b'),
      ),
      ['journal-unbalanced'],
    ],
    [
      'a reallocation of match that gives less than it takes',
      entry(
        'reallocate',
        move('match', 'pledged', 'outside', 70),
        move('match', 'outside', 'pledged', 69, 'b'),
      ),
      ['journal-unbalanced'],
    ],
    ['one penny', entry('claim', move('grant', 'awarded', 'claimed', 1)), []],
    [
      'a novation out',
      entry('novate', move('grant', 'paid', 'outside'), move('match', 'accepted', 'outside')),
      [],
    ],
    ['a novation within', entry('novate', move('grant', 'awarded', 'paid')), ['posting-move']],
    [
      'a novation from outside to outside',
      entry('novate', move('grant', 'outside', 'outside')),
      ['posting-move'],
    ],
  ])('%s', (_, candidate, expected) => expect(codes(candidate)).toEqual(expected));

  test.each<[JournalEntry['kind'], string[]]>([
    ['award', ['grant outside awarded', 'match outside pledged']],
    ['pledge', ['match outside pledged']],
    ['claim', ['grant awarded claimed']],
    ['advance', ['grant awarded claimed']],
    ['release', ['grant claimed awarded', 'grant approved awarded']],
    ['approve', ['grant claimed approved', 'grant claimed awarded']],
    ['pay', ['grant approved paid']],
    ['recover', ['grant paid recovered']],
    ['write-off', ['grant paid written-off']],
    ['evidence', ['match pledged evidenced']],
    ['unevidence', ['match evidenced pledged']],
    ['accept', ['match evidenced accepted']],
    [
      'reallocate',
      [
        'grant awarded outside',
        'grant lapsed outside',
        'grant outside awarded',
        'match pledged outside',
        'match outside pledged',
      ],
    ],
    ['lapse', ['grant awarded lapsed']],
    ['withdraw', ['grant awarded withdrawn', 'match pledged withdrawn']],
    ['novate', []],
  ])('%s makes exactly the moves %p', (kind, moves) =>
    expect(MOVES[kind].map((each) => each.join(' '))).toEqual(moves),
  );

  test('money is outside, and at the stages of its source', () => {
    expect(GRANT_STAGES).toEqual([
      ...['outside', 'awarded', 'claimed', 'approved', 'paid'],
      ...['recovered', 'written-off', 'lapsed', 'withdrawn'],
    ]);
    expect(MATCH_STAGES).toEqual(['outside', 'pledged', 'evidenced', 'accepted', 'withdrawn']);
  });

  test('each kind makes its own moves and no others', () => {
    const stages: Array<[Source, Stage]> = [
      ...GRANT_STAGES.map((stage) => ['grant', stage] as [Source, Stage]),
      ...MATCH_STAGES.map((stage) => ['match', stage] as [Source, Stage]),
    ];
    for (const kind of Object.keys(MOVES) as JournalKind[]) {
      if (kind === 'novate' || kind === 'reverse' || kind === 'reallocate') continue;
      const allowed = MOVES[kind].map((each) => each.join(' '));
      expect(allowed.length).toBeGreaterThan(0);
      for (const [source, from] of stages)
        for (const [other, to] of stages)
          if (other === source)
            expect([kind, source, from, to, codes(entry(kind, move(source, from, to)))]).toEqual([
              ...[kind, source, from, to],
              allowed.includes([source, from, to].join(' ')) ? [] : ['posting-move'],
            ]);
    }
  });
});

describe('balances', () => {
  const start = new Map([[accountKey('a', 'grant', 'awarded'), 100]]);

  test('what leaves one account comes to the other', () => {
    const { balances, blockers } = applied(start, [move('grant', 'awarded', 'claimed', 40)]);
    expect(blockers).toEqual([]);
    expect(Object.fromEntries(balances)).toEqual({ 'a grant awarded': 60, 'a grant claimed': 40 });
  });

  test('to the penny, and not one beyond', () => {
    expect(applied(start, [move('grant', 'awarded', 'claimed', 100)]).blockers).toEqual([]);
    expect(applied(start, [move('grant', 'awarded', 'claimed', 101)]).blockers).toEqual([
      { code: 'account-overdrawn', message: 'There is not that much left as awarded in this line.' },
    ]);
  });

  test('money from outside takes nothing below zero', () =>
    expect(applied(new Map(), [move('grant', 'outside', 'awarded', 5)]).blockers).toEqual([]));

  const movement = fc
    .constantFrom(...Object.values(MOVES).flatMap((moves) => [...moves]))
    .chain(([source, from, to]) =>
      fc.record({
        lineId: fc.constantFrom('a', 'b', 'c'),
        source: fc.constant(source),
        from: fc.constant(from),
        to: fc.constant(to),
        amountPence: fc.integer({ min: 1, max: 1_000_000_000 }),
      }),
    );

  test('whatever moves, each line and source comes to nothing in all, and money is made nowhere', () =>
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 60 }), (movements) => {
        const { balances } = applied(new Map(), movements as Movement[]);
        const sums = new Map<string, number>();
        for (const [key, balance] of balances) {
          const line = key.split(' ').slice(0, 2).join(' ');
          sums.set(line, (sums.get(line) ?? 0) + balance);
        }
        expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
      }),
    ));

  test('there and back leaves what was', () =>
    fc.assert(
      fc.property(fc.array(movement, { minLength: 1, maxLength: 30 }), (movements) => {
        const there = movements as Movement[];
        const back = there.map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from }));
        const { balances } = applied(start, [...there, ...back]);
        expect([...balances].filter(([, balance]) => balance !== 0)).toEqual([...start]);
      }),
    ));
});
