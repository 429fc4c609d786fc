import { firstRow, type Sql } from '../database/sql.js';
import type { AssuranceLevel } from './assurance-kinds.js';

/** What a piece of assurance is of, as its row names it: the columns that its level leaves out are null. */
export interface SubjectColumns {
  trust_id: string | null;
  product_id: string | null;
  product_version_id: string | null;
  project_id: string | null;
  deployment_id: string | null;
}

const NOTHING: SubjectColumns = {
  trust_id: null,
  product_id: null,
  product_version_id: null,
  project_id: null,
  deployment_id: null,
};

/** By level: what names the subject, in columns of an item. An organisation is named by its ODS code, the others by id. */
const FOUND: Record<AssuranceLevel, string> = {
  product: 'select id as product_id from product where id = $1::uuid',
  'product-version': 'select product_id, id as product_version_id from product_version where id = $1::uuid',
  deployment: 'select trust_id, id as deployment_id from deployment where id = $1::uuid',
  project: 'select trust_id, id as project_id from project where id = $1::uuid',
  organisation: `select o.id as trust_id from organisation o where o.ods_code = $1
    and exists (select from programme_role r where r.organisation_id = o.id and r.role <> 'funder')`,
};

/** What a piece of assurance of a level would be of; undefined where there is none that the reader may see. */
export async function subjectColumns(
  sql: Sql,
  level: AssuranceLevel,
  subject: string,
): Promise<SubjectColumns | undefined> {
  const found = await firstRow<Partial<SubjectColumns>>(sql, FOUND[level], [subject]);
  return found && { ...NOTHING, ...found };
}

/** A project of a programme by its code, with whose it is. */
export function deployedProject(
  sql: Sql,
  programmeId: string,
  code: string,
): Promise<{ id: string; trustId: string } | undefined> {
  return firstRow(
    sql,
    'select id, trust_id as "trustId" from project where programme_id = $1 and code = $2',
    [programmeId, code],
  );
}
