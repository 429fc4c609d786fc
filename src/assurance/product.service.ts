import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Product, ProductVersion } from './assurance.entity.js';
import { type ProductWithVersions, product } from './product.queries.js';

/** What is written of a product. */
export interface ProductContent {
  name: string;
  supplier: string;
  summary: string;
}

/** Products and their versions, as the funder keeps them for all programmes. */
@Injectable()
export class ProductService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Records a product. @throws Problem 403; 409 where there is one of this name and supplier */
  record(actor: Actor, { name, supplier, summary }: ProductContent): Promise<ProductWithVersions> {
    return this.work.run({ actor, action: 'product.record' }, async (tx) => {
      requirePermission(actor, 'product:keep');
      const { id } = await tx.insert(Product, {
        name: name.trim(),
        supplier: supplier.trim(),
        summary: summary.trim(),
        recorded_by: actor.id,
        illustrative: this.config.demonstration,
      });
      return (await product(tx, id)) as ProductWithVersions;
    });
  }

  /** Corrects what is written of a product. @throws Problem 403, 404, 409 as `record`, 412, 428 */
  change(
    actor: Actor,
    id: string,
    revision: number | null,
    { name, supplier, summary }: ProductContent,
  ): Promise<ProductWithVersions> {
    return this.work.run({ actor, action: 'product.change' }, async (tx) => {
      requirePermission(actor, 'product:keep');
      const row = await tx.lockRevision(Product, id, revision, 'product');
      await tx.change(Product, row, {
        name: name.trim(),
        supplier: supplier.trim(),
        summary: summary.trim(),
      });
      return (await product(tx, id)) as ProductWithVersions;
    });
  }

  /** Adds a version. @throws Problem 403, 404; 409 where the product has it already; 412, 428 */
  addVersion(
    actor: Actor,
    id: string,
    revision: number | null,
    { version, releasedOn }: { version: string; releasedOn: DateOn },
  ): Promise<ProductWithVersions> {
    return this.work.run({ actor, action: 'product.add-version' }, async (tx) => {
      requirePermission(actor, 'product:keep');
      const row = await tx.lockRevision(Product, id, revision, 'product');
      await tx.insert(ProductVersion, {
        product_id: row.id,
        version: version.trim(),
        released_on: releasedOn,
        recorded_by: actor.id,
        illustrative: this.config.demonstration,
      });
      await tx.change(Product, row, {});
      return (await product(tx, id)) as ProductWithVersions;
    });
  }
}
