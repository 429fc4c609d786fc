import { given, type Sql } from '../database/sql.js';
import { LINK } from './sheet.queries.js';
import type { AdoptionStatus, EvidenceLink } from './survey.rules.js';

/** What a trust answered to one question of what is adopted, of a sheet that stands. */
export interface AnsweredRow {
  trustId: string;
  trust: { odsCode: string; name: string };
  sheet: string;
  /** `code/v1`. */
  question: string;
  wording: string;
  position: number;
  status: AdoptionStatus;
  evidence: string | null;
  link: (EvidenceLink & { name: string | null }) | null;
  measureId: string | null;
  measure: { targetSet: string; code: string; name: string } | null;
  illustrative: boolean;
}

export interface AnswerFilter {
  /** ODS code. */
  trust: string | null;
  /** `code/v1`. */
  question: string | null;
  status: AdoptionStatus | null;
}

/** What trusts answered in a wave, by trust and question, `limit` at most, those after a name, an id and a place. */
export function answered(
  sql: Sql,
  waveId: string,
  filter: AnswerFilter,
  limit: number,
  after: unknown[] | null,
): Promise<AnsweredRow[]> {
  const values: unknown[] = [waveId, limit];
  const wanted = given(values, {
    'o.ods_code = ?': filter.trust,
    "q.code || '/v' || q.version = ?": filter.question,
    'a.status = ?': filter.status,
    '(o.name, o.id, k.position) > (?, ?::uuid, ?::int)': after,
  });
  return sql.query<AnsweredRow>(
    `select s.trust_id as "trustId", json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, s.id as sheet,
       q.code || '/v' || q.version as question, q.wording, k.position, a.status, a.evidence, ${LINK} as link,
       q.measure_id as "measureId", (select json_build_object('targetSet', t.code || '/v' || t.version, 'code', m.code,
         'name', m.name) from measure m join target_set t on t.id = m.target_set_id where m.id = q.measure_id) as measure,
       s.illustrative
     from survey_sheet s join organisation o on o.id = s.trust_id
       join survey_answer a on a.sheet_id = s.id join survey_question q on q.id = a.question_id
       join survey_wave_question k on k.wave_id = s.wave_id and k.question_id = q.id
     where s.wave_id = $1 and s.state = 'submitted'${wanted} order by o.name, o.id, k.position limit $2`,
    values,
  );
}
