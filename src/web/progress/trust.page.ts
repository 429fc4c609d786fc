import type { TrustProgressView } from '../../progress-reports/programme-progress.types.js';
import type { Chart } from '../charts/chart.js';
import { timelineChart } from '../charts/timeline.chart.js';
import { milestoneTag } from '../milestones/milestone.words.js';
import type { Page } from '../page/page.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { ratingTag, scaleWords } from './confidence.words.js';
import { scoreWords, varianceWords } from './figures.js';
import { towardChart } from './toward.chart.js';
import { historyPoints } from './trust.history.js';
import {
  agreementsTable,
  changesTable,
  claimsTable,
  confidenceTable,
  gatesTable,
  historyTable,
  milestonesTable,
  moneyTable,
  projectsTable,
  returnsTable,
  towardTable,
} from './trust.tables.js';
import type { TrustDeliveryReadings, TrustMoneyReadings } from './trust-readings.js';

/** How many milestones the timeline draws. */
const DRAWN = 10;

/** The score toward all target sets together, as the head of the page says it. */
function headOf({ figures }: TrustProgressView) {
  const all = figures.find(({ targetSet }) => targetSet === null);
  const { selfReported = null, validated = null } = all ?? {};
  return {
    selfReported: selfReported?.score.percent ?? null,
    selfReportedWords: scoreWords(selfReported?.score),
    validated: validated?.score.percent ?? null,
    validatedWords: scoreWords(validated?.score),
    variance: varianceWords(selfReported?.planned),
    expected: selfReported?.expected.words ?? null,
  };
}

function chartsOf({ progress, milestones, today }: TrustDeliveryReadings): Chart[] {
  const points = historyPoints(progress);
  const all = progress.figures.some(({ targetSet }) => targetSet === null);
  const drawn = milestones.slice(0, DRAWN);
  return [
    ...(points.length > 0 && all
      ? [towardChart({ id: 'progress', title: 'Score toward all target sets together', points })]
      : []),
    ...(drawn.length > 0
      ? [
          timelineChart({
            id: 'timeline',
            title: 'Milestones due next',
            today,
            rows: drawn.map(({ name, baselineOn, forecastOn, actualOn, state }) => ({
              label: name,
              baselineOn,
              forecastOn,
              actualOn,
              state: milestoneTag(state).words,
            })),
          }),
        ]
      : []),
  ];
}

/** A trust in a programme: its money, its delivery, and what comes next. */
export function trustPage(delivery: TrustDeliveryReadings, finance: TrustMoneyReadings): Page {
  const { programme, progress } = delivery;
  const { trust } = progress;
  const { slug } = programme;
  const latest = progress.deliveryConfidence.at(-1) ?? null;
  const { money } = finance;
  return {
    view: 'progress/trust.njk',
    title: trust.name,
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      moneyTable(money),
      agreementsTable(money),
      towardTable(slug, progress),
      historyTable(progress),
      confidenceTable(delivery),
      milestonesTable(delivery),
      gatesTable(finance),
      claimsTable(finance),
      returnsTable(delivery),
      changesTable(finance),
      projectsTable(slug, delivery),
    ],
    charts: chartsOf(delivery),
    model: {
      programme,
      trust,
      period: progress.period,
      money: money?.totals ?? null,
      notAgreed: money?.notAgreed ?? null,
      head: headOf(progress),
      confidence: latest && {
        words: ratingTag(latest, programme.terms.confidenceScale).words,
        scale: scaleWords(latest, programme.terms.confidenceScale),
        period: latest.period,
      },
      illustrative: progress.history.some((each) => each.illustrative),
      root: `/programmes/${slug}`,
    },
  };
}
