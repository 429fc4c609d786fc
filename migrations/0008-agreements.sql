-- Agreements and what they rest on. The award stays as the definition says it; what was agreed since is a version.

-- The instalments that an award is planned in. `milestones` names them as returns do: project/milestone.
create table award_tranche (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  award_id uuid not null,
  number integer not null constraint award_tranche_number check (number > 0),
  name text not null,
  basis text not null constraint award_tranche_basis check (basis in ('advance', 'delivery')),
  planned_on date not null,
  grant_pence bigint not null constraint award_tranche_grant check (grant_pence > 0),
  milestones text[] not null,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint award_tranche_award foreign key (trust_id, award_id) references award (trust_id, id),
  constraint award_tranche_once unique (award_id, number)
);
call guard('award_tranche', 'trust');
-- A definition may plan an award in fewer instalments, until it is agreed.
grant delete on award_tranche to exemplar_app;

create table agreement (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  -- Of whoever was awarded first: a novated agreement keeps it, and is held by another trust.
  award_id uuid not null references award,
  reference text not null,
  state text not null constraint agreement_state check (state in ('draft', 'in-due-diligence', 'approved', 'offered',
    'signed', 'active', 'suspended', 'closing', 'closed', 'withdrawn', 'terminated', 'novated')),
  -- The version that is in force; before the signature, the one that is being agreed.
  version integer not null default 1,
  -- As in the version in force, so that the ledger can be held to them.
  window_starts_on date not null,
  window_ends_on date not null,
  match_pence integer not null constraint agreement_match_pence check (match_pence >= 0),
  per_grant_pence integer not null constraint agreement_per_grant_pence check (per_grant_pence > 0),
  -- The agreement that this one took over.
  predecessor_id uuid references agreement constraint agreement_novated_once unique,
  activated_on date,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint agreement_reference unique (programme_id, reference),
  constraint agreement_of_trust unique (trust_id, id),
  constraint agreement_window check (window_starts_on <= window_ends_on),
  constraint agreement_is_not_its_own_predecessor check (predecessor_id <> id)
);
-- An award is agreed once: neither a second agreement nor the one that was novated counts its money again.
create unique index agreement_standing on agreement (award_id) where state not in ('withdrawn', 'novated');
create index agreement_by_trust on agreement (programme_id, trust_id);
call guard('agreement', 'trust');

create table agreement_version (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  agreement_id uuid not null,
  number integer not null,
  -- Parties, lines, tranches, match ratio and rules, window, conditions.
  terms jsonb not null,
  effective_on date,
  prepared_by uuid not null references person,
  prepared_at timestamptz not null default now(),
  -- Who else changed it while it was a draft.
  edited_by uuid[] not null default '{}',
  approved_by uuid references person,
  approved_at timestamptz,
  signed_by uuid references person,
  signed_at timestamptz,
  change_request_id uuid,
  constraint agreement_version_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint agreement_version_number unique (agreement_id, number),
  constraint agreement_approver_is_not_preparer check (approved_by <> prepared_by
    and not approved_by = any (edited_by))
);
call guard('agreement_version', 'trust');

create function approved_version_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'An approved version of an agreement never changes; a variation is a new version'
    using errcode = 'check_violation', constraint = 'approved_version_is_fixed';
end $$;
create trigger approved_version_is_fixed before update on agreement_version for each row
  when (old.approved_at is not null
    and ((old.terms, old.prepared_by, old.prepared_at, old.edited_by, old.approved_by, old.approved_at, old.number,
        old.change_request_id)
      is distinct from (new.terms, new.prepared_by, new.prepared_at, new.edited_by, new.approved_by, new.approved_at,
        new.number, new.change_request_id)
      or (old.signed_at is not null
        and (old.signed_by, old.signed_at) is distinct from (new.signed_by, new.signed_at))
      or (old.effective_on is not null and old.effective_on is distinct from new.effective_on)))
  execute function approved_version_is_fixed();

