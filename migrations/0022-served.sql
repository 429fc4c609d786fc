-- live: indexes for what was read whole: a return by its receipt, and postings by tranche and by trust
drop index concurrently if exists exemplar.report_version_by_receipt;
-- next
create index concurrently report_version_by_receipt on exemplar.report_version (receipt_id) where receipt_id is not null;
-- next
drop index concurrently if exists exemplar.posting_by_tranche;
-- next
create index concurrently posting_by_tranche on exemplar.posting (tranche_id) where tranche_id is not null;
-- next
drop index concurrently if exists exemplar.posting_by_trust;
-- next
create index concurrently posting_by_trust on exemplar.posting (trust_id, id);
-- next
drop index concurrently if exists past.posting_by_trust;
-- next
create index concurrently posting_by_trust on past.posting (trust_id, id, to_number);
-- next
drop index concurrently if exists past.posting_by_tranche;
-- next
create index concurrently posting_by_tranche on past.posting (tranche_id, to_number) where tranche_id is not null;
