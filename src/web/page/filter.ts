import { words } from './format.js';

/** One thing that a list can be narrowed by, as its page shows it. */
export interface FilterField {
  /** The name of the parameter. */
  name: string;
  label: string;
  /** What it is narrowed to; null: not at all. */
  value: string | null;
  /** Null: it is typed in. */
  items: Array<{ value: string; text: string }> | null;
}

/** A filter with its choices, "All" first. */
export function filterField(
  name: string,
  label: string,
  value: string | null,
  choices: ReadonlyArray<string | { value: string; text: string }>,
): FilterField {
  const items = choices.map((choice) =>
    typeof choice === 'string' ? { value: choice, text: choice } : choice,
  );
  return { name, label, value, items: [{ value: '', text: 'All' }, ...items] };
}

/** A parameter of an address where it is one of the values that there are; null otherwise. */
export function chosen<Value extends string>(asked: unknown, of: readonly Value[]): Value | null {
  return typeof asked === 'string' && of.includes(asked as Value) ? (asked as Value) : null;
}

/** Codes as choices, each in its words. */
export function choicesOf<Code extends string>(
  codes: readonly Code[],
  called: (code: Code) => string = words,
): Array<{ value: Code; text: string }> {
  return codes.map((value) => ({ value, text: called(value) }));
}

/** More trusts than this are not chosen from a list, which would grow with the programme: their ODS code is typed in. */
export const MOST_CHOICES = 50;

/** The filter by trust; whoever sees but one trust is shown none. */
export function trustFields(
  trusts: ReadonlyArray<{ odsCode: string; name: string }>,
  value: string | null,
  everyTrust = true,
  label = 'Trust',
): FilterField[] {
  if (!everyTrust) return [];
  if (trusts.length > MOST_CHOICES)
    return [{ name: 'trust', label: `${label}, by its ODS code`, value, items: null }];
  return [
    filterField(
      'trust',
      label,
      value,
      trusts.map(({ odsCode, name }) => ({ value: odsCode, text: name })),
    ),
  ];
}
