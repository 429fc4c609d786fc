import type { ClaimLineView } from '../../funding/claims/claim.queries.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import type { CostEvidenceView } from '../../funding/match/cost-evidence.queries.js';
import {
  costEvidenceBlockers,
  MAX_COST_LABEL,
  withdrawalBlockers,
} from '../../funding/match/cost-evidence.rules.js';
import { EVIDENCE_TYPES, MAX_DESCRIPTION } from '../../storage/evidence.rules.js';
import type { Form } from '../page/form.js';
import type { Page } from '../page/page.js';
import { type Step, stepPage } from '../page/step.js';
import { number, state, type Table, table, text } from '../page/table.js';
import { claimTrail } from './claim.trail.js';
import { evidenceTable } from './claim-lines.table.js';

/** What is said of a piece of evidence, before its file. */
export const EVIDENCE_FIELDS = ['supplier', 'reference', 'description'] as const;

const MEGABYTE = 1024 * 1024;

/** Which line each piece proves, and which have none yet. */
function provedTable({ lines, evidence, id }: ShownClaim, mayAdd: boolean): Table {
  const fileOf = (line: ClaimLineView) => evidence.find((each) => each.id === line.evidence);
  return table<ClaimLineView>({
    id: 'proved',
    caption: 'What has to be proved',
    rows: lines,
    columns: [
      number('Line', ({ position }) => position),
      text('Supplier', ({ supplier }) => supplier, { note: ({ description }) => description }),
      text('Invoice reference', ({ invoiceReference }) => invoiceReference),
      state('Proved', (line) =>
        fileOf(line) ? { words: 'Proved', colour: 'green' } : { words: 'Not yet', colour: 'orange' },
      ),
      text('Evidence', (line) => fileOf(line)?.fileName ?? (mayAdd ? 'Add its invoice' : null), {
        href: (line) =>
          line.evidence
            ? `/cost-evidence/${line.evidence}/content`
            : mayAdd
              ? `/claims/${id}/evidence?line=${line.position}#add`
              : null,
      }),
    ],
    empty: 'The claim has no lines yet. Say what is claimed first.',
  });
}

/**
 * The evidence of a claim: what is to be proved, what is there, and the form to add more.
 * @param asked the position of the line whose supplier and reference are filled in
 */
export function evidencePage(
  claim: ShownClaim,
  reader: { mayPrepare: boolean; asked: unknown; maxBytes: number },
): Page {
  const { id, state, evidence } = claim;
  const refused = costEvidenceBlockers({ kind: 'claim', state });
  const mayAdd = reader.mayPrepare && refused.length === 0;
  const line = claim.lines.find(({ position }) => String(position) === reader.asked);
  const withdrawable = (each: CostEvidenceView) =>
    reader.mayPrepare && withdrawalBlockers({ kind: 'claim', state }, each.counts).length === 0;
  return {
    view: 'claims/evidence.njk',
    title: 'Evidence',
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    trail: claimTrail(claim),
    tables: [
      ...(claim.kind === 'costs' ? [provedTable(claim, mayAdd)] : []),
      evidenceTable(
        evidence,
        'There is no evidence yet.',
        evidence.some(withdrawable)
          ? (each) => (withdrawable(each) ? `/claims/${id}/evidence/${each.id}/withdrawal` : null)
          : undefined,
      ),
    ],
    model: {
      claim,
      mayAdd,
      closed: reader.mayPrepare
        ? refused.map(({ message, clearedBy = '' }) => `${message} ${clearedBy}`.trim())
        : [],
      line: line ?? null,
      accept: Object.keys(EVIDENCE_TYPES)
        .map((extension) => `.${extension}`)
        .join(','),
      hint: `${Object.keys(EVIDENCE_TYPES).join(', ')}; up to ${Math.floor(reader.maxBytes / MEGABYTE)} MB. No patient data.`,
    },
  };
}

/** What was said of a file. @throws Problem 400 with what is missing */
export function evidenceSaid(form: Form): Record<(typeof EVIDENCE_FIELDS)[number], string> {
  const said = {
    supplier: form.text('supplier', { label: 'Supplier', max: MAX_COST_LABEL }),
    reference: form.text('reference', { label: 'Reference', max: MAX_COST_LABEL }),
    description: form.text('description', { label: 'What the file shows', max: MAX_DESCRIPTION }),
  };
  form.check();
  return said;
}

/** Taking a piece of evidence back. */
export const WITHDRAWAL: Step = {
  title: 'Take evidence back',
  explains: ['It proves nothing from then on, and may be uploaded for something else. It stays on record.'],
  fields: [{ kind: 'textarea', name: 'reason', label: 'Reason' }],
  button: 'Take it back',
  warning: true,
  notice: 'The evidence was taken back.',
};

/** The page on which it is taken back. */
export function evidenceWithdrawalPage(claim: ShownClaim, evidence: CostEvidenceView): Page {
  const back = `/claims/${claim.id}/evidence`;
  return stepPage(WITHDRAWAL, {
    action: `${back}/${evidence.id}/withdrawal`,
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    revision: evidence.revision,
    trail: claimTrail(claim, { text: 'Evidence', href: back }),
    facts: [
      { label: 'File', value: evidence.fileName },
      { label: 'Supplier', value: evidence.supplier },
      { label: 'Reference', value: evidence.reference },
    ],
    back,
  });
}
