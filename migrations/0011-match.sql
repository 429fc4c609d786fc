create sequence contribution_number;
grant usage on sequence contribution_number to exemplar_app;

-- What a trust puts beside the grant: pledged, evidenced, accepted by another person.
create table contribution (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  agreement_id uuid not null,
  line_id uuid not null,
  reference text not null default 'MAT-' || lpad(nextval('contribution_number')::text, 5, '0')
    constraint contribution_reference unique,
  type text not null,
  category text,
  description text not null,
  valuation text not null constraint contribution_valuation check (valuation in ('invoice', 'payroll', 'time-record',
    'market-rate', 'independent', 'estimate')),
  state text not null constraint contribution_state check (state in ('pledged', 'evidenced', 'accepted', 'rejected',
    'withdrawn')),
  -- When a pledge is expected to be met.
  expected_on date,
  amount_pence bigint not null constraint contribution_amount check (amount_pence > 0),
  net_pence bigint,
  vat_pence bigint,
  recoverable_vat_pence bigint,
  incurred_on date,
  invoiced_on date,
  defrayed_on date,
  recorded_by uuid[] not null,
  evidenced_by uuid references person,
  evidenced_at timestamptz,
  decided_by uuid references person,
  decided_at timestamptz,
  decision_reason text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint contribution_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint contribution_line foreign key (agreement_id, line_id) references funding_line (agreement_id, id),
  constraint contribution_of_trust unique (trust_id, id),
  constraint contribution_of_agreement unique (agreement_id, id),
  constraint contribution_vat check (recoverable_vat_pence <= vat_pence and net_pence >= 0 and recoverable_vat_pence >= 0),
  -- VAT that is got back is no contribution.
  constraint contribution_is_not_vat check (state not in ('evidenced', 'accepted')
    or amount_pence <= net_pence + vat_pence - recoverable_vat_pence),
  constraint contribution_proved check (state not in ('evidenced', 'accepted')
    or (incurred_on is not null and net_pence is not null and vat_pence is not null
      and recoverable_vat_pence is not null and evidenced_by is not null)),
  constraint match_accepter_is_neither check (decided_by <> evidenced_by and not decided_by = any (recorded_by))
);
create index contribution_by_agreement on contribution (agreement_id, id);
create index contribution_by_programme on contribution (programme_id, state, id);
create index contribution_alike on contribution (incurred_on, amount_pence) where state in ('evidenced', 'accepted');
call guard('contribution', 'trust');

-- The ledger holds what was evidenced: it is that, until it is rejected.
create function evidenced_match_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What a contribution was when it was evidenced never changes; it is rejected, and evidenced anew'
    using errcode = 'check_violation', constraint = 'evidenced_match_is_fixed';
end $$;
create trigger evidenced_match_is_fixed before update on contribution for each row
  when (old.state in ('evidenced', 'accepted') and new.state in ('evidenced', 'accepted')
    and (old.agreement_id, old.line_id, old.type, old.category, old.valuation, old.amount_pence, old.net_pence,
        old.vat_pence, old.recoverable_vat_pence, old.incurred_on, old.invoiced_on, old.defrayed_on)
      is distinct from (new.agreement_id, new.line_id, new.type, new.category, new.valuation, new.amount_pence,
        new.net_pence, new.vat_pence, new.recoverable_vat_pence, new.incurred_on, new.invoiced_on, new.defrayed_on))
  execute function evidenced_match_is_fixed();

alter table journal add constraint journal_contribution foreign key (agreement_id, contribution_id)
  references contribution (agreement_id, id);
