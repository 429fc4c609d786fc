-- What is settled stays as it was settled, with who settled it and when. From there a thing goes only where its state
-- table leads (claim.rules.ts and the others); otherwise a step back would open to change what it fixed. What was sent,
-- applied or closed is a fact.

-- Money rests on the decision on a claim; only one that nothing is scheduled of is cancelled, and then the claim is rejected.
create function decided_claim_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was decided on a claim never changes: an approval is cancelled, a payment is reversed or asked back'
    using errcode = 'check_violation', constraint = 'decided_claim_is_fixed';
end $$;
create trigger decided_claim_is_fixed before update on claim for each row
  when (old.state in ('approved', 'part-approved', 'scheduled', 'paid', 'reconciled', 'recovery-raised',
      'recovery-agreed', 'recovered', 'written-off', 'rejected', 'withdrawn')
    and case
      when old.state = new.state then (to_jsonb(old) - 'revision') is distinct from (to_jsonb(new) - 'revision')
      when (old.state, new.state) in (('approved', 'rejected'), ('part-approved', 'rejected'))
        then (to_jsonb(old) - array['state', 'state_since', 'approved_pence', 'decision_reason', 'ended_by', 'revision'])
          is distinct from
          (to_jsonb(new) - array['state', 'state_since', 'approved_pence', 'decision_reason', 'ended_by', 'revision'])
      when (old.state, new.state) in (('approved', 'scheduled'), ('part-approved', 'scheduled'),
          ('scheduled', 'approved'), ('scheduled', 'part-approved'), ('scheduled', 'paid'),
          ('paid', 'approved'), ('paid', 'part-approved'), ('paid', 'reconciled'), ('paid', 'recovery-raised'),
          ('reconciled', 'approved'), ('reconciled', 'part-approved'), ('reconciled', 'recovery-raised'),
          ('recovery-raised', 'paid'), ('recovery-raised', 'reconciled'), ('recovery-raised', 'recovered'),
          ('recovery-raised', 'written-off'), ('recovery-raised', 'recovery-agreed'),
          ('recovery-agreed', 'recovered'), ('recovery-agreed', 'written-off'),
          ('recovered', 'recovery-raised'), ('written-off', 'recovery-raised'))
        then (to_jsonb(old) - array['state', 'state_since', 'revision'])
          is distinct from (to_jsonb(new) - array['state', 'state_since', 'revision'])
      else true end)
  execute function decided_claim_is_fixed();

-- What was decided of its lines goes with it; what was approved of them is taken back once their claim is rejected.
create function decided_line_is_fixed() returns trigger language plpgsql as $$
begin
  if not exists (select from claim c where c.id = old.claim_id and c.version = old.version
    and (c.state in ('draft', 'fd-certified', 'submitted', 'evidence-check', 'queried', 'recommended')
      or c.state = 'rejected' and num_nonnulls(new.approved_pence, new.disallowed_because) = 0
        and (old.recommended_pence, old.recommended_because)
          is not distinct from (new.recommended_pence, new.recommended_because))) then
    raise exception 'What was decided on the lines of a claim never changes'
      using errcode = 'check_violation', constraint = 'decided_claim_is_fixed';
  end if;
  return new;
end $$;
create trigger decided_line_is_fixed before update on claim_line for each row
  when ((old.recommended_pence, old.recommended_because, old.approved_pence, old.disallowed_because)
    is distinct from (new.recommended_pence, new.recommended_because, new.approved_pence, new.disallowed_because))
  execute function decided_line_is_fixed();

drop trigger payment_is_fixed on payment;
create trigger payment_is_fixed before update on payment for each row
  when (case
      when old.state = 'scheduled' then (old.programme_id, old.trust_id, old.agreement_id, old.claim_id, old.tranche_id,
          old.reference, old.amount_pence, old.scheduled_for, old.scheduled_on, old.scheduled_by, old.scheduled_at)
        is distinct from (new.programme_id, new.trust_id, new.agreement_id, new.claim_id, new.tranche_id,
          new.reference, new.amount_pence, new.scheduled_for, new.scheduled_on, new.scheduled_by, new.scheduled_at)
      when old.state = new.state then (to_jsonb(old) - 'revision') is distinct from (to_jsonb(new) - 'revision')
      when new.state = 'reconciled' then (to_jsonb(old) - array['state', 'reconciled_at', 'revision'])
        is distinct from (to_jsonb(new) - array['state', 'reconciled_at', 'revision'])
      else (to_jsonb(old) - array['state', 'closed_because', 'revision'])
        is distinct from (to_jsonb(new) - array['state', 'closed_because', 'revision']) end
    or old.state <> new.state and (old.state, new.state) not in (('scheduled', 'paid'), ('scheduled', 'cancelled'),
      ('paid', 'reconciled'), ('paid', 'reversed'), ('reconciled', 'reversed')))
  execute function payment_is_fixed();

