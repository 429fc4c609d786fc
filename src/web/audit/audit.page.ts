import type { Link, Page } from '../page/page.js';
import { state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import type { ProgrammeRef } from './question.page.js';

/** One of the auditor's ten questions (domain.md section 11). */
interface Question {
  number: number;
  question: string;
  /** Below the programme's address; null where no page of a programme answers it. */
  path: string | null;
  /** What answers it, or why nothing does yet. */
  answer: string;
  /** Whether it is answered whole. */
  standing: 'answered' | 'in part' | 'not yet';
}

export const QUESTIONS: readonly Question[] = [
  {
    number: 1,
    question: 'What was the exact state on a date?',
    path: null,
    answer:
      'Every page has the date control, and says so rather than show today’s figures under another date. Until then the log holds each change with its values before and after.',
    standing: 'not yet',
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
    answer: 'Returns and claims with more than one version, and what each version changed.',
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
      'No totals of money are published yet. Control totals, awards, agreements, payments and the ledger are held against each other.',
    standing: 'in part',
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
  'not yet': { text: 'Not yet', colour: 'grey' },
} as const;

/** The ten questions, with the pages of each programme that answer them. */
export function auditPage(programmes: readonly ProgrammeRef[]): Page {
  const linksOf = (path: string | null): Link[] =>
    path === null
      ? [{ text: 'The log of every change', href: '/history' }]
      : programmes.map(({ slug, name }) => ({ text: name, href: `/programmes/${slug}${path}` }));
  return {
    view: 'audit/audit.njk',
    title: 'Audit',
    model: {
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
  result: { words: string; colour: 'green' | 'yellow' | 'grey' | 'blue' };
}

function rowOf({ number, question, path, answer }: Question, slug: string, headline?: Headline): Row {
  const href = path === null ? '/history' : `/programmes/${slug}${path}`;
  if (headline)
    return {
      ...{ number, question, href, lead: headline.lead },
      result: headline.found
        ? { words: 'Look at this', colour: 'yellow' }
        : { words: 'Nothing found', colour: 'green' },
    };
  return {
    ...{ number, question, href, lead: answer },
    result: path === null ? { words: 'Not yet', colour: 'grey' } : { words: 'See the list', colour: 'blue' },
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
