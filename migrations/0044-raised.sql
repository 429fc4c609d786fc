-- What was asked back, of what and why, stays as it was raised: the trust agrees to just that, or it is withdrawn and
-- another is raised.
drop trigger recovery_is_fixed on recovery;
create trigger recovery_is_fixed before update on recovery for each row
  when (case
      when old.state = 'raised'
        then (to_jsonb(old) - array['state', 'agreed_by', 'agreed_at', 'closed_by', 'closed_on', 'authority',
            'closed_because', 'revision'])
          is distinct from (to_jsonb(new) - array['state', 'agreed_by', 'agreed_at', 'closed_by', 'closed_on', 'authority',
            'closed_because', 'revision'])
          or new.state not in ('raised', 'agreed', 'withdrawn', 'written-off')
      when old.state = new.state then (to_jsonb(old) - 'revision') is distinct from (to_jsonb(new) - 'revision')
      when (old.state, new.state) in (('agreed', 'recovered'), ('agreed', 'written-off'))
        then (to_jsonb(old) - array['state', 'closed_by', 'closed_on', 'receipt_reference', 'authority', 'closed_because',
            'revision'])
          is distinct from (to_jsonb(new) - array['state', 'closed_by', 'closed_on', 'receipt_reference', 'authority',
            'closed_because', 'revision'])
      else true end)
  execute function recovery_is_fixed();

-- Match that was evidenced waits for a decision on that evidence: it is not made a pledge again, nor withdrawn.
drop trigger evidenced_match_is_fixed on contribution;
create trigger evidenced_match_is_fixed before update on contribution for each row
  when (case
      when old.state = 'evidenced' and new.state in ('evidenced', 'accepted', 'rejected')
        then (old.agreement_id, old.line_id, old.type, old.category, old.valuation, old.amount_pence, old.net_pence,
            old.vat_pence, old.recoverable_vat_pence, old.incurred_on, old.invoiced_on, old.defrayed_on)
          is distinct from (new.agreement_id, new.line_id, new.type, new.category, new.valuation, new.amount_pence,
            new.net_pence, new.vat_pence, new.recoverable_vat_pence, new.incurred_on, new.invoiced_on, new.defrayed_on)
      when old.state in ('accepted', 'withdrawn') and old.state = new.state
        then (to_jsonb(old) - 'revision') is distinct from (to_jsonb(new) - 'revision')
      when old.state = 'accepted' and new.state = 'evidenced'
        then (to_jsonb(old) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'revision'])
          is distinct from (to_jsonb(new) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'revision'])
      else old.state in ('evidenced', 'accepted', 'withdrawn') end)
  execute function evidenced_match_is_fixed();
