// Trusts, periods, returns and figures in any number, each trust a copy of one of the real seven. They are
// generated, and stand for nobody.
import { run, SLUG } from './database.js';

/** Trusts up to `trusts`: what the real ones have, under new codes. */
const TRUSTS = `
  create temporary table model as select row_number() over (order by o.ods_code) as n, o.id
    from programme_role r join organisation o on o.id = r.organisation_id
    where r.programme_id = (select id from programme where slug = '${SLUG}') and r.role = 'awardee';
  create temporary table trust as select n, id, id as model_id from model
    union all select n, uuidv7(), (select id from model where model.n = 1 + i.n % 7)
    from generate_series(8, :trusts) i (n);
  create temporary table copied as select * from trust where id <> model_id;
  insert into organisation (id, ods_code, name, provenance)
    select id, 'X' || lpad(n::text, 5, '0'), 'Generated Trust ' || lpad(n::text, 5, '0'), '{}' from copied;
  insert into programme_role (programme_id, organisation_id, role, status, valid_from, valid_to, provenance)
    select r.programme_id, c.id, r.role, r.status, r.valid_from, null, '{}'
    from copied c join programme_role r on r.organisation_id = c.model_id and r.role = 'awardee';
  insert into award (programme_id, trust_id, grant_pence, match_pence, provenance)
    select a.programme_id, c.id, a.grant_pence, a.match_pence, '{}' from copied c join award a on a.trust_id = c.model_id;
  insert into award_line (trust_id, award_id, financial_year, kind, grant_pence, match_pence, provenance)
    select c.id, a.id, l.financial_year, l.kind, l.grant_pence, l.match_pence, '{}'
    from copied c join award a on a.trust_id = c.id join award_line l on l.trust_id = c.model_id;
  insert into project (programme_id, trust_id, code, name, description, provenance)
    select p.programme_id, c.id, p.code || '-' || c.n, p.name, p.description, '{}'
    from copied c join project p on p.trust_id = c.model_id;
  insert into milestone (programme_id, trust_id, project_id, code, name, kind, baseline_on, forecast_on, provenance)
    select m.programme_id, c.id, q.id, m.code, m.name, m.kind, m.baseline_on, m.forecast_on, '{}'
    from copied c join milestone m on m.trust_id = c.model_id join project p on p.id = m.project_id
      join project q on q.trust_id = c.id and q.code = p.code || '-' || c.n`;

/** What each trust's returns say: as they open, with every measure and a text in every section. */
const CONTENT = `
  create temporary table content as select t.id as trust_id, v.content || jsonb_build_object(
      'milestones', (select coalesce(jsonb_agg(case when t.id = t.model_id then line else line || jsonb_build_object('milestone',
          split_part(line ->> 'milestone', '/', 1) || '-' || t.n || '/' || split_part(line ->> 'milestone', '/', 2)) end), '[]')
        from jsonb_array_elements(v.content -> 'milestones') line),
      'spend', (select jsonb_agg(line || '{"forecastPence": 100000}') from jsonb_array_elements(v.content -> 'spend') line),
      'measurements', (select jsonb_agg(jsonb_build_object('targetSet', s.code || '/v' || s.version, 'measure', m.code,
          'numerator', 40, 'denominator', 100, 'note', null)) from measure m join target_set s on s.id = m.target_set_id
        where s.programme_id = r.programme_id),
      'narrative', (select jsonb_agg(line || jsonb_build_object('text', (select string_agg(md5(t.id::text || line::text || i), ' ') from generate_series(1, 20) i)))
        from jsonb_array_elements(v.content -> 'narrative') line),
      'confidence', jsonb_build_object('scale', g.terms -> 'confidenceScale' ->> 'code', 'rating', 'amber', 'reason',
        'The supplier is a month late.')) as content
    from trust t join progress_report r on r.trust_id = t.model_id join report_version v on v.report_id = r.id
      join programme g on g.id = r.programme_id`;

/** The programme's periods up to `periods`, one a quarter. */
const PERIODS = `
  insert into reporting_period (programme_id, label, financial_year, starts_on, ends_on, opens_on, due_on)
    select programme_id, year || '/' || right((year + 1)::text, 2) || ' Q' || quarter, year || '/' || right((year + 1)::text, 2),
      starts, ends, ends + 1, ends + 28
    from (select programme_id, (ends_on + 1)::date as first from reporting_period order by ends_on desc limit 1) last,
      generate_series(1, :periods - (select count(*) from reporting_period)) i (n),
      lateral (select (first + make_interval(months => 3 * (n::int - 1)))::date as starts,
        (first + make_interval(months => 3 * n::int) - interval '1 day')::date as ends) d,
      lateral (select extract(year from starts - interval '3 months')::int as year,
        extract(quarter from starts - interval '3 months')::int as quarter) q;
  create temporary table period as select *, row_number() over (order by ends_on) as n from reporting_period
    order by ends_on limit :periods`;

