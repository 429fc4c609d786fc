import { type Change, changedDefinition } from '../../test/support/changed-definition.js';
import { surveyFaults } from './definition-surveys.rules.js';

const question = (more: object = {}) => ({
  ...{
    code: 'speed',
    version: 1,
    kind: 'adoption',
    text: 'Is it fast?',
    base: 'Councils',
    source: 'invented',
  },
  ...more,
});
const wave = (more: object = {}) => ({
  ...{ code: 'w1', name: 'First', kind: 'programme', opensOn: '2024-01-01', closesOn: '2024-01-31' },
  ...{ questions: ['speed/v1'], source: 'invented' },
  ...more,
});
const surveys = (questions: object[], waves: object[] = [wave()]): Change => ({
  '/surveys': { questions, waves },
});
const OPTIONS = [
  { code: 'a', label: 'A' },
  { code: 'b', label: 'B' },
];
const HISTORICAL = { kind: 'historical', opensOn: undefined, closesOn: undefined, held: 'long ago' };
const FIGURE = { question: 'speed/v1', statement: 'Half were', base: 'some', source: 'invented' };

test.each<[what: string, change: Change, ...faults: string[]]>([
  ['no survey', {}],
  ['a wave of a question', surveys([question()])],
  [
    'a question twice',
    surveys([question(), question()]),
    'duplicate-survey-question /surveys/questions/1/code',
  ],
  ['two versions of a question', surveys([question(), question({ version: 2 })])],
  ['a wave twice', surveys([question()], [wave(), wave()]), 'duplicate-survey-wave /surveys/waves/1/code'],
  [
    'barriers without any',
    surveys([question({ kind: 'barriers' })]),
    'options-of-another-kind /surveys/questions/0/kind',
  ],
  ['barriers', surveys([question({ kind: 'barriers', options: OPTIONS })])],
  [
    'options of adoption',
    surveys([question({ options: OPTIONS })]),
    'options-of-another-kind /surveys/questions/0/kind',
  ],
  [
    'a measure that there is not',
    surveys([question({ measure: 'coverage/v2/none' })]),
    'unknown-measure /surveys/questions/0/measure',
  ],
  [
    'a measure that is to go down',
    surveys([question({ measure: 'coverage/v2/slow-premises' })]),
    'unknown-measure /surveys/questions/0/measure',
  ],
  [
    'days the other way round',
    surveys([question()], [wave({ closesOn: '2023-12-31' })]),
    'wave-days /surveys/waves/0/kind',
  ],
  ['one day', surveys([question()], [wave({ closesOn: '2024-01-01' })])],
  ['no days', surveys([question()], [wave({ opensOn: undefined })]), 'wave-days /surveys/waves/0/kind'],
  ['a historical wave', surveys([question()], [wave({ ...HISTORICAL, published: [FIGURE] })])],
  [
    'a historical wave with days',
    surveys([question()], [wave({ kind: 'historical' })]),
    'wave-days /surveys/waves/0/kind',
  ],
  [
    'published figures of its own',
    surveys([question()], [wave({ published: [FIGURE] })]),
    'published-of-our-own /surveys/waves/0/published',
  ],
  [
    'a question that there is not',
    surveys([question()], [wave({ questions: ['speed/v2'] })]),
    'unknown-survey-question /surveys/waves/0/questions/0',
  ],
  [
    'a question asked twice',
    surveys([question()], [wave({ questions: ['speed/v1', 'speed/v1'] })]),
    'duplicate-question-of-a-wave /surveys/waves/0/questions/1',
  ],
  [
    'a figure of what was not asked',
    surveys([question()], [wave({ ...HISTORICAL, published: [{ ...FIGURE, question: 'speed/v2' }] })]),
    'unknown-survey-question /surveys/waves/0/published/0/question',
  ],
])('%s', (_, change, ...faults) =>
  expect(surveyFaults(changedDefinition(change)).map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(
    faults,
  ),
);
