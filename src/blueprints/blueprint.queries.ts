import { firstRow, given, type Sql } from '../database/sql.js';
import { FILE_VIEW, type FileView, KEPT_FILE, type KeptFile } from '../storage/file.queries.js';
import type { BlueprintContent, BlueprintState } from './blueprint.rules.js';
import type { BlueprintSnapshot } from './snapshot.rules.js';

interface Body {
  odsCode: string;
  name: string;
}

/** Somebody; null where the reader may not know who: people are known to their own trust and the funder. */
type PersonRef = { id: string; name: string } | null;

/** Who is asked about a blueprint: a role, and the address of its work. */
export interface BlueprintContactPoint {
  role: string;
  address: string;
}

/** How a blueprint is used; downloads are not counted. */
export interface BlueprintUses {
  questions: number;
  answered: number;
  visits: number;
  adoptions: number;
  /** Of these, live. */
  live: number;
}

/** A file of a version. */
export interface BlueprintAttachmentView extends FileView {
  id: string;
}

/** A product of the register that a version is about; null: it is not said in which version. */
export interface BlueprintProductView {
  id: string;
  name: string;
  supplier: string;
  version: { id: string; name: string } | null;
}

/** A version of a blueprint, whole. */
export interface BlueprintVersionView extends BlueprintContent {
  id: string;
  number: number;
  state: BlueprintState;
  snapshot: BlueprintSnapshot | null;
  authors: string[];
  submittedBy: PersonRef;
  submittedAt: string | null;
  reviewedBy: PersonRef;
  /** What the review asked last, and the answer. */
  question: string | null;
  answer: string | null;
  publishedBy: PersonRef;
  publishedAt: string | null;
  endedBecause: string | null;
  products: BlueprintProductView[];
  attachments: BlueprintAttachmentView[];
  illustrative: boolean;
}

/** What a blueprint is, beside its versions. */
export interface BlueprintHead {
  id: string;
  reference: string;
  programme: { slug: string; name: string };
  trust: Body;
  project: { code: string; name: string };
  contact: BlueprintContactPoint | null;
  uses: BlueprintUses;
  illustrative: boolean;
  revision: number;
}

/** A blueprint in a list, by one of its versions. */
export interface BlueprintRow
  extends Omit<BlueprintHead, 'revision'>,
    Pick<
      BlueprintVersionView,
      | 'what'
      | 'forWhom'
      | 'where'
      | 'userGroups'
      | 'careSettings'
      | 'projectType'
      | 'capabilities'
      | 'maturitySections'
      | 'number'
      | 'state'
      | 'publishedAt'
    > {
  versionId: string;
}

