import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { isDateOn } from '../core/calendar.js';
import { cursorValues, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import type { Sql } from '../database/sql.js';
import { awardeeCount } from '../programmes/awardee.queries.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import type { Parts } from '../targets/progress.rules.js';
import { type FigureCheck, figureCheck, incomparableBecause } from './adoption.rules.js';
import {
  type AnswerCount,
  answerCounts,
  type PublishedFigure,
  type QuestionView,
  type WaveRow,
  wave,
  waveBefore,
  waves,
} from './survey.queries.js';
import { ADOPTION_STATUSES, type QuestionKind, type WaveState, waveState } from './survey.rules.js';

/** A part of a whole, and of what. */
export interface Share extends Parts {
  base: string;
}

/** A wave as it is shown. */
export type WaveView = Omit<WaveRow, 'answered' | 'published'> & {
  state: WaveState;
  /** How many trusts submitted answers; null of a historical wave. */
  answered: Share | null;
  published: Array<PublishedFigure & { check: FigureCheck }>;
};

/** How many gave one answer. */
export interface AnswerShare extends Parts {
  /** A status, or a barrier. */
  code: string;
  label: string;
  /** Of a barrier: how many ranked it first. */
  first: number | null;
}

/** What came of one question. */
export interface QuestionResult {
  /** `code/v1`. */
  question: string;
  kind: QuestionKind;
  wording: string;
  /** Of whom, in words. */
  base: string;
  shares: AnswerShare[];
  /** The wave that it is held against: why not, or what was answered there. */
  before: { wave: string; name: string; because: string | null; shares: AnswerShare[] } | null;
}

/** What was answered in a wave, by question, beside another one. */
export interface WaveResults {
  wave: string;
  /** `own`: the reader acts for a trust, and is told what that trust answered. */
  covers: 'all' | 'own';
  answered: Share;
  illustrative: boolean;
  items: QuestionResult[];
}

const OWN = 'your own trust: what others answered is not yours to see';
const START = '0001-01-01';

/** Waves of a programme, what they ask, and what was answered. */
@Injectable()
export class SurveysReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's waves, in order of time. @throws Problem 404; 400 where the cursor is not one */
  list(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<WaveView>> {
    const from = cursorValues(after, [isDateOn, isText]);
    return this.programmes.within(actor, slug, async (sql, id) => {
      const rows = await waves(sql, id, limit + 1, from);
      const asked = await awardeeCount(sql, id);
      const page = pageOf(rows, limit, ({ opensOn, code }) => [opensOn ?? START, code]);
      return { ...page, items: page.items.map((row) => this.shown(actor, row, asked)) };
    });
  }

  /** @throws Problem 404 */
  one(actor: Actor, slug: string, code: string): Promise<WaveView> {
    return this.programmes.within(actor, slug, async (sql, id) =>
      this.shown(actor, await found(sql, id, code), await awardeeCount(sql, id)),
    );
  }

  /**
   * What was answered in a wave, beside another one: compared within the same version of a question only.
   * @param other the code of the other; null: the one before it
   * @throws Problem 404
   */
  results(actor: Actor, slug: string, code: string, other: string | null): Promise<WaveResults> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const row = await found(sql, id, code);
      const before = other === null ? await waveBefore(sql, id, row.id) : await found(sql, id, other);
      const counts = await answerCounts(sql, row.id);
      const earlier = before ? await answerCounts(sql, before.id) : [];
      const covers = actor.trustId === null ? 'all' : 'own';
      return {
        wave: row.code,
        covers,
        answered: answeredOf(actor, row, await awardeeCount(sql, id)),
        illustrative: row.illustrative,
        items: row.questions.map((question) => ({
          question: question.ref,
          kind: question.kind,
          wording: question.wording,
          base: covers === 'own' ? OWN : question.base,
          shares: sharesOf(question, counts, row.answered),
          before: before ? heldAgainst(question, before, earlier) : null,
        })),
      };
    });
  }

  private shown(actor: Actor, row: WaveRow, asked: number): WaveView {
    return {
      ...row,
      state: waveState(row, this.clock.today()),
      answered: row.kind === 'historical' ? null : answeredOf(actor, row, asked),
      published: row.published.map((figure) => ({
        ...figure,
        check: figureCheck(figure.claimedPercent, figure),
      })),
    };
  }
}

async function found(sql: Sql, programmeId: string, code: string): Promise<WaveRow> {
  const row = await wave(sql, programmeId, code);
  if (!row) throw notFound('wave');
  return row;
}

const answeredOf = (actor: Actor, { answered }: WaveRow, asked: number): Share => ({
  numerator: answered,
  denominator: asked,
  base: actor.trustId === null ? 'confirmed awardees of the programme' : OWN,
});

/** Every answer that there can be, counted; of barriers, what stands in the way of most comes first. */
function sharesOf(question: QuestionView, counts: readonly AnswerCount[], answered: number): AnswerShare[] {
  const own = counts.filter(({ questionId }) => questionId === question.id);
  const shareOf = (code: string, label: string): AnswerShare => {
    const one = own.find((each) => each.code === code);
    return {
      ...{ code, label, numerator: one?.count ?? 0, denominator: answered },
      first: question.kind === 'barriers' ? (one?.first ?? 0) : null,
    };
  };
  if (question.kind === 'adoption') return ADOPTION_STATUSES.map((status) => shareOf(status, status));
  return (question.options ?? [])
    .map(({ code, label }) => shareOf(code, label))
    .sort((a, b) => b.numerator - a.numerator || (b.first ?? 0) - (a.first ?? 0));
}

function heldAgainst(question: QuestionView, before: WaveRow, counts: readonly AnswerCount[]) {
  const { code, name, kind, questions } = before;
  const asked = questions.map(({ ref }) => ref);
  const because = incomparableBecause(question.ref, { name, kind, questions: asked });
  const shares = because === null ? sharesOf(question, counts, before.answered) : [];
  return { wave: code, name, because, shares };
}
