import type { HeldAnswer, PaperlessScore, TrustAdoption } from '../../surveys/adoption.reader.js';
import type { QuestionView } from '../../surveys/survey.queries.js';
import type { AdoptionStatus } from '../../surveys/survey.rules.js';
import type { AnswerShare, QuestionResult, WaveResults, WaveView } from '../../surveys/surveys.reader.js';
import { type Column, number, state, type Table, type Tag, table, text } from '../page/table.js';
import { partsColumn, percentOf, scoreWords } from '../progress/figures.js';
import {
  agreementTag,
  beforeCell,
  checkTag,
  evidenceWords,
  linkAddress,
  measuredWords,
  questionName,
  shareColumn,
  sheetTag,
  statusTag,
} from './survey.words.js';

const shareOf = (code: string) => (row: QuestionResult) => row.shares.find((each) => each.code === code);

/** What the wave that results are held against is called. */
export const otherName = ({ items }: WaveResults): string | null =>
  items.find(({ before }) => before !== null)?.before?.name ?? null;

/** How far trusts are, by question, beside the wave before. */
export function resultsTable(results: WaveResults): Table {
  const other = otherName(results);
  return table<QuestionResult>({
    id: 'results',
    caption: 'What is adopted',
    rows: results.items.filter(({ kind }) => kind === 'adoption'),
    columns: [
      text('Question', (row) => row.wording, { note: (row) => questionName(row.question) }),
      shareColumn('Live', shareOf('live')),
      shareColumn('Pilot', shareOf('pilot')),
      shareColumn('Planned', shareOf('planned')),
      shareColumn('None', shareOf('none')),
      shareColumn('Retired', shareOf('retired')),
      ...(other
        ? [
            {
              heading: 'Live before',
              kind: 'percent' as const,
              cell: (row: QuestionResult) => beforeCell(row.before, 'live'),
            },
          ]
        : []),
    ],
    empty: 'This wave asks nothing about what is adopted.',
  });
}

/** What one trust answered, as the shares of itself alone say it: its status, or its barriers, what it ranked first first. */
function ownWords(kind: QuestionResult['kind'], shares: readonly AnswerShare[]): string | null {
  const said = shares
    .filter(({ numerator }) => numerator > 0)
    .sort((a, b) => (b.first ?? 0) - (a.first ?? 0));
  if (said.length === 0) return null;
  if (kind === 'adoption') return said.map(({ code }) => statusTag(code as AdoptionStatus).words).join(', ');
  return said.map(({ label, first }) => (first ? `${label} (first)` : label)).join(', ');
}

/** What a trust answered itself, by question, beside what it answered in the wave before. */
export function ownTable(results: WaveResults): Table {
  const other = otherName(results);
  return table<QuestionResult>({
    id: 'own',
    caption: 'What your trust answered',
    rows: results.items,
    columns: [
      text('Question', (row) => row.wording, { note: (row) => questionName(row.question) }),
      text('Answer', (row) => ownWords(row.kind, row.shares)),
      ...(other
        ? [
            text('Before', (row: QuestionResult) => row.before && ownWords(row.kind, row.before.shares), {
              note: (row: QuestionResult) => row.before?.because ?? null,
            }),
          ]
        : []),
    ],
    empty: 'This wave asks nothing.',
  });
}

type RankedBarrier = AnswerShare & { question: QuestionResult };

/** What stands in the way, the most named first. */
export function barriersTable(results: WaveResults): Table {
  const other = otherName(results);
  return table<RankedBarrier>({
    id: 'barriers',
    caption: 'What stands in the way',
    rows: results.items
      .filter(({ kind }) => kind === 'barriers')
      .flatMap((question) => question.shares.map((share) => ({ ...share, question }))),
    columns: [
      text('Barrier', (row) => row.label, { note: (row) => questionName(row.question.question) }),
      shareColumn('Named', (row) => row),
      shareColumn('Ranked first', (row) => ({ ...row, numerator: row.first ?? 0 })),
      ...(other
        ? [
            {
              heading: 'Named before',
              kind: 'percent' as const,
              cell: (row: RankedBarrier) => beforeCell(row.question.before, row.code),
            },
          ]
        : []),
    ],
    empty: 'This wave asks nothing about barriers.',
  });
}

/** "1 agrees, 2 differ" of the answers that a measure says the same of. */
function agreementWords({ agreement }: TrustAdoption): string | null {
  if (agreement === null) return null;
  const differ = agreement['answered-more'] + agreement['answered-less'];
  const missing = agreement['not-measured'] > 0 ? `, ${agreement['not-measured']} not measured` : '';
  return `${agreement.agrees} ${agreement.agrees === 1 ? 'agrees' : 'agree'}, ${differ} ${differ === 1 ? 'differs' : 'differ'}${missing}`;
}

