import type { BenefitActualView, BenefitView } from '../../benefits/benefit.queries.js';
import { type BenefitStep, isMoney, PENCE } from '../../benefits/benefit.rules.js';
import type { ActualStep } from '../../benefits/benefit-actual.rules.js';
import type { ShownBenefit } from '../../benefits/benefits.reader.js';
import type { Step, StepField } from '../page/step.js';
import { valueWords } from './benefit.words.js';

/** Stands for a benefit that counts itself, in the choice of where it is counted. */
export const ITSELF = 'itself';

/** A field for a value of a unit. */
function valueField(name: string, label: string, unit: string, value: number | null = null): StepField {
  return unit === PENCE
    ? { kind: 'pounds', name, label, value }
    : { kind: 'whole', name, label, hint: `A whole number of ${unit}.`, value, max: 1_000_000_000 };
}

const REASON: StepField = { kind: 'textarea', name: 'reason', label: 'Why', max: 2_000 };

const actuals = (benefit: ShownBenefit): Step => ({
  title: 'Report what it brought',
  explains: [
    `${benefit.name}: what it brought in one financial year, beside its baseline.`,
    'What was reported of that year before stays on record, and this takes its place. Add the files that show it on the next page; then somebody else validates it.',
  ],
  fields: [
    {
      kind: 'select',
      name: 'financialYear',
      label: 'Financial year',
      items: benefit.years.map(({ year, planned }) => ({
        value: year,
        text: `${year}: ${valueWords(planned, benefit.unit)} planned`,
      })),
    },
    valueField(
      'value',
      isMoney(benefit.type) ? 'What it brought, in pounds' : 'What it brought',
      benefit.unit,
    ),
    { kind: 'textarea', name: 'method', label: 'How it was measured', hint: 'No patient data.', max: 4_000 },
  ],
  button: 'Report it',
  notice: 'It was reported. Add the files that show it.',
});

const agreement = (benefit: ShownBenefit): Step => ({
  title: 'Agree this benefit',
  explains: [
    `${benefit.name}, of ${benefit.project.name}.`,
    'Its baseline and its plan never change from then on. What it brings is held against them.',
  ],
  fields: [],
  button: 'Agree the benefit',
  warning: true,
  notice: 'The benefit was agreed.',
});

const owners = (benefit: ShownBenefit): Step => ({
  title: 'Change who sees to it',
  explains: ['Give job titles rather than names: they stay true when people move on.'],
  fields: [
    { kind: 'text', name: 'owner', label: 'Who sees to it now', value: benefit.owner, max: 200 },
    {
      kind: 'text',
      name: 'ownerAfterClosure',
      label: 'Who sees to it after the project is closed',
      value: benefit.ownerAfterClosure,
      max: 200,
    },
  ],
  button: 'Save the owners',
  notice: 'The owners were changed.',
});

const counting =
  (others: readonly BenefitView[]) =>
  (benefit: ShownBenefit): Step => ({
    title: 'Say where it is counted',
    explains: [
      'Where two projects bring the same gain, it is counted in one benefit, and with zero in the other. No total has it twice.',
    ],
    fields: [
      {
        kind: 'select',
        name: 'countedIn',
        label: 'Counted in',
        value: benefit.counts ? ITSELF : (benefit.countedIn?.id ?? ITSELF),
        items: [
          { value: ITSELF, text: 'Itself' },
          ...others
            .filter(({ id, counts, unit }) => id !== benefit.id && counts && unit === benefit.unit)
            .map(({ id, name, project, trust }) => ({
              value: id,
              text: `${name} (${project.name}, ${trust.name})`,
            })),
        ],
      },
      REASON,
    ],
    button: 'Save where it is counted',
    notice: 'Where it is counted was saved.',
  });

const completion = (benefit: ShownBenefit): Step => ({
  title: 'Say that it is realised',
  explains: [
    `${benefit.name}: every year that was planned is validated, and nothing more is to be reported.`,
  ],
  fields: [],
  button: 'It is realised',
  warning: true,
  notice: 'The benefit is realised.',
});

const closure = (benefit: ShownBenefit): Step => ({
  title: 'Close this benefit',
  explains: [`From then on it is with: ${benefit.ownerAfterClosure}.`],
  fields: [REASON],
  button: 'Close the benefit',
  warning: true,
  notice: 'The benefit was closed.',
});

const withdrawal = (benefit: ShownBenefit): Step => ({
  title: 'Withdraw this benefit',
  explains: [`${benefit.name}: nothing of it counts any more, and it cannot be taken up again.`],
  fields: [REASON],
  button: 'Withdraw the benefit',
  warning: true,
  notice: 'The benefit was withdrawn.',
});

/** What may be done with a benefit, each on a page of its own. */
export const benefitSteps = (
  others: readonly BenefitView[],
): Record<BenefitStep, (benefit: ShownBenefit) => Step> => ({
  ...{ actuals, agreement, owners, completion, closure, withdrawal },
  counting: counting(others),
});

/** What each step is called on the page of the benefit. */
export const STEP_LINKS: Record<BenefitStep, string> = {
  actuals: 'Report what it brought',
  agreement: 'Agree this benefit',
  owners: 'Change who sees to it',
  counting: 'Say where it is counted',
  completion: 'Say that it is realised',
  closure: 'Close it',
  withdrawal: 'Withdraw it',
};

/** What may be decided on a report of a benefit. */
export const ACTUAL_STEP_PAGES: Record<ActualStep, (actual: BenefitActualView) => Step> = {
  validation: (actual) => ({
    title: 'Validate this report',
    explains: [
      `${actual.benefit.name}, ${actual.year}: ${valueWords(actual.value, actual.benefit.unit)} was reported.`,
      'Give what you found. It stands beside what was reported, and totals count it.',
    ],
    fields: [
      valueField('value', 'What you found', actual.benefit.unit, actual.value),
      { kind: 'textarea', name: 'note', label: 'What was looked at', max: 2_000, optional: true },
    ],
    button: 'Validate the report',
    notice: 'The report was validated.',
  }),
  rejection: (actual) => ({
    title: 'Reject this report',
    explains: [
      `${actual.benefit.name}, ${actual.year}: it counts no more, and the trust reports the year anew.`,
    ],
    fields: [REASON],
    button: 'Reject the report',
    warning: true,
    notice: 'The report was rejected.',
  }),
};
