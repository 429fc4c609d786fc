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

/** The measure that is to go down, changed, and a question that is held against it. */
const against = (measure: object, kind: object = {}): Change => ({
  ...surveys([question({ measure: 'coverage/v2/slow-premises', ...kind })]),
  ...Object.fromEntries(
    Object.entries(measure).map(([field, value]) => [`/targetSets/0/measures/0/${field}`, value]),
  ),
});
const NO_MEASURE = 'unknown-measure /surveys/questions/0/measure';
const NO_DAYS = 'wave-days /surveys/waves/0/kind';

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
  ['a measure that is to go down', against({}), NO_MEASURE],
  ['a share of each council that is to go up', against({ direction: 'up' })],
  [
    'one that is so by default',
    {
      ...against({ direction: undefined, unit: undefined, level: undefined }),
      '/targetSets/0/defaults': { direction: 'up', unit: 'share', level: 'trust' },
    },
  ],
  ['a share of each project', against({ direction: 'up', level: 'project' }), NO_MEASURE],
  ['a count', against({ direction: 'up', unit: 'count' }), NO_MEASURE],
  [
    'barriers that are held against a measure',
    against({ direction: 'up' }, { kind: 'barriers', options: OPTIONS }),
    NO_MEASURE,
  ],
  [
    'days the other way round',
    surveys([question()], [wave({ closesOn: '2023-12-31' })]),
    'wave-days /surveys/waves/0/kind',
  ],
  ['one day', surveys([question()], [wave({ closesOn: '2024-01-01' })])],
  ['no days', surveys([question()], [wave({ opensOn: undefined })]), 'wave-days /surveys/waves/0/kind'],
  ['no last day', surveys([question()], [wave({ closesOn: undefined })]), NO_DAYS],
  ['days and words', surveys([question()], [wave({ held: 'long ago' })]), NO_DAYS],
  [
    'a historical wave that opens',
    surveys([question()], [wave({ ...HISTORICAL, opensOn: '2014-01-01' })]),
    NO_DAYS,
  ],
  [
    'a historical wave that closes',
    surveys([question()], [wave({ ...HISTORICAL, closesOn: '2014-01-01' })]),
    NO_DAYS,
  ],
  [
    'a historical wave at no time',
    surveys([question()], [wave({ ...HISTORICAL, held: undefined })]),
    NO_DAYS,
  ],
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

test.each([
  [wave({ opensOn: undefined }), 'A wave of the programme opens on a day and closes on that day or later.'],
  [
    wave({ kind: 'historical' }),
    'A historical wave says in words when it was held, and opens and closes on no day.',
  ],
])('%#: the days of a wave are told by its kind', (given, words) =>
  expect(surveyFaults(changedDefinition(surveys([question()], [given])))[0]?.message).toBe(words),
);
