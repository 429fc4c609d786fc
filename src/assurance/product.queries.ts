import { firstRow, given, type Sql } from '../database/sql.js';

/** A product as lists show it. */
export interface ProductView {
  id: string;
  name: string;
  supplier: string;
  summary: string;
  /** How many versions are recorded, and how many uses of them the reader may see that have not ended. */
  versions: number;
  deployments: number;
  illustrative: boolean;
  revision: number;
}

export interface ProductVersionView {
  id: string;
  version: string;
  releasedOn: string;
}

/** A product with its versions, the latest first. */
export type ProductWithVersions = ProductView & { versionList: ProductVersionView[] };

/** The use of a version of a product by a project. */
export interface DeploymentView {
  id: string;
  programme: { slug: string; name: string };
  trust: { odsCode: string; name: string };
  project: { id: string; code: string; name: string };
  product: { id: string; name: string; supplier: string };
  version: { id: string; name: string };
  fromOn: string;
  toOn: string | null;
  illustrative: boolean;
  revision: number;
}

const PRODUCT = `select p.id, p.name, p.supplier, p.summary, p.illustrative, p.revision,
    (select count(*)::int from product_version v where v.product_id = p.id) as versions,
    (select count(*)::int from deployment d where d.product_id = p.id and d.to_on is null) as deployments`;

/** Products by name, `limit` at most, those after a name and id where given. */
export function products(
  sql: Sql,
  { named }: { named: string | null },
  limit: number,
  after: unknown[] | null,
): Promise<ProductView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, {
    "(p.name ilike '%' || ? || '%' escape '\\' or p.supplier ilike '%' || ? || '%' escape '\\')": named && [
      literal(named),
      literal(named),
    ],
    '(p.name, p.id) > (?::text, ?::uuid)': after,
  });
  return sql.query<ProductView>(
    `${PRODUCT} from product p where true${wanted} order by p.name, p.id limit $1`,
    values,
  );
}

/** A text that a pattern takes for what it is. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** One product by its id. */
export function product(sql: Sql, id: string): Promise<ProductWithVersions | undefined> {
  return firstRow<ProductWithVersions>(
    sql,
    `${PRODUCT}, coalesce((select json_agg(json_build_object('id', v.id, 'version', v.version,
        'releasedOn', v.released_on) order by v.released_on desc, v.id desc)
      from product_version v where v.product_id = p.id), '[]') as "versionList"
     from product p where p.id = $1`,
    [id],
  );
}

/** A version as it is chosen for a deployment. */
export interface NamedVersion {
  id: string;
  product: string;
  version: string;
}

/** Versions by their product's name, the latest of each first; `limit` at most. */
export function namedVersions(sql: Sql, limit: number): Promise<NamedVersion[]> {
  return sql.query<NamedVersion>(
    `select v.id, p.name as product, v.version from product p join product_version v on v.product_id = p.id
     order by p.name, p.id, v.released_on desc, v.id limit $1`,
    [limit],
  );
}

/** A product as it is chosen, with its versions, the latest first. */
export interface ProductChoice {
  id: string;
  name: string;
  supplier: string;
  versions: Array<{ id: string; name: string }>;
}

/** Products by name with their versions, `limit` at most. */
export function productChoices(sql: Sql, limit: number): Promise<ProductChoice[]> {
  return sql.query<ProductChoice>(
    `select p.id, p.name, p.supplier, coalesce((select json_agg(json_build_object('id', v.id, 'name', v.version)
         order by v.released_on desc, v.id desc) from product_version v where v.product_id = p.id), '[]') as versions
     from product p order by p.name, p.id limit $1`,
    [limit],
  );
}

/** A product that was chosen, with the ids of its versions. */
export interface RegisteredProduct {
  id: string;
  versions: readonly string[];
}

/** Those products of the register that have one of these ids. */
export function registeredProducts(sql: Sql, ids: readonly string[]): Promise<RegisteredProduct[]> {
  return sql.query<RegisteredProduct>(
    `select p.id, array(select v.id from product_version v where v.product_id = p.id order by v.id) as versions
     from product p where p.id = any ($1::uuid[]) order by p.id`,
    [ids],
  );
}

/** The product of a version. */
export function productOfVersion(
  sql: Sql,
  versionId: string,
): Promise<{ productId: string; releasedOn: string } | undefined> {
  return firstRow(
    sql,
    'select product_id as "productId", released_on as "releasedOn" from product_version where id = $1',
    [versionId],
  );
}

const DEPLOYMENT = `select d.id, json_build_object('slug', g.slug, 'name', g.name) as programme,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('id', j.id, 'code', j.code, 'name', j.name) as project,
    json_build_object('id', p.id, 'name', p.name, 'supplier', p.supplier) as product,
    json_build_object('id', v.id, 'name', v.version) as version,
    d.from_on as "fromOn", d.to_on as "toOn", d.illustrative, d.revision
  from deployment d join programme g on g.id = d.programme_id join organisation o on o.id = d.trust_id
    join project j on j.id = d.project_id join product p on p.id = d.product_id
    join product_version v on v.id = d.product_version_id`;

export interface DeploymentFilter {
  programmeId?: string;
  /** By ODS code. */
  trust?: string | null;
  /** By code. */
  project?: string | null;
  productId?: string;
}

/** Deployments that the reader may see, by id, `limit` at most, those after an id where given. */
export function deployments(
  sql: Sql,
  { programmeId, trust, project, productId }: DeploymentFilter,
  limit: number,
  after: string | null,
): Promise<DeploymentView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, {
    'd.programme_id = ?': programmeId,
    'd.product_id = ?': productId,
    'd.trust_id = (select id from organisation where ods_code = ?)': trust,
    'd.project_id = (select id from project where programme_id = ? and code = ?)': project && [
      programmeId,
      project,
    ],
    'd.id > ?': after,
  });
  return sql.query<DeploymentView>(`${DEPLOYMENT} where true${wanted} order by d.id limit $1`, values);
}

/** One deployment by its id. */
export function deployment(sql: Sql, id: string): Promise<DeploymentView | undefined> {
  return firstRow<DeploymentView>(sql, `${DEPLOYMENT} where d.id = $1`, [id]);
}
