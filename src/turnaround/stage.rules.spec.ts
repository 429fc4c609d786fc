import { FEWEST, STAGE_CODES, STAGES, type StageCode, type StageTime, slowestStage } from './stage.rules.js';

const NO_TIME: StageTime = {
  ...{ ended: FEWEST, medianDays: 1, ninetiethDays: 2, withinTarget: null },
  ...{ open: 0, longestOpenDays: null, openOverTarget: null },
};
const stage = (code: StageCode, medianDays: number | null, targetDays: number | null, ended = FEWEST) => ({
  ...NO_TIME,
  ...{ code, medianDays, targetDays, ended },
});

test('each stage says what goes through it, on whom it waits, and is named once', () => {
  const names = STAGE_CODES.map((code) => `${STAGES[code].process} ${STAGES[code].name}`);
  expect(new Set(names).size).toBe(STAGE_CODES.length);
});

test.each([
  [
    'the one that is the most of its target',
    [stage('claim-check', 9, 10), stage('claim-query', 8, 4)],
    'claim-query',
  ],
  [
    'not one without a target beside those with one',
    [stage('claim-check', 9, 10), stage('claim-query', 90, null)],
    'claim-check',
  ],
  [
    'the longest where none has a target',
    [stage('claim-check', 9, null), stage('claim-query', 8, null)],
    'claim-check',
  ],
  [
    'not one that too few left',
    [stage('claim-check', 9, 10), stage('claim-query', 90, 1, FEWEST - 1)],
    'claim-check',
  ],
  ['none where too few left any', [stage('claim-check', null, 10, 0)], undefined],
  ['none of none', [], undefined],
])('the slowest is %s', (_, stages, slowest) => expect(slowestStage(stages)?.code).toBe(slowest));

test('a target of no days is kept to by nobody, and is no division by nothing', () =>
  expect(slowestStage([stage('claim-check', 9, 0), stage('claim-query', 8, 4)])?.code).toBe('claim-check'));
