import { addDays, type DateOn } from '../../core/calendar.js';
import type { Pence } from '../../core/money.js';
import { given, type ReadSql, type Sql } from '../../database/sql.js';
import { firstOfTrusts } from '../../programmes/kept-list.queries.js';
import { KEPT_FIRST } from '../../programmes/kept-list.rules.js';
import {
  ofTrusts,
  sumOfTrusts,
  sumsInRow,
  sumsOf,
  type TrustSum,
} from '../../programmes/kept-sum.queries.js';
import { IN_FORCE } from '../agreements/agreement.rules.js';
import { type AgreementState } from '../agreements/agreement-states.js';
import { type GateMilestone, GRANTED_CLAIMS, PAID_CLAIMS } from './gate.rules.js';
import { type GateWaiverView, standsOn, WAIVER_JSON } from './gate-waiver.queries.js';
import type { StandingWaiver } from './gate-waiver.rules.js';

/** Gates of the next ninety days, as question 3 of the programme manager asks (domain.md section 11). */
export const SOON_DAYS = 90;

/** A waiver that stands, with until when. */
export type GateWaiverRow = StandingWaiver & Pick<GateWaiverView, 'grantedAt' | 'expiresOn'>;

/** A tranche with all that its gate looks at. Whole pence. */
export interface GateRow {
  id: string;
  programmeId: string;
  trustId: string;
  trust: { odsCode: string; name: string };
  agreement: {
    id: string;
    reference: string;
    state: AgreementState;
    version: number;
    matchPence: number;
    perGrantPence: number;
  };
  number: number;
  name: string;
  basis: 'advance' | 'delivery';
  grantPence: Pence;
  drawnPence: Pence;
  plannedOn: DateOn;
  /** The latest forecast of its open milestones, or the planned day. */
  expectedOn: DateOn;
  /** What claims on it were granted, paid or not. */
  grantedPence: Pence;
  /** What of that is paid. */
  paidPence: Pence;
  /** Of the whole agreement, as `GateFacts` has them. */
  money: {
    acceptedMatchPence: Pence;
    approvedPence: Pence;
    paidPence: Pence;
    scheduledPence: Pence;
  };
  /** By their agreed days. */
  milestones: GateMilestone[];
  /** Those that stand, oldest first. */
  waivers: GateWaiverRow[];
  illustrative: boolean;
  revision: number;
}

/**
 * The day on which a tranche `t` is expected: the latest forecast of its milestones that are still open, as
 * `isOpenMilestone` says, or the planned day.
 */
export const EXPECTED_ON = `coalesce((select max(m.forecast_on) from tranche_milestone x join milestone m on m.id = x.milestone_id
    where x.tranche_id = t.id and m.state not in ('met', 'waived', 'cancelled')), t.planned_on)`;

/** The same for all tranches of a programme, each found in one pass: what is joined, and the day. */
const allForecasts = (
  programme: string,
  narrowed = '',
): string => `left join (select x.tranche_id, max(m.forecast_on) as day
    from milestone m join tranche_milestone x on x.milestone_id = m.id
    where m.programme_id = ${programme} and m.state not in ('met', 'waived', 'cancelled')${narrowed} group by x.tranche_id) f
  on f.tranche_id = t.id`;
const EXPECTED_OF_ALL = 'coalesce(f.day, t.planned_on)';

/** States, as a list in SQL: constants of the program, never what somebody sent. */
const list = (states: readonly string[]): string => states.map((state) => `'${state}'`).join(', ');

/** States of an agreement under which money may still come to pass, as a list in SQL. */
export const NOT_ENDED = list(['active', 'suspended', 'closing'] satisfies AgreementState[]);

/** What claims beside this one (`$2`) were granted of a tranche, and what of that is paid. */
const CLAIMED = `select c.tranche_id,
    sum(c.approved_pence)::bigint as granted,
    (coalesce(sum(c.approved_pence) filter (where c.state in (${list(PAID_CLAIMS)})), 0))::bigint as paid
  from claim c where c.tranche_id in (select id from picked) and c.id is distinct from $2
    and c.state in (${list(GRANTED_CLAIMS)}) group by 1`;

const MONEY = `select l.agreement_id,
    (coalesce(sum(a.balance_pence) filter (where a.source = 'match' and a.stage = 'accepted'), 0))::bigint as accepted,
    (coalesce(sum(a.balance_pence) filter (where a.source = 'grant' and a.stage = 'approved'), 0))::bigint as approved,
    (coalesce(sum(a.balance_pence) filter (where a.source = 'grant' and a.stage in ('paid', 'written-off')), 0))::bigint
      as paid
  from funding_line l join account a on a.line_id = l.id
  where l.agreement_id in (select agreement_id from picked) group by 1`;

