-- live: indexes by the instant at which a thing left a stage, so that where time went in a year is read without the years
-- before it
drop index concurrently if exists exemplar.report_version_by_acceptance
-- next
create index concurrently report_version_by_acceptance on exemplar.report_version (accepted_at, report_id) where accepted_at is not null
-- next
drop index concurrently if exists past.report_version_by_acceptance
-- next
create index concurrently report_version_by_acceptance on past.report_version (accepted_at, report_id, to_number) where accepted_at is not null
-- next
drop index concurrently if exists exemplar.measurement_by_validation
-- next
create index concurrently measurement_by_validation on exemplar.measurement (programme_id, validated_at) include (trust_id, reported_at) where validated_at is not null
-- next
drop index concurrently if exists past.measurement_by_validation
-- next
create index concurrently measurement_by_validation on past.measurement (programme_id, validated_at, to_number) include (trust_id, reported_at) where validated_at is not null
-- next
drop index concurrently if exists exemplar.claim_by_change
-- next
create index concurrently claim_by_change on exemplar.claim (programme_id, state_since, id)
-- next
drop index concurrently if exists past.claim_by_change
-- next
create index concurrently claim_by_change on past.claim (programme_id, state_since, id, to_number)
-- next
drop index concurrently if exists exemplar.contribution_by_decision
-- next
create index concurrently contribution_by_decision on exemplar.contribution (programme_id, decided_at) include (trust_id, evidenced_at) where decided_at is not null
-- next
drop index concurrently if exists past.contribution_by_decision
-- next
create index concurrently contribution_by_decision on past.contribution (programme_id, decided_at, to_number) include (trust_id, evidenced_at) where decided_at is not null
-- next
drop index concurrently if exists exemplar.change_request_by_change
-- next
create index concurrently change_request_by_change on exemplar.change_request (programme_id, state_since, id)
-- next
drop index concurrently if exists exemplar.benefit_actual_by_decision
-- next
create index concurrently benefit_actual_by_decision on exemplar.benefit_actual (programme_id, decided_at) where decided_at is not null
-- next
drop index concurrently if exists exemplar.blueprint_version_by_publication
-- next
create index concurrently blueprint_version_by_publication on exemplar.blueprint_version (programme_id, published_at) where published_at is not null
-- next
drop index concurrently if exists exemplar.assurance_item_by_decision
-- next
create index concurrently assurance_item_by_decision on exemplar.assurance_item (decided_at, id) where decided_at is not null
