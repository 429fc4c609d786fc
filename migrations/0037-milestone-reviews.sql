-- When a milestone was claimed to be met, when its review began, and when and how that ended: a row for each claim. Of
-- what was claimed before there is none.
create table milestone_review (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  milestone_id uuid not null,
  claimed_at timestamptz not null default moment(),
  began_at timestamptz,
  ended_at timestamptz,
  outcome text constraint milestone_review_outcome check (outcome in ('met', 'partly-met', 'not-met', 'withdrawn',
    'waived')),
  state text not null generated always as (case when ended_at is not null then 'ended' when began_at is not null
    then 'under-review' else 'claimed' end) stored,
  revision integer not null default 1,
  constraint milestone_review_milestone foreign key (trust_id, milestone_id) references milestone (trust_id, id)
    on update cascade,
  constraint milestone_review_ended check ((ended_at is null) = (outcome is null)),
  constraint milestone_review_decided check (began_at is not null or outcome is null or outcome in ('withdrawn', 'waived'))
);
create unique index milestone_review_open on milestone_review (milestone_id) where ended_at is null;
create index milestone_review_by_milestone on milestone_review (milestone_id, claimed_at, id);
create index milestone_review_by_state on milestone_review (programme_id, state) include (trust_id, claimed_at, began_at);
create index milestone_review_by_beginning on milestone_review (programme_id, began_at) include (trust_id, claimed_at)
  where began_at is not null;
create index milestone_review_by_end on milestone_review (programme_id, ended_at) include (trust_id, began_at)
  where ended_at is not null;
call guard('milestone_review', 'trust');
