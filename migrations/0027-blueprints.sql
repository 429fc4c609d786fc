-- Blueprints: what a trust learned from one of its projects, for others to use (domain.md section 5).
create sequence blueprint_number;
grant usage on sequence blueprint_number to exemplar_app;

-- Where somebody is reached is personal, and goes with them; it stands beside the versions, because people move on.
insert into personal_column values ('blueprint', 'contact_address', 'contact_id');
create table blueprint (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  -- Who wrote it; the project may be another trust's since.
  trust_id uuid not null references organisation,
  project_id uuid not null references project,
  reference text not null default 'BLU-' || lpad(nextval('blueprint_number')::text, 5, '0')
    constraint blueprint_reference unique,
  -- A role, and the address of its work; never a name.
  contact_role text,
  contact_address text,
  contact_id uuid references person,
  first_published_at timestamptz,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint blueprint_of_trust unique (trust_id, id),
  constraint blueprint_contact_whole check (num_nulls(contact_role, contact_address, contact_id) in (0, 3))
);
create index blueprint_by_project on blueprint (project_id);
create index blueprint_by_contact on blueprint (contact_id) where contact_id is not null;
call guard('blueprint', 'trust');

create table blueprint_version (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  blueprint_id uuid not null,
  number integer not null constraint blueprint_version_above_zero check (number > 0),
  state text not null constraint blueprint_version_state check (state in ('draft', 'submitted', 'in-review', 'queried',
    'published', 'superseded', 'withdrawn')),
  -- The title, in its parts.
  what text not null default '',
  for_whom text not null default '',
  where_used text not null default '',
  user_groups text[] not null default '{}',
  care_settings text[] not null default '{}',
  project_type text,
  capabilities text[] not null default '{}',
  maturity_sections text[] not null default '{}',
  problem text not null default '',
  scope text not null default '',
  solution text not null default '',
  product text not null default '',
  supplier text not null default '',
  team text not null default '',
  lessons text not null default '',
  advice text not null default '',
  -- What this cost, out of all that the award paid for, and how that was worked out.
  cost_pence bigint constraint blueprint_version_cost check (cost_pence > 0),
  cost_basis text,
  -- What the record said of the project when it was submitted.
  snapshot jsonb,
  prepared_by uuid[] not null,
  submitted_by uuid references person,
  submitted_at timestamptz,
  reviewed_by uuid references person,
  question text,
  answer text,
  published_by uuid references person,
  published_at timestamptz,
  ended_because text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint blueprint_version_blueprint foreign key (trust_id, blueprint_id) references blueprint (trust_id, id),
  constraint blueprint_version_number unique (blueprint_id, number),
  constraint blueprint_version_of_trust unique (trust_id, id),
  constraint blueprint_version_submitted check (num_nulls(snapshot, submitted_by, submitted_at) in (0, 3)
    and (state in ('draft', 'withdrawn') or snapshot is not null)),
  constraint blueprint_version_published check (num_nulls(published_by, published_at) in (0, 2)
    and (state <> 'published' or published_at is not null) and (published_at is null or snapshot is not null)),
  constraint blueprint_version_costed check (num_nulls(cost_pence, cost_basis) in (0, 2)),
  constraint blueprint_reviewer_is_another check (reviewed_by <> submitted_by and reviewed_by <> all (prepared_by)),
  constraint blueprint_publisher_is_another check (published_by <> submitted_by and published_by <> all (prepared_by))
);
-- One is worked on at a time, and one is what others use.
create unique index blueprint_version_open on blueprint_version (blueprint_id)
  where state in ('draft', 'submitted', 'in-review', 'queried');
create unique index blueprint_version_standing on blueprint_version (blueprint_id) where state = 'published';
create index blueprint_version_library on blueprint_version (published_at, id) where state = 'published';
create index blueprint_version_by_programme on blueprint_version (programme_id, id);
call guard('blueprint_version', 'trust');

create function submitted_blueprint_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was submitted never changes; a correction is a new version'
    using errcode = 'check_violation', constraint = 'submitted_blueprint_is_fixed';
end $$;
create trigger submitted_blueprint_is_fixed before update on blueprint_version for each row
  when (old.submitted_at is not null and
    (to_jsonb(old) - array['state', 'reviewed_by', 'question', 'answer', 'published_by', 'published_at', 'ended_because', 'revision'])
    is distinct from
    (to_jsonb(new) - array['state', 'reviewed_by', 'question', 'answer', 'published_by', 'published_at', 'ended_because', 'revision']))
  execute function submitted_blueprint_is_fixed();

create table blueprint_attachment (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  version_id uuid not null,
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null constraint blueprint_attachment_size check (size_bytes > 0),
  sha256 text not null constraint blueprint_attachment_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  description text not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default moment(),
  -- Taken out of the draft again.
  removed boolean not null default false,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint blueprint_attachment_version foreign key (trust_id, version_id) references blueprint_version (trust_id, id)
);
create unique index blueprint_attachment_once on blueprint_attachment (version_id, sha256) where not removed;
call guard('blueprint_attachment', 'trust');

