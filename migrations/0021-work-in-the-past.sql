-- How far the work of a message is: no part of the record, so nobody was at it in the past.
create function work_on(message uuid) returns table (started_at timestamptz, failed_at timestamptz) language sql stable as $$
  select m.started_at, m.failed_at from exemplar.outbox_message m
  where m.id = message and exemplar.setting('exemplar.as_at') is null
$$;
