import { isId } from '../../core/paging.js';
import type { QuestionView } from '../../surveys/survey.queries.js';
import {
  ADOPTION_STATUSES,
  type AdoptionStatus,
  type Answer,
  type EvidenceLink,
  LINK_KINDS,
  type LinkKind,
  rankedCodes,
} from '../../surveys/survey.rules.js';
import type { Form } from '../page/form.js';

/** What was typed of a sheet, one answer to each question: a draft may leave any of them open. @throws Problem 400 with every fault */
export function answersIn(form: Form, questions: readonly QuestionView[]): Answer[] {
  const answers = questions.map((question, index) => {
    const at = `answers/${index}`;
    const nothing: Answer = {
      question: question.ref,
      status: null,
      evidence: null,
      link: null,
      barriers: [],
    };
    return question.kind === 'barriers'
      ? { ...nothing, barriers: ranksIn(form, question, at) }
      : {
          ...nothing,
          status: statusIn(form, `${at}/status`, index + 1),
          evidence: form.textOrNull(`${at}/evidence`, { label: 'What shows it', max: 1_000 }),
          link: linkIn(form, `${at}/link`),
        };
  });
  form.check();
  return answers;
}

function statusIn(form: Form, name: string, number: number): AdoptionStatus | null {
  if (form.raw(name) === '') return null;
  return form.choice(name, { label: `how far you are, question ${number}`, of: ADOPTION_STATUSES });
}

/** `milestone/<id>`, as the choices of the form name it. */
function linkIn(form: Form, name: string): EvidenceLink | null {
  const typed = form.raw(name);
  if (typed === '') return null;
  const [kind = '', id = ''] = typed.split('/');
  if (!LINK_KINDS.includes(kind as LinkKind) || !isId(id))
    form.fault(name, 'not-chosen', 'Choose something that the list of the record holds.');
  return { kind: kind as LinkKind, id };
}

function ranksIn(form: Form, { options }: QuestionView, at: string): string[] {
  const all = options ?? [];
  const ranks = all.map(({ code }) => {
    const name = `${at}/ranks/${code}`;
    const rank =
      form.raw(name) === '' ? null : form.whole(name, { label: 'The rank', min: 1, max: all.length });
    return { code, rank };
  });
  const ranked = rankedCodes(ranks);
  if (ranked === undefined) {
    const seen: number[] = [];
    const count = ranks.filter(({ rank }) => rank !== null).length;
    for (const { code, rank } of ranks) {
      if (rank === null) continue;
      if (seen.includes(rank))
        form.fault(`${at}/ranks/${code}`, 'ranks-tied', `Two barriers have rank ${rank}. Give each its own.`);
      else if (rank > count)
        form.fault(
          `${at}/ranks/${code}`,
          'ranks-with-gaps',
          `You rank ${count} ${count === 1 ? 'barrier' : 'barriers'}, so the ranks are 1 to ${count}, without a gap.`,
        );
      seen.push(rank);
    }
  }
  return ranked ?? [];
}