create function attachment_belongs_to_a_draft() returns trigger language plpgsql as $$
begin
  if exists (select from blueprint_version v where v.id = new.version_id and v.submitted_at is not null) then
    raise exception 'The files of what was submitted never change'
      using errcode = 'check_violation', constraint = 'submitted_blueprint_is_fixed';
  end if;
  return new;
end $$;
create trigger attachment_belongs_to_a_draft before insert or update on blueprint_attachment
  for each row execute function attachment_belongs_to_a_draft();

-- What became of a published blueprint: questions to whoever wrote it with their answers, and visits. Everybody who is
-- signed in reads them, so that an answer is given once.
create table blueprint_contact (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  blueprint_id uuid not null references blueprint,
  version_id uuid not null references blueprint_version,
  kind text not null constraint blueprint_contact_kind check (kind in ('question', 'visit')),
  -- Who asks or visits, and whose blueprint it is.
  organisation_id uuid not null references organisation,
  owner_id uuid not null references organisation,
  words text not null,
  visited_on date,
  made_by uuid not null references person,
  made_at timestamptz not null default moment(),
  answer text,
  answered_by uuid references person,
  answered_at timestamptz,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint blueprint_contact_of_another check (organisation_id <> owner_id),
  constraint blueprint_contact_visit check ((kind = 'visit') = (visited_on is not null)),
  constraint blueprint_contact_answered check (num_nulls(answer, answered_by, answered_at) in (0, 3)
    and (kind = 'question' or answer is null)),
  constraint blueprint_contact_answered_by_another check (answered_by <> made_by)
);
create index blueprint_contact_by_blueprint on blueprint_contact (blueprint_id, id);
create index blueprint_contact_unanswered on blueprint_contact (owner_id, id) where kind = 'question' and answer is null;
call guard('blueprint_contact', 'programme');
create policy both_sides_insert on blueprint_contact for insert
  with check ((select setting('exemplar.trust_id')::uuid) in (organisation_id, owner_id));
create policy owner_answers on blueprint_contact for update
  using (owner_id = (select setting('exemplar.trust_id')::uuid))
  with check (owner_id = (select setting('exemplar.trust_id')::uuid));

create function asked_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was asked, answered or seen never changes'
    using errcode = 'check_violation', constraint = 'asked_is_fixed';
end $$;
create trigger asked_is_fixed before update on blueprint_contact for each row
  when (old.answer is not null or
    (to_jsonb(old) - array['answer', 'answered_by', 'answered_at', 'revision'])
    is distinct from (to_jsonb(new) - array['answer', 'answered_by', 'answered_at', 'revision']))
  execute function asked_is_fixed();

-- Who is signed in knows what was published, whosever it is, with its files and with how it is asked about.
create policy published_is_known on blueprint for select
  using (first_published_at is not null and (select setting('exemplar.reach')) is not null);
create policy published_is_known on blueprint_version for select
  using (published_at is not null and (select setting('exemplar.reach')) is not null);
create policy published_is_known on blueprint_attachment for select
  using (not removed and (select setting('exemplar.reach')) is not null
    and version_id in (select v.id from blueprint_version v where v.published_at is not null));
call keep_past_of('blueprint');
call keep_past_of('blueprint_version');
call keep_past_of('blueprint_attachment');

-- The words of what was published, for searching. Under row-level security the planner may not use an index of words, so
-- they stand apart, readable to nobody but the function that searches. A version that was published never changes, so
-- these are its words at every moment since.
create table blueprint_words (
  version_id uuid primary key references blueprint_version,
  words tsvector not null
);
create index blueprint_words_index on blueprint_words using gin (words);
alter table blueprint_words enable row level security;
alter table blueprint_words force row level security;
create policy by_function on blueprint_words to current_user using (true) with check (true);

create function keep_blueprint_words() returns trigger
  language plpgsql security definer set search_path = exemplar, pg_temp
as $$
begin
  insert into blueprint_words (version_id, words) values (new.id,
    setweight(to_tsvector('english', concat_ws(' ', new.what, new.for_whom, new.where_used)), 'A')
    || setweight(to_tsvector('english', concat_ws(' ', new.problem, new.solution, new.product, new.supplier)), 'B')
    || to_tsvector('english', concat_ws(' ', new.scope, new.team, new.lessons, new.advice)))
  on conflict do nothing;
  return null;
end $$;
revoke execute on function keep_blueprint_words from public;
create trigger keep_blueprint_words after update on blueprint_version for each row
  when (old.published_at is null and new.published_at is not null) execute function keep_blueprint_words();

-- The versions that were ever published whose words answer a search as people type it into search engines.
create function blueprints_matching(query text) returns setof uuid
  language sql stable security definer set search_path = exemplar, pg_temp
as $$
  select version_id from blueprint_words where words @@ websearch_to_tsquery('english', query)
$$;
revoke execute on function blueprints_matching from public;
grant execute on function blueprints_matching to exemplar_app;
