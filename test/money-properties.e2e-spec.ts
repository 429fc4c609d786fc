import fc from 'fast-check';
import { bothSums, keepSums } from './support/kept-sums.js';
import {
  OPERATIONS,
  type Operation,
  type OperationName,
  take,
  type World,
} from './support/money-operations.js';
import { moneyWorld } from './support/money-world.js';

/** How many lives, and how many steps each. More by hand: `MONEY_LIVES=50 npm test -- test/money-properties`. */
const LIVES = Number(process.env.MONEY_LIVES ?? 10);
/** The same lives each time, so that a failure is not of the day; others by hand: `MONEY_SEED=7`. */
const SEED = Number(process.env.MONEY_SEED ?? 20_170_401);
const STEPS = 70;

let world: World;

beforeAll(async () => {
  world = await moneyWorld();
}, 180_000);
afterAll(() => world.app.stop());

/** What must hold after every step: each query names what breaks it, and finds nothing (domain.md section 9). */
const BROKEN: Record<string, string> = {
  'a balance is what was posted': `
    select a.id from account a where a.balance_pence <> (
      select coalesce(sum(case when p.to_stage = a.stage then p.amount_pence else -p.amount_pence end), 0)
      from posting p where p.line_id = a.line_id and p.source = a.source and a.stage in (p.from_stage, p.to_stage))`,
  'what was posted has a balance': `
    select p.id from posting p where not exists (select from account a where (a.line_id, a.source, a.stage) = (p.line_id, p.source, p.from_stage))
      or not exists (select from account a where (a.line_id, a.source, a.stage) = (p.line_id, p.source, p.to_stage))`,
  'nothing is below zero': `select id from account where balance_pence < 0 and stage <> 'outside'`,
  '1, 12: an agreement holds what was awarded, to the penny, whatever moves within it': `
    select g.id from agreement g join award w on w.id = g.award_id where w.grant_pence <> (
      select sum(a.balance_pence) from account a join funding_line l on l.id = a.line_id
      where l.agreement_id = g.id and a.source = 'grant' and a.stage <> 'outside')`,
  '1: paid less recovered is never more than a line holds': `
    select l.id from funding_line l join account a on a.line_id = l.id and a.source = 'grant' group by l.id
    having sum(a.balance_pence) filter (where a.stage in ('paid', 'written-off')) >
      -min(a.balance_pence) filter (where a.stage = 'outside')`,
  '1: what is drawn of a tranche is what its claims hold, and no more than the tranche': `
    select t.id from tranche t where t.drawn_pence > t.grant_pence or t.drawn_pence <> (
      select coalesce(sum(case when c.state in ('submitted', 'evidence-check', 'queried', 'recommended') then c.claimed_pence
        when c.state in ('draft', 'fd-certified', 'rejected', 'withdrawn') then 0 else c.approved_pence end), 0)
      from claim c where c.tranche_id = t.id)`,
  'claims hold what the ledger says is claimed, approved and paid': `
    select g.id from agreement g, lateral (select
      coalesce(sum(claimed_pence) filter (where state in ('submitted', 'evidence-check', 'queried', 'recommended')), 0) as claimed,
      coalesce(sum(approved_pence) filter (where state in ('approved', 'part-approved', 'scheduled')), 0) as approved,
      coalesce(sum(approved_pence) filter (where state in ('paid', 'reconciled', 'recovery-raised', 'recovery-agreed', 'recovered', 'written-off')), 0) as paid
      from claim where agreement_id = g.id) c, lateral (select
      coalesce(sum(a.balance_pence) filter (where a.stage = 'claimed'), 0) as claimed,
      coalesce(sum(a.balance_pence) filter (where a.stage = 'approved'), 0) as approved,
      coalesce(sum(a.balance_pence) filter (where a.stage in ('paid', 'recovered', 'written-off')), 0) as paid
      from account a join funding_line l on l.id = a.line_id where l.agreement_id = g.id and a.source = 'grant') s
    where (c.claimed, c.approved, c.paid) <> (s.claimed, s.approved, s.paid)`,
  'contributions hold what the ledger says is evidenced and accepted': `
    select g.id from agreement g, lateral (select
      coalesce(sum(amount_pence) filter (where state = 'evidenced'), 0) as evidenced,
      coalesce(sum(amount_pence) filter (where state = 'accepted'), 0) as accepted
      from contribution where agreement_id = g.id) c, lateral (select
      coalesce(sum(a.balance_pence) filter (where a.stage = 'evidenced'), 0) as evidenced,
      coalesce(sum(a.balance_pence) filter (where a.stage = 'accepted'), 0) as accepted
      from account a join funding_line l on l.id = a.line_id where l.agreement_id = g.id and a.source = 'match') s
    where (c.evidenced, c.accepted) <> (s.evidenced, s.accepted)`,
  '2: no payment without a gate that opened for it': `
    select y.id from payment y where y.state in ('paid', 'reconciled') and not exists (
      select from gate_decision d where d.claim_id = y.claim_id and d.tranche_id = y.tranche_id and d.step = 'pay'
        and (d.opened_by = 'conditions' or exists (select from gate_waiver v where v.id = d.waiver_id and v.reason <> '')))`,
  '4: a piece of evidence counts once': `
    select sha256 from cost_evidence where counts group by sha256 having count(*) > 1
    union all select reference_key from cost_evidence where counts group by reference_key having count(*) > 1`,
  '5: preparer, certifier, approvers and payer are different people': `
    select c.id from claim c left join payment y on y.claim_id = c.id and y.state in ('scheduled', 'paid', 'reconciled'),
      lateral (select array_remove(array[c.certified_by, c.approved_by, c.second_approved_by, y.paid_by] || c.prepared_by, null) as people) p
    where cardinality(p.people) <> (select count(distinct person) from unnest(p.people) person)`,
  '5: two approve what is above the threshold': `
    select c.id from claim c join programme g on g.id = c.programme_id
    where c.state in ('approved', 'part-approved', 'scheduled', 'paid', 'reconciled')
      and c.approved_pence > (g.terms -> 'payments' ->> 'secondApproverAbovePence')::bigint and c.second_approved_by is null`,
  '6: what crosses from one line to another is an approved change': `
    select j.id from journal j join posting p on p.journal_id = j.id
    where 'outside' in (p.from_stage, p.to_stage) and j.kind not in ('award', 'pledge')
      and not (j.kind = 'reverse' and (select r.kind from journal r where r.id = j.reverses_id) in ('award', 'pledge'))
      and not exists (select from change_request c where c.id = j.change_request_id and c.state = 'applied'
        and c.decided_by <> c.requested_by)`,
  '7: costs fall inside the window': `
    select p.id from posting p join agreement g on g.id = p.agreement_id
    where p.incurred_on not between g.window_starts_on and g.window_ends_on`,
  '15: every journal, posting and movement of a balance is in the log': `
    select j.id from journal j where not exists (select from log_entry e where e.table_name = 'journal' and e.subject_id = j.id)
    union all select p.id from posting p where not exists (select from log_entry e where e.table_name = 'posting' and e.subject_id = p.id)`,
};

