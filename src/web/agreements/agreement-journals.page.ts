import type { Page as Listed } from '../../core/paging.js';
import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import type { JournalCause, JournalView, PostingView } from '../../funding/journal.queries.js';
import { nextAddress } from '../page/address.js';
import { day, instant, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, money, type Table, table, text } from '../page/table.js';
import {
  agreementLinks,
  agreementTrail,
  lineWords,
  moveWords,
  type ProgrammeRef,
} from './agreement.words.js';

/** How many journals there are on a page. */
export const JOURNALS_ON_A_PAGE = 25;

interface Posted {
  journal: JournalView;
  posting: PostingView;
}

const PAGES: Record<JournalCause['kind'], string> = {
  claim: '/claims',
  payment: '/payments',
  recovery: '/recoveries',
  contribution: '/contributions',
  'change-request': '/changes',
};

/** What a journal is beside its words: its kind, and what it undoes or what undid it. */
export function journalNote({ kind, reverses, reversedBy, novates }: JournalView): string {
  return [
    words(kind),
    reverses && `undoes the ${words(reverses.kind).toLowerCase()} of ${day(reverses.datedOn)}`,
    reversedBy && `undone on ${day(reversedBy.datedOn)}`,
    novates && 'from the agreement that was taken over',
  ]
    .filter(Boolean)
    .join('; ');
}

function postings(rows: readonly Posted[], next: string | null, whole: string): Table {
  return table<Posted>({
    id: 'postings',
    caption: 'Journals and their postings',
    rows,
    columns: [
      date('Dated', ({ journal }) => journal.datedOn),
      text('What happened', ({ journal }) => journal.narrative, {
        note: ({ journal }) => journalNote(journal),
      }),
      text('Line', ({ posting }) => lineWords(posting.line), {
        note: ({ posting: { tranche } }) => tranche && `Tranche ${tranche.number}: ${tranche.name}`,
      }),
      text('Move', ({ posting: { source, from, to } }) => moveWords(source, from, to), {
        note: ({ posting: { incurredOn } }) => incurredOn && `Cost of ${day(incurredOn)}`,
      }),
      money('Amount', ({ posting }) => posting.amountPence),
      text('Follows from', ({ journal: { causes } }) => causes.at(0)?.reference ?? null, {
        href: ({ journal: { causes } }) => {
          const cause = causes.at(0);
          return cause ? `${PAGES[cause.kind]}/${cause.id}` : null;
        },
        note: ({ journal: { causes } }) =>
          causes
            .slice(1)
            .map(({ reference }) => reference)
            .join(', ') || null,
      }),
      text('Posted by', ({ journal: { posted } }) => posted?.by.name ?? null, {
        note: ({ journal: { posted } }) =>
          posted && `${instant(posted.at)}, entry ${posted.logEntry} of the log`,
      }),
    ],
    empty: 'Nothing was posted yet. The first journal is made when the agreement is put in force.',
    next,
    whole,
  });
}

/** The page of an agreement's ledger: every posting of every journal, newest first. */
export function agreementJournalsPage(
  programme: ProgrammeRef,
  agreement: Pick<ShownAgreement, 'id' | 'reference' | 'trust'>,
  { items, next }: Listed<JournalView>,
): Page {
  const rows = items.flatMap((journal) => journal.postings.map((posting) => ({ journal, posting })));
  const path = `/agreements/${agreement.id}/journals`;
  return {
    view: 'agreements/journals.njk',
    title: `Ledger of ${agreement.reference}`,
    caption: agreement.trust.name,
    trail: agreementTrail(programme, agreement),
    tables: [postings(rows, nextAddress(path, {}, next), `/v1${path}`)],
    model: { path, agreement, links: agreementLinks(programme, agreement) },
  };
}