const person = (id: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${id})`;

const USES = `(select json_build_object('questions', count(*) filter (where c.kind = 'question')::int,
    'answered', count(c.answer)::int, 'visits', count(*) filter (where c.kind = 'visit')::int,
    'adoptions', (select count(*)::int from adoption a where a.blueprint_id = b.id),
    'live', (select count(*)::int from adoption a where a.blueprint_id = b.id and a.state = 'live'))
  from blueprint_contact c where c.blueprint_id = b.id)`;

const HEAD = `b.id, b.reference, json_build_object('slug', g.slug, 'name', g.name) as programme,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    coalesce(case when j.id is not null then json_build_object('code', j.code, 'name', j.name) end,
      (select s.snapshot -> 'project' from blueprint_version s where s.blueprint_id = b.id and s.published_at is not null
        order by s.number desc limit 1)::json) as project,
    case when b.contact_role is not null then json_build_object('role', b.contact_role, 'address', b.contact_address) end
      as contact,
    ${USES} as uses, b.illustrative`;
const HEADS = `join programme g on g.id = b.programme_id join organisation o on o.id = b.trust_id
  left join project j on j.id = b.project_id`;

const TITLED = `v.number, v.state, v.what, v.for_whom as "forWhom", v.where_used as "where", v.user_groups as "userGroups",
    v.care_settings as "careSettings", v.project_type as "projectType", v.capabilities,
    v.maturity_sections as "maturitySections", to_json(v.published_at) as "publishedAt"`;

const WHOLE = `select v.id, ${TITLED}, v.problem, v.scope, v.solution, v.product, v.supplier, v.team, v.lessons, v.advice,
    v.cost_pence as "costPence", v.cost_basis as "costBasis", v.snapshot, v.prepared_by as authors,
    ${person('v.submitted_by')} as "submittedBy", to_json(v.submitted_at) as "submittedAt",
    ${person('v.reviewed_by')} as "reviewedBy", v.question, v.answer, ${person('v.published_by')} as "publishedBy",
    v.ended_because as "endedBecause", v.illustrative,
    coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name, 'supplier', p.supplier, 'version',
        case when w.id is not null then json_build_object('id', w.id, 'name', w.version) end) order by p.name, p.id)
      from blueprint_product x join product p on p.id = x.product_id
        left join product_version w on w.id = x.product_version_id where x.version_id = v.id), '[]') as products,
    coalesce((select json_agg(json_build_object('id', f.id, 'fileName', f.file_name, 'mediaType', f.media_type,
        'sizeBytes', f.size_bytes, 'sha256', f.sha256, 'description', f.description) order by f.id)
      from blueprint_attachment f where f.version_id = v.id and not f.removed), '[]') as attachments
  from blueprint_version v`;

/** A blueprint without its versions. */
export function blueprintHead(sql: Sql, id: string): Promise<BlueprintHead | undefined> {
  return firstRow<BlueprintHead>(
    sql,
    `select ${HEAD}, b.revision from blueprint b ${HEADS} where b.id = $1`,
    [id],
  );
}

/** The versions of a blueprint that the reader may see, the newest first. */
export function blueprintVersions(sql: Sql, blueprintId: string): Promise<BlueprintVersionView[]> {
  return sql.query<BlueprintVersionView>(`${WHOLE} where v.blueprint_id = $1 order by v.number desc`, [
    blueprintId,
  ]);
}

export interface LibraryFilter {
  /** Words, as they are typed into search engines; null: any. */
  search: string | null;
  programme: string | null;
  /** By ODS code. */
  trust: string | null;
  userGroup: string | null;
  careSetting: string | null;
  projectType: string | null;
  capability: string | null;
  maturitySection: string | null;
  /** By id. */
  product: string | null;
}

/** Published blueprints, the latest first, `limit` at most, those before the values of `before`. */
export function library(
  sql: Sql,
  filter: LibraryFilter,
  limit: number,
  before: unknown[] | null,
): Promise<BlueprintRow[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, {
    'v.id in (select blueprints_matching(?))': filter.search,
    'v.programme_id = (select id from programme where slug = ?)': filter.programme,
    'v.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'v.user_groups @> array[?]': filter.userGroup,
    'v.care_settings @> array[?]': filter.careSetting,
    'v.project_type = ?': filter.projectType,
    'v.capabilities @> array[?]': filter.capability,
    'v.maturity_sections @> array[?]': filter.maturitySection,
    'v.id in (select x.version_id from blueprint_product x where x.product_id = ?::uuid)': filter.product,
    '(v.published_at, v.id) < (?::timestamptz, ?::uuid)': before,
  });
  return sql.query<BlueprintRow>(
    `select ${HEAD}, v.id as "versionId", ${TITLED}
     from blueprint_version v join blueprint b on b.id = v.blueprint_id ${HEADS}
     where v.state = 'published'${wanted} order by v.published_at desc, v.id desc limit $1`,
    values,
  );
}

/** Blueprints of a programme, each by its newest version that the reader may see, the newest first. */
export function blueprintsOfProgramme(
  sql: Sql,
  programmeId: string,
  filter: { state: string | null; trust: string | null; project: string | null },
  limit: number,
  before: string | null,
): Promise<BlueprintRow[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    'v.state = ?': filter.state,
    'v.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'j.code = ?': filter.project,
    'v.id < ?::uuid': before,
  });
  return sql.query<BlueprintRow>(
    `select ${HEAD}, v.id as "versionId", ${TITLED}
     from blueprint_version v join blueprint b on b.id = v.blueprint_id ${HEADS}
     where v.programme_id = $1 and not exists (select from blueprint_version n
       where n.blueprint_id = v.blueprint_id and n.number > v.number)${wanted} order by v.id desc limit $2`,
    values,
  );
}

/** A question with its answer, or a visit. */
export interface BlueprintContactView {
  id: string;
  blueprint: string;
  kind: 'question' | 'visit';
  /** Who asked or visited. */
  organisation: Body;
  /** What was asked, or what was seen. */
  words: string;
  visitedOn: string | null;
  at: string;
  answer: string | null;
  answeredAt: string | null;
  illustrative: boolean;
  revision: number;
}

const CONTACT = `select c.id, c.blueprint_id as blueprint, c.kind, json_build_object('odsCode', o.ods_code, 'name', o.name) as organisation,
    c.words, c.visited_on as "visitedOn", to_json(c.made_at) as at, c.answer, to_json(c.answered_at) as "answeredAt",
    c.illustrative, c.revision
  from blueprint_contact c join organisation o on o.id = c.organisation_id`;

/** Questions and visits of a blueprint, the newest first, `limit` at most, those before an id. */
export function blueprintContacts(
  sql: Sql,
  blueprintId: string,
  limit: number,
  before: string | null,
): Promise<BlueprintContactView[]> {
  const values: unknown[] = [blueprintId, limit];
  const wanted = given(values, { 'c.id < ?::uuid': before });
  return sql.query<BlueprintContactView>(
    `${CONTACT} where c.blueprint_id = $1${wanted} order by c.id desc limit $2`,
    values,
  );
}

/** One question or visit. */
export function blueprintContact(sql: Sql, id: string): Promise<BlueprintContactView | undefined> {
  return firstRow<BlueprintContactView>(sql, `${CONTACT} where c.id = $1`, [id]);
}

const ATTACHMENTS = `from blueprint_attachment f join blueprint_version v on v.id = f.version_id
  where f.id = $1 and not f.removed`;

/** A file of a version that the reader may see. */
export function blueprintAttachment(sql: Sql, id: string): Promise<BlueprintAttachmentView | undefined> {
  return firstRow<BlueprintAttachmentView>(sql, `select f.id, ${FILE_VIEW} ${ATTACHMENTS}`, [id]);
}

/** As `blueprintAttachment`: where it is kept. */
export function blueprintFile(sql: Sql, id: string): Promise<KeptFile | undefined> {
  return firstRow<KeptFile>(sql, `select ${KEPT_FILE} ${ATTACHMENTS}`, [id]);
}

/** The blueprint that such a file is of. */
export async function blueprintOfAttachment(sql: Sql, id: string): Promise<string | undefined> {
  const found = await firstRow<{ blueprint: string }>(
    sql,
    `select v.blueprint_id as blueprint ${ATTACHMENTS}`,
    [id],
  );
  return found?.blueprint;
}

/** Takes who is asked off all blueprints that somebody who is erased stood for. */
export async function forgetContacts(sql: Sql, personId: string): Promise<void> {
  await sql.query(
    `update blueprint set contact_role = null, contact_address = null, contact_id = null, revision = revision + 1
     where contact_id = $1`,
    [personId],
  );
}
