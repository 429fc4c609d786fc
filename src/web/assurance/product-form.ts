import type { ProductContent } from '../../assurance/product.service.js';
import type { Answers, Step } from '../page/step.js';
import type { SubjectChoice } from './item-form.js';

const said = (answers: Answers, name: string): string => String(answers[name] ?? '');

/** The form of a product: of a new one, or of one that is written anew. */
export function productStep(product: ProductContent | null): Step {
  return {
    title: product ? 'Correct this product' : 'Record a product',
    explains: ['Products are kept for all programmes: record each once, and its versions with it.'],
    fields: [
      { kind: 'text', name: 'name', label: 'Name', max: 200, value: product?.name ?? null },
      { kind: 'text', name: 'supplier', label: 'Supplier', max: 200, value: product?.supplier ?? null },
      {
        kind: 'textarea',
        name: 'summary',
        label: 'What it is for',
        max: 2_000,
        value: product?.summary ?? null,
      },
    ],
    button: product ? 'Save' : 'Record the product',
    notice: product ? 'The product was changed.' : 'The product was recorded. Add its versions.',
  };
}

/** What was typed of a product. */
export const productIn = (answers: Answers): ProductContent => ({
  name: said(answers, 'name'),
  supplier: said(answers, 'supplier'),
  summary: said(answers, 'summary'),
});

/** The form that adds a version. */
export const VERSION_STEP: Step = {
  title: 'Add a version',
  explains: ['A version is written once. Its safety case is of this version alone.'],
  fields: [
    { kind: 'text', name: 'version', label: 'Version', hint: 'As the supplier numbers it.', max: 100 },
    { kind: 'day', name: 'releasedOn', label: 'Released on', hint: 'For example, 1 9 2017.' },
  ],
  button: 'Add the version',
  notice: 'The version was added.',
};

/** The form that records that a project uses a version. */
export function deploymentStep(projects: readonly SubjectChoice[], versions: readonly SubjectChoice[]): Step {
  return {
    title: 'Record the use of a product',
    explains: [
      'What a go-live needs depends on which version of which product is in use on its day. The first day may be to come.',
      'A product that is not in the list is recorded by your programme manager.',
    ],
    fields: [
      {
        kind: 'select',
        name: 'project',
        label: 'Project',
        items: [{ value: '', text: 'Choose one' }, ...projects],
      },
      {
        kind: 'select',
        name: 'version',
        label: 'Product and version',
        items: [{ value: '', text: 'Choose one' }, ...versions],
      },
      { kind: 'day', name: 'fromOn', label: 'First day of its use', hint: 'For example, 25 6 2018.' },
    ],
    button: 'Record it',
    notice: 'The use was recorded.',
  };
}

/** The form that ends the use of a version. */
export const END_STEP: Step = {
  title: 'End this use',
  explains: ['Where a later version takes its place, record the use of that one too.'],
  fields: [{ kind: 'day', name: 'toOn', label: 'Last day of its use', hint: 'For example, 31 1 2019.' }],
  button: 'End the use',
  notice: 'The use was ended.',
};
