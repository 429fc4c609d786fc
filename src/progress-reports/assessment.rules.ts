import { sumPence } from '../core/money.js';
import { type AssessmentInput, type AssessmentRule, type Finding, found } from './assessment-input.js';
import { assessMeasurements } from './assessment-measurements.rules.js';
import { assessMilestones } from './assessment-milestones.rules.js';
import { assessMoney } from './assessment-money.rules.js';
import { nothingChanged } from './changes.rules.js';
import { confidenceTheFiguresSay, type DeliveryFigures } from './confidence.rules.js';
import type { ReturnSection } from './return-content.js';
import { awardOf, isBlank, measureKey, spendName } from './return-lines.rules.js';

/** The same line twice: blocking, because its figures would count twice. The later one is the place. */
export const duplicateLines: AssessmentRule = ({ content }) => {
  const lines: Array<[ReturnSection, string[]]> = [
    ['milestones', content.milestones.map((line) => line.milestone)],
    ['spend', content.spend.map(spendName)],
    ['measurements', content.measurements.map(measureKey)],
    ['narrative', content.narrative.map((each) => each.section)],
  ];
  return lines.flatMap(([section, names]) =>
    names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : found(
            'blocking',
            'duplicate-line',
            section,
            `/${index}`,
            `"${name}" is in the ${section} twice. Keep one line and remove the other.`,
          ),
    ),
  );
};

/** A narrative section that the programme does not have, or one that is too long: blocking. */
export const narrativeOutOfPlace: AssessmentRule = ({ content, programme: { narrativeSections } }) =>
  content.narrative.flatMap(({ section, text }, index) => {
    const known = narrativeSections.find(({ code }) => code === section);
    if (!known)
      return found(
        'blocking',
        'unknown-narrative-section',
        'narrative',
        `/${index}/section`,
        `This programme's return has no section "${section}". It has ${narrativeSections.map(({ code }) => code).join(', ')}.`,
      );
    return text.length > known.maxLength
      ? found(
          'blocking',
          'narrative-too-long',
          'narrative',
          `/${index}/text`,
          `"${known.title}" has ${text.length} characters; it may have ${known.maxLength}. Shorten it.`,
        )
      : [];
  });

/** A rating that is not a point of the programme's scale: blocking (domain.md section 9, rule 10). */
export const ratingOffScale: AssessmentRule = ({ content, programme: { confidenceScale } }) => {
  const given = content.confidence;
  if (!given) return [];
  const { code, points } = confidenceScale;
  if (given.scale !== code)
    return [
      found(
        'blocking',
        'rating-on-another-scale',
        'confidence',
        '/scale',
        `The rating is on the scale "${given.scale}"; this programme uses "${code}". Rate again on that: ${points.join(', ')}.`,
      ),
    ];
  if (points.includes(given.rating)) return [];
  return [
    found(
      'blocking',
      'rating-off-scale',
      'confidence',
      '/rating',
      `"${given.rating}" is not on the scale "${code}". Choose one of ${points.join(', ')}.`,
    ),
  ];
};

/** Where both ratings are on the programme's scale, their places on it, 0 for the best. */
function places({ content, previous, programme: { confidenceScale } }: AssessmentInput) {
  const place = (given: { scale: string; rating: string } | null | undefined) =>
    given?.scale === confidenceScale.code ? confidenceScale.points.indexOf(given.rating) : -1;
  return { now: place(content.confidence), before: place(previous?.confidence) };
}

/** A rating worse than the last one without a reason: a warning. Ratings on different scales are not compared. */
export const ratingWorsens: AssessmentRule = (input) => {
  const { now, before } = places(input);
  const { points } = input.programme.confidenceScale;
  if (before < 0 || now <= before || !isBlank(input.content.confidence?.reason)) return [];
  return [
    found(
      'warning',
      'rating-worsens-without-reason',
      'confidence',
      '/reason',
      `Delivery confidence went from ${points[before]} to ${points[now]} without a reason. Say what happened.`,
    ),
  ];
};

/** The figures of a return that speak of delivery: lines without an award and milestones given up are left out. */
export function deliveryFigures(input: AssessmentInput): DeliveryFigures {
  const { content, awards, milestones, trajectoryVariancePpm } = input;
  const awarded = content.spend.flatMap((line) => {
    const award = awardOf(awards, line);
    return award ? [{ line, amount: line.source === 'grant' ? award.grantPence : award.matchPence }] : [];
  });
  const counted = milestones.filter(({ state }) => state !== 'waived' && state !== 'cancelled');
  const late = counted.filter((milestone) => {
    const line = content.milestones.find((each) => each.milestone === milestone.code);
    const recorded = milestone.actualOn ?? milestone.forecastOn;
    return (line?.actualOn ?? line?.forecastOn ?? recorded ?? milestone.baselineOn) > milestone.baselineOn;
  });
  return {
    awardPence: sumPence(awarded.map(({ amount }) => amount)),
    forecastPence: sumPence(awarded.map(({ line }) => line.forecastPence)),
    milestonesTotal: counted.length,
    milestonesLate: late.length,
    variancePpm: trajectoryVariancePpm ?? null,
  };
}

/** A rating better than the figures say (`confidenceTheFiguresSay`): a warning, and the reviewer asks. */
export const ratingBetterThanFigures: AssessmentRule = (input) => {
  const { now } = places(input);
  if (now < 0) return [];
  const { points } = input.programme.confidenceScale;
  const said = confidenceTheFiguresSay({ ...deliveryFigures(input), points });
  if (now >= said.index) return [];
  return [
    found(
      'warning',
      'rating-better-than-figures',
      'confidence',
      '/rating',
      `You rate delivery ${points[now]}; the figures say ${said.rating}: ${said.because.join('; ')}. Say in the reason why you are more confident, or change the rating.`,
    ),
  ];
};

/** Nothing but words changed since the last accepted return: a warning, since a quarter seldom leaves all as it was. */
export const unchangedReturn: AssessmentRule = ({ content, previous, period }) =>
  nothingChanged(previous, content)
    ? [
        {
          code: 'nothing-changed',
          severity: 'warning',
          section: 'narrative',
          place: '',
          message: `No date, amount, measurement, risk or rating differs from the last accepted return. Check that this one speaks of ${period.label}; if nothing moved, say why in the narrative.`,
        },
      ]
    : [];

/**
 * All that is found in a return, section by section. Blocking findings send it back; warnings go to the reviewer. The
 * same input gives the same findings in the same order.
 */
export function assess(input: AssessmentInput): Finding[] {
  return [
    ...duplicateLines(input),
    ...assessMilestones(input),
    ...assessMoney(input),
    ...assessMeasurements(input),
    ...[narrativeOutOfPlace, ratingOffScale, ratingWorsens, ratingBetterThanFigures, unchangedReturn].flatMap(
      (rule) => rule(input),
    ),
  ];
}
