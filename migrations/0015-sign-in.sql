-- Sign-in of people: who they are to the identity provider, when they signed in, and how that ended.

-- No e-mail is kept: the provider's issuer and its own name for somebody say who they are.
alter table person
  add issuer text,
  add subject text,
  add constraint person_issuer_with_subject check ((issuer is null) = (subject is null)),
  add constraint person_subject_once unique (issuer, subject);

create table sign_in (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  -- The trust that the person acted for at that time.
  trust_id uuid references organisation,
  issuer text not null,
  signed_in_at timestamptz not null,
  ended_at timestamptz,
  ended_because text constraint sign_in_ended_because
    check (ended_because in ('signed-out', 'idle', 'expired', 'replaced')),
  revision integer not null default 1,
  constraint sign_in_end_has_a_reason check ((ended_at is null) = (ended_because is null))
);
create index sign_in_person on sign_in (person_id, id desc);
call guard('sign_in', 'trust');

-- The token is 256 random bits in a cookie; what is kept of it is its SHA-256, as of a key. A session outlives its
-- sign-in for a while, so that whoever comes back to it is told that it has ended.
create table web_session (
  id uuid primary key default uuidv7(),
  sign_in_id uuid not null constraint web_session_of_sign_in unique references sign_in,
  person_id uuid not null references person,
  token_hash text not null constraint web_session_token unique,
  -- The token before, for requests that were under way when it changed.
  former_token_hash text constraint web_session_former_token unique,
  -- What the session's forms carry; it stays while tokens change.
  csrf_secret text not null,
  rotated_at timestamptz not null,
  seen_at timestamptz not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Tells the identity provider who signs out.
  id_token text
);
create index web_session_person on web_session (person_id);
call guard('web_session', 'internal');

-- A sign-in under way, known by a token in a cookie; it is used once.
create table sign_in_attempt (
  token_hash text primary key,
  state text not null,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_attempt_age on sign_in_attempt (expires_at);
call guard('sign_in_attempt', 'internal');

-- What somebody typed and sent when their session had ended, until they are back.
create table held_form (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  path text not null,
  body jsonb not null constraint held_form_size check (octet_length(body::text) <= 524288),
  created_at timestamptz not null
);
create index held_form_person on held_form (person_id, id desc);
create index held_form_age on held_form (created_at);
call guard('held_form', 'internal');
