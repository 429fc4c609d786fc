import type { ChainDecision, PaymentChain } from '../../funding/payments/payment-chain.queries.js';
import type { Sourced } from '../../organisations/sourced.js';
import { evidenceTable, linesTable } from '../claims/claim-lines.table.js';
import { day, instant, plural, pounds, words } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { bankTable, NOBODY, postingsTable, recoveriesTable } from './chain.tables.js';
import { paymentTrail } from './payment.page.js';

/** A fact of a link. */
/** One link of a payment's chain, as its page shows it. */
export interface ChainLink {
  key: LinkKey;
  title: string;
  facts: Fact[];
  /** Ids of tables that belong to it. */
  tables: string[];
  /** What is missing in it. */
  gaps: string[];
}

type LinkKey =
  | 'award'
  | 'agreement'
  | 'tranche'
  | 'claim'
  | 'certificate'
  | 'check'
  | 'approval'
  | 'scheduling'
  | 'payment'
  | 'postings'
  | 'bank'
  | 'recoveries';

/** In which link each gap is; what is in none of these is in the payment. */
const GAP_IN: Record<string, LinkKey> = {
  'award-missing': 'award',
  'agreement-version-missing': 'agreement',
  'agreement-approver-missing': 'agreement',
  'agreement-signatory-missing': 'agreement',
  'milestone-evidence-missing': 'tranche',
  'preparer-missing': 'claim',
  'cost-evidence-missing': 'claim',
  'certifier-missing': 'certificate',
  'checker-missing': 'check',
  'recommender-missing': 'check',
  'approver-missing': 'approval',
  'amounts-differ': 'approval',
  'claim-journal-missing': 'postings',
  'approval-journal-missing': 'postings',
  'payment-journal-missing': 'postings',
  'reversal-missing': 'postings',
  'not-reconciled': 'bank',
  'extract-line-missing': 'bank',
  'recovery-journal-missing': 'recoveries',
};

/** Somebody, and when. */
const who = (person: { name: string } | null, at: string | null = null): string =>
  person === null ? NOBODY : at === null ? person.name : `${person.name}, ${instant(at)}`;

function sourceOf(sourced: object): string {
  const { source, assumed } = sourced as Partial<Sourced>;
  return source ? `${source.title} (${source.reference})` : `Assumed: ${assumed ?? 'no source is recorded'}`;
}

function awardFacts({ award }: PaymentChain): Fact[] {
  if (!award) return [];
  return [
    { label: 'Grant', value: pounds(award.grantPence) },
    { label: 'Match', value: pounds(award.matchPence) },
    { label: 'Where the figures come from', value: sourceOf(award.sourced) },
  ];
}

function agreementFacts({ agreement: { id, reference, predecessor, version } }: PaymentChain): Fact[] {
  return [
    { label: 'Agreement', value: reference, href: `/agreements/${id}` },
    ...(predecessor
      ? [{ label: 'Took over', value: predecessor.reference, href: `/agreements/${predecessor.id}` }]
      : []),
    ...(version
      ? [
          {
            label: 'Version in force on the day',
            value: `${version.number}, from ${day(version.effectiveOn)}`,
          },
          { label: 'Prepared by', value: who(version.preparedBy, version.preparedAt) },
          { label: 'Approved by', value: who(version.approvedBy, version.approvedAt) },
          version.changeRequest
            ? { label: 'Made by the change request', value: version.changeRequest.reference }
            : { label: 'Signed by', value: who(version.signedBy, version.signedAt) },
        ]
      : []),
  ];
}

function trancheFacts({ tranche }: PaymentChain): Fact[] {
  return [
    { label: 'Tranche', value: `${tranche.number}, ${tranche.name}` },
    { label: 'Basis', value: tranche.basis === 'advance' ? 'Paid in advance of costs' : 'Paid on delivery' },
    { label: 'Planned for', value: day(tranche.plannedOn) },
    { label: 'Its grant', value: pounds(tranche.grantPence) },
    ...tranche.milestones.flatMap((milestone) => [
      {
        label: 'Milestone',
        value: `${milestone.name}: ${words(milestone.state).toLowerCase()}${milestone.actualOn ? ` on ${day(milestone.actualOn)}` : ''}`,
      },
      ...milestone.evidence.map((each) => ({
        label: 'Its evidence',
        value: `${each.fileName}, ${who(each.uploadedBy, each.uploadedAt)}. SHA-256: ${each.sha256}`,
      })),
    ]),
  ];
}

/** What a gate decision looked at, as far as its page says it. */
interface Looked {
  proposedPence?: number;
  match?: { explanation?: string };
}

function decisionFacts(decision: ChainDecision | undefined): Fact[] {
  if (!decision) return [];
  const { match } = decision.facts as Looked;
  return [
    { label: 'Gate passed', value: who(decision.decidedBy, decision.decidedAt) },
    { label: 'Opened by', value: decision.openedBy === 'waiver' ? 'A waiver' : 'Its conditions' },
    ...(match?.explanation ? [{ label: 'Match at the gate', value: match.explanation }] : []),
    ...decision.waived.map(({ message }) => ({ label: 'What was let be', value: message })),
    ...decision.waivers.map((waiver) => ({
      label: 'Waiver',
      value: `${waiver.reason} ${who(waiver.grantedBy, waiver.grantedAt)}, on the authority of ${waiver.authority}${waiver.withdrawnAt ? `; withdrawn ${instant(waiver.withdrawnAt)}` : ''}`,
    })),
  ];
}

