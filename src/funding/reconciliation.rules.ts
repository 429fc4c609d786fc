import { type DateOn, formatDate } from '../core/calendar.js';
import type { Pence } from '../core/money.js';
import type { KeptDifference } from '../programmes/kept-sums.js';
import type { JournalKind, Source, Stage } from './ledger.rules.js';

/** What is held against what (DESIGN.md, Money; domain.md section 9, rule 12). */
export const DIFFERENCE_KINDS = ['balance', 'journal', 'agreement', 'tranche', 'control', 'kept'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** Two figures that should be one, in pence. The same kind and subject is the same difference. */
export interface Difference {
  kind: DifferenceKind;
  /** Where it is, in words. */
  subject: string;
  /** Whose it is; null where it is of the programme. */
  trustId: string | null;
  expectedPence: Pence;
  foundPence: Pence;
}

/** Whose a figure is. */
export interface Holder {
  trustId: string;
  trust: string;
  /** The agreement's reference. */
  agreement: string;
}

interface OfLine extends Holder {
  financialYear: string;
  kind: 'capital' | 'revenue';
}

/** An account, and the sum of the postings to it; null where there is none. */
export interface AccountFact extends OfLine {
  source: Source;
  stage: Stage;
  postedPence: Pence | null;
  balancePence: Pence | null;
}

/** What a journal says that its postings come to, and what they do; null where the journal is not there. */
export interface JournalFact extends Holder {
  id: string;
  journalKind: JournalKind | null;
  datedOn: DateOn | null;
  saidPostings: number;
  saidPence: Pence | null;
  foundPostings: number;
  foundPence: Pence;
}

/** What the version in force gives a line, with what was pledged before a novation, and what the ledger was given. */
export interface LineFact extends OfLine {
  source: Source;
  agreedPence: Pence;
  givenPence: Pence;
}

/** What is drawn on a tranche, and what its postings drew. */
export interface TrancheFact extends Holder {
  number: number;
  name: string;
  drawnPence: Pence;
  postedPence: Pence;
}

/** A control total of the programme, and what the ledger and the awards without an agreement come to. */
export interface ControlFact {
  source: Source;
  controlPence: Pence;
  foundPence: Pence;
}

/** What stands in all accounts of a stage, and what was posted to them. Whole pence. */
export interface StageTotal {
  source: Source;
  stage: Stage;
  balancePence: Pence;
  postedPence: Pence;
}

export interface LedgerFacts {
  accounts: readonly AccountFact[];
  journals: readonly JournalFact[];
  lines: readonly LineFact[];
  tranches: readonly TrancheFact[];
  controls: readonly ControlFact[];
  /** What is kept for totals, and differs. */
  kept: readonly KeptDifference[];
}

const STAGE_WORDS: Partial<Record<Stage, string>> = { 'written-off': 'written off', outside: 'in all' };
const heading = ({ agreement, trust }: Holder): string => `${agreement} (${trust})`;
const lineOf = (fact: OfLine): string => `${heading(fact)}, ${fact.financialYear} ${fact.kind}`;
const accountOf = ({ source, stage }: AccountFact): string => `${source} ${STAGE_WORDS[stage] ?? stage}`;

/** The difference of an account from its postings; one that is missing, or that nothing was posted to, is one too. */
export function accountDifference(fact: AccountFact): Difference[] {
  const { trustId, postedPence, balancePence } = fact;
  if (postedPence === balancePence) return [];
  const what =
    balancePence === null
      ? `the account of the ${accountOf(fact)} is missing, although postings were made to it`
      : postedPence === null
        ? `there is an account of the ${accountOf(fact)}, although no posting was made to it`
        : `the balance of the ${accountOf(fact)} is not the sum of its postings`;
  const subject = `${lineOf(fact)}: ${what}`;
  return [
    { kind: 'balance', subject, trustId, expectedPence: postedPence ?? 0, foundPence: balancePence ?? 0 },
  ];
}

/** The difference of a journal's postings from what it says: some are gone, some were added, or it is gone itself. */
export function journalDifference(fact: JournalFact): Difference[] {
  const { trustId, id, saidPence, foundPence } = fact;
  if (fact.saidPostings === fact.foundPostings && saidPence === foundPence) return [];
  const subject =
    saidPence === null
      ? `${heading(fact)}: there are postings of the journal ${id}, which is not there`
      : `${heading(fact)}: the journal ${id} (${fact.journalKind}, ${formatDate(fact.datedOn as DateOn)}) does not have the postings that it says`;
  return [{ kind: 'journal', subject, trustId, expectedPence: saidPence ?? 0, foundPence }];
}

/** The difference of what the ledger was given for a line from what was agreed. */
export function lineDifference(fact: LineFact): Difference[] {
  const { trustId, source, agreedPence, givenPence } = fact;
  if (agreedPence === givenPence) return [];
  const subject = `${lineOf(fact)}: the ${source} in the ledger is not what the version in force says`;
  return [{ kind: 'agreement', subject, trustId, expectedPence: agreedPence, foundPence: givenPence }];
}

/** The difference of what is drawn on a tranche from its postings. */
export function trancheDifference(fact: TrancheFact): Difference[] {
  const { trustId, number, name, drawnPence, postedPence } = fact;
  if (drawnPence === postedPence) return [];
  const subject = `${heading(fact)}, tranche ${number}, ${name}: what is drawn is not what its postings drew`;
  return [{ kind: 'tranche', subject, trustId, expectedPence: postedPence, foundPence: drawnPence }];
}

/** The difference of the programme from its control total. */
export function controlDifference({ source, controlPence, foundPence }: ControlFact): Difference[] {
  if (controlPence === foundPence) return [];
  const subject = `The ${source} of all agreements, and of awards without one, is not the programme's control total`;
  return [{ kind: 'control', subject, trustId: null, expectedPence: controlPence, foundPence }];
}

/** The difference of a kept figure, in pence or counted, from what the record came to after the same entry. */
function keptDifference({ sum, figure, number, kept, found }: KeptDifference): Difference {
  const subject = `What was kept of the sum “${sum}” after entry ${number} of the log is not what the record came to then: ${figure}, ${kept} instead of ${found}`;
  return { kind: 'kept', subject, trustId: null, expectedPence: found, foundPence: kept };
}

/** All that differs; a ledger that reconciles has nothing. */
export function differences({
  accounts,
  journals,
  lines,
  tranches,
  controls,
  kept,
}: LedgerFacts): Difference[] {
  return [
    ...accounts.flatMap(accountDifference),
    ...journals.flatMap(journalDifference),
    ...lines.flatMap(lineDifference),
    ...tranches.flatMap(trancheDifference),
    ...controls.flatMap(controlDifference),
    ...kept.map(keptDifference),
  ];
}

/** What to do about a difference of a kind, for whoever reads the alert. */
export const WHAT_TO_DO: Record<DifferenceKind, string> = {
  balance:
    "Read the agreement's journals and the log of its accounts and postings: something was changed past the ledger. Until it is put right, trust the postings.",
  journal:
    'Read the log of this journal and its postings: something was changed past the ledger. What the log says was posted is what was.',
  agreement:
    'Hold the versions of the agreement against its journals of award, reallocation and novation: one of them was made without the other.',
  tranche:
    "Read the tranche's claims and their journals, and its log: what is drawn was changed past the ledger.",
  control:
    'Hold the awards of the definition against the agreements: one is there twice, or not at all, or differs.',
  kept: 'Somebody changed what is kept for totals, past the program. The next keeping, within the hour, puts it right; read the log of the database server for who did it.',
};

/** A difference that was raised before and is not cleared. */
export type StandingDifference = Pick<Difference, 'kind' | 'subject' | 'expectedPence' | 'foundPence'>;

const keyOf = ({ kind, subject }: Pick<Difference, 'kind' | 'subject'>): string => `${kind} ${subject}`;

/**
 * What a check does to what stands: a difference is raised once while it stands, follows its figures, and is cleared
 * when it is gone.
 */
export function settlement<Standing extends StandingDifference>(
  standing: readonly Standing[],
  found: readonly Difference[],
): { raised: Difference[]; moved: Array<{ standing: Standing; now: Difference }>; cleared: Standing[] } {
  const before = new Map(standing.map((each) => [keyOf(each), each]));
  const now = new Set(found.map(keyOf));
  return {
    raised: found.filter((each) => !before.has(keyOf(each))),
    moved: found.flatMap((each) => {
      const old = before.get(keyOf(each));
      const same = !old || (old.expectedPence === each.expectedPence && old.foundPence === each.foundPence);
      return same ? [] : [{ standing: old, now: each }];
    }),
    cleared: standing.filter((each) => !now.has(keyOf(each))),
  };
}
