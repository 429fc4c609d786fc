import type { Blocker } from '../../core/blockers.js';
import { AGREEMENT_RULE } from '../../surveys/adoption.rules.js';
import type { AnswerView, Linkable } from '../../surveys/sheet.queries.js';
import type { ShownSheet } from '../../surveys/sheets.reader.js';
import type { QuestionView } from '../../surveys/survey.queries.js';
import { ADOPTION_STATUSES, type AdoptionStatus, LINK_KINDS } from '../../surveys/survey.rules.js';
import { day, instant, words } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { state, type Table, table, text } from '../page/table.js';
import { partsWords } from '../progress/figures.js';
import { evidenceWords, linkAddress, questionName, sheetTag, statusTag } from './survey.words.js';
import { heldTable, ranksTable } from './wave.tables.js';
import { surveysTrail } from './waves.page.js';

type ProgrammeName = { slug: string; name: string };

const MEANING: Record<AdoptionStatus, string> = {
  none: 'Not there, and nobody has decided that it will be.',
  planned: 'Decided, and not in use yet.',
  pilot: 'In use by some, to try it out.',
  live: 'In use by all that it is meant for.',
  retired: 'It was in use, and is not any more.',
};

/** What was answered, before anything is held against it. */
function answersTable({ questions, answers }: ShownSheet): Table {
  const answerTo = (question: QuestionView) => answers.find((each) => each.question === question.ref);
  return table<{ question: QuestionView; answer: AnswerView | undefined }>({
    id: 'answers',
    caption: 'Answers',
    rows: questions
      .filter(({ kind }) => kind === 'adoption')
      .map((question) => ({ question, answer: answerTo(question) })),
    columns: [
      text('Question', ({ question }) => question.wording, {
        note: ({ question }) => questionName(question.ref),
      }),
      state('Answer', ({ answer }) =>
        answer?.status ? statusTag(answer.status) : { words: 'Not answered', colour: 'white' },
      ),
      text('What shows it', ({ answer }) => (answer ? evidenceWords(answer) : null), {
        href: ({ answer }) => linkAddress(answer?.link ?? null),
      }),
    ],
    empty: 'This wave asks nothing about what is adopted.',
  });
}

const ranksOf = ({ questions, answers }: ShownSheet) =>
  questions.flatMap(({ ref, options }) =>
    (answers.find(({ question }) => question === ref)?.barriers ?? []).map((code, index) => ({
      rank: index + 1,
      label: options?.find((option) => option.code === code)?.label ?? code,
    })),
  );

function factsOf(sheet: ShownSheet, programme: ProgrammeName): Fact[] {
  const { wave, version, prefilledFrom, submittedBy, submittedAt, answeredBy, index } = sheet;
  return [
    {
      label: 'Wave',
      value: `${wave.name}, open until ${day(wave.closesOn)}`,
      href: `/programmes/${programme.slug}/surveys/${wave.code}`,
    },
    { label: 'Version', value: `${version}` },
    ...(prefilledFrom ? [{ label: 'Begun with the answers of', value: prefilledFrom.name }] : []),
    { label: 'Written by', value: answeredBy.map(({ name }) => name).join(', ') || 'Somebody of the trust' },
    ...(submittedAt
      ? [
          {
            label: 'Submitted by',
            value: `${submittedBy?.name ?? 'Somebody of the trust'}, ${instant(submittedAt)}`,
          },
        ]
      : []),
    ...(index ? [{ label: 'Adoption index', value: `${partsWords(index)} capabilities live` }] : []),
  ];
}

/** The way from a blocker to the field that clears it. */
const clearedAt = (id: string, { message, pointer }: Blocker) => ({
  message,
  href: pointer?.startsWith('/answers/') ? `/survey-sheets/${id}/edit#${pointer.slice(1)}` : null,
});

/** A trust's answers in a wave: what was said, whether it agrees with what was measured, and what is missing. */
export function sheetPage(programme: ProgrammeName, sheet: ShownSheet): Page {
  const { id, trust, wave, next, blockers, held } = sheet;
  const stands = sheet.state === 'submitted';
  return {
    view: 'surveys/sheet.njk',
    title: wave.name,
    caption: trust.name,
    trail: surveysTrail(programme, wave),
    tables: [
      stands
        ? heldTable(held, { byTrust: false, empty: 'This wave asks nothing about what is adopted.' })
        : answersTable(sheet),
      ranksTable(ranksOf(sheet)),
    ],
    model: {
      programme,
      sheet,
      tagged: sheetTag(sheet.state),
      facts: factsOf(sheet, programme),
      rule: stands ? AGREEMENT_RULE : null,
      blockers: blockers.map((blocker) => clearedAt(id, blocker)),
      edit: next.includes('answers') ? `/survey-sheets/${id}/edit` : null,
      submission: next.includes('submission') ? `/survey-sheets/${id}/submission` : null,
    },
  };
}

const NOTHING_SHOWS_IT = { value: '', text: 'Nothing of the record' };

/** The form of a draft, filled in with what is there. */
export function sheetFormPage(
  programme: ProgrammeName,
  sheet: ShownSheet,
  choices: readonly Linkable[],
): Page {
  const { id, wave, trust, questions, answers, prefilledFrom } = sheet;
  return {
    view: 'surveys/form.njk',
    title: `Answer: ${wave.name}`,
    caption: trust.name,
    trail: surveysTrail(programme, wave),
    model: {
      sheet,
      action: `/survey-sheets/${id}`,
      back: `/survey-sheets/${id}`,
      closes: day(wave.closesOn),
      prefilled: prefilledFrom?.name ?? null,
      statuses: ADOPTION_STATUSES.map((value) => ({
        value,
        text: words(value),
        hint: { text: MEANING[value] },
      })),
      short: ADOPTION_STATUSES.map((value) => ({ value, text: words(value) })),
      links: [
        NOTHING_SHOWS_IT,
        ...[...choices]
          .sort((a, b) => LINK_KINDS.indexOf(a.kind) - LINK_KINDS.indexOf(b.kind))
          .map(({ kind, id: of, name }) => ({ value: `${kind}/${of}`, text: `${words(kind)}: ${name}` })),
      ],
      questions: questions.map((question, index) => {
        const answer = answers.find((each) => each.question === question.ref);
        const ranks = question.options?.length ?? 0;
        return {
          ...question,
          name: `answers/${index}`,
          number: index + 1,
          of: questions.length,
          answer: answer ?? null,
          link: answer?.link ? `${answer.link.kind}/${answer.link.id}` : '',
          ranks: [
            { value: '', text: 'Not in the way' },
            ...Array.from({ length: ranks }, (_, rank) => ({ value: `${rank + 1}`, text: `${rank + 1}` })),
          ],
          barriers: (question.options ?? []).map(({ code, label }) => ({
            name: `answers/${index}/ranks/${code}`,
            label,
            rank: answer ? `${answer.barriers.indexOf(code) + 1 || ''}` : '',
          })),
        };
      }),
    },
  };
}
