import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { cursorValues, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import type { Sql } from '../database/sql.js';
import { type Awardee, awardeePage } from '../programmes/awardee.queries.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import type { Parts } from '../targets/progress.rules.js';
import {
  type StandingMeasure,
  type StandingScore,
  standingMeasures,
  standingScores,
} from '../targets/standing.queries.js';
import { type AnsweredRow, type AnswerFilter, answered } from './adoption.queries.js';
import { AGREEMENTS, type Agreement, adoptionIndex, agreementOf } from './adoption.rules.js';
import { openSheets, type SheetRow } from './sheet.queries.js';
import { type WaveRow, wave, waves } from './survey.queries.js';
import type { AdoptionStatus, SheetState } from './survey.rules.js';

/** What was measured of the thing that an answer is about. */
export type Measured = Pick<StandingMeasure, 'numerator' | 'denominator' | 'period' | 'basis'>;

/** An answer, held against what was measured. */
export type HeldAnswer = Omit<AnsweredRow, 'trustId' | 'position' | 'measureId'> & {
  measured: Measured | null;
  agreement: Agreement;
};

/** A trust's paperless score: toward all target sets together, in weighted parts per million. */
export type PaperlessScore = Pick<StandingScore, 'numerator' | 'denominator' | 'period'>;

/** How far a trust says that it is, beside how far it was measured to be. */
export interface TrustAdoption {
  trust: { odsCode: string; name: string };
  wave: { code: string; name: string };
  /** Its answers that stand; null where it submitted none. */
  sheet: { id: string; submittedAt: string } | null;
  /** Answers under way, that nobody counts. */
  draft: string | null;
  /** How many of the capabilities that it was asked about are live; null where it submitted nothing. */
  index: Parts | null;
  selfReported: PaperlessScore | null;
  validated: PaperlessScore | null;
  /** How many of its answers agree with what was measured, and how many do not. */
  agreement: Record<Agreement, number> | null;
  illustrative: boolean;
}

/** More waves than anybody holds in a programme's life. */
const WAVES = 50;

/** What trusts say that they have adopted, beside what was measured. */
@Injectable()
export class AdoptionReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /** A page of the programme's trusts, by name, in a wave. @throws Problem 404; 400 where the cursor is not one */
  trusts(
    actor: Actor,
    slug: string,
    code: string,
    trust: string | null,
    page: PageRequest,
  ): Promise<Page<TrustAdoption>> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const of = await found(sql, id, code);
      const { items, next } = await awardeePage(sql, id, page, trust);
      return { items: await adoptionsIn(sql, id, [of], items), next };
    });
  }

  /** A trust in every wave of the programme, the latest first. @throws Problem 404 */
  ofTrust(
    actor: Actor,
    slug: string,
    odsCode: string,
  ): Promise<{ trust: { odsCode: string; name: string }; items: TrustAdoption[] }> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { items: trusts } = await awardeePage(sql, id, { limit: 1 }, odsCode);
      const [trust] = trusts;
      if (!trust) throw notFound('trust');
      const all = (await waves(sql, id, WAVES, null)).filter(({ kind }) => kind === 'programme').reverse();
      const items = await adoptionsIn(sql, id, all, trusts);
      return { trust: { odsCode: trust.odsCode, name: trust.name }, items };
    });
  }

  /** A page of what trusts answered in a wave, each held against its measure. @throws Problem 404; 400 where the cursor is not one */
  answers(
    actor: Actor,
    slug: string,
    code: string,
    filter: AnswerFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<HeldAnswer>> {
    const from = cursorValues(after, [isText, isId, Number.isInteger]);
    return this.programmes.within(actor, slug, async (sql, id) => {
      const of = await found(sql, id, code);
      const rows = await answered(sql, of.id, filter, limit + 1, from);
      const { items, next } = pageOf(rows, limit, (row) => [row.trust.name, row.trustId, row.position]);
      return { items: await held(sql, id, of, items), next };
    });
  }
}

async function found(sql: Sql, programmeId: string, code: string): Promise<WaveRow> {
  const row = await wave(sql, programmeId, code);
  if (!row || row.kind === 'historical') throw notFound('wave that trusts answer');
  return row;
}

