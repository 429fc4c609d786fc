import { formatPounds, type Pence } from '../../core/money.js';

/** Somebody as answers name them. */
export interface DutyPerson {
  id: string;
  name: string;
}

/** What somebody does for a claim to be paid, and for money to be asked back, in the order in which it is done. */
export const DUTIES = [
  'preparer',
  'certifier',
  'checker',
  'recommender',
  'approver',
  'second-approver',
  'scheduler',
  'payer',
] as const;
export type Duty = (typeof DUTIES)[number];

/** Who did what; a duty that nobody had is an empty list. */
export type PeopleByDuty = Record<Duty, readonly DutyPerson[]>;

/** Whom each duty keeps out (domain.md section 9, rule 5): the database refuses each of these. */
const APART: ReadonlyArray<[Duty, readonly Duty[]]> = [
  ['certifier', ['preparer']],
  ['checker', ['preparer', 'certifier']],
  ['recommender', ['preparer', 'certifier']],
  ['approver', ['preparer', 'certifier']],
  ['second-approver', ['preparer', 'certifier', 'approver']],
  ['scheduler', ['preparer', 'certifier', 'approver', 'second-approver']],
  ['payer', ['preparer', 'certifier', 'approver', 'second-approver']],
];

/** Duties without which no claim is paid. */
const NEEDED: readonly Duty[] = [
  'preparer',
  'certifier',
  'checker',
  'recommender',
  'approver',
  'scheduler',
  'payer',
];

/** A recovery, as far as duties go. */
export interface RecoveryDuties {
  reference: string;
  writtenOff: boolean;
  raisedBy: DutyPerson;
  closedBy: DutyPerson | null;
}

/** A waiver that opened the gate for a claim. */
export interface WaiverDuties {
  id: string;
  reason: string;
  authority: string;
  grantedBy: DutyPerson;
}

/** A paid claim with its people. */
export interface DutyFacts {
  people: PeopleByDuty;
  approvedPence: Pence;
  /** What needed a second approval when it was approved; null: nothing did. */
  secondApprovalAbovePence: Pence | null;
  recoveries: readonly RecoveryDuties[];
  waivers: readonly WaiverDuties[];
}

/** One break of the separation of duties. */
export interface DutyBreach {
  code: 'same-person' | 'duty-missing' | 'second-approval-missing' | 'write-off-by-raiser';
  message: string;
  duties: Duty[];
  people: DutyPerson[];
}

/** Where separation of duties was set aside by name: a waiver, and what else its granter did for the claim. */
export interface DutyOverride extends WaiverDuties {
  granterAlso: Duty[];
}

const inWords = (duty: Duty): string => duty.replaceAll('-', ' ');

/** Every break of the separation of duties in a paid claim (domain.md section 9, rule 5, and section 11, auditor 4). */
export function breachesIn(facts: DutyFacts): DutyBreach[] {
  const { people, approvedPence, secondApprovalAbovePence: above, recoveries } = facts;
  const same = APART.flatMap(([duty, others]) =>
    people[duty].flatMap((person) => {
      const also = others.filter((other) => people[other].some(({ id }) => id === person.id));
      return also.length === 0
        ? []
        : [
            {
              code: 'same-person' as const,
              message: `${person.name} was ${inWords(duty)} and ${also.map(inWords).join(', ')}.`,
              duties: [duty, ...also],
              people: [person],
            },
          ];
    }),
  );
  const missing = NEEDED.filter((duty) => people[duty].length === 0).map((duty) => ({
    code: 'duty-missing' as const,
    message: `Nobody is recorded as ${inWords(duty)}.`,
    duties: [duty],
    people: [],
  }));
  const second: DutyBreach[] =
    above !== null && approvedPence > above && people['second-approver'].length === 0
      ? [
          {
            code: 'second-approval-missing',
            message: `${formatPounds(approvedPence)} was approved by one person, and more than ${formatPounds(above)} needed two.`,
            duties: ['second-approver'],
            people: [...people.approver],
          },
        ]
      : [];
  const written = recoveries
    .filter(({ writtenOff, raisedBy, closedBy }) => writtenOff && closedBy?.id === raisedBy.id)
    .map(({ reference, raisedBy }) => ({
      code: 'write-off-by-raiser' as const,
      message: `${raisedBy.name} raised ${reference} and wrote it off.`,
      duties: [],
      people: [raisedBy],
    }));
  return [...same, ...missing, ...second, ...written];
}

/** The waivers that opened the gate for a claim, each once, with what its granter did for the claim beside it. */
export function overridesIn({ people, waivers }: Pick<DutyFacts, 'people' | 'waivers'>): DutyOverride[] {
  return waivers
    .filter(({ id }, index) => waivers.findIndex((each) => each.id === id) === index)
    .map((waiver) => ({
      ...waiver,
      granterAlso: DUTIES.filter((duty) => people[duty].some(({ id }) => id === waiver.grantedBy.id)),
    }));
}
