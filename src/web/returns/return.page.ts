import { type Actor, may } from '../../core/actor.js';
import { RETURN_SECTIONS, type ReturnSection } from '../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import { day, instant, plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import type { TagColour } from '../page/table.js';
import { SECTION_TITLES } from './names.js';
import { returnTag, whatNext } from './return.words.js';
import { returnTrail } from './returns.trail.js';
import { isWithTrust, type Said, saidOf } from './said.js';
import { sectionInput } from './sections/section.js';
import { summaryOf } from './summary.js';

interface Task {
  title: string;
  href: string | null;
  hint: string | null;
  /** A tag; without a colour plain words. */
  status: string;
  colour: TagColour | null;
}

/** Where a section is, the most pressing first. */
export function sectionTask(
  id: string,
  section: ReturnSection,
  said: readonly Said[],
  unanswered: number,
): Task {
  const count = (kind: Said['kind']) =>
    said.filter((each) => each.section === section && each.kind === kind).length;
  const [blocking, missing, warning] = [count('blocking'), count('missing'), count('warning')];
  const hints = [
    unanswered > 0 && plural(unanswered, 'query', 'queries').concat(' without an answer'),
    blocking > 0 && `${plural(blocking, 'thing')} to be mended`,
    missing > 0 && `${plural(missing, 'thing')} missing`,
    warning > 0 && `${plural(warning, 'thing')} to look at`,
  ].filter(Boolean);
  const [status, colour]: [string, TagColour | null] =
    unanswered > 0
      ? ['Queried', 'orange']
      : blocking > 0
        ? ['To be mended', 'red']
        : missing > 0
          ? ['Incomplete', 'blue']
          : warning > 0
            ? ['Complete, with findings', 'yellow']
            : ['Complete', null];
  return {
    title: SECTION_TITLES[section],
    href: `/returns/${id}/${section}`,
    hint: hints.join(', ') || null,
    status,
    colour,
  };
}

function sectionTasks(standing: ReturnStanding): Task[] {
  const { report } = standing;
  const said = saidOf(standing);
  return RETURN_SECTIONS.map((section) => {
    const unanswered = report.queries.filter((query) => query.section === section && query.answer === null);
    return sectionTask(report.id, section, said, unanswered.length);
  });
}

/** What is left to be done once it is filled in, by whom. */
function lastTasks({ report, missing, blockers }: ReturnStanding, actor: Actor): Task[] {
  const certified = report.state === 'trust-certified';
  const complete = missing.length === 0;
  const mayCertify = may(actor, 'progress-report:certify');
  const begun = report.state === 'draft' || certified;
  const ready = report.state === 'draft' && complete;
  return [
    {
      title: 'Check your answers',
      href: `/returns/${report.id}/check`,
      hint: complete ? null : `${plural(missing.length, 'thing')} missing`,
      status: complete ? 'Complete' : 'Incomplete',
      colour: complete ? null : 'blue',
    },
    {
      title: 'Certification by your finance director',
      href: mayCertify && ready ? `/returns/${report.id}/certification` : null,
      hint: certified
        ? `Certified by ${report.current.certifiedBy} on ${instant(report.current.certifiedAt)}`
        : begun
          ? 'They find the return among their tasks. Nobody certifies what they prepared.'
          : 'Save a section first, even where nothing in it changes: that begins a version to certify.',
      status: certified ? 'Complete' : ready ? 'Waiting' : 'Cannot start yet',
      colour: certified ? null : ready ? 'white' : 'grey',
    },
    {
      title: 'Submission to the funder',
      href: certified ? `/returns/${report.id}/submission` : null,
      hint:
        certified && blockers.submit.length > 0
          ? `${plural(blockers.submit.length, 'thing')} in the way`
          : null,
      status: certified ? 'To be done' : 'Cannot start yet',
      colour: certified ? 'blue' : 'grey',
    },
  ];
}

const people = (names: readonly string[]): string => names.join(', ') || 'nobody yet';

function factsOf({ report }: ReturnStanding) {
  const { current, period } = report;
  const done = (by: string | null, at: string | null) => (by ? `${by}, ${instant(at)}` : 'not yet');
  return [
    { label: 'Period', value: `${day(period.startsOn)} to ${day(period.endsOn)}` },
    { label: 'Due', value: day(report.dueOn) },
    { label: 'Version', value: String(report.version) },
    { label: 'Prepared by', value: people(current.preparedBy) },
    { label: 'Certified', value: done(current.certifiedBy, current.certifiedAt) },
    { label: 'Submitted', value: done(current.submittedBy, current.submittedAt) },
    { label: 'Accepted', value: done(current.acceptedBy, current.acceptedAt) },
    ...(current.reason ? [{ label: 'Reason for this version', value: current.reason }] : []),
  ];
}

/** Where the rest of a return is, for whoever looks. */
function linksOf({ report }: ReturnStanding, actor: Actor) {
  const { id, current, next } = report;
  const reviewing = next.includes('accept') && may(actor, 'progress-report:review');
  return [
    ...(reviewing ? [{ href: `/returns/${id}/review`, text: 'Review this return' }] : []),
    ...(current.receipt
      ? [{ href: `/receipts/${current.receipt}`, text: 'What the automatic check found' }]
      : []),
    ...(reviewing ? [] : [{ href: `/returns/${id}/review`, text: 'What changed, and figures against plan' }]),
    { href: `/returns/${id}/versions`, text: 'Versions of this return' },
    ...(next.includes('correct') && may(actor, 'progress-report:prepare')
      ? [{ href: `/returns/${id}/correction`, text: 'Correct this return' }]
      : []),
  ];
}

/** A return: the list of what is to be done with it, for its trust; what it says, for everybody. */
export function returnPage(standing: ReturnStanding, actor: Actor): Page {
  const { report } = standing;
  const preparing = isWithTrust(standing) && may(actor, 'progress-report:prepare');
  const certifying = isWithTrust(standing) && may(actor, 'progress-report:certify');
  return {
    view: 'returns/return.njk',
    title: `Return for ${report.period.label}`,
    caption: report.trust.name,
    trail: returnTrail(standing, false),
    model: {
      id: report.id,
      state: returnTag(report.state),
      overdue: report.overdue,
      dueOn: report.dueOn,
      illustrative: report.illustrative,
      whatNext: whatNext(report),
      facts: factsOf(standing),
      links: linksOf(standing, actor),
      tasks: preparing ? sectionTasks(standing) : [],
      last: preparing || certifying ? lastTasks(standing, actor) : [],
      sections: preparing ? [] : summaryOf(sectionInput(standing), false),
    },
  };
}
