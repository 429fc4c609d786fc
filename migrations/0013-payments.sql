create sequence payment_number;
grant usage on sequence payment_number to exemplar_app;
create sequence recovery_number;
grant usage on sequence recovery_number to exemplar_app;

-- No payment without a gate that opened: it refers to the decision.
create table payment (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  agreement_id uuid not null,
  claim_id uuid not null,
  tranche_id uuid not null,
  gate_decision_id uuid not null,
  reference text not null default 'PAY-' || lpad(nextval('payment_number')::text, 6, '0')
    constraint payment_reference unique,
  amount_pence bigint not null constraint payment_amount check (amount_pence > 0),
  state text not null constraint payment_state check (state in ('scheduled', 'paid', 'reconciled', 'cancelled',
    'reversed')),
  scheduled_for date not null,
  -- The day on which it was scheduled, as the programme counts days: nothing is paid before it.
  scheduled_on date not null default (now() at time zone 'Europe/London')::date,
  scheduled_by uuid not null references person,
  scheduled_at timestamptz not null default now(),
  paid_on date,
  bank_reference text,
  paid_by uuid references person,
  recorded_at timestamptz,
  reconciled_at timestamptz,
  -- Why it was cancelled or reversed.
  closed_because text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint payment_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint payment_claim foreign key (agreement_id, claim_id) references claim (agreement_id, id),
  constraint payment_gate foreign key (claim_id, tranche_id, gate_decision_id)
    references gate_decision (claim_id, tranche_id, id),
  constraint payment_of_trust unique (trust_id, id),
  constraint payment_of_agreement unique (agreement_id, id),
  constraint payment_of_claim unique (claim_id, id),
  constraint payment_recorded check (state not in ('paid', 'reconciled')
    or (paid_on is not null and bank_reference is not null and paid_by is not null))
);
create unique index payment_standing on payment (claim_id) where state not in ('cancelled', 'reversed');
-- One transfer of the bank pays one claim: a line of an extract is held against one payment.
create unique index payment_bank_reference_once
  on payment (programme_id, lower(regexp_replace(bank_reference, '[^A-Za-z0-9]+', '', 'g')))
  where state in ('paid', 'reconciled');
create index payment_by_programme on payment (programme_id, state, id);
create index payment_by_day on payment (programme_id, coalesce(paid_on, scheduled_for), id);
call guard('payment', 'trust');

create function payer_is_none_of_them() returns trigger language plpgsql as $$
begin
  if exists (select from claim c where c.id = new.claim_id
    and (array[new.scheduled_by, new.paid_by]) && (c.prepared_by
      || array_remove(array[c.certified_by, c.approved_by, c.second_approved_by], null))) then
    raise exception 'Whoever prepared, certified or approved a claim does not pay it'
      using errcode = 'check_violation', constraint = 'payer_is_none_of_them';
  end if;
  return new;
end $$;
create trigger payer_is_none_of_them before insert or update on payment
  for each row execute function payer_is_none_of_them();

-- As much as was approved of the claim, after the gate was passed for this very step.
create function payment_may_be_made() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and not exists (select from claim c where c.id = new.claim_id
    and (c.programme_id, c.tranche_id, c.approved_pence)
      is not distinct from (new.programme_id, new.tranche_id, new.amount_pence)) then
    raise exception 'A payment is what was approved of its claim'
      using errcode = 'check_violation', constraint = 'payment_is_what_was_approved';
  end if;
  if (tg_op = 'INSERT' or new.state = 'paid' and old.state = 'scheduled')
    and not exists (select from gate_decision d where d.id = new.gate_decision_id
      and d.step = case new.state when 'scheduled' then 'schedule' else 'pay' end) then
    raise exception 'Nothing is scheduled or paid before its gate was passed for it'
      using errcode = 'check_violation', constraint = 'no_payment_without_gate';
  end if;
  return new;
end $$;
create trigger payment_may_be_made before insert or update on payment
  for each row execute function payment_may_be_made();

create function payment_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was scheduled and what was paid never change: a payment is cancelled or reversed, and made anew'
    using errcode = 'check_violation', constraint = 'payment_is_fixed';
end $$;
create trigger payment_is_fixed before update on payment for each row
  when ((old.programme_id, old.trust_id, old.agreement_id, old.claim_id, old.tranche_id, old.reference, old.amount_pence,
        old.scheduled_for, old.scheduled_on, old.scheduled_by, old.scheduled_at)
      is distinct from (new.programme_id, new.trust_id, new.agreement_id, new.claim_id, new.tranche_id, new.reference,
        new.amount_pence, new.scheduled_for, new.scheduled_on, new.scheduled_by, new.scheduled_at)
    or old.state in ('cancelled', 'reversed') and old.state <> new.state
    or old.state <> 'scheduled'
      and (old.gate_decision_id, old.paid_on, old.bank_reference, old.paid_by, old.recorded_at)
        is distinct from (new.gate_decision_id, new.paid_on, new.bank_reference, new.paid_by, new.recorded_at))
  execute function payment_is_fixed();

