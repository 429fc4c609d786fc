import { ALLOCATIONS, type Allocation } from '../../auditing/samples/drawing.rules.js';
import {
  METHODS,
  type Method,
  POPULATIONS,
  type Population,
  RESULTS,
  type Result,
  type SampleRequest,
  STRATIFICATIONS,
  type Stratification,
} from '../../auditing/samples/sample.types.js';
import { MOST_ITEMS } from '../../auditing/samples/sample-plan.rules.js';
import { CONFIDENCES, type Confidence } from '../../auditing/samples/sample-size.rules.js';
import {
  ChoiceField,
  CodeField,
  DayField,
  FinancialYearField,
  ListField,
  PenceField,
  TextField,
  WholeField,
} from '../fields.js';

class StratumDto {
  @TextField({ is: 'The name of the stratum.', max: 100, example: 'RW4' }) stratum: string;
  @WholeField({ is: 'How many are drawn from it.', min: 0, max: MOST_ITEMS, example: 5 }) size: number;
}

class BandDto {
  @PenceField({ is: 'The upper bound of a band, itself included.', example: 1_000_000 }) upToPence: number;
}

export class DrawSampleDto {
  @ChoiceField({ is: 'What is sampled.', of: POPULATIONS, example: 'payments' }) population: Population;
  @ChoiceField({
    is: 'Each item as likely as any other; each penny as likely as any other; or at random within strata.',
    of: METHODS,
    example: 'monetary-unit',
  })
  method: Method;
  @TextField({ is: 'Why it is drawn.', max: 2_000, example: 'Substantive test of payments, 2017/18' })
  purpose: string;
  @TextField({
    is: 'The seed that it is drawn by, published with it; none: the server makes one and shows it.',
    max: 200,
    nullable: true,
    example: 'Dice of 14 May 2018: 3 1 6 6 2 4',
  })
  seed: string | null = null;
  @WholeField({
    is: 'The entry of the log that the population is as at; none: now. It is taken to the end of its transaction.',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    nullable: true,
    example: 4711,
  })
  asAtNumber: number | null = null;
  @CodeField({ is: 'Only what is of this trust, by ODS code.', nullable: true, example: 'RW4' })
  trust: string | null = null;
  @FinancialYearField({ is: 'Only what is of this financial year.', nullable: true })
  financialYear: string | null = null;
  @ChoiceField({
    is: 'Only what is of this kind; not of payments, which may pay both.',
    of: ['capital', 'revenue'],
    nullable: true,
  })
  kind: 'capital' | 'revenue' | null = null;
  @DayField({ is: 'Only what is of this day or later.', nullable: true }) from: string | null = null;
  @DayField({ is: 'Only what is of this day or before.', nullable: true }) to: string | null = null;
  @WholeField({
    is: 'How many to draw; of monetary units, how many points. None where it is to be computed.',
    min: 1,
    max: MOST_ITEMS,
    nullable: true,
    example: 25,
  })
  size: number | null = null;
  @ChoiceField({
    is: 'How sure a conclusion is to be, in percent.',
    of: CONFIDENCES,
    optional: true,
    example: 95,
  })
  confidence: Confidence = 95;
  @PenceField({
    is: 'Of monetary units: the error that can be tolerated, from which the interval is computed.',
    nullable: true,
  })
  tolerablePence: number | null = null;
  @WholeField({
    is: 'Of a random sample without a size: the percentage of exceptions that is expected.',
    min: 1,
    max: 99,
    nullable: true,
    example: 5,
  })
  expectedPercent: number | null = null;
  @WholeField({
    is: 'Of a random sample without a size: by how many percentage points the estimate may be off.',
    min: 1,
    max: 50,
    nullable: true,
    example: 5,
  })
  precisionPercent: number | null = null;
  @ChoiceField({
    is: 'Of a stratified sample: by what.',
    of: STRATIFICATIONS,
    nullable: true,
    example: 'trust',
  })
  stratifyBy: Stratification | null = null;
  @ListField(() => BandDto, {
    is: 'Of strata by amount: the bounds of the bands, each above the last; what is beyond them is the last band.',
    max: 10,
    nullable: true,
  })
  bands: BandDto[] | null = null;
  @ChoiceField({
    is: 'How the size is shared among strata: by their sizes, by their sizes and how amounts vary, or as given.',
    of: ALLOCATIONS,
    nullable: true,
    example: 'proportional',
  })
  allocation: Allocation | null = null;
  @ListField(() => StratumDto, {
    is: 'Of a given allocation: how many from each stratum.',
    max: 60,
    nullable: true,
  })
  sizes: StratumDto[] | null = null;
}

/** What was sent, as the service takes it. */
export function sampleRequestOf(body: DrawSampleDto): SampleRequest {
  const { trust, financialYear, kind, from, to, bands, ...rest } = body;
  return {
    ...rest,
    bandsPence: bands?.map(({ upToPence }) => upToPence) ?? null,
    narrowed: { trust, financialYear, kind, from, to },
  };
}

export class CheckItemDto {
  @ChoiceField({ is: 'Whether it is as it should be.', of: RESULTS, example: 'exception' }) result: Result;
  @PenceField({
    is: 'Of an exception: by how much the recorded amount is too high; 0 where it is of another kind.',
    nullable: true,
    example: 12_500,
  })
  exceptionPence: number | null = null;
  @TextField({
    is: 'What was seen; needed of an exception.',
    max: 4_000,
    nullable: true,
    example: 'The invoice is of £125 less.',
  })
  words: string | null = null;
}
