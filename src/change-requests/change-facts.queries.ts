import { plansOfTrust } from '../benefits/benefit-plan.queries.js';
import type { DateOn } from '../core/calendar.js';
import type { FinancialYear } from '../core/financial-period.js';
import { firstRow, type Sql } from '../database/sql.js';
import { standingOf } from '../funding/agreements/agreement.queries.js';
import type { AgreementState } from '../funding/agreements/agreement-states.js';
import type { AgreementTerms } from '../funding/agreements/agreement-terms.js';
import { balancesOf } from '../funding/ledger.queries.js';
import type { Stage } from '../funding/ledger.rules.js';
import { milestonesOfTrust } from '../milestones/milestone.queries.js';
import { measuresOfTrust } from '../targets/target.queries.js';
import type { ChangeFacts, LineBalance, MeasuredTargetSet } from './change-facts.js';

interface Frame {
  programmeId: string;
  trustId: string;
  startsOn: DateOn;
  endsOn: DateOn;
  delayReasons: string[];
  closedYears: FinancialYear[];
  state: AgreementState;
  terms: AgreementTerms;
}

/** What a change of an agreement is checked and weighed against. @throws Error where the agreement is not there */
export async function changeFacts(sql: Sql, agreementId: string): Promise<ChangeFacts> {
  const frame = await firstRow<Frame>(
    sql,
    `select p.id as "programmeId", g.trust_id as "trustId", p.starts_on as "startsOn", p.ends_on as "endsOn", g.state,
       v.terms, (select coalesce(json_agg(reason ->> 'code'), '[]')
         from jsonb_array_elements(p.terms -> 'delayReasons') reason) as "delayReasons",
       (select coalesce(json_agg(y.financial_year order by y.financial_year), '[]') from year_end y
         where y.programme_id = p.id) as "closedYears"
     from agreement g join programme p on p.id = g.programme_id
       join agreement_version v on v.agreement_id = g.id and v.number = g.version
     where g.id = $1`,
    [agreementId],
  );
  if (!frame) throw new Error(`No agreement ${agreementId}`);
  const { programmeId, trustId, state, terms, ...programme } = frame;
  return {
    programme,
    state,
    terms,
    balances: await lineBalances(sql, agreementId),
    standing: await standingOf(sql, agreementId),
    milestones: await milestonesOfTrust(sql, programmeId, trustId),
    targetSets: await measuredTargetSets(sql, programmeId, trustId),
    benefits: await plansOfTrust(sql, programmeId, trustId),
  };
}

const COLUMNS: Partial<Record<Stage, 'awardedPence' | 'lapsedPence' | 'pledgedPence'>> = {
  awarded: 'awardedPence',
  lapsed: 'lapsedPence',
  pledged: 'pledgedPence',
};

async function lineBalances(sql: Sql, agreementId: string): Promise<LineBalance[]> {
  const lines = new Map<string, LineBalance>();
  for (const { lineId, financialYear, kind, stage, balancePence } of await balancesOf(sql, agreementId)) {
    const none = { financialYear, kind, awardedPence: 0, lapsedPence: 0, pledgedPence: 0 };
    const line = lines.get(lineId) ?? none;
    const column = COLUMNS[stage];
    lines.set(lineId, column ? { ...line, [column]: balancePence } : line);
  }
  return [...lines.values()];
}

async function measuredTargetSets(
  sql: Sql,
  programmeId: string,
  trustId: string,
): Promise<MeasuredTargetSet[]> {
  const measures = await measuresOfTrust(sql, programmeId, trustId);
  const sets = await sql.query<Omit<MeasuredTargetSet, 'measures'>>(
    `select code || '/v' || version as ref, name, target_on as "targetOn" from target_set
     where programme_id = $1 order by code, version`,
    [programmeId],
  );
  return sets.flatMap((set) => {
    const own = measures.filter(({ targetSet }) => targetSet === set.ref);
    return own.length === 0
      ? []
      : [{ ...set, measures: own.map(({ code, projectId }) => ({ code, projectId })) }];
  });
}
