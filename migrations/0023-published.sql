-- live: what is published is counted, and added up, by period and measure, without reading the measurements themselves
create index concurrently if not exists measurement_published on exemplar.measurement
  (programme_id, period_id, measure_id, trust_id) include (validated_numerator, validated_denominator, illustrative)
  where state = 'published' and validated_numerator is not null
-- next
create index concurrently if not exists measurement_by_state on exemplar.measurement (programme_id, state, trust_id)
-- next
create index concurrently if not exists measurement_unvalidated on exemplar.measurement (programme_id, id)
  where state in ('draft', 'self-reported', 'challenged', 'rejected')
-- next
create index concurrently if not exists finding_of_nothing_changed on exemplar.finding (report_version_id)
  where code = 'nothing-changed'
