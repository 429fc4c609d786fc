import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { cursorValues, idIn, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  type DeploymentView,
  deployment,
  deployments,
  type NamedVersion,
  namedVersions,
  type ProductChoice,
  type ProductView,
  type ProductWithVersions,
  product,
  productChoices,
  products,
} from './product.queries.js';

/** Products, and who uses which of their versions. */
@Injectable()
export class ProductsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
  ) {}

  /** A page of products by name, of those with a text in their name or supplier. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, named: string | null, { limit, after }: PageRequest): Promise<Page<ProductView>> {
    const from = cursorValues(after, [isText, isId]);
    const rows = await this.scope.run(actor, (sql) => products(sql, { named }, limit + 1, from));
    return pageOf(rows, limit, ({ name, id }) => [name, id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ProductWithVersions> {
    const found = await this.scope.run(actor, (sql) => product(sql, id));
    if (!found) throw notFound('product');
    return found;
  }

  /** Versions that may be deployed, by their product's name; `limit` at most. */
  versions(actor: Actor, limit: number): Promise<NamedVersion[]> {
    return this.scope.run(actor, (sql) => namedVersions(sql, limit));
  }

  /** Products that may be named, by name, with their versions; `limit` at most. */
  choices(actor: Actor, limit: number): Promise<ProductChoice[]> {
    return this.scope.run(actor, (sql) => productChoices(sql, limit));
  }

  /** A page of a programme's deployments that the reader may see. @throws Problem 404; 400 where the cursor is not one */
  async deployments(
    actor: Actor,
    slug: string,
    filter: { trust: string | null; project: string | null },
    { limit, after }: PageRequest,
  ): Promise<Page<DeploymentView>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, programmeId) =>
      deployments(sql, { ...filter, programmeId }, limit + 1, from),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** A page of the uses of a product that the reader may see. @throws Problem 404; 400 where the cursor is not one */
  async usesOf(
    actor: Actor,
    productId: string,
    { limit, after }: PageRequest,
  ): Promise<Page<DeploymentView>> {
    const from = idIn(after);
    const rows = await this.scope.run(actor, async (sql) => {
      if (!(await product(sql, productId))) throw notFound('product');
      return deployments(sql, { productId }, limit + 1, from);
    });
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws Problem 404 */
  async deployment(actor: Actor, id: string): Promise<DeploymentView> {
    const found = await this.scope.run(actor, (sql) => deployment(sql, id));
    if (!found) throw notFound('deployment');
    return found;
  }
}
