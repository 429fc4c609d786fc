-- live: an index by trust of what was validated, so that where time went at the trusts that changed is read without the others
drop index concurrently if exists exemplar.measurement_of_trust_by_validation
-- next
create index concurrently measurement_of_trust_by_validation on exemplar.measurement (trust_id, validated_at) include (programme_id, reported_at) where validated_at is not null
-- next
drop index concurrently if exists past.measurement_of_trust_by_validation
-- next
create index concurrently measurement_of_trust_by_validation on past.measurement (trust_id, validated_at, to_number) include (programme_id, reported_at) where validated_at is not null
