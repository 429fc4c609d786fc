import { DAY, Shows, ShowsOrNull, WHOLE } from './fields.js';

export class TrustView {
  @Shows('ODS code.', { example: 'RW4' }) odsCode: string;
  @Shows('Its name now.', { example: 'Mersey Care NHS Foundation Trust' }) name: string;
}

/** A programme, as answers name it. */
export class ProgrammeNameView {
  @Shows('Its name in addresses.', { example: 'mental-health-exemplars' }) slug: string;
  @Shows('Its name.') name: string;
}

/** Somebody, as answers name people. */
export class PersonView {
  @Shows('Their id.', { format: 'uuid' }) id: string;
  @Shows('Their name.', { example: 'Amina Hussain' }) name: string;
}

class SourceView {
  @Shows('What it is.', { example: 'Mental health GDEs will get money for apps and patient records' })
  title: string;
  @Shows('Where it is.', { example: 'digitalhealth.net/2017/04' }) reference: string;
  @ShowsOrNull('When it was published, as precisely as is known.', String, { example: '2017-04' }) dated:
    | string
    | null;
}

/** Where a fact comes from: a public source, or why it is assumed. */
export class SourcedView {
  @ShowsOrNull('The public source.', SourceView) source: SourceView | null;
  @ShowsOrNull('Why the fact is assumed; null where a source says it.', String, {
    example: 'No source splits the award by year: an even split is assumed',
  })
  assumed: string | null;
}

export class PartsView {
  @Shows('Of this many…', WHOLE) numerator: number;
  @Shows('…out of this many.', { ...WHOLE, example: 4 }) denominator: number;
}

export class PeriodView {
  @Shows('Its label.', { example: '2017/18 Q4' }) label: string;
  @Shows('Its last day.', DAY) endsOn: string;
}
