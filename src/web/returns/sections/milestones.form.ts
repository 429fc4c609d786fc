import { formatDate } from '../../../core/calendar.js';
import { isOpenMilestone } from '../../../milestones/milestone.rules.js';
import type { Terms } from '../../../programmes/programme.entity.js';
import type { MilestoneLine } from '../../../progress-reports/return-content.js';
import type { Form } from '../../page/form.js';
import { plural } from '../../page/format.js';
import { CLAIM_WORDS, type Names } from '../names.js';
import { type Card, cardOf, type Field, numbered, type SectionInput, stoodBefore } from './section.js';

const CLAIMS = ['none', 'started', 'met'] as const;
const NOTE = 2_000;

const unsaid = (milestone: string): MilestoneLine => ({
  ...{ milestone, forecastOn: null, actualOn: null, claim: 'none', delayReason: null, note: null },
});

type MilestoneField = Omit<Field, 'name'> & { field: string };

function fieldsOf(line: MilestoneLine, delayReasons: Terms['delayReasons']): MilestoneField[] {
  const reasons = [
    { value: '', text: 'No delay' },
    ...delayReasons.map(({ code, label }) => ({ value: code, text: label })),
  ];
  return [
    {
      kind: 'day',
      field: 'forecastOn',
      label: 'Forecast date',
      hint: 'When you now expect it to be met.',
      value: line.forecastOn,
    },
    {
      kind: 'day',
      field: 'actualOn',
      label: 'Actual date, if it is met',
      hint: 'Leave it empty until it has happened.',
      value: line.actualOn,
    },
    {
      kind: 'radios',
      field: 'claim',
      label: 'What you claim in this return',
      hint: 'A milestone that is claimed met needs an actual date and evidence.',
      items: CLAIMS.map((value) => ({ value, text: CLAIM_WORDS[value] })),
      value: line.claim,
    },
    {
      kind: 'select',
      field: 'delayReason',
      label: 'Reason for delay',
      hint: 'Needed where the forecast is later than the last accepted one.',
      items: reasons,
      value: line.delayReason ?? '',
    },
    { kind: 'textarea', field: 'note', label: 'Note (optional)', value: line.note, max: NOTE },
  ];
}

/** Each milestone that the return speaks of, and each open one that it does not speak of yet. */
export function milestoneCards(input: SectionInput): Card[] {
  const { milestones, terms } = input.standing;
  const given = input.content.milestones;
  const lacking = milestones.filter(
    ({ code, state }) => isOpenMilestone(state) && !given.some(({ milestone }) => milestone === code),
  );
  const card = (line: MilestoneLine, index: number): Card => {
    const known = milestones.find(({ code }) => code === line.milestone);
    return cardOf(input, {
      section: 'milestones',
      key: line.milestone,
      place: `milestones/${index}`,
      title: input.names.milestone(line.milestone),
      extra:
        !known ||
        stoodBefore(
          given.map(({ milestone }) => milestone),
          line.milestone,
          index,
        ),
      hidden: { milestone: line.milestone },
      facts: known
        ? [
            `Baseline: ${formatDate(known.baselineOn)}`,
            known.agreedOn && `Agreed since by a change request: ${formatDate(known.agreedOn)}`,
            known.evidenceCount === 0
              ? 'No evidence yet'
              : plural(known.evidenceCount, 'piece of evidence', 'pieces of evidence'),
          ]
        : ['The programme has no such milestone for you. Take this line out.'],
      fields: fieldsOf(line, terms.delayReasons),
    });
  };
  return [
    ...given.map(card),
    ...numbered(lacking, given.length).map(({ each, index }) => card(unsaid(each.code), index)),
  ];
}

/** The milestones of a form. Faults are in the form. */
export function readMilestones(form: Form, reasons: readonly string[], names: Names): MilestoneLine[] {
  return Array.from({ length: form.lines('milestones') }, (_, index) => `milestones/${index}`)
    .filter((place) => form.has(`${place}/milestone`) && form.ticked(`${place}/_remove`).length === 0)
    .map((place) => {
      const milestone = form.text(`${place}/milestone`, { label: 'Milestone', max: 200 });
      const of = (label: string) => `${label} of “${names.milestone(milestone)}”`;
      return {
        milestone,
        forecastOn: form.day(`${place}/forecastOn`, { label: of('Forecast date'), optional: true }),
        actualOn: form.day(`${place}/actualOn`, { label: of('Actual date'), optional: true }),
        claim: form.choice(`${place}/claim`, { label: of('The claim'), of: CLAIMS }),
        delayReason:
          form.raw(`${place}/delayReason`) === ''
            ? null
            : form.choice(`${place}/delayReason`, { label: of('The reason for delay'), of: reasons }),
        note: form.textOrNull(`${place}/note`, { label: of('Note'), max: NOTE }),
      };
    });
}
