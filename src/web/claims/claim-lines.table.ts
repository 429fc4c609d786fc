import type { ClaimLineView } from '../../funding/claims/claim.queries.js';
import type { CostEvidenceView } from '../../funding/match/cost-evidence.queries.js';
import { day, instant, words } from '../page/format.js';
import { type Cell, type Column, money, state, type Table, table, text } from '../page/table.js';

const sum = (lines: readonly ClaimLineView[], of: (line: ClaimLineView) => number | null): number =>
  lines.reduce((total, line) => total + (of(line) ?? 0), 0);

const decided = (lines: readonly ClaimLineView[], of: (line: ClaimLineView) => number | null): boolean =>
  lines.some((line) => of(line) !== null);

/** What a line is, in its first cell: what was bought, from whom, and when. */
const noteOf = ({
  supplier,
  invoiceReference,
  incurredOn,
  project,
  category,
}: ClaimLineView): string | null =>
  supplier === null
    ? null
    : [
        `${supplier}, ${invoiceReference}, ${day(incurredOn)}`,
        project?.name,
        category === null ? null : words(category).toLowerCase(),
      ]
        .filter(Boolean)
        .join('; ');

const recommended: Column<ClaimLineView> = money('Recommended', (line) => line.recommendedPence, {
  note: ({ recommendedBecause }) => recommendedBecause,
});
const approved: Column<ClaimLineView> = money('Approved', (line) => line.approvedPence, {
  note: ({ disallowedBecause }) => disallowedBecause,
});

const proof = (evidence: readonly CostEvidenceView[]): Column<ClaimLineView> =>
  text('Evidence', (line) => evidence.find(({ id }) => id === line.evidence)?.fileName ?? null, {
    href: (line) => (line.evidence === null ? null : `/cost-evidence/${line.evidence}/content`),
    note: (line) => (line.evidence === null ? 'none yet' : null),
  });

/** How the lines of a claim are shown. */
export interface LinesShown {
  tableId?: string;
  caption?: string;
  kind: 'costs' | 'advance';
  lines: readonly ClaimLineView[];
  evidence: readonly CostEvidenceView[];
  /** Where a line is changed; undefined where the reader cannot. */
  change?: ((line: ClaimLineView) => string) | undefined;
  empty: string;
}

/** The lines of a version of a claim, with what was recommended and approved of each where anything was. */
export function linesTable({
  tableId = 'lines',
  caption = 'Lines',
  kind,
  lines,
  evidence,
  change,
  empty,
}: LinesShown): Table {
  const shows = {
    recommended: decided(lines, (line) => line.recommendedPence),
    approved: decided(lines, (line) => line.approvedPence),
  };
  const columns: Column<ClaimLineView>[] = [
    text('Line', ({ position }) => String(position), change ? { href: change } : {}),
    text('What for', ({ description }) => description, { note: noteOf }),
    text('Year and kind', (line) => `${line.financialYear} ${line.kind}`),
    ...(kind === 'costs' ? [proof(evidence)] : []),
    money('Claimed', ({ claimedPence }) => claimedPence),
    ...(shows.recommended ? [recommended] : []),
    ...(shows.approved ? [approved] : []),
  ];
  const totals: Cell[] = [
    { value: sum(lines, ({ claimedPence }) => claimedPence) },
    ...(shows.recommended ? [{ value: sum(lines, ({ recommendedPence }) => recommendedPence) }] : []),
    ...(shows.approved ? [{ value: sum(lines, ({ approvedPence }) => approvedPence) }] : []),
  ];
  const blank: Cell[] = Array.from({ length: columns.length - totals.length }, () => ({ value: '' }));
  blank[0] = { value: 'Total' };
  return table({
    id: tableId,
    caption,
    rows: lines,
    columns,
    empty,
    foot: lines.length > 1 ? [...blank, ...totals] : undefined,
  });
}

/** The evidence of a claim; what counts no more is among it. */
export function evidenceTable(
  evidence: readonly CostEvidenceView[],
  empty: string,
  withdrawal?: (each: CostEvidenceView) => string | null,
): Table {
  return table<CostEvidenceView>({
    id: 'evidence',
    caption: 'Evidence',
    rows: evidence,
    columns: [
      text('File', ({ fileName }) => fileName, {
        href: ({ id }) => `/cost-evidence/${id}/content`,
        note: ({ description, illustrative }) =>
          illustrative ? `${description} (illustrative)` : description,
      }),
      text('Supplier', ({ supplier }) => supplier),
      text('Reference', ({ reference }) => reference),
      text('Uploaded by', ({ uploadedBy }) => uploadedBy?.name ?? 'Somebody of another trust', {
        note: ({ uploadedAt }) => instant(uploadedAt),
      }),
      state('Counts', ({ counts }) =>
        counts ? { words: 'Counts', colour: 'green' } : { words: 'Counts no more', colour: 'grey' },
      ),
      ...(withdrawal
        ? [
            text<CostEvidenceView>('Take back', (each) => (withdrawal(each) ? 'Take it back' : null), {
              href: withdrawal,
            }),
          ]
        : []),
    ],
    empty,
  });
}
