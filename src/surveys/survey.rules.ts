import { type Blocker, blockers } from '../core/blockers.js';
import { type DateOn, formatDate } from '../core/calendar.js';
import { defineTransitions } from '../core/transitions.js';

/** How far a trust is with something. */
export const ADOPTION_STATUSES = ['none', 'planned', 'pilot', 'live', 'retired'] as const;
export type AdoptionStatus = (typeof ADOPTION_STATUSES)[number];

/** Whether an answer names what shows it. */
export const needsEvidence = (status: AdoptionStatus | null): boolean =>
  status === 'pilot' || status === 'live';

export const QUESTION_KINDS = ['adoption', 'barriers'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export const SHEET_STATES = ['draft', 'submitted', 'superseded'] as const;
export type SheetState = (typeof SHEET_STATES)[number];

/** An answer sheet is written, submitted once as a whole, and superseded when its correction is submitted. */
export const SHEET = defineTransitions<SheetState, 'submit' | 'supersede'>(
  'answer sheet',
  'draft',
  SHEET_STATES,
  {
    submit: { from: ['draft'], to: 'submitted' },
    supersede: { from: ['submitted'], to: 'superseded' },
  },
);

/** A question as it is asked in a wave. */
export interface AskedQuestion {
  /** `code/v1`. */
  ref: string;
  kind: QuestionKind;
  options: ReadonlyArray<{ code: string; label: string }> | null;
}

/** What of the record may show an answer. */
export const LINK_KINDS = ['product', 'milestone', 'measure'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Something of the record that shows an answer. */
export interface EvidenceLink {
  kind: LinkKind;
  id: string;
}

/** An answer: how far a trust is, or what stands in its way, the worst first. */
export interface Answer {
  question: string;
  status: AdoptionStatus | null;
  /** What shows it, in words. */
  evidence: string | null;
  link: EvidenceLink | null;
  /** Codes; empty: nothing stands in the way, or it is no such question. */
  barriers: readonly string[];
}

/** When a wave takes answers. Both days are null of a historical one. */
export interface WaveDays {
  kind: 'programme' | 'historical';
  opensOn: DateOn | null;
  closesOn: DateOn | null;
}

export const WAVE_STATES = ['historical', 'not-open', 'open', 'closed'] as const;
export type WaveState = (typeof WAVE_STATES)[number];

/** Where a wave is on a day. It is computed, never stored: a wave is open from its first day to its last. */
export function waveState({ kind, opensOn, closesOn }: WaveDays, today: DateOn): WaveState {
  if (kind === 'historical' || opensOn === null || closesOn === null) return 'historical';
  if (today < opensOn) return 'not-open';
  return today > closesOn ? 'closed' : 'open';
}

/** Why nobody may answer in a wave on a day. */
export function waveBlockers(wave: WaveDays, today: DateOn): Blocker[] {
  const state = waveState(wave, today);
  return blockers(
    state === 'historical' && {
      code: 'wave-is-historical',
      message: 'Somebody else held this wave, and published it. It takes no answers.',
      pointer: '/wave',
    },
    state === 'not-open' && {
      code: 'wave-not-open',
      message: `This wave opens on ${formatDate(wave.opensOn as DateOn)}.`,
      pointer: '/wave',
    },
    state === 'closed' && {
      code: 'wave-closed',
      message: `This wave closed on ${formatDate(wave.closesOn as DateOn)}. Its answers stay as they were submitted.`,
      pointer: '/wave',
    },
  );
}

/** What is wrong with answers, whether they are complete or not; the pointers are into the list of answers. */
export function answerBlockers(questions: readonly AskedQuestion[], answers: readonly Answer[]): Blocker[] {
  return answers.flatMap((answer, index) => {
    const at = `/answers/${index}`;
    const question = questions.find(({ ref }) => ref === answer.question);
    if (!question)
      return [
        {
          code: 'question-not-asked',
          message: `This wave does not ask ${answer.question}. It asks: ${questions.map(({ ref }) => ref).join(', ')}.`,
          pointer: `${at}/question`,
        },
      ];
    return [
      ...blockers(
        answers.findIndex(({ question: ref }) => ref === answer.question) < index && {
          code: 'answered-twice',
          message: `${answer.question} is answered twice. Answer it once.`,
          pointer: `${at}/question`,
        },
      ),
      ...(question.kind === 'adoption'
        ? adoptionBlockers(answer, at)
        : barrierBlockers(question, answer, at)),
    ];
  });
}

function adoptionBlockers({ status, evidence, link, barriers }: Answer, at: string): Blocker[] {
  return blockers(
    barriers.length > 0 && {
      code: 'answer-of-another-kind',
      message: 'This question asks how far you are. Give a status, and no barriers.',
      pointer: `${at}/barriers`,
    },
    status === null &&
      (evidence !== null || link !== null) && {
        code: 'evidence-of-nothing',
        message: 'Say how far you are too, or leave out what shows it.',
        pointer: `${at}/status`,
      },
  );
}

function barrierBlockers(question: AskedQuestion, answer: Answer, at: string): Blocker[] {
  const { status, evidence, link, barriers } = answer;
  const known = new Set(question.options?.map(({ code }) => code));
  const strange = barriers.filter((code) => !known.has(code));
  return blockers(
    (status !== null || evidence !== null || link !== null) && {
      code: 'answer-of-another-kind',
      message: 'This question asks what stands in your way. Rank barriers, and give no status.',
      pointer: `${at}/status`,
    },
    strange.length > 0 && {
      code: 'barrier-unknown',
      message: `${strange.join(', ')} is none of the barriers to rank: ${[...known].join(', ')}.`,
      pointer: `${at}/barriers`,
    },
    new Set(barriers).size < barriers.length && {
      code: 'barrier-twice',
      message: 'Each barrier has one rank. Take out the one that is there twice.',
      pointer: `${at}/barriers`,
    },
  );
}

/** Why a sheet cannot be submitted: a question of what is adopted has no answer, or nothing shows a pilot or what is live. */
export function submissionBlockers(
  state: SheetState,
  questions: readonly AskedQuestion[],
  answers: readonly Answer[],
): Blocker[] {
  return [
    ...SHEET.blockers('submit', state),
    ...questions.flatMap((question, index): Blocker[] => {
      if (question.kind === 'barriers') return [];
      const answer = answers.find(({ question: ref }) => ref === question.ref);
      const status = answer?.status ?? null;
      return blockers(
        status === null && {
          code: 'not-answered',
          message: `Question ${index + 1} is not answered. Say how far you are: none, planned, pilot, live or retired.`,
          pointer: `/answers/${index}/status`,
        },
        needsEvidence(status) &&
          !answer?.evidence &&
          !answer?.link && {
            code: 'evidence-missing',
            message: `Question ${index + 1}: say what shows that it is ${status === 'pilot' ? 'in a pilot' : 'live'}, in words or by something of the record.`,
            pointer: `/answers/${index}/evidence`,
          },
      );
    }),
  ];
}

/** What a new sheet begins with: earlier answers to the very same versions of questions. */
export function prefilled(questions: readonly AskedQuestion[], last: readonly Answer[]): Answer[] {
  return last.filter(({ question }) => questions.some(({ ref }) => ref === question));
}

/**
 * Ranks of barriers as they were typed, as a list in their order: 1 to n, without gaps or ties.
 * @param ranks by code; null where it is not ranked
 * @returns the codes in their order, or undefined where the ranks are not 1 to n
 */
export function rankedCodes(
  ranks: ReadonlyArray<{ code: string; rank: number | null }>,
): string[] | undefined {
  const given = ranks.filter(({ rank }) => rank !== null).sort((a, b) => Number(a.rank) - Number(b.rank));
  return given.every(({ rank }, index) => rank === index + 1) ? given.map(({ code }) => code) : undefined;
}
