import type { Sql } from '../database/sql.js';
import { SUBJECT_ID } from './assurance-item.queries.js';
import type { CoverageFacts } from './coverage.rules.js';

const ITEM = `json_build_object('id', i.id, 'reference', i.reference, 'kind', i.kind, 'subjectId', ${SUBJECT_ID},
  'state', i.state, 'accepted', i.accepted_at is not null, 'signedOn', i.signed_on, 'expiresOn', i.expires_on,
  'outcome', i.outcome)`;

/** Items that matter to a project `j`, found each by what it is of. */
const ITEMS = `select ${ITEM} as item from assurance_item i where i.project_id = j.id and i.state <> 'draft'
  union all select ${ITEM} from assurance_item i where i.trust_id = j.trust_id and i.level = 'organisation' and i.state <> 'draft'
  union all select ${ITEM} from deployment d join assurance_item i on i.deployment_id = d.id
    where d.project_id = j.id and i.state <> 'draft'
  union all select ${ITEM} from assurance_item i where i.state <> 'draft'
    and i.product_id in (select d.product_id from deployment d where d.project_id = j.id)`;

/** What says whether the services of projects are covered, by project: one statement, however many there are. */
export function coverageFacts(sql: Sql, projectIds: readonly string[]): Promise<CoverageFacts[]> {
  if (projectIds.length === 0) return Promise.resolve([]);
  return sql.query<CoverageFacts>(
    `select json_build_object('id', j.id, 'code', j.code, 'name', j.name) as project,
       json_build_object('id', o.id, 'odsCode', o.ods_code, 'name', o.name) as trust,
       coalesce((select json_agg(json_build_object('id', d.id, 'product', json_build_object('id', p.id, 'name', p.name),
           'version', json_build_object('id', v.id, 'name', v.version), 'fromOn', d.from_on, 'toOn', d.to_on)
           order by d.from_on, d.id)
         from deployment d join product p on p.id = d.product_id join product_version v on v.id = d.product_version_id
         where d.project_id = j.id), '[]') as deployments,
       coalesce((select json_agg(x.item) from (${ITEMS}) x), '[]') as items
     from project j join organisation o on o.id = j.trust_id where j.id = any ($1) order by j.id`,
    [projectIds],
  );
}
