import { firstRow, given, type Sql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';
import type { QuestionKind, WaveDays } from './survey.rules.js';

/** One version of a question, as a wave asks it. */
export interface QuestionView {
  id: string;
  /** `code/v1`. */
  ref: string;
  kind: QuestionKind;
  wording: string;
  /** Who is asked, in words. */
  base: string;
  options: Array<{ code: string; label: string }> | null;
  /** The measure that says the same. */
  measure: { id: string; targetSet: string; code: string; name: string } | null;
  sourced: Sourced;
}

/** What was published of a historical wave. */
export interface PublishedFigure {
  question: string;
  statement: string;
  /** As the source claims it. */
  claimedPercent: number | null;
  numerator: number | null;
  denominator: number | null;
  base: string;
  sourced: Sourced;
}

/** A wave as it was defined. */
export interface WaveRow extends WaveDays {
  id: string;
  code: string;
  name: string;
  held: string | null;
  note: string | null;
  sourced: Sourced;
  /** In the order in which they are asked. */
  questions: QuestionView[];
  published: PublishedFigure[];
  /** How many trusts submitted answers, of those that the reader may see. */
  answered: number;
  illustrative: boolean;
}

const QUESTION = `json_build_object('id', q.id, 'ref', q.code || '/v' || q.version, 'kind', q.kind, 'wording', q.wording,
    'base', q.base, 'options', q.options, 'sourced', q.provenance,
    'measure', (select json_build_object('id', m.id, 'targetSet', t.code || '/v' || t.version, 'code', m.code,
      'name', m.name) from measure m join target_set t on t.id = m.target_set_id where m.id = q.measure_id))`;

/** A historical wave comes before all others. */
const PLACE = `coalesce(w.opens_on, date '0001-01-01')`;

const WAVE = `select w.id, w.code, w.name, w.kind, w.opens_on as "opensOn", w.closes_on as "closesOn", w.held, w.note,
    w.provenance as sourced,
    (select coalesce(json_agg(${QUESTION} order by k.position), '[]') from survey_wave_question k
      join survey_question q on q.id = k.question_id where k.wave_id = w.id) as questions,
    (select coalesce(json_agg(json_build_object('question', q.code || '/v' || q.version, 'statement', f.statement,
        'claimedPercent', f.claimed_percent, 'numerator', f.numerator, 'denominator', f.denominator, 'base', f.base,
        'sourced', f.provenance) order by f.position), '[]')
      from survey_figure f join survey_question q on q.id = f.question_id where f.wave_id = w.id) as published,
    n.answered, coalesce(n.illustrative, false) as illustrative
  from survey_wave w cross join lateral (select count(*)::int as answered, bool_or(s.illustrative) as illustrative
    from survey_sheet s where s.wave_id = w.id and s.state = 'submitted') n`;

/** A programme's waves in order of time, `limit` at most, those after a day and a code. */
export function waves(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: unknown[] | null,
): Promise<WaveRow[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { [`(${PLACE}, w.code) > (?::date, ?)`]: after });
  return sql.query<WaveRow>(
    `${WAVE} where w.programme_id = $1${wanted} order by ${PLACE}, w.code limit $2`,
    values,
  );
}

/** One wave by its code. */
export function wave(sql: Sql, programmeId: string, code: string): Promise<WaveRow | undefined> {
  return firstRow<WaveRow>(sql, `${WAVE} where w.programme_id = $1 and w.code = $2`, [programmeId, code]);
}

/** The wave that came before another. */
export function waveBefore(sql: Sql, programmeId: string, waveId: string): Promise<WaveRow | undefined> {
  return firstRow<WaveRow>(
    sql,
    `${WAVE} where w.programme_id = $1 and (${PLACE}, w.code) < (select ${PLACE}, w.code from survey_wave w where w.id = $2)
     order by ${PLACE} desc, w.code desc limit 1`,
    [programmeId, waveId],
  );
}

/** How often something was answered to a question, of sheets that stand. */
export interface AnswerCount {
  questionId: string;
  /** A status, or a barrier. */
  code: string;
  count: number;
  /** Of a barrier: how often it was ranked first; null of a status. */
  first: number | null;
}

/** What was answered in a wave, counted, of the trusts that the reader may see. */
export function answerCounts(sql: Sql, waveId: string): Promise<AnswerCount[]> {
  return sql.query<AnswerCount>(
    `select a.question_id as "questionId", a.status as code, count(*)::int as count, null::int as first
     from survey_sheet s join survey_answer a on a.sheet_id = s.id
     where s.wave_id = $1 and s.state = 'submitted' group by a.question_id, a.status
     union all
     select b.question_id, b.barrier, count(*)::int, count(*) filter (where b.rank = 1)::int
     from survey_sheet s join survey_barrier b on b.sheet_id = s.id
     where s.wave_id = $1 and s.state = 'submitted' group by b.question_id, b.barrier
     order by 1, 2`,
    [waveId],
  );
}
