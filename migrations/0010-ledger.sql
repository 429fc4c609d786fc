-- The ledger. Money only moves: a posting takes a positive amount from one stage of a line to another, in a journal.
-- A line is a financial year and a kind of one agreement, so no posting can take capital to revenue, one year to
-- another or one trust to another. Journals and postings are inserted and nothing else; the accounts' balances follow
-- from the postings, by a trigger, and no statement of the application can set one.

-- Stage `outside` is where money of a line comes from and goes to: its balance is minus what the line holds.
create table account (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  line_id uuid not null,
  source text not null,
  stage text not null,
  balance_pence bigint not null,
  constraint account_line foreign key (trust_id, line_id) references funding_line (trust_id, id),
  constraint account_once unique (line_id, source, stage),
  constraint account_stage check (
    (source = 'grant' and stage in ('outside', 'awarded', 'claimed', 'approved', 'paid', 'recovered', 'written-off',
      'lapsed', 'withdrawn'))
    or (source = 'match' and stage in ('outside', 'pledged', 'evidenced', 'accepted', 'withdrawn'))),
  constraint account_never_below_zero check (balance_pence >= 0 or stage = 'outside')
);
call guard('account', 'trust');
revoke insert, update on account from exemplar_app;

create table journal (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  agreement_id uuid not null,
  kind text not null constraint journal_kind check (kind in ('award', 'pledge', 'claim', 'advance', 'release', 'approve',
    'pay', 'recover', 'write-off', 'evidence', 'unevidence', 'accept', 'reallocate', 'lapse', 'withdraw', 'novate',
    'reverse')),
  dated_on date not null,
  narrative text not null,
  claim_id uuid,
  payment_id uuid,
  recovery_id uuid,
  contribution_id uuid,
  change_request_id uuid,
  -- The journal that this one undoes, whole.
  reverses_id uuid references journal constraint journal_reversed_once unique,
  -- The other side of a novation: what left one agreement came to the other.
  novates_id uuid references journal constraint journal_novated_once unique,
  -- What its postings must come to when the transaction commits.
  postings integer not null constraint journal_has_postings check (postings > 0),
  total_pence bigint not null constraint journal_total check (total_pence > 0),
  illustrative boolean not null default false,
  recorded_at timestamptz not null default now(),
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint journal_agreement foreign key (trust_id, agreement_id) references agreement (trust_id, id),
  constraint journal_change_request foreign key (agreement_id, change_request_id)
    references change_request (agreement_id, id),
  constraint journal_of_agreement unique (id, agreement_id, trust_id, kind),
  constraint journal_cause check (case
    when kind in ('claim', 'advance', 'release', 'approve') then claim_id is not null
    when kind = 'pay' then payment_id is not null
    when kind in ('recover', 'write-off') then recovery_id is not null
    when kind in ('evidence', 'unevidence', 'accept', 'pledge') then contribution_id is not null
    when kind = 'reallocate' then change_request_id is not null
    else true end),
  constraint journal_reversal check ((kind = 'reverse') = (reverses_id is not null))
);
create index journal_by_agreement on journal (agreement_id, id);
create index journal_by_claim on journal (claim_id) where claim_id is not null;
create index journal_by_payment on journal (payment_id) where payment_id is not null;
create index journal_by_contribution on journal (contribution_id) where contribution_id is not null;
call guard('journal', 'trust');
revoke update on journal from exemplar_app;

