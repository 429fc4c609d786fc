import { provenanceOf } from './definition-provenance.js';
import type {
  SurveyQuestionDefinition,
  SurveyQuestionEntry,
  SurveysDefinition,
  SurveysEntry,
  SurveyWaveDefinition,
  SurveyWaveEntry,
} from './definition-surveys.types.js';

/** Surveys of a file, complete; none where it has none. */
export const surveysOf = (entry: SurveysEntry | undefined): SurveysDefinition => ({
  questions: (entry?.questions ?? []).map(questionOf),
  waves: (entry?.waves ?? []).map(waveOf),
});

function questionOf(entry: SurveyQuestionEntry): SurveyQuestionDefinition {
  const { code, version, kind, text, base, options, measure } = entry;
  const [set = '', of = '', name = ''] = measure?.split('/') ?? [];
  return {
    ...{ code, version, kind, wording: text, base },
    options: options ?? null,
    measure: measure === undefined ? null : { targetSet: `${set}/${of}`, code: name },
    provenance: provenanceOf(entry),
  };
}

function waveOf(entry: SurveyWaveEntry): SurveyWaveDefinition {
  const { code, name, kind, opensOn, closesOn, held, note, questions, published } = entry;
  return {
    ...{ code, name, kind, questions },
    opensOn: opensOn ?? null,
    closesOn: closesOn ?? null,
    held: held ?? null,
    note: note ?? null,
    published: (published ?? []).map((figure) => ({
      question: figure.question,
      statement: figure.statement,
      percentage: figure.percentage ?? null,
      numerator: figure.numerator ?? null,
      denominator: figure.denominator ?? null,
      base: figure.base,
      provenance: provenanceOf(figure),
    })),
    provenance: provenanceOf(entry),
  };
}
