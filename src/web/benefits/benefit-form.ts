import { BENEFIT_TYPES, isMoney } from '../../benefits/benefit.rules.js';
import type { BenefitDraft } from '../../benefits/benefit.service.js';
import { isFinancialYear } from '../../core/financial-period.js';
import { MAX_PENCE } from '../../core/money.js';
import type { Form } from '../page/form.js';

/** As many years as the form plans; the API takes more. */
export const PLANNED_YEARS = 8;

/** A value as it is typed: pounds of what is worth money, a whole number of anything else. */
export function valueIn(form: Form, name: string, label: string, money: boolean): number {
  return money ? form.pounds(name, { label }) : form.whole(name, { label, max: MAX_PENCE });
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9/._-]{0,159}$/;

/** What was typed of a benefit. @throws Problem 400 with every fault */
export function benefitIn(form: Form): BenefitDraft {
  const type = form.choice('type', { label: 'What it is of', of: BENEFIT_TYPES });
  const money = isMoney(type);
  const draft = {
    type,
    code: codeIn(form),
    name: form.text('name', { label: 'What is gained', max: 200 }),
    description: form.text('description', { label: 'How it comes about', max: 4_000 }),
    unit: form.textOrNull('unit', { label: 'What it is counted in', max: 60 }),
    owner: form.text('owner', { label: 'Who sees to it now', max: 200 }),
    ownerAfterClosure: form.textOrNull('ownerAfterClosure', {
      label: 'Who sees to it after the project',
      max: 200,
    }),
    baseline: baselineIn(form, money),
    profile: profileIn(form, money),
  };
  form.check();
  return draft;
}

function codeIn(form: Form): string {
  const code = form.text('code', { label: 'Code', max: 160 });
  if (code !== '' && !CODE.test(code))
    form.fault(
      'code',
      'not-a-code',
      'A code has letters, digits, and - . / _ between them, such as fewer-forms.',
    );
  return code;
}

function baselineIn(form: Form, money: boolean): BenefitDraft['baseline'] {
  const on = form.day('baseline/on', { label: 'The day of the baseline', optional: true });
  const source = form.textOrNull('baseline/source', { label: 'Where the baseline is written', max: 1_000 });
  if (form.raw('baseline/value').trim() === '' && on === null && source === null) return null;
  const value = valueIn(form, 'baseline/value', 'The baseline', money);
  if (on === null) form.day('baseline/on', { label: 'The day of the baseline' });
  if (source === null) form.text('baseline/source', { label: 'Where the baseline is written' });
  return { value, on: on ?? '', source: source ?? '' };
}

function profileIn(form: Form, money: boolean): BenefitDraft['profile'] {
  return Array.from({ length: PLANNED_YEARS }, (_, index) => index).flatMap((index) => {
    const name = (field: string) => `profile/${index}/${field}`;
    const financialYear = form.text(name('financialYear'), {
      label: 'Financial year',
      optional: true,
      max: 7,
    });
    if (financialYear === '' && form.raw(name('planned')).trim() === '') return [];
    if (!isFinancialYear(financialYear))
      form.fault(name('financialYear'), 'not-a-year', 'Enter a financial year, such as 2018/19.');
    return [{ financialYear, planned: valueIn(form, name('planned'), 'What is planned', money) }];
  });
}
