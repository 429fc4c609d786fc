import { firstRow, given, type Sql } from '../../database/sql.js';
import { personOf } from '../../funding/people.queries.js';
import type { SampleItemView, SampleView } from './sample.types.js';

const VIEW = `select s.id, s.reference, g.slug as programme, s.purpose, s.population, s.narrowed, s.method, s.parameters,
    s.seed, s.as_at_number as "asAtNumber", to_json(s.as_at) as "asAt", s.population_size as "populationSize",
    s.population_pence as "populationPence", s.population_sha256 as "populationSha256", s.strata, s.items,
    (select count(*)::int from audit_sample_item i where i.sample_id = s.id and i.result is not null) as checked,
    (select count(*)::int from audit_sample_item i where i.sample_id = s.id and i.result = 'exception') as exceptions,
    ${personOf('s.drawn_by')} as "drawnBy", to_json(s.drawn_at) as "drawnAt", s.illustrative
  from audit_sample s join programme g on g.id = s.programme_id`;

/** A programme's samples, the latest first, `limit` at most, those before an id where given. */
export function samples(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<SampleView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 's.id < ?': before });
  return sql.query<SampleView>(
    `${VIEW} where s.programme_id = $1${wanted} order by s.id desc limit $2`,
    values,
  );
}

/** One sample by its id. */
export function sample(sql: Sql, id: string): Promise<SampleView | undefined> {
  return firstRow<SampleView>(sql, `${VIEW} where s.id = $1`, [id]);
}

/** The items of a sample, in the order in which they were drawn. */
export function sampleItems(sql: Sql, sampleId: string): Promise<SampleItemView[]> {
  return sql.query<SampleItemView>(
    `select i.id, i.position, i.subject_id as "subjectId", i.reference, i.trust_ods as "trustOds",
       json_build_object('table', i.about_table, 'id', i.about_id) as about, i.amount_pence as "amountPence", i.stratum,
       i.hits, i.certain, i.result, i.exception_pence as "exceptionPence", i.words,
       ${personOf('i.checked_by')} as "checkedBy", to_json(i.checked_at) as "checkedAt", i.revision
     from audit_sample_item i where i.sample_id = $1 order by i.position`,
    [sampleId],
  );
}

/** The instant of an entry of the log; none where there is no such entry. */
export async function instantOfEntry(sql: Sql, number: number): Promise<string | undefined> {
  const row = await firstRow<{ at: string }>(
    sql,
    'select to_json(recorded_at) #>> array[]::text[] as at from log_entry where number = $1',
    [number],
  );
  return row?.at;
}