/** A return of each trust for each period: accepted, and those of the last `submitted` periods only submitted. */
const RETURNS = `
  delete from report_version; delete from progress_report;
  create temporary table made as select uuidv7() as id, uuidv7() as version_id, t.id as trust_id, p.id as period_id,
      p.n > :periods - :submitted as waits from period p cross join trust t order by p.n, t.n;
  insert into progress_report (id, programme_id, trust_id, period_id, state, accepted_version, due_on, illustrative)
    select m.id, p.programme_id, m.trust_id, p.id, case when m.waits then 'submitted' else 'accepted' end,
      case when m.waits then null else 1 end, p.due_on, true
    from made m join period p on p.id = m.period_id;
  insert into report_version (id, trust_id, report_id, number, content, submitted_at, assessed_at, accepted_at)
    select m.version_id, m.trust_id, m.id, 1, c.content, p.due_on, case when m.waits then null else p.due_on end,
      case when m.waits then null else p.due_on end
    from made m join period p on p.id = m.period_id join content c on c.trust_id = m.trust_id;
  insert into finding (trust_id, report_version_id, position, code, severity, section, place, message)
    select trust_id, version_id, i, 'nothing-changed', 'warning', 'measurements', '/measurements', 'Nothing changed since last time.'
    from made cross join generate_series(1, 2) i where not waits;
  insert into delivery_confidence (programme_id, trust_id, period_id, report_version_id, scale, rating, reason, illustrative)
    select p.programme_id, m.trust_id, p.id, m.version_id, c.content -> 'confidence' ->> 'scale', 'amber', null, true
    from made m join period p on p.id = m.period_id join content c on c.trust_id = m.trust_id where not m.waits`;

/** Figures of each trust and period toward each target set and all of them, and the programme's sums of them. */
const FIGURES = `
  create temporary table target as select id, programme_id, version from target_set
    union all select null, id, 3 from programme where slug = '${SLUG}';
  insert into progress (programme_id, trust_id, period_id, ends_on, target_set_id, target_version, basis, numerator,
      denominator, comparable_numerator, planned_numerator, planned_denominator, measures_reported, measures_total,
      expected, computed_from, illustrative)
    select s.programme_id, m.trust_id, p.id, p.ends_on, s.id, s.version, b.basis, 10000000 * p.n / (:periods + 5), 10000000,
      10000000 * p.n / (:periods + 5), 10000000 * p.n / :periods, 10000000, 10, 10,
      '{"outcome": "too-few-points", "points": 1, "perYearPpm": null, "expectedOn": null, "earliestOn": null, "latestOn": null, "words": "Too few values for a trend."}',
      '[{"weight": 1, "measurement": "00000000-0000-7000-8000-000000000000", "revision": 1, "numerator": 40, "denominator": 100}]',
      true
    from made m join period p on p.id = m.period_id cross join target s
      cross join (values ('self-reported'), ('validated')) b (basis) where not m.waits;
  insert into programme_progress (programme_id, period_id, ends_on, target_set_id, target_version, basis, numerator,
      denominator, comparable_numerator, planned_numerator, planned_denominator, trusts_reported,
      trusts_carried_forward, trusts_total, expected, illustrative)
    select programme_id, period_id, ends_on, target_set_id, max(target_version), basis, sum(numerator), sum(denominator),
      sum(comparable_numerator), sum(planned_numerator), sum(planned_denominator), count(*), 0, count(*),
      '{"outcome": "too-few-points", "points": 1, "perYearPpm": null, "expectedOn": null, "earliestOn": null, "latestOn": null, "words": "Too few values for a trend."}', true
    from progress group by programme_id, period_id, ends_on, target_set_id, basis`;

/** Fills a database made from the template. */
export async function seed({ superuserUrl }, { trusts, periods, submitted = 0 }) {
  const numbers = { trusts, periods, submitted };
  const text = [TRUSTS, CONTENT, PERIODS, RETURNS, FIGURES].join(';\n');
  await run(
    superuserUrl,
    text.replaceAll(/:(trusts|periods|submitted)\b/g, (_, name) => numbers[name]),
  );
  await run(superuserUrl, 'vacuum (analyze)');
}
