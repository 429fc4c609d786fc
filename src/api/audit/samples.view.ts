import { ALLOCATIONS } from '../../auditing/samples/drawing.rules.js';
import { METHODS, POPULATIONS, RESULTS, STRATIFICATIONS } from '../../auditing/samples/sample.types.js';
import { PersonView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class NarrowedView {
  @ShowsOrNull('To a trust, by ODS code.', String, { example: 'RW4' }) trust: string | null;
  @ShowsOrNull('To a financial year.', String, { example: '2017/18' }) financialYear: string | null;
  @ShowsOrNull('To capital or revenue.', String, { enum: ['capital', 'revenue'] }) kind: string | null;
  @ShowsOrNull('From a day.', String, DAY) from: string | null;
  @ShowsOrNull('To a day.', String, DAY) to: string | null;
}

class StratumRequestView {
  @Shows('The name of the stratum.', { example: 'RW4' }) stratum: string;
  @Shows('How many.', WHOLE) size: number;
}

class SampleParametersView {
  @Shows('How sure a conclusion is to be, in percent.', { ...WHOLE, example: 95 }) confidence: number;
  @ShowsOrNull('How many were asked for, or computed.', Number, WHOLE) size: number | null;
  @ShowsOrNull('From what expected percentage the size was computed.', Number, WHOLE)
  expectedPercent: number | null;
  @ShowsOrNull('From what precision.', Number, WHOLE) precisionPercent: number | null;
  @ShowsOrNull('From what tolerable error the interval was computed.', Number, PENCE)
  tolerablePence: number | null;
  @ShowsOrNull('The interval of a monetary-unit sample.', Number, PENCE) intervalPence: number | null;
  @ShowsOrNull('By what it is stratified.', String, { enum: [...STRATIFICATIONS] }) stratifyBy: string | null;
  @ShowsOrNull('The upper bounds of its bands.', Number, {
    type: 'array',
    items: { type: 'integer' },
  } as never)
  bandsPence: number[] | null;
  @ShowsOrNull('How its size is shared among strata.', String, { enum: [...ALLOCATIONS] })
  allocation: string | null;
  @ShowsOrNull('How many were asked for from each stratum.', StratumRequestView, { isArray: true })
  sizes: StratumRequestView[] | null;
}

class StratumView {
  @Shows('Its name; "all" where the population is not stratified.', { example: 'RW4' }) name: string;
  @Shows('How many items there are.', WHOLE) size: number;
  @Shows('What they come to.', PENCE) pence: number;
  @Shows('How many were drawn.', WHOLE) drawn: number;
}

class SampleHeadView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'SMP-00001' }) reference: string;
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Why it was drawn.', { example: 'Substantive test of payments, 2017/18' }) purpose: string;
  @Shows('What was sampled.', { enum: [...POPULATIONS] }) population: string;
  @Shows('What the population is narrowed to.') narrowed: NarrowedView;
  @Shows('How.', { enum: [...METHODS] }) method: string;
  @Shows('All that the drawing needs beside population and seed.') parameters: SampleParametersView;
  @Shows('The seed: with it, anybody can draw it again.', { example: 'Dice of 14 May 2018: 3 1 6 6 2 4' })
  seed: string;
  @Shows('The entry of the log that the population is as at.', { ...WHOLE, example: 4711 })
  asAtNumber: number;
  @Shows('The instant of that.', INSTANT) asAt: string;
  @Shows('How many items the population has.', { ...WHOLE, example: 312 }) populationSize: number;
  @Shows('What they come to.', PENCE) populationPence: number;
  @Shows('SHA-256 over the population: a line `id amountPence` each, by id.', { example: 'c0ffee…' })
  populationSha256: string;
  @Shows('What each stratum holds, and how much was drawn.', { type: [StratumView] }) strata: StratumView[];
  @Shows('How many items were looked at.', WHOLE) checked: number;
  @Shows('How many of them are exceptions.', WHOLE) exceptions: number;
  @Shows('Who drew it.') drawnBy: PersonView;
  @Shows('When.', INSTANT) drawnAt: string;
  @Shows('Whether it was drawn to show how the system works.', { example: false }) illustrative: boolean;
}

export class SampleRowView extends SampleHeadView {
  @Shows('How many items it has.', { ...WHOLE, example: 25 }) items: number;
}

