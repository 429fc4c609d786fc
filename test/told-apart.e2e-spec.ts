import fc from 'fast-check';
import pg from 'pg';
import type { Actor } from '../src/core/actor.js';
import { ReadScope } from '../src/database/read-scope.js';
import type { ReadSql } from '../src/database/sql.js';
import { agreementMatches } from '../src/funding/match/match.queries.js';
import { MatchReader } from '../src/funding/match/match.reader.js';
import { type MatchPosition, matchPosition, matchTotals } from '../src/funding/match/match.rules.js';
import { scrutinisedMatch } from '../src/funding/match/match-concerns.queries.js';
import { contributionConcerns, missingMatch } from '../src/funding/match/match-concerns.rules.js';
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
import { ratingsByTrust, worsened } from '../src/progress-reports/delivery.queries.js';
import { latestRating } from '../src/progress-reports/delivery.rules.js';
import type { TestApp } from './support/app.js';
import { startPlayedMoney } from './support/play-money.js';
import { SLUG } from './support/returns.js';

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
  "update contribution set type = 'cash', valuation = 'invoice' where id = one",
  "update contribution set type = 'cash', valuation = 'estimate' where id = one",
  "update contribution set state = 'withdrawn' where id = one",
  'update cost_evidence set counts = not counts where id = one',
  `update cost_evidence e set supplier = x.supplier, reference = x.reference from cost_evidence x
   where e.id = one and x.id = (select max(id::text)::uuid from cost_evidence) and not e.counts`,
  `update contribution m set incurred_on = x.incurred_on, amount_pence = x.amount_pence from contribution x
   where m.id = one and x.id = (select max(id::text)::uuid from contribution where state = 'accepted')`,
];

let app: TestApp;
let auditor: Actor;

beforeAll(async () => {
  app = await startPlayedMoney();
  auditor = await app.actorOf(await app.as('auditor'));
}, 180_000);
afterAll(() => app?.stop());

/** What SQL tells apart, and what the rules say of the same rows one by one. */
async function both(sql: ReadSql) {
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
  const matches = await agreementMatches(sql, id, {}, null);
  const standings = matches.map(({ facts }) => matchPosition(facts, TODAY));
  const counting = await sql.query<{ id: string }>(
    "select id from contribution where state in ('evidenced', 'accepted') order by id",
  );
  const contributions = await scrutinisedMatch(
    sql,
    counting.map((each) => each.id),
  );
  const concerns = await app.app
    .get(MatchReader, { strict: false })
    .concerns(auditor, SLUG, { limit: ALL, after: undefined });
  const missing = matches.flatMap(({ agreement }, at) => {
    const concern = missingMatch(standings[at] as MatchPosition);
    return concern ? [{ id: agreement.id, pence: concern.amountPence }] : [];
  });
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
      concerns: concerns.items.map((each) => each.id),
      missing: concerns.missing.items.map((each) => each.agreement.id),
      missingInAll: [concerns.missing.count, concerns.missing.amountPence],
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
      concerns: contributions.filter((each) => contributionConcerns(each).length > 0).map((each) => each.id),
      missing: missing.map((each) => each.id),
      missingInAll: [missing.length, missing.reduce((sum, { pence }) => sum + pence, 0)],
      totals: matchTotals(standings),
    },
  };
}

/** What is changed so is not in the log: totals would be what was kept before, and every hour they are kept. */
const NOTHING_KEPT = 'delete from kept_sum';

/** Somebody at the database itself, whom no trigger and no foreign key stops. */
async function pastEveryCheck(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: app.database.superuserUrl,
    options: '-c search_path=exemplar -c session_replication_role=replica',
  });
  await client.connect();
  return client;
}

test('what SQL picks out for an auditor, and adds up, is what the rules say, whatever was done to the rows', async () => {
  const scope = app.app.get(ReadScope, { strict: false });
  const client = await pastEveryCheck();
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
        await client.query(NOTHING_KEPT);
        const { bySql, byRules } = await scope.run({ trustId: null }, both);
        expect(bySql).toEqual(byRules);
        for (const [kind, ids] of Object.entries(bySql))
          if (Array.isArray(ids) && ids.length > 0) seen.add(kind);
      }),
      { numRuns: 110, seed: 20_180_331, endOnFailure: true },
    );
  } finally {
    await client.end();
  }
  expect([...seen].sort()).toEqual([
    ...['beforeDecision', 'breaches', 'concerns', 'missing', 'missingInAll'],
    ...['openedByWaiver', 'withoutDecision'],
  ]);
}, 120_000);

/** What a rating may be: of the programme's scale, of its scale and unknown, or of another scale. */
const POINTS = ['green', 'amber-green', 'amber', 'amber-red', 'red'];
const RATINGS = [
  ...[...POINTS, 'violet'].map((rating) => ['delivery-confidence-5', rating]),
  ['another-scale', 'green'],
  ['another-scale', 'red'],
];
const SCALE = { code: 'delivery-confidence-5', points: POINTS.map((code) => ({ code })) };

test('whose confidence is worse by SQL is whose rating is worse by the rules, whatever the ratings are', async () => {
  const scope = app.app.get(ReadScope, { strict: false });
  const [programme] = await app.database.sql<{ id: string }>('select id from programme where slug = $1', [
    SLUG,
  ]);
  const id = programme?.id as string;
  const awardees = await app.database.sql<{ id: string; ods: string }>(
    `select o.id, o.ods_code as ods from organisation o join programme_role r on r.organisation_id = o.id
     where r.programme_id = $1 and r.role = 'awardee' and r.status = 'confirmed'`,
    [id],
  );
  const client = await pastEveryCheck();
  const changes = new Set<string>();
  try {
    const of = fc.array(fc.option(fc.constantFrom(...RATINGS), { freq: 2 }), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(of, { minLength: awardees.length, maxLength: awardees.length }),
        async (byTrust) => {
          await client.query(`${NOTHING_KEPT}; delete from delivery_confidence`);
          for (const [at, ratings] of byTrust.entries())
            await client.query(
              `insert into delivery_confidence (programme_id, trust_id, period_id, report_version_id, scale, rating, illustrative)
             select $1, $2, e.id, uuidv7(), r.value ->> 0, r.value ->> 1, false
             from jsonb_array_elements($3::jsonb) with ordinality r(value, nth) join (
               select id, row_number() over (order by ends_on) as nth from reporting_period where programme_id = $1) e using (nth)
             where jsonb_typeof(r.value) = 'array'`,
              [id, awardees[at]?.id, JSON.stringify(ratings)],
            );
          const [bySql, rated] = await scope.run({ trustId: null }, async (sql) => [
            await worsened(sql, id, SCALE, ALL, null),
            await ratingsByTrust(
              sql,
              id,
              awardees.map(({ ods }) => ods),
            ),
          ]);
          const latest = rated.flatMap(({ trust, ratings }) => {
            const found = latestRating(ratings, SCALE);
            return found ? [{ ods: trust.odsCode, change: found.change }] : [];
          });
          for (const { change } of latest) changes.add(change);
          const worse = latest.filter(({ change }) => change === 'worse').map(({ ods }) => ods);
          expect({ ...bySql, trusts: bySql.trusts.map(({ odsCode }) => odsCode) }).toEqual({
            rated: latest.length,
            worse: worse.length,
            trusts: worse,
          });
        },
      ),
      { numRuns: 40, seed: 20_180_331 },
    );
  } finally {
    await client.end();
  }
  expect([...changes].sort()).toEqual(['better', 'first', 'not-compared', 'same', 'worse']);
}, 120_000);
