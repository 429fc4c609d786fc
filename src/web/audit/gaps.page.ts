import type { MeasureGaps } from '../../auditing/questions/measure-gaps.reader.js';
import type { UndefinedMeasure } from '../../auditing/questions/measure-gaps.rules.js';
import type { BenefitActualView } from '../../benefits/benefit.queries.js';
import type { LateBenefit } from '../../benefits/benefit-gaps.queries.js';
import type { Page as Listed } from '../../core/paging.js';
import type { LateMeasures } from '../../targets/measurement-gaps.queries.js';
import type { MeasurementView, TargetSetView } from '../../targets/target.queries.js';
import { valueWords } from '../benefits/benefit.words.js';
import { nextAddress } from '../page/address.js';
import { count, day, plural, targetSetName, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, moment, number, table, text } from '../page/table.js';
import { pageOfThing } from './addresses.js';
import { type ProgrammeRef, questionPage } from './question.page.js';

const countIn = (states: MeasureGaps['states'], wanted: readonly string[]): number =>
  states.filter(({ state }) => wanted.includes(state)).reduce((total, each) => total + each.count, 0);

const UNVALIDATED = ['draft', 'self-reported', 'challenged', 'rejected'];
const STANDING = [...UNVALIDATED, 'validated', 'published'];

/** How many are late; of some trusts alone, where there are more. */
function lateWords({ items, next }: MeasureGaps['late']): string {
  const missing = items.reduce((total, each) => total + each.missing, 0);
  const words = missing === 0 ? 'none is' : plural(missing, 'measurement is', 'measurements are');
  if (next === null) return words;
  return missing === 0 ? `${words}, of the first trusts by name,` : `more than ${words}`;
}

/** Question 8 in a sentence. */
export function gapsLead(
  found: Pick<MeasureGaps, 'asOn' | 'states' | 'late' | 'undefined' | 'benefitGaps'>,
): string {
  const { asOn, states, late, benefitGaps } = found;
  const unvalidated = countIn(states, UNVALIDATED);
  return `${count(unvalidated)} of ${plural(countIn(states, STANDING), 'measurement')} ${unvalidated === 1 ? 'is' : 'are'} not validated; ${plural(found.undefined.length, 'measure is', 'measures are')} not wholly defined; ${lateWords(late)} late as on ${day(asOn)}. Of benefits, ${plural(benefitGaps.unvalidated, 'report is', 'reports are')} not validated and ${plural(benefitGaps.late, 'year is', 'years are')} late.`;
}

/** "3 of 7". */
export const parts = ({ numerator, denominator }: { numerator: number; denominator: number }): string =>
  `${count(numerator)} of ${count(denominator)}`;

const unvalidatedTable = (
  unvalidated: Listed<MeasurementView>,
  targetSets: readonly TargetSetView[],
  slug: string,
) =>
  table<MeasurementView>({
    id: 'unvalidated',
    caption: 'Not validated',
    rows: unvalidated.items,
    columns: [
      text('Measure', (row) => row.measure.name, {
        href: (row) => pageOfThing('measurement', row.id),
        note: (row) => targetSetName(row.measure.targetSet, targetSets),
      }),
      text('Trust', (row) => row.trust.name),
      text('Period', (row) => row.period),
      text('State', (row) => words(row.state)),
      text('As reported', (row) => parts(row.selfReported)),
      text('Reported by', (row) => row.selfReported.by),
      moment('Reported', (row) => row.selfReported.at),
    ],
    empty: 'Every measurement that stands was validated by somebody else than whoever reported it.',
    next: nextAddress(`/programmes/${slug}/unvalidated`, {}, unvalidated.next),
  });

const unvalidatedBenefitsTable = ({ unvalidatedBenefits: { items, next } }: MeasureGaps, slug: string) =>
  table<BenefitActualView>({
    id: 'unvalidated-benefits',
    caption: 'Benefits that are not validated',
    rows: items,
    columns: [
      text('Benefit', (row) => row.benefit.name, { href: (row) => `/benefits/${row.benefit.id}` }),
      text('Trust', (row) => row.trust.name),
      text('Year', (row) => row.year),
      text('State', (row) => words(row.state)),
      text('As reported', (row) => valueWords(row.value, row.benefit.unit)),
      text('Evidence', (row) => plural(row.evidence.length, 'file')),
      moment('Reported', (row) => row.reportedAt),
    ],
    empty: 'Every benefit that was reported was validated by somebody else than whoever reported it.',
    next: nextAddress(`/programmes/${slug}/unvalidated`, {}, next, 'benefits'),
  });

const lateBenefitsTable = ({ lateBenefits: { items, next }, asOn }: MeasureGaps, slug: string) =>
  table<LateBenefit>({
    id: 'late-benefits',
    caption: 'Benefits that are late',
    rows: items,
    columns: [
      text('Benefit', (row) => row.benefit.name, { href: (row) => `/benefits/${row.benefit.id}` }),
      text('Trust', (row) => row.trust.name),
      text('Year', (row) => row.year),
      text('Planned', (row) => valueWords(row.planned, row.benefit.unit)),
      date('Due', (row) => row.dueOn, { note: (row) => `${plural(row.daysLate, 'day')} late` }),
      text('Owner', (row) => row.owner),
    ],
    empty: `Every benefit was reported for every year that was due before ${day(asOn)}.`,
    next: nextAddress(`/programmes/${slug}/unvalidated`, {}, next, 'lateBenefits'),
  });

/** Auditor, question 8: which measures or benefits are unvalidated, undefined or late? */
export function gapsPage(programme: ProgrammeRef, found: MeasureGaps): Page {
  return questionPage({
    programme,
    question: 8,
    title: 'Measures and benefits that are unvalidated, undefined or late',
    lead: gapsLead(found),
    sections: [
      {
        table: unvalidatedTable(found.unvalidated, found.targetSets, programme.slug),
      },
      {
        table: table<UndefinedMeasure>({
          id: 'undefined',
          caption: 'Not wholly defined',
          rows: found.undefined,
          columns: [
            text('Measure', (row) => row.name),
            text('Target set', (row) => targetSetName(row.targetSet, found.targetSets)),
            text('What is missing', (row) => row.missing),
          ],
          empty: 'Every measure of the current target sets has a baseline, a trajectory and a source.',
        }),
      },
      {
        table: table<LateMeasures>({
          id: 'late',
          caption: 'Late',
          rows: found.late.items,
          next: nextAddress(`/programmes/${programme.slug}/unvalidated`, {}, found.late.next, 'late'),
          columns: [
            text('Trust', (row) => row.trust.name),
            text('Period', (row) => row.period),
            date('Due', (row) => row.dueOn),
            number('Missing', (row) => row.missing),
            number('Of', (row) => row.measures),
            text('Which', (row) => row.names.join('; ')),
          ],
          empty: `Every measure of every period that was due before ${day(found.asOn)} was reported.`,
        }),
      },
      {
        table: unvalidatedBenefitsTable(found, programme.slug),
      },
      { table: lateBenefitsTable(found, programme.slug) },
    ],
    notes: ['What a benefit brought in a financial year is due on 31 May after it.'],
  });
}
