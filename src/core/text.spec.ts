import { nameTwice, nestsTooDeep, textFaults } from './text.js';

test.each([
  ['{}', false],
  ['['.repeat(32) + ']'.repeat(32), false],
  ['['.repeat(33) + ']'.repeat(33), true],
  ['{"a":'.repeat(10_000), true],
  [`[${'[],{},'.repeat(40)}0]`, false],
  [`${'['.repeat(31)}[],{}${'[['}`, true],
  [`"${'['.repeat(100)}"`, false],
  [`"\\"${'['.repeat(100)}"`, false],
])('nesting of %.20s… is too deep: %p', (json, deep) => expect(nestsTooDeep(json)).toBe(deep));

test.each([
  ['texts', Array(30).fill('943 476 5919')],
  ['keys', Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`943 476 5919 ${index}`, 1]))],
])('of many %s at fault, twenty are told', (_, value) => expect(textFaults(value)).toHaveLength(20));

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
  ['{"a":{"b":1},"b":2}', undefined],
  ['{"b":{},"c":{},"c":1}', '/c'],
  ['{"b":[{}],"c":1,"c":1}', '/c'],
  ['[[0],{"a":1,"a":2}]', '/1/a'],
  ['{"a":{"b":{"c":1,"c":2}}}', '/a/b/c'],
  ['{"a~b":1,"a~b":2}', '/a~0b'],
  ['["a","a",{"a":"a"}]', undefined],
  ['{"":1,"":2}', '/'],
  ['"a"', undefined],
  ['{"__proto__":1,"__proto__":2}', '/__proto__'],
])('%s names a field twice at %p', (json, place) => expect(nameTwice(json)).toBe(place));