const sheetState = ({ sheet, draft }: TrustAdoption): Tag =>
  sheet ? sheetTag('submitted') : draft ? sheetTag('draft') : { words: 'Not begun', colour: 'white' };

/** A column of a paperless score, with its parts and the period that it is of. */
const scoreColumn = (
  heading: string,
  of: (row: TrustAdoption) => PaperlessScore | null,
): Column<TrustAdoption> => ({
  heading,
  kind: 'percent',
  cell: (row) => {
    const score = of(row);
    return { value: percentOf(score), note: score ? `${scoreWords(score)}; ${score.period}` : undefined };
  },
});

/** The adoption index of trusts beside their paperless scores; of one trust, by wave. */
export function adoptionTable(
  rows: readonly TrustAdoption[],
  by: 'trust' | 'wave',
  more: { slug: string; next?: string | null; whole?: string },
): Table {
  return table<TrustAdoption>({
    id: 'adoption',
    caption: 'Adoption index beside the paperless score',
    rows,
    columns: [
      by === 'trust'
        ? text('Trust', (row) => row.trust.name, {
            href: (row) => `/programmes/${more.slug}/trusts/${row.trust.odsCode}/adoption`,
          })
        : text('Wave', (row) => row.wave.name, {
            href: (row) => `/programmes/${more.slug}/surveys/${row.wave.code}`,
          }),
      partsColumn('Adoption index', (row) => row.index, { note: () => 'live' }),
      scoreColumn('Score, self-reported', (row) => row.selfReported),
      scoreColumn('Score, validated', (row) => row.validated),
      text('Answered against measured', agreementWords, {
        href: (row) => (row.sheet ? `/survey-sheets/${row.sheet.id}` : null),
      }),
      state('Answers', sheetState),
    ],
    empty: 'No trust is asked here.',
    next: more.next ?? null,
    ...(more.whole ? { whole: more.whole } : {}),
  });
}

/** Answers, each against what was measured. */
export function heldTable(
  rows: readonly HeldAnswer[],
  more: { byTrust: boolean; empty: string; next?: string | null; whole?: string },
): Table {
  return table<HeldAnswer>({
    id: 'answers',
    caption: 'Answered and measured',
    rows,
    columns: [
      ...(more.byTrust
        ? [
            text('Trust', (row: HeldAnswer) => row.trust.name, {
              href: (row) => `/survey-sheets/${row.sheet}`,
            }),
          ]
        : []),
      text('Question', (row) => row.wording, { note: (row) => questionName(row.question) }),
      state('Answer', (row) => statusTag(row.status)),
      text('What shows it', evidenceWords, { href: (row) => linkAddress(row.link) }),
      partsColumn('Measured', (row) => row.measured, {
        note: (row) => row.measured && measuredWords(row.measured),
      }),
      state('Agreement', (row) => agreementTag(row.agreement), { note: (row) => row.measure?.name ?? null }),
    ],
    empty: more.empty,
    next: more.next ?? null,
    ...(more.whole ? { whole: more.whole } : {}),
  });
}

/** Figures as they were published, and whether each can be of its base. */
export function publishedTable({ published }: WaveView): Table {
  return table<WaveView['published'][number]>({
    id: 'published',
    caption: 'As it was published',
    rows: published,
    columns: [
      text('What was published', (row) => row.statement, {
        note: (row) => row.sourced.source?.title ?? row.sourced.assumed,
      }),
      text('Claimed', (row) => (row.claimedPercent === null ? null : `${row.claimedPercent}%`)),
      number('This many', (row) => row.numerator),
      number('Out of', (row) => row.denominator, { note: (row) => row.base }),
      state('Does it fit?', (row) => checkTag(row.check)),
    ],
    empty: 'Nothing was published of it.',
  });
}

/** What a wave asks. */
export function questionsTable({ questions }: Pick<WaveView, 'questions'>): Table {
  return table<QuestionView>({
    id: 'questions',
    caption: 'What is asked',
    rows: questions,
    columns: [
      text('Question', (row) => row.wording, { note: (row) => questionName(row.ref) }),
      text('Who is asked', (row) => row.base),
      text('The measure that says the same', (row) => row.measure?.name ?? null),
      text('Barriers to rank', (row) => row.options?.map(({ label }) => label).join('; ') ?? null),
      text('Source', (row) => row.sourced.source?.title ?? `Assumed: ${row.sourced.assumed}`),
    ],
    empty: 'Nothing is asked.',
  });
}

/** A trust's barriers by rank. */
export const ranksTable = (rows: ReadonlyArray<{ rank: number; label: string }>): Table =>
  table<{ rank: number; label: string }>({
    id: 'ranks',
    caption: 'What stands in its way',
    rows,
    columns: [number('Rank', (row) => row.rank), text('Barrier', (row) => row.label)],
    empty: 'Nothing was ranked.',
  });