const SCHEDULED = `select y.agreement_id, sum(y.amount_pence)::bigint as scheduled
  from payment y where y.agreement_id in (select agreement_id from picked) and y.state = 'scheduled'
    and y.claim_id is distinct from $2 group by 1`;

const MILESTONES = `(select coalesce(json_agg(json_build_object('id', m.id, 'code', p.code || '/' || m.code, 'name', m.name,
      'state', m.state, 'agreedOn', coalesce(m.agreed_on, m.baseline_on), 'forecastOn', m.forecast_on,
      'actualOn', m.actual_on) order by coalesce(m.agreed_on, m.baseline_on), m.id), '[]')
    from tranche_milestone x join milestone m on m.id = x.milestone_id join project p on p.id = m.project_id
    where x.tranche_id = k.id)`;

const WAIVERS = `(select coalesce(json_agg(${WAIVER_JSON} order by w.id), '[]')
    from gate_waiver w join person b on b.id = w.granted_by where w.tranche_id = k.id and ${standsOn('$1')})`;

/** Which gates are wanted; what is null or left out narrows nothing. */
interface Wanted {
  id?: string;
  programmeId?: string;
  /** By ODS code. */
  trust?: string | null;
  /** Those with something left to pay whose planned or expected day is this one or before, overdue ones included. */
  until?: DateOn | null;
  after?: unknown[] | null;
  /** Among these alone. */
  among?: readonly string[];
}

/** Whether something of a tranche `t` is still to be paid. */
const TO_PASS = `t.grant_pence > (select coalesce(sum(c.approved_pence), 0) from claim c
    where c.tranche_id = t.id and c.state in (${list(PAID_CLAIMS)}))`;

/** What gates with money left to pay come to: how many there are, and what is still to be drawn behind them. */
export interface GateTotals {
  gates: number;
  leftPence: Pence;
}

/** The gates of agreements in force that have money left to pay: of the trust and until the day that are asked for. */
export const GATES: TrustSum<GateTotals> = {
  name: 'gates',
  tables: ['agreement', 'claim', 'milestone', 'tranche', 'tranche_milestone'],
  asked: async (_sql, _programmeId, today) => [null, addDays(today, SOON_DAYS)],
  of(sql, programmeId, [trust, until], trusts) {
    const values: unknown[] = [programmeId];
    const of = ofTrusts(values, trusts);
    const wanted = given(values, {
      'g.trust_id = (select id from organisation where ods_code = ?)': trust,
      [`g.state in (${NOT_ENDED}) and least(t.planned_on, ${EXPECTED_OF_ALL}) <= ?`]: until,
    });
    return sumsInRow<GateTotals>(
      sql,
      `select count(*)::int as gates, coalesce(sum(t.grant_pence - t.drawn_pence), 0)::bigint as "leftPence"
     from tranche t join agreement g on g.id = t.agreement_id ${allForecasts('$1', of('m.trust_id'))}
     where g.programme_id = $1 and g.state in (${list(IN_FORCE)}) and ${TO_PASS}${of('g.trust_id')}${wanted}`,
      values,
    );
  },
};

/** The gates of a programme's agreements in force that have money left to pay, narrowed as a list of them. */
export function gateTotals(
  sql: ReadSql,
  { programmeId, trust, until }: { programmeId: string; trust: string | null; until: DateOn | null },
): Promise<GateTotals> {
  return sumOfTrusts(sql, GATES, programmeId, [trust, until]);
}

/**
 * Gates by the day that they are expected on, each with all that it looks at: one statement, however many there are.
 * @param claimId the claim whose gate it is, which is not counted among the others; null where nobody claims yet
 */
