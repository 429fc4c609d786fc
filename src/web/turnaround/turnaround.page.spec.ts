import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { aimedAt, noneOpen, STAGES, type StageCode, timeOf } from '../../turnaround/stage.rules.js';
import type { TimedStage } from '../../turnaround/turnaround.reader.js';
import { rangeOf, slowestWords, stageName, stagePage, turnaroundPage, whose } from './turnaround.page.js';

const PROGRAMME = { slug: 'p', name: 'P' } as ProgrammeView;
const RANGE = { from: '2017-07-21', to: '2018-07-20' };

function stage(code: StageCode, days: number | null, targetDays: number | null = 5): TimedStage {
  const { process, name, working, waiting } = STAGES[code];
  const spread = { medianDays: days, ninetiethDays: days };
  const ended = days === null ? 0 : 4;
  const measured = {
    ...noneOpen(targetDays),
    ended,
    whole: spread,
    own: spread,
    away: spread,
    withinTarget: targetDays && 3,
  };
  return {
    ...{ code, process, name, worksOn: working, waitsOn: waiting, targetDays },
    ...timeOf(STAGES[code], measured),
  };
}
const headings = (page: ReturnType<typeof stagePage>, id: string) =>
  page.tables?.find((table) => table.id === id)?.headings.map(({ text }) => text);
const cells = (page: ReturnType<typeof stagePage>, id: string) =>
  page.tables
    ?.find((table) => table.id === id)
    ?.rows.map((row) => row.map(({ value, note }) => [value, note]));

test.each<[StageCode, string]>([
  ['return-preparation', 'The trust works on it'],
  ['claim-payment', 'It waits on whoever pays'],
  ['claim-check', 'The programme works on it; while it is queried, it waits on the trust'],
])('whose %s is', (code, words) => expect(whose(stage(code, 1))).toBe(words));

test('a stage is named by what goes through it', () =>
  expect(stageName(STAGES['claim-approval'])).toBe('Claims: recommended, until it is approved by all'));

test.each([
  ['nothing', null, 'Too little went through any stage to say which is the slowest.'],
  [
    'one with a target',
    stage('claim-approval', 6.5),
    'Claims: recommended, until it is approved by all. Half of 4 took 6.5 days or more, against 5 days.',
  ],
  [
    'one without',
    stage('claim-approval', 1, null),
    'Claims: recommended, until it is approved by all. Half of 4 took 1 day or more.',
  ],
])('the slowest in words: %s', (_, slowest, words) =>
  expect(slowestWords(slowest && { ...slowest, ...aimedAt(slowest) })).toBe(words),
);

test('every stage with its times; of one that nothing left there are none, and no bar', () => {
  const items = [stage('claim-check', 6), stage('claim-approval', null)];
  const page = turnaroundPage(PROGRAMME, { ...RANGE, items, slowest: null, sourced: null });
  expect(cells(page, 'stages')).toEqual([
    [
      ...[
        [expect.stringContaining('Claims: checked'), expect.any(String)],
        [5, undefined],
        [4, undefined],
      ],
      ...[
        [6, 'nine in ten within 6'],
        [6, 'nine in ten within 6'],
        [3, 'of 4'],
        [0, undefined],
      ],
    ],
    [
      ...[
        [expect.stringContaining('Claims: recommended'), expect.any(String)],
        [5, undefined],
        [0, undefined],
      ],
      ...[
        [null, undefined],
        [null, undefined],
        [null, undefined],
        [0, undefined],
      ],
    ],
  ]);
  expect(page.charts?.[0]?.svg).not.toContain('Claims: recommended');
  const none = turnaroundPage(PROGRAMME, { ...RANGE, items: items.slice(1), slowest: null, sourced: null });
  expect(none.charts).toEqual([]);
});

test('one stage says what it does alone: it waits, or is worked on, or both', () => {
  const shown = (code: StageCode) =>
    stagePage(PROGRAMME, { ...RANGE, stage: stage(code, 6), quarters: [], items: [], next: null });
  const [left, kept] = ['Left it', 'Kept to the target'];
  const [working, waiting] = ['Days working, median', 'Days waiting, median'];
  expect(headings(shown('return-preparation'), 'quarters')).toEqual(['Quarter from', left, working, kept]);
  expect(headings(shown('claim-approval'), 'quarters')).toEqual(['Quarter from', left, waiting, kept]);
  expect(headings(shown('claim-check'), 'quarters')).toEqual(['Quarter from', left, working, waiting, kept]);
  expect(shown('claim-check').tables?.[0]?.foot?.map(({ value }) => value)).toEqual(['All', 4, 6, 6, 3, 0]);
});

test('days that are not given are not asked for', () => {
  expect(rangeOf({})).toEqual({});
  expect(rangeOf({ from: '2018-01-01', to: '' })).toEqual({ from: '2018-01-01' });
});
