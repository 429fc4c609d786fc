import type { Sql } from '../../database/sql.js';
import { GateConditions } from './gate-conditions.js';

const sql: Sql = { query: async () => [] };
const scope = { programmeId: 'p', trustIds: [], today: '2018-02-15' };
const condition = (name: string, ...codes: string[]) => ({
  name,
  codes,
  blockers: async () =>
    codes.map((code) => ({ trustId: 't', trancheId: null, blocker: { code, message: name } })),
});

test('conditions are asked in the order in which they were given', async () => {
  const conditions = new GateConditions();
  conditions.give(condition('no return overdue', 'return-overdue'));
  conditions.give(condition('assurance valid', 'assurance-missing', 'assurance-expired'));
  expect(conditions.names()).toEqual(['no return overdue', 'assurance valid']);
  expect(conditions.codes()).toEqual(['return-overdue', 'assurance-missing', 'assurance-expired']);
  expect((await conditions.blockers(sql, scope)).map(({ blocker }) => blocker.code)).toEqual(
    conditions.codes(),
  );
});

test.each([
  ['name', condition('no return overdue', 'other')],
  ['code', condition('another', 'return-overdue')],
])('no two have the same %s', (_, second) => {
  const conditions = new GateConditions();
  conditions.give(condition('no return overdue', 'return-overdue'));
  expect(() => conditions.give(second)).toThrow('Two conditions of gates');
});