function claimFacts({ claim }: PaymentChain): Fact[] {
  return [
    { label: 'Claim', value: `${claim.reference}, version ${claim.version}`, href: `/claims/${claim.id}` },
    { label: 'What for', value: claim.description },
    { label: 'Claimed', value: pounds(claim.claimedPence) },
    { label: 'Prepared by', value: claim.people.preparedBy.map(({ name }) => name).join(', ') || NOBODY },
    { label: 'Submitted by', value: who(claim.people.submittedBy, claim.people.submittedAt) },
  ];
}

function approvalFacts({ claim, decisions }: PaymentChain): Fact[] {
  const { people, approvedPence } = claim;
  return [
    { label: 'Approved', value: pounds(approvedPence ?? 0) },
    { label: 'Approved by', value: who(people.approvedBy, people.approvedAt) },
    ...(people.secondApprovedBy
      ? [{ label: 'Second approval by', value: who(people.secondApprovedBy, people.secondApprovedAt) }]
      : []),
    ...decisionFacts(decisions.find(({ step }) => step === 'approve')),
  ];
}

function paymentFacts({ payment, decisions }: PaymentChain): Fact[] {
  return [
    { label: 'Payment', value: payment.reference, href: `/payments/${payment.id}` },
    { label: 'Amount', value: pounds(payment.amountPence) },
    { label: 'State', value: words(payment.state) },
    { label: 'Paid on', value: payment.paidOn ? day(payment.paidOn) : 'Not paid' },
    { label: 'Bank reference', value: payment.bankReference ?? 'None' },
    { label: 'Recorded by', value: payment.paidBy ? who(payment.paidBy, payment.recordedAt) : NOBODY },
    ...(payment.closedBecause ? [{ label: 'Why it ended', value: payment.closedBecause }] : []),
    ...decisionFacts(decisions.find(({ step }) => step === 'pay')),
  ];
}

/** The links of a payment's chain, from the award to the bank, each with what is missing in it. */
export function chainLinks(chain: PaymentChain): ChainLink[] {
  const { people, kind } = chain.claim;
  const gapsOf = (key: LinkKey) =>
    chain.gaps.filter(({ code, message }) => linkOf(code, message) === key).map(({ message }) => message);
  const link = (key: LinkKey, title: string, facts: Fact[], tables: string[] = []): ChainLink => ({
    ...{ key, title, facts, tables, gaps: gapsOf(key) },
  });
  const scheduled = chain.decisions.find(({ step }) => step === 'schedule');
  return [
    link('award', 'Award', awardFacts(chain)),
    link('agreement', 'Agreement', agreementFacts(chain)),
    link('tranche', 'Tranche and what opens its gate', trancheFacts(chain)),
    link(
      'claim',
      'Claim and its evidence',
      claimFacts(chain),
      kind === 'costs' ? ['lines', 'evidence'] : ['lines'],
    ),
    link('certificate', 'Certificate of the finance director', [
      { label: 'Certified by', value: who(people.certifiedBy, people.certifiedAt) },
    ]),
    link('check', 'Check against the evidence', [
      { label: 'Checked by', value: who(people.checkedBy) },
      { label: 'Recommended by', value: who(people.recommendedBy, people.recommendedAt) },
    ]),
    link('approval', 'Approval', approvalFacts(chain)),
    link('scheduling', 'Scheduling', [
      { label: 'Scheduled for', value: day(chain.payment.scheduledFor) },
      { label: 'Scheduled by', value: who(chain.payment.scheduledBy, chain.payment.scheduledAt) },
      ...decisionFacts(scheduled),
    ]),
    link('payment', 'Payment', paymentFacts(chain)),
    link('postings', 'Postings in the ledger', [], ['postings']),
    link('bank', 'Bank and ledger', [], ['bank']),
    ...(chain.recoveries.length > 0 ? [link('recoveries', 'Recoveries', [], ['recoveries'])] : []),
  ];
}

/** A gate decision is missing at one of three links: its words say at which. */
function linkOf(code: string, message: string): LinkKey {
  if (code !== 'gate-decision-missing' && code !== 'waiver-missing') return GAP_IN[code] ?? 'payment';
  return /approved/.test(message) ? 'approval' : /scheduled/.test(message) ? 'scheduling' : 'payment';
}

/** The page of a payment's whole chain (auditor, question 2). */
export function chainPage(chain: PaymentChain, mayOpenExtracts: boolean): Page {
  const { payment, claim, gaps } = chain;
  return {
    view: 'payments/chain.njk',
    title: `The chain of ${payment.reference}`,
    caption: payment.trust.name,
    trail: paymentTrail(payment),
    tables: [
      linesTable({ ...claim, empty: 'It claims nothing.' }),
      evidenceTable(claim.evidence, 'There is no evidence.'),
      postingsTable(chain),
      bankTable(chain, mayOpenExtracts),
      recoveriesTable(chain),
    ],
    model: {
      payment,
      links: chainLinks(chain),
      gaps: gaps.map(({ message }) => message),
      verdict:
        gaps.length === 0
          ? 'The chain is whole: every link from the award to the bank is there.'
          : `${plural(gaps.length, 'link is', 'links are')} missing. Each is named below, and at its place.`,
    },
  };
}
