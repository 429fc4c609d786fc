import type { Page as Part } from '../../core/paging.js';
import type { ExtractItemView, ExtractSummary } from '../../funding/payments/extract.queries.js';
import { MAX_EXTRACT_BYTES, MAX_EXTRACT_LINES } from '../../funding/payments/extract.rules.js';
import type { ShownExtract } from '../../funding/payments/extracts.reader.js';
import { nextAddress } from '../page/address.js';
import { count, day, instant, plural } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { date, money, number, state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { resultTag } from './payment.words.js';

const MEGABYTE = 1024 * 1024;

/** A programme's extracts, and the form to send another. */
export function extractListPage(
  around: { programme: { slug: string; name: string }; parts: readonly Link[]; maySend: boolean },
  { items, next }: Part<ExtractSummary>,
): Page {
  const { programme } = around;
  const path = `/programmes/${programme.slug}/extracts`;
  return {
    view: 'payments/extracts.njk',
    title: 'Extracts of the bank and the ledger',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<ExtractSummary>({
        id: 'extracts',
        caption: 'Extracts',
        rows: items,
        columns: [
          text('File', ({ fileName }) => fileName, {
            href: ({ id }) => `/extracts/${id}`,
            note: ({ origin }) => (origin === 'bank' ? 'of the bank' : 'of the ledger'),
          }),
          date('From', ({ fromOn }) => fromOn),
          date('To', ({ toOn }) => toOn),
          text('Uploaded by', ({ uploadedBy }) => uploadedBy.name, {
            note: ({ uploadedAt }) => instant(uploadedAt),
          }),
          number('Matched', ({ counts }) => counts.matched),
          number('Differs', ({ counts }) => counts.differs),
          number('Missing in Exemplar', ({ counts }) => counts.missingInExemplar),
          number('Missing in the extract', ({ counts }) => counts.missingInExtract),
        ],
        empty:
          'No extract was uploaded yet. Payments are reconciled with an extract of the bank or the finance ledger.',
        next: nextAddress(path, {}, next),
      }),
    ],
    model: {
      ...around,
      path,
      hint: `A CSV file in UTF-8, up to ${MAX_EXTRACT_BYTES / MEGABYTE} MB and ${count(MAX_EXTRACT_LINES)} lines. Its first row names the columns date (31/03/2018 or 2018-03-31), reference, payee and amount (pounds with two decimals). What was paid out, and nothing else.`,
      origins: [
        { value: 'bank', text: 'The bank’s' },
        { value: 'ledger', text: 'The finance ledger’s' },
      ],
    },
  };
}

/** What became of each line of an extract, and of each payment that is in none: what somebody has to look at comes first. */
export function extractPage(extract: ShownExtract): Page {
  const { counts, programme, fileName, origin } = extract;
  return {
    view: 'payments/extract.njk',
    title: `Extract ${fileName}`,
    caption: origin === 'bank' ? 'Of the bank' : 'Of the finance ledger',
    trail: [{ text: 'Extracts', href: `/programmes/${programme}/extracts` }],
    tables: [
      table<ExtractItemView>({
        id: 'items',
        caption: 'Line by line',
        rows: extract.items,
        next: nextAddress(`/extracts/${extract.id}`, {}, extract.next),
        whole: `/v1/extracts/${extract.id}`,
        columns: [
          number('Line', ({ line }) => line),
          state<ExtractItemView>('Result', resultTag, { note: ({ explanation }) => explanation }),
          text('Payment', ({ payment }) => payment?.reference ?? null, {
            href: ({ payment }) => (payment ? `/payments/${payment.id}` : null),
            note: ({ payment }) => payment?.trust.name ?? null,
          }),
          date('Booked on', ({ bookedOn }) => bookedOn),
          text('Reference in the file', ({ reference }) => reference, { note: ({ payee }) => payee }),
          money('Amount in the file', ({ amountPence }) => amountPence),
          money('Amount in Exemplar', ({ payment }) => payment?.amountPence ?? null),
        ],
        empty: 'The extract has no line.',
      }),
    ],
    model: {
      extract,
      wrong: counts.differs + counts.missingInExemplar + counts.missingInExtract,
      summary: `${plural(extract.lines, 'line')} of ${day(extract.fromOn)} to ${day(extract.toOn)}, uploaded by ${extract.uploadedBy.name}, ${instant(extract.uploadedAt)}. A line may be up to ${plural(extract.daysApart, 'day')} apart from its payment.`,
    },
  };
}
