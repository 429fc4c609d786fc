-- What the trusts of a programme add up to, kept as at an entry of the log, so that a total needs only what came after it.
-- It is derived from the record, as the past is, and no part of it: it can be emptied at any time.
create table kept_sum (
  programme_id uuid not null references programme,
  -- Which sum, and what it was asked for with.
  name text not null,
  asked jsonb not null,
  -- One for each day, as it stood last.
  kept_on date not null,
  number bigint not null,
  -- How many trusts there were.
  trusts integer not null,
  -- Figures by their names: pence, and counts.
  sums jsonb not null,
  primary key (programme_id, name, asked, kept_on)
);
create index kept_sum_latest on kept_sum (programme_id, name, asked, number desc);
alter table kept_sum enable row level security;
alter table kept_sum force row level security;
-- A trust sees its own rows only, and adds those up.
create policy of_all_trusts on kept_sum using ((select setting('exemplar.reach') = 'all'));
grant select, insert, update on kept_sum to exemplar_app;

create view as_at.kept_sum with (security_invoker = true) as
  select * from exemplar.kept_sum where number <= exemplar.as_at_number();
grant select on as_at.kept_sum to exemplar_app;

alter table ledger_difference drop constraint ledger_difference_kind,
  add constraint ledger_difference_kind check (kind in ('balance', 'journal', 'agreement', 'tranche', 'control', 'kept'));
