import type { ChangeContent, ChangeKind, LineName } from '../../change-requests/change-content.js';
import type { ChangeImpact } from '../../change-requests/change-impact.js';
import type {
  ChangeEffect,
  ChangeRequestState,
  ChangeRequestVerb,
} from '../../change-requests/change-request.rules.js';
import { day, plural, pounds } from '../page/format.js';
import type { Fact } from '../page/page.js';
import type { Tag } from '../page/table.js';

/** What each kind of request is for, as whoever begins one chooses. */
export const KINDS: Record<ChangeKind, { title: string; hint: string }> = {
  reprofile: {
    title: 'Other dates for milestones',
    hint: 'Milestones get another agreed day. The baselines stay as they are.',
  },
  'move-money': {
    title: 'Money to another line',
    hint: 'Grant that is not claimed, or match that is only pledged, goes to another year, or from capital to revenue or back.',
  },
  'carry-forward': {
    title: 'Carry an underspend forward',
    hint: 'Money that is not claimed goes to a later year and stays capital or revenue. What is not carried forward lapses when its year is closed.',
  },
  vary: {
    title: 'Other terms of the agreement',
    hint: 'Tranches, conditions or the eligibility window are to say something else.',
  },
  'replan-benefits': {
    title: 'Other plans of benefits',
    hint: 'Benefits that were agreed get another plan by year. What they are held against stays readable, and the baselines stay as they are.',
  },
};

const STATES: Record<ChangeRequestState, Tag> = {
  draft: { words: 'Draft', colour: 'grey' },
  submitted: { words: 'Submitted', colour: 'blue' },
  'impact-assessed': { words: 'Impact assessed', colour: 'purple' },
  deferred: { words: 'Deferred', colour: 'yellow' },
  approved: { words: 'Approved', colour: 'aqua-green' },
  rejected: { words: 'Rejected', colour: 'red' },
  withdrawn: { words: 'Withdrawn', colour: 'white' },
  applied: { words: 'Applied', colour: 'green' },
};

/** The state of a change request, as a tag. */
export const changeTag = (state: ChangeRequestState): Tag => STATES[state];

/** What the log's actions on a change request are called; those that are not here are no news to its reader. */
export const HAPPENED: Readonly<Record<string, string>> = {
  'change-request.open': 'Begun',
  'change-request.submit': 'Submitted',
  'change-request.assess': 'Impact assessed',
  'change-request.approve': 'Approved',
  'change-request.reject': 'Rejected',
  'change-request.defer': 'Deferred',
  'change-request.withdraw': 'Withdrawn',
  'change-request.apply': 'Applied',
};

/** What a reader may do, as a link says it. */
export const VERBS: Record<Exclude<ChangeRequestVerb, 'save'>, { step: string; text: string }> = {
  submit: { step: 'submission', text: 'Submit' },
  assess: { step: 'impact-assessment', text: 'Assess its impact' },
  approve: { step: 'approval', text: 'Approve' },
  reject: { step: 'rejection', text: 'Reject' },
  defer: { step: 'deferral', text: 'Defer the decision' },
  withdraw: { step: 'withdrawal', text: 'Withdraw' },
  apply: { step: 'application', text: 'Apply' },
};

/** "2018/19 capital". */
export const lineWords = ({ financialYear, kind }: LineName): string => `${financialYear} ${kind}`;

/** "184 days later", "12 days earlier", "on the same day". */
export function slipWords(days: number): string {
  if (days === 0) return 'on the same day';
  return `${plural(Math.abs(days), 'day')} ${days > 0 ? 'later' : 'earlier'}`;
}

/** What a change does in four sentences: cost, dates, gates, benefit (domain.md section 11, programme manager 9). */
export function effectWords({ cost, date, gate, benefit }: ChangeEffect): Fact[] {
  return [
    { label: 'Cost', value: costWords(cost) },
    { label: 'Dates', value: dateWords(date) },
    { label: 'Gates', value: gateWords(gate) },
    { label: 'Benefit', value: benefitWords(benefit) },
  ];
}

