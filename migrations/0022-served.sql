-- live: indexes for what was read whole: a return by its receipt and by its trust, postings by tranche and by trust, and
-- the spend of a line
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
-- next
drop index concurrently if exists exemplar.progress_report_by_trust;
-- next
create index concurrently progress_report_by_trust on exemplar.progress_report (trust_id, programme_id, due_on desc, id desc);
-- next
drop index concurrently if exists past.progress_report_by_trust;
-- next
create index concurrently progress_report_by_trust on past.progress_report (trust_id, programme_id, due_on desc, id desc, to_number);
-- next
drop index concurrently if exists exemplar.reported_spend_of_line;
-- next
create index concurrently reported_spend_of_line on exemplar.reported_spend (programme_id, trust_id, financial_year, kind)
  where source = 'grant' and not superseded;
