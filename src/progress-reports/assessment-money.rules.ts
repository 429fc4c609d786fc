import { formatDate } from '../core/calendar.js';
import { financialYear, financialYearOf, isFinancialYear } from '../core/financial-period.js';
import { formatPounds, matchFor, type Pence, sumPence } from '../core/money.js';
import { type AssessmentInput, type AssessmentRule, type Finding, found } from './assessment-input.js';
import type { SpendLine } from './return-content.js';
import { awardOf, isBlank, spendName } from './return-lines.rules.js';

/** Cumulative spend never falls: blocking without a note, for the reviewer with one. A line with spend stays in. */
export const spendFalls: AssessmentRule = ({ content, previous }) => {
  if (!previous) return [];
  return previous.spend.flatMap((before) => {
    const index = content.spend.findIndex((line) => spendName(line) === spendName(before));
    const now = content.spend[index];
    if (!now)
      return before.spentToDatePence > 0
        ? found(
            'blocking',
            'spend-line-dropped',
            'spend',
            '',
            `The line ${spendName(before)} is gone; the last return had ${formatPounds(before.spentToDatePence)} spent on it. Put it back, and correct the figure with a note if it was wrong.`,
          )
        : [];
    if (now.spentToDatePence >= before.spentToDatePence) return [];
    const explained = !isBlank(now.note);
    return found(
      explained ? 'warning' : 'blocking',
      'spend-falls',
      'spend',
      `/${index}/spentToDatePence`,
      `Spend to date on ${spendName(now)} falls from ${formatPounds(before.spentToDatePence)} to ${formatPounds(now.spentToDatePence)}. It is cumulative, so it only grows. ${explained ? 'The note says why; the reviewer will read it.' : 'Correct it, or say in the note why it falls.'}`,
    );
  });
};

/**
 * Grant over the award's line: blocking where it was spent, because it can never be paid (domain.md section 9, rule 1);
 * a warning where it is forecast. Match over its line is not a fault: more may be given than was pledged.
 */
export const grantOverAward: AssessmentRule = ({ content, awards }) =>
  content.spend.flatMap((line, index) => {
    const award = awardOf(awards, line);
    if (!award || line.source !== 'grant') return [];
    const over = (amount: Pence) => formatPounds(amount - award.grantPence);
    const of = `the award of ${formatPounds(award.grantPence)} for ${spendName(line)}`;
    if (line.spentToDatePence > award.grantPence)
      return found(
        'blocking',
        'spend-over-award',
        'spend',
        `/${index}/spentToDatePence`,
        `Spend to date of ${formatPounds(line.spentToDatePence)} is ${over(line.spentToDatePence)} over ${of}. Move what is over to the line that paid for it, or correct the figure.`,
      );
    return line.forecastPence > award.grantPence
      ? found(
          'warning',
          'forecast-over-award',
          'spend',
          `/${index}/forecastPence`,
          `The forecast of ${formatPounds(line.forecastPence)} is ${over(line.forecastPence)} over ${of}. Say who will pay for what is over, or ask for a change of the award.`,
        )
      : [];
  });

/** A forecast includes what is spent, so it is never below it; a warning, because either figure may be the wrong one. */
export const forecastBelowSpend: AssessmentRule = ({ content }) =>
  content.spend.flatMap((line, index) =>
    line.forecastPence < line.spentToDatePence
      ? found(
          'warning',
          'forecast-below-spend',
          'spend',
          `/${index}/forecastPence`,
          `The forecast of ${formatPounds(line.forecastPence)} for ${spendName(line)} is below the ${formatPounds(line.spentToDatePence)} already spent. The forecast includes spend to date: raise it.`,
        )
      : [],
  );

/**
 * Money on a year that lies wholly outside the eligibility window (domain.md section 9, rule 7): blocking where it was
 * spent, because no later act makes that cost eligible; a warning where it is forecast, which can still be replanned.
 */
