import type { Actor } from '../../core/actor.js';
import { Form } from './form.js';
import { type Step, stepAnswers, stepFor, stepNamed, stepPage } from './step.js';

const APPROVE: Step = {
  title: 'Approve the claim',
  explains: ['It is paid on the next run.'],
  fields: [
    { kind: 'pounds', name: 'amountPence', label: 'Amount' },
    { kind: 'textarea', name: 'reason', label: 'Reason', optional: true },
    { kind: 'day', name: 'on', label: 'Day', optional: true },
    { kind: 'radios', name: 'kind', label: 'Kind', items: [{ value: 'capital', text: 'Capital' }] },
  ],
  button: 'Approve',
  notice: 'Approved.',
};

test('the answers of a step are of the kinds of its fields', () =>
  expect(stepAnswers(APPROVE, new Form({ amountPence: '1,250', reason: ' ', kind: 'capital' }))).toEqual({
    amountPence: 125_000,
    reason: null,
    on: null,
    kind: 'capital',
  }));

test('what is wrong is said of every field at once', () =>
  expect(() => stepAnswers(APPROVE, new Form({}))).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({
        errors: [
          expect.objectContaining({ pointer: '/amountPence' }),
          expect.objectContaining({ pointer: '/kind' }),
        ],
      }),
    }),
  ));

test('a step has a page, and a name that is none has not', () => {
  const at = { action: '/x', caption: 'C', revision: 1, trail: [], back: '/' };
  expect(stepPage(APPROVE, at)).toMatchObject({ title: 'Approve the claim', caption: 'C' });
  expect(stepNamed({ approve: APPROVE }, 'approve')).toBe(APPROVE);
  expect(() => stepNamed({ approve: APPROVE }, 'constructor')).toThrow('There is no step here');
});

test('a step is for whoever’s role may take it, and one that there is not is nobody’s', () => {
  const actor = { role: 'finance-officer' } as Actor;
  expect(stepFor(actor, { pay: APPROVE }, 'pay', () => 'payment:make')).toBe('pay');
  expect(() => stepFor(actor, { pay: APPROVE }, 'pay', () => 'claim:certify')).toThrow(
    expect.objectContaining({ status: 403 }),
  );
  expect(() => stepFor(actor, { pay: APPROVE }, 'toString', () => 'payment:make')).toThrow(
    expect.objectContaining({ status: 404 }),
  );
});
