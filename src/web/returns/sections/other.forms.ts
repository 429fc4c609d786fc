import type { Terms } from '../../../programmes/programme.entity.js';
import type {
  ConfidenceRating,
  NarrativeSection,
  RiskLine,
} from '../../../progress-reports/return-content.js';
import type { Form } from '../../page/form.js';
import { IMPACTS, LIKELIHOODS, pointOf } from '../names.js';
import { type Card, cardOf, numbered, type SectionInput, stoodBefore } from './section.js';

/** More risks than this are more than anybody looks at. */
export const MOST_RISKS = 100;
const LONG = 2_000;

const NO_RISK: RiskLine = { title: '', likelihood: 0, impact: 0, mitigation: '', owner: '' };

const pointsOf = (scale: readonly string[]) => [
  { value: '', text: 'Choose' },
  ...scale.map((_, index) => ({ value: String(index + 1), text: pointOf(scale, index + 1) ?? '' })),
];

/** Each risk, and an empty one where another is to be written. */
export function riskCards(input: SectionInput, another: boolean): Card[] {
  const given = input.content.risks;
  const risks = another && given.length < MOST_RISKS ? [...given, NO_RISK] : given;
  return risks.map((risk, index) =>
    cardOf(input, {
      section: 'risks',
      key: risk.title,
      place: `risks/${index}`,
      title: risk.title || (index < given.length ? `Risk ${index + 1}` : 'A new risk'),
      fields: [
        { kind: 'text', field: 'title', label: 'What may go wrong', value: risk.title },
        {
          kind: 'select',
          field: 'likelihood',
          label: 'How likely it is',
          items: pointsOf(LIKELIHOODS),
          value: risk.likelihood || '',
        },
        {
          kind: 'select',
          field: 'impact',
          label: 'How bad it would be',
          items: pointsOf(IMPACTS),
          value: risk.impact || '',
        },
        {
          kind: 'textarea',
          field: 'mitigation',
          label: 'What is done about it',
          value: risk.mitigation,
          max: LONG,
        },
        {
          kind: 'text',
          field: 'owner',
          label: 'Whose it is',
          hint: 'A role in your organisation, such as chief clinical information officer.',
          value: risk.owner,
        },
      ],
    }),
  );
}

const RISK_FIELDS = ['title', 'likelihood', 'impact', 'mitigation', 'owner'] as const;

/**
 * The risks of a form, without those that were left empty. What is not filled in yet stays empty, and a point that was
 * not chosen is 0. Faults are in the form.
 * @param removed the number of the risk to leave out; null: none
 */
export function readRisks(form: Form, removed: number | null): RiskLine[] {
  const places = Array.from({ length: form.lines('risks') }, (_, index) => `risks/${index}`)
    .filter((_, index) => index !== removed)
    .filter((place) => RISK_FIELDS.some((field) => form.raw(`${place}/${field}`).trim() !== ''));
  if (places.length > MOST_RISKS)
    form.fault('risks', 'too-many', `A return has at most ${MOST_RISKS} risks. Remove some.`);
  const point = (name: string, label: string) =>
    form.raw(name) === '' ? 0 : form.whole(name, { label, min: 1, max: 5 });
  return places.map((place) => ({
    title: form.text(`${place}/title`, { label: 'What may go wrong', optional: true, max: 300 }),
    likelihood: point(`${place}/likelihood`, 'How likely it is'),
    impact: point(`${place}/impact`, 'How bad it would be'),
    mitigation: form.text(`${place}/mitigation`, {
      ...{ label: 'What is done about it', optional: true, max: LONG },
    }),
    owner: form.text(`${place}/owner`, { label: 'Whose it is', optional: true, max: 200 }),
  }));
}

/** Each heading of the narrative, and each that the return does not have yet. */
export function narrativeCards(input: SectionInput): Card[] {
  const { narrativeSections } = input.standing.terms;
  const given = input.content.narrative;
  const lacking = narrativeSections.filter(({ code }) => !given.some(({ section }) => section === code));
  const card = ({ section, text }: NarrativeSection, index: number): Card => {
    const known = narrativeSections.find(({ code }) => code === section);
    return cardOf(input, {
      section: 'narrative',
      key: section,
      place: `narrative/${index}`,
      title: input.names.narrative(section),
      extra:
        !known ||
        stoodBefore(
          given.map((each) => each.section),
          section,
          index,
        ),
      hidden: { section },
      facts: known ? [] : ['The programme’s returns have no such heading. Take this text out.'],
      fields: [
        {
          kind: 'count',
          field: 'text',
          label: input.names.narrative(section),
          ...(known?.hint ? { hint: known.hint } : {}),
          value: text,
          max: known?.maxLength ?? LONG,
        },
      ],
    });
  };
  return [
    ...given.map(card),
    ...numbered(lacking, given.length).map(({ each, index }) =>
      card({ section: each.code, text: '' }, index),
    ),
  ];
}

/** The narrative of a form. Faults are in the form. */
export function readNarrative(form: Form, sections: Terms['narrativeSections']): NarrativeSection[] {
  return Array.from({ length: form.lines('narrative') }, (_, index) => `narrative/${index}`)
    .filter((place) => form.has(`${place}/section`) && form.ticked(`${place}/_remove`).length === 0)
    .map((place) => {
      const section = form.text(`${place}/section`, { label: 'Heading', max: 200 });
      const known = sections.find(({ code }) => code === section);
      return {
        section,
        text: form.text(`${place}/text`, {
          ...{ label: known?.title ?? 'This text', optional: true, max: known?.maxLength ?? 20_000 },
        }),
      };
    });
}

/** The rating, on the programme's scale. */
export function confidenceCards(input: SectionInput): Card[] {
  const { confidenceScale } = input.standing.terms;
  const rated = input.content.confidence;
  const onScale = rated?.scale === confidenceScale.code;
  return [
    cardOf(input, {
      section: 'confidence',
      key: 'rating',
      place: 'confidence',
      title: 'Rating',
      hidden: { scale: confidenceScale.code },
      facts: [
        rated &&
          !onScale &&
          `It was rated ${input.names.rating(rated.scale, rated.rating)}, which is another scale. Rate it again.`,
      ],
      fields: [
        {
          kind: 'radios',
          field: 'rating',
          label: 'How confident are you that it will be delivered?',
          hint: 'From best to worst.',
          items: confidenceScale.points.map(({ code, label }) => ({ value: code, text: label })),
          value: onScale ? rated.rating : null,
        },
        {
          kind: 'textarea',
          field: 'reason',
          label: 'Reason (optional)',
          hint: 'Needed where the rating is worse than last time, or better than your figures say.',
          value: rated?.reason ?? null,
          max: LONG,
        },
      ],
    }),
  ];
}

/** The rating of a form; null where nothing was said. Faults are in the form. */
export function readConfidence(
  form: Form,
  { code, points }: Terms['confidenceScale'],
): ConfidenceRating | null {
  const reason = form.textOrNull('confidence/reason', { label: 'Reason', max: LONG });
  const codes = points.map((point) => point.code);
  if (form.raw('confidence/rating') === '')
    return reason === null ? null : { scale: code, rating: '', reason };
  return { scale: code, rating: form.choice('confidence/rating', { label: 'A rating', of: codes }), reason };
}
