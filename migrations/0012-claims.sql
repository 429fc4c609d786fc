-- A tranche that is opened although something blocks it: by a named person, for a reason, for these blockers.
create table gate_waiver (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  tranche_id uuid not null,
  codes text[] not null constraint gate_waiver_codes check (cardinality(codes) > 0),
  -- What blocked the tranche under those codes when it was granted: it lets these be, and nothing that comes later.
  covers jsonb not null,
  reason text not null,
  authority text not null,
  granted_by uuid not null references person,
  granted_at timestamptz not null default now(),
  expires_on date,
  withdrawn_by uuid references person,
  withdrawn_at timestamptz,
  withdrawal_reason text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint gate_waiver_tranche foreign key (trust_id, tranche_id) references tranche (trust_id, id),
  constraint gate_waiver_withdrawn check (num_nulls(withdrawn_by, withdrawn_at, withdrawal_reason) in (0, 3))
);
create index gate_waiver_by_tranche on gate_waiver (tranche_id);
call guard('gate_waiver', 'trust');

create function granted_waiver_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What a waiver says never changes: it is withdrawn, and another is granted'
    using errcode = 'check_violation', constraint = 'granted_waiver_is_fixed';
end $$;
create trigger granted_waiver_is_fixed before update on gate_waiver for each row
  when (old.withdrawn_at is not null
    or (old.trust_id, old.tranche_id, old.codes, old.covers, old.reason, old.authority, old.granted_by, old.granted_at,
        old.expires_on)
      is distinct from (new.trust_id, new.tranche_id, new.codes, new.covers, new.reason, new.authority, new.granted_by,
        new.granted_at, new.expires_on))
  execute function granted_waiver_is_fixed();

create sequence claim_number;
grant usage on sequence claim_number to exemplar_app;

create table claim (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  agreement_id uuid not null,
  tranche_id uuid not null,
  reference text not null default 'CLM-' || lpad(nextval('claim_number')::text, 6, '0')
    constraint claim_reference unique,
  -- An advance is paid before costs arise, and only from a tranche that is one.
  kind text not null constraint claim_kind check (kind in ('costs', 'advance')),
  state text not null constraint claim_state check (state in ('draft', 'fd-certified', 'submitted', 'evidence-check',
    'queried', 'recommended', 'approved', 'part-approved', 'rejected', 'scheduled', 'paid', 'reconciled',
    'recovery-raised', 'recovery-agreed', 'recovered', 'written-off', 'withdrawn')),
  state_since timestamptz not null default now(),
  version integer not null default 1,
  description text not null default '',
  claimed_pence bigint not null default 0 constraint claim_claimed check (claimed_pence >= 0),
  approved_pence bigint,
  prepared_by uuid[] not null default '{}',
  certified_by uuid references person,
  certified_at timestamptz,
  submitted_by uuid references person,
  submitted_at timestamptz,
  checked_by uuid references person,
  recommended_by uuid references person,
  recommended_at timestamptz,
  recommendation text,
  approved_by uuid references person,
  approved_at timestamptz,
  second_approved_by uuid references person,
  second_approved_at timestamptz,
  decision_reason text,
  -- Who withdrew or rejected it, or cancelled its approval; when is `state_since`.
  ended_by uuid references person,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint claim_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint claim_tranche foreign key (agreement_id, tranche_id) references tranche (agreement_id, id),
  constraint claim_of_trust unique (trust_id, id),
  constraint claim_of_agreement unique (agreement_id, id),
  constraint claim_approved_within_claimed check (approved_pence between 0 and claimed_pence),
  constraint claim_certifier_is_not_preparer check (not certified_by = any (prepared_by)),
  constraint claim_checker_is_neither check (not checked_by = any (prepared_by || certified_by)
    and not recommended_by = any (prepared_by || certified_by)),
  constraint claim_approver_is_none_of_them check (not approved_by = any (prepared_by || certified_by)),
  constraint claim_second_approver_is_another check (
    not second_approved_by = any (prepared_by || certified_by || approved_by))
);
create index claim_by_programme on claim (programme_id, state, id);
create index claim_by_agreement on claim (agreement_id, id);
create index claim_by_tranche on claim (tranche_id);
create index claim_by_state on claim (state, state_since, id);
call guard('claim', 'trust');