export const spendOutsideEligibility: AssessmentRule = ({ content, programme: { eligibility } }) =>
  content.spend.flatMap((line, index) => {
    if (!isFinancialYear(line.financialYear)) return [];
    const year = financialYear(line.financialYear);
    if (year.endsOn >= eligibility.from && year.startsOn <= eligibility.to) return [];
    const window = `outside the time in which costs count, ${formatDate(eligibility.from)} to ${formatDate(eligibility.to)}`;
    if (line.spentToDatePence > 0)
      return found(
        'blocking',
        'spend-outside-eligibility',
        'spend',
        `/${index}/spentToDatePence`,
        `${formatPounds(line.spentToDatePence)} is spent on ${spendName(line)}, ${window}. Take it out of this return.`,
      );
    return line.forecastPence > 0
      ? found(
          'warning',
          'forecast-outside-eligibility',
          'spend',
          `/${index}/forecastPence`,
          `${formatPounds(line.forecastPence)} is forecast on ${spendName(line)}, ${window}. Bring it forward, or ask for a change.`,
        )
      : [];
  });

/** A line for which the trust has no award: blocking, whatever is on it. */
export const lineNotInAward: AssessmentRule = ({ content, awards }) =>
  content.spend.flatMap((line, index) =>
    awardOf(awards, line)
      ? []
      : found(
          'blocking',
          'line-not-in-award',
          'spend',
          `/${index}`,
          `There is no award for ${line.kind} in ${line.financialYear}. Remove the line, or put its ${formatPounds(line.spentToDatePence)} on the line that it belongs to.`,
        ),
  );

function matchAgainst(
  lines: readonly SpendLine[],
  amount: (line: SpendLine) => Pence,
  ratio: AssessmentInput['programme']['matchRatio'],
) {
  const of = (source: SpendLine['source']) =>
    sumPence(lines.filter((line) => line.source === source).map(amount));
  const [grant, match] = [of('grant'), of('match')];
  const needed = matchFor(grant, ratio);
  return { grant, match, needed, short: needed - match };
}

/** Cumulative match spent, held against the ratio times cumulative grant spent (domain.md section 9, rule 3). */
export const matchBelowRatio: AssessmentRule = ({ content, programme }) => {
  const { grant, match, needed, short } = matchAgainst(
    content.spend,
    (line) => line.spentToDatePence,
    programme.matchRatio,
  );
  if (short <= 0) return [];
  return [
    found(
      'warning',
      'match-below-ratio',
      'spend',
      '',
      `Match spent is ${formatPounds(match)}; the ${formatPounds(grant)} of grant spent needs ${formatPounds(needed)} of match. ${formatPounds(short)} is missing. Add match that was not counted yet, or say in the narrative when it comes.`,
    ),
  ];
};

/**
 * The same at the next gate, from what all lines up to the gate's financial year are forecast to come to; without a
 * gate, up to the period's own year.
 */
export const matchBelowRatioAtGate: AssessmentRule = ({ content, programme, nextGateOn, period }) => {
  const until = financialYearOf(nextGateOn ?? period.endsOn);
  const { grant, match, needed, short } = matchAgainst(
    content.spend.filter((line) => line.financialYear <= until),
    (line) => line.forecastPence,
    programme.matchRatio,
  );
  if (short <= 0) return [];
  const when = nextGateOn ? `at the next gate, ${formatDate(nextGateOn)},` : `at the end of ${until}`;
  return [
    found(
      'warning',
      'match-below-ratio-at-gate',
      'spend',
      '',
      `Match forecast ${when} is ${formatPounds(match)}; the ${formatPounds(grant)} of grant forecast needs ${formatPounds(needed)} of match. ${formatPounds(short)} will be missing. Plan more match before then, or less grant.`,
    ),
  ];
};

/** All rules about spend, in the order in which they are told. */
export function assessMoney(input: AssessmentInput): Finding[] {
  return [
    lineNotInAward,
    spendFalls,
    grantOverAward,
    forecastBelowSpend,
    spendOutsideEligibility,
    matchBelowRatio,
    matchBelowRatioAtGate,
  ].flatMap((rule) => rule(input));
}
