import { ALLOCATIONS } from '../../auditing/samples/drawing.rules.js';
import {
  METHODS,
  POPULATIONS,
  RESULTS,
  type SampleItemView,
  type SampleRequest,
  STRATIFICATIONS,
} from '../../auditing/samples/sample.types.js';
import { MOST_ITEMS } from '../../auditing/samples/sample-plan.rules.js';
import { CONFIDENCES, type Confidence } from '../../auditing/samples/sample-size.rules.js';
import type { CheckedItem } from '../../auditing/samples/samples.service.js';
import { choicesOf, MOST_CHOICES } from '../page/filter.js';
import type { Form } from '../page/form.js';
import { pounds } from '../page/format.js';
import { type Step, type StepField, stepAnswers } from '../page/step.js';

const chosenOrNone = (label: string, codes: readonly string[]) => [
  { value: 'none', text: label },
  ...choicesOf(codes),
];
const choice = (name: string, label: string, codes: readonly string[]): StepField => ({
  ...{ kind: 'select', name, label, items: choicesOf(codes), value: codes[0] ?? null },
});
const whole = (name: string, label: string, hint: string, max: number): StepField => ({
  ...{ kind: 'whole', name, label, hint, min: 1, max, optional: true },
});

/** What a population is, and what it is narrowed to. */
function populationFields(
  trusts: ReadonlyArray<{ odsCode: string; name: string }>,
  years: readonly string[],
): StepField[] {
  return [
    { kind: 'textarea', name: 'purpose', label: 'Why is it drawn?', max: 2_000 },
    choice('population', 'What is sampled?', POPULATIONS),
    trustField(trusts),
    {
      ...{ kind: 'select', name: 'financialYear', label: 'Of which financial year?', value: 'none' },
      items: chosenOrNone('All years', years),
    },
    {
      ...{ kind: 'select', name: 'kind', label: 'Capital or revenue?', value: 'none' },
      items: chosenOrNone('Both', ['capital', 'revenue']),
    },
  ];
}

/** How a sample is drawn; what a method does not use may stay empty. */
const METHOD_FIELDS: readonly StepField[] = [
  choice('method', 'How?', METHODS),
  whole('size', 'How many?', 'None where it is to be computed.', MOST_ITEMS),
  {
    ...{ kind: 'pounds', name: 'tolerablePence', label: 'Error that can be tolerated', optional: true },
    hint: 'Of monetary units without a size.',
  },
  whole('expectedPercent', 'Percentage of exceptions expected', 'Of a random sample without a size.', 99),
  whole('precisionPercent', 'Within how many percentage points', 'Of a random sample without a size.', 50),
  {
    ...{ kind: 'select', name: 'confidence', label: 'With what confidence?', value: '95' },
    items: CONFIDENCES.map((each) => ({ value: String(each), text: `${each}%` })),
  },
  {
    ...{ kind: 'select', name: 'stratifyBy', label: 'Strata by', value: 'none' },
    items: chosenOrNone('None', STRATIFICATIONS),
    hint: 'Of a stratified sample.',
  },
  {
    ...{
      kind: 'text',
      name: 'bandsPence',
      label: 'Bounds of the bands, in pounds',
      optional: true,
      max: 200,
    },
    hint: 'Of strata by amount, such as: 1000, 10000, 100000.',
  },
  {
    ...{ kind: 'select', name: 'allocation', label: 'Shared among strata', value: 'proportional' },
    items: choicesOf(ALLOCATIONS.filter((each) => each !== 'given')),
  },
  {
    ...{ kind: 'text', name: 'seed', label: 'Seed', optional: true, max: 200 },
    hint: 'Such as the throws of dice. Without one, one is made and shown.',
  },
];

