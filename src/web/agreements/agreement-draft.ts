import type { DraftEdit } from '../../funding/agreements/agreement-draft.rules.js';
import type { AgreedTranche } from '../../funding/agreements/agreement-terms.js';
import type { Form } from '../page/form.js';

/** Longest reference and name, and most conditions and tranches, as the API takes them. */
export const DRAFT_LIMITS = {
  reference: 100,
  name: 200,
  conditions: 100,
  condition: 2_000,
  tranches: 99,
} as const;

/** A draft as it is saved from its page. */
export type TypedDraft = Required<DraftEdit> & { reference: string };

/** Reads the conditions, one a line. */
function conditionsOf(form: Form): string[] {
  const most = DRAFT_LIMITS.conditions * DRAFT_LIMITS.condition;
  const all = form
    .text('conditions', { label: 'Conditions', optional: true, max: most })
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (all.length > DRAFT_LIMITS.conditions)
    form.fault('conditions', 'too-many', `There can be ${DRAFT_LIMITS.conditions} conditions at most.`);
  if (all.some(({ length }) => length > DRAFT_LIMITS.condition))
    form.fault('conditions', 'too-long', 'Each condition must be 2,000 characters or fewer.');
  return all;
}

/** The boxes that were ticked, of which the agreement needs one. */
function chosenOf(form: Form, name: string, sentence: string): string[] {
  const codes = form.ticked(name);
  if (codes.length === 0) form.fault(name, 'not-chosen', sentence);
  return codes;
}

const PARTS = ['number', 'name', 'plannedOn-day', 'plannedOn-month', 'plannedOn-year', 'grantPence'];

/** Reads the tranches: those that are left out, or were never filled in, are none. */
function tranchesOf(form: Form): AgreedTranche[] {
  return Array.from({ length: form.lines('tranches') }, (_, index) => `tranches/${index}`)
    .filter((at) => form.raw(`${at}/leaveOut`) === '')
    .filter((at) => PARTS.some((part) => form.raw(`${at}/${part}`).trim() !== ''))
    .map((at, index) => {
      const which = `of tranche ${form.raw(`${at}/number`) || index + 1}`;
      return {
        number: form.whole(`${at}/number`, { label: `Number ${which}`, min: 1, max: DRAFT_LIMITS.tranches }),
        name: form.text(`${at}/name`, { label: `Name ${which}`, max: DRAFT_LIMITS.name }),
        basis: form.choice(`${at}/basis`, {
          label: `When money ${which} is paid`,
          of: ['advance', 'delivery'] as const,
        }),
        plannedOn: form.day(`${at}/plannedOn`, { label: `Planned date ${which}` }) ?? '',
        grantPence: form.pounds(`${at}/grantPence`, { label: `Grant ${which}`, min: 1 }),
        milestones: form.ticked(`${at}/milestones`),
      };
    });
}

/**
 * Reads a draft from its form.
 * @param hasCategories whether the programme has categories of cost to choose from
 * @throws Problem 400 with everything that is wrong
 */
export function typedDraft(form: Form, hasCategories: boolean): TypedDraft {
  const { reference, name } = DRAFT_LIMITS;
  const draft = {
    reference: form.text('reference', { label: 'Reference', max: reference }),
    parties: {
      funder: form.text('parties/funder', { label: 'Name of the funder', max: name }),
      recipient: form.text('parties/recipient', { label: 'Name of the recipient', max: name }),
    },
    conditions: conditionsOf(form),
    matchTypes: chosenOf(form, 'matchTypes', 'Select at least one type of match.'),
    categories: hasCategories ? chosenOf(form, 'categories', 'Select at least one category of cost.') : [],
    tranches: tranchesOf(form),
  };
  form.check();
  return draft;
}
