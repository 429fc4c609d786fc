-- What trusts were told of assurance that ends: once for each piece and lead time, and once for each go-live that it ends
-- before.
create table assurance_notice (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  item_id uuid not null references assurance_item,
  project_id uuid not null,
  -- The go-live before which it ends; null: it ends within the lead time.
  milestone_id uuid,
  lead_days integer constraint assurance_notice_lead_days check (lead_days > 0),
  ends_on date not null,
  -- What it is, of what, and who renews it, as the trust was told.
  words text not null,
  told_at timestamptz not null default moment(),
  constraint assurance_notice_project foreign key (trust_id, project_id) references project (trust_id, id)
    on update cascade,
  constraint assurance_notice_milestone foreign key (trust_id, milestone_id) references milestone (trust_id, id)
    on update cascade,
  constraint assurance_notice_reason check (num_nonnulls(milestone_id, lead_days) = 1),
  constraint assurance_notice_of_lead unique (item_id, trust_id, lead_days),
  constraint assurance_notice_of_go_live unique (item_id, milestone_id)
);
create index assurance_notice_by_trust on assurance_notice (trust_id, item_id, told_at);
call guard('assurance_notice', 'trust');
revoke update on assurance_notice from exemplar_app;
