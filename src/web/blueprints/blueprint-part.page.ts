import type { ShownBlueprint } from '../../blueprints/blueprints.reader.js';
import { choicesOf } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { blueprintTrail, categoryWords } from './blueprint.words.js';
import { PARTS, type PartField, type PartName } from './blueprint-parts.js';

function shownField(field: PartField, shown: ShownBlueprint) {
  const { latest, contact } = shown;
  const value =
    field.name === 'role' || field.name === 'address' ? (contact?.[field.name] ?? '') : latest[field.name];
  const items = choicesOf(field.of ?? [], categoryWords);
  return {
    ...field,
    label: field.optional ? `${field.label} (optional)` : field.label,
    value: value ?? (field.kind === 'pounds' ? null : ''),
    values: Array.isArray(value) ? value : [],
    items: field.kind === 'select' ? [{ value: '', text: 'Choose one' }, ...items] : items,
  };
}

/** The page on which a part of a blueprint is written. */
export function blueprintPartPage(shown: ShownBlueprint, name: PartName): Page {
  const part = PARTS[name];
  return {
    view: 'blueprints/part.njk',
    title: part.title,
    caption: `${shown.reference}: ${shown.title}`,
    trail: blueprintTrail(shown),
    model: {
      action: `/blueprints/${shown.id}/parts/${name}`,
      revision: shown.revision,
      fields: part.fields.map((field) => shownField(field, shown)),
      back: `/blueprints/${shown.id}`,
    },
  };
}
