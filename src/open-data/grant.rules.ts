import type { DateOn } from '../core/calendar.js';
import { formatPounds, matchFor, type Pence, sumPence } from '../core/money.js';
import type {
  Grant,
  GrantClassification,
  GrantEvent,
  GrantOrganization,
  GrantTransaction,
} from './grant.types.js';

/** A body by its ODS code. */
export interface Body {
  odsCode: string;
  name: string;
}

/** Money of a grant that went to a trust, or came back from it, on a day. */
interface Moved {
  reference: string;
  on: DateOn;
  amountPence: Pence;
  /** ODS code of the trust. */
  recipient: string;
  illustrative: boolean;
}

/** An accepted grant as the records have it: an award with an agreement in force, and the money that really moved. */
export interface AcceptedGrant {
  programme: { slug: string; name: string; description: string; illustrative: boolean };
  funder: Body;
  /** Whoever was awarded first; another body may hold the agreement now. */
  awardee: Body;
  recipient: Body;
  /** What the recipient was called when the award was made, where that was another name. */
  nameThen: string | null;
  reference: string;
  illustrative: boolean;
  /** The day of approval or, where that was written down later, the day on which the first agreement was in force. */
  awardedOn: DateOn;
  activatedOn: DateOn;
  /** When it was closed or terminated. */
  endedOn: DateOn | null;
  window: { startsOn: DateOn; endsOn: DateOn };
  matchRatio: { matchPence: Pence; perGrantPence: Pence };
  /** Of the version in force. */
  lines: Array<{
    financialYear: string;
    kind: 'capital' | 'revenue';
    grantPence: Pence;
    matchPence: Pence;
  }>;
  payments: Moved[];
  recoveries: Array<Moved & { cause: string; payment: string }>;
  /** Match that was accepted. */
  match: Array<{ financialYear: string; kind: 'capital' | 'revenue'; acceptedPence: Pence }>;
  /** When anything of it last changed. */
  changedAt: string;
}

/** What accepted grants are, taken together. */
export interface Accepted {
  /** Whose grants there are, by slug. */
  programmes: Array<{ slug: string; name: string }>;
  funders: Body[];
  /** How many grants there are. */
  inAll: number;
  /** Of how many something is made up. */
  madeUp: number;
  /** When anything of any of them last changed. */
  changedAt: string;
}

/** What the ledger's accounts hold of a programme, in pence. */
export interface LedgerTotals {
  slug: string;
  name: string;
  awardedPence: Pence;
  /** All that was ever paid, whatever came back. */
  paidPence: Pence;
  recoveredPence: Pence;
  matchPence: Pence;
}

/** 360Giving asks for titles under 140 characters. */
const TITLE_LIMIT = 139;
const MADE_UP = 'Illustrative: made up to show how this works. No such money was paid.';
const HUNDRED_POUNDS: Pence = 100_00;
const KINDS = { capital: 'Capital', revenue: 'Revenue' } as const;

/** Pence as pounds: the nearest number to two decimals, which JSON writes as just those decimals. */
export const poundsOf = (amount: Pence): number => amount / 100;

/** Pounds of a published figure as whole pence. */
export const penceOf = (pounds: number): Pence => Math.round(pounds * 100);

/** A body by org-id.guide's list of ODS codes, GB-NHS: "GB-NHS-RW4". */
export const orgId = (odsCode: string): string => `GB-NHS-${odsCode}`;

/**
 * A grant's identifier: the publisher's prefix, the programme, and whoever was awarded first. An award has one, so it
 * stays when the agreement is varied, drafted anew, or taken over by another trust.
 */
export const grantId = (prefix: string, { programme, awardee }: AcceptedGrant): string =>
  `${prefix}-${programme.slug}-${awardee.odsCode}`;

/** Whether anything of a grant is made up. */
export const isIllustrative = ({ programme, illustrative, payments, recoveries }: AcceptedGrant): boolean =>
  programme.illustrative || illustrative || [...payments, ...recoveries].some((moved) => moved.illustrative);

/**
 * A grant as 360Giving 1.4 has it (domain.md section 7). One that was taken over is one grant, with all that was paid
 * before (section 9, rule 11).
 * @param publisher.prefix the prefix that 360Giving registered, `360G-…`
 * @param publisher.dataSource the address of the page that says what this is
 */
