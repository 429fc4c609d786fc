import { type Actor, requirePermission } from '../../core/actor.js';
import type { Permission } from '../../core/permissions.js';
import { notFound } from '../../core/problems.js';
import type { Form } from './form.js';
import type { Fact, Link, Page } from './page.js';

interface FieldOf<Kind extends string> {
  kind: Kind;
  /** The JSON Pointer of what it sets, without the first slash. */
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
}

/** One field of a step. */
export type StepField =
  | (FieldOf<'text' | 'textarea'> & { max?: number; value?: string | null })
  | (FieldOf<'pounds'> & { value?: number | null; min?: number })
  | (FieldOf<'whole'> & { value?: number | null; min?: number; max?: number })
  | (FieldOf<'day'> & { value?: string | null })
  | (FieldOf<'radios' | 'select'> & {
      items: ReadonlyArray<{ value: string; text: string; hint?: string }>;
      value?: string | null;
    });

/** A change of state that a person makes on a page of its own: what it means, what it asks, what is said when it is done. */
export interface Step {
  title: string;
  /** What happens, and what cannot be taken back, one paragraph each. */
  explains: readonly string[];
  fields: readonly StepField[];
  button: string;
  /** Whether it cannot be taken back. */
  warning?: boolean;
  /** Said on the next page: "The claim was submitted." */
  notice: string;
}

/** The page of a step. */
export function stepPage(
  step: Step,
  at: {
    /** The address that carries it out. */
    action: string;
    caption: string;
    revision: number | null;
    trail: readonly Link[];
    /** Facts that whoever decides should have before them. */
    facts?: readonly Fact[];
    /** Where to go instead. */
    back: string;
  },
): Page {
  const { caption, trail, ...rest } = at;
  return { view: 'page/step.njk', title: step.title, caption, trail, model: { step, ...rest } };
}

/** What was typed into the fields of a step, by their names; empty and optional is null. */
export type Answers = Record<string, string | number | null>;

/** What was typed into a step's fields, each as its kind says; empty and optional is null. @throws Problem 400 */
export function stepAnswers(step: Pick<Step, 'fields'>, form: Form): Answers {
  const answers = Object.fromEntries(step.fields.map((field) => [field.name, answerOf(field, form)]));
  form.check();
  return answers;
}

function answerOf(field: StepField, form: Form): string | number | null {
  const { name, label, optional = false } = field;
  if (optional && field.kind !== 'day' && form.raw(name).trim() === '') return null;
  switch (field.kind) {
    case 'text':
    case 'textarea':
      return form.text(name, { label, optional, ...(field.max ? { max: field.max } : {}) });
    case 'pounds':
      return form.pounds(name, { label, min: field.min ?? 0 });
    case 'whole':
      return form.whole(name, { label, min: field.min ?? 0, ...(field.max ? { max: field.max } : {}) });
    case 'day':
      return form.day(name, { label, optional });
    default:
      return form.choice(name, {
        label,
        of: field.items.map(({ value }) => value).filter((code) => code !== ''),
      });
  }
}

/** The step of this name. @throws Problem 404 */
export function stepNamed<Name extends string, Each>(steps: Record<Name, Each>, name: string): Each {
  if (!Object.hasOwn(steps, name)) throw notFound('step');
  return steps[name as Name];
}

/** The name of a step, for somebody whose role may take it. @throws Problem 403, 404 */
export function stepFor<Name extends string>(
  actor: Actor,
  steps: Record<Name, unknown>,
  name: string,
  permission: (name: Name) => Permission,
): Name {
  stepNamed(steps, name);
  requirePermission(actor, permission(name as Name));
  return name as Name;
}
