import type { FinancialYear } from '../../core/financial-period.js';
import type { ScenarioDraft } from '../../portfolio/scenario.service.js';
import type { Form } from '../page/form.js';
import { pounds } from '../page/format.js';
import type { Page } from '../page/page.js';
import { scenariosTrail } from './scenarios.page.js';

/** Parts that are chosen from, in basis points; the API takes any. */
const PARTS: ReadonlyArray<{ value: string; text: string }> = [
  { value: '1000', text: 'A tenth' },
  { value: '2500', text: 'A quarter' },
  { value: '3333', text: 'A third' },
  { value: '5000', text: 'A half' },
  { value: '10000', text: 'All of it' },
  { value: 'amount', text: 'Another amount' },
];

/** The form that makes a scenario of a programme. */
export function scenarioFormPage(
  programme: { slug: string; name: string },
  years: ReadonlyArray<{ year: FinancialYear; allocatedPence: number }>,
): Page {
  return {
    view: 'portfolio/form.njk',
    title: 'Make a scenario',
    caption: programme.name,
    trail: scenariosTrail(),
    model: {
      action: `/programmes/${programme.slug}/scenarios/new`,
      back: '/portfolio/scenarios',
      years: years.map(({ year, allocatedPence }) => ({
        value: year,
        text: `${year}: ${pounds(allocatedPence)}`,
      })),
      parts: PARTS,
    },
  };
}

/** What was typed of a scenario. @throws Problem 400 with every fault */
export function scenarioIn(form: Form): ScenarioDraft {
  const part = form.choice('cut/basisPoints', {
    label: 'How much less',
    of: PARTS.map(({ value }) => value),
  });
  const cut =
    part === 'amount'
      ? { basisPoints: null, amountPence: form.pounds('cut/amountPence', { label: 'The amount', min: 1 }) }
      : { basisPoints: Number(part), amountPence: null };
  const draft = {
    title: form.text('title', { label: 'Name', max: 200 }),
    financialYear: form.text('financialYear', { label: 'Financial year', max: 7 }),
    cut,
  };
  form.check();
  return draft;
}
