-- What an adoption took and cost is looked at by somebody else than whoever recorded it, as it stands; until then, and
-- whenever it is written anew, it is not validated.
alter table adoption
  add column figures_state text not null default 'reported'
    constraint adoption_figures_state check (figures_state in ('reported', 'validated', 'rejected')),
  -- Who recorded its days and its cost, beside who recorded it.
  add column figures_by uuid[] not null default '{}',
  add column decided_by uuid references person,
  add column decided_at timestamptz,
  add column decision_note text,
  add constraint adoption_figures_decided check ((figures_state = 'reported') = (decided_by is null)
    and num_nulls(decided_by, decided_at) in (0, 2) and (figures_state <> 'rejected' or decision_note is not null)),
  -- The rule refuses this first, with its reason.
  add constraint adoption_validated_is_live check (figures_state <> 'validated' or live_on is not null),
  add constraint adoption_validator_is_another check (decided_by <> recorded_by and decided_by <> all (figures_by));
create index adoption_figures_waiting on adoption (programme_id, live_on, id)
  where state = 'live' and figures_state <> 'validated';
call keep_past_of('adoption');

create function validated_figures_are_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'Validated figures stay as they are while they are validated'
    using errcode = 'check_violation', constraint = 'validated_figures_are_fixed';
end $$;
create trigger validated_figures_are_fixed before update on adoption for each row
  when (old.figures_state = 'validated' and new.figures_state = 'validated'
    and (old.started_on, old.live_on, old.cost_pence, old.cost_basis, old.figures_by, old.decided_by, old.decided_at)
      is distinct from
      (new.started_on, new.live_on, new.cost_pence, new.cost_basis, new.figures_by, new.decided_by, new.decided_at))
  execute function validated_figures_are_fixed();

-- Whoever wrote in those that are there, by the log.
do $$
begin
  perform set_config('exemplar.reach', 'all', true);
  perform set_config('exemplar.action', 'adoption.name-recorders', true);
  update adoption a set figures_by = w.people
  from (select e.subject_id, array_agg(distinct e.actor_id::uuid) as people from log_entry e
    where e.table_name = 'adoption' and e.operation = 'update' and e.actor_id ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
    group by e.subject_id) w
  where w.subject_id = a.id and a.state <> 'abandoned';
end $$;
