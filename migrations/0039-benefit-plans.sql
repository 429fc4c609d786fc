-- The plan of an agreed benefit changes by a change request alone, as it was approved, and what it was stays readable.

alter table change_request drop constraint change_request_kind, add constraint change_request_kind
  check (kind in ('reprofile', 'move-money', 'carry-forward', 'vary', 'replan-benefits'));

alter table benefit add column plan_version integer not null default 1;
call keep_past_of('benefit');

-- What a plan was when another took its place.
create table benefit_plan (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  benefit_id uuid not null,
  number integer not null,
  -- By financial year: what was planned.
  years jsonb not null,
  -- The reference of the change request that replaced it.
  change_request text not null,
  replaced_at timestamptz not null default moment(),
  constraint benefit_plan_benefit foreign key (trust_id, benefit_id) references benefit (trust_id, id) on update cascade,
  constraint benefit_plan_number unique (benefit_id, number)
);
call guard('benefit_plan', 'trust');
revoke update on benefit_plan from exemplar_app;

create or replace function agreed_profile_is_fixed() returns trigger language plpgsql as $$
declare
  line benefit_year := case when tg_op = 'INSERT' then new else old end;
  asked jsonb;
begin
  if not exists (select from benefit b where b.id = line.benefit_id and b.state <> 'draft') then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  select p.plan -> 'years' into asked
    from benefit b join project j on j.id = b.project_id
      join change_request r on r.programme_id = b.programme_id and r.trust_id = b.trust_id
        and r.kind = 'replan-benefits' and r.state = 'approved'
      cross join lateral jsonb_array_elements(r.content -> 'plans') p (plan)
    where b.id = line.benefit_id and p.plan ->> 'benefit' = j.code || '/' || b.code
      and case tg_op
        when 'DELETE' then not exists (select from jsonb_array_elements(p.plan -> 'years') y (year)
          where y.year ->> 'financialYear' = old.financial_year)
        else exists (select from jsonb_array_elements(p.plan -> 'years') y (year)
          where y.year ->> 'financialYear' = new.financial_year and (y.year ->> 'planned')::bigint = new.planned_value) end
    limit 1;
  if asked is null or (tg_op = 'UPDATE' and (old.benefit_id, old.financial_year) <> (new.benefit_id, new.financial_year)) then
    raise exception 'The plan of an agreed benefit changes as a change request was approved, and not otherwise'
      using errcode = 'check_violation', constraint = 'agreed_benefit_is_fixed';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