/** "£250,000 of grant changes its line, of which £250,000 goes to another year." */
export function costWords(cost: ChangeEffect['cost']): string {
  const { grantMovedPence, matchMovedPence, betweenKindsPence, betweenYearsPence } = cost;
  if (grantMovedPence === 0 && matchMovedPence === 0) return 'No money moves. The award stays the same.';
  const parts = [
    betweenYearsPence > 0 && `${pounds(betweenYearsPence)} goes to another year`,
    betweenKindsPence > 0 && `${pounds(betweenKindsPence)} changes between capital and revenue`,
  ].filter(Boolean);
  return [
    grantMovedPence > 0 &&
      `${pounds(grantMovedPence)} of grant changes its line${parts.length > 0 ? `: ${parts.join(', and ')}` : ''}.`,
    matchMovedPence > 0 && `${pounds(matchMovedPence)} of match changes its line.`,
    'The award stays the same.',
  ]
    .filter(Boolean)
    .join(' ');
}

/** "2 milestones get another agreed day, at most 184 days later. The last of them is 30 September 2018." */
export function dateWords({ milestones, slipDays, latestOn }: ChangeEffect['date']): string {
  if (milestones === 0 || slipDays === null) return 'No milestone gets another day.';
  const verb = milestones === 1 ? 'gets' : 'get';
  const most = slipDays > 0 && milestones > 1 ? 'at most ' : '';
  return `${plural(milestones, 'milestone')} ${verb} another agreed day, ${most}${slipWords(slipDays)}. The last of the new days is ${day(latestOn)}.`;
}

/** "1 tranche, £4,000,000, opens later." */
export function gateWords({ later, laterGrantPence }: ChangeEffect['gate']): string {
  if (later === 0) return 'No tranche opens later.';
  return `${plural(later, 'tranche')}, ${pounds(laterGrantPence)} of grant, ${later === 1 ? 'opens' : 'open'} later.`;
}

/** "1 benefit gets another plan. 2 target sets are touched. 1 of them is no longer reached in time by what is agreed." */
export function benefitWords({ targetSets, late, plans }: ChangeEffect['benefit']): string {
  const planned =
    plans === 0 ? '' : `${plural(plans, 'benefit')} ${plans === 1 ? 'gets' : 'get'} another plan.`;
  if (targetSets === 0) return planned === '' ? 'No target is touched.' : planned;
  const touched =
    `${planned} ${plural(targetSets, 'target set')} ${targetSets === 1 ? 'is' : 'are'} touched.`.trim();
  return late === 0
    ? `${touched} The agreed days are still in time for ${targetSets === 1 ? 'it' : 'all of them'}.`
    : `${touched} For ${late === targetSets ? (late === 1 ? 'it' : 'all of them') : `${late} of them`} the last agreed day is after the day of the target.`;
}

/** What is to be changed in one sentence, for a summary. */
export function askedWords(
  { milestones, moves, terms, plans }: ChangeContent,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  if (plans.length > 0)
    return `${plural(plans.length, 'benefit')}: another plan of ${plans.map(({ benefit }) => benefit).join(', ')}`;
  if (milestones.length > 0)
    return `${plural(milestones.length, 'milestone')}: ${milestones
      .map(({ milestone, agreedOn }) => `${names.get(milestone) ?? milestone} on ${day(agreedOn)}`)
      .join('; ')}`;
  if (moves.length > 0)
    return moves
      .map(
        ({ amountPence, source, from, to }) =>
          `${pounds(amountPence)} of ${source} from ${lineWords(from)} to ${lineWords(to)}`,
      )
      .join('; ');
  const parts = [
    terms?.tranches && 'tranches',
    terms?.conditions && 'conditions',
    terms?.eligibility && 'eligibility window',
  ];
  const said = parts.filter(Boolean).join(', ');
  return said === '' ? 'Nothing yet' : `Other ${said}`;
}

/** Whether an impact changes what the agreement says. */
export function changesTerms({ terms }: ChangeImpact): boolean {
  return terms.tranches !== null || terms.conditions !== null || terms.eligibility !== null;
}
