import { RETURN_SECTIONS, type ReturnSection } from '../../progress-reports/return-content.js';
import { type Difference, differences, type Line, linesBefore, linesOf } from './lines.js';
import { SECTION_TITLES } from './names.js';
import { elementOf, type Said, saidAddress, saidAt, saidOfLine } from './said.js';
import type { SectionInput } from './sections/section.js';

/** A thing that is said, as it is shown: with a link to its field, for whoever may change it. */
export type ShownSaid = Said & { href?: string };

interface SummaryRow {
  place: string;
  name: string;
  /** Where it can be changed; null for readers. */
  href: string | null;
  parts: Array<{ label: string; value: string | null; was: string | null; changed: boolean }>;
  said: ShownSaid[];
}

/** A section of a return as it is read. */
export interface SummarySection {
  section: ReturnSection;
  title: string;
  rows: SummaryRow[];
  /** Said of the section, and of none of its lines. */
  said: ShownSaid[];
  /** What was in the last accepted return and is no longer there. */
  gone: Difference[];
  /** How many things differ from the last accepted return. */
  changed: number;
  empty: string;
}

const EMPTY: Record<ReturnSection, string> = {
  milestones: 'No milestone is in this return.',
  spend: 'No spend is in this return.',
  measurements: 'No measurement is in this return.',
  risks: 'No risk is in this return.',
  narrative: 'Nothing is written yet.',
  confidence: 'Delivery confidence is not given yet.',
};

/**
 * A return section by section, in words, with what differs from the last accepted one.
 * @param mayChange whether its reader may change it: then each line and each thing said leads to its field
 */
export function summaryOf(input: SectionInput, mayChange: boolean): SummarySection[] {
  const { standing, names, now, said } = input;
  const { id, lastAccepted } = standing.report;
  const before = lastAccepted ? linesOf(lastAccepted, names) : [];
  const was = linesBefore(before, now);
  const shown = (each: Said): ShownSaid => (mayChange ? { ...each, href: saidAddress(id, each) } : each);
  const row = (line: Line): SummaryRow => {
    const former = was.get(line);
    const places = line.parts.map(({ field }) => `${line.place}/${field}`);
    const formerly = (field: string) => former?.parts.find((part) => part.field === field)?.value ?? null;
    return {
      place: line.place,
      name: line.name,
      href: mayChange ? `/returns/${id}/${line.section}#${line.place}` : null,
      parts: line.parts
        .map(({ field, label, value }) => ({
          label: line.section === 'narrative' ? '' : label,
          value,
          was: formerly(field),
          // Of a first return everything is new, and nothing changed.
          changed: lastAccepted !== null && formerly(field) !== value,
        }))
        .filter(({ value, changed }) => value !== null || changed),
      said: [...places.flatMap((place) => saidAt(said, place)), ...saidOfLine(said, line.place, places)].map(
        shown,
      ),
    };
  };
  const differ = lastAccepted ? differences(before, now) : [];
  return RETURN_SECTIONS.map((section) => {
    const rows = now.filter((line) => line.section === section);
    const inLine = ({ place }: Said) =>
      rows.some((line) => elementOf(place) === line.place || place.startsWith(`${line.place}/`));
    return {
      section,
      title: SECTION_TITLES[section],
      rows: rows.map(row),
      said: said.filter((each) => each.section === section && !inLine(each)).map(shown),
      gone: differ.filter((each) => each.section === section && each.place === '' && each.before !== null),
      changed: differ.filter((each) => each.section === section).length,
      empty: EMPTY[section],
    };
  });
}
