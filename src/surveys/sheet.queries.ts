import { firstRow, type Sql } from '../database/sql.js';
import type { Answer, EvidenceLink, LinkKind, SheetState } from './survey.rules.js';

interface PersonRef {
  id: string;
  name: string;
}

/** An answer with what shows it by name; null where that is not the reader's to see. */
export interface AnswerView extends Answer {
  link: (EvidenceLink & { name: string | null }) | null;
}

/** What a trust answered, or is about to answer, in a wave. */
export interface SheetRow {
  id: string;
  /** The slug. */
  programme: string;
  programmeId: string;
  wave: string;
  trust: { odsCode: string; name: string };
  trustId: string;
  version: number;
  state: SheetState;
  /** The wave whose answers it was begun with, by its code and name. */
  prefilledFrom: { code: string; name: string } | null;
  answers: AnswerView[];
  answeredBy: PersonRef[];
  submittedBy: PersonRef | null;
  submittedAt: string | null;
  illustrative: boolean;
  revision: number;
}

/** What shows an answer `a`, as `{ kind, id, name }`. */
export const LINK = `case when a.product_id is not null then json_build_object('kind', 'product', 'id', a.product_id,
      'name', (select p.name from product p where p.id = a.product_id))
    when a.milestone_id is not null then json_build_object('kind', 'milestone', 'id', a.milestone_id,
      'name', (select m.name from milestone m where m.id = a.milestone_id))
    when a.measure_id is not null then json_build_object('kind', 'measure', 'id', a.measure_id,
      'name', (select m.name from measure m where m.id = a.measure_id)) end`;

/** The answers of a sheet `s`, in the order in which the wave asks. */
const ANSWERS = `(select coalesce(json_agg(json_build_object('question', q.code || '/v' || q.version,
      'status', a.status, 'evidence', a.evidence, 'link', ${LINK}, 'barriers', coalesce(b.codes, '[]'::json))
      order by k.position), '[]')
    from survey_wave_question k join survey_question q on q.id = k.question_id
      left join survey_answer a on a.sheet_id = s.id and a.question_id = q.id
      left join lateral (select json_agg(r.barrier order by r.rank) as codes from survey_barrier r
        where r.sheet_id = s.id and r.question_id = q.id) b on true
    where k.wave_id = s.wave_id and (a.id is not null or b.codes is not null))`;

const person = (id: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${id})`;

const SHEET = `select s.id, g.slug as programme, s.programme_id as "programmeId", w.code as wave,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, s.trust_id as "trustId", s.version, s.state,
    (select json_build_object('code', f.code, 'name', f.name) from survey_wave f where f.id = s.prefilled_from)
      as "prefilledFrom",
    ${ANSWERS} as answers,
    (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name, p.id), '[]')
      from person p where p.id = any (s.answered_by)) as "answeredBy",
    ${person('s.submitted_by')} as "submittedBy", to_json(s.submitted_at) as "submittedAt", s.illustrative, s.revision
  from survey_sheet s join programme g on g.id = s.programme_id join survey_wave w on w.id = s.wave_id
    join organisation o on o.id = s.trust_id`;

/** The sheets of trusts in waves that are under way or stand. */
export function openSheets(
  sql: Sql,
  waveIds: readonly string[],
  trustIds: readonly string[],
): Promise<SheetRow[]> {
  return sql.query<SheetRow>(
    `${SHEET} where s.wave_id = any ($1::uuid[]) and s.trust_id = any ($2::uuid[]) and s.state in ('draft', 'submitted')
     order by s.trust_id, s.wave_id, s.version`,
    [waveIds, trustIds],
  );
}

/** One sheet by its id. */
export function sheet(sql: Sql, id: string): Promise<SheetRow | undefined> {
  return firstRow<SheetRow>(sql, `${SHEET} where s.id = $1`, [id]);
}

/** What a trust submitted last, in a wave or before it; undefined where it never did. */
export function lastSubmitted(
  sql: Sql,
  waveId: string,
  trustId: string,
): Promise<(SheetRow & { waveId: string }) | undefined> {
  return firstRow(
    sql,
    `${SHEET.replace('select s.id,', 'select s.id, s.wave_id as "waveId",')}
     join survey_wave this on this.id = $1 and this.programme_id = s.programme_id
     where s.trust_id = $2 and s.state = 'submitted' and w.opens_on <= this.opens_on
     order by w.opens_on desc, s.id desc limit 1`,
    [waveId, trustId],
  );
}

/** The highest version of a trust's sheets in a wave; 0 where it has none. */
export async function lastVersion(sql: Sql, waveId: string, trustId: string): Promise<number> {
  const row = await firstRow<{ version: number }>(
    sql,
    'select coalesce(max(version), 0) as version from survey_sheet where wave_id = $1 and trust_id = $2',
    [waveId, trustId],
  );
  return row?.version ?? 0;
}

/** Whether an organisation is a confirmed awardee of a programme. */
export async function isAsked(sql: Sql, programmeId: string, trustId: string): Promise<boolean> {
  const found = await sql.query(
    `select 1 as one from programme_role where programme_id = $1 and organisation_id = $2 and role = 'awardee'
       and status = 'confirmed'`,
    [programmeId, trustId],
  );
  return found.length > 0;
}

const LINKED: Record<LinkKind, string> = {
  product:
    'select id from product where id = any ($1::uuid[]) and $2::uuid is not null and $3::uuid is not null',
  milestone: 'select id from milestone where id = any ($1::uuid[]) and programme_id = $2 and trust_id = $3',
  measure:
    'select id from measure where id = any ($1::uuid[]) and programme_id = $2 and $3::uuid is not null',
};

/** Which of these ids are of something of the record that may show a trust's answer. */
export async function linkable(
  sql: Sql,
  kind: LinkKind,
  ids: readonly string[],
  programmeId: string,
  trustId: string,
): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(LINKED[kind], [ids, programmeId, trustId]);
  return new Set(rows.map(({ id }) => id));
}

/** Something of the record that may show an answer, by name. */
export interface Linkable extends EvidenceLink {
  name: string;
}

/** As many things of a kind as somebody may choose from; the API takes any. */
const CHOICES = 100;

/** What may show a trust's answers: its milestones, products that it uses, and the programme's measures. */
export function linkables(sql: Sql, programmeId: string, trustId: string): Promise<Linkable[]> {
  return sql.query<Linkable>(
    `(select 'milestone' as kind, m.id, m.name from milestone m where m.programme_id = $1 and m.trust_id = $2
       order by m.baseline_on, m.id limit ${CHOICES})
     union all
     (select distinct 'product', p.id, p.name from deployment d join product p on p.id = d.product_id
       where d.programme_id = $1 and d.trust_id = $2 order by p.name, p.id limit ${CHOICES})
     union all
     (select 'measure', m.id, m.name from measure m join target_set s on s.id = m.target_set_id
       where m.programme_id = $1 order by s.code, s.version, m.position limit ${CHOICES})`,
    [programmeId, trustId],
  );
}
