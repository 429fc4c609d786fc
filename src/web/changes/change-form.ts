import { isDeepStrictEqual } from 'node:util';
import { PENCE } from '../../benefits/benefit.rules.js';
import type { AskedPlan } from '../../benefits/benefit-plan.rules.js';
import type {
  ChangeContent,
  ChangeKind,
  LineName,
  MoneyMove,
  VariedTerms,
} from '../../change-requests/change-content.js';
import type { ChangeFacts } from '../../change-requests/change-facts.js';
import type { AskedChange } from '../../change-requests/change-request.service.js';
import { isFinancialYear } from '../../core/financial-period.js';
import type { AgreedTranche } from '../../funding/agreements/agreement-terms.js';
import type { ReprofiledMilestone } from '../../milestones/reprofile.rules.js';
import { valueIn } from '../benefits/benefit-form.js';
import { chosen } from '../page/filter.js';
import type { Form } from '../page/form.js';

/** Nothing asked for yet. */
export const NOTHING_ASKED: ChangeContent = { milestones: [], moves: [], terms: null, plans: [] };

const KINDS_OF_LINE = ['capital', 'revenue'] as const;
const SOURCES = ['grant', 'match'] as const;
const BASES = ['advance', 'delivery'] as const;
const MOST_MOVES = 100;
const MOST_YEARS = 50;

/**
 * What was typed into the form of a kind of change: what is as it stands is not asked for, and a row that is empty is
 * none. @throws Problem 400 with every fault of the form
 */
export function askedIn(form: Form, kind: ChangeKind, facts: ChangeFacts): AskedChange {
  const title = form.text('title', { label: 'What is asked for', max: 200 });
  const justification = form.text('justification', { label: 'Why it is needed', max: 4_000 });
  const content: ChangeContent = {
    ...NOTHING_ASKED,
    ...(kind === 'reprofile'
      ? { milestones: milestonesIn(form, facts) }
      : kind === 'vary'
        ? { terms: termsIn(form, facts) }
        : kind === 'replan-benefits'
          ? { plans: plansIn(form, facts) }
          : { moves: movesIn(form, kind) }),
  };
  form.check();
  return { title, justification, content };
}

function milestonesIn(form: Form, facts: ChangeFacts): ReprofiledMilestone[] {
  return rows(form.lines('content/milestones'), 'content/milestones').flatMap((at) => {
    const milestone = form.raw(`${at}/milestone`);
    const standing = facts.milestones.find(({ code }) => code === milestone);
    const label = `New day of ${standing?.name ?? milestone}`;
    const agreedOn = form.day(`${at}/agreedOn`, { label, optional: true });
    if (agreedOn === null || agreedOn === (standing?.agreedOn ?? standing?.baselineOn)) return [];
    return [
      {
        milestone,
        agreedOn,
        delayReason: chosen(form.raw(`${at}/delayReason`), facts.programme.delayReasons),
      },
    ];
  });
}

/** What a plan says where it is typed as it stands is not asked for. */
function plansIn(form: Form, { benefits }: ChangeFacts): AskedPlan[] {
  return rows(Math.min(MOST_MOVES, form.lines('content/plans')), 'content/plans').flatMap((at) => {
    const benefit = form.raw(`${at}/benefit`);
    const standing = benefits.find(({ code }) => code === benefit);
    const name = standing?.name ?? benefit;
    const years = rows(Math.min(MOST_YEARS, form.lines(`${at}/years`)), `${at}/years`).flatMap((line) => {
      const financialYear = form.raw(`${line}/financialYear`).trim();
      if (financialYear === '' && form.raw(`${line}/planned`).trim() === '') return [];
      if (!isFinancialYear(financialYear))
        form.fault(
          `${line}/financialYear`,
          'not-a-year',
          `Enter a financial year of ${name}, such as 2018/19.`,
        );
      const label = `What is planned of ${name}`;
      return [{ financialYear, planned: valueIn(form, `${line}/planned`, label, standing?.unit === PENCE) }];
    });
    const stands = standing?.years.map(({ financialYear, planned }) => ({ financialYear, planned }));
    return years.length === 0 || isDeepStrictEqual(years, stands) ? [] : [{ benefit, years }];
  });
}

