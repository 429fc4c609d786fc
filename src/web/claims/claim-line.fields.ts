import type { ClaimLineView } from '../../funding/claims/claim.queries.js';
import type { ClaimKind, WantedLine } from '../../funding/claims/claim-lines.rules.js';
import { words } from '../page/format.js';
import type { Answers, StepField } from '../page/step.js';

/** Longest texts of a line, in characters. */
export const MAX_LINE_TEXT = 500;
export const MAX_LABEL = 200;
/** The most lines of one claim. */
export const MOST_LINES = 300;

/** What a line may name. */
export interface LineChoices {
  years: readonly string[];
  projects: ReadonlyArray<{ code: string; name: string }>;
  /** Codes; none where the agreement lists none. */
  categories: readonly string[];
}

/** A line that stands, as it is sent back among others. */
export function wantedOf(line: ClaimLineView): WantedLine {
  const { project, financialYear, kind, description, claimedPence, category, supplier, invoiceReference } =
    line;
  const { incurredOn, invoicedOn, defrayedOn, netPence, vatPence, recoverableVatPence } = line;
  return {
    ...{ financialYear, kind, description, claimedPence, category, supplier, invoiceReference },
    ...{ incurredOn, invoicedOn, defrayedOn, netPence, vatPence, recoverableVatPence },
    project: project?.code ?? null,
  };
}

const KINDS = ['capital', 'revenue'] as const;

function baseFields(
  at: (field: string) => string,
  line: WantedLine | null,
  years: readonly string[],
): StepField[] {
  return [
    {
      kind: 'radios',
      name: at('financialYear'),
      label: 'Financial year',
      items: years.map((year) => ({ value: year, text: year })),
      value: line?.financialYear ?? null,
    },
    {
      kind: 'radios',
      name: at('kind'),
      label: 'Capital or revenue',
      hint: 'Capital never pays for revenue.',
      items: KINDS.map((kind) => ({ value: kind, text: words(kind) })),
      value: line?.kind ?? null,
    },
    {
      kind: 'text',
      name: at('description'),
      label: 'What was bought or done',
      hint: 'Such as “Ward network points, 40 wards”. Do not name patients.',
      max: MAX_LINE_TEXT,
      value: line?.description ?? null,
    },
  ];
}

function choiceFields(
  at: (field: string) => string,
  line: WantedLine | null,
  choices: LineChoices,
): StepField[] {
  const { projects, categories } = choices;
  const blank = { value: '', text: 'Choose one' };
  return [
    {
      kind: 'select',
      name: at('project'),
      label: 'Project',
      items: [blank, ...projects.map(({ code, name }) => ({ value: code, text: name }))],
      value: line?.project ?? '',
    },
    ...(categories.length > 0
      ? [
          {
            kind: 'select' as const,
            name: at('category'),
            label: 'Eligible category',
            items: [blank, ...categories.map((code) => ({ value: code, text: words(code) }))],
            value: line?.category ?? '',
          },
        ]
      : []),
  ];
}

function invoiceFields(at: (field: string) => string, line: WantedLine | null): StepField[] {
  const label = (
    name: string,
    label_: string,
    hint: string,
    value: string | null | undefined,
  ): StepField => ({
    ...{ kind: 'text', name: at(name), label: label_, hint, max: MAX_LABEL, value: value ?? null },
  });
  const on = (
    name: string,
    label_: string,
    value: string | null | undefined,
    more: object = {},
  ): StepField => ({
    ...{ kind: 'day', name: at(name), label: label_, value: value ?? null },
    ...more,
  });
  const amount = (
    name: string,
    label_: string,
    hint: string,
    value: number | null | undefined,
  ): StepField => ({
    ...{ kind: 'pounds', name: at(name), label: label_, hint, value: value ?? null },
  });
  const after = { optional: true };
  return [
    label('supplier', 'Supplier', 'Who was paid.', line?.supplier),
    label(
      'invoiceReference',
      'Invoice reference',
      'As the supplier writes it. Evidence under the same supplier and reference proves the line.',
      line?.invoiceReference,
    ),
    on('incurredOn', 'When the cost arose', line?.incurredOn, { hint: 'In the financial year of the line.' }),
    on('invoicedOn', 'When it was invoiced', line?.invoicedOn, after),
    on('defrayedOn', 'When it was paid', line?.defrayedOn, after),
    amount('netPence', 'Net amount of the whole invoice', 'Without VAT.', line?.netPence),
    amount('vatPence', 'VAT of the whole invoice', 'Enter 0 where there is none.', line?.vatPence),
    amount(
      'recoverableVatPence',
      'VAT that the trust gets back',
      'Enter 0 where it gets none back.',
      line?.recoverableVatPence,
    ),
  ];
}

/**
 * The fields of a line of a claim. An advance has no costs yet, so its lines have fewer.
 * @param index of the line, from 0
 * @param line as it stands; null for a new one
 */
export function lineFields(
  kind: ClaimKind,
  index: number,
  line: WantedLine | null,
  choices: LineChoices,
): StepField[] {
  const at = (field: string) => `lines/${index}/${field}`;
  const costs = kind === 'costs';
  return [
    ...baseFields(at, line, choices.years),
    ...(costs ? [...choiceFields(at, line, choices), ...invoiceFields(at, line)] : []),
    {
      kind: 'pounds',
      name: at('claimedPence'),
      label: 'Amount claimed',
      ...(costs ? { hint: 'At most the net amount and the VAT that is not got back.' } : {}),
      value: line?.claimedPence ?? null,
      min: 1,
    },
  ];
}

/** A line out of what was typed into its fields. */
export function lineOf(answers: Answers, index: number): WantedLine {
  const of = (field: string) => answers[`lines/${index}/${field}`] ?? null;
  const words_ = (field: string) => of(field) as string | null;
  const pence = (field: string) => of(field) as number | null;
  return {
    financialYear: words_('financialYear') as string,
    kind: words_('kind') as WantedLine['kind'],
    description: words_('description') as string,
    claimedPence: pence('claimedPence') as number,
    project: words_('project'),
    category: words_('category'),
    supplier: words_('supplier'),
    invoiceReference: words_('invoiceReference'),
    incurredOn: words_('incurredOn'),
    invoicedOn: words_('invoicedOn'),
    defrayedOn: words_('defrayedOn'),
    netPence: pence('netPence'),
    vatPence: pence('vatPence'),
    recoverableVatPence: pence('recoverableVatPence'),
  };
}

/** Lines with one of them set: in its place, or after the last. */
export function withLine(lines: readonly WantedLine[], index: number, line: WantedLine): WantedLine[] {
  return [...lines.slice(0, index), line, ...lines.slice(index + 1)];
}

/** Lines without one of them. */
export function withoutLine(lines: readonly WantedLine[], index: number): WantedLine[] {
  return lines.filter((_, each) => each !== index);
}
