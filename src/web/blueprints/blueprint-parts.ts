import {
  CAPABILITIES,
  CARE_SETTINGS,
  MATURITY_SECTIONS,
  PROJECT_TYPES,
  USER_GROUPS,
} from '../../blueprints/blueprint.categories.js';
import type { BlueprintContactPoint, BlueprintVersionView } from '../../blueprints/blueprint.queries.js';
import { type BlueprintContent, LIMITS } from '../../blueprints/blueprint.rules.js';
import type { WrittenBlueprint } from '../../blueprints/blueprint.service.js';
import type { ChosenProduct } from '../../blueprints/blueprint-product.rules.js';
import { isId } from '../../core/paging.js';
import type { Form } from '../page/form.js';

/** One field of a part: a line, several lines, one of some, any of some, an amount, or products of the register. */
export interface PartField {
  kind: 'text' | 'textarea' | 'select' | 'checkboxes' | 'pounds' | 'products';
  name: keyof WrittenBlueprint | 'role' | 'address';
  label: string;
  hint?: string;
  of?: readonly string[];
  optional?: boolean;
}

/** A part of a blueprint, which is written on a page of its own. */
export interface Part {
  title: string;
  fields: readonly PartField[];
  /** Whether all that it needs is there. */
  isDone(version: BlueprintVersionView, contact: BlueprintContactPoint | null): boolean;
}

const wrote =
  (...fields: Array<keyof BlueprintContent>): Part['isDone'] =>
  (version) =>
    fields.every((field) => {
      const value = version[field];
      return Array.isArray(value) ? value.length > 0 : value !== null && value !== '';
    });

const text = (name: PartField['name'], label: string, hint: string): PartField => ({
  kind: 'text',
  name,
  label,
  hint,
});
const area = (name: PartField['name'], label: string, hint: string): PartField => ({
  ...{ kind: 'textarea', name, label, hint },
});
const boxes = (name: PartField['name'], label: string, of: readonly string[]): PartField => ({
  ...{ kind: 'checkboxes', name, label, of },
});

/** The parts of a blueprint, in the order in which they are written. */
export const PARTS = {
  title: {
    title: 'Title: what, for whom, where',
    fields: [
      text('what', 'What it is', 'The first part of the title, such as: Ward observations on tablets.'),
      text('forWhom', 'For whom it is', 'The second part, such as: nurses.'),
      text('where', 'Where it is used', 'The third part, such as: acute inpatient wards.'),
    ],
    isDone: wrote('what', 'forWhom', 'where'),
  },
  categories: {
    title: 'How others find it',
    fields: [
      boxes('userGroups', 'Who uses it', USER_GROUPS),
      boxes('careSettings', 'Care settings', CARE_SETTINGS),
      { kind: 'select', name: 'projectType', label: 'Kind of project', of: PROJECT_TYPES },
      boxes('capabilities', 'Capabilities that it serves', CAPABILITIES),
      boxes('maturitySections', 'Sections of maturity that it helps with', MATURITY_SECTIONS),
    ],
    isDone: wrote('userGroups', 'careSettings', 'projectType', 'capabilities', 'maturitySections'),
  },
  story: {
    title: 'Problem, scope and solution',
    fields: [
      area('problem', 'The problem', 'Which problem it solves. No patient data.'),
      area('scope', 'Scope', 'What was in scope, and what was not.'),
      area('solution', 'What was done', 'In the order in which it was done.'),
    ],
    isDone: wrote('problem', 'scope', 'solution'),
  },
  products: {
    title: 'Products (optional)',
    fields: [
      { kind: 'products', name: 'products', label: 'Product' },
      {
        ...text('product', 'A product that is not in the list, in words', 'As it is called.'),
        optional: true,
      },
      { ...text('supplier', 'Its supplier', 'Where there is one.'), optional: true },
    ],
    isDone: () => true,
  },
  lessons: {
    title: 'Team, lessons and advice',
    fields: [
      area('team', 'The team', 'Which roles it took, and how much of their time. No names.'),
      area('lessons', 'What was learned', 'What went wrong helps most.'),
      area('advice', 'Advice', 'What you would tell whoever does it next.'),
    ],
    isDone: wrote('team', 'lessons', 'advice'),
  },
  cost: {
    title: 'What this alone cost (optional)',
    fields: [
      {
        kind: 'pounds',
        name: 'costPence',
        label: 'Cost of this project',
        hint: 'Of all that the award paid for, grant and match together. Leave both empty if it was not worked out.',
        optional: true,
      },
      {
        ...text(
          'costBasis',
          'How that was worked out',
          'Such as: invoices and staff time of the project, net of VAT.',
        ),
        optional: true,
      },
    ],
    isDone: () => true,
  },
  contact: {
    title: 'Who is asked about it',
    fields: [
      text('role', 'Role', 'Such as: Chief nursing information officer. Never a name.'),
      text(
        'address',
        'Address of their work',
        'A shared mailbox, if you have one. Shown only to people who are signed in.',
      ),
    ],
    isDone: (_version, contact) => contact !== null,
  },
} as const satisfies Record<string, Part>;
export type PartName = keyof typeof PARTS;

/** What was typed into a part that is written in the draft. @throws Problem 400 with every fault */
export function partContent(part: Part, form: Form): WrittenBlueprint {
  const typed = Object.fromEntries(part.fields.map((field) => [field.name, typedIn(field, form)]));
  form.check();
  return typed as WrittenBlueprint;
}

/** How a product, and a version of it, is called in a choice. */
export const productCode = (product: string, version: string | null): string =>
  version === null ? product : `${product}/${version}`;

/** The products that were chosen, one in each line; lines that are left empty are none. */
function productsIn(form: Form): ChosenProduct[] {
  const lines = Array.from({ length: LIMITS.products }, (_, line) => form.raw(`products/${line}`));
  return lines.flatMap((code, line) => {
    if (code === '') return [];
    const [product, version = null] = code.split('/') as [string, string?];
    if (isId(product) && (version === null || isId(version))) return [{ product, version }];
    form.fault(`products/${line}`, 'not-chosen', 'Choose a product of the list.');
    return [];
  });
}

function typedIn({ kind, name, label, of = [] }: PartField, form: Form): unknown {
  switch (kind) {
    case 'checkboxes': {
      const ticked = form.ticked(name);
      if (ticked.some((each) => !of.includes(each)) || new Set(ticked).size !== ticked.length)
        form.fault(name, 'not-chosen', `Tick only what is listed under ${label.toLowerCase()}.`);
      return ticked;
    }
    case 'select':
      return form.raw(name) === '' ? null : form.choice(name, { label, of });
    case 'pounds':
      return form.raw(name).trim() === '' ? null : form.pounds(name, { label, min: 1 });
    case 'products':
      return productsIn(form);
    case 'textarea':
      return form.text(name, { label, optional: true, max: LIMITS.text });
    default: {
      const max = name === 'what' || name === 'forWhom' || name === 'where' ? LIMITS.part : LIMITS.line;
      return name === 'costBasis'
        ? form.textOrNull(name, { label, max })
        : form.text(name, { label, optional: true, max });
    }
  }
}

/** What was typed of who is asked. @throws Problem 400 with every fault */
export function contactIn(form: Form): BlueprintContactPoint {
  const contact = {
    role: form.text('role', { label: 'Role', max: LIMITS.part }),
    address: form.text('address', { label: 'Address of their work', max: LIMITS.line }),
  };
  form.check();
  return contact;
}
