-- What was agreed of an award stays with its trust, its year and its kind, and what a change was asked for with its words.

drop trigger award_is_agreed on award;
create trigger award_is_agreed before update on award for each row
  when ((old.programme_id, old.trust_id, old.grant_pence, old.match_pence)
    is distinct from (new.programme_id, new.trust_id, new.grant_pence, new.match_pence))
  execute function award_is_agreed();

drop trigger award_is_agreed on award_line;
create trigger award_is_agreed before update on award_line for each row
  when ((old.award_id, old.financial_year, old.kind, old.grant_pence, old.match_pence)
    is distinct from (new.award_id, new.financial_year, new.kind, new.grant_pence, new.match_pence))
  execute function award_is_agreed();

drop trigger award_is_agreed on award_tranche;
create trigger award_is_agreed before update on award_tranche for each row
  when ((old.award_id, old.number, old.basis, old.planned_on, old.grant_pence, old.milestones)
    is distinct from (new.award_id, new.number, new.basis, new.planned_on, new.grant_pence, new.milestones))
  execute function award_is_agreed();

drop trigger decided_change_is_fixed on change_request;
create trigger decided_change_is_fixed before update on change_request for each row
  when (old.state in ('approved', 'rejected', 'applied')
    and (old.agreement_id, old.reference, old.kind, old.title, old.justification, old.content, old.impact,
        old.requested_by, old.prepared_by, old.decided_by, old.decided_at, old.decision_reason)
      is distinct from
        (new.agreement_id, new.reference, new.kind, new.title, new.justification, new.content, new.impact,
        new.requested_by, new.prepared_by, new.decided_by, new.decided_at, new.decision_reason))
  execute function decided_change_is_fixed();
