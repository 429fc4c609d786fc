// The same questions as a plain program asks them, each in one statement without a name.
import { programmeProgress } from '../../dist/progress-reports/programme-progress.queries.js';

const RETURNS = `select r.id, o.ods_code, o.name as trust_name, t.label as period, r.state, r.due_on, r.version,
    r.accepted_version, to_json(v.submitted_at) as submitted_at, f.blocking, f.warning,
    v.confidence ->> 'scale' as scale, v.confidence ->> 'rating' as rating,
    r.state in ('open', 'draft', 'trust-certified') and r.version = 1 and r.due_on < $3 as overdue,
    r.illustrative, r.revision
  from progress_report r join organisation o on o.id = r.trust_id join reporting_period t on t.id = r.period_id
    join report_version v on v.report_id = r.id and v.number = r.version
    cross join lateral (select count(*) filter (where severity = 'blocking')::int as blocking,
      count(*) filter (where severity = 'warning')::int as warning from finding where report_version_id = v.id) f
  where r.programme_id = (select id from programme where slug = $1)
  order by r.due_on desc, r.id desc limit $2`;

/** Rows to objects to text, as a program without JSON in its SQL does it. */
async function returns(pool, slug, query, today) {
  const limit = Number(query.get('limit') ?? 50);
  const { rows } = await pool.query(RETURNS, [slug, limit + 1, today]);
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    trust: { odsCode: row.ods_code, name: row.trust_name },
    period: row.period,
    state: row.state,
    dueOn: row.due_on,
    overdue: row.overdue,
    version: row.version,
    acceptedVersion: row.accepted_version,
    submittedAt: row.submitted_at,
    findings: { blocking: row.blocking, warning: row.warning },
    confidence: row.scale === null ? null : { scale: row.scale, rating: row.rating },
    illustrative: row.illustrative,
    revision: row.revision,
  }));
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  const next = more ? Buffer.from(JSON.stringify([last.dueOn, last.id])).toString('base64url') : null;
  return JSON.stringify({ items, next });
}

/** The application's own statement, word for word: here it is only sent without a name. */
async function progress(pool, slug, query) {
  const sql = { query: async (text, values) => (await pool.query(text, values)).rows };
  const found = await programmeProgress(sql, slug, null, Number(query.get('limit') ?? 50), null);
  return found.json;
}

/** By the last word of the address. */
export const ROUTES = { 'progress-reports': returns, progress };
