-- A demonstration stands at a day, and plays the days before it: what it writes down is of those days. The log's own
-- instants, keys and sessions stay with the database's clock.

-- When it is, as the programme counts.
create function moment() returns timestamptz language sql stable as
  $$ select coalesce(nullif(current_setting('exemplar.moment', true), '')::timestamptz, exemplar.read_at()) $$;

alter table evidence alter uploaded_at set default moment();
alter table report_query alter raised_at set default moment();
alter table agreement_version alter prepared_at set default moment();
alter table change_request alter state_since set default moment();
alter table journal alter recorded_at set default moment();
alter table ledger_difference alter raised_at set default moment();
alter table gate_waiver alter granted_at set default moment();
alter table claim alter state_since set default moment();
alter table claim_version alter revised_at set default moment();
alter table claim_query alter raised_at set default moment();
alter table cost_evidence alter uploaded_at set default moment();
alter table gate_decision alter decided_at set default moment();
alter table payment alter scheduled_at set default moment(),
  alter scheduled_on set default (moment() at time zone 'Europe/London')::date;
alter table recovery alter raised_at set default moment();
alter table extract alter uploaded_at set default moment();
alter table year_end alter closed_at set default moment();
alter table audit_finding alter raised_at set default moment();
alter table audit_finding_step alter made_at set default moment();

-- Work that the queue does is of the day on which it was asked for.
alter table outbox_message add asked_on date
  default (nullif(current_setting('exemplar.moment', true), '')::timestamptz at time zone 'Europe/London')::date;
