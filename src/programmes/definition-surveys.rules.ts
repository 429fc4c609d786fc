import { type DefinitionFault, duplicates } from './definition-fault.js';
import type { DefinitionFile, TargetSetEntry } from './definition-file.types.js';
import type { SurveyQuestionEntry, SurveyWaveEntry } from './definition-surveys.types.js';

/** How waves and answers name a question: its code and version. */
export const questionRef = ({ code, version }: { code: string; version: number }): string =>
  `${code}/v${version}`;

/** Rules of surveys: who is named exists, and what a kind needs is there (domain.md section 9, rule 9). */
export function surveyFaults(file: DefinitionFile): DefinitionFault[] {
  const { questions = [], waves = [] } = file.surveys ?? {};
  const refs = new Set(questions.map(questionRef));
  const measures = new Set(file.targetSets.flatMap(comparableMeasures));
  return [
    ...duplicates('survey question', questions, questionRef, (index) => `/surveys/questions/${index}/code`),
    ...duplicates(
      'survey wave',
      waves,
      ({ code }) => code,
      (index) => `/surveys/waves/${index}/code`,
    ),
    ...questions.flatMap((question, index) =>
      questionFaults(question, `/surveys/questions/${index}`, measures),
    ),
    ...waves.flatMap((wave, index) => waveFaults(wave, `/surveys/waves/${index}`, refs)),
  ];
}

/** The measures that answers can be held against, by reference: a share of a trust that is to go up. */
const comparableMeasures = (set: TargetSetEntry): string[] =>
  set.measures
    .filter((measure) => {
      const { unit, direction, level } = { ...set.defaults, ...measure };
      return unit === 'share' && direction === 'up' && level === 'trust';
    })
    .map(({ code }) => `${questionRef(set)}/${code}`);

const faults = (...found: Array<DefinitionFault | false>): DefinitionFault[] =>
  found.filter((fault) => fault !== false);

function questionFaults(
  { kind, options, measure }: SurveyQuestionEntry,
  pointer: string,
  measures: ReadonlySet<string>,
): DefinitionFault[] {
  return faults(
    (kind === 'barriers') !== (options !== undefined) && {
      code: 'options-of-another-kind',
      message: 'Give options where barriers are ranked, and nowhere else.',
      pointer: `${pointer}/kind`,
    },
    measure !== undefined &&
      (kind === 'barriers' || !measures.has(measure)) && {
        code: 'unknown-measure',
        message: `No target set here has ${measure}, as a share of each trust that is to go up. Name such a measure as target-set/v1/measure, and of what is adopted only.`,
        pointer: `${pointer}/measure`,
      },
  );
}

function waveFaults(wave: SurveyWaveEntry, pointer: string, refs: ReadonlySet<string>): DefinitionFault[] {
  const { kind, opensOn, closesOn, held, questions, published = [] } = wave;
  const isOurs = kind === 'programme';
  const wrongDays = isOurs
    ? opensOn === undefined || closesOn === undefined || opensOn > closesOn || held !== undefined
    : opensOn !== undefined || closesOn !== undefined || held === undefined;
  return [
    ...faults(
      wrongDays && {
        code: 'wave-days',
        message: isOurs
          ? 'A wave of the programme opens on a day and closes on that day or later.'
          : 'A historical wave says in words when it was held, and opens and closes on no day.',
        pointer: `${pointer}/kind`,
      },
      isOurs &&
        published.length > 0 && {
          code: 'published-of-our-own',
          message: 'Figures of a wave of the programme come from its answers. Take them out.',
          pointer: `${pointer}/published`,
        },
    ),
    ...duplicates(
      'question of a wave',
      questions,
      (ref) => ref,
      (index) => `${pointer}/questions/${index}`,
    ),
    ...questions.flatMap((ref, index) =>
      refs.has(ref) ? [] : [unknown(ref, `${pointer}/questions/${index}`)],
    ),
    ...published.flatMap(({ question }, index) =>
      questions.includes(question) ? [] : [unknown(question, `${pointer}/published/${index}/question`)],
    ),
  ];
}

const unknown = (ref: string, pointer: string): DefinitionFault => ({
  code: 'unknown-survey-question',
  message: `There is no question ${ref} here. Name one as code/v1.`,
  pointer,
});
