// A national programme made of the demonstration: each further trust is a copy of one of its seven, with everything
// that stands in its name, and what is older is a copy of the oldest. They are generated, and stand for nobody.
import { run, SLUG } from './database.js';

/** Tables whose rows of a trust are a person's or the machinery's, and not the record's. */
const NOT_COPIED = ['person', 'api_key', 'sign_in', 'outbox_message', 'export', 'extract', 'log_entry'];

/** What is unique among all trusts, and how a copy's is told apart. */
const TOLD_APART = {
  'project.code': `t.code || '-' || c.n`,
  'agreement.reference': `t.reference || '-' || c.n`,
  'claim.reference': `t.reference || '-' || c.n`,
  'payment.reference': `t.reference || '-' || c.n`,
  'payment.bank_reference': `t.bank_reference || '-' || c.n`,
  'recovery.reference': `t.reference || '-' || c.n`,
  'contribution.reference': `t.reference || '-' || c.n`,
  'change_request.reference': `t.reference || '-' || c.n`,
  'assurance_item.reference': `t.reference || '-' || c.n`,
  'blueprint.reference': `t.reference || '-' || c.n`,
  'audit_finding.reference': `t.reference || '-' || c.n`,
  'cost_evidence.reference': `t.reference || '-' || c.n`,
  'cost_evidence.sha256': `encode(sha256(convert_to(t.sha256 || c.n, 'UTF8')), 'hex')`,
  'report_version.content': `regexp_replace(t.content::text, '"((' || (select string_agg(code, '|') from model_project) || '))(?=[/"])', '"\\1-' || c.n, 'g')::jsonb`,
  'agreement_version.terms': `regexp_replace(t.terms::text, '"((' || (select string_agg(code, '|') from model_project) || '))(?=[/"])', '"\\1-' || c.n, 'g')::jsonb`,
};

/** The tables of a return, and of what is computed from one. */
const OF_A_PERIOD = [
  'progress_report',
  'report_version',
  'finding',
  'delivery_confidence',
  'progress',
  'reported_spend',
  'measurement',
];

/** Another row's id for each number, with the time that the first was made at. */
const MADE = `create function made(v uuid, n bigint) returns uuid language sql immutable as
  $$ select (left(v::text, 24) || right(md5(v::text || n), 12))::uuid $$`;

const columnsOf = (url) =>
  run(
    url,
    `select c.table_name as table, c.column_name as name, c.data_type as type, r.table as refers
     from information_schema.columns c
     left join lateral (select k.confrelid::regclass::text as table from pg_constraint k
         join unnest(k.conkey, k.confkey) p (own, other) on true
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.own
         join pg_attribute b on b.attrelid = k.confrelid and b.attnum = p.other
       where k.contype = 'f' and k.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
         and a.attname = c.column_name and b.attname = 'id' limit 1) r on true
     where c.table_schema = 'exemplar' and c.is_generated = 'NEVER' order by c.ordinal_position`,
  );

/** A statement that copies a table's rows, each column as the expression says, or as it is. */
function copying(columns, table, expression, from) {
  const own = columns.filter((column) => column.table === table);
  const values = own.map((column) => expression(column) ?? `t."${column.name}"`);
  return `insert into ${table} (${own.map(({ name }) => `"${name}"`).join(', ')}) select ${values.join(', ')} from ${from}`;
}

const MODELS = (trusts) => `
  create table model as select row_number() over (order by o.ods_code) as n, o.id
    from programme_role r join organisation o on o.id = r.organisation_id
    where r.programme_id = (select id from programme where slug = '${SLUG}') and r.role = 'awardee';
  create table model_project as select code from project where trust_id in (select id from model);
  create table copied as select i.n, uuidv7() as id, m.id as model_id
    from generate_series(8, ${trusts}) i (n) join model m on m.n = 1 + i.n % 7;
  insert into organisation (id, ods_code, name, provenance)
    select id, 'X' || lpad(n::text, 5, '0'), 'Generated Trust ' || lpad(n::text, 5, '0'), '{}' from copied;
  insert into programme_role (programme_id, organisation_id, role, status, valid_from, valid_to, provenance)
    select r.programme_id, c.id, r.role, r.status, r.valid_from, r.valid_to, '{}'
    from copied c join programme_role r on r.organisation_id = c.model_id and r.role = 'awardee';
  analyze copied`;

/** The quarters before the first that the demonstration has, until there are so many that are over. */
const EARLIER = (periods) => `
  create table first_period as select p.* from reporting_period p
    join programme g on g.id = p.programme_id and g.slug = '${SLUG}' where exists (select from progress_report r
      where r.period_id = p.id and r.accepted_version is not null) order by p.ends_on limit 1;
  create table earlier as select uuidv7() as id, k, d.starts as starts_on, d.ends as ends_on
    from first_period f, generate_series(1, ${periods} - (select count(distinct r.period_id) from progress_report r, first_period f where r.programme_id = f.programme_id)) k,
      lateral (select (f.starts_on - make_interval(months => 3 * k::int))::date as starts,
        (f.starts_on - make_interval(months => 3 * k::int - 3) - interval '1 day')::date as ends) d;
  insert into reporting_period (id, programme_id, label, financial_year, starts_on, ends_on, opens_on, due_on)
    select e.id, f.programme_id, y || '/' || right((y + 1)::text, 2) || ' Q' || q, y || '/' || right((y + 1)::text, 2),
      e.starts_on, e.ends_on, e.ends_on + 1, e.ends_on + 28
    from earlier e, first_period f, lateral (select extract(year from e.starts_on - interval '3 months')::int as y,
      extract(quarter from e.starts_on - interval '3 months')::int as q) l`;