create function recovery_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was agreed to be paid back, and how that ended, never changes; another recovery is raised'
    using errcode = 'check_violation', constraint = 'recovery_is_fixed';
end $$;
create trigger recovery_is_fixed before update on recovery for each row
  when (old.state <> 'raised' and case
      when old.state = new.state then (to_jsonb(old) - 'revision') is distinct from (to_jsonb(new) - 'revision')
      when (old.state, new.state) in (('agreed', 'recovered'), ('agreed', 'written-off'))
        then (to_jsonb(old) - array['state', 'closed_by', 'closed_on', 'receipt_reference', 'authority', 'closed_because',
            'revision'])
          is distinct from (to_jsonb(new) - array['state', 'closed_by', 'closed_on', 'receipt_reference', 'authority',
            'closed_because', 'revision'])
      else true end)
  execute function recovery_is_fixed();

drop trigger evidenced_match_is_fixed on contribution;
create trigger evidenced_match_is_fixed before update on contribution for each row
  when (case
      when old.state = 'evidenced' and new.state in ('evidenced', 'accepted')
        then (old.agreement_id, old.line_id, old.type, old.category, old.valuation, old.amount_pence, old.net_pence,
            old.vat_pence, old.recoverable_vat_pence, old.incurred_on, old.invoiced_on, old.defrayed_on)
          is distinct from (new.agreement_id, new.line_id, new.type, new.category, new.valuation, new.amount_pence,
            new.net_pence, new.vat_pence, new.recoverable_vat_pence, new.incurred_on, new.invoiced_on, new.defrayed_on)
      when old.state in ('accepted', 'withdrawn') and old.state = new.state
        then (to_jsonb(old) - 'revision') is distinct from (to_jsonb(new) - 'revision')
      when old.state = 'accepted' and new.state = 'evidenced'
        then (to_jsonb(old) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'revision'])
          is distinct from (to_jsonb(new) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'revision'])
      else old.state in ('accepted', 'withdrawn') end)
  execute function evidenced_match_is_fixed();

drop trigger reported_value_is_fixed on measurement;
create trigger reported_value_is_fixed before update on measurement for each row
  when ((old.numerator, old.denominator, old.note, old.reported_by, old.reported_at, old.measure_id, old.project_id,
      old.period_id, old.report_version_id)
    is distinct from (new.numerator, new.denominator, new.note, new.reported_by, new.reported_at, new.measure_id,
      new.project_id, new.period_id, new.report_version_id))
  execute function reported_value_is_fixed();

create function validated_value_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was validated or rejected stays so; a correction is a new measurement'
    using errcode = 'check_violation', constraint = 'validated_value_is_fixed';
end $$;
create trigger validated_value_is_fixed before update on measurement for each row
  when (old.state in ('validated', 'published', 'rejected', 'superseded')
    and ((old.validated_numerator, old.validated_denominator, old.validated_by, old.validated_at, old.validation_note)
        is distinct from (new.validated_numerator, new.validated_denominator, new.validated_by, new.validated_at,
          new.validation_note)
      or old.state <> new.state and (old.state, new.state) not in (('validated', 'published'),
        ('validated', 'superseded'), ('published', 'superseded'), ('rejected', 'superseded'))))
  execute function validated_value_is_fixed();

