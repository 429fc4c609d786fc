import { type Blocker, blockers } from '../core/blockers.js';
import type { DateOn } from '../core/calendar.js';
import { type Pence, pence, sumPence } from '../core/money.js';

export type Source = 'grant' | 'match';

/** Where money of the grant may be (domain.md section 8): `outside` is where it comes from and goes to. */
export const GRANT_STAGES = [
  'outside',
  'awarded',
  'claimed',
  'approved',
  'paid',
  'recovered',
  'written-off',
  'lapsed',
  'withdrawn',
] as const;
/** Where money of the match may be. */
export const MATCH_STAGES = ['outside', 'pledged', 'evidenced', 'accepted', 'withdrawn'] as const;
export type Stage = (typeof GRANT_STAGES)[number] | (typeof MATCH_STAGES)[number];

type Move = readonly [source: Source, from: Stage, to: Stage];

/** Which moves each kind of journal may make. The database holds every posting to the same table. */
export const MOVES = {
  award: [
    ['grant', 'outside', 'awarded'],
    ['match', 'outside', 'pledged'],
  ],
  /** Match beyond what was agreed. */
  pledge: [['match', 'outside', 'pledged']],
  claim: [['grant', 'awarded', 'claimed']],
  advance: [['grant', 'awarded', 'claimed']],
  release: [
    ['grant', 'claimed', 'awarded'],
    ['grant', 'approved', 'awarded'],
  ],
  /** What is not approved goes back to the award. */
  approve: [
    ['grant', 'claimed', 'approved'],
    ['grant', 'claimed', 'awarded'],
  ],
  pay: [['grant', 'approved', 'paid']],
  recover: [['grant', 'paid', 'recovered']],
  'write-off': [['grant', 'paid', 'written-off']],
  evidence: [['match', 'pledged', 'evidenced']],
  unevidence: [['match', 'evidenced', 'pledged']],
  accept: [['match', 'evidenced', 'accepted']],
  /** Between lines, by an approved change request only; what is taken is what is given. */
  reallocate: [
    ['grant', 'awarded', 'outside'],
    ['grant', 'lapsed', 'outside'],
    ['grant', 'outside', 'awarded'],
    ['match', 'pledged', 'outside'],
    ['match', 'outside', 'pledged'],
  ],
  lapse: [['grant', 'awarded', 'lapsed']],
  withdraw: [
    ['grant', 'awarded', 'withdrawn'],
    ['match', 'pledged', 'withdrawn'],
  ],
  /** Any stage to or from outside: `moveBlockers` knows it. */
  novate: [],
  /** The mirror of another journal: `Ledger.reverse` makes it. */
  reverse: [],
} as const satisfies Record<string, readonly Move[]>;
export type JournalKind = keyof typeof MOVES;

/** One movement of a positive amount within a line. */
export interface Movement {
  lineId: string;
  source: Source;
  from: Stage;
  to: Stage;
  /** Above zero. */
  amountPence: Pence;
  /** When the cost arose: of a claim, and of evidenced match, and of nothing else. */
  incurredOn?: DateOn;
  /** The instalment that it draws on or gives back to. */
  trancheId?: string;
}

/** Movements that stand or fall together. */
export interface JournalEntry {
  kind: Exclude<JournalKind, 'reverse'>;
  datedOn: DateOn;
  /** What happened, for whoever reads the ledger. */
  narrative: string;
  movements: readonly Movement[];
  /** What it follows from; which one is needed depends on the kind. */
  cause?: {
    claimId?: string;
    paymentId?: string;
    recoveryId?: string;
    contributionId?: string;
    changeRequestId?: string;
  };
  /** The other side of a novation. */
  novatesId?: string;
}

const mayMove = (kind: JournalKind, { source, from, to }: Movement): boolean =>
  kind === 'novate'
    ? (from === 'outside') !== (to === 'outside')
    : (MOVES[kind] as readonly Move[]).some(
        ([ofSource, start, end]) => ofSource === source && start === from && end === to,
      );

/** What is wrong with an entry by itself; the database refuses each of these as well (DESIGN.md, Money). */
export function entryBlockers({ kind, movements }: JournalEntry): Blocker[] {
  const wrong = movements.find((movement) => !mayMove(kind, movement));
  const taken = (['grant', 'match'] as const).map((source) =>
    sumPence(
      movements
        .filter((movement) => movement.source === source)
        .map(({ to, amountPence }) => (to === 'outside' ? amountPence : -amountPence)),
    ),
  );
  return blockers(
    movements.length === 0 && { code: 'journal-empty', message: 'A journal moves some money.' },
    movements.some(({ amountPence }) => amountPence <= 0) && {
      code: 'posting-amount',
      message: 'A posting moves one penny or more.',
    },
    wrong && {
      code: 'posting-move',
      message: `A journal of kind ${kind} does not move ${wrong.source} from ${wrong.from} to ${wrong.to}.`,
    },
    kind === 'reallocate' &&
      taken.some((sum) => sum !== 0) && {
        code: 'journal-unbalanced',
        message: 'What a reallocation takes from some lines is not what it gives to others.',
      },
  );
}

/** Balances by account, in pence; an account that is not there holds nothing. */
export type Balances = ReadonlyMap<string, Pence>;

/** The name of an account among balances. */
export const accountKey = (lineId: string, source: Source, stage: Stage): string =>
  `${lineId} ${source} ${stage}`;

/**
 * The balances after an entry. What leaves `outside` may take it below zero, and no other account.
 * @returns the blockers too: an account that would fall below zero, each once
 */
export function applied(
  balances: Balances,
  movements: readonly Movement[],
): { balances: Map<string, Pence>; blockers: Blocker[] } {
  const next = new Map(balances);
  for (const { lineId, source, from, to, amountPence } of movements) {
    const [taken, given] = [accountKey(lineId, source, from), accountKey(lineId, source, to)];
    next.set(taken, pence((next.get(taken) ?? 0) - amountPence));
    next.set(given, pence((next.get(given) ?? 0) + amountPence));
  }
  const below = [...next].filter(([key, balance]) => balance < 0 && !key.endsWith(' outside'));
  return {
    balances: next,
    blockers: below.map(([key]) => ({
      code: 'account-overdrawn',
      message: `There is not that much left as ${key.split(' ')[2]} in this line.`,
    })),
  };
}
