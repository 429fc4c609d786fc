import type { ShownAssurance } from '../../assurance/assurance.reader.js';
import type { AssuranceDocumentView } from '../../assurance/assurance-item.queries.js';
import type { AssuranceStep } from '../../assurance/assurance-item.rules.js';
import { KINDS } from '../../assurance/assurance-kinds.js';
import { EVIDENCE_TYPES } from '../../storage/evidence.rules.js';
import { sizeWords } from '../milestones/milestone.page.js';
import { day, instant } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import { stepPage } from '../page/step.js';
import { moment, type Table, table, text } from '../page/table.js';
import { assuranceTag, expiryWords, kindName, outcomeWords, subjectWords } from './assurance.words.js';
import { ITEM_STEP_LINKS, ITEM_STEPS } from './item-form.js';

/** The way to products, and to one. */
export function productsTrail(product?: { id: string; name: string } | null): Link[] {
  return [
    { text: 'Products', href: '/products' },
    ...(product ? [{ text: product.name, href: `/products/${product.id}` }] : []),
  ];
}

function itemTrail(
  { product, trust }: ShownAssurance,
  programme: { slug: string; name: string } | null,
): Link[] {
  if (!trust || !programme) return productsTrail(product);
  const root = `/programmes/${programme.slug}`;
  return [
    { text: programme.name, href: root },
    { text: 'Assurance', href: `${root}/assurance` },
  ];
}

/** What is known of a piece of assurance, for its page and for whoever takes a step. */
export function itemFacts(item: ShownAssurance): Fact[] {
  const { kind, product, outcome, submittedBy, submittedAt, decidedBy, decidedAt } = item;
  const who = (person: { name: string } | null, at: string | null): string =>
    `${person?.name ?? 'Somebody of the funder'}, ${instant(at)}`;
  return [
    { label: 'What it is', value: KINDS[kind].shows },
    {
      label: 'Of',
      value: subjectWords(item),
      ...(product ? { href: `/products/${product.id}` } : {}),
    },
    { label: 'Version', value: item.version },
    {
      label: 'Signed by',
      value: `${item.signedBy}, ${item.signOffRole.toLowerCase()}, ${day(item.signedOn)}`,
    },
    { label: 'Holds', value: expiryWords(item.expiresOn) },
    ...(outcome ? [{ label: 'Outcome', value: outcomeWords(outcome) as string }] : []),
    { label: 'Where the document is', value: item.document },
    { label: 'Written by', value: who(item.preparedBy, item.preparedAt) },
    ...(submittedAt ? [{ label: 'Submitted by', value: who(submittedBy, submittedAt) }] : []),
    ...(decidedAt
      ? [
          {
            label: item.state === 'rejected' ? 'Rejected by' : 'Accepted by',
            value: who(decidedBy, decidedAt),
          },
        ]
      : []),
    ...(item.withdrawnAt ? [{ label: 'Withdrawn', value: instant(item.withdrawnAt) }] : []),
  ];
}

function documentsTable(rows: readonly AssuranceDocumentView[], opensHazardLogs: boolean): Table {
  const address = ({ id, hazardLog }: AssuranceDocumentView): string | null =>
    hazardLog
      ? opensHazardLogs
        ? `/hazard-logs/${id}/content`
        : null
      : `/assurance-documents/${id}/content`;
  return table<AssuranceDocumentView>({
    id: 'documents',
    caption: 'Files',
    rows,
    columns: [
      text('What it shows', (row) => row.description, {
        note: (row) => (row.hazardLog ? 'Hazard log: its trust, assessors and auditors open it' : null),
      }),
      text('File', (row) => row.fileName, { href: address, note: (row) => sizeWords(row.sizeBytes) }),
      text('Uploaded by', (row) => row.uploadedBy?.name ?? null),
      moment('When', (row) => row.uploadedAt),
      text('SHA-256', (row) => row.sha256.slice(0, 12)),
    ],
    empty: 'No file is with it.',
  });
}

/** One piece of assurance: what it is, who signed and accepted it, its files, and what may be done with it. */
export function itemPage(
  item: ShownAssurance,
  programme: { slug: string; name: string } | null,
  reader: { opensHazardLogs: boolean },
): Page {
  const { id, kind, next, state } = item;
  const kinds = Object.keys(EVIDENCE_TYPES);
  return {
    view: 'assurance/item.njk',
    title: kindName(kind),
    caption: item.subject.name,
    trail: itemTrail(item, programme),
    tables: [documentsTable(item.documents, reader.opensHazardLogs)],
    model: {
      item,
      tagged: assuranceTag(state),
      facts: itemFacts(item),
      assumed: KINDS[kind].assumed,
      steps: next.map((step) => ({ text: ITEM_STEP_LINKS[step], href: `/assurance/${id}/steps/${step}` })),
      uploads: next.includes('change'),
      lacksHazardLog:
        state === 'draft' && KINDS[kind].hazardLog && !item.documents.some(({ hazardLog }) => hazardLog),
      purposes: KINDS[kind].hazardLog
        ? [
            { value: 'hazard-log', text: 'The hazard log' },
            { value: 'document', text: 'Another document' },
          ]
        : null,
      kinds: kinds.join(', '),
      accept: kinds.map((extension) => `.${extension}`).join(','),
    },
  };
}

/** The page of one step of a piece of assurance. */
export function itemStepPage(
  item: ShownAssurance,
  programme: { slug: string; name: string } | null,
  step: AssuranceStep,
): Page {
  return stepPage(ITEM_STEPS[step](item), {
    action: `/assurance/${item.id}/steps/${step}`,
    caption: item.reference,
    revision: item.revision,
    trail: [...itemTrail(item, programme), { text: item.reference, href: `/assurance/${item.id}` }],
    ...(step === 'change' ? {} : { facts: itemFacts(item) }),
    back: `/assurance/${item.id}`,
  });
}
