-- Products that programmes deploy, and the evidence that they are safe and lawful to use (domain.md section 6).

-- Reference data of all programmes: kept by the funder, read by everybody.
create table product (
  id uuid primary key default uuidv7(),
  name text not null,
  supplier text not null,
  summary text not null,
  illustrative boolean not null default false,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null default moment(),
  revision integer not null default 1
);
create unique index product_once on product (lower(name), lower(supplier));
create index product_by_name on product (name, id);
call guard('product', 'programme');

create table product_version (
  id uuid primary key default uuidv7(),
  product_id uuid not null references product,
  version text not null,
  released_on date not null,
  illustrative boolean not null default false,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null default moment(),
  constraint product_version_once unique (product_id, version),
  constraint product_version_of_product unique (product_id, id)
);
call guard('product_version', 'programme');
revoke update on product_version from exemplar_app;

-- A project uses a version of a product from a day on, and until another, where it has ended.
create table deployment (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  project_id uuid not null,
  product_id uuid not null,
  product_version_id uuid not null,
  from_on date not null,
  to_on date,
  illustrative boolean not null default false,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null default moment(),
  revision integer not null default 1,
  constraint deployment_project foreign key (trust_id, project_id) references project (trust_id, id) on update cascade,
  constraint deployment_version foreign key (product_id, product_version_id) references product_version (product_id, id),
  constraint deployment_days check (to_on >= from_on),
  constraint deployment_of_trust unique (trust_id, id)
);
create unique index deployment_once on deployment (project_id, product_version_id) where to_on is null;
create index deployment_by_project on deployment (project_id, from_on, id);
create index deployment_by_product on deployment (product_id, from_on, id);
create index deployment_by_programme on deployment (programme_id, id);
call guard('deployment', 'trust');

create sequence assurance_item_number;
grant usage on sequence assurance_item_number to exemplar_app;
-- One piece of assurance: what it is (its kind), what it is of, by whom it was signed, and until when it holds.
create table assurance_item (
  id uuid primary key default uuidv7(),
  -- Whose it is; null where it is of a product, which is nobody's alone.
  trust_id uuid references organisation,
  reference text not null default 'ASR-' || lpad(nextval('assurance_item_number')::text, 5, '0')
    constraint assurance_item_reference unique,
  kind text not null constraint assurance_item_kind check (kind in ('dcb0129', 'dcb0160', 'dtac', 'dpia',
    'device-status', 'dspt', 'caldicott', 'nice-tier', 'library-outcome')),
  level text not null constraint assurance_item_level check (level in ('product', 'product-version', 'deployment',
    'project', 'organisation')),
  product_id uuid references product,
  product_version_id uuid,
  project_id uuid,
  deployment_id uuid,
  version text not null,
  sign_off_role text not null,
  signed_by text not null,
  signed_on date not null,
  expires_on date,
  outcome text,
  document text not null,
  state text not null default 'draft' constraint assurance_item_state check (state in ('draft', 'submitted', 'accepted',
    'rejected', 'superseded', 'withdrawn')),
  prepared_by uuid not null references person,
  prepared_at timestamptz not null default moment(),
  -- Who else changed it, or added a file to it, while it was a draft.
  edited_by uuid[] not null default '{}',
  submitted_by uuid references person,
  submitted_at timestamptz,
  decided_by uuid references person,
  decided_at timestamptz,
  accepted_at timestamptz,
  withdrawn_by uuid references person,
  withdrawn_at timestamptz,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint assurance_item_subject check (case level
    when 'product' then product_id is not null and num_nonnulls(trust_id, product_version_id, project_id, deployment_id) = 0
    when 'product-version' then num_nulls(product_id, product_version_id) = 0
      and num_nonnulls(trust_id, project_id, deployment_id) = 0
    when 'deployment' then num_nulls(trust_id, deployment_id) = 0
      and num_nonnulls(product_id, product_version_id, project_id) = 0
    when 'project' then num_nulls(trust_id, project_id) = 0
      and num_nonnulls(product_id, product_version_id, deployment_id) = 0
    else trust_id is not null and num_nonnulls(product_id, product_version_id, project_id, deployment_id) = 0 end),
  constraint assurance_item_version foreign key (product_id, product_version_id) references product_version (product_id, id),
  constraint assurance_item_project foreign key (trust_id, project_id) references project (trust_id, id) on update cascade,
  constraint assurance_item_deployment foreign key (trust_id, deployment_id) references deployment (trust_id, id)
    on update cascade,
  constraint assurance_item_of_trust unique (trust_id, id),
  constraint assurance_item_days check (expires_on >= signed_on),
  constraint assurance_item_submitted check ((submitted_by is null) = (state = 'draft')
    or (state = 'withdrawn' and submitted_by is null)),
  constraint assurance_item_accepted check (accepted_at is null or decided_by is not null),
  constraint assurance_item_withdrawn check ((withdrawn_by is not null) = (state = 'withdrawn')),
  constraint assurance_decider_is_neither check (decided_by is null
    or (decided_by <> prepared_by and decided_by <> submitted_by and not decided_by = any (edited_by)))
);
create index assurance_item_by_expiry on assurance_item (coalesce(expires_on, date '9999-12-31'), id);
create index assurance_item_by_trust on assurance_item (trust_id, coalesce(expires_on, date '9999-12-31'), id);
create index assurance_item_by_state on assurance_item (state, coalesce(expires_on, date '9999-12-31'), id);
create index assurance_item_by_product on assurance_item (product_id, kind) where product_id is not null;
create index assurance_item_by_project on assurance_item (project_id, kind) where project_id is not null;
create index assurance_item_by_deployment on assurance_item (deployment_id, kind) where deployment_id is not null;
create index assurance_item_by_body on assurance_item (trust_id, kind) where level = 'organisation';
create index assurance_item_published on assurance_item (signed_on, id)
  where kind = 'library-outcome' and state in ('accepted', 'superseded');
