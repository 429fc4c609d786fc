-- A message is the promise of a consequence, written in the transaction that causes it. Its own row is the inbox
-- key: the worker's effect and finished_at commit together.
create table outbox_message (
  id uuid primary key default uuidv7(),
  job text not null,
  payload jsonb not null,
  trust_id uuid,
  -- Messages with the same key that have not started yet are one message.
  coalesce_key text,
  actor_id text not null,
  request_id text not null,
  created_at timestamptz not null default clock_timestamp(),
  handed_at timestamptz,
  -- How often it was handed to the queue, which would ignore a job with an id that it still keeps.
  handings integer not null default 0,
  -- When the latest attempt began.
  started_at timestamptz,
  finished_at timestamptz,
  failed_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  progress jsonb,
  result jsonb
);
create unique index outbox_message_coalesces on outbox_message (job, coalesce_key)
  where coalesce_key is not null and started_at is null and finished_at is null;
create index outbox_message_waiting on outbox_message (id) where handed_at is null and finished_at is null;
create index outbox_message_unfinished on outbox_message (handed_at) where finished_at is null and failed_at is null;
create index outbox_message_failed on outbox_message (failed_at) where failed_at is not null and finished_at is null;
call guard('outbox_message', 'message');

-- Wakes the relay for a message to hand over, and whoever follows a receipt.
create function wake_listeners() returns trigger language plpgsql as $$
begin
  if new.handed_at is null and new.finished_at is null and new.failed_at is null then
    perform pg_notify('exemplar_outbox', '');
  end if;
  if tg_op = 'UPDATE' and (new.started_at, new.finished_at, new.failed_at, new.progress)
    is distinct from (old.started_at, old.finished_at, old.failed_at, old.progress) then
    perform pg_notify('exemplar_receipt', new.id::text);
  end if;
  return null;
end $$;
create trigger wake_listeners after insert or update on outbox_message
  for each row execute function wake_listeners();

-- A POST is carried out once: the caller's key, what was sent with it, and the first answer.
create table idempotency_key (
  caller text not null,
  key text not null,
  fingerprint text not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (caller, key)
);
create index idempotency_key_age on idempotency_key (created_at);
call guard('idempotency_key', 'internal');

-- BullMQ would make this at the first use of the queue named exemplar, which the application's role may not.
create schema if not exists bullmq;
create sequence bullmq.bullmq_jid_6eea87be2f7fee5e8149aa0566586dc4;
