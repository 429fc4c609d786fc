import { RETURN_SECTIONS, type ReturnSection } from '../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';

/** Something that was found in a return, or that it lacks. */
export interface Said {
  section: ReturnSection;
  /** JSON Pointer without the first slash; empty: the whole return. */
  place: string;
  /** `missing`: it cannot be certified without it. */
  kind: 'missing' | 'blocking' | 'warning';
  message: string;
}

/** States in which the trust has the return. */
const WITH_TRUST = ['open', 'draft', 'trust-certified', 'queried'];

/** Whether the trust may change the return now. */
export function isWithTrust({ report }: Pick<ReturnStanding, 'report'>): boolean {
  return WITH_TRUST.includes(report.state);
}

/** All that is said of a return: what the last assessment found and, while the trust has it, what it lacks. */
export function saidOf(standing: Pick<ReturnStanding, 'report' | 'findings' | 'missing'>): Said[] {
  const missing = isWithTrust(standing) ? standing.missing : [];
  return [
    ...standing.findings.map(({ section, place, severity, message }) => ({
      section,
      place: place.slice(1),
      kind: severity,
      message,
    })),
    ...missing.map(({ pointer = '', message }) => ({
      section: sectionOf(pointer.slice(1)),
      place: pointer.slice(1),
      kind: 'missing' as const,
      message,
    })),
  ];
}

const sectionOf = (place: string): ReturnSection =>
  RETURN_SECTIONS.find((section) => section === place.split('/')[0]) ?? 'narrative';

/** Days are typed in three fields, of which the first is named after its day. */
const DAYS = /\/(forecastOn|actualOn)$/;
/** What no field is shown for: it belongs to its line. */
const UNSHOWN = /\/(milestone|financialYear|kind|source|targetSet|measure|section|scale)$/;

/** The id of the element that a place is shown at, on the page of its section. */
export function elementOf(place: string): string {
  if (UNSHOWN.test(place)) return place.replace(UNSHOWN, '');
  return DAYS.test(place) ? `${place}-day` : place;
}

/** The address of a place on the page of its section. */
export function saidAddress(id: string, { section, place }: Pick<Said, 'section' | 'place'>): string {
  const element = elementOf(place);
  return `/returns/${id}/${section}${element.includes('/') || section === 'confidence' ? `#${element}` : ''}`;
}

/** What is said of exactly this field. */
export function saidAt(said: readonly Said[], place: string): Said[] {
  return said.filter((each) => each.place === place);
}

/** What is said of a line, and of nothing that is shown as a field of it. */
export function saidOfLine(said: readonly Said[], line: string, fields: readonly string[]): Said[] {
  return said.filter(
    ({ place }) => (place === line || place.startsWith(`${line}/`)) && !fields.includes(place),
  );
}