/** What the programme's figures are, with so many more trusts. */
const SUMS = `
  update programme_progress p set numerator = numerator * f, denominator = denominator * f, comparable_numerator = comparable_numerator * f,
      planned_numerator = planned_numerator * f, planned_denominator = planned_denominator * f,
      trusts_reported = trusts_reported * f, trusts_total = trusts_total * f
    from (select (select count(*) from copied) / 7 + 1 as f) s;
  insert into programme_progress (id, programme_id, period_id, ends_on, target_set_id, target_version, basis, numerator, denominator,
      comparable_numerator, planned_numerator, planned_denominator, trusts_reported, trusts_carried_forward, trusts_total, expected, illustrative)
    select uuidv7(), p.programme_id, e.id, e.ends_on, p.target_set_id, p.target_version, p.basis, p.numerator, p.denominator,
      p.comparable_numerator, p.planned_numerator, p.planned_denominator, p.trusts_reported, p.trusts_carried_forward, p.trusts_total, p.expected, true
    from programme_progress p join first_period f on f.id = p.period_id cross join earlier e`;

/** As many more of each journal as make so many postings. */
const AGAIN = (postings) =>
  `create table again as select n from generate_series(1, ceil(${postings}::numeric / (select count(*) from posting))::int - 1) n`;
const ONCE = 'x.reverses_id is null and x.novates_id is null';

/** Copies of the trusts' entries of the log, up to so many. */
const LOG = (entries) => `
  insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, trust_id, actor_id, action, request_id, leaf)
    select h.last_number + row_number() over (), h.last_recorded_at + row_number() over () * interval '1 microsecond', l.transaction_id,
      l.operation, l.table_name, made(l.subject_id, c.n), c.id, l.actor_id, l.action, l.request_id, l.leaf
    from copied c join log_entry l on l.trust_id = c.model_id cross join log_head h limit ${entries} - (select count(*) from log_entry);
  update log_head set (last_number, last_recorded_at) = (select max(number), max(recorded_at) from log_entry)`;

/** Takes what stands into the past, as if the newest entry of the log had made it: copies have no entries of their own. */
export async function takeIntoPast(url) {
  await run(url, `select bring_past_to(0)`);
  const [{ number }] = await run(
    url,
    'update past_head set number = (select last_number from log_head) returning number',
  );
  const tables = await run(
    url,
    `select table_name as name, string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
     from information_schema.columns where table_schema = 'past' and column_name not in ('from_number', 'to_number')
     group by table_name`,
  );
  for (const { name, columns } of tables)
    await run(
      url,
      `truncate past.${name}; insert into past.${name} (${columns}, from_number, to_number)
         select ${columns}, ${number}, 9223372036854775807 from exemplar.${name}`,
    );
  await run(url, 'vacuum (analyze)');
}

/**
 * Copies the demonstration's trusts until there are `trusts` with `periods` that are over, their journals until there are
 * `postings`, and their entries of the log until there are `entries`.
 */
export async function copyTrusts(url, { trusts, periods, postings = 0, entries }) {
  await run(url, MADE);
  await run(url, MODELS(trusts));
  const columns = await columnsOf(url);
  const tables = [
    ...new Set(columns.filter(({ name }) => name === 'trust_id').map(({ table }) => table)),
  ].filter((table) => !NOT_COPIED.includes(table));
  const each = ({ table, name, type, refers }) => {
    if (name === 'trust_id') return 'c.id';
    if (name === 'id' || (type === 'uuid' && tables.includes(refers))) return `made(t."${name}", c.n)`;
    return TOLD_APART[`${table}.${name}`];
  };
  for (const table of tables) {
    await run(url, copying(columns, table, each, `copied c join ${table} t on t.trust_id = c.model_id`));
  }
  await run(url, EARLIER(periods));
  await run(url, `analyze`);
  const before = ({ name, type, refers }) => {
    if (name === 'period_id') return 'e.id';
    if (name === 'ends_on') return 'e.ends_on';
    // What is of an earlier period was done earlier.
    if (type === 'timestamp with time zone') return `t."${name}" - make_interval(months => 3 * e.k::int)`;
    if (name === 'id' || (type === 'uuid' && OF_A_PERIOD.includes(refers))) return `made(t."${name}", -e.k)`;
    return undefined;
  };
  for (const table of OF_A_PERIOD) {
    // A trust's whole measurements and spend are in its last periods; of earlier ones each has one of them.
    const some =
      table === 'measurement' || table === 'reported_spend'
        ? ` and get_byte(uuid_send(t.id), 15) % 16 = 0`
        : '';
    const version =
      table === 'finding'
        ? 'join report_version v on v.id = t.report_version_id join progress_report r on r.id = v.report_id'
        : '';
    const report = table === 'report_version' ? 'join progress_report r on r.id = t.report_id' : '';
    const of = version || report ? 'r.period_id' : 't.period_id';
    await run(
      url,
      copying(
        columns,
        table,
        before,
        `earlier e cross join first_period f join ${table} t on true ${version}${report} where ${of} = f.id${some}`,
      ),
    );
  }
  await run(url, SUMS);
  await run(url, AGAIN(postings));
  const again = ({ name }) =>
    name === 'id' || name === 'journal_id' ? `made(t."${name}", -a.n)` : undefined;
  await run(
    url,
    copying(
      columns,
      'posting',
      again,
      `again a cross join posting t join journal x on x.id = t.journal_id where ${ONCE} and t.reverses_id is null`,
    ),
  );
  await run(
    url,
    copying(
      columns,
      'journal',
      again,
      `again a cross join journal t join journal x on x.id = t.id where ${ONCE}`,
    ),
  );
  await run(url, LOG(entries));
  await run(url, 'drop table model, model_project, copied, first_period, earlier, again');
  await run(url, 'vacuum (analyze)');
}