-- What a version was when another took its place.
create table claim_version (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  claim_id uuid not null,
  number integer not null,
  description text not null,
  claimed_pence bigint not null,
  prepared_by uuid[] not null,
  certified_by uuid references person,
  certified_at timestamptz,
  submitted_by uuid references person,
  submitted_at timestamptz,
  checked_by uuid references person,
  revised_by uuid not null references person,
  revised_at timestamptz not null default now(),
  reason text not null,
  constraint claim_version_claim foreign key (trust_id, claim_id) references claim (trust_id, id),
  constraint claim_version_number unique (claim_id, number)
);
call guard('claim_version', 'trust');
revoke update on claim_version from exemplar_app;

create table claim_line (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  agreement_id uuid not null,
  claim_id uuid not null,
  -- A query that changes the claim makes a new version; the lines of the one before stay.
  version integer not null,
  position integer not null,
  line_id uuid not null,
  project_id uuid references project,
  category text,
  description text not null,
  supplier text,
  invoice_reference text,
  incurred_on date,
  invoiced_on date,
  defrayed_on date,
  net_pence bigint constraint claim_line_net check (net_pence >= 0),
  vat_pence bigint constraint claim_line_vat check (vat_pence >= 0),
  recoverable_vat_pence bigint constraint claim_line_recoverable check (recoverable_vat_pence between 0 and vat_pence),
  claimed_pence bigint not null constraint claim_line_claimed check (claimed_pence > 0),
  -- What whoever checked it recommends to approve, where that is less, and why.
  recommended_pence bigint,
  recommended_because text,
  approved_pence bigint,
  disallowed_because text,
  revision integer not null default 1,
  constraint claim_line_claim foreign key (agreement_id, claim_id) references claim (agreement_id, id),
  constraint claim_line_line foreign key (agreement_id, line_id) references funding_line (agreement_id, id),
  constraint claim_line_position unique (claim_id, version, position),
  constraint claim_line_recommended check (recommended_pence between 0 and claimed_pence),
  constraint claim_line_approved check (approved_pence between 0 and claimed_pence),
  constraint claim_line_disallowed check (approved_pence >= claimed_pence or disallowed_because is not null)
);
call guard('claim_line', 'trust');
grant delete on claim_line to exemplar_app;

create function submitted_claim_is_fixed() returns trigger language plpgsql as $$
declare
  line claim_line := case when tg_op = 'INSERT' then new else old end;
begin
  if exists (select from claim c where c.id = line.claim_id and (c.version <> line.version or c.state <> 'draft')) then
    raise exception 'The lines of a submitted claim never change; a changed claim is a new version'
      using errcode = 'check_violation', constraint = 'submitted_claim_is_fixed';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger submitted_claim_is_fixed before insert or delete on claim_line
  for each row execute function submitted_claim_is_fixed();
create trigger submitted_claim_line_is_fixed before update on claim_line for each row
  when ((to_jsonb(old) - array['recommended_pence', 'recommended_because', 'approved_pence', 'disallowed_because',
      'revision'])
    is distinct from (to_jsonb(new) - array['recommended_pence', 'recommended_because', 'approved_pence',
      'disallowed_because', 'revision']))
  execute function submitted_claim_is_fixed();

create table claim_query (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  claim_id uuid not null,
  version integer not null,
  -- The position of the line that is asked about; null for the claim as a whole.
  position integer,
  question text not null,
  raised_by uuid not null references person,
  raised_at timestamptz not null default now(),
  answer text,
  answered_by uuid references person,
  answered_at timestamptz,
  revision integer not null default 1,
  constraint claim_query_claim foreign key (trust_id, claim_id) references claim (trust_id, id)
);
create index claim_query_by_claim on claim_query (claim_id);
call guard('claim_query', 'trust');

-- A supplier and its reference as they are told apart: by letters and digits alone, in whatever case, with whatever
-- accents.
create function cost_reference_key(supplier text, reference text) returns text language sql immutable as $$
  select regexp_replace(lower(normalize(supplier, NFKD) collate pg_c_utf8), '[^[:alnum:]]+', '', 'g') || ' '
    || regexp_replace(lower(normalize(reference, NFKD) collate pg_c_utf8), '[^[:alnum:]]+', '', 'g')
