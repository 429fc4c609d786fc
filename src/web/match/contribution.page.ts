import { type Actor, may } from '../../core/actor.js';
import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import type { ContributionView } from '../../funding/match/contribution.queries.js';
import {
  changeBlockers,
  countsBecause,
  matchUnderBlockers,
  VALUED_BY,
} from '../../funding/match/contribution.rules.js';
import type { CostEvidenceView } from '../../funding/match/cost-evidence.queries.js';
import { costEvidenceBlockers, withdrawalBlockers } from '../../funding/match/cost-evidence.rules.js';
import { EVIDENCE_TYPES } from '../../storage/evidence.rules.js';
import { doneBy } from '../agreements/agreement.page.js';
import { agreementTrail, lineWords, type ProgrammeRef } from '../agreements/agreement.words.js';
import { day, instant, pounds } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { moment, state, type Table, table, text } from '../page/table.js';
import { contributionTag } from './contribution.words.js';
import { openContributionSteps } from './contribution-steps.js';

function evidenceTable(view: ContributionView, mayRecord: boolean): Table {
  const owner = { kind: 'contribution', state: view.state } as const;
  const back = (row: CostEvidenceView): boolean =>
    mayRecord && withdrawalBlockers(owner, row.counts).length === 0;
  return table<CostEvidenceView>({
    id: 'evidence',
    caption: 'Evidence',
    rows: view.evidence,
    columns: [
      text('File', ({ fileName }) => fileName, {
        href: ({ id }) => `/cost-evidence/${id}/content`,
        note: ({ description }) => description,
      }),
      text('Supplier', ({ supplier }) => supplier, { note: ({ reference }) => reference }),
      moment('Uploaded', ({ uploadedAt }) => uploadedAt, {
        note: ({ uploadedBy }) => uploadedBy?.name ?? 'a person of another trust',
      }),
      state('Counts', ({ counts }) =>
        counts ? { words: 'Yes', colour: 'green' } : { words: 'No more', colour: 'grey' },
      ),
      ...(view.evidence.some(back)
        ? [
            text<CostEvidenceView>('Step', (row) => (back(row) ? 'Take back' : null), {
              href: (row) => (back(row) ? `/contributions/${view.id}/evidence/${row.id}/withdrawal` : null),
            }),
          ]
        : []),
    ],
    empty:
      'There is no evidence yet. The trust uploads the invoice, payroll record or valuation that proves the contribution.',
  });
}

function factsOf(view: ContributionView, categories: ReadonlyArray<{ code: string; label: string }>): Fact[] {
  const category = categories.find(({ code }) => code === view.category)?.label ?? view.category;
  const amount = (label: string, value: number | null): Fact[] =>
    value === null ? [] : [{ label, value: pounds(value) }];
  const on = (label: string, value: string | null): Fact[] =>
    value === null ? [] : [{ label, value: day(value) }];
  return [
    { label: 'Agreement', value: view.agreement.reference, href: `/agreements/${view.agreement.id}` },
    { label: 'Description', value: view.description },
    { label: 'Type', value: view.typeLabel ?? view.type },
    ...(category ? [{ label: 'Category of cost', value: category }] : []),
    { label: 'Line', value: lineWords(view) },
    { label: 'Valued by', value: VALUED_BY[view.valuation] },
    ...amount(view.netPence === null ? 'Pledged' : 'What counts, or is to', view.amountPence),
    ...amount('Net cost', view.netPence),
    ...amount('VAT', view.vatPence),
    ...amount('VAT that is got back', view.recoverableVatPence),
    ...on('Expected', view.expectedOn),
    ...on('Cost arose', view.incurredOn),
    ...on('Invoiced', view.invoicedOn),
    ...on('Paid out', view.defrayedOn),
    {
      label: 'Recorded by',
      value: view.recordedBy.map(({ name }) => name).join(', ') || 'A person of another trust',
    },
    ...(view.evidencedAt
      ? [{ label: 'Evidenced by', value: doneBy(view.evidencedBy, view.evidencedAt) }]
      : []),
    ...(view.decidedAt
      ? [
          {
            label: view.state === 'accepted' ? 'Accepted by' : 'Decided by',
            value: `${view.decidedBy?.name ?? 'A person whom you may not see'}, ${instant(view.decidedAt)}`,
          },
        ]
      : []),
    ...(view.decisionReason ? [{ label: 'On the grounds', value: view.decisionReason }] : []),
  ];
}

/** The page of a contribution: what it is, its evidence, and what may be done. */
export function contributionPage(
  programme: ProgrammeRef,
  agreement: Pick<ShownAgreement, 'id' | 'reference' | 'state' | 'current'>,
  view: ContributionView,
  actor: Actor,
): Page {
  const mayRecord = may(actor, 'match:record');
  const inForce = matchUnderBlockers('change', agreement).length === 0;
  return {
    view: 'match/contribution.njk',
    title: `Contribution ${view.reference}`,
    caption: view.trust.name,
    trail: agreementTrail(programme, agreement, {
      text: 'Match put in',
      href: `/agreements/${agreement.id}/contributions`,
    }),
    tables: [evidenceTable(view, mayRecord)],
    model: {
      contribution: view,
      tag: contributionTag(view.state),
      because: countsBecause(view),
      facts: factsOf(view, agreement.current.terms.eligibility.categories),
      steps: openContributionSteps(actor, view, agreement),
      mayEdit: mayRecord && inForce && changeBlockers(view.state).length === 0,
      mayUpload: mayRecord && costEvidenceBlockers({ kind: 'contribution', state: view.state }).length === 0,
      kinds: Object.keys(EVIDENCE_TYPES).join(', '),
      accept: Object.keys(EVIDENCE_TYPES)
        .map((extension) => `.${extension}`)
        .join(','),
    },
  };
}
