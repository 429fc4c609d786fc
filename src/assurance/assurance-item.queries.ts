import { firstRow, given, type Sql } from '../database/sql.js';
import { type FileView, KEPT_FILE, type KeptFile } from '../storage/file.queries.js';
import type { AssuranceState } from './assurance-item.rules.js';
import type { AssuranceKind, AssuranceLevel } from './assurance-kinds.js';

/** Somebody, as assurance names people; the reader may not know them. */
type PersonRef = { id: string; name: string } | null;

/** A file of a piece of assurance: what it is, and not its content. */
export interface AssuranceDocumentView extends FileView {
  id: string;
  /** Opened by its trust, by assessors and by auditors alone. */
  hazardLog: boolean;
  uploadedBy: PersonRef;
  uploadedAt: string;
}

export interface AssuranceItemView {
  id: string;
  reference: string;
  kind: AssuranceKind;
  /** What it is of. */
  subject: { level: AssuranceLevel; id: string; name: string };
  /** Null where it is of a product. */
  trust: { odsCode: string; name: string } | null;
  /** Null where it is of no product. */
  product: { id: string; name: string } | null;
  state: AssuranceState;
  version: string;
  signOffRole: string;
  signedBy: string;
  signedOn: string;
  expiresOn: string | null;
  outcome: string | null;
  document: string;
  preparedBy: PersonRef;
  preparedAt: string;
  submittedBy: PersonRef;
  submittedAt: string | null;
  decidedBy: PersonRef;
  decidedAt: string | null;
  withdrawnAt: string | null;
  illustrative: boolean;
  revision: number;
}

/** A piece of assurance with its files, and who had a hand in it. */
export type AssuranceItemWithFiles = AssuranceItemView & {
  documents: AssuranceDocumentView[];
  writerIds: string[];
};

