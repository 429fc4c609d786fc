import { nameTwice, nestsTooDeep, textFaults } from './text.js';

test.each([
  ['{}', false],
  ['['.repeat(32) + ']'.repeat(32), false],
  ['['.repeat(33) + ']'.repeat(33), true],
  ['{"a":'.repeat(10_000), true],
  [`"${'['.repeat(100)}"`, false],
  [`"\\"${'['.repeat(100)}"`, false],
])('nesting of %.20s… is too deep: %p', (json, deep) => expect(nestsTooDeep(json)).toBe(deep));

test.each([
  [{ a: 'plain' }, []],
  [{ a: ['x', 'y\u0000'] }, ['nul-character /a/1']],
  [{ a: { 'b/c': '\ud800' } }, ['lone-surrogate /a/b~1c']],
  [{ note: 'Seen by 943 476 5919 today' }, ['nhs-number /note']],
  [{ '943 476 5919': 1 }, ['nhs-number ']],
  ['943-476-5919', ['nhs-number ']],
  [{ n: 9434765919 }, []],
])('%p has the faults %p', (value, faults) =>
  expect(textFaults(value).map((fault) => `${fault.code} ${fault.pointer}`)).toEqual(faults),
);

test.each([
  ['{}', undefined],
  ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', undefined],
  ['{"a":1,"a":1}', '/a'],
  ['{"a":1,"\\u0061" : 2}', '/a'],
  ['{"a":[1,{"b/c":1,"b/c":2}]}', '/a/1/b~1c'],
  ['{"a":"\\"a\\":","b":"{","c":1}', undefined],
  ['["a","a",{"a":"a"}]', undefined],
  ['{"":1,"":2}', '/'],
  ['"a"', undefined],
  ['{"__proto__":1,"__proto__":2}', '/__proto__'],
])('%s names a field twice at %p', (json, place) => expect(nameTwice(json)).toBe(place));
