-- A follower is awarded no more than its programme's definition says (domain.md section 2: up to £3m each).
create function follower_award_within_terms() returns trigger language plpgsql as $$
begin
  if new.award_pence > (select (g.terms -> 'followers' ->> 'mostAwardPence')::bigint from programme g
      where g.id = new.programme_id) then
    raise exception 'A follower is awarded no more than the definition of its programme says'
      using errcode = 'check_violation', constraint = 'follower_award_within_terms';
  end if;
  return new;
end $$;
create trigger follower_award_within_terms before insert or update of award_pence on programme_role
  for each row when (new.award_pence is not null) execute function follower_award_within_terms();