/** What waves' answers are held against: of a trust, in a wave, of a measure. */
type MeasuredOf = (trustId: string, of: WaveRow, measureId: string | null) => Measured | null;

const closingDays = (of: readonly WaveRow[]): string[] => [
  ...new Set(of.map(({ closesOn }) => closesOn as string)),
];

async function measuresIn(
  sql: Sql,
  programmeId: string,
  of: readonly WaveRow[],
  trustIds: readonly string[],
): Promise<MeasuredOf> {
  const named = of.flatMap(({ questions }) =>
    questions.flatMap(({ measure }) => (measure ? [measure.id] : [])),
  );
  const rows = await standingMeasures(sql, programmeId, trustIds, [...new Set(named)], closingDays(of));
  return (trustId, { closesOn }, measureId) => {
    const row = rows.find(
      (each) => each.trustId === trustId && each.measureId === measureId && each.by === closesOn,
    );
    if (!row) return null;
    const { numerator, denominator, period, basis } = row;
    return { numerator, denominator, period, basis };
  };
}

/** Answers with what was measured by the last day of their wave. */
export async function held(
  sql: Sql,
  programmeId: string,
  of: WaveRow,
  rows: readonly AnsweredRow[],
): Promise<HeldAnswer[]> {
  const measuredOf = await measuresIn(
    sql,
    programmeId,
    [of],
    [...new Set(rows.map(({ trustId }) => trustId))],
  );
  return rows.map(({ trustId, position: _, measureId, ...row }) => {
    const measured = measuredOf(trustId, of, measureId);
    return { ...row, measured, agreement: agreementOf(row.status, measureId !== null, measured) };
  });
}

/** Trusts in waves, wave by wave: three statements, however many of either there are. */
async function adoptionsIn(
  sql: Sql,
  programmeId: string,
  all: readonly WaveRow[],
  trusts: readonly Awardee[],
): Promise<TrustAdoption[]> {
  const ids = trusts.map(({ id }) => id);
  const sheets = await openSheets(
    sql,
    all.map(({ id }) => id),
    ids,
  );
  const scores = await standingScores(sql, programmeId, ids, closingDays(all));
  const measuredOf = await measuresIn(sql, programmeId, all, ids);
  return all.flatMap((of) => trusts.map((trust) => adoptionOf(of, trust, sheets, scores, measuredOf)));
}

function adoptionOf(
  of: WaveRow,
  { id, odsCode, name }: Awardee,
  sheets: readonly SheetRow[],
  scores: readonly StandingScore[],
  measuredOf: MeasuredOf,
): TrustAdoption {
  const own = (state: SheetState) =>
    sheets.find((each) => each.trustId === id && each.wave === of.code && each.state === state);
  const score = (basis: StandingScore['basis']): PaperlessScore | null => {
    const row = scores.find((each) => each.trustId === id && each.basis === basis && each.by === of.closesOn);
    return row ? { numerator: row.numerator, denominator: row.denominator, period: row.period } : null;
  };
  const sheet = own('submitted');
  return {
    trust: { odsCode, name },
    wave: { code: of.code, name: of.name },
    sheet: sheet ? { id: sheet.id, submittedAt: sheet.submittedAt as string } : null,
    draft: own('draft')?.id ?? null,
    index: sheet ? adoptionIndex(sheet.answers) : null,
    selfReported: score('self-reported'),
    validated: score('validated'),
    agreement: sheet ? agreementsOf(of, sheet, (measure) => measuredOf(id, of, measure)) : null,
    illustrative: sheet?.illustrative ?? false,
  };
}

function agreementsOf(
  { questions }: WaveRow,
  { answers }: SheetRow,
  measured: (measureId: string | null) => Parts | null,
): Record<Agreement, number> {
  const found = answers.flatMap(({ question, status }) => {
    const measure = questions.find(({ ref }) => ref === question)?.measure?.id ?? null;
    return status === null
      ? []
      : [agreementOf(status as AdoptionStatus, measure !== null, measured(measure))];
  });
  return Object.fromEntries(
    AGREEMENTS.map((agreement) => [agreement, found.filter((each) => each === agreement).length]),
  ) as Record<Agreement, number>;
}
