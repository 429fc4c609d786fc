// Where the record says when a thing came into a stage and left it. Each part reads only what was open or ended since the
// first day asked for, by an index: what a programme did before costs nothing.

/** Which stays are wanted. */
interface Wanted {
  /** A condition for rows of some trusts alone, by the column that names them; nothing where all are wanted. */
  of: (column: string) => string;
  /** Those that ended since the first day asked for. */
  ended: boolean;
  /** Those that are not over. */
  open: boolean;
}

/** A day's first moment in London. */
const startOf = (day: string): string => `((${day})::timestamp at time zone 'Europe/London')`;
const FROM = startOf('$3::date');
const UNTIL = startOf('$4::date + 1');

/** From an instant until another; still going on where there is none. */
const turn = (from: string, until: string): string =>
  `tstzrange(${from}, case when ${until} is not null then greatest(${from}, ${until}) end)`;

const states = (...names: string[]): string => `(${names.map((name) => `'${name}'`).join(', ')})`;
/** Of a return or a claim that is being mended, there is a version that was submitted. */
const mended = (alias: string, ...names: string[]): string =>
  `(${alias}.version > 1 and ${alias}.state in ${states(...names)})`;

const OPEN_RETURNS = states('open', 'draft', 'trust-certified', 'submitted', 'queried', 'resubmitted');
const OPEN_CLAIMS = states(
  ...['draft', 'fd-certified', 'submitted', 'evidence-check', 'queried', 'recommended'],
  ...['approved', 'part-approved', 'scheduled', 'paid'],
);

/**
 * Returns: their versions; and their rounds, each from a submission to the acceptance of what came of it, with the times
 * at which a query had the trust at work again.
 */
const returns = ({ of, ended }: Wanted): string => `returns as materialized (
    select r.id, r.trust_id, r.period_id, r.state, r.version from progress_report r
    where r.programme_id = $1${of('r.trust_id')} and r.id in (
      select o.id from progress_report o where o.programme_id = $1 and o.state in ${OPEN_RETURNS}${of('o.trust_id')}
      ${ended ? `union select v.report_id from report_version v where v.accepted_at >= ${FROM}${of('v.trust_id')}` : ''})),
  numbered as (select v.report_id, v.number, v.certified_at, v.submitted_at, v.accepted_at,
      lag(v.accepted_at) over w as accepted_before, lead(v.submitted_at) over w as submitted_again,
      (select min(q.raised_at) from report_query q where q.report_id = v.report_id and q.version = v.number) as queried_at
    from returns r join report_version v on v.report_id = r.id window w as (partition by v.report_id order by v.number)),
  versions as materialized (select n.*, count(*) filter (where n.number = 1 or n.accepted_before is not null)
      over (partition by n.report_id order by n.number) as round from numbered n),
  rounds as materialized (select v.report_id, v.round, min(v.submitted_at) as entered, max(v.accepted_at) as left_at,
      max(v.number) as last, range_agg(${turn('v.queried_at', 'v.submitted_again')})
        filter (where v.queried_at is not null) as queried
    from versions v group by v.report_id, v.round)`;

/**
 * Claims, and the times at which a query had the trust at work again: until its answer, or the next version;
 * and those at which a version waited to be taken up.
 */
const claims = ({ of, ended }: Wanted): string => `claims as materialized (
    select c.id, c.trust_id, c.state, c.version, c.state_since, c.certified_at, c.submitted_at, c.checked_at,
      c.recommended_at,
      coalesce(c.second_approved_at, case when c.state not in ${states('recommended', 'rejected')} then c.approved_at end)
        as approved_at
    from claim c where c.programme_id = $1 and c.id in (
      select o.id from claim o where o.programme_id = $1 and o.state in ${OPEN_CLAIMS}${of('o.trust_id')}
      ${ended ? `union select e.id from claim e where e.programme_id = $1 and e.state_since >= ${FROM}${of('e.trust_id')}` : ''})),
  checks as materialized (select c.*, case when c.state = 'rejected' then c.state_since end as rejected_at,
      coalesce((select min(v.checked_at) from claim_version v where v.claim_id = c.id), c.checked_at) as entered,
      (select range_agg(t.turn) from (
        select ${turn('q.raised_at', 'q.answered_at')} as turn from claim_query q where q.claim_id = c.id
        union all
        select ${turn('asked.last', 'coalesce(n.submitted_at, case when v.number + 1 = c.version then c.submitted_at end)')}
          from claim_version v cross join lateral (select coalesce(max(q.raised_at), v.revised_at) as last
            from claim_query q where q.claim_id = v.claim_id and q.version = v.number) asked
          left join claim_version n on n.claim_id = v.claim_id and n.number = v.number + 1
          where v.claim_id = c.id) t) as queried,
      (select range_agg(${turn('w.submitted_at', 'w.checked_at')}) from (
        select v.submitted_at, v.checked_at from claim_version v where v.claim_id = c.id and v.checked_at is not null
        union all select c.submitted_at, c.checked_at where c.checked_at is not null or c.state = 'submitted') w) as waited
    from claims c)`;