call guard('assurance_item', 'trust');
-- What was accepted of a product is everybody's to know: whoever deploys it relies on it.
create policy of_products_accepted on assurance_item for select using (
  (select setting('exemplar.reach')) is not null and trust_id is null and state in ('accepted', 'superseded'));
call keep_past_of('assurance_item');

create function assurance_item_changes_by_steps() returns trigger language plpgsql as $$
declare
  decisions constant text[] := array['trust_id', 'state', 'submitted_by', 'submitted_at', 'decided_by', 'decided_at',
    'accepted_at', 'withdrawn_by', 'withdrawn_at', 'revision'];
begin
  if old.state <> 'draft' and (to_jsonb(old) - decisions) is distinct from (to_jsonb(new) - decisions) then
    raise exception 'What was submitted never changes; what is new is another item'
      using errcode = 'check_violation', constraint = 'submitted_assurance_is_fixed';
  elsif old.state in ('rejected', 'withdrawn') and old.state <> new.state then
    raise exception 'What was rejected or withdrawn stays so'
      using errcode = 'check_violation', constraint = 'submitted_assurance_is_fixed';
  elsif old.accepted_at is not null and new.accepted_at is distinct from old.accepted_at then
    raise exception 'That something was accepted stays so'
      using errcode = 'check_violation', constraint = 'submitted_assurance_is_fixed';
  end if;
  return new;
end $$;
create trigger assurance_item_changes_by_steps before update on assurance_item
  for each row execute function assurance_item_changes_by_steps();

-- Files of an item. The content of a hazard log is opened by its trust, by assessors and by auditors alone.
create table assurance_document (
  id uuid primary key default uuidv7(),
  trust_id uuid references organisation,
  item_id uuid not null references assurance_item,
  hazard_log boolean not null,
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null constraint assurance_document_size check (size_bytes > 0),
  sha256 text not null constraint assurance_document_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  description text not null,
  uploaded_by uuid not null references person,
  uploaded_at timestamptz not null default moment(),
  illustrative boolean not null default false,
  constraint assurance_document_item foreign key (trust_id, item_id) references assurance_item (trust_id, id)
    on update cascade,
  constraint assurance_document_once unique (item_id, sha256)
);
call guard('assurance_document', 'trust');
