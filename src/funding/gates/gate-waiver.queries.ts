import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import { firstRow, type Sql } from '../../database/sql.js';
import type { StandingWaiver } from './gate-waiver.rules.js';

/** A waiver of a tranche's gate. */
export interface GateWaiverView extends StandingWaiver {
  tranche: { id: string; number: number; name: string };
  agreement: { id: string; reference: string };
  covers: Blocker[];
  grantedAt: string;
  /** The last day on which it counts; null: until it is withdrawn. */
  expiresOn: DateOn | null;
  /** Whether it counts on the day of the reading. */
  standing: boolean;
  withdrawnBy: { id: string; name: string } | null;
  withdrawnAt: string | null;
  withdrawalReason: string | null;
  illustrative: boolean;
  revision: number;
}

/** Whether a waiver `w` counts on a day. */
export const standsOn = (day: string): string =>
  `(w.withdrawn_at is null and (w.expires_on is null or w.expires_on >= ${day}::date))`;

/** A waiver `w` as JSON, with who granted it (`b`). */
export const WAIVER_JSON = `json_build_object('id', w.id, 'codes', w.codes, 'covers', w.covers, 'reason', w.reason, 'authority', w.authority,
    'grantedBy', json_build_object('id', b.id, 'name', b.name), 'grantedAt', w.granted_at, 'expiresOn', w.expires_on)`;

const VIEW = `select w.id, json_build_object('id', t.id, 'number', t.number, 'name', t.name) as tranche,
    json_build_object('id', g.id, 'reference', g.reference) as agreement, w.codes, w.covers, w.reason, w.authority,
    json_build_object('id', b.id, 'name', b.name) as "grantedBy", to_json(w.granted_at) as "grantedAt",
    w.expires_on as "expiresOn", ${standsOn('$2')} as standing,
    case when v.id is not null then json_build_object('id', v.id, 'name', v.name) end as "withdrawnBy",
    to_json(w.withdrawn_at) as "withdrawnAt", w.withdrawal_reason as "withdrawalReason", w.illustrative, w.revision
  from gate_waiver w join tranche t on t.id = w.tranche_id join agreement g on g.id = t.agreement_id
    join person b on b.id = w.granted_by left join person v on v.id = w.withdrawn_by`;

/** One waiver by its id, as it stands on a day. */
export function gateWaiver(sql: Sql, id: string, today: DateOn): Promise<GateWaiverView | undefined> {
  return firstRow<GateWaiverView>(sql, `${VIEW} where w.id = $1`, [id, today]);
}

/** All waivers that a tranche ever had, oldest first. */
export function waiversOf(sql: Sql, trancheId: string, today: DateOn): Promise<GateWaiverView[]> {
  return sql.query<GateWaiverView>(`${VIEW} where w.tranche_id = $1 order by w.id`, [trancheId, today]);
}

/** The agreement of a tranche; undefined where there is no such tranche. */
export async function agreementOfTranche(sql: Sql, trancheId: string): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(sql, 'select agreement_id as id from tranche where id = $1', [
    trancheId,
  ]);
  return row?.id;
}
