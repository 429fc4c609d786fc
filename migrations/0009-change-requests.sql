create sequence change_request_number;
grant usage on sequence change_request_number to exemplar_app;

create table change_request (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  agreement_id uuid not null,
  reference text not null default 'CR-' || lpad(nextval('change_request_number')::text, 5, '0')
    constraint change_request_reference unique,
  kind text not null constraint change_request_kind check (kind in ('reprofile', 'move-money', 'carry-forward', 'vary')),
  title text not null,
  justification text not null,
  -- What is asked for, by kind.
  content jsonb not null,
  -- What it would do to money, dates, gates and targets, as computed at `impact_at`.
  impact jsonb,
  impact_at timestamptz,
  state text not null constraint change_request_state check (state in ('draft', 'submitted', 'impact-assessed',
    'approved', 'rejected', 'deferred', 'withdrawn', 'applied')),
  state_since timestamptz not null default now(),
  requested_by uuid not null references person,
  -- Everybody who wrote it: none of them decides on it.
  prepared_by uuid[] not null default '{}',
  submitted_at timestamptz,
  assessed_by uuid references person,
  decided_by uuid references person,
  decided_at timestamptz,
  decision_reason text,
  deferred_until date,
  applied_by uuid references person,
  applied_at timestamptz,
  -- The version of the agreement that it made, where it made one.
  applied_version integer,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint change_request_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint change_request_of_agreement unique (agreement_id, id),
  constraint change_decider_is_not_requester check (decided_by <> requested_by
    and not decided_by = any (prepared_by))
);
create index change_request_by_programme on change_request (programme_id, state, id);
create index change_request_by_agreement on change_request (agreement_id, id);
call guard('change_request', 'trust');

create function decided_change_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was asked for never changes once it is decided on'
    using errcode = 'check_violation', constraint = 'decided_change_is_fixed';
end $$;
create trigger decided_change_is_fixed before update on change_request for each row
  when (old.state in ('approved', 'rejected', 'applied')
    and (old.content, old.impact, old.kind, old.requested_by, old.prepared_by, old.decided_by, old.decided_at)
      is distinct from
        (new.content, new.impact, new.kind, new.requested_by, new.prepared_by, new.decided_by, new.decided_at))
  execute function decided_change_is_fixed();

alter table agreement_version add constraint agreement_version_change_request
  foreign key (agreement_id, change_request_id) references change_request (agreement_id, id);