function trustField(trusts: ReadonlyArray<{ odsCode: string; name: string }>): StepField {
  const asked = { name: 'trust', label: 'Of which trust?' };
  if (trusts.length > MOST_CHOICES)
    return {
      kind: 'text',
      ...asked,
      hint: 'Its ODS code. Of all where this is empty.',
      optional: true,
      max: 12,
    };
  return {
    ...{ kind: 'select', ...asked, value: 'none' },
    items: [
      { value: 'none', text: 'All trusts' },
      ...trusts.map(({ odsCode, name }) => ({ value: odsCode, text: name })),
    ],
  };
}

/** Drawing a sample: what is asked. @param trusts that a population may be narrowed to */
export function drawingStep(
  trusts: ReadonlyArray<{ odsCode: string; name: string }>,
  years: readonly string[],
): Step {
  return {
    title: 'Draw a sample',
    explains: [
      'The population is taken as it is now, with its hash and the number of the last entry of the log, so that anybody can draw the sample again by its seed.',
    ],
    fields: [...populationFields(trusts, years), ...METHOD_FIELDS],
    button: 'Draw the sample',
    notice: 'The sample was drawn.',
  };
}

/** What was typed of a sample to be drawn; what strata are given is for programs. @throws Problem 400 */
export function sampleIn(step: Step, form: Form): SampleRequest {
  const bandsPence = bandsIn(form);
  const answers = stepAnswers(step, form);
  const text = (name: string): string | null => {
    const answer = answers[name];
    return answer === null || answer === undefined || answer === 'none' ? null : String(answer);
  };
  const figure = (name: string) => (typeof answers[name] === 'number' ? (answers[name] as number) : null);
  const { population, method } = answers as unknown as Pick<SampleRequest, 'population' | 'method'>;
  const stratified = method === 'stratified';
  return {
    ...{ population, method, purpose: text('purpose') ?? '', seed: text('seed'), asAtNumber: null },
    narrowed: {
      trust: text('trust'),
      financialYear: text('financialYear'),
      kind: text('kind') as SampleRequest['narrowed']['kind'],
      ...{ from: null, to: null },
    },
    size: figure('size'),
    confidence: Number(answers.confidence) as Confidence,
    tolerablePence: figure('tolerablePence'),
    expectedPercent: figure('expectedPercent'),
    precisionPercent: figure('precisionPercent'),
    stratifyBy: stratified ? (text('stratifyBy') as SampleRequest['stratifyBy']) : null,
    allocation: stratified ? (text('allocation') as SampleRequest['allocation']) : null,
    bandsPence: stratified ? bandsPence : null,
    sizes: null,
  };
}

function bandsIn(form: Form): number[] | null {
  const typed = form.raw('bandsPence').trim();
  if (typed === '') return null;
  const bounds = typed.split(/[,;\s]+/).map((bound) => Number(bound.replace('£', '')));
  return bounds.every((bound) => Number.isInteger(bound) && bound >= 0 && bound < 1e10)
    ? bounds.map((bound) => bound * 100)
    : [];
}

/** Recording what is seen of an item. */
export function checkingStep(item: SampleItemView): Step {
  return {
    title: 'Record what you see',
    explains: [`${item.reference}: ${pounds(item.amountPence)}.`],
    fields: [
      {
        kind: 'radios',
        name: 'result',
        label: 'Is it as it should be?',
        items: choicesOf(RESULTS),
        value: item.result,
      },
      {
        ...{
          kind: 'pounds',
          name: 'exceptionPence',
          label: 'By how much the amount is too high',
          optional: true,
        },
        hint: 'Of an exception; 0 where it is of another kind.',
        value: item.exceptionPence,
      },
      {
        ...{ kind: 'textarea', name: 'words', label: 'What was seen', optional: true, max: 4_000 },
        hint: 'Needed of an exception.',
        value: item.words,
      },
    ],
    button: 'Record it',
    notice: `What was seen of ${item.reference} was recorded.`,
  };
}

/** What was typed of an item. @throws Problem 400 */
export function checkedIn(step: Step, form: Form): CheckedItem {
  const { result, exceptionPence, words } = stepAnswers(step, form);
  return {
    result: result as CheckedItem['result'],
    exceptionPence: exceptionPence as number | null,
    words: words as string | null,
  };
}
