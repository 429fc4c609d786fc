-- live: what is published is counted, and added up, by period and measure, without reading the measurements themselves
drop index concurrently if exists exemplar.measurement_published
-- next
create index concurrently measurement_published on exemplar.measurement
  (programme_id, period_id, measure_id, trust_id) include (validated_numerator, validated_denominator, illustrative)
  where state = 'published' and validated_numerator is not null
-- next
drop index concurrently if exists exemplar.measurement_by_state
-- next
create index concurrently measurement_by_state on exemplar.measurement (programme_id, state, trust_id)
-- next
drop index concurrently if exists exemplar.measurement_unvalidated
-- next
create index concurrently measurement_unvalidated on exemplar.measurement (programme_id, id)
  where state in ('draft', 'self-reported', 'challenged', 'rejected')
-- next
drop index concurrently if exists exemplar.finding_of_nothing_changed
-- next
create index concurrently finding_of_nothing_changed on exemplar.finding (report_version_id)
  where code = 'nothing-changed'