export class SamplePageView {
  @Shows('The samples, the latest first.', { type: [SampleRowView] }) items: SampleRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class SampleAboutView {
  @Shows('The table.', { example: 'claim' }) table: string;
  @Shows('The row.', { format: 'uuid' }) id: string;
}

class SampleItemView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its place in the order in which it was drawn, from 1.', WHOLE) position: number;
  @Shows('The id of the item in its population.', { format: 'uuid' }) subjectId: string;
  @Shows('What it is called.', { example: 'CLM-000014, line 2' }) reference: string;
  @Shows('Whose it is, by ODS code.', { example: 'RW4' }) trustOds: string;
  @Shows('What stands behind it.') about: SampleAboutView;
  @Shows('Its amount.', PENCE) amountPence: number;
  @ShowsOrNull('Its stratum.', String, { example: 'RW4' }) stratum: string | null;
  @Shows('How many points of a monetary-unit sample fell into it; 1 for the others.', WHOLE) hits: number;
  @Shows('Whether it would be drawn whatever the seed.', { example: false }) certain: boolean;
  @ShowsOrNull('What was seen; null until it was looked at.', String, { enum: [...RESULTS] })
  result: string | null;
  @ShowsOrNull('By how much the recorded amount is too high.', Number, PENCE) exceptionPence: number | null;
  @ShowsOrNull('What was seen, in words.', String) words: string | null;
  @ShowsOrNull('Who looked.', PersonView) checkedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) checkedAt: string | null;
  @Shows('For If-Match, when what was seen is recorded.', WHOLE) revision: number;
}

class EstimateView {
  @ShowsOrNull('Of which stratum; null: of the whole.', String) stratum: string | null;
  @Shows('How many exceptions were seen.', WHOLE) exceptions: number;
  @Shows('Among how many.', { ...WHOLE, example: 25 }) looked: number;
  @Shows('The lower bound of the proportion, 0 to 1 (Clopper and Pearson).', {
    type: 'number',
    example: 0.01,
  })
  lower: number;
  @Shows('The upper bound.', { type: 'number', example: 0.2 }) upper: number;
}

class EvaluationView {
  @Shows('By which method.', { enum: [...METHODS] }) method: string;
  @Shows('With what confidence, in percent.', { ...WHOLE, example: 95 }) confidence: number;
  @Shows('The error in the items that were drawn.', PENCE) knownErrorPence: number;
  @Shows('What that makes of the whole population.', PENCE) projectedErrorPence: number;
  @Shows('Of monetary units: the most that the error could be had none been seen.', {
    ...PENCE,
    required: false,
  })
  basicPrecisionPence?: number;
  @Shows('Of monetary units: the most that the error is, with this confidence.', {
    ...PENCE,
    required: false,
  })
  upperLimitPence?: number;
  @Shows('Of the others: how often there are exceptions, with an interval.', {
    type: [EstimateView],
    required: false,
  })
  estimates?: EstimateView[];
}

export class SampleView extends SampleHeadView {
  @Shows('Its items, in the order in which they were drawn.', { type: [SampleItemView] })
  items: SampleItemView[];
  @ShowsOrNull('What it says of the whole; null until all its items were looked at.', EvaluationView)
  evaluation: EvaluationView | null;
}

class ReproducedPopulationView {
  @Shows('How many items it has.', { ...WHOLE, example: 312 }) size: number;
  @Shows('What they come to.', PENCE) pence: number;
  @Shows('SHA-256 over it.', { example: 'c0ffee…' }) sha256: string;
  @Shows('Whether it is the population that the sample was drawn from.') same: boolean;
}

class ReproducedItemView {
  @Shows('Its place.', WHOLE) position: number;
  @Shows('The id of the item in its population.', { format: 'uuid' }) subjectId: string;
  @Shows('What it is called.', { example: 'CLM-000014, line 2' }) reference: string;
  @Shows('How many points fell into it.', WHOLE) hits: number;
  @Shows('Whether it is the item at this place of the sample.') same: boolean;
}

export class ReproductionView {
  @Shows('Whether population and sample are the same, item by item.') same: boolean;
  @Shows('The population as at the same entry of the log.') population: ReproducedPopulationView;
  @Shows('What was drawn again.', { type: [ReproducedItemView] }) drawn: ReproducedItemView[];
}