function movesIn(form: Form, kind: 'move-money' | 'carry-forward'): MoneyMove[] {
  const carries = kind === 'carry-forward';
  const lines = Math.min(MOST_MOVES, form.lines('content/moves'));
  return rows(lines, 'content/moves').flatMap((at, index) => {
    const target = carries ? `${at}/to/financialYear` : `${at}/to`;
    if ([`${at}/from`, target, `${at}/amountPence`].every((name) => form.raw(name).trim() === '')) return [];
    const place = `move ${index + 1}`;
    const source = form.choice(`${at}/source`, { label: `Grant or match for ${place}`, of: SOURCES });
    const from = lineNamed(form.raw(`${at}/from`));
    if (!from) form.fault(`${at}/from`, 'not-chosen', `Select the line that ${place} takes from.`);
    const to = carries ? yearOf(form.raw(target), from) : lineNamed(form.raw(target));
    if (!to)
      form.fault(
        target,
        'not-chosen',
        carries ? `Select the year that ${place} goes to.` : `Select the line that ${place} goes to.`,
      );
    const amountPence = form.pounds(`${at}/amountPence`, { label: `Amount of ${place}`, min: 1 });
    return from && to ? [{ source, from, to, amountPence }] : [];
  });
}

function termsIn(form: Form, { terms }: ChangeFacts): VariedTerms {
  const tranches = tranchesIn(form, terms.tranches);
  const conditions = conditionsIn(form);
  const startsOn = form.day('content/terms/eligibility/startsOn', {
    label: 'First day on which costs count',
  });
  const endsOn = form.day('content/terms/eligibility/endsOn', { label: 'Last day on which costs count' });
  const { eligibility } = terms;
  const sameWindow = startsOn === eligibility.startsOn && endsOn === eligibility.endsOn;
  return {
    tranches: isDeepStrictEqual(tranches, terms.tranches) ? null : tranches,
    conditions: isDeepStrictEqual(conditions, terms.conditions) ? null : conditions,
    eligibility: sameWindow || startsOn === null || endsOn === null ? null : { startsOn, endsOn },
  };
}

function tranchesIn(form: Form, standing: readonly AgreedTranche[]): AgreedTranche[] {
  const lines = Math.min(99, form.lines('content/terms/tranches'));
  return rows(lines, 'content/terms/tranches').flatMap((at, index) => {
    const typed = ['name', 'grantPence', 'plannedOn-day', 'plannedOn-month', 'plannedOn-year'];
    if (typed.every((name) => form.raw(`${at}/${name}`).trim() === '')) return [];
    const which = `tranche ${form.raw(`${at}/number`) || index + 1}`;
    const number = form.whole(`${at}/number`, { label: `Number of ${which}`, min: 1, max: 99 });
    const before = standing.find((each) => each.number === number)?.milestones ?? [];
    const ticked = form.ticked(`${at}/milestones`).filter((code) => code !== '');
    return [
      {
        number,
        name: form.text(`${at}/name`, { label: `Name of ${which}`, max: 200 }),
        basis: form.choice(`${at}/basis`, { label: `When ${which} is paid`, of: BASES }),
        plannedOn: form.day(`${at}/plannedOn`, { label: `Planned day of ${which}` }) ?? '',
        grantPence: form.pounds(`${at}/grantPence`, { label: `Grant of ${which}` }),
        // As they stood, so that ticking none anew is no change.
        milestones: [
          ...before.filter((code) => ticked.includes(code)),
          ...ticked.filter((code) => !before.includes(code)),
        ],
      },
    ];
  });
}

function conditionsIn(form: Form): string[] {
  const found: string[] = [];
  for (let index = 0; index < 100 && form.has(`content/terms/conditions/${index}`); index += 1) {
    const name = `content/terms/conditions/${index}`;
    const text = form.textOrNull(name, { label: `Condition ${index + 1}` });
    if (text !== null) found.push(text);
  }
  return found;
}

const rows = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}/${index}`);

/** The line of "2018/19 capital"; null where it names none. */
function lineNamed(text: string): LineName | null {
  const [financialYear, kind, ...more] = text.split(' ');
  const known = chosen(kind, KINDS_OF_LINE);
  return isFinancialYear(financialYear) && known && more.length === 0 ? { financialYear, kind: known } : null;
}

function yearOf(text: string, from: LineName | null): LineName | null {
  return isFinancialYear(text) ? { financialYear: text, kind: from?.kind ?? 'capital' } : null;
}
