import type { HeldAnswer, Measured } from '../../surveys/adoption.reader.js';
import type { Agreement, FigureCheck } from '../../surveys/adoption.rules.js';
import type { AdoptionStatus, EvidenceLink, SheetState, WaveState } from '../../surveys/survey.rules.js';
import type { AnswerShare, QuestionResult } from '../../surveys/surveys.reader.js';
import { words } from '../page/format.js';
import type { Cell, Column, Tag } from '../page/table.js';
import { partsWords, percentOf } from '../progress/figures.js';

const WAVES: Record<WaveState, Tag> = {
  historical: { words: 'Held by others', colour: 'grey' },
  'not-open': { words: 'Not open yet', colour: 'white' },
  open: { words: 'Open', colour: 'blue' },
  closed: { words: 'Closed', colour: 'green' },
};

/** Where a wave is, as a tag. */
export const waveTag = (state: WaveState): Tag => WAVES[state];

const SHEETS: Record<SheetState, Tag> = {
  draft: { words: 'Draft', colour: 'grey' },
  submitted: { words: 'Submitted', colour: 'green' },
  superseded: { words: 'Superseded', colour: 'white' },
};

/** Where answers are in their life, as a tag. */
export const sheetTag = (state: SheetState): Tag => SHEETS[state];

const STATUSES: Record<AdoptionStatus, Tag> = {
  none: { words: 'None', colour: 'grey' },
  planned: { words: 'Planned', colour: 'blue' },
  pilot: { words: 'Pilot', colour: 'yellow' },
  live: { words: 'Live', colour: 'green' },
  retired: { words: 'Retired', colour: 'white' },
};

/** How far a trust is, as a tag. */
export const statusTag = (status: AdoptionStatus): Tag => STATUSES[status];

const AGREEMENTS: Record<Agreement, Tag> = {
  agrees: { words: 'Agrees', colour: 'green' },
  'answered-more': { words: 'Answered more than measured', colour: 'red' },
  'answered-less': { words: 'Measured more than answered', colour: 'orange' },
  'not-measured': { words: 'Not measured', colour: 'grey' },
  'no-measure': { words: 'No measure says it', colour: 'white' },
};

/** Whether an answer agrees with what was measured, as a tag. */
export const agreementTag = (agreement: Agreement): Tag => AGREEMENTS[agreement];

const CHECKS: Record<FigureCheck, Tag> = {
  fits: { words: 'Fits its base', colour: 'green' },
  'does-not-fit': { words: 'Does not fit', colour: 'red' },
  'cannot-be-checked': { words: 'Nothing to check', colour: 'grey' },
};

/** Whether a published percentage can be of its base, as a tag. */
export const checkTag = (check: FigureCheck): Tag => CHECKS[check];

/** "Online booking, version 2" of `online-booking/v2`. */
export function questionName(ref: string): string {
  const [code = '', version = ''] = ref.split('/v');
  return `${words(code)}, version ${version}`;
}

const PAGES = { milestone: 'milestones', product: 'products' } as const;

/** The page of what shows an answer; null of a measure, which stands on the page of its target set. */
export const linkAddress = (link: EvidenceLink | null): string | null =>
  link === null || link.kind === 'measure' ? null : `/${PAGES[link.kind]}/${link.id}`;

/** What shows an answer, in one line; null where nothing is said. */
export function evidenceWords({ evidence, link }: Pick<HeldAnswer, 'evidence' | 'link'>): string | null {
  const named = link && `${words(link.kind)}: ${link.name ?? 'not yours to see'}`;
  return [evidence, named].filter(Boolean).join('; ') || null;
}

/** "2018/19 Q1, validated". */
export const measuredWords = ({ period, basis }: Pick<Measured, 'period' | 'basis'>): string =>
  `${period}, ${basis}`;

/** A column of one answer's share of all answers. */
export function shareColumn<Row>(heading: string, of: (row: Row) => AnswerShare | undefined): Column<Row> {
  return {
    heading,
    kind: 'percent',
    cell: (row) => {
      const share = of(row);
      return { value: percentOf(share), note: partsWords(share) ?? undefined };
    },
  };
}

/** What a share was in the other wave, or why it is not compared. */
export function beforeCell(before: QuestionResult['before'], code: string): Cell {
  if (before === null) return { value: null };
  if (before.because !== null) return { value: null, note: before.because };
  const share = before.shares.find((each) => each.code === code);
  return { value: percentOf(share), note: partsWords(share) ?? undefined };
}