const person = (id: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${id})`;

/** What an item `i` is of. */
export const SUBJECT_ID = `case i.level when 'product' then i.product_id when 'product-version' then i.product_version_id
  when 'deployment' then i.deployment_id when 'project' then i.project_id else i.trust_id end`;

const COLUMNS = `i.id, i.reference, i.kind, i.state, i.version,
    json_build_object('level', i.level, 'id', ${SUBJECT_ID}, 'name', case i.level
      when 'product' then p.name when 'product-version' then p.name || ' ' || v.version
      when 'deployment' then p.name || ' ' || v.version || ' in ' || j.name when 'project' then j.name
      else o.name end) as subject,
    case when o.id is not null then json_build_object('odsCode', o.ods_code, 'name', o.name) end as trust,
    case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as product,
    i.sign_off_role as "signOffRole", i.signed_by as "signedBy", i.signed_on as "signedOn", i.expires_on as "expiresOn",
    i.outcome, i.document, ${person('i.prepared_by')} as "preparedBy", to_json(i.prepared_at) as "preparedAt",
    ${person('i.submitted_by')} as "submittedBy", to_json(i.submitted_at) as "submittedAt",
    ${person('i.decided_by')} as "decidedBy", to_json(i.decided_at) as "decidedAt",
    to_json(i.withdrawn_at) as "withdrawnAt", i.illustrative, i.revision`;
const FROM = `from assurance_item i left join deployment d on d.id = i.deployment_id
    left join project j on j.id = coalesce(i.project_id, d.project_id)
    left join product p on p.id = coalesce(i.product_id, d.product_id)
    left join product_version v on v.id = coalesce(i.product_version_id, d.product_version_id)
    left join organisation o on o.id = i.trust_id`;

/** The place of an item in lists: what holds until something changes comes last. */
const EXPIRY = `coalesce(i.expires_on, date '9999-12-31')`;
/** The day of those that have none, in cursors. */
export const NEVER = '9999-12-31';

export interface AssuranceItemFilter {
  kind?: AssuranceKind | null;
  states?: readonly AssuranceState[] | null;
  /** By ODS code. */
  trust?: string | null;
  productId?: string | null;
  /** Those that expire on this day or before. */
  expiresTo?: string | null;
}

/** Pieces of assurance that the reader may see, those that expire first first, `limit` at most, after a day and id. */
export function assuranceItems(
  sql: Sql,
  { kind, states, trust, productId, expiresTo }: AssuranceItemFilter,
  limit: number,
  after: unknown[] | null,
): Promise<AssuranceItemView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, {
    'i.kind = ?': kind,
    'i.state = any (?)': states && [states],
    'i.trust_id = (select id from organisation where ods_code = ?)': trust,
    'i.product_id = ?': productId,
    [`${EXPIRY} <= ?`]: expiresTo,
    [`(${EXPIRY}, i.id) > (?::date, ?::uuid)`]: after,
  });
  return sql.query<AssuranceItemView>(
    `select ${COLUMNS} ${FROM} where true${wanted} order by ${EXPIRY}, i.id limit $1`,
    values,
  );
}

const DOCUMENT = `json_build_object('id', f.id, 'hazardLog', f.hazard_log, 'fileName', f.file_name,
  'mediaType', f.media_type, 'sizeBytes', f.size_bytes, 'sha256', f.sha256, 'description', f.description,
  'uploadedBy', ${person('f.uploaded_by')}, 'uploadedAt', f.uploaded_at)`;

/** One piece of assurance by its id. */
export function assuranceItem(sql: Sql, id: string): Promise<AssuranceItemWithFiles | undefined> {
  return firstRow<AssuranceItemWithFiles>(
    sql,
    `select ${COLUMNS}, coalesce((select json_agg(${DOCUMENT} order by f.uploaded_at, f.id)
        from assurance_document f where f.item_id = i.id), '[]') as documents,
       to_json(i.prepared_by || i.edited_by || coalesce(array[i.submitted_by], '{}')) as "writerIds"
     ${FROM} where i.id = $1`,
    [id],
  );
}

/** The programme that a trust's piece of assurance is shown under; undefined where it is of a product. */
export function programmeOfItem(sql: Sql, id: string): Promise<{ slug: string; name: string } | undefined> {
  return firstRow(
    sql,
    `select g.slug, g.name from assurance_item i left join deployment d on d.id = i.deployment_id
       left join project j on j.id = coalesce(i.project_id, d.project_id)
       join programme g on g.id = coalesce(j.programme_id, (select r.programme_id from programme_role r
         where r.organisation_id = i.trust_id order by r.programme_id limit 1))
     where i.id = $1`,
    [id],
  );
}

/** The file of a hazard log, or of a document that is none. */
export function assuranceFile(sql: Sql, id: string, hazardLog: boolean): Promise<KeptFile | undefined> {
  return firstRow<KeptFile>(
    sql,
    `select ${KEPT_FILE} from assurance_document f where f.id = $1 and f.hazard_log = $2`,
    [id, hazardLog],
  );
}

/** What makes an item `i` one of the same thing as an item `n`, by their level. */
const SAME_SUBJECT: Record<AssuranceLevel, string> = {
  product: "i.level = 'product' and i.product_id = n.product_id",
  'product-version': 'i.product_id = n.product_id and i.product_version_id = n.product_version_id',
  deployment: 'i.deployment_id = n.deployment_id',
  project: 'i.project_id = n.project_id',
  organisation: "i.level = 'organisation' and i.trust_id = n.trust_id",
};

/** The ids of accepted pieces of the same kind about the same thing that were signed by the same day or before. */
export async function supersededBy(
  sql: Sql,
  { id, level }: { id: string; level: AssuranceLevel },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select i.id from assurance_item n join assurance_item i on i.kind = n.kind and ${SAME_SUBJECT[level]}
     where n.id = $1 and i.id <> n.id and i.state = 'accepted' and i.signed_on <= n.signed_on order by i.id`,
    [id],
  );
  return rows.map((row) => row.id);
}

/** An outcome of the apps library as anybody may know it. */
export interface LibraryOutcome {
  id: string;
  reference: string;
  product: string;
  supplier: string;
  outcome: string;
  assessedOn: string;
  expiresOn: string | null;
  /** Whether a later one has taken its place. */
  superseded: boolean;
  illustrative: boolean;
}

/** The outcomes of the apps library that were accepted, the latest first, `limit` at most, those before a day and id. */
export function libraryOutcomes(sql: Sql, limit: number, after: unknown[] | null): Promise<LibraryOutcome[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, { '(i.signed_on, i.id) < (?::date, ?::uuid)': after });
  return sql.query<LibraryOutcome>(
    `select i.id, i.reference, p.name as product, p.supplier, i.outcome, i.signed_on as "assessedOn",
       i.expires_on as "expiresOn", i.state = 'superseded' as superseded, i.illustrative
     from assurance_item i join product p on p.id = i.product_id
     where i.kind = 'library-outcome' and i.state in ('accepted', 'superseded')${wanted}
     order by i.signed_on desc, i.id desc limit $1`,
    values,
  );
}
