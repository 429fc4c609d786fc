import { formatDate } from '../../core/calendar.js';
import { latestRating } from '../../progress-reports/delivery.rules.js';
import type {
  ProgrammeProgressView,
  ScoreShown,
  TrustProgressView,
} from '../../progress-reports/programme-progress.types.js';
import type { Chart } from '../charts/chart.js';
import { type TrajectorySeries, trajectoryChart } from '../charts/trajectory.chart.js';
import { nextAddress } from '../page/address.js';
import { day, plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Cell, type Column, money, type Table, table, text } from '../page/table.js';
import { ratingTag } from '../progress/confidence.words.js';
import { scoreCell, scoreColumn, scoreWords } from '../progress/figures.js';
import { dueTag } from '../returns/return.words.js';
import { type Answer, answersOf } from './overview.answers.js';
import type { Overview } from './overview.reader.js';

/** The scores of one period, as planned, reported and validated. */
interface Period {
  label: string;
  endsOn: string;
  planned: ScoreShown | null;
  selfReported: ScoreShown | null;
  validated: ScoreShown | null;
}

/** The score toward all target sets, period by period in order of time: the programme's, or a trust's own. */
export function periodsOf({ history }: Pick<ProgrammeProgressView | TrustProgressView, 'history'>): Period[] {
  const periods = new Map<string, Period>();
  for (const { period, endsOn, basis, score, planned } of history) {
    const known = periods.get(period) ?? {
      label: period,
      endsOn,
      planned: null,
      selfReported: null,
      validated: null,
    };
    periods.set(period, {
      ...known,
      planned: known.planned ?? planned,
      ...(basis === 'validated' ? { validated: score } : { selfReported: score }),
    });
  }
  return [...periods.values()];
}

function trajectoryTable(periods: readonly Period[]): Table {
  return table<Period>({
    id: 'trajectory-figures',
    caption: 'Paperless score by period',
    rows: periods,
    columns: [
      text('Period', ({ label }) => label),
      scoreColumn('Planned', ({ planned }) => planned),
      scoreColumn('Self-reported', ({ selfReported }) => selfReported),
      scoreColumn('Validated', ({ validated }) => validated),
    ],
    empty:
      'No return has been submitted yet, so there is no figure. The first ones are computed on submission.',
  });
}

function trajectory({ target, ownProgress }: Overview, periods: readonly Period[]): Chart[] {
  const line = (
    name: string,
    kind: TrajectorySeries['kind'],
    of: (period: Period) => ScoreShown | null,
  ): TrajectorySeries => ({
    name,
    kind,
    points: periods.map((period) => ({
      label: period.label,
      on: period.endsOn,
      percent: of(period)?.percent ?? null,
    })),
  });
  const series = [
    line('Planned', 'planned', ({ planned }) => planned),
    line('Self-reported', 'self-reported', ({ selfReported }) => selfReported),
    line('Validated', 'validated', ({ validated }) => validated),
  ];
  if (!series.some(({ points }) => points.some(({ percent }) => percent !== null))) return [];
  return [
    trajectoryChart({
      id: 'trajectory',
      title: ownProgress
        ? 'Is your trust coming to be paperless?'
        : 'Is the programme coming to be paperless?',
      series,
      ...(target && {
        target: { name: 'Target', on: target.targetOn, percent: Math.round(target.targetPpm / 1_000) / 10 },
      }),
    }),
  ];
}

const attention: Column<Answer> = {
  heading: 'Attention',
  kind: 'text',
  cell: ({ attention: why }): Cell => (why ? { value: why.words, tag: why.colour } : { value: null }),
};

function questionsTable(answers: readonly Answer[]): Table {
  return table<Answer>({
    id: 'questions',
    caption: 'Where it stands',
    rows: answers,
    columns: [
      text('Question', ({ question }) => question, { href: ({ href }) => href }),
      text('Answer', ({ answer }) => answer),
      attention,
    ],
    empty: 'There is nothing to ask yet.',
  });
}

interface TrustRow {
  odsCode: string;
  name: string;
  progress: ProgrammeProgressView['trusts'][number]['progress'];
}

/** Where each trust's money stands, in columns; none where the reader may not see money. */
function moneyColumns({ funding }: Overview): Column<TrustRow>[] {
  if (!funding) return [];
  const of = (row: TrustRow) =>
    funding.money.trusts.find(({ trust }) => trust.odsCode === row.odsCode)?.totals;
  return [
    money('Awarded', (row) => of(row)?.grant.awardedPence ?? 0),
    money('Paid', (row) => of(row)?.grant.paidPence ?? 0),
    money('Match accepted', (row) => of(row)?.match.acceptedPence ?? 0),
  ];
}

function confidenceColumn({ programme, ratings }: Overview): Column<TrustRow> {
  const scale = programme.terms.confidenceScale;
  return {
    heading: 'Confidence',
    kind: 'text',
    cell: ({ odsCode }): Cell => {
      const of = ratings.find(({ trust }) => trust.odsCode === odsCode)?.ratings ?? [];
      const latest = latestRating(of, scale);
      if (!latest) return { value: null };
      const { words, colour } = ratingTag(latest.now, scale);
      const worse = latest.change === 'worse' ? ', worse' : '';
      return { value: words, tag: colour, note: `${latest.now.period}${worse}` };
    },
  };
}