create table recovery (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  agreement_id uuid not null,
  claim_id uuid not null,
  payment_id uuid not null,
  reference text not null default 'REC-' || lpad(nextval('recovery_number')::text, 5, '0')
    constraint recovery_reference unique,
  cause text not null constraint recovery_cause check (cause in ('ineligible', 'unmatched', 'misused', 'overpaid')),
  reason text not null,
  amount_pence bigint not null constraint recovery_amount check (amount_pence > 0),
  state text not null constraint recovery_state check (state in ('raised', 'agreed', 'recovered', 'written-off',
    'withdrawn')),
  due_on date not null,
  raised_by uuid not null references person,
  raised_at timestamptz not null default now(),
  agreed_by uuid references person,
  agreed_at timestamptz,
  closed_by uuid references person,
  closed_on date,
  receipt_reference text,
  -- Who allowed a write-off, and where that is written.
  authority text,
  -- Why it was written off or withdrawn.
  closed_because text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint recovery_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint recovery_payment foreign key (claim_id, payment_id) references payment (claim_id, id),
  constraint recovery_claim foreign key (agreement_id, claim_id) references claim (agreement_id, id),
  constraint recovery_of_trust unique (trust_id, id),
  constraint recovery_of_agreement unique (agreement_id, id),
  constraint recovery_closed check (state not in ('recovered', 'written-off') or closed_by is not null),
  constraint write_off_by_another check (state <> 'written-off' or closed_by <> raised_by)
);
create unique index recovery_open on recovery (claim_id) where state in ('raised', 'agreed');
create index recovery_by_payment on recovery (payment_id);
create index recovery_by_programme on recovery (programme_id, state, due_on);
create index recovery_by_day on recovery (programme_id, due_on, id);
call guard('recovery', 'trust');

-- Nobody is asked for more than was paid; those of one payment are raised one after another (recovery_open).
create function recovery_within_payment() returns trigger language plpgsql as $$
begin
  if new.amount_pence > (
    select case when p.state in ('paid', 'reconciled') then p.amount_pence else 0 end - coalesce((
      select sum(r.amount_pence) from recovery r
      where r.payment_id = new.payment_id and r.id <> new.id and r.state <> 'withdrawn'), 0)
    from payment p where p.id = new.payment_id) then
    raise exception 'No more is recovered than was paid'
      using errcode = 'check_violation', constraint = 'recovery_within_payment';
  end if;
  return new;
end $$;
create trigger recovery_within_payment before insert or update of amount_pence, payment_id on recovery
  for each row execute function recovery_within_payment();

alter table journal
  add constraint journal_claim foreign key (agreement_id, claim_id) references claim (agreement_id, id),
  add constraint journal_payment foreign key (agreement_id, payment_id) references payment (agreement_id, id),
  add constraint journal_recovery foreign key (agreement_id, recovery_id) references recovery (agreement_id, id);

-- What the bank or the finance ledger says was paid. Rows without a trust are the funder's to see.
create table extract (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid,
  origin text not null constraint extract_origin check (origin in ('bank', 'ledger')),
  file_name text not null,
  sha256 text not null,
  from_on date not null,
  to_on date not null,
  lines integer not null,
  uploaded_by uuid not null references person,
  uploaded_at timestamptz not null default now(),
  illustrative boolean not null default false,
  constraint extract_dates check (from_on <= to_on),
  constraint extract_once unique (programme_id, sha256)
);
call guard('extract', 'trust');
revoke update on extract from exemplar_app;
create index extract_by_programme on extract (programme_id, id);

-- Each line of the extract, and each payment of its days that is in no line.
create table extract_item (
  id uuid primary key default uuidv7(),
  trust_id uuid,
  extract_id uuid not null references extract,
  line integer,
  booked_on date,
  reference text,
  payee text,
  amount_pence bigint,
  payment_id uuid references payment,
  result text not null constraint extract_item_result check (result in ('matched', 'differs', 'missing')),
  -- What differs, or where it is missing, in words.
  explanation text not null,
  constraint extract_item_of_something check (line is not null or payment_id is not null)
);
create index extract_item_by_extract on extract_item (extract_id, line);
create index extract_item_by_payment on extract_item (payment_id) where payment_id is not null;
call guard('extract_item', 'trust');
revoke update on extract_item from exemplar_app;

-- A financial year that is closed: what was not claimed of its lines has lapsed.
create table year_end (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  financial_year text not null,
  lapsed_pence bigint not null,
  closed_by uuid not null references person,
  closed_at timestamptz not null default now(),
  reason text not null,
  constraint year_end_once unique (programme_id, financial_year)
);
call guard('year_end', 'programme');