/** Stays in each stage: the trust's, when it began and ended, how it was queried meanwhile, and whether it lasts. */
const OF_RETURNS = `
  select 'return-preparation' as stage, r.trust_id, ${startOf('t.ends_on + 1')} as entered, v.certified_at as left_at,
      null::tstzmultirange as queried, r.version = 1 and r.state in ${states('open', 'draft')} as open
    from returns r join reporting_period t on t.id = r.period_id
      left join versions v on v.report_id = r.id and v.number = 1
  union all
  select 'return-submission', r.trust_id, v.certified_at, v.submitted_at, null,
      v.number = r.version and r.state = 'trust-certified'
    from returns r join versions v on v.report_id = r.id
  union all
  select 'return-review', r.trust_id, o.entered, o.left_at, o.queried, o.last = r.version
      and (r.state in ${states('submitted', 'queried', 'resubmitted')} or ${mended('r', 'draft', 'trust-certified')})
    from returns r join rounds o on o.report_id = r.id
  union all
  select 'return-query', r.trust_id, lower(q.turn), upper(q.turn), null, o.last = r.version
      and r.state in ${states('queried', 'draft', 'trust-certified')}
    from returns r join rounds o on o.report_id = r.id cross join unnest(o.queried) q (turn)`;

const OF_CLAIMS = `
  select 'claim-submission', c.trust_id, c.certified_at, c.submitted_at, null, c.state = 'fd-certified' from claims c
  union all
  select 'claim-submission', c.trust_id, v.certified_at, v.submitted_at, null, false
    from claims c join claim_version v on v.claim_id = c.id
  union all
  select 'claim-taking', c.trust_id, c.submitted_at, c.checked_at, null, c.state = 'submitted' from claims c
  union all
  select 'claim-taking', c.trust_id, v.submitted_at, v.checked_at, null, false
    from claims c join claim_version v on v.claim_id = c.id
  union all
  select 'claim-check', c.trust_id, c.entered, coalesce(c.recommended_at, c.rejected_at),
      coalesce(c.queried + c.waited, c.waited),
      c.state in ${states('evidence-check', 'queried')} or ${mended('c', 'draft', 'fd-certified', 'submitted')}
    from checks c
  union all
  select 'claim-query', c.trust_id, lower(q.turn), upper(q.turn), null,
      c.state = 'queried' or ${mended('c', 'draft', 'fd-certified')}
    from checks c cross join unnest(c.queried) q (turn)
  union all
  select 'claim-approval', c.trust_id, c.recommended_at, coalesce(c.approved_at, c.rejected_at), null,
      c.state = 'recommended' from checks c
  union all
  select 'claim-payment', c.trust_id, c.approved_at, p.recorded_at, null,
      c.state in ${states('approved', 'part-approved', 'scheduled')}
    from claims c left join payment p on p.claim_id = c.id and p.state not in ${states('cancelled', 'reversed')}
  union all
  select 'claim-reconciliation', c.trust_id, p.recorded_at, p.reconciled_at, null, c.state = 'paid'
    from claims c join payment p on p.claim_id = c.id and p.state not in ${states('cancelled', 'reversed')}`;

const ofChanges = ({ of, ended }: Wanted): string => `
  select stay.stage, r.trust_id, stay.entered, stay.left_at, null, stay.open
    from change_request r cross join lateral (values
        ('change-decision', r.submitted_at, case when r.state in ${states('approved', 'rejected', 'applied')} then r.decided_at end,
          r.state in ${states('submitted', 'impact-assessed', 'deferred')}),
        ('change-application', case when r.state in ${states('approved', 'applied')} then r.decided_at end, r.applied_at,
          r.state = 'approved')) stay (stage, entered, left_at, open)
    where r.programme_id = $1 and r.id in (
      select o.id from change_request o where o.programme_id = $1
        and o.state in ${states('submitted', 'impact-assessed', 'deferred', 'approved')}${of('o.trust_id')}
      ${ended ? `union select e.id from change_request e where e.programme_id = $1 and e.state_since >= ${FROM}${of('e.trust_id')}` : ''})`;

/** A stage of one table: what left it since the first day, and what stands in it, each by an index of its own. */
const simple =
  (stage: string, table: string, entered: string, left: string, ...standing: string[]) =>
  ({ of, ended, open }: Wanted): string =>
    [
      ...(ended
        ? [
            `select '${stage}', x.trust_id, x.${entered}, x.${left}, null, false
    from ${table} x where x.programme_id = $1 and x.${left} >= ${FROM} and x.${left} < ${UNTIL}${of('x.trust_id')}`,
          ]
        : []),
      ...(open
        ? [
            `select '${stage}', x.trust_id, x.${entered}, null, null, true
    from ${table} x where x.programme_id = $1 and x.state in ${states(...standing)}${of('x.trust_id')}`,
          ]
        : []),
    ].join('\n  union all\n  ');

/**
 * Assurance of a trust of the programme, and of a product that one of its projects uses, which is of no one trust and so
 * is among what any trusts come to.
 */