export function grantOf(row: AcceptedGrant, publisher: { prefix: string; dataSource: string }): Grant {
  const id = grantId(publisher.prefix, row);
  const illustrative = isIllustrative(row);
  const disbursed = disbursements(row);
  return {
    id,
    title: shortened(
      `${illustrative ? 'Illustrative: ' : ''}${row.programme.name}, ${row.recipient.name}`,
      TITLE_LIMIT,
    ),
    description: [...(illustrative ? [MADE_UP] : []), ...described(row)].join(' '),
    currency: 'GBP',
    amountAwarded: poundsOf(sumPence(row.lines.map(({ grantPence }) => grantPence))),
    amountDisbursed: poundsOf(sumPence(disbursed.map(({ value }) => penceOf(value)))),
    awardDate: row.awardedOn,
    plannedDates: [{ title: 'Costs may arise', startDate: row.window.startsOn, endDate: row.window.endsOn }],
    actualDates: [inForce(row)],
    recipientOrganization: [organization(row.recipient, row.nameThen)],
    fundingOrganization: [organization(row.funder, null)],
    grantProgramme: [
      { code: row.programme.slug, title: row.programme.name, description: row.programme.description },
    ],
    fundingType: fundingTypes(row),
    commitmentTransaction: commitments(row, id),
    disbursementTransaction: disbursed,
    dateModified: row.changedAt,
    dataSource: publisher.dataSource,
  };
}

function described({ lines, reference, awardee, recipient, funder, matchRatio }: AcceptedGrant): string[] {
  const total = sumPence(lines.map(({ grantPence }) => grantPence));
  const years = lines.map(({ financialYear }) => financialYear).sort();
  const span = years[0] === years.at(-1) ? `in ${years[0]}` : `from ${years[0]} to ${years.at(-1)}`;
  const takenOver = awardee.odsCode !== recipient.odsCode;
  return [
    `${funder.name} awarded ${formatPounds(total)} ${span}, under the agreement ${reference}.`,
    matchRatio.matchPence > 0
      ? `The recipient adds at least ${formatPounds(matchFor(HUNDRED_POUNDS, matchRatio))} of its own for every £100 of grant.`
      : '',
    takenOver
      ? `It was awarded to ${awardee.name} (${orgId(awardee.odsCode)}) and taken over by ${recipient.name}.`
      : '',
  ].filter((sentence) => sentence !== '');
}

const inForce = ({ activatedOn, endedOn }: AcceptedGrant): GrantEvent => ({
  title: 'The agreement was in force',
  startDate: activatedOn,
  ...(endedOn === null ? {} : { endDate: endedOn }),
});

const organization = ({ odsCode, name }: Body, nameThen: string | null): GrantOrganization => ({
  id: orgId(odsCode),
  name,
  ...(nameThen === null || nameThen === name ? {} : { alternateName: nameThen }),
});

function fundingTypes({ lines }: AcceptedGrant): GrantClassification[] {
  const kinds = new Set(lines.filter(({ grantPence }) => grantPence > 0).map(({ kind }) => kind));
  return [...kinds]
    .sort()
    .map((kind) => ({ vocabulary: 'Capital or revenue', code: kind, title: KINDS[kind] }));
}

/** What is awarded, by financial year and kind: together the amount awarded. */
function commitments(row: AcceptedGrant, id: string): GrantTransaction[] {
  return row.lines
    .filter(({ grantPence }) => grantPence > 0)
    .map(({ financialYear, kind, grantPence }) => ({
      id: `${id}-${financialYear.replace('/', '-')}-${kind}`,
      transactionDate: row.awardedOn,
      currency: 'GBP' as const,
      value: poundsOf(grantPence),
      description: `${KINDS[kind]}, ${financialYear}`,
      provider: orgId(row.funder.odsCode),
      recipient: orgId(row.recipient.odsCode),
    }));
}

/** What was paid and, below zero, what came back: together the amount disbursed. */
function disbursements({ payments, recoveries, funder }: AcceptedGrant): GrantTransaction[] {
  const moved = ({ reference, on, recipient }: Moved, value: number, description: string) => ({
    id: reference,
    transactionDate: on,
    currency: 'GBP' as const,
    value,
    description,
    provider: orgId(funder.odsCode),
    recipient: orgId(recipient),
  });
  return [
    ...payments.map((paid) => moved(paid, poundsOf(paid.amountPence), 'Payment')),
    ...recoveries.map((back) =>
      moved(back, poundsOf(-back.amountPence), `Recovery of ${back.payment}: ${back.cause}`),
    ),
  ].sort((a, b) =>
    a.transactionDate < b.transactionDate ? -1 : Number(a.transactionDate > b.transactionDate),
  );
}

const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`;