create table posting (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  agreement_id uuid not null,
  journal_id uuid not null,
  kind text not null,
  line_id uuid not null,
  source text not null constraint posting_source check (source in ('grant', 'match')),
  from_stage text not null,
  to_stage text not null,
  amount_pence bigint not null constraint posting_amount check (amount_pence > 0),
  -- When the cost arose that is claimed or counted as match.
  incurred_on date,
  tranche_id uuid,
  reverses_id uuid constraint posting_reversed_once unique,
  constraint posting_journal foreign key (journal_id, agreement_id, trust_id, kind)
    references journal (id, agreement_id, trust_id, kind),
  constraint posting_line foreign key (agreement_id, line_id) references funding_line (agreement_id, id),
  constraint posting_tranche foreign key (agreement_id, tranche_id) references tranche (agreement_id, id),
  constraint posting_as_it_was unique (id, line_id, source, from_stage, to_stage, amount_pence),
  -- A reversal takes the same amount back the same way.
  constraint posting_mirrors foreign key (reverses_id, line_id, source, to_stage, from_stage, amount_pence)
    references posting (id, line_id, source, from_stage, to_stage, amount_pence),
  constraint posting_reversal check ((kind = 'reverse') = (reverses_id is not null)),
  constraint posting_dated check ((kind in ('claim', 'evidence')) = (incurred_on is not null)),
  constraint posting_drawn check (tranche_id is not null
    or kind not in ('claim', 'advance', 'release', 'approve')),
  constraint posting_move check (case kind
    when 'award' then (source, from_stage, to_stage) in (('grant', 'outside', 'awarded'), ('match', 'outside', 'pledged'))
    when 'pledge' then (source, from_stage, to_stage) = ('match', 'outside', 'pledged')
    when 'claim' then (source, from_stage, to_stage) = ('grant', 'awarded', 'claimed')
    when 'advance' then (source, from_stage, to_stage) = ('grant', 'awarded', 'claimed')
    when 'release' then (source, from_stage, to_stage)
      in (('grant', 'claimed', 'awarded'), ('grant', 'approved', 'awarded'))
    when 'approve' then (source, from_stage, to_stage)
      in (('grant', 'claimed', 'approved'), ('grant', 'claimed', 'awarded'))
    when 'pay' then (source, from_stage, to_stage) = ('grant', 'approved', 'paid')
    when 'recover' then (source, from_stage, to_stage) = ('grant', 'paid', 'recovered')
    when 'write-off' then (source, from_stage, to_stage) = ('grant', 'paid', 'written-off')
    when 'evidence' then (source, from_stage, to_stage) = ('match', 'pledged', 'evidenced')
    when 'unevidence' then (source, from_stage, to_stage) = ('match', 'evidenced', 'pledged')
    when 'accept' then (source, from_stage, to_stage) = ('match', 'evidenced', 'accepted')
    when 'reallocate' then (source, from_stage, to_stage)
      in (('grant', 'awarded', 'outside'), ('grant', 'lapsed', 'outside'), ('grant', 'outside', 'awarded'),
          ('match', 'pledged', 'outside'), ('match', 'outside', 'pledged'))
    when 'lapse' then (source, from_stage, to_stage) = ('grant', 'awarded', 'lapsed')
    when 'withdraw' then (source, from_stage, to_stage)
      in (('grant', 'awarded', 'withdrawn'), ('match', 'pledged', 'withdrawn'))
    when 'novate' then (from_stage = 'outside') <> (to_stage = 'outside')
    when 'reverse' then true
    else false end)
);
create index posting_by_journal on posting (journal_id);
create index posting_by_line on posting (line_id, source);
call guard('posting', 'trust');
revoke update on posting from exemplar_app;

create function ledger_is_insert_only() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is never edited: a journal is corrected by its reversal'
    using errcode = 'insufficient_privilege', constraint = 'ledger_is_insert_only';
end $$;
create trigger ledger_is_insert_only before update or delete on journal
  for each row execute function ledger_is_insert_only();
create trigger ledger_is_insert_only before update or delete on posting
  for each row execute function ledger_is_insert_only();

-- The journal is closed when its transaction ends; a cost arose within the window and within its line's year.
create function posting_may_stand() returns trigger language plpgsql as $$
declare
  year date;
begin
  if (select j.transaction_id from journal j where j.id = new.journal_id) is distinct from pg_current_xact_id() then
    raise exception 'Nothing is added to a journal that stands'
      using errcode = 'check_violation', constraint = 'journal_is_closed';
  end if;
  if new.incurred_on is not null then
    select make_date(left(l.financial_year, 4)::integer, 4, 1) into year from funding_line l where l.id = new.line_id;
    if new.incurred_on not between year and (year + interval '1 year - 1 day')::date
      or not exists (select from agreement g where g.id = new.agreement_id
        and new.incurred_on between g.window_starts_on and g.window_ends_on) then
      raise exception 'A cost of % is outside the window of its agreement or the year of its line', new.incurred_on
        using errcode = 'check_violation', constraint = 'posting_within_window';
    end if;
  end if;
  return new;
end $$;
create trigger posting_may_stand before insert on posting for each row execute function posting_may_stand();

