import { RETURN_SECTIONS, type ReturnSection } from '../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import type { Page } from '../page/page.js';
import type { Table } from '../page/table.js';
import { SECTION_TITLES } from './names.js';
import { captionOf, returnTrail } from './returns.trail.js';
import { isWithTrust } from './said.js';
import { measurementsTable } from './sections/measurements.form.js';
import { MOST_RISKS } from './sections/other.forms.js';
import { type SectionInput, saidElsewhere, sectionInput } from './sections/section.js';
import { cardsOf, type SectionButton } from './sections/sections.js';
import { spendTable } from './sections/spend.form.js';
import { summaryOf } from './summary.js';

/** The section that follows, or null after the last. */
export function sectionAfter(section: ReturnSection): ReturnSection | null {
  return RETURN_SECTIONS[RETURN_SECTIONS.indexOf(section) + 1] ?? null;
}

/** Where saving a section leads, by the button that saved it. @param risks how many the return has then */
export function afterSaving(
  id: string,
  section: ReturnSection,
  button: SectionButton,
  risks: number,
): string {
  switch (button.to) {
    case 'list':
      return `/returns/${id}`;
    case 'here':
      return `/returns/${id}/${section}`;
    case 'another':
      return `/returns/${id}/${section}?another=yes#risks/${risks}/title`;
    default:
      return `/returns/${id}/${sectionAfter(section) ?? 'check'}`;
  }
}

const NO_LINES: Record<ReturnSection, string> = {
  milestones: 'You have no open milestone. There is nothing to fill in here.',
  spend: 'Your award has no line with money in it. There is nothing to fill in here.',
  measurements: 'The programme has no measure for you to report on.',
  risks: 'No risk is written down. A return may have none.',
  narrative: 'The programme asks for no narrative.',
  confidence: '',
};

/** The queries about a section, each with where it is answered; null where it cannot be answered now. */
export function queriesOf(
  { report }: Pick<ReturnStanding, 'report'>,
  section: ReturnSection,
  mayAnswer: boolean,
) {
  return report.queries
    .filter((query) => query.section === section)
    .map((query) => ({
      ...query,
      action: mayAnswer ? `/returns/${report.id}/queries/${query.id}/answer` : null,
    }));
}

function tablesOf(section: ReturnSection, input: SectionInput): Table[] {
  if (section === 'spend') return [spendTable(input)];
  return section === 'measurements' ? [measurementsTable(input)] : [];
}

/** A section of a return, to be filled in by whoever prepares it; to be read while the funder has it. */
export function sectionPage(standing: ReturnStanding, section: ReturnSection, another: boolean): Page {
  const { report } = standing;
  const input = sectionInput(standing);
  const open = isWithTrust(standing);
  const cards = cardsOf(section, input, another);
  const mending = open && report.state !== 'open';
  return {
    view: 'returns/section.njk',
    title: SECTION_TITLES[section],
    caption: captionOf(standing),
    trail: returnTrail(standing),
    tables: tablesOf(section, input),
    model: {
      id: report.id,
      revision: report.revision,
      section,
      number: RETURN_SECTIONS.indexOf(section) + 1,
      count: RETURN_SECTIONS.length,
      open,
      certified: report.state === 'trust-certified',
      closed:
        report.state === 'accepted' || report.state === 'locked'
          ? 'This return was accepted. To change it, begin a correction from the page of the return.'
          : 'This return is with the funder, so it cannot be changed now.',
      queries: queriesOf(standing, section, mending),
      said: saidElsewhere(input.said, section, cards),
      cards,
      plain: section === 'narrative' || section === 'confidence',
      pairs: section === 'spend' || section === 'measurements',
      empty: NO_LINES[section],
      canAdd: section === 'risks' && cards.length < MOST_RISKS,
      summary: summaryOf(input, false).find((each) => each.section === section),
    },
  };
}
