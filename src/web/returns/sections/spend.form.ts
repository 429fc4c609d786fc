import type { AwardLineView } from '../../../funding/awards/award.queries.js';
import type { SpendLine } from '../../../progress-reports/return-content.js';
import { awardOf, spendName } from '../../../progress-reports/return-lines.rules.js';
import type { Form } from '../../page/form.js';
import { pounds } from '../../page/format.js';
import { money, type Table, table, text } from '../../page/table.js';
import { type Card, cardOf, numbered, type SectionInput, stoodBefore } from './section.js';

const KINDS = ['capital', 'revenue'] as const;
const SOURCES = ['grant', 'match'] as const;
const NOTE = 2_000;

type Unsaid = Omit<SpendLine, 'spentToDatePence' | 'forecastPence'> & {
  spentToDatePence: number | null;
  forecastPence: number | null;
};

/** Pence of the award for a line: the grant's or the match's. Null where the award has no such line. */
export function awardedTo(
  awards: readonly AwardLineView[],
  line: Pick<SpendLine, 'financialYear' | 'kind' | 'source'>,
): number | null {
  const award = awardOf(awards, line);
  return award ? (line.source === 'grant' ? award.grantPence : award.matchPence) : null;
}

/** Lines of the award with money in them that a return says nothing of. */
function lackingLines(awards: readonly AwardLineView[], given: readonly SpendLine[]): Unsaid[] {
  const names = new Set(given.map(spendName));
  return awards
    .flatMap(({ financialYear, kind }) =>
      SOURCES.map((source) => ({
        ...{ financialYear, kind, source, spentToDatePence: null, forecastPence: null, note: null },
      })),
    )
    .filter((line) => (awardedTo(awards, line) ?? 0) > 0 && !names.has(spendName(line)));
}

/** Each line of spend that the return has, and each that the award asks for beside. */
export function spendCards(input: SectionInput): Card[] {
  const { awards } = input.standing;
  const given = input.content.spend;
  const card = (line: Unsaid, index: number): Card => {
    const awarded = awardedTo(awards, line);
    return cardOf(input, {
      section: 'spend',
      key: spendName(line),
      place: `spend/${index}`,
      title: spendName(line),
      extra: awarded === null || stoodBefore(given.map(spendName), spendName(line), index),
      hidden: { financialYear: line.financialYear, kind: line.kind, source: line.source },
      facts: [
        awarded === null
          ? 'This line is not in your award any more.'
          : `${line.source === 'grant' ? 'Awarded' : 'Match agreed'}: ${pounds(awarded)}`,
      ],
      fields: [
        {
          kind: 'pounds',
          field: 'spentToDatePence',
          label: 'Spent to date',
          hint: 'In all, on this line. Enter 0 where nothing was spent.',
          value: line.spentToDatePence,
        },
        {
          kind: 'pounds',
          field: 'forecastPence',
          label: 'Forecast for the year',
          hint: 'What the line will come to, spend so far included.',
          value: line.forecastPence,
        },
        {
          kind: 'textarea',
          field: 'note',
          label: 'Note (optional)',
          hint: 'Say why, where spend to date is lower than last time.',
          value: line.note,
          max: NOTE,
        },
      ],
    });
  };
  return [
    ...given.map(card),
    ...numbered(lackingLines(awards, given), given.length).map(({ each, index }) => card(each, index)),
  ];
}

const untouched = (form: Form, place: string): boolean =>
  ['spentToDatePence', 'forecastPence', 'note'].every((field) => form.raw(`${place}/${field}`).trim() === '');

/** The lines of a form; one that was left empty is not in it, and the return lacks it. Faults are in the form. */
export function readSpend(form: Form): SpendLine[] {
  return Array.from({ length: form.lines('spend') }, (_, index) => `spend/${index}`)
    .filter((place) => form.has(`${place}/kind`) && form.ticked(`${place}/_remove`).length === 0)
    .filter((place) => !untouched(form, place))
    .map((place) => {
      const line = {
        financialYear: form.text(`${place}/financialYear`, { label: 'Financial year', max: 7 }),
        kind: form.choice(`${place}/kind`, { label: 'Kind', of: KINDS }),
        source: form.choice(`${place}/source`, { label: 'Source', of: SOURCES }),
      };
      const on = (label: string) => `${label} on ${spendName(line)}`;
      return {
        ...line,
        spentToDatePence: form.pounds(`${place}/spentToDatePence`, { label: on('Amount spent to date') }),
        forecastPence: form.pounds(`${place}/forecastPence`, { label: on('Forecast for the year') }),
        note: form.textOrNull(`${place}/note`, { label: on('Note'), max: NOTE }),
      };
    });
}

/** A return's spend beside the award and what was accepted last. */
export function spendTable({ standing, content }: SectionInput): Table {
  const { awards, report } = standing;
  const before = (line: SpendLine) =>
    report.lastAccepted?.spend.find((each) => spendName(each) === spendName(line));
  return table<SpendLine>({
    id: 'spend-lines',
    caption: 'Spend against the award',
    rows: content.spend,
    columns: [
      text('Line', spendName),
      money('Awarded or agreed', (line) => awardedTo(awards, line)),
      money('Spent to date', (line) => line.spentToDatePence),
      money('Last accepted spend', (line) => before(line)?.spentToDatePence ?? null),
      money('Forecast for the year', (line) => line.forecastPence),
      money('Forecast less award', (line) => line.forecastPence - (awardedTo(awards, line) ?? 0)),
      text('Note', (line) => line.note),
    ],
    empty: 'The return has no line of spend yet.',
  });
}
