import type { ProductChoice } from '../../assurance/product.queries.js';
import { LIMITS } from '../../blueprints/blueprint.rules.js';
import type { ShownBlueprint } from '../../blueprints/blueprints.reader.js';
import { choicesOf } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { blueprintTrail, categoryWords } from './blueprint.words.js';
import { PARTS, type PartField, type PartName, productCode } from './blueprint-parts.js';

const named = (name: string, supplier: string, version?: string): string =>
  `${name}${version ? `, version ${version}` : ''} (${supplier})`;

/** A line for each product that is chosen, and two more; each chooses out of the register, and of what is chosen. */
function productFields({ latest: { products } }: ShownBlueprint, register: readonly ProductChoice[]) {
  const items = register.flatMap(({ id, name, supplier, versions }) => [
    { value: productCode(id, null), text: named(name, supplier) },
    ...versions.map((each) => ({
      value: productCode(id, each.id),
      text: named(name, supplier, each.name),
    })),
  ]);
  const chosen = products.map(({ id, name, supplier, version }) => ({
    value: productCode(id, version?.id ?? null),
    text: named(name, supplier, version?.name),
  }));
  const beyond = chosen.filter(({ value }) => !items.some((item) => item.value === value));
  const length = Math.min(LIMITS.products, chosen.length + 2);
  return Array.from({ length }, (_, line) => ({
    kind: 'select',
    name: `products/${line}`,
    label: `Product ${line + 1}`,
    hint:
      line === 0 ? 'What the project has put to use is filled in. Choose “None” to take one out.' : undefined,
    value: chosen[line]?.value ?? '',
    items: [{ value: '', text: 'None' }, ...beyond, ...items],
  }));
}

function shownField(field: PartField, shown: ShownBlueprint, register: readonly ProductChoice[]): object[] {
  if (field.kind === 'products') return productFields(shown, register);
  const { latest, contact } = shown;
  const value =
    field.name === 'role' || field.name === 'address' ? (contact?.[field.name] ?? '') : latest[field.name];
  const items = choicesOf(field.of ?? [], categoryWords);
  const one = {
    ...field,
    label: field.optional ? `${field.label} (optional)` : field.label,
    value: value ?? (field.kind === 'pounds' ? null : ''),
    values: Array.isArray(value) ? value : [],
    items: field.kind === 'select' ? [{ value: '', text: 'Choose one' }, ...items] : items,
  };
  return [one];
}

/** The page on which a part of a blueprint is written. @param register products that may be chosen */
export function blueprintPartPage(
  shown: ShownBlueprint,
  name: PartName,
  register: readonly ProductChoice[],
): Page {
  const part = PARTS[name];
  return {
    view: 'blueprints/part.njk',
    title: part.title,
    caption: `${shown.reference}: ${shown.title}`,
    trail: blueprintTrail(shown),
    model: {
      action: `/blueprints/${shown.id}/parts/${name}`,
      revision: shown.revision,
      fields: part.fields.flatMap((field) => shownField(field, shown, register)),
      back: `/blueprints/${shown.id}`,
    },
  };
}