$$;

-- What proves a cost, of a claim or of match. One piece of evidence counts once: by what it is and by what it says it
-- is, across agreements and programmes.
create table cost_evidence (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  claim_id uuid,
  contribution_id uuid,
  supplier text not null,
  reference text not null,
  reference_key text not null generated always as (cost_reference_key(supplier, reference)) stored
    constraint cost_evidence_reference check (reference_key ~ '^[^ ]+ [^ ]+$'),
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null constraint cost_evidence_size check (size_bytes > 0),
  sha256 text not null constraint cost_evidence_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  description text not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default now(),
  -- False once the claim or contribution that it proved came to nothing.
  counts boolean not null default true,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint cost_evidence_of_one check ((claim_id is null) <> (contribution_id is null)),
  constraint cost_evidence_claim foreign key (trust_id, claim_id) references claim (trust_id, id),
  constraint cost_evidence_contribution foreign key (trust_id, contribution_id) references contribution (trust_id, id)
);
create unique index cost_evidence_counts_once on cost_evidence (sha256) where counts;
create unique index cost_reference_counts_once on cost_evidence (reference_key) where counts;
create index cost_evidence_by_claim on cost_evidence (claim_id) where claim_id is not null;
create index cost_evidence_by_contribution on cost_evidence (contribution_id) where contribution_id is not null;
-- What an auditor looks for: the same reference again, once it counts no more or on a line of a claim; the same cost
-- again.
create index cost_evidence_by_sha256 on cost_evidence (sha256) where not counts;
create index cost_evidence_by_reference on cost_evidence (reference_key) where not counts;
create index claim_line_by_reference on claim_line (cost_reference_key(supplier, invoice_reference));
create index claim_line_alike on claim_line (incurred_on, claimed_pence);
call guard('cost_evidence', 'trust');

create function evidence_of_cost_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'Evidence of a cost never changes, and what counts no more never counts again; it is sent anew'
    using errcode = 'check_violation', constraint = 'evidence_of_cost_is_fixed';
end $$;
create trigger evidence_of_cost_is_fixed before update on cost_evidence for each row
  when ((new.counts and not old.counts)
    or (old.claim_id, old.contribution_id, old.supplier, old.reference, old.file_name, old.media_type,
        old.size_bytes, old.sha256, old.storage_key, old.description, old.uploaded_by, old.uploaded_at)
      is distinct from (new.claim_id, new.contribution_id, new.supplier, new.reference, new.file_name,
        new.media_type, new.size_bytes, new.sha256, new.storage_key, new.description, new.uploaded_by, new.uploaded_at))
  execute function evidence_of_cost_is_fixed();

-- What a gate looked like when money was let through it.
create table gate_decision (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  agreement_id uuid not null,
  tranche_id uuid not null,
  claim_id uuid not null,
  step text not null constraint gate_decision_step check (step in ('approve', 'schedule', 'pay')),
  opened_by text not null constraint gate_decision_opened_by check (opened_by in ('conditions', 'waiver')),
  waiver_id uuid references gate_waiver,
  -- Blockers that were waived, and the figures and states that were looked at.
  waived jsonb not null,
  facts jsonb not null,
  decided_by uuid not null references person,
  decided_at timestamptz not null default now(),
  illustrative boolean not null default false,
  constraint gate_decision_claim foreign key (agreement_id, claim_id) references claim (agreement_id, id),
  constraint gate_decision_tranche foreign key (agreement_id, tranche_id) references tranche (agreement_id, id),
  constraint gate_decision_of_claim unique (claim_id, tranche_id, id),
  constraint gate_decision_by_waiver check ((opened_by = 'waiver') = (waiver_id is not null))
);
create index gate_decision_by_tranche on gate_decision (tranche_id);
call guard('gate_decision', 'trust');
revoke update on gate_decision from exemplar_app;

create function gate_decision_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was decided at a gate is never edited'
    using errcode = 'insufficient_privilege', constraint = 'gate_decision_is_fixed';
end $$;
create trigger gate_decision_is_fixed before update or delete on gate_decision
  for each row execute function gate_decision_is_fixed();
