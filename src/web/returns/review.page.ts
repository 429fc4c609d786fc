import { type Actor, may } from '../../core/actor.js';
import { daysBetween } from '../../core/calendar.js';
import type { MilestoneLine } from '../../progress-reports/return-content.js';
import { RETURN_SECTIONS, type ReturnSection } from '../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import type { Form } from '../page/form.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, number, type Table, table, text } from '../page/table.js';
import { obstaclesOf } from './check.page.js';
import { type Difference, differences, type Line, linesOf } from './lines.js';
import { CLAIM_WORDS, SECTION_TITLES } from './names.js';
import { returnTag } from './return.words.js';
import { captionOf, returnTrail } from './returns.trail.js';
import type { Said } from './said.js';
import { queriesOf } from './section.page.js';
import { measurementsTable } from './sections/measurements.form.js';
import { type SectionInput, sectionInput } from './sections/section.js';
import { spendTable } from './sections/spend.form.js';

interface Looked extends Difference {
  /** What was found there; null: nothing. */
  found: string | null;
}

const inWords = ({ kind, message }: Said): string =>
  `${kind === 'blocking' ? 'To be mended' : 'To be looked at'}: ${message}`;

/** What is found in a section and stands beside nothing of what changed. */
function elsewhere(found: readonly Said[], differ: readonly Difference[]): Said[] {
  return found.filter(({ place }) => !differ.some((each) => each.place === place));
}

/** The line, and the thing of it, that a place is of. */
function labelOf(now: readonly Line[], place: string): { line: string; label: string; value: string | null } {
  const line = now.find((each) => place === each.place || place.startsWith(`${each.place}/`));
  const part = line?.parts.find(({ field }) => place === `${line.place}/${field}`);
  return { line: line?.name ?? 'The whole section', label: part?.label ?? '', value: part?.value ?? null };
}

function changesTable(
  section: ReturnSection,
  { now, said }: SectionInput,
  differ: readonly Difference[],
): Table {
  const found = said.filter((each) => each.section === section && each.kind !== 'missing');
  const unchanged = elsewhere(found, differ).map((each): Looked => {
    const { line, label, value } = labelOf(now, each.place);
    return { section, line, label, place: each.place, before: value, after: value, found: inWords(each) };
  });
  const changed = differ.map((each): Looked => {
    const here = found.filter(({ place }) => place === each.place);
    return { ...each, found: here.map(inWords).join(' ') || null };
  });
  return table<Looked>({
    id: `changes-${section}`,
    caption: `What changed or was found in ${SECTION_TITLES[section].toLowerCase()}`,
    rows: [...changed, ...unchanged],
    columns: [
      text('What', ({ line }) => line, { note: ({ label }) => label }),
      text('Last accepted', ({ before }) => before),
      text('This return', ({ after }) => after),
      text('What was found', (each) => each.found),
    ],
    empty: 'Nothing changed since the last accepted return, and nothing was found here.',
  });
}

/** A return's milestones against their baselines. */
export function milestonesTable({ standing, names, content }: SectionInput): Table {
  const baselineOf = (line: MilestoneLine) =>
    standing.milestones.find(({ code }) => code === line.milestone)?.baselineOn ?? null;
  const nowOn = (line: MilestoneLine) => line.actualOn ?? line.forecastOn;
  return table<MilestoneLine>({
    id: 'milestone-lines',
    caption: 'Milestones against their baselines',
    rows: content.milestones,
    columns: [
      text('Milestone', ({ milestone }) => names.milestone(milestone)),
      date('Baseline', baselineOf),
      date('Forecast', ({ forecastOn }) => forecastOn),
      date('Actual', ({ actualOn }) => actualOn),
      number('Days late', (line) => {
        const [from, to] = [baselineOf(line), nowOn(line)];
        return from && to ? daysBetween(from, to) : null;
      }),
      text('Claim', ({ claim }) => (claim === 'none' ? null : CLAIM_WORDS[claim])),
    ],
    empty: 'The return has no milestone.',
  });
}

const MOST_ASKED = 4_000;

/** The questions of a form, by section; those that were left empty are none. @throws Problem 400 */
export function questionsIn(form: Form): Array<{ section: ReturnSection; question: string }> {
  const asked = RETURN_SECTIONS.map((section, index) => ({
    section,
    question: form.text(`questions/${index}/question`, {
      label: `The question about ${SECTION_TITLES[section].toLowerCase()}`,
      optional: true,
      max: MOST_ASKED,
    }),
  })).filter(({ question }) => question !== '');
  if (form.faults.length === 0 && asked.length === 0)
    form.fault('questions/0/question', 'missing', 'Ask at least one question, about any section.');
  form.check();
  return asked;
}

function sectionsOf(standing: ReturnStanding, differ: readonly Difference[]) {
  return RETURN_SECTIONS.map((section, index) => ({
    section,
    title: SECTION_TITLES[section],
    table: `changes-${section}`,
    question: `questions/${index}/question`,
    queries: queriesOf(standing, section, false),
    changed: differ.filter((each) => each.section === section).length,
  }));
}

/** A return for whoever reviews it: what changed, what was found, what was asked, and its figures against plan. */
export function reviewPage(standing: ReturnStanding, actor: Actor): Page {
  const { report, blockers } = standing;
  const input = sectionInput(standing);
  const before = report.lastAccepted ? linesOf(report.lastAccepted, input.names) : [];
  const differ = differences(before, input.now);
  const found = report.current.findings;
  const blocking = found.filter(({ severity }) => severity === 'blocking').length;
  const reviewer = may(actor, 'progress-report:review');
  const underReview = report.next.includes('accept');
  return {
    view: 'returns/review.njk',
    title: reviewer && underReview ? 'Review the return' : 'What changed, and figures against plan',
    caption: captionOf(standing),
    trail: returnTrail(standing),
    tables: [
      ...RETURN_SECTIONS.map((section) =>
        changesTable(
          section,
          input,
          differ.filter((each) => each.section === section),
        ),
      ),
      spendTable(input),
      measurementsTable(input),
      milestonesTable(input),
    ],
    model: {
      id: report.id,
      revision: report.revision,
      state: returnTag(report.state),
      people: `Prepared by ${report.current.preparedBy.join(', ') || 'nobody yet'}; certified by ${report.current.certifiedBy ?? 'nobody yet'}.`,
      changed:
        report.lastAccepted === null
          ? 'Nothing of this trust was accepted before, so all of it is new.'
          : `${plural(differ.length, 'thing')} ${differ.length === 1 ? 'differs' : 'differ'} from the last accepted return.`,
      found:
        report.current.assessment !== 'finished'
          ? 'This version has not been checked automatically yet.'
          : found.length === 0
            ? 'The automatic check found nothing.'
            : `The automatic check found ${plural(found.length, 'thing')}, ${blocking === 0 ? 'none' : blocking} of which must be mended.`,
      warnings: found.length > 0,
      sections: sectionsOf(standing, differ),
      reviewing: reviewer && underReview,
      mayQuery: reviewer && blockers.query.length === 0,
      mayAccept: reviewer && blockers.accept.length === 0,
      queryObstacles: obstaclesOf(report.id, blockers.query, false),
      acceptObstacles: obstaclesOf(report.id, blockers.accept, false),
    },
  };
}
