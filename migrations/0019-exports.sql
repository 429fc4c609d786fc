-- Lists as files: what they are as at, text that a spreadsheet would run, and the files that the queue makes.

-- The newest entry of the log that a reading sees, and its instant: asked for as at then, all is as it is now.
create function log_position(out number bigint, out at text) language sql stable security definer
  set search_path = exemplar, pg_temp set timezone = 'UTC' as
  $$ select last_number, case when last_number > 0 then to_json(last_recorded_at) #>> '{}' end from log_head $$;

-- A text as a cell of a CSV file: an apostrophe stands before what a spreadsheet would run. As `defused` in cell.rules.ts.
create function defused(content text) returns text language sql immutable parallel safe as
  $$ select case when content ~ '^''*(?:[ \t\r\n\v\f\u00a0\u3000\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-]|[\t\r\n])'
    then '''' || content else content end $$;