function gateRows(
  sql: Sql,
  today: DateOn,
  claimId: string | null,
  wanted: Wanted,
  limit: number,
): Promise<GateRow[]> {
  const values: unknown[] = [today, claimId, limit];
  const programme = wanted.programmeId && `$${values.push(wanted.programmeId)}`;
  // Of few each is looked for by itself.
  const all = programme && !wanted.among;
  const expected = all ? EXPECTED_OF_ALL : EXPECTED_ON;
  const picked = given(values, {
    't.id = ?': wanted.id,
    't.id = any (?::uuid[])': wanted.among && [wanted.among],
    'g.trust_id = (select id from organisation where ods_code = ?)': wanted.trust,
  });
  const narrowed = given(values, {
    [`state in (${NOT_ENDED}) and ${TO_PASS} and least(planned_on, expected_on) <= ?`]: wanted.until,
    '(expected_on, id) > (?::date, ?::uuid)': wanted.after,
  });
  return sql.query<GateRow>(
    `with picked as (select * from (
         select t.id, t.trust_id, t.agreement_id, t.number, t.name, t.basis, t.planned_on, t.grant_pence, t.drawn_pence,
           t.revision, ${expected} as expected_on, g.programme_id, g.reference, g.state, g.version, g.match_pence,
           g.per_grant_pence, g.illustrative
         from tranche t join agreement g on g.id = t.agreement_id${
           programme
             ? ` and g.programme_id = ${programme} and g.state in (${list(IN_FORCE)}) ${all ? allForecasts(programme) : ''}`
             : ''
         } where true${picked}) t
       where true${narrowed} order by expected_on, id limit $3),
     claimed as (${CLAIMED}), money as (${MONEY}), scheduled as (${SCHEDULED})
     select k.id, k.programme_id as "programmeId", k.trust_id as "trustId",
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       json_build_object('id', k.agreement_id, 'reference', k.reference, 'state', k.state, 'version', k.version,
         'matchPence', k.match_pence, 'perGrantPence', k.per_grant_pence) as agreement,
       k.number, k.name, k.basis, k.grant_pence as "grantPence", k.drawn_pence as "drawnPence",
       k.planned_on as "plannedOn", k.expected_on as "expectedOn",
       coalesce(c.granted, 0) as "grantedPence", coalesce(c.paid, 0) as "paidPence",
       json_build_object('acceptedMatchPence', coalesce(m.accepted, 0), 'approvedPence', coalesce(m.approved, 0),
         'paidPence', coalesce(m.paid, 0), 'scheduledPence', coalesce(s.scheduled, 0)) as money,
       ${MILESTONES} as milestones, ${WAIVERS} as waivers, k.illustrative, k.revision
     from picked k join organisation o on o.id = k.trust_id
       left join claimed c on c.tranche_id = k.id left join money m on m.agreement_id = k.agreement_id
       left join scheduled s on s.agreement_id = k.agreement_id
     order by k.expected_on, k.id`,
    values,
  );
}

/** The gates that have money left to pay, by the day that they are expected on. */
export const NEXT_GATES: TrustSum = {
  name: 'next-gates',
  tables: GATES.tables,
  asked: async () => [],
  of(sql, programmeId, _asked, trusts) {
    const values: unknown[] = [programmeId];
    const of = ofTrusts(values, trusts);
    return sumsOf(
      sql,
      `select g.trust_id || ':' || t.id as name, to_char(${EXPECTED_OF_ALL}, 'YYYYMMDD')::int as value
       from tranche t join agreement g on g.id = t.agreement_id ${allForecasts('$1', of('m.trust_id'))}
       where g.programme_id = $1 and g.state in (${NOT_ENDED}) and ${TO_PASS}${of('g.trust_id')}
       order by 2, t.id${trusts === null ? ` limit ${KEPT_FIRST}` : ''}`,
      values,
    );
  },
};

/** The gates of a programme's agreements in force, by the day that they are expected on, `limit` at most. */
export async function gates(
  sql: Sql,
  today: DateOn,
  filter: { programmeId: string; trust: string | null; until: DateOn | null; after: unknown[] | null },
  limit: number,
): Promise<GateRow[]> {
  // What is next is mostly among what is kept of it.
  const next = filter.until && !filter.trust && (await firstOfTrusts(sql, NEXT_GATES, filter.programmeId));
  if (next) {
    const rows = await gateRows(sql, today, null, { ...filter, among: next.ids }, limit);
    if (next.all || rows.length === limit) return rows;
  }
  return gateRows(sql, today, null, filter, limit);
}

/**
 * The gate of one tranche.
 * @param claimId the claim that is to pass it, where there is one
 */
export async function gate(
  sql: Sql,
  trancheId: string,
  today: DateOn,
  claimId: string | null = null,
): Promise<GateRow | undefined> {
  return (await gateRows(sql, today, claimId, { id: trancheId }, 1))[0];
}

/**
 * The days on which a trust's gates are expected: of tranches not yet drawn in full under its agreements in force; while
 * it has none, of the tranches that its award is planned in.
 */
export async function expectedGates(sql: Sql, programmeId: string, trustId: string): Promise<DateOn[]> {
  const rows = await sql.query<{ expectedOn: DateOn }>(
    `with agreed as (
       select g.id, g.state from agreement g where g.programme_id = $1 and g.trust_id = $2 and g.state in (${list(IN_FORCE)}))
     select ${EXPECTED_ON} as "expectedOn" from agreed g join tranche t on t.agreement_id = g.id
     where t.drawn_pence < t.grant_pence and g.state in (${NOT_ENDED})
     union all
     select coalesce((select max(m.forecast_on) from milestone m join project p on p.id = m.project_id
         where m.trust_id = t.trust_id and p.programme_id = $1 and p.code || '/' || m.code = any (t.milestones)
           and m.state not in ('met', 'waived', 'cancelled')), t.planned_on)
     from award a join award_tranche t on t.award_id = a.id
     where a.programme_id = $1 and a.trust_id = $2 and not exists (select from agreed)`,
    [programmeId, trustId],
  );
  return rows.map(({ expectedOn }) => expectedOn);
}
