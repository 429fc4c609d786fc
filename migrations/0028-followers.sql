-- Followers: what was decided of a pairing, what it was awarded, and what followers and others adopt.

-- A pairing begins as the definition names it. Once somebody decided on it, the record says what stands.
alter table programme_role
  add column decided_because text,
  add column decided_by uuid references person,
  add column decided_at timestamptz,
  -- An award of its own, and its match: as a source says, and in no ledger, so that it counts nowhere else.
  add column award_pence bigint constraint programme_role_award check (award_pence > 0),
  add column award_match_pence bigint constraint programme_role_award_match check (award_match_pence >= 0),
  add column award_source text,
  add constraint programme_role_decided check (num_nulls(decided_because, decided_by, decided_at) in (0, 3)),
  add constraint programme_role_awarded check (num_nulls(award_pence, award_match_pence, award_source) in (0, 3)),
  add constraint programme_role_of_follower check (follows_id is not null or num_nulls(decided_at, award_pence) = 2);
call keep_past_of('programme_role');

create sequence adoption_number;
grant usage on sequence adoption_number to exemplar_app;
create table adoption (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  reference text not null default 'ADO-' || lpad(nextval('adoption_number')::text, 5, '0')
    constraint adoption_reference unique,
  blueprint_id uuid not null references blueprint,
  version_id uuid not null references blueprint_version,
  -- Who adopts, and whose blueprint it is.
  organisation_id uuid not null references organisation,
  owner_id uuid not null references organisation,
  mode text not null constraint adoption_mode check (mode in ('shared-software', 'common-team', 'standard-methods')),
  state text not null constraint adoption_state check (state in ('considering', 'adopting', 'live', 'abandoned')),
  local_changes text not null default '',
  started_on date,
  live_on date,
  abandoned_on date,
  abandoned_because text,
  cost_pence bigint constraint adoption_cost check (cost_pence > 0),
  cost_basis text,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null default moment(),
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint adoption_of_another check (organisation_id <> owner_id),
  constraint adoption_started check ((state <> 'considering' or started_on is null)
    and (state not in ('adopting', 'live') or started_on is not null)),
  constraint adoption_live check ((state <> 'live' or live_on is not null) and (live_on is null or started_on <= live_on)),
  constraint adoption_abandoned check ((state = 'abandoned') = (num_nulls(abandoned_on, abandoned_because) = 0)
    and num_nulls(abandoned_on, abandoned_because) in (0, 2)),
  constraint adoption_costed check (num_nulls(cost_pence, cost_basis) in (0, 2))
);
-- One that goes on at a time; whoever gave it up may try again.
create unique index adoption_once on adoption (blueprint_id, organisation_id) where state <> 'abandoned';
create index adoption_by_programme on adoption (programme_id, id);
create index adoption_by_organisation on adoption (organisation_id, id);
call guard('adoption', 'programme');
create policy adopter_inserts on adoption for insert
  with check (organisation_id = (select setting('exemplar.trust_id')::uuid));
create policy adopter_updates on adoption for update
  using (organisation_id = (select setting('exemplar.trust_id')::uuid))
  with check (organisation_id = (select setting('exemplar.trust_id')::uuid));

create function adopted_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'Which blueprint was adopted by whom never changes, and what was abandoned stays so'
    using errcode = 'check_violation', constraint = 'adopted_is_fixed';
end $$;
create trigger adopted_is_fixed before update on adoption for each row
  when (old.state = 'abandoned' or (old.blueprint_id, old.version_id, old.organisation_id, old.owner_id)
    is distinct from (new.blueprint_id, new.version_id, new.organisation_id, new.owner_id))
  execute function adopted_is_fixed();
