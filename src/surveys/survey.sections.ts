import type { DefinitionIds, DefinitionSection } from '../programmes/definition-section.js';
import { questionRef } from '../programmes/definition-surveys.rules.js';
import { SurveyFigure, SurveyQuestion, SurveyWave, SurveyWaveQuestion } from './survey.entity.js';

const QUESTION_IS_FIXED = {
  code: 'survey-question-is-fixed',
  message: 'What a question asks never changes under the answers to it. Make a new version of the question.',
};
const ofProgramme = (ids: DefinitionIds) => ({ programme_id: ids.programmeId });

const questions: DefinitionSection<SurveyQuestion> = {
  name: 'survey-question',
  order: 80,
  entity: SurveyQuestion,
  absent: 'refuse',
  filter: ofProgramme,
  keyOf: questionRef,
  fixed: { ...QUESTION_IS_FIXED, columns: ['kind', 'wording', 'base', 'options'] },
  wanted: ({ surveys }, ids) =>
    surveys.questions.map((question) => ({
      key: questionRef(question),
      columns: {
        programme_id: ids.programmeId,
        code: question.code,
        version: question.version,
        kind: question.kind,
        wording: question.wording,
        base: question.base,
        options: question.options,
        measure_id:
          question.measure && ids.id('measure', `${question.measure.targetSet} ${question.measure.code}`),
        provenance: ids.sourced(question.provenance),
      },
    })),
};

const waves: DefinitionSection<SurveyWave> = {
  name: 'survey-wave',
  order: 81,
  entity: SurveyWave,
  absent: 'refuse',
  filter: ofProgramme,
  keyOf: ({ code }) => code,
  wanted: ({ surveys }, ids) =>
    surveys.waves.map(({ code, name, kind, opensOn, closesOn, held, note, provenance }) => ({
      key: code,
      columns: {
        ...{ programme_id: ids.programmeId, code, name, kind, held, note },
        opens_on: opensOn,
        closes_on: closesOn,
        provenance: ids.sourced(provenance),
      },
    })),
};

const asked: DefinitionSection<SurveyWaveQuestion> = {
  name: 'survey-wave-question',
  order: 82,
  entity: SurveyWaveQuestion,
  absent: 'refuse',
  filter: ofProgramme,
  keyOf: (row, ids) =>
    `${ids.key('survey-wave', row.wave_id)} ${ids.key('survey-question', row.question_id)}`,
  wanted: ({ surveys }, ids) =>
    surveys.waves.flatMap(({ code, questions: refs }) =>
      refs.map((ref, index) => ({
        key: `${code} ${ref}`,
        columns: {
          programme_id: ids.programmeId,
          wave_id: ids.id('survey-wave', code),
          question_id: ids.id('survey-question', ref),
          position: index + 1,
        },
      })),
    ),
};

const figures: DefinitionSection<SurveyFigure> = {
  name: 'survey-figure',
  order: 83,
  entity: SurveyFigure,
  absent: 'refuse',
  filter: ofProgramme,
  keyOf: (row, ids) => `${ids.key('survey-wave', row.wave_id)} ${row.position}`,
  wanted: ({ surveys }, ids) =>
    surveys.waves.flatMap(({ code, published }) =>
      published.map(
        ({ question, statement, percentage, numerator, denominator, base, provenance }, index) => ({
          key: `${code} ${index + 1}`,
          columns: {
            programme_id: ids.programmeId,
            wave_id: ids.id('survey-wave', code),
            question_id: ids.id('survey-question', question),
            position: index + 1,
            ...{ statement, claimed_percent: percentage, numerator, denominator, base },
            provenance: ids.sourced(provenance),
          },
        }),
      ),
    ),
};

/** Surveys: versions of questions, waves, what is asked in each, and what was published of earlier ones. */
export const SURVEY_SECTIONS: DefinitionSection[] = [questions, waves, asked, figures];
