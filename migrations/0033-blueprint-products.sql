-- The products that a blueprint is about, out of the register; what is not in the register is said in words beside them.
create table blueprint_product (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  version_id uuid not null,
  product_id uuid not null references product,
  -- Null where it is not said which version.
  product_version_id uuid,
  constraint blueprint_product_blueprint foreign key (trust_id, version_id) references blueprint_version (trust_id, id),
  constraint blueprint_product_version foreign key (product_id, product_version_id)
    references product_version (product_id, id),
  constraint blueprint_product_once unique (version_id, product_id)
);
create index blueprint_product_by_product on blueprint_product (product_id, version_id);
call guard('blueprint_product', 'trust');
revoke update on blueprint_product from exemplar_app;
grant delete on blueprint_product to exemplar_app;
create policy published_is_known on blueprint_product for select
  using ((select setting('exemplar.reach')) is not null and exists (select from blueprint_version v
    where v.id = version_id and v.published_at is not null));
call keep_past_of('blueprint_product');

create function products_belong_to_a_draft() returns trigger language plpgsql as $$
declare
  line blueprint_product := case when tg_op = 'INSERT' then new else old end;
begin
  if exists (select from blueprint_version v where v.id = line.version_id and v.submitted_at is not null) then
    raise exception 'The products of what was submitted never change'
      using errcode = 'check_violation', constraint = 'submitted_blueprint_is_fixed';
  end if;
  return line;
end $$;
create trigger products_belong_to_a_draft before insert or update or delete on blueprint_product
  for each row execute function products_belong_to_a_draft();

-- A product is found by what it is called: at the time of publication, and since.
create or replace function keep_blueprint_words() returns trigger
  language plpgsql security definer set search_path = exemplar, pg_temp
as $$
declare
  products constant text := (select string_agg(concat_ws(' ', p.name, p.supplier), ' ')
    from blueprint_product x join product p on p.id = x.product_id where x.version_id = new.id);
begin
  insert into blueprint_words (version_id, words) values (new.id,
    setweight(to_tsvector('english', concat_ws(' ', new.what, new.for_whom, new.where_used)), 'A')
    || setweight(to_tsvector('english',
      concat_ws(' ', new.problem, new.solution, new.product, new.supplier, products)), 'B')
    || to_tsvector('english', concat_ws(' ', new.scope, new.team, new.lessons, new.advice)))
  on conflict do nothing;
  return null;
end $$;

create function add_product_words() returns trigger
  language plpgsql security definer set search_path = exemplar, pg_temp
as $$
begin
  update blueprint_words w
  set words = w.words || setweight(to_tsvector('english', concat_ws(' ', new.name, new.supplier)), 'B')
  where w.version_id in (select x.version_id from blueprint_product x where x.product_id = new.id);
  return null;
end $$;
revoke execute on function add_product_words from public;
create trigger add_product_words after update on product for each row
  when ((old.name, old.supplier) is distinct from (new.name, new.supplier)) execute function add_product_words();

-- What waits to be reviewed, decided on or answered, for the tasks of those who can.
create index blueprint_version_waiting on blueprint_version (programme_id, submitted_at, id)
  where state in ('submitted', 'in-review', 'queried');
