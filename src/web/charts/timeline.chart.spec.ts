import { type TimelineInput, type TimelineRow, timelineChart } from './timeline.chart.js';

const row = (
  label: string,
  baselineOn: string,
  forecastOn: string | null,
  actualOn: string | null,
): TimelineRow => ({
  label,
  baselineOn,
  forecastOn,
  actualOn,
  state: 'In a state',
});
const chart = (...rows: TimelineRow[]) =>
  timelineChart({ id: 'm', title: 'Milestones', today: '2018-07-20', rows });

test.each<[string, TimelineRow[], string]>([
  [
    'slips',
    [
      row('A', '2018-03-31', null, '2018-04-01'),
      row('B', '2018-06-30', '2018-09-14', null),
      row('C', '2018-06-30', '2018-06-01', null),
    ],
    'On 20 July 2018, 1 of 3 milestones had been reached. The actual or forecast date is after the baseline for 2, at most by 76 days: B.',
  ],
  [
    'one row in time',
    [row('A', '2018-03-31', '2018-05-31', '2018-03-31')],
    'On 20 July 2018, 1 of 1 milestone had been reached. No actual or forecast date is after its baseline.',
  ],
  [
    'one day',
    [row('A', '2018-03-31', '2018-04-01', null)],
    'On 20 July 2018, 0 of 1 milestone had been reached. The actual or forecast date is after the baseline for 1, at most by 1 day: A.',
  ],
])('the description of %s', (_, rows, description) => expect(chart(...rows).description).toBe(description));

test('today, the quarters, the years, the states and the legend are written', () => {
  const { svg } = chart(
    row('A', '2017-06-30', null, '2018-01-31'),
    row('B', '2018-12-31', '2019-01-31', null),
  );
  for (const words of [
    '20 July 2018',
    'Q1',
    'Q4',
    '2017/18',
    '2018/19',
    'In a state',
    'Baseline',
    'Forecast',
    'Actual',
    'Today',
  ])
    expect(svg).toContain(`>${words}</text>`);
});

test('a decade has its years, and no quarters', () => {
  const { svg } = chart(row('A', '2016-06-30', null, null), row('B', '2027-12-31', null, null));
  expect(svg).toContain('>2016/17</text>');
  expect(svg).not.toContain('>Q1</text>');
});

test('a slip is a line from the baseline to the actual day before the forecast one', () => {
  const { svg } = chart(row('A', '2018-04-01', '2018-05-01', '2018-06-01'));
  const moved = /<path d="M([\d.]+),[\d.]+L([\d.]+),/.exec(svg);
  const circles = [...svg.matchAll(/<circle [^>]*?cx="([\d.]+)"/g)].map((match) => match[1]);
  expect(circles).toContain(moved?.[2]);
  expect(Number(moved?.[2])).toBeGreaterThan(Number(moved?.[1]));
});

test.each<[string, Partial<TimelineInput>]>([
  ['no rows', { rows: [] }],
  ['a baseline that is no day', { rows: [row('A', '2018-02-30', null, null)] }],
  ['a forecast that is no day', { rows: [row('A', '2018-02-28', 'soon', null)] }],
  ['a today that is no day', { today: '' }],
])('%s is refused', (_, part) =>
  expect(() =>
    timelineChart({
      id: 'm',
      title: 'T',
      today: '2018-07-20',
      rows: [row('A', '2018-02-28', null, null)],
      ...part,
    }),
  ).toThrow(RangeError),
);
