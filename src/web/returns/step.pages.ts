import { type Actor, may } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import { sumPence } from '../../core/money.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import type { Form } from '../page/form.js';
import { day, plural, pounds } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { obstaclesOf } from './check.page.js';
import { namesOf } from './names.js';
import { captionOf, returnTrail } from './returns.trail.js';
import { isWithTrust } from './said.js';

/** The name of the box that a declaration is made with. */
const DECLARATION = 'declaration';

interface StepModel {
  title: string;
  explains: string[];
  facts: Fact[];
  /** What is declared by ticking a box; null: nothing. */
  declaration: string | null;
  /** The label of a reason that is asked for; null: none is. */
  reason: string | null;
  button: string;
  action: string;
  blockers: readonly Blocker[];
}

function stepPage(standing: ReturnStanding, actor: Actor, { title, blockers, ...step }: StepModel): Page {
  const { report } = standing;
  const mayChange = isWithTrust(standing) && may(actor, 'progress-report:prepare');
  return {
    view: 'returns/step.njk',
    title,
    caption: captionOf(standing),
    trail: returnTrail(standing),
    model: {
      ...step,
      id: report.id,
      revision: report.revision,
      obstacles: obstaclesOf(report.id, blockers, mayChange),
    },
  };
}

/** The figures that stand behind a signature. */
function figuresOf(standing: ReturnStanding): StepModel['facts'] {
  const { report } = standing;
  const { spend, milestones, measurements, risks, confidence } = report.current.content;
  const total = (source: 'grant' | 'match', of: 'spentToDatePence' | 'forecastPence') =>
    pounds(sumPence(spend.filter((line) => line.source === source).map((line) => line[of])));
  return [
    { label: 'Period', value: `${day(report.period.startsOn)} to ${day(report.period.endsOn)}` },
    { label: 'Prepared by', value: report.current.preparedBy.join(', ') || 'nobody yet' },
    {
      label: 'Grant spent to date',
      value: `${total('grant', 'spentToDatePence')}, forecast ${total('grant', 'forecastPence')}`,
    },
    {
      label: 'Match spent to date',
      value: `${total('match', 'spentToDatePence')}, forecast ${total('match', 'forecastPence')}`,
    },
    {
      label: 'Milestones claimed met',
      value: String(milestones.filter(({ claim }) => claim === 'met').length),
    },
    { label: 'Measurements', value: plural(measurements.length, 'measure') },
    { label: 'Risks', value: String(risks.length) },
    {
      label: 'Delivery confidence',
      value: confidence ? namesOf(standing).rating(confidence.scale, confidence.rating) : 'not given yet',
    },
  ];
}

/** What a finance director certifies. */
export function certificationPage(standing: ReturnStanding, actor: Actor): Page {
  const { report, blockers } = standing;
  return stepPage(standing, actor, {
    title: 'Certify the return',
    explains: [
      `You certify, for ${report.trust.name}, that the spend and forecasts of this return agree with your accounts, that match is counted once, and that its dates and measurements are true as far as you know.`,
      'Your name and the time are kept with this version. If anybody changes the return afterwards, your certificate lapses and is asked for again.',
      'Somebody else than whoever prepared it must certify it.',
    ],
    facts: figuresOf(standing),
    declaration: 'I have read this return, and I certify it',
    reason: null,
    button: 'Certify the return',
    action: `/returns/${report.id}/certification`,
    blockers: blockers.certify,
  });
}

/** What submitting a return means. */
export function submissionPage(standing: ReturnStanding, actor: Actor): Page {
  const { report, blockers } = standing;
  return stepPage(standing, actor, {
    title: report.version > 1 ? 'Submit the return again' : 'Submit the return',
    explains: [
      'This version cannot be changed once it is submitted. It is checked automatically, which takes some seconds; you see what was found.',
      'Where something must be mended it comes back to you with a query. Otherwise the funder reviews it.',
    ],
    facts: [
      ...figuresOf(standing),
      { label: 'Certified by', value: report.current.certifiedBy ?? 'nobody yet' },
    ],
    declaration: null,
    reason: null,
    button: 'Submit the return',
    action: `/returns/${report.id}/submission`,
    blockers: blockers.submit,
  });
}

/** What correcting an accepted return means. @param blockers what is in the way of it */
export function correctionPage(standing: ReturnStanding, actor: Actor, blockers: readonly Blocker[]): Page {
  const { report } = standing;
  return stepPage(standing, actor, {
    title: 'Correct the return',
    explains: [
      'A correction is a new version of this return. What was accepted goes on standing until the new version is accepted, and is kept for good.',
      'The new version is certified, submitted and reviewed like the first.',
    ],
    facts: [],
    declaration: null,
    reason: 'What is wrong with the accepted return',
    button: 'Begin the correction',
    action: `/returns/${report.id}/correction`,
    blockers,
  });
}

/** @throws Problem 400 where the declaration was not made */
export function refuseUndeclared(form: Form): void {
  if (form.ticked(DECLARATION).length === 0)
    form.fault(DECLARATION, 'not-declared', 'Tick the box to certify the return.');
  form.check();
}
