import type { ProofStanding } from '../../audit/proof.reader.js';
import type { Link, Page } from '../page/page.js';
import { state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { proofPanel } from './proof.page.js';
import type { ProgrammeRef } from './question.page.js';

/** One of the auditor's ten questions (domain.md section 11). */
interface Question {
  number: number;
  question: string;
  /** Below the programme's address; '' where any of its pages does, by the date control. */
  path: string;
  /** What answers it. */
  answer: string;
  /** Whether it is answered whole. */
  standing: 'answered' | 'in part';
}

export const QUESTIONS: readonly Question[] = [
  {
    number: 1,
    question: 'What was the exact state on a date?',
    path: '',
    answer:
      'Choose a date on any page: it is answered from the log, as it stood then. By the API, one call has the whole state.',
    standing: 'answered',
  },
  {
    number: 2,
    question: 'What is the full chain of each payment?',
    path: '/payments',
    answer:
      'Each payment shows what it rests on: award, version of the agreement, gate, evidence, people, journals and the bank.',
    standing: 'answered',
  },
  {
    number: 3,
    question: 'Which payments went before their gate was approved, or by waiver?',
    path: '/payment-exceptions',
    answer: 'All payments, held against the decisions at their gates.',
    standing: 'answered',
  },
  {
    number: 4,
    question: 'Was separation of duties breached or overridden?',
    path: '/separation-of-duties',
    answer: 'Who did what in every paid claim, and each waiver.',
    standing: 'answered',
  },
  {
    number: 5,
    question: 'Where is match missing, in kind, weakly valued or duplicated?',
    path: '/match-concerns',
    answer: 'Match that counts or waits to be accepted, with what there is to look at.',
    standing: 'answered',
  },
  {
    number: 6,
    question: 'Which awards, lines or years were exceeded or moved?',
    path: '/money-movements',
    answer: 'Each movement with who asked, who approved and why.',
    standing: 'answered',
  },
  {
    number: 7,
    question: 'What was amended after submission, by whom, and why?',
    path: '/amendments',
    answer:
      'Returns, claims and agreements with more than one version, what each version changed, and measurements that others took the place of.',
    standing: 'answered',
  },
  {
    number: 8,
    question: 'Which measures or benefits are unvalidated, undefined or late?',
    path: '/unvalidated',
    answer: 'Measures are answered. Benefits are not tracked apart from measures yet.',
    standing: 'in part',
  },
  {
    number: 9,
    question: 'Do published totals reconcile to the ledger?',
    path: '/reconciliation',
    answer:
      'The totals of open data, control totals, awards, agreements, payments, extracts and the ledger are held against each other.',
    standing: 'answered',
  },
  {
    number: 10,
    question: 'Which recoveries, findings and recommendations are overdue?',
    path: '/overdue-actions',
    answer: 'What is past its day, the longest overdue first.',
    standing: 'answered',
  },
];

const TAGS = {
  answered: { text: 'Answered', colour: 'green' },
  'in part': { text: 'In part', colour: 'yellow' },
} as const;

/**
 * The ten questions, with the pages of each programme that answer them, and how it stands with the proof of the log.
 * @param now milliseconds since 1970
 */
export function auditPage(programmes: readonly ProgrammeRef[], standing: ProofStanding, now: number): Page {
  const linksOf = (path: string): Link[] =>
    programmes.map(({ slug, name }) => ({ text: name, href: `/programmes/${slug}${path}` }));
  return {
    view: 'audit/audit.njk',
    title: 'Audit',
    model: {
      proof: proofPanel(standing, now),
      programmes: programmes.map(({ slug, name }) => ({ text: name, href: `/programmes/${slug}/audit` })),
      questions: QUESTIONS.map(({ path, standing, ...each }) => ({
        ...each,
        tag: TAGS[standing],
        links: linksOf(path),
      })),
    },
  };
}

/** The answer to one question in a sentence, and whether there is something to look at. */
export interface Headline {
  question: number;
  lead: string;
  found: boolean;
}

interface Row {
  number: number;
  question: string;
  href: string;
  lead: string;
  result: { words: string; colour: 'green' | 'yellow' | 'blue' };
}

function rowOf({ number, question, path, answer }: Question, slug: string, headline?: Headline): Row {
  const href = `/programmes/${slug}${path}`;
  if (headline)
    return {
      ...{ number, question, href, lead: headline.lead },
      result: headline.found
        ? { words: 'Look at this', colour: 'yellow' }
        : { words: 'Nothing found', colour: 'green' },
    };
  return {
    ...{ number, question, href, lead: answer },
    result:
      path === '' ? { words: 'Choose a date', colour: 'blue' } : { words: 'See the list', colour: 'blue' },
  };
}

/** A programme's audit: the ten questions with the headline of each. */
export function programmeAuditPage(programme: ProgrammeRef, headlines: readonly Headline[]): Page {
  const rows = QUESTIONS.map((question) =>
    rowOf(
      question,
      programme.slug,
      headlines.find((headline) => headline.question === question.number),
    ),
  );
  return {
    view: 'audit/programme-audit.njk',
    title: 'Audit',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<Row>({
        id: 'questions',
        caption: 'The auditor’s questions',
        rows,
        columns: [
          text('Question', (row) => `${row.number}. ${row.question}`, { href: (row) => row.href }),
          state('Result', (row) => row.result),
          text('Answer', (row) => row.lead),
        ],
        empty: 'There is no question.',
      }),
    ],
    model: { programme },
  };
}
