import { defineTransitions } from './transitions.js';

const DOOR = defineTransitions('door', 'shut', ['shut', 'open', 'locked'], {
  open: { from: ['shut'], to: 'open' },
  shut: { from: ['open'], to: 'shut' },
  lock: { from: ['shut'], to: 'locked' },
});

test('a verb that may happen leads on', () => {
  expect(DOOR.blockers('open', 'shut')).toEqual([]);
  expect(DOOR.next('open', 'shut')).toBe('open');
  expect(DOOR.open('shut')).toEqual(['open', 'lock']);
});

test('a verb that may not says why', () => {
  expect(DOOR.blockers('lock', 'open')).toEqual([
    { code: 'wrong-state', message: 'This door is open; it must be shut for this.', pointer: '/state' },
  ]);
  expect(() => DOOR.next('lock', 'open')).toThrow('it must be shut');
});

test.each([
  [['a-b'], 'This thing is at rest; it must be a b for this.'],
  [['a-b', 'c'], 'This thing is at rest; it must be a b or c for this.'],
  [['a-b', 'c', 'd-e'], 'This thing is at rest; it must be a b, c or d e for this.'],
])('what may only happen from %p says so in words', (from, message) => {
  const table = { rest: { from: ['a-b', 'c', 'd-e'], to: 'at-rest' }, go: { from, to: 'a-b' } };
  const more = { to: { from: ['a-b'], to: 'c' }, on: { from: ['c'], to: 'd-e' } };
  const thing = defineTransitions('thing', 'a-b', ['a-b', 'c', 'd-e', 'at-rest'], { ...table, ...more });
  expect(thing.blockers('go', 'at-rest')).toMatchObject([{ message }]);
});

test('a state is reached from any of those that a verb begins at', () =>
  expect(() =>
    defineTransitions('thing', 'a', ['a', 'b'], { go: { from: ['a', 'b'], to: 'b' } }),
  ).not.toThrow());

test.each([
  ['a beginning that is not listed', ['b'], { go: { from: ['b'], to: 'b' } }, 'a is not a listed state'],
  [
    'a verb from a state that is not listed',
    ['a'],
    { go: { from: ['z'], to: 'a' } },
    'z is not a listed state',
  ],
  ['a state that nothing leads to', ['a', 'b'], { go: { from: ['b'], to: 'a' } }, 'nothing leads to b'],
  ['a state that is not listed', ['a'], { go: { from: ['a'], to: 'z' } }, 'z is not a listed state'],
  ['a verb that never happens', ['a'], { go: { from: [], to: 'a' } }, 'go can never happen'],
  [
    'an island',
    ['a', 'b', 'c'],
    { there: { from: ['b'], to: 'c' }, back: { from: ['c'], to: 'b' } },
    'nothing leads to b',
  ],
])('refuses %s', (_, states, table, message) => {
  expect(() => defineTransitions('thing', 'a', states as never, table as never)).toThrow(message);
});