-- What is agreed for a financial year and kind: the ledger keeps accounts for each.
create table funding_line (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  agreement_id uuid not null,
  financial_year text not null constraint funding_line_year check (financial_year ~ '^\d{4}/\d{2}$'),
  kind text not null constraint funding_line_kind check (kind in ('capital', 'revenue')),
  constraint funding_line_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint funding_line_once unique (agreement_id, financial_year, kind),
  constraint funding_line_of_agreement unique (agreement_id, id),
  constraint funding_line_of_trust unique (trust_id, id)
);
call guard('funding_line', 'trust');

-- The instalments in force. What is drawn follows the postings, by their trigger.
create table tranche (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  agreement_id uuid not null,
  number integer not null,
  name text not null,
  basis text not null constraint tranche_basis check (basis in ('advance', 'delivery')),
  planned_on date not null,
  grant_pence bigint not null,
  drawn_pence bigint not null default 0,
  revision integer not null default 1,
  constraint tranche_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint tranche_once unique (agreement_id, number),
  constraint tranche_of_agreement unique (agreement_id, id),
  constraint tranche_of_trust unique (trust_id, id),
  constraint tranche_never_overdrawn check (drawn_pence between 0 and grant_pence)
);
call guard('tranche', 'trust');
-- A variation may leave out one that nothing names yet.
grant delete on tranche to exemplar_app;

create table tranche_milestone (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  tranche_id uuid not null,
  milestone_id uuid not null,
  constraint tranche_milestone_tranche foreign key (trust_id, tranche_id) references tranche (trust_id, id),
  constraint tranche_milestone_milestone foreign key (trust_id, milestone_id) references milestone (trust_id, id)
    on update cascade,
  constraint tranche_milestone_once unique (tranche_id, milestone_id)
);
call guard('tranche_milestone', 'trust');
grant delete on tranche_milestone to exemplar_app;

-- What a definition gave cannot be changed under an agreement: an approved change request varies the agreement.
create function award_is_agreed() returns trigger language plpgsql as $$
declare
  changed constant jsonb := to_jsonb(case tg_op when 'INSERT' then new else old end);
begin
  if exists (select from agreement g where g.award_id = coalesce(changed ->> 'award_id', changed ->> 'id')::uuid
    and g.state not in ('draft', 'withdrawn')) then
    raise exception 'An award that is agreed never changes; the agreement is varied'
      using errcode = 'check_violation', constraint = 'award_is_agreed';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger award_is_agreed before update of grant_pence, match_pence on award for each row
  when ((old.grant_pence, old.match_pence) is distinct from (new.grant_pence, new.match_pence))
  execute function award_is_agreed();
create trigger award_is_agreed before update of grant_pence, match_pence on award_line for each row
  when ((old.grant_pence, old.match_pence) is distinct from (new.grant_pence, new.match_pence))
  execute function award_is_agreed();
create trigger award_is_agreed before update on award_tranche for each row
  when ((old.number, old.basis, old.planned_on, old.grant_pence, old.milestones)
    is distinct from (new.number, new.basis, new.planned_on, new.grant_pence, new.milestones))
  execute function award_is_agreed();
create trigger award_stays_as_agreed before insert or delete on award_line for each row
  execute function award_is_agreed();
create trigger award_stays_as_agreed before insert or delete on award_tranche for each row
  execute function award_is_agreed();

-- The day that is agreed now, where an approved change request moved it; the baseline stays what it was.
alter table milestone add column agreed_on date;

-- Under a novation a project goes to another trust, and what belongs to it goes with it.
alter table goal drop constraint goal_project, add constraint goal_project
  foreign key (trust_id, project_id) references project (trust_id, id) on update cascade;
alter table milestone drop constraint milestone_project, add constraint milestone_project
  foreign key (trust_id, project_id) references project (trust_id, id) on update cascade;
alter table evidence drop constraint evidence_milestone, add constraint evidence_milestone
  foreign key (trust_id, milestone_id) references milestone (trust_id, id) on update cascade;
-- What was measured stays with the trust that reported it.
alter table measurement drop constraint measurement_project, add constraint measurement_project
  foreign key (project_id) references project (id);