-- Moves the balances, in the order of accounts, as every journal does: two of them cannot wait for each other.
create function move_balances() returns trigger
  language plpgsql security definer set search_path = exemplar, pg_temp
as $$
begin
  insert into account (trust_id, line_id, source, stage, balance_pence)
  select distinct trust_id, line_id, source, stage, 0
  from (select trust_id, line_id, source, from_stage as stage from posted
        union all select trust_id, line_id, source, to_stage from posted) touched
  order by line_id, source, stage
  on conflict (line_id, source, stage) do nothing;

  perform from account a join posted p
    on p.line_id = a.line_id and p.source = a.source and a.stage in (p.from_stage, p.to_stage)
  order by a.line_id, a.source, a.stage for no key update of a;

  update account a set balance_pence = a.balance_pence + moved.amount
  from (select line_id, source, stage, sum(amount) as amount
        from (select line_id, source, from_stage as stage, -amount_pence as amount from posted
              union all select line_id, source, to_stage, amount_pence from posted) both_sides
        group by line_id, source, stage having sum(amount) <> 0) moved
  where (a.line_id, a.source, a.stage) = (moved.line_id, moved.source, moved.stage);

  update tranche t set drawn_pence = drawn_pence + drawn.amount
  from (select tranche_id, sum(case
          when to_stage = 'awarded' then -amount_pence
          when from_stage = 'awarded' then amount_pence
          else 0 end) as amount
        from posted where tranche_id is not null group by tranche_id) drawn
  where t.id = drawn.tranche_id and drawn.amount <> 0;
  return null;
end $$;
revoke execute on function move_balances from public;
create trigger move_balances after insert on posting referencing new table as posted
  for each statement execute function move_balances();

-- At commit, when all of a journal is there. It reads only, so it cannot deadlock with the log's head.
create function journal_adds_up() returns trigger language plpgsql as $$
declare
  found_postings bigint;
  found_pence numeric;
  fault text;
begin
  select count(*), coalesce(sum(amount_pence), 0) into found_postings, found_pence
  from posting where journal_id = new.id;
  if found_postings <> new.postings or found_pence <> new.total_pence then
    fault := 'its postings are not those that it says';
  elsif new.kind = 'reallocate' and exists (
    select from posting where journal_id = new.id group by source
    having sum(case when to_stage = 'outside' then amount_pence else -amount_pence end) <> 0) then
    fault := 'what it takes is not what it gives';
  elsif new.kind = 'reallocate' and not exists (
    select from change_request c where c.id = new.change_request_id and c.state in ('approved', 'applied')) then
    fault := 'no approved change request moves this money';
  elsif new.kind = 'reverse' and (
    new.total_pence <> (select j.total_pence from journal j where j.id = new.reverses_id)
    or exists (select from posting p join posting o on o.id = p.reverses_id
      where p.journal_id = new.id
        and (o.journal_id, o.tranche_id) is distinct from (new.reverses_id, p.tranche_id))) then
    fault := 'it does not reverse the whole of its journal';
  elsif new.novates_id is not null
    and new.total_pence <> (select j.total_pence from journal j where j.id = new.novates_id) then
    fault := 'what came is not what left';
  end if;
  if fault is not null then
    raise exception 'The journal % cannot stand: %', new.id, fault
      using errcode = 'check_violation', constraint = 'journal_adds_up';
  end if;
  return null;
end $$;
create constraint trigger journal_adds_up after insert on journal
  deferrable initially deferred for each row execute function journal_adds_up();

-- What the nightly reconciliation found and what became of it: an alert until it is cleared.
create table ledger_difference (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid references organisation,
  kind text not null constraint ledger_difference_kind check (kind in ('balance', 'journal', 'agreement', 'tranche',
    'control')),
  subject text not null,
  expected_pence bigint not null,
  found_pence bigint not null,
  raised_at timestamptz not null default now(),
  cleared_at timestamptz,
  revision integer not null default 1
);
create unique index ledger_difference_standing on ledger_difference (programme_id, kind, subject)
  where cleared_at is null;
call guard('ledger_difference', 'trust');

-- When the balances of a programme were last held against its postings and totals, and what was compared.
create table ledger_check (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  accounts integer not null,
  postings integer not null,
  differences integer not null,
  checked_at timestamptz not null default now()
);
create index ledger_check_latest on ledger_check (programme_id, checked_at desc);
call guard('ledger_check', 'programme');
