import type { ShownAssurance } from '../../assurance/assurance.reader.js';
import type { AssuranceContent, AssuranceStep } from '../../assurance/assurance-item.rules.js';
import { type AssuranceKind, KINDS } from '../../assurance/assurance-kinds.js';
import type { Answers, Step, StepField } from '../page/step.js';
import { outcomeWords } from './assurance.words.js';

/** What a piece of assurance may be of, as a choice. */
export interface SubjectChoice {
  value: string;
  text: string;
}

function contentFields(kind: AssuranceKind, written?: ShownAssurance): StepField[] {
  const { signOffRole, outcomes, lifeMonths } = KINDS[kind];
  return [
    {
      kind: 'text',
      name: 'version',
      label: 'Version of the document',
      hint: 'As its authors number it.',
      max: 100,
      value: written?.version ?? null,
    },
    {
      kind: 'text',
      name: 'signedBy',
      label: `Who signed it as ${signOffRole.toLowerCase()}`,
      hint: 'Their name stays in the record.',
      max: 200,
      value: written?.signedBy ?? null,
    },
    {
      kind: 'day',
      name: 'signedOn',
      label: 'When it was signed',
      hint: 'For example, 14 5 2018.',
      value: written?.signedOn ?? null,
    },
    {
      kind: 'day',
      name: 'expiresOn',
      label: 'The last day on which it holds',
      hint:
        lifeMonths === null
          ? 'Leave it empty where it holds until something changes.'
          : `It usually holds for ${lifeMonths} months.`,
      optional: true,
      value: written?.expiresOn ?? null,
    },
    ...(outcomes.length > 0
      ? [
          {
            kind: 'radios' as const,
            name: 'outcome',
            label: 'What it came to',
            items: outcomes.map((value) => ({ value, text: outcomeWords(value) as string })),
            value: written?.outcome ?? null,
          },
        ]
      : []),
    {
      kind: 'text',
      name: 'document',
      label: 'Where the document is',
      hint: 'A reference or an address. You can add files on the next page.',
      max: 500,
      value: written?.document ?? null,
    },
  ];
}

/** The form that begins a piece of assurance. */
export function newItemStep(
  kind: AssuranceKind,
  subjects: readonly SubjectChoice[],
  chosen: string | null,
): Step {
  const { name, shows, level, signOffRole } = KINDS[kind];
  return {
    title: `Record: ${name}`,
    explains: [shows, `It is signed by the ${signOffRole.toLowerCase()}, and accepted by somebody else.`],
    fields: [
      {
        kind: 'select',
        name: 'subject',
        label: `The ${level.replaceAll('-', ' ')} that it is of`,
        items: [{ value: '', text: 'Choose one' }, ...subjects],
        value: chosen,
      },
      ...contentFields(kind),
    ],
    button: 'Save as a draft',
    notice: 'It was saved as a draft. Add its files, then submit it.',
  };
}

const REASON: StepField = { kind: 'textarea', name: 'reason', label: 'Why', max: 2_000 };
const about = ({ reference, kind, subject }: ShownAssurance): string =>
  `${reference}: ${KINDS[kind].name} of ${subject.name}`;

/** What may be done with a piece of assurance, each on a page of its own. */
export const ITEM_STEPS: Record<AssuranceStep, (item: ShownAssurance) => Step> = {
  change: (item) => ({
    title: 'Change the draft',
    explains: [about(item)],
    fields: contentFields(item.kind, item),
    button: 'Save',
    notice: 'The draft was saved.',
  }),
  submission: (item) => ({
    title: 'Submit it',
    explains: [
      about(item),
      'It cannot be changed afterwards. Somebody who did not write it accepts or rejects it.',
    ],
    fields: [],
    button: 'Submit',
    notice: 'It was submitted. Somebody else decides on it.',
  }),
  acceptance: (item) => ({
    title: 'Accept it',
    explains: [
      about(item),
      KINDS[item.kind].published
        ? 'Anybody may then know what it came to. It supersedes what was signed before it.'
        : 'Go-lives may then rest on it. It supersedes what was signed before it.',
    ],
    fields: [{ ...REASON, label: 'Remark', optional: true }],
    button: 'Accept',
    notice: 'It was accepted.',
  }),
  rejection: (item) => ({
    title: 'Reject it',
    explains: [about(item), 'It stays rejected. What is mended is recorded anew.'],
    fields: [REASON],
    button: 'Reject',
    warning: true,
    notice: 'It was rejected.',
  }),
  withdrawal: (item) => ({
    title: 'Withdraw it',
    explains: [
      about(item),
      'It stays withdrawn. Gates behind a service that rests on it shut until there is another.',
    ],
    fields: [REASON],
    button: 'Withdraw',
    warning: true,
    notice: 'It was withdrawn.',
  }),
};

/** What each step is called on the page of the item. */
export const ITEM_STEP_LINKS: Record<AssuranceStep, string> = {
  change: 'Change the draft',
  submission: 'Submit it',
  acceptance: 'Accept it',
  rejection: 'Reject it',
  withdrawal: 'Withdraw it',
};

/** What was typed of a piece of assurance. */
export function contentIn(answers: Answers): AssuranceContent {
  const said = (name: string): string => String(answers[name] ?? '');
  const saidOrNull = (name: string): string | null => (answers[name] == null ? null : said(name));
  return {
    version: said('version'),
    signedBy: said('signedBy'),
    signedOn: said('signedOn'),
    expiresOn: saidOrNull('expiresOn'),
    outcome: saidOrNull('outcome'),
    document: said('document'),
  };
}
