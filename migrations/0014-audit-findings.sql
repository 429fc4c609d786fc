-- What a review or an audit found or recommended, and by when it is to be answered.
create sequence audit_finding_number;
grant usage on sequence audit_finding_number to exemplar_app;
create table audit_finding (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid references organisation,
  reference text not null default 'FND-' || lpad(nextval('audit_finding_number')::text, 5, '0')
    constraint audit_finding_reference unique,
  kind text not null constraint audit_finding_kind check (kind in ('finding', 'recommendation')),
  review text not null,
  statement text not null,
  owner text not null,
  due_on date not null,
  state text not null constraint audit_finding_state check (state in ('open', 'closed')),
  raised_by uuid not null references person,
  raised_at timestamptz not null default now(),
  response text,
  closed_by uuid references person,
  closed_at timestamptz,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint audit_finding_closed check ((state = 'closed') = (closed_by is not null))
);
create index audit_finding_by_day on audit_finding (programme_id, due_on, id);
call guard('audit_finding', 'trust');

create function closed_finding_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A closed finding never changes; what comes up again is another one'
    using errcode = 'check_violation', constraint = 'closed_finding_is_fixed';
end $$;
create trigger closed_finding_is_fixed before update on audit_finding for each row
  when (old.state = 'closed') execute function closed_finding_is_fixed();
