import type { Evaluation, ProportionEvaluation } from '../../auditing/samples/evaluation.rules.js';
import { count, pounds } from '../page/format.js';
import type { Fact } from '../page/page.js';

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

function estimateFact(
  { stratum, exceptions, looked, lower, upper }: ProportionEvaluation['estimates'][number],
  confidence: number,
): Fact {
  return {
    label: stratum === null ? 'Exceptions' : `Exceptions, ${stratum}`,
    value: `${count(exceptions)} of ${count(looked)}; of all, ${percent(lower)} to ${percent(upper)} with ${confidence}% confidence (Clopper and Pearson)`,
  };
}

/** What a sample says of the whole, once all its items were looked at. */
export function evaluationFacts(found: Evaluation): Fact[] {
  const errors = [
    { label: 'Error in the items', value: pounds(found.knownErrorPence) },
    { label: 'Projected to the whole', value: pounds(found.projectedErrorPence) },
  ];
  if (found.method === 'monetary-unit')
    return [
      ...errors,
      { label: 'Basic precision', value: pounds(found.basicPrecisionPence) },
      {
        label: 'Upper limit',
        value: `${pounds(found.upperLimitPence)}, with ${found.confidence}% confidence (Stringer’s bound)`,
      },
    ];
  return [...errors, ...found.estimates.map((each) => estimateFact(each, found.confidence))];
}
