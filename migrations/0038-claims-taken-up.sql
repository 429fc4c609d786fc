-- When a claim was taken up to be checked, beside by whom; of those that were taken up before it is not known.
alter table claim add column checked_at timestamptz,
  add constraint claim_taken_up_by_somebody check (checked_at is null or checked_by is not null);
call keep_past_of('claim');
alter table claim_version add column checked_at timestamptz;
call keep_past_of('claim_version');
