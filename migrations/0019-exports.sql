-- Lists as files: what they are as at, text that a spreadsheet would run, and the files that the queue makes.

-- The newest entry of the log that a reading sees, and its instant: asked for as at then, all is as it is now.
create function log_position(out number bigint, out at text) language sql stable security definer
  set search_path = exemplar, pg_temp set timezone = 'UTC' as
  $$ select last_number, case when last_number > 0 then to_json(last_recorded_at) #>> '{}' end from log_head $$;

-- A text as a cell of a CSV file: an apostrophe stands before what a spreadsheet would run. As `defused` in cell.rules.ts.
create function defused(content text) returns text language sql immutable parallel safe as
  $$ select case when content ~ '^''*(?:[ \t\r\n\v\f\u00a0\u3000\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-]|[\t\r\n])'
    then '''' || content else content end $$;

-- A list that the queue writes to a file, read as whoever asked for it and for nobody else.
create table export (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  -- The key that it was asked with; null where it was asked for on a page.
  key_id uuid references api_key,
  -- What they were when they asked: somebody whose role or trust has changed since gets nothing.
  role text not null,
  trust_id uuid references organisation,
  -- The list's address in the API, with its filters.
  list text not null constraint export_list check (list like '/v1/%' and length(list) <= 2000),
  format text not null constraint export_format check (format in ('csv', 'ndjson', 'xlsx')),
  message_id uuid not null,
  asked_at timestamptz not null default clock_timestamp(),
  -- The moment that all of it is of; null of what is not in the log.
  as_at text,
  row_count bigint,
  size_bytes bigint,
  sha256 text,
  finished_at timestamptz,
  expires_at timestamptz,
  removed_at timestamptz,
  constraint export_whole check ((finished_at is null) = (size_bytes is null)
    and (finished_at is null) = (sha256 is null) and (finished_at is null) = (row_count is null)
    and (finished_at is null) = (expires_at is null))
);
create index export_of_person on export (person_id, id desc);
create index export_to_remove on export (asked_at) where removed_at is null;
call guard('export', 'message');
