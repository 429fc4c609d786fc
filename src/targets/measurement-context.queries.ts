import { firstRow, type Sql } from '../database/sql.js';
import type { MeasurementState } from './measurement.rules.js';
import type { Direction, Parts } from './progress.rules.js';

/** What surrounds a measurement: its programme, its measure, its return, and the same measure at other times. */
export interface MeasurementContext {
  programme: { slug: string; name: string };
  /** The return that reported it. */
  report: { id: string; version: number };
  measure: {
    question: string;
    numeratorLabel: string;
    denominatorLabel: string;
    direction: Direction;
    targetSet: { ref: string; name: string };
    target: Parts;
    baseline: Parts | null;
  };
  reporterId: string;
  /** What was said when it was challenged, rejected or validated. */
  validationNote: string | null;
  /** The same measure of the same trust, itself and what was superseded among them, in order of time. */
  series: Array<{
    id: string;
    period: string;
    endsOn: string;
    state: MeasurementState;
    selfReported: Parts;
    validated: Parts | null;
  }>;
}

/** What surrounds a measurement; undefined where there is none that the reader may see. */
export function measurementContext(sql: Sql, id: string): Promise<MeasurementContext | undefined> {
  return firstRow<MeasurementContext>(
    sql,
    `select json_build_object('slug', g.slug, 'name', g.name) as programme,
       json_build_object('id', n.report_id, 'version', n.number) as report,
       json_build_object('question', m.question, 'numeratorLabel', m.numerator_label,
         'denominatorLabel', m.denominator_label, 'direction', m.direction,
         'targetSet', json_build_object('ref', s.code || '/v' || s.version, 'name', s.name),
         'target', json_build_object('numerator', m.target_numerator, 'denominator', m.target_denominator),
         'baseline', m.baseline) as measure,
       v.reported_by as "reporterId", v.validation_note as "validationNote",
       (select json_agg(json_build_object('id', e.id, 'period', t.label, 'endsOn', t.ends_on, 'state', e.state,
           'selfReported', json_build_object('numerator', e.numerator, 'denominator', e.denominator),
           'validated', case when e.validated_numerator is not null then json_build_object(
             'numerator', e.validated_numerator, 'denominator', e.validated_denominator) end) order by t.ends_on, e.id)
         from measurement e join reporting_period t on t.id = e.period_id
         where e.trust_id = v.trust_id and e.measure_id = v.measure_id
           and e.project_id is not distinct from v.project_id) as series
     from measurement v join measure m on m.id = v.measure_id join target_set s on s.id = m.target_set_id
       join programme g on g.id = v.programme_id join report_version n on n.id = v.report_version_id
     where v.id = $1`,
    [id],
  );
}