drop trigger submitted_version_is_fixed on report_version;
create trigger submitted_version_is_fixed before update on report_version for each row
  when (old.submitted_at is not null
      and (old.report_id, old.number, old.reason, old.content, old.prepared_by, old.certified_by, old.certified_at,
          old.submitted_by, old.submitted_at, old.receipt_id)
        is distinct from (new.report_id, new.number, new.reason, new.content, new.prepared_by, new.certified_by,
          new.certified_at, new.submitted_by, new.submitted_at, new.receipt_id)
    or old.assessed_at is not null and old.assessed_at is distinct from new.assessed_at
    or old.accepted_at is not null
      and (old.accepted_by, old.accepted_at) is distinct from (new.accepted_by, new.accepted_at))
  execute function submitted_version_is_fixed();

-- Its acceptance alone says which version of a return is the accepted one; versions are counted one by one.
create function sent_return_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A return that was sent never changes but by its steps: it is queried, accepted, locked or corrected'
    using errcode = 'check_violation', constraint = 'sent_return_is_fixed';
end $$;
create trigger sent_return_is_fixed before update on progress_report for each row
  when ((old.programme_id, old.trust_id, old.period_id) is distinct from (new.programme_id, new.trust_id, new.period_id)
    or old.state in ('submitted', 'resubmitted', 'queried', 'accepted', 'locked') and old.state <> new.state
      and (old.state, new.state) not in (('submitted', 'queried'), ('resubmitted', 'queried'),
        ('submitted', 'accepted'), ('resubmitted', 'accepted'), ('queried', 'draft'), ('accepted', 'locked'),
        ('accepted', 'draft'), ('locked', 'draft'))
    or old.accepted_version is distinct from new.accepted_version
      and (new.accepted_version is distinct from new.version or new.state <> 'accepted'
        or old.state not in ('submitted', 'resubmitted'))
    or old.version <> new.version
      and (new.version <> old.version + 1 or old.state not in ('queried', 'accepted', 'locked')))
  execute function sent_return_is_fixed();

drop trigger agreed_benefit_is_fixed on benefit;
create trigger agreed_benefit_is_fixed before update on benefit for each row
  when (old.state <> 'draft'
    and ((old.programme_id, old.project_id, old.code, old.name, old.description, old.type, old.unit,
          old.baseline_value, old.baseline_on, old.baseline_source, old.recorded_by, old.agreed_by, old.agreed_at)
        is distinct from (new.programme_id, new.project_id, new.code, new.name, new.description, new.type, new.unit,
          new.baseline_value, new.baseline_on, new.baseline_source, new.recorded_by, new.agreed_by, new.agreed_at)
      or old.state in ('closed', 'withdrawn')
        and (old.owner, old.owner_after_closure, old.counted_in, old.ended_because, old.plan_version)
          is distinct from (new.owner, new.owner_after_closure, new.counted_in, new.ended_because, new.plan_version)
      or old.state <> new.state and (old.state, new.state) not in (('agreed', 'realising'), ('agreed', 'withdrawn'),
        ('realising', 'realised'), ('realising', 'withdrawn'), ('realised', 'closed'))))
  execute function agreed_benefit_is_fixed();

-- A foreign key that takes a plan to another trust names the columns that stay, too: they count once they are other.
drop trigger agreed_profile_is_fixed on benefit_year;
create trigger agreed_profile_is_fixed before insert or delete on benefit_year
  for each row execute function agreed_profile_is_fixed();
create trigger agreed_year_is_fixed before update on benefit_year for each row
  when ((old.benefit_id, old.financial_year, old.planned_value)
    is distinct from (new.benefit_id, new.financial_year, new.planned_value))
  execute function agreed_profile_is_fixed();

drop trigger reported_benefit_is_fixed on benefit_actual;
create trigger reported_benefit_is_fixed before update on benefit_actual for each row
  when ((old.benefit_id, old.financial_year, old.value, old.method, old.reported_at)
      is distinct from (new.benefit_id, new.financial_year, new.value, new.method, new.reported_at)
    or old.state in ('validated', 'rejected', 'superseded')
      and ((old.prepared_by, old.validated_value, old.decided_by, old.decided_at, old.decision_note)
          is distinct from (new.prepared_by, new.validated_value, new.decided_by, new.decided_at, new.decision_note)
        or old.state <> new.state and (old.state, new.state) <> ('validated', 'superseded')))
  execute function reported_benefit_is_fixed();

create or replace function assurance_item_changes_by_steps() returns trigger language plpgsql as $$
declare
  decisions constant text[] := array['trust_id', 'state', 'submitted_by', 'submitted_at', 'decided_by', 'decided_at',
    'accepted_at', 'withdrawn_by', 'withdrawn_at', 'revision'];