const ofAssurance = ({ of, ended }: Wanted): string => `
  select stay.stage, i.trust_id, stay.entered, stay.left_at, null, stay.open
    from assurance_item i cross join lateral (values
        ('assurance-preparation', i.prepared_at, i.submitted_at, i.state = 'draft'),
        ('assurance-review', i.submitted_at, i.decided_at, i.state = 'submitted')) stay (stage, entered, left_at, open)
    where i.id in (select o.id from assurance_item o where o.state in ${states('draft', 'submitted')}
        ${ended ? `union select d.id from assurance_item d where d.decided_at >= ${FROM}` : ''}) and (i.trust_id is null or true${of('i.trust_id')})
      and (i.trust_id in (select w.organisation_id from programme_role w where w.programme_id = $1 and w.role = 'awardee')
        or (i.trust_id is null and i.product_id in (select d.product_id from deployment d where d.programme_id = $1)))`;

const PARTS = [
  ...[() => OF_RETURNS, () => OF_CLAIMS, ofChanges, ofAssurance],
  simple(
    'measurement-validation',
    'measurement',
    'reported_at',
    'validated_at',
    'self-reported',
    'challenged',
  ),
  simple('milestone-claim', 'milestone_review', 'claimed_at', 'began_at', 'claimed'),
  simple('milestone-review', 'milestone_review', 'began_at', 'ended_at', 'under-review'),
  simple('match-decision', 'contribution', 'evidenced_at', 'decided_at', 'evidenced'),
  simple('benefit-validation', 'benefit_actual', 'reported_at', 'decided_at', 'reported'),
  ...[
    simple(
      'blueprint-review',
      'blueprint_version',
      'submitted_at',
      'published_at',
      'submitted',
      'in-review',
      'queried',
    ),
  ],
];

/** Asked once for a statement, and not for each of its rows. */
const NOW = '(select moment())';
const seconds = (interval: string): string => `extract(epoch from ${interval})`;

/**
 * Of stays, `s`, with `entered`, `left_at` and `queried`: how long each was, and how long of that it was with somebody
 * else, in days to a tenth, which is also what a target is held against. What was queried outside of a stay is none of
 * it, and queries that were open at once count once; so both are nothing or more, and the second is never more than the
 * first.
 */
export const MEASURED = `round(greatest(${seconds(`coalesce(s.left_at, ${NOW}) - s.entered`)}, 0) / 86400, 1) as whole,
    case when s.queried is null then 0 else round(coalesce((
      select sum(${seconds('upper(t.turn) - lower(t.turn)')}) from unnest(s.queried
        * tstzmultirange(tstzrange(s.entered, greatest(s.entered, coalesce(s.left_at, ${NOW}))))) t (turn)), 0) / 86400, 1)
      end as away`;

const staysThat = (condition: string, wanted: Wanted): string => `${returns(wanted)},
  ${claims(wanted)},
  stays as materialized (select s.stage, s.trust_id, s.left_at, ${MEASURED} from (${PARTS.map((part) => part(wanted)).join('\n  union all\n  ')}) s
    where s.stage = any ($2::text[]) and s.entered is not null and ${condition})`;
const ENDED = `s.left_at >= ${FROM} and s.left_at < ${UNTIL}`;

/** The stages that $2 names: stays of some trusts alone that ended from $3 to $4, days in London, of the programme $1. */
export const endedStaysOf = (of: Wanted['of']): string => staysThat(ENDED, { of, ended: true, open: false });
/** The same, and those that are not over. */
export const staysOf = (of: Wanted['of']): string =>
  staysThat(`case when s.left_at is null then s.open else ${ENDED} end`, { of, ended: true, open: true });
/** Those that are not over alone: of $1 and $2, without days. */
export const openStaysOf = (of: Wanted['of']): string =>
  staysThat('s.left_at is null and s.open', { of, ended: false, open: true });

/** Of those that left, the figure that half, and nine in ten, are not above: by nearest rank. */
const spread = (figure: string): string => {
  const rank = (part: number): string =>
    `(percentile_disc(${part}) within group (order by ${figure}) filter (where s.left_at is not null))::float8`;
  return `json_build_object('medianDays', ${rank(0.5)}, 'ninetiethDays', ${rank(0.9)})`;
};

/** What is said of those of a group that are in their stage still; `targets`: the place of the targets in days. */
export const openOf = (targets: string): string => `count(*) filter (where s.left_at is null)::int as open,
    (max(s.whole - s.away) filter (where s.left_at is null))::float8 as "longestOpenDays",
    case when (${targets}::jsonb -> s.stage) is not null
      then count(*) filter (where s.left_at is null and s.whole - s.away > (${targets}::jsonb ->> s.stage)::numeric)::int end
      as "openOverTarget"`;

/** What is said of a group of stays, `s`, of one stage: of those that left, and of those that are in it still; $5: the targets in days, by stage. */
export const TIMES = `count(*) filter (where s.left_at is not null)::int as ended, ${spread('s.whole')} as whole,
    ${spread('s.whole - s.away')} as own, ${spread('s.away')} as away,
    case when ($5::jsonb -> s.stage) is not null
      then count(*) filter (where s.left_at is not null and s.whole - s.away <= ($5::jsonb ->> s.stage)::numeric)::int end
      as "withinTarget", ${openOf('$5')}`;
