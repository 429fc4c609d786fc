import type { ContributionView } from '../../funding/match/contribution.queries.js';
import { VALUED_BY } from '../../funding/match/contribution.rules.js';
import type { CostEvidenceView } from '../../funding/match/cost-evidence.queries.js';
import { agreementTrail, lineWords, type ProgrammeRef } from '../agreements/agreement.words.js';
import { day, plural, pounds, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { type Step, stepPage } from '../page/step.js';
import { type ContributionStepName, contributionStep } from './contribution-steps.js';

function trailOf(programme: ProgrammeRef, { agreement, id, reference }: ContributionView): Link[] {
  const contributions = { text: 'Match put in', href: `/agreements/${agreement.id}/contributions` };
  return agreementTrail(programme, agreement, contributions, {
    text: reference,
    href: `/contributions/${id}`,
  });
}

/** The page of a step of a contribution's life, with what whoever takes it should have before them. */
export function contributionStepPage(
  programme: ProgrammeRef,
  view: ContributionView,
  name: ContributionStepName,
): Page {
  const { id, reference, trust, incurredOn } = view;
  return stepPage(contributionStep(name, view), {
    action: `/contributions/${id}/steps/${name}`,
    caption: `${reference}, ${trust.name}`,
    revision: view.revision,
    trail: trailOf(programme, view),
    facts: [
      { label: 'State', value: words(view.state) },
      { label: 'Type', value: view.typeLabel ?? view.type },
      { label: 'Valued by', value: VALUED_BY[view.valuation] },
      { label: 'Line', value: lineWords(view) },
      { label: view.netPence === null ? 'Pledged' : 'Amount', value: pounds(view.amountPence) },
      ...(incurredOn ? [{ label: 'Cost arose', value: day(incurredOn) }] : []),
      { label: 'Evidence that counts', value: plural(view.countingEvidence, 'piece') },
      { label: 'Recorded by', value: view.recordedBy.map(({ name: who }) => who).join(', ') },
    ],
    back: `/contributions/${id}`,
  });
}

/** Taking a piece of evidence back before anybody relies on it. */
export const EVIDENCE_WITHDRAWAL: Step = {
  title: 'Take the evidence back',
  explains: ['It proves this contribution no more, and may count for something else. The file is kept.'],
  fields: [
    {
      kind: 'textarea',
      name: 'reason',
      label: 'Reason',
      hint: 'Such as: sent to the wrong contribution.',
      max: 2_000,
    },
  ],
  button: 'Take it back',
  warning: true,
  notice: 'The evidence was taken back.',
};

/** The page on which a piece of evidence is taken back. */
export function evidenceWithdrawalPage(
  programme: ProgrammeRef,
  view: ContributionView,
  evidence: CostEvidenceView,
): Page {
  return stepPage(EVIDENCE_WITHDRAWAL, {
    action: `/contributions/${view.id}/evidence/${evidence.id}/withdrawal`,
    caption: `${view.reference}, ${view.trust.name}`,
    revision: evidence.revision,
    trail: trailOf(programme, view),
    facts: [
      { label: 'File', value: evidence.fileName },
      { label: 'Supplier', value: evidence.supplier },
      { label: 'Supplier’s reference', value: evidence.reference },
    ],
    back: `/contributions/${view.id}`,
  });
}
