import type { DateOn } from '../../core/calendar.js';
import type { ReadSql } from '../../database/sql.js';
import { ofTrusts, sumOfTrusts, sumsInRow, type TrustSum } from '../../programmes/kept-sum.queries.js';
import { IN_FORCE } from '../agreements/agreement.rules.js';
import { EXPECTED_ON } from '../gates/gate.queries.js';
import { GRANTED_CLAIMS } from '../gates/gate.rules.js';
import { HELD, matchFor } from './match.queries.js';
import type { MatchTotals } from './match.rules.js';

/** What the match of a programme adds up to, and how many trusts have an agreement that is below. */
export interface ProgrammeMatchTotals extends MatchTotals {
  trustsBelowRatio: number;
  trustsBelowAtNextGate: number;
}

/** For the rows of some trusts alone, by the column that names them. */
type Narrowed = (column: string) => string;

/** What was approved of each tranche `t` of agreements in force, and what it still brings. */
const tranches = (of: Narrowed): string => `select t.agreement_id, t.id, t.number, t.basis, t.planned_on,
    coalesce(c.pence, 0) as passed, greatest(0, t.grant_pence - coalesce(c.pence, 0)) as remaining,
    max(t.number) filter (where t.basis = 'delivery' and c.pence > 0) over (partition by t.agreement_id) as delivered
  from tranche t join standing s on s.id = t.agreement_id left join (
    select tranche_id, sum(approved_pence) as pence from claim where programme_id = $1 and state = any ($3)${of('trust_id')}
    group by tranche_id) c on c.tranche_id = t.id`;

/** What the tranches of each agreement still bring, what explicit advances explain, and which gate is next. */
const BY_AGREEMENT = `select agreement_id, sum(remaining) as remaining, min(number) filter (where remaining > 0) as next,
    coalesce(sum(passed) filter (where basis = 'advance' and number > coalesce(delivered, 0)), 0) as advanced
  from tranched group by agreement_id`;

const pledged = (of: Narrowed): string => `select agreement_id, sum(amount_pence) as pence from contribution
  where programme_id = $1 and state = 'pledged'${of('trust_id')} group by agreement_id`;

/** What is pledged of an agreement `s` until its next gate `t`, which is due today at the earliest. */
const PLEDGED_BY_THEN = `(select coalesce(sum(m.amount_pence), 0) from contribution m where m.agreement_id = s.id
    and m.state = 'pledged' and m.expected_on <= greatest($4::date, ${EXPECTED_ON}))`;

/** An agreement's match as `matchPosition` of match.rules.ts says it, as far as totals go. */
const positions = (
  of: Narrowed,
): string => `select g.trust_id, s.granted, s.accepted, s.evidenced, coalesce(d.pence, 0) as pledged, f.required,
    f.short, f.short - least(f.short, ${matchFor('least(s.granted, coalesce(b.advanced, 0))')}) as unexplained,
    greatest(0, ${matchFor('s.granted + least(s.open, coalesce(b.remaining, 0))')} - s.accepted) as still,
    t.basis = 'delivery' and f.then_required > s.accepted + s.evidenced
      and (f.then_required > s.accepted + s.evidenced + coalesce(d.pence, 0)
        or f.then_required > s.accepted + s.evidenced + ${PLEDGED_BY_THEN}) as below_next
  from held s join standing g on g.id = s.id left join by_agreement b on b.agreement_id = s.id
    left join tranched t on t.agreement_id = s.id and t.number = b.next left join (${pledged(of)}) d on d.agreement_id = s.id
    cross join lateral (select ${matchFor('s.granted')} as required,
      greatest(0, ${matchFor('s.granted')} - s.accepted) as short,
      ${matchFor('s.granted + least(s.open, coalesce(t.remaining, 0))')} as then_required) f`;

/** What the match of agreements in force adds up to on a day: the sums of what `matchPosition` says of each. */
export const MATCH: TrustSum<ProgrammeMatchTotals> = {
  name: 'match',
  tables: [
    'account',
    'agreement',
    'claim',
    'contribution',
    'funding_line',
    'milestone',
    'tranche',
    'tranche_milestone',
  ],
  asked: async (_sql, _programmeId, today) => [today],
  of(sql, programmeId, [today], trusts) {
    const values: unknown[] = [programmeId, IN_FORCE, GRANTED_CLAIMS, today];
    const of = ofTrusts(values, trusts);
    const sum = (what: string): string => `coalesce(sum(${what}), 0)::bigint`;
    return sumsInRow<ProgrammeMatchTotals>(
      sql,
      `with standing as materialized (select g.id, g.trust_id, g.match_pence, g.per_grant_pence from agreement g
         where g.programme_id = $1 and g.state = any ($2)${of('g.trust_id')}),
       held as (${HELD}), tranched as materialized (${tranches(of)}), by_agreement as (${BY_AGREEMENT}),
       position as materialized (${positions(of)})
     select count(*)::int as agreements, (count(*) filter (where unexplained > 0))::int as "belowRatio",
       (count(*) filter (where below_next))::int as "belowAtNextGate",
       (count(distinct trust_id) filter (where unexplained > 0))::int as "trustsBelowRatio",
       (count(distinct trust_id) filter (where below_next))::int as "trustsBelowAtNextGate", ${sum('granted')} as "grantPence",
       ${sum('required')} as "requiredPence", ${sum('accepted')} as "acceptedPence",
       ${sum('evidenced')} as "evidencedPence", ${sum('pledged')} as "pledgedPence", ${sum('short')} as "shortfallPence",
       ${sum('unexplained')} as "unexplainedPence", ${sum('still')} as "stillToAcceptPence"
     from position`,
      values,
    );
  },
};

/** The match of all agreements of a programme that are in force and the reader may see. */
export function programmeMatchTotals(
  sql: ReadSql,
  programmeId: string,
  today: DateOn,
): Promise<ProgrammeMatchTotals> {
  return sumOfTrusts<ProgrammeMatchTotals>(sql, MATCH, programmeId, [today]);
}