function returnColumns({ returns }: Overview): Column<TrustRow>[] {
  if (!returns) return [];
  const of = (row: TrustRow) => returns.latest.find(({ trust }) => trust.odsCode === row.odsCode) ?? null;
  return [
    {
      heading: 'Latest return',
      kind: 'text',
      cell: (row): Cell => {
        const found = of(row);
        if (!found) return { value: null };
        const { words, colour } = dueTag(found);
        return {
          value: words,
          tag: colour,
          note: `${found.period}${found.overdue ? `, due ${formatDate(found.dueOn)}` : ''}`,
        };
      },
    },
  ];
}

function byTrust(overview: Overview): Table {
  const { progress, programme, own, funding, returns } = overview;
  const figure = progress.figures[0];
  return table<TrustRow>({
    id: 'by-trust',
    caption: own ? 'Your trust' : `By ${programme.terms.awardeeTerm.singular}`,
    rows: progress.trusts,
    next: nextAddress(`/programmes/${programme.slug}`, {}, overview.next),
    columns: [
      text('Trust', ({ name }) => name, {
        href: ({ odsCode }) => (returns ? `/programmes/${programme.slug}/trusts/${odsCode}` : null),
      }),
      ...moneyColumns(overview),
      scoreColumn('Self-reported', (row) => row.progress?.selfReported.score),
      scoreColumn('Validated', (row) => row.progress?.validated?.score),
      confidenceColumn(overview),
      ...returnColumns(overview),
    ],
    foot:
      own || progress.trusts.length === 0
        ? undefined
        : [
            { value: 'Total' },
            ...(funding
              ? [
                  { value: funding.money.totals.grant.awardedPence },
                  { value: funding.money.totals.grant.paidPence },
                  { value: funding.money.totals.match.acceptedPence },
                ]
              : []),
            scoreCell(figure?.selfReported?.score),
            scoreCell(figure?.validated?.score),
            { value: '' },
            ...(returns ? [{ value: '' }] : []),
          ],
    empty: own
      ? 'Your trust has no part in this programme.'
      : 'No trust takes part yet. Apply a definition that names them.',
  });
}

/** What a percentage is of, beside it in its card. */
interface ScoreCard {
  label: string;
  percent: number | null;
  note: string;
}

function scoreCards({ progress, ownProgress }: Overview): ScoreCard[] {
  const figure = (ownProgress ?? progress).figures[0];
  const { selfReported = null, validated = null } = figure ?? {};
  const planned = selfReported?.planned ?? validated?.planned ?? null;
  const card = (label: string, score: ScoreShown | null): ScoreCard => ({
    label,
    percent: score?.percent ?? null,
    note: scoreWords(score) ?? 'nothing yet',
  });
  return [
    card('Paperless, self-reported', selfReported?.score ?? null),
    card('Paperless, validated', validated?.score ?? null),
    card('Planned by now', planned),
  ];
}

/** From whom the figures are, and what a score is of. */
function basisOf({ progress, ownProgress }: Overview): string {
  const { label, endsOn } = (ownProgress ?? progress).period;
  const figure = progress.figures[0]?.selfReported;
  const reported =
    ownProgress || !figure
      ? ''
      : ` ${figure.trustsReported} of ${plural(figure.trustsTotal, 'trust')} reported for it; the figures of ${figure.trustsCarriedForward} are carried forward from before.`;
  return `Paperless scores are of ${label}, to ${day(endsOn)}.${reported} A score is the weighted coverage of all measures, shown with its weighted points.`;
}

/** What the figures say of when the target is reached, in the words they were computed with. */
function expectedOf({ progress, ownProgress }: Overview): Array<{ basis: string; words: string }> {
  const figure = (ownProgress ?? progress).figures[0];
  const said = [
    { basis: 'As self-reported', words: figure?.selfReported?.expected.words },
    { basis: 'As validated', words: figure?.validated?.expected.words },
  ];
  return said.flatMap(({ basis, words }) => (words ? [{ basis, words }] : []));
}

/** The one screen that tells where a programme's money and milestones are, and whether paperless is coming. */
export function overviewPage(overview: Overview): Page {
  const { programme, own, progress, ownProgress, funding } = overview;
  const periods = periodsOf(ownProgress ?? progress);
  const bases = new Set(
    periods.flatMap(({ selfReported }) => (selfReported ? [selfReported.denominator] : [])),
  );
  return {
    view: 'programme/overview.njk',
    title: programme.name,
    caption: own
      ? 'Your trust’s part in'
      : `${programme.funder.name}, ${day(programme.startsOn)} to ${day(programme.endsOn)}`,
    trail: [{ text: 'Programmes', href: '/programmes' }],
    tables: [questionsTable(answersOf(overview)), trajectoryTable(periods), byTrust(overview)],
    charts: trajectory(overview, periods),
    model: {
      programme,
      own,
      money: funding?.money ?? null,
      scores: scoreCards(overview),
      basis: basisOf(overview),
      expected: expectedOf(overview),
      rebased:
        bases.size > 1
          ? 'The measures, or the trusts that report them, changed within this time: periods whose totals of weighted points differ cannot be compared.'
          : null,
      illustrative: progress.figures.some(({ selfReported }) => selfReported?.illustrative),
    },
  };
}
