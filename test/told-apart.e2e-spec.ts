import fc from 'fast-check';
import pg from 'pg';
import { ReadScope } from '../src/database/read-scope.js';
import type { Sql } from '../src/database/sql.js';
import { agreementMatches } from '../src/funding/match/match.queries.js';
import { matchPosition, matchTotals } from '../src/funding/match/match.rules.js';
import { programmeMatchTotals } from '../src/funding/match/match-totals.queries.js';
import {
  gateFactsOf,
  paidClaims,
  paymentsWithDecisions,
} from '../src/funding/payments/payment-audit.queries.js';
import { breachesIn } from '../src/funding/payments/payment-duties.rules.js';
import {
  beforeDecision,
  decisionsOf,
  withoutDecision,
} from '../src/funding/payments/payment-exceptions.rules.js';
import { exceptionalPayments, paidPayments } from '../src/funding/payments/payment-findings.queries.js';
import { startTestApp, type TestApp } from './support/app.js';
import { playMoney } from './support/play-money.js';

const TODAY = '2018-05-15';
const ALL = 1_000;

/** What somebody at the database itself may do to a row, past every check: `one` is some row of the table. */
const EDITS = [
  'update payment set paid_on = scheduled_on - 1 where id = one and paid_on is not null',
  "update payment set recorded_at = scheduled_at - interval '1 day' where id = one and recorded_at is not null",
  'update payment set paid_by = scheduled_by where id = one',
  "update gate_decision set decided_at = decided_at + interval '1 year' where id = one",
  "update gate_decision set decided_at = decided_at - interval '1 year' where id = one",
  'delete from gate_decision where id = one',
  "update gate_waiver set withdrawn_at = now() - interval '2 years' where id = one",
  'update claim set approved_by = certified_by where id = one',
  'update claim set checked_by = prepared_by[1] where id = one',
  'update claim set certified_by = null where id = one',
  'update claim set second_approved_by = approved_by where id = one',
  'update claim set approved_pence = approved_pence * 3 where id = one',
  "update contribution set state = 'pledged' where id = one and state = 'accepted'",
  'update contribution set amount_pence = amount_pence * 2 where id = one',
  'update account set balance_pence = balance_pence + 12345600 where id = one',
  'update tranche set grant_pence = grant_pence / 2 where id = one',
];

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: TODAY } });
  await playMoney(app);
}, 180_000);
afterAll(() => app?.stop());

/** What SQL tells apart, and what the rules say of the same rows one by one. */
async function both(sql: Sql) {
  const programmes = await sql.query<{ id: string }>('select distinct programme_id as id from payment');
  const { id = '' } = programmes[0] ?? {};
  const start = { openedByWaiver: null, beforeDecision: null, withoutDecision: null, advances: null };
  const found = await exceptionalPayments(sql, id, ALL, start);
  const paid = await paidPayments(sql, id, ALL, { paid: null, breaches: null, overrides: null });
  const payments = await sql.query<{ id: string }>("select id from payment where state <> 'cancelled'");
  const rows = await paymentsWithDecisions(
    sql,
    payments.map((payment) => payment.id),
  );
  const claims = await paidClaims(sql, paid.paid.ids);
  const standings = (await agreementMatches(sql, id, {}, null)).map(({ facts }) =>
    matchPosition(facts, TODAY),
  );
  const {
    trustsBelowRatio: _,
    trustsBelowAtNextGate: __,
    ...totals
  } = await programmeMatchTotals(sql, id, TODAY);
  const those = (is: (row: (typeof rows)[number]) => boolean) =>
    rows.flatMap((row) => (is(row) ? [row.payment.id] : [])).sort();
  return {
    bySql: {
      openedByWaiver: found.openedByWaiver.ids,
      beforeDecision: found.beforeDecision.ids,
      withoutDecision: found.withoutDecision.ids,
      breaches: paid.breaches.ids,
      totals,
    },
    byRules: {
      openedByWaiver: those(({ decisions }) =>
        decisionsOf(decisions).some((each) => each.openedBy === 'waiver'),
      ),
      beforeDecision: those((row) => beforeDecision(gateFactsOf(row)).length > 0),
      withoutDecision: those((row) => withoutDecision(gateFactsOf(row)).length > 0),
      breaches: claims
        .filter(
          ({ waived, ...row }) =>
            breachesIn({ ...row, waivers: waived.map(({ waiver }) => waiver) }).length > 0,
        )
        .map(({ payment }) => payment.id)
        .sort(),
      totals: matchTotals(standings),
    },
  };
}

test('what SQL picks out for an auditor, and adds up, is what the rules say, whatever was done to the rows', async () => {
  const scope = app.app.get(ReadScope, { strict: false });
  const client = new pg.Client({
    connectionString: app.database.superuserUrl,
    options: '-c search_path=exemplar -c session_replication_role=replica',
  });
  await client.connect();
  const seen = new Set<string>();
  try {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...EDITS), fc.nat(1_000), async (edit, nth) => {
        const table = /(?:update|from) (\w+)/.exec(edit)?.[1];
        const one = `(select id from ${table} order by id offset ${nth} % (select greatest(1, count(*)) from ${table}) limit 1)`;
        await client.query(edit.replace('= one', `= ${one}`)).catch((error: pg.DatabaseError) => {
          // Some checks refuse even the owner of everything.
          if (!error.code?.startsWith('23')) throw error;
        });
        const { bySql, byRules } = await scope.run({ trustId: null }, both);
        expect(bySql).toEqual(byRules);
        for (const [kind, ids] of Object.entries(bySql))
          if (Array.isArray(ids) && ids.length > 0) seen.add(kind);
      }),
      { numRuns: 80, seed: 20_180_331, endOnFailure: true },
    );
  } finally {
    await client.end();
  }
  expect([...seen].sort()).toEqual(['beforeDecision', 'breaches', 'openedByWaiver', 'withoutDecision']);
}, 120_000);
