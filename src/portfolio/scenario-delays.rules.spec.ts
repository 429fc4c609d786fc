import type { ScenarioMilestone, ScenarioTargetSet, TrancheOutcome } from './scenario.types.js';
import { delayed } from './scenario-delays.rules.js';

const trust = { odsCode: 'RW4', name: 'Mersey Care' };
const milestone = (
  id: string,
  forecastOn: string,
  more: Partial<ScenarioMilestone> = {},
): ScenarioMilestone => ({
  ...{ id, code: `record/${id}`, name: id, kind: 'build', projectId: 'p', trust, forecastOn },
  ...more,
});
const tranche = (milestones: string[], beforeOn: string, afterOn: string | null): TrancheOutcome => ({
  ...{
    id: 't',
    agreement: { id: 'a', reference: 'AGR-1' },
    trust,
    number: 1,
    name: 'Part',
    milestones,
    beforeOn,
    afterOn,
  },
  ...{ askedPence: 1, keptPence: 0, movedPence: 1, unfundedPence: 0, moved: [] },
});
const SETS: ScenarioTargetSet[] = [
  {
    ref: 'paperless/v1',
    name: 'Paperless',
    targetOn: '2020-03-31',
    measures: [{ code: 'records', level: 'trust' }],
  },
  { ref: 'apps/v1', name: 'Apps', targetOn: '2020-12-31', measures: [{ code: 'live', level: 'project' }] },
];

function follows(tranches: TrancheOutcome[], milestones: ScenarioMilestone[]) {
  const facts = { asOn: '2018-07-20', years: [], tranches: [], milestones, targetSets: SETS };
  const found = delayed(tranches, facts);
  return {
    milestones: found.milestones.map(({ id, beforeOn, afterOn }) => [id, beforeOn, afterOn]),
    targets: found.targets.map(({ targetSet, beforeOn, afterOn, lateBefore, lateAfter }) => [
      ...[targetSet, beforeOn, afterOn, lateBefore, lateAfter],
    ]),
  };
}

const MARCH = '2020-03-01';
const APRIL = '2020-04-01';

test('a milestone moves by as many days as the tranche that pays for it, and a target with what it waits for', () => {
  const milestones = [milestone('build', '2020-02-01'), milestone('free', '2020-02-20')];
  // From 1 March to 1 April are 31 days.
  expect(follows([tranche(['build'], MARCH, APRIL)], milestones)).toEqual({
    milestones: [['build', '2020-02-01', '2020-03-03']],
    targets: [['apps/v1', '2020-02-20', '2020-03-03', false, false]],
  });
});

test('a going live moves all that the trust is measured by, past its day where it is too late', () => {
  const live = milestone('live', '2020-03-15', { kind: 'go-live' });
  expect(follows([tranche(['live'], MARCH, APRIL)], [live]).targets).toEqual([
    ['paperless/v1', '2020-03-15', '2020-04-15', false, true],
    ['apps/v1', '2020-03-15', '2020-04-15', false, false],
  ]);
});

test('without money there is no day, and the target is not reached', () =>
  expect(follows([tranche(['build'], MARCH, null)], [milestone('build', '2020-02-01')])).toEqual({
    milestones: [['build', '2020-02-01', null]],
    targets: [['apps/v1', '2020-02-01', null, false, true]],
  }));

test('of several tranches the one that moves most counts, and one without money before all', () => {
  const two = [tranche(['build'], MARCH, APRIL), tranche(['build'], MARCH, '2021-04-01')];
  const build = [milestone('build', '2020-02-01')];
  expect(follows(two, build).milestones).toEqual([['build', '2020-02-01', '2021-03-03']]);
  expect(follows([...two, tranche(['build'], MARCH, null)], build).milestones).toEqual([
    ['build', '2020-02-01', null],
  ]);
});

test('a target does not wait for what its trust delivers in other projects', () => {
  const elsewhere = milestone('elsewhere', '2021-06-01', { kind: 'go-live', projectId: 'q' });
  expect(follows([tranche(['build'], MARCH, APRIL)], [milestone('build', '2020-02-01'), elsewhere])).toEqual({
    milestones: [['build', '2020-02-01', '2020-03-03']],
    targets: [['apps/v1', '2020-02-01', '2020-03-03', false, false]],
  });
});

test.each([
  ['2020-02-29', '2020-03-31', false],
  ['2020-03-31', '2020-05-01', true],
])('what is delivered on %s, and on %s then, is late after the very day: %p', (forecastOn, afterOn, late) => {
  const live = milestone('live', forecastOn, { kind: 'go-live' });
  expect(follows([tranche(['live'], MARCH, APRIL)], [live]).targets[0]).toEqual([
    ...['paperless/v1', forecastOn, afterOn, false, late],
  ]);
});

test('each trust whose milestones move has targets of its own, with the measures that wait', () => {
  const other = { odsCode: 'RV5', name: 'South London' };
  const milestones = [
    milestone('ours', '2020-02-01', { kind: 'go-live' }),
    milestone('theirs', '2020-02-01', { kind: 'go-live', trust: other, projectId: 'q' }),
  ];
  const { targets } = delayed([tranche(['ours', 'theirs'], MARCH, APRIL)], {
    ...{ asOn: MARCH, years: [], tranches: [], milestones, targetSets: SETS },
  });
  expect(targets.map((target) => [target.trust.odsCode, target.targetSet, target.measures])).toEqual([
    ['RW4', 'paperless/v1', ['records']],
    ['RW4', 'apps/v1', ['live']],
    ['RV5', 'paperless/v1', ['records']],
    ['RV5', 'apps/v1', ['live']],
  ]);
});

test('what no moving tranche pays for stays, with the targets of other projects and trusts', () => {
  const other = { ...trust, odsCode: 'RV5' };
  const milestones = [
    milestone('kept', '2020-02-01'),
    milestone('theirs', '2020-02-01', { trust: other, projectId: 'q' }),
  ];
  expect(follows([tranche(['kept'], MARCH, MARCH)], milestones)).toEqual({ milestones: [], targets: [] });
  const moved = delayed([tranche(['theirs'], MARCH, APRIL)], {
    ...{ asOn: MARCH, years: [], tranches: [], milestones, targetSets: SETS },
  });
  expect(moved.targets.map((target) => target.trust.odsCode)).toEqual(['RV5']);
});
