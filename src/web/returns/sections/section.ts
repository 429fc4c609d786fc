import type { ReturnContent, ReturnSection } from '../../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../../progress-reports/return-standing.reader.js';
import { type Line, linesOf } from '../lines.js';
import { type Names, namesOf } from '../names.js';
import { elementOf, type Said, saidAt, saidOf, saidOfLine } from '../said.js';

/** One field of a section, as the page shows it. */
export interface Field {
  kind: 'day' | 'pounds' | 'whole' | 'text' | 'textarea' | 'count' | 'radios' | 'select';
  /** Its JSON Pointer without the first slash. */
  name: string;
  label: string;
  hint?: string;
  value: string | number | null;
  items?: Array<{ value: string; text: string }>;
  /** In characters. */
  max?: number;
}

/** A field with what was accepted last, and what is said of it. */
export interface ShownField extends Field {
  /** What was accepted last; null where that was nothing. */
  was: string | null;
  said: Said[];
}

/** A line of a section as a group of fields. */
export interface Card {
  place: string;
  title: string;
  /** What its writer should have before them. */
  facts: string[];
  hidden: Array<{ name: string; value: string }>;
  fields: ShownField[];
  said: Said[];
  /** Whether the line may be taken out by ticking a box: the return does not need it. */
  extra: boolean;
}

/** What the cards of a section are made from. */
export interface SectionInput {
  standing: ReturnStanding;
  names: Names;
  content: ReturnContent;
  now: Line[];
  said: Said[];
  /** The same line of what was accepted last; undefined where it has none. */
  formerOf(section: ReturnSection, key: string): Line | undefined;
}

/** All that the cards of a return's sections are made from. */
export function sectionInput(standing: ReturnStanding): SectionInput {
  const names = namesOf(standing);
  const { lastAccepted, current } = standing.report;
  const former = lastAccepted && linesOf(lastAccepted, names);
  return {
    standing,
    names,
    content: current.content,
    now: linesOf(current.content, names),
    said: saidOf(standing),
    formerOf: (section, key) => former?.find((line) => line.section === section && line.key === key),
  };
}

/** A card, its fields with what was accepted last and what is said of each. */
export function cardOf(
  { said, formerOf }: Pick<SectionInput, 'said' | 'formerOf'>,
  line: {
    section: ReturnSection;
    key: string;
    place: string;
    title: string;
    facts?: ReadonlyArray<string | false | null>;
    /** By the last step of their names. */
    hidden?: Readonly<Record<string, string>>;
    fields: ReadonlyArray<Omit<Field, 'name'> & { field: string }>;
    extra?: boolean;
  },
): Card {
  const { section, key, place, title, facts = [], hidden = {}, extra = false } = line;
  const former = formerOf(section, key);
  const names = line.fields.map(({ field }) => `${place}/${field}`);
  return {
    place,
    title,
    facts: facts.filter((fact): fact is string => Boolean(fact)),
    hidden: Object.entries(hidden).map(([name, value]) => ({ name: `${place}/${name}`, value })),
    fields: line.fields.map(({ field, ...rest }) => ({
      ...rest,
      name: `${place}/${field}`,
      was: former?.parts.find((part) => part.field === field)?.value ?? null,
      said: saidAt(said, `${place}/${field}`),
    })),
    said: saidOfLine(said, place, names),
    extra,
  };
}

/** What is said of a section and of none of its cards. */
export function saidElsewhere(said: readonly Said[], section: ReturnSection, cards: readonly Card[]): Said[] {
  return said.filter(
    (each) =>
      each.section === section &&
      !cards.some(({ place }) => elementOf(each.place) === place || each.place.startsWith(`${place}/`)),
  );
}

/** The first numbers that a return does not use for lines of its own: those are for what it lacks. */
export function numbered<Each>(lacking: readonly Each[], used: number): Array<{ each: Each; index: number }> {
  return lacking.map((each, index) => ({ each, index: used + index }));
}

/** Whether a line of this key stands before the one at `index` already. */
export function stoodBefore(keys: readonly string[], key: string, index: number): boolean {
  return keys.slice(0, index).includes(key);
}
