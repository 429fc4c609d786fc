import type { ReturnContent, ReturnSection } from '../../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../../progress-reports/return-standing.reader.js';
import type { Form } from '../../page/form.js';
import { namesOf } from '../names.js';
import { measurementCards, readMeasurements } from './measurements.form.js';
import { milestoneCards, readMilestones } from './milestones.form.js';
import {
  confidenceCards,
  narrativeCards,
  readConfidence,
  readNarrative,
  readRisks,
  riskCards,
} from './other.forms.js';
import type { Card, SectionInput } from './section.js';
import { readSpend, spendCards } from './spend.form.js';

/** The cards of a section. @param another whether an empty risk is to be written */
export function cardsOf(section: ReturnSection, input: SectionInput, another = false): Card[] {
  switch (section) {
    case 'milestones':
      return milestoneCards(input);
    case 'spend':
      return spendCards(input);
    case 'measurements':
      return measurementCards(input);
    case 'risks':
      return riskCards(input, another);
    case 'narrative':
      return narrativeCards(input);
    case 'confidence':
      return confidenceCards(input);
  }
}

/** What the buttons of a section's form do, beside saving it. */
export type SectionButton = { to: 'next' | 'list' | 'another' } | { to: 'here'; removed: number };

/** Which button was pressed; without one the form goes on to the next section. */
export function buttonOf(form: Form): SectionButton {
  const pressed = form.raw('_do');
  const removed = /^remove\/(\d{1,3})$/.exec(pressed)?.[1];
  if (removed !== undefined) return { to: 'here', removed: Number(removed) };
  return { to: pressed === 'list' || pressed === 'another' ? pressed : 'next' };
}

type Named = Pick<ReturnStanding, 'terms' | 'milestones' | 'measures'>;

/** A section as it was typed, what is missing left out. @throws Problem 400 where something cannot be read */
export function readSection(section: ReturnSection, form: Form, standing: Named): Partial<ReturnContent> {
  const read = sectionIn(section, form, standing);
  form.check();
  return read;
}

function sectionIn(section: ReturnSection, form: Form, standing: Named): Partial<ReturnContent> {
  const { terms } = standing;
  const names = namesOf(standing);
  const button = buttonOf(form);
  switch (section) {
    case 'milestones': {
      const reasons = terms.delayReasons.map(({ code }) => code);
      return { milestones: readMilestones(form, reasons, names) };
    }
    case 'spend':
      return { spend: readSpend(form) };
    case 'measurements':
      return { measurements: readMeasurements(form, names) };
    case 'risks':
      return { risks: readRisks(form, button.to === 'here' ? button.removed : null) };
    case 'narrative':
      return { narrative: readNarrative(form, terms.narrativeSections) };
    case 'confidence':
      return { confidence: readConfidence(form, terms.confidenceScale) };
  }
}
