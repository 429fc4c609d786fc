import { formatDate } from '../../../core/calendar.js';
import type { MeasurementLine } from '../../../progress-reports/return-content.js';
import { isNotMeasured, measureKey } from '../../../progress-reports/return-lines.rules.js';
import type { ReportedMeasure } from '../../../progress-reports/return-standing.reader.js';
import type { Form } from '../../page/form.js';
import { count, share } from '../../page/format.js';
import { number, type Table, table, text } from '../../page/table.js';
import type { Names } from '../names.js';
import { type Card, cardOf, numbered, type SectionInput, stoodBefore } from './section.js';

const NOTE = 2_000;
const MOST = 1_000_000_000;

type Unsaid = Omit<MeasurementLine, 'numerator' | 'denominator'> & {
  numerator: number | null;
  denominator: number | null;
};

const keyOfMeasure = ({ targetSet, code }: Pick<ReportedMeasure, 'targetSet' | 'code'>): string =>
  measureKey({ targetSet, measure: code });

/** "30 of 100 (30.0%)": a value with its share, where it is one. */
function sharedOut({ numerator, denominator }: { numerator: number; denominator: number }): string {
  const parts = `${count(numerator)} of ${count(denominator)}`;
  return denominator > 0 ? `${parts} (${share({ numerator, denominator })})` : parts;
}

/** Each measure that the return reports, and each that it is to report. */
export function measurementCards(input: SectionInput): Card[] {
  const { measures, report } = input.standing;
  const given = input.content.measurements;
  const lacking = measures.filter(
    (measure) => !given.some((line) => measureKey(line) === keyOfMeasure(measure)),
  );
  const card = (line: Unsaid, index: number): Card => {
    const key = measureKey(line);
    const measure = measures.find((each) => keyOfMeasure(each) === key);
    const before = report.lastAccepted?.measurements.find((each) => measureKey(each) === key);
    return cardOf(input, {
      section: 'measurements',
      // What was accepted last is of both numbers, so it stands above them.
      key: '',
      place: `measurements/${index}`,
      title: input.names.measure(key),
      extra: !measure || stoodBefore(given.map(measureKey), key, index),
      hidden: { targetSet: line.targetSet, measure: line.measure },
      facts: measure
        ? [
            measure.question,
            report.lastAccepted !== null &&
              `Last accepted: ${before ? (isNotMeasured(before) ? 'not measured' : sharedOut(before)) : 'nothing'}`,
            measure.planned && `Planned by ${formatDate(report.period.endsOn)}: ${share(measure.planned)}`,
          ]
        : ['This measure is not in the programme’s target sets any more. Take this line out.'],
      fields: [
        {
          kind: 'whole',
          field: 'numerator',
          label: measure?.numeratorLabel ?? 'How many',
          value: line.numerator,
        },
        {
          kind: 'whole',
          field: 'denominator',
          label: measure ? `Out of: ${measure.denominatorLabel}` : 'Out of how many',
          value: line.denominator,
        },
        {
          kind: 'textarea',
          field: 'note',
          label: 'Note (optional)',
          hint: 'Not measured this time? Leave both numbers empty, and say here why.',
          value: line.note,
          max: NOTE,
        },
      ],
    });
  };
  const unsaid = ({ targetSet, code }: ReportedMeasure): Unsaid => ({
    ...{ targetSet, measure: code, numerator: null, denominator: null, note: null },
  });
  return [
    ...given.map(card),
    ...numbered(lacking, given.length).map(({ each, index }) => card(unsaid(each), index)),
  ];
}

const isEmpty = (form: Form, place: string, ...fields: string[]): boolean =>
  fields.every((field) => form.raw(`${place}/${field}`).trim() === '');

/**
 * The measurements of a form. Without numbers, a note says why it was not measured (0 of 0); without a note either,
 * the measure is not in it, and the return lacks it. Faults are in the form.
 */
export function readMeasurements(form: Form, names: Names): MeasurementLine[] {
  return Array.from({ length: form.lines('measurements') }, (_, index) => `measurements/${index}`)
    .filter((place) => form.has(`${place}/measure`) && form.ticked(`${place}/_remove`).length === 0)
    .filter((place) => !isEmpty(form, place, 'numerator', 'denominator', 'note'))
    .map((place) => {
      const targetSet = form.text(`${place}/targetSet`, { label: 'Target set', max: 200 });
      const measure = form.text(`${place}/measure`, { label: 'Measure', max: 200 });
      const name = names.measure(measureKey({ targetSet, measure }));
      const unmeasured = isEmpty(form, place, 'numerator', 'denominator');
      const whole = (field: string, label: string) =>
        unmeasured ? 0 : form.whole(`${place}/${field}`, { label, max: MOST });
      return {
        ...{ targetSet, measure },
        numerator: whole('numerator', `The number of “${name}”`),
        denominator: whole('denominator', `The number that “${name}” is out of`),
        note: form.textOrNull(`${place}/note`, { label: `Note of “${name}”`, max: NOTE }),
      };
    });
}

/** What a return reports of each measure, beside what was accepted last and what was planned. */
export function measurementsTable({ standing, content }: SectionInput): Table {
  const { measures, report } = standing;
  const line = (measure: ReportedMeasure, of: readonly MeasurementLine[] = []) =>
    of.find((each) => measureKey(each) === keyOfMeasure(measure));
  const words = (given: MeasurementLine | undefined) =>
    given ? (isNotMeasured(given) ? 'Not measured' : sharedOut(given)) : null;
  return table<ReportedMeasure>({
    id: 'measurement-lines',
    caption: 'Measurements against the plan',
    rows: measures,
    columns: [
      text('Measure', ({ name }) => name, { note: ({ question }) => question }),
      number('Number', (measure) => line(measure, content.measurements)?.numerator ?? null),
      number('Out of', (measure) => line(measure, content.measurements)?.denominator ?? null),
      text('This return', (measure) => words(line(measure, content.measurements))),
      text('Last accepted', (measure) => words(line(measure, report.lastAccepted?.measurements))),
      text('Planned by the end of the period', ({ planned }) => planned && share(planned)),
      text('Note', (measure) => line(measure, content.measurements)?.note ?? null),
    ],
    empty: 'The programme has no measure for you to report on.',
  });
}