begin
  if old.state <> 'draft' and (to_jsonb(old) - decisions) is distinct from (to_jsonb(new) - decisions) then
    raise exception 'What was submitted never changes; what is new is another item'
      using errcode = 'check_violation', constraint = 'submitted_assurance_is_fixed';
  elsif old.state <> 'draft' and old.state <> new.state and (old.state, new.state) not in (('submitted', 'accepted'),
      ('submitted', 'rejected'), ('submitted', 'withdrawn'), ('accepted', 'superseded'), ('accepted', 'withdrawn'),
      ('superseded', 'withdrawn')) then
    raise exception 'What was submitted is no draft again, and what was rejected, superseded or withdrawn stays so'
      using errcode = 'check_violation', constraint = 'submitted_assurance_is_fixed';
  elsif old.submitted_at is not null
      and (old.submitted_by, old.submitted_at) is distinct from (new.submitted_by, new.submitted_at)
    or old.decided_at is not null
      and (old.decided_by, old.decided_at, old.accepted_at) is distinct from (new.decided_by, new.decided_at, new.accepted_at)
    or old.withdrawn_at is not null
      and (old.withdrawn_by, old.withdrawn_at) is distinct from (new.withdrawn_by, new.withdrawn_at) then
    raise exception 'Who submitted, decided on or withdrew a piece of assurance, and when, stays so'
      using errcode = 'check_violation', constraint = 'submitted_assurance_is_fixed';
  end if;
  return new;
end $$;

drop trigger submitted_blueprint_is_fixed on blueprint_version;
create trigger submitted_blueprint_is_fixed before update on blueprint_version for each row
  when (old.submitted_at is not null and
      (to_jsonb(old) - array['state', 'reviewed_by', 'question', 'answer', 'published_by', 'published_at', 'ended_because', 'revision'])
      is distinct from
      (to_jsonb(new) - array['state', 'reviewed_by', 'question', 'answer', 'published_by', 'published_at', 'ended_because', 'revision'])
    or old.state in ('published', 'superseded', 'withdrawn') and case
      when old.state = new.state then (to_jsonb(old) - 'revision') is distinct from (to_jsonb(new) - 'revision')
      when (old.state, new.state) in (('published', 'superseded'), ('published', 'withdrawn'))
        then (to_jsonb(old) - array['state', 'ended_because', 'revision'])
          is distinct from (to_jsonb(new) - array['state', 'ended_because', 'revision'])
      else true end)
  execute function submitted_blueprint_is_fixed();

-- Facts. The files of a project, and of what is with it, go with it to another trust by their foreign keys, which work as
-- the owner; those of a product are nobody's.
create function sent_file_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A file that was sent never changes, nor what it was sent for; another is sent beside it'
    using errcode = 'check_violation', constraint = 'sent_file_is_fixed';
end $$;
create trigger sent_file_is_fixed before update on evidence for each row
  when ((to_jsonb(old) - 'trust_id') is distinct from (to_jsonb(new) - 'trust_id'))
  execute function sent_file_is_fixed();
create trigger sent_file_is_fixed before update on benefit_evidence for each row
  when ((to_jsonb(old) - 'trust_id') is distinct from (to_jsonb(new) - 'trust_id'))
  execute function sent_file_is_fixed();
create trigger sent_file_is_fixed before update on assurance_document for each row
  when ((to_jsonb(old) - 'trust_id') is distinct from (to_jsonb(new) - 'trust_id')
    or num_nulls(old.trust_id, new.trust_id) = 1)
  execute function sent_file_is_fixed();

create function applied_definition_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A definition that was applied stays as it was; another is applied after it'
    using errcode = 'check_violation', constraint = 'applied_definition_is_fixed';
end $$;
create trigger applied_definition_is_fixed before update on programme_definition
  for each row execute function applied_definition_is_fixed();

create function closed_year_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A financial year is closed once, and stays as it was closed'
    using errcode = 'check_violation', constraint = 'closed_year_is_fixed';
end $$;
create trigger closed_year_is_fixed before update on year_end for each row execute function closed_year_is_fixed();

revoke update on evidence, benefit_evidence, assurance_document, programme_definition, year_end from exemplar_app;
