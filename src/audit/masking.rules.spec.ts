import type { WholeLogEntry } from './log.queries.js';
import { maskedWhole } from './masking.rules.js';

const entry = (table: string, before: object | null, after: object | null): WholeLogEntry => ({
  number: 7,
  recordedAt: '2018-05-15T10:00:00+00:00',
  operation: before === null ? 'insert' : 'update',
  table,
  subject: '01a21404-61d8-7bfd-9709-9ecbbc6f295d',
  trust: null,
  actor: { id: 'system:test', name: 'Test', role: 'system' },
  action: 'api-key.create',
  reason: null,
  request: null,
  provable: true,
  checkpointSize: 20,
  old: before,
  new: after,
  transaction: '812',
  leaf: `{"old" : ${JSON.stringify(before)}, "new" : ${JSON.stringify(after)}}`,
});

test('the hash of a key is shown nowhere, and the rest is as it was', () => {
  const whole = maskedWhole(entry('api_key', { label: 'a', hash: 'abc"1' }, { label: 'b', hash: 'def2' }));
  expect(whole.old).toEqual({ label: 'a', hash: '[masked]' });
  expect(whole.new).toEqual({ label: 'b', hash: '[masked]' });
  expect(whole.leaf).toBe(
    '{"old" : {"label":"a","hash":"[masked]"}, "new" : {"label":"b","hash":"[masked]"}}',
  );
});

test.each([
  [entry('api_key', null, { hash: null }), { hash: null }],
  [entry('evidence', null, { hash: 'abc' }), { hash: 'abc' }],
  [entry('evidence', { a: 1 }, null), null],
])('what is no secret stays: %#', (given, wanted) =>
  expect(maskedWhole(given)).toMatchObject({ new: wanted, leaf: given.leaf }),
);
