import { registeredProducts } from '../assurance/product.queries.js';
import { unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { BlueprintProduct, type BlueprintVersion } from './blueprint.entity.js';
import { type ChosenProduct, productFaults } from './blueprint-product.rules.js';

/** Makes these the products of a draft, in place of those that it has. @throws Problem 422 naming each that cannot be chosen */
export async function chooseProducts(
  tx: Tx,
  { id, trust_id }: BlueprintVersion,
  chosen: readonly ChosenProduct[],
): Promise<void> {
  const register = await registeredProducts(
    tx,
    chosen.map(({ product }) => product),
  );
  const faults = productFaults(chosen, register);
  if (faults.length > 0) throw unprocessable('products', 'These products cannot be chosen.', faults);
  await tx.manager.delete(BlueprintProduct, { version_id: id });
  await tx.insertAll(
    BlueprintProduct,
    chosen.map(({ product, version }) => ({
      ...{ trust_id, version_id: id, product_id: product, product_version_id: version },
    })),
  );
}

/** Gives a new version the products of the one before. */
export async function copyProducts(tx: Tx, from: string, to: string): Promise<void> {
  const rows = await tx.manager.find(BlueprintProduct, { where: { version_id: from }, order: { id: 'asc' } });
  await tx.insertAll(
    BlueprintProduct,
    rows.map(({ id: _, ...row }) => ({ ...row, version_id: to })),
  );
}
