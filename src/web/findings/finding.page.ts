import type { FindingStepView, FindingView } from '../../findings/finding.queries.js';
import { FINDING_KINDS, OWNER_ROLES, PRIORITIES } from '../../findings/finding.rules.js';
import type { FindingStep } from '../../findings/finding-steps.rules.js';
import type { ShownFinding } from '../../findings/findings.reader.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { choicesOf, MOST_CHOICES } from '../page/filter.js';
import { day, instant, plural, words } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { stepPage } from '../page/step.js';
import { moment, table, text } from '../page/table.js';
import { STEP_LINKS, STEPS } from './finding-form.js';
import { about, findingsTrail, findingTag, ownerOf } from './findings.page.js';

type ProgrammeName = Pick<ProgrammeView, 'slug' | 'name'>;

/** What a step was, in a few words: "Follow-up: partly, and opened it again". */
export function stepWords({
  kind,
  stance,
  plannedOn,
  outcome,
  reopens,
  formerDueOn,
  dueOn,
}: FindingStepView): string {
  if (kind === 'response')
    return `Response: ${words(stance ?? '').toLowerCase()}${plannedOn ? `, by ${day(plannedOn)}` : ''}`;
  if (kind === 'follow-up')
    return `Follow-up: ${words(outcome ?? '').toLowerCase()}${reopens ? ', and opened it again' : ''}`;
  return kind === 'closure' ? 'Closed' : `Due date moved from ${day(formerDueOn)} to ${day(dueOn)}`;
}

/** What is known of a finding, for its page and for whoever takes a step. */
export function findingFacts(finding: FindingView): Fact[] {
  const { kind, priority, review, statement, dueOn, overdue, daysLate, raisedBy, raisedAt, response } =
    finding;
  return [
    { label: 'Kind', value: words(kind) },
    { label: 'Priority', value: words(priority) },
    { label: 'What was found', value: statement },
    { label: 'By', value: review },
    { label: 'Owner', value: ownerOf(finding) },
    { label: 'Due', value: `${day(dueOn)}${overdue ? `, ${plural(daysLate, 'day')} ago` : ''}` },
    { label: 'Recorded by', value: `${raisedBy.name}, ${instant(raisedAt)}` },
    ...(response
      ? [
          {
            label: 'Response',
            value: `${words(response.stance)}${response.plannedOn ? `, by ${day(response.plannedOn)}` : ''}: ${response.words}`,
          },
        ]
      : []),
    ...(finding.closedBy
      ? [{ label: 'Closed by', value: `${finding.closedBy.name}, ${instant(finding.closedAt)}` }]
      : []),
  ];
}

/** One finding, with all that was said and done about it. */
export function findingPage(programme: ProgrammeName, finding: ShownFinding): Page {
  return {
    view: 'findings/finding.njk',
    title: finding.reference,
    caption: about(finding),
    trail: findingsTrail(programme),
    tables: [
      table<FindingStepView>({
        id: 'steps',
        caption: 'What was said and done about it',
        rows: finding.steps,
        columns: [
          moment('When', (row) => row.at),
          text('What', stepWords),
          text('By', (row) => row.by.name),
          text('In words', (row) => row.words, {
            note: (row) => row.evidence && `Evidence: ${row.evidence}`,
          }),
        ],
        empty: 'It was not answered yet.',
      }),
    ],
    model: {
      programme,
      finding,
      tagged: findingTag(finding),
      steps: finding.next.map((step) => ({
        text: STEP_LINKS[step],
        href: `/findings/${finding.id}/steps/${step}`,
      })),
      facts: findingFacts(finding),
    },
  };
}

/** The page of one step of a finding. */
export function findingStepPage(programme: ProgrammeName, finding: ShownFinding, step: FindingStep): Page {
  return stepPage(STEPS[step](finding), {
    action: `/findings/${finding.id}/steps/${step}`,
    caption: finding.reference,
    revision: finding.revision,
    trail: findingsTrail(programme, finding),
    facts: findingFacts(finding),
    back: `/findings/${finding.id}`,
  });
}

/** The form that records one. */
export function newFindingPage(
  programme: ProgrammeName,
  bodies: ReadonlyArray<{ odsCode: string; name: string }>,
): Page {
  const path = `/programmes/${programme.slug}/findings`;
  const meaning = { finding: 'A fault that was found.', recommendation: 'Something that is advised.' };
  return {
    view: 'findings/new.njk',
    title: 'Record a finding',
    caption: programme.name,
    trail: findingsTrail(programme),
    model: {
      action: `${path}/new`,
      back: path,
      kinds: choicesOf(FINDING_KINDS).map(({ value, text }) => ({
        value,
        text,
        hint: { text: meaning[value] },
      })),
      priorities: choicesOf(PRIORITIES),
      roles: [{ value: '', text: 'Choose a role' }, ...choicesOf(OWNER_ROLES)],
      bodies:
        bodies.length > MOST_CHOICES
          ? null
          : [
              { value: '', text: 'The programme as a whole' },
              ...bodies.map(({ odsCode, name }) => ({ value: odsCode, text: name })),
            ],
    },
  };
}
