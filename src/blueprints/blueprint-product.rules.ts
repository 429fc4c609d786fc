import type { RegisteredProduct } from '../assurance/product.queries.js';
import type { Fault } from '../core/problems.js';

/** A product of the register as it is chosen, by id; with a version of it, or null where that is not said. */
export interface ChosenProduct {
  product: string;
  version: string | null;
}

/** Why products cannot be chosen so: one that is not in the register, a version of another, or one twice. */
export function productFaults(
  chosen: readonly ChosenProduct[],
  register: readonly RegisteredProduct[],
): Fault[] {
  return chosen.flatMap(({ product, version }, index) => {
    const known = register.find(({ id }) => id === product);
    const fault = (code: string, message: string) => [{ code, message, pointer: `/products/${index}` }];
    if (!known)
      return fault(
        'unknown-product',
        'The register has no such product. Choose another, or say it in words.',
      );
    if (version !== null && !known.versions.includes(version))
      return fault('version-of-another', 'This product has no such version. Choose one of its own, or none.');
    return chosen.findIndex((each) => each.product === product) < index
      ? fault('product-twice', 'Choose each product once, with the version that is used last.')
      : [];
  });
}
