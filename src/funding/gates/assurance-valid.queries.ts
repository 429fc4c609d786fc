import { ASSURANCE_KINDS, KINDS } from '../../assurance/assurance-kinds.js';
import type { Sql } from '../../database/sql.js';

/** A tranche that rests on a go-live that was met, and the project whose service that is. */
export interface LiveService {
  trancheId: string;
  trustId: string;
  projectId: string;
}

/** The kinds of which some outcomes do not pass: constants of the program. */
const MAY_FAIL = ASSURANCE_KINDS.filter((kind) => KINDS[kind].passes.length > 0).map((kind) => `'${kind}'`);

/** What was accepted once and may hold no longer. */
const LAPSED = `i.accepted_at is not null
  and (i.state = 'withdrawn' or i.expires_on < $2 or i.kind in (${MAY_FAIL.join(', ')}))`;

/** Tranches of trusts that rest on services that are live, of those about which something may have lapsed: the rule decides. */
export function liveServices(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[],
  today: string,
): Promise<LiveService[]> {
  return sql.query<LiveService>(
    `select distinct x.tranche_id as "trancheId", m.trust_id as "trustId", m.project_id as "projectId"
     from milestone m join tranche_milestone x on x.milestone_id = m.id
     where m.programme_id = $1 and m.kind = 'go-live' and m.state = 'met' and m.trust_id = any ($3) and (
       exists (select from assurance_item i where i.project_id = m.project_id and ${LAPSED})
       or exists (select from assurance_item i where i.trust_id = m.trust_id and i.level = 'organisation' and ${LAPSED})
       or exists (select from deployment d join assurance_item i on i.deployment_id = d.id
         where d.project_id = m.project_id and ${LAPSED})
       or exists (select from deployment d join assurance_item i on i.product_id = d.product_id
         where d.project_id = m.project_id and ${LAPSED}))
     order by 1, 3`,
    [programmeId, today, trustIds],
  );
}