async function broken(): Promise<string[]> {
  const parts = Object.entries(BROKEN).map(
    ([rule, query]) => `select $$${rule}$$ as rule where exists (${query})`,
  );
  return (await world.app.database.sql<{ rule: string }>(parts.join(' union all '))).map(({ rule }) => rule);
}

/** Rule 3, when a payment is made on the gate's own conditions: accepted match is at least the ratio times what is paid. */
async function unmatched(): Promise<number> {
  const rows = await world.app.database.sql(
    `select g.id from agreement g, lateral (select
       coalesce(sum(a.balance_pence) filter (where a.stage = 'accepted'), 0) as accepted,
       coalesce(sum(a.balance_pence) filter (where a.source = 'grant' and a.stage = 'paid'), 0) as paid
       from account a join funding_line l on l.id = a.line_id where l.agreement_id = g.id) s
     where s.accepted * g.per_grant_pence < s.paid * g.match_pence and g.id = (
       select d.agreement_id from (select * from gate_decision where step = 'pay' order by id desc limit 1) d
         join tranche t on t.id = d.tranche_id where d.opened_by = 'conditions' and t.basis = 'delivery')`,
  );
  return rows.length;
}

const names = Object.keys(OPERATIONS) as OperationName[];
/** What moves money on comes more often than what stops it. */
const weights: Partial<Record<OperationName, number>> = {
  pledge: 4,
  evidence: 6,
  accept: 6,
  claim: 6,
  advance: 3,
  check: 8,
  recommend: 8,
  approve: 10,
  'approve-second': 10,
  schedule: 8,
  pay: 8,
  'raise-recovery': 3,
  'agree-recovery': 3,
  recover: 2,
  resume: 4,
  'close-year': 0,
  terminate: 0,
};
const step: fc.Arbitrary<Operation> = fc.record({
  name: fc.oneof(
    ...names.map((name) => ({ arbitrary: fc.constant(name), weight: weights[name] ?? 1 })),
  ) as fc.Arbitrary<OperationName>,
  pick: fc.nat(1_000),
  who: fc.nat(1_000),
  pence: fc.integer({ min: 1, max: 120_000_000 }),
  kind: fc.constantFrom('capital', 'revenue'),
});

/**
 * Now and then compares every total with the sum of all, and now and then keeps the sums: as if of so many trusts that
 * what changed since is always added by itself.
 */
async function keptSums({ name, pick }: Operation): Promise<void> {
  if (pick % 3 === 0) {
    const { total, whole } = await bothSums(world.app);
    expect([name, total]).toEqual([name, whole]);
  }
  if (pick % 7 !== 0) return;
  await keepSums(world.app);
  await world.app.database.sql('update kept_sum set trusts = 1000');
}

test('whatever is done with money, in any order and by anybody, every rule holds after every step', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      for (const each of steps) {
        const end = await take(world, each);
        seen.set(`${each.name}: ${end}`, (seen.get(`${each.name}: ${end}`) ?? 0) + 1);
        expect([each.name, end, await broken()]).toEqual([each.name, end, []]);
        if (each.name === 'pay' && end === 'done') expect(await unmatched()).toBe(0);
        await keptSums(each);
      }
    }),
    // What went before stays, so a shorter life would be another one.
    { numRuns: LIVES, endOnFailure: true, seed: SEED },
  );
  // At the end of all lives, what ends them.
  for (const name of ['close-year', 'terminate', 'terminate', 'terminate'] as const) {
    const end = await take(world, { name, pick: 0, who: 0, pence: 1, kind: 'capital' });
    expect([name, end, await broken()]).toEqual([name, expect.stringMatching(/^(done|blocked)$/), []]);
    const { total, whole } = await bothSums(world.app);
    expect([name, total]).toEqual([name, whole]);
  }
  if (process.env.MONEY_SEEN)
    console.info(
      [...seen]
        .sort()
        .map(([what, times]) => `${times} ${what}`)
        .join('\n'),
    );
  // A test that never came to pay, approve and refuse would prove nothing.
  const done = (name: OperationName): number => seen.get(`${name}: done`) ?? 0;
  const never = (
    ['evidence', 'accept', 'claim', 'advance', 'check', 'recommend', 'approve', 'schedule', 'pay'] as const
  ).filter((name) => done(name) === 0);
  expect(never).toEqual([]);
  expect(done('pay')).toBeGreaterThan(3);
}, 240_000);
