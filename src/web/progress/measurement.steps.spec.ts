import { MEASUREMENT_STATES } from '../../targets/measurement.rules.js';
import { Form } from '../page/form.js';
import { stepAnswers } from '../page/step.js';
import { MEASUREMENT_STEPS, openMeasurementSteps } from './measurement.steps.js';
import { measurementsToPublish } from './publication.page.js';

const ID = '0192f3a4-7c1e-7000-8000-5f0c3b1d2e4a';
const measurement = { selfReported: { numerator: 5, denominator: 9 }, validated: null } as never;

test.each([
  ['assessor', 'self-reported', ['validation', 'challenge', 'rejection']],
  ['assessor', 'challenged', ['validation', 'rejection']],
  ['assessor', 'validated', []],
  ['trust-lead', 'challenged', ['answer']],
  ['trust-lead', 'self-reported', []],
  ['programme-manager', 'validated', ['publication']],
  ['programme-manager', 'self-reported', []],
] as const)('a %s may do to what is %s: %j', (role, state, steps) => {
  expect(openMeasurementSteps({ id: 'me', role }, { state }, { reporterId: 'somebody' })).toEqual(steps);
});

test('an auditor may do nothing in any state', () => {
  for (const state of MEASUREMENT_STATES)
    expect(openMeasurementSteps({ id: 'me', role: 'auditor' }, { state }, { reporterId: 'x' })).toEqual([]);
});

test('nobody is offered to validate what they reported', () => {
  const open = openMeasurementSteps(
    { id: 'me', role: 'assessor' },
    { state: 'challenged' },
    { reporterId: 'me' },
  );
  expect(open).toEqual(['rejection']);
});

test('a validation begins with what was reported, and takes whole numbers', () => {
  const step = MEASUREMENT_STEPS.validation.step(measurement);
  expect(step.fields.map((field) => ('value' in field ? field.value : null))).toEqual([5, 9, null]);
  expect(stepAnswers(step, new Form({ numerator: '1,004', denominator: '4000', note: '' }))).toEqual({
    numerator: 1_004,
    denominator: 4_000,
    note: null,
  });
  expect(() => stepAnswers(step, new Form({ numerator: '1.5', denominator: '0' }))).toThrow(
    'Nothing was saved.',
  );
});

test('what is published is named with its revision', () => {
  const items = (typed: Record<string, string>) => measurementsToPublish(new Form(typed));
  expect(items({ 'items/0/id': ID, 'items/0/revision': '3' })).toEqual([{ id: ID, revision: 3 }]);
  for (const typed of [
    {},
    { 'items/0/id': 'x', 'items/0/revision': '3' },
    { 'items/0/id': ID, 'items/0/revision': '' },
  ] as Array<Record<string, string>>)
    expect(() => items(typed)).toThrow('Nothing was saved.');
});
