-- Erasing a person: what says who they were goes, and every proof of what they did stays.

alter table person add erased_at timestamptz,
  add constraint person_erased_is_nobody check (erased_at is null
    or (name = 'Erased person' and issuer is null and subject is null));
call keep_past_of('person');

alter table sign_in drop constraint sign_in_ended_because, add constraint sign_in_ended_because
  check (ended_because in ('signed-out', 'idle', 'expired', 'replaced', 'erased'));

create function erased_person_stays_erased() returns trigger language plpgsql as $$
begin
  raise exception 'An erased person stays erased; whoever comes back is somebody new'
    using errcode = 'check_violation', constraint = 'erased_person_stays_erased';
end $$;
create trigger erased_person_stays_erased before update on person for each row
  when (old.erased_at is not null) execute function erased_person_stays_erased();

-- What stands for somebody who was erased says nothing of them, and is written as it is.
create or replace function personal_reference(person uuid, name text, content text) returns text
  language plpgsql set search_path = exemplar, pg_temp
as $$
declare
  known text;
  salt constant uuid := gen_random_uuid();
begin
  if content = 'Erased person' then
    return content;
  end if;
  select reference into known from personal_datum where (person_id, column_name, value) = (person, name, content);
  if known is null then
    known := 'personal:' || encode(sha256(uuid_send(salt) || convert_to(content, 'UTF8')), 'hex');
    insert into personal_datum values (known, person, name, salt, content);
  end if;
  return known;
end $$;

-- Deletes what the log's references to a person stand for, salts and all; of nobody else than an erased person.
create function erase_personal_data(person uuid) returns integer
  language plpgsql security definer set search_path = exemplar, pg_temp
as $$
declare
  erased integer;
begin
  if not exists (select from person p where p.id = person and p.erased_at is not null) then
    raise exception 'Personal data is erased with its person'
      using errcode = 'check_violation', constraint = 'personal_data_goes_with_its_person';
  end if;
  delete from personal_datum where person_id = person;
  get diagnostics erased = row_count;
  return erased;
end $$;
revoke execute on function erase_personal_data from public;
grant execute on function erase_personal_data to exemplar_app;

-- When somebody last did anything.
create index log_entry_actor on log_entry (actor_id, number desc);
