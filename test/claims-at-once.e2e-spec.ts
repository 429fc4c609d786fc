import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { appPoolSettings } from '../src/database/connection.js';
import { startTestApp, type TestApp } from './support/app.js';
import {
  type ClaimAnswer,
  type ClaimCast,
  claimCast,
  claimStep,
  costLine,
  provedDraft,
  readClaim,
  takeTo,
  unbalanced,
} from './support/claims.js';
import { balances, type InForce, putInForce } from './support/money.js';
import { move, post } from './support/postings.js';

/** Many people at once: what the database decides, and not the order in which requests happen to arrive. */
const pounds = (amount: number): number => amount * 100;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15', DATABASE_POOL: '10' } });
}, 180_000);
afterAll(() => app?.stop());

const inForce = (trust: string, tranchePence = pounds(4_000_000)): Promise<InForce> =>
  putInForce(app, trust, {
    ratio: { matchPence: 0, perGrantPence: 1 },
    tranches: () => [
      {
        number: 2,
        name: 'On delivery',
        basis: 'delivery',
        plannedOn: '2018-03-31',
        grantPence: tranchePence,
        milestones: [],
      },
    ],
  });

async function projectOf(trust: string): Promise<{ id: string; code: string }> {
  const [row] = await app.database.sql<{ id: string; code: string }>(
    `select p.id, p.code from project p join organisation o on o.id = p.trust_id where o.ods_code = $1 limit 1`,
    [trust],
  );
  return row as { id: string; code: string };
}

/** Certified claims of £100 on the revenue of 2017/18, each with its invoice. */
async function certified(agreed: InForce, cast: ClaimCast, trust: string, count: number): Promise<string[]> {
  const [preparer, certifier] = [await app.actorOf(cast.lead), await app.actorOf(cast.director)];
  const project = await projectOf(trust);
  const rows = await app.database.sql<{ id: string }>(
    `with made as (
       insert into claim (programme_id, trust_id, agreement_id, tranche_id, kind, state, description, claimed_pence, prepared_by)
       select $1, $2, $3, $4, 'costs', 'draft', 'Claim ' || n, 10000, array[$5::uuid] from generate_series(1, $6::integer) n
       returning id)
     select id from made`,
    [agreed.programmeId, agreed.trustId, agreed.id, agreed.tranches[2], preparer.id, count],
  );
  const ids = rows.map(({ id }) => id);
  await app.database.sql(
    `insert into claim_line (trust_id, agreement_id, claim_id, version, position, line_id, project_id, description,
       supplier, invoice_reference, incurred_on, net_pence, vat_pence, recoverable_vat_pence, claimed_pence)
     select $2, $3, id, 1, 1, $4, $5, 'Points', 'Northern', id::text, '2017-10-02', 10000, 0, 0, 10000
     from unnest($1::uuid[]) id`,
    [ids, agreed.trustId, agreed.id, agreed.lines['2017/18 revenue'], project.id],
  );
  await app.database.sql(
    `insert into cost_evidence (trust_id, claim_id, supplier, reference, file_name, media_type, size_bytes, sha256,
       storage_key, description, uploaded_by)
     select $2, id, 'Northern', id::text, 'invoice.pdf', 'application/pdf', 1, encode(sha256(id::text::bytea), 'hex'),
       'nowhere', 'The invoice', $3 from unnest($1::uuid[]) id`,
    [ids, agreed.trustId, preparer.id],
  );
  await app.database.sql(
    `update claim set state = 'fd-certified', certified_by = $2, certified_at = now() where id = any ($1)`,
    [ids, certifier.id],
  );
  return ids;
}

interface Outcome {
  status: number;
  code: string;
  body: { code: string; blockers?: Array<{ code: string }> };
}

/** Submits a claim; where the machine is too busy to take the request, again with the same key, as it is told to. */
async function submitted(
  key: string,
  id: string,
  once: string = randomUUID(),
  revision = 1,
): Promise<Outcome> {
  for (;;) {
    const { status, body } = await app
      .request('post', `/v1/claims/${id}/submission`, key)
      .set('If-Match', `"${revision}"`)
      .set('Idempotency-Key', once);
    if (status !== 503) return { status, code: body.code, body };
  }
}

const outcomeOf = ({ status, body }: ClaimAnswer): Outcome => ({ status, code: body.code, body });

/** How often each outcome came. */
function tally(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, code, body } of outcomes) {
    const name = status === 200 ? '200' : `${status} ${code === 'blocked' ? body.blockers?.[0]?.code : code}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const journalsOf = async (ids: string[], kind: string): Promise<number> =>
  (
    await app.database.sql<{ count: number }>(
      'select count(*)::int as count from journal where claim_id = any ($1) and kind = $2',
      [ids, kind],
    )
  )[0]?.count as number;

test.each([
  ['a line of the award', 'RW4', 'award-line-exceeded'],
  ['a tranche', 'RXT', 'tranche-exceeded'],
])(
  '200 claims of £100 at once on £10,000 that are left of %s: exactly 100 are submitted',
  async (_, trust, refusal) => {
    const room = pounds(10_000);
    const agreed = await inForce(trust, trust === 'RXT' ? room : undefined);
    const line = agreed.lines['2017/18 revenue'];
    if (trust === 'RW4')
      await post(app, agreed, {
        kind: 'withdraw',
        movements: [move(line, 'grant', 'awarded', 'withdrawn', pounds(500_000) - room)],
      });
    const before = await balances(app, agreed.id);
    const cast = await claimCast(app, trust);
    const ids = await certified(agreed, cast, trust, 200);
    const outcomes = await Promise.all(ids.map((id) => submitted(cast.lead, id)));
    expect(tally(outcomes)).toEqual({ 200: 100, [`409 ${refusal}`]: 100 });
    expect(await journalsOf(ids, 'claim')).toBe(100);
    const after = await balances(app, agreed.id);
    expect(after).toEqual({
      ...before,
      'grant claimed': room,
      'grant awarded': (before['grant awarded'] as number) - room,
    });
    expect(await unbalanced(app)).toEqual([]);
    const states = await app.database.sql(
      'select state, count(*)::int as count from claim where id = any ($1) group by 1 order by 1',
      [ids],
    );
    expect(states).toEqual([
      { state: 'fd-certified', count: 100 },
      { state: 'submitted', count: 100 },
    ]);
  },
);

describe('one claim', () => {
  let agreed: InForce;
  let cast: ClaimCast;
  let project: string;
  beforeAll(async () => {
    agreed = await inForce('RWX');
    cast = await claimCast(app, 'RWX');
    project = (await projectOf('RWX')).code;
  });

  test('50 approvers at once make one approval', async () => {
    const id = await provedDraft(app, cast, agreed, [costLine(project, 12_345)]);
    const { revision } = await takeTo(app, cast, id, 'recommendation');
    const approvers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => app.as(index % 2 ? 'finance-officer' : 'programme-manager')),
    );
    const before = await balances(app, agreed.id);
    const outcomes = await Promise.all(
      approvers.map((key) => claimStep(app, key, id, 'approval', {}, revision).then(outcomeOf)),
    );
    expect(tally(outcomes)).toEqual({ 200: 1, '412 stale': 49 });
    expect(await journalsOf([id], 'approve')).toBe(1);
    const decisions = await app.database.sql('select from gate_decision where claim_id = $1', [id]);
    expect(decisions).toHaveLength(1);
    expect(await balances(app, agreed.id)).toEqual({
      ...before,
      'grant claimed': (before['grant claimed'] as number) - 12_345,
      'grant approved': (before['grant approved'] ?? 0) + 12_345,
    });
    expect(await readClaim(app, cast.lead, id)).toMatchObject({ state: 'approved', approvedPence: 12_345 });
  });

  test('50 second approvers at once make one, and none of them is the first', async () => {
    const pence = pounds(500_001);
    const id = await provedDraft(app, cast, agreed, [costLine(project, pence, { kind: 'capital' })]);
    const { revision } = await takeTo(app, cast, id, 'approval');
    const others = await Promise.all(Array.from({ length: 49 }, () => app.as('finance-officer')));
    const outcomes = await Promise.all(
      [cast.officer, ...others].map((key) =>
        claimStep(app, key, id, 'second-approval', {}, revision).then(outcomeOf),
      ),
    );
    const { 200: done, ...refused } = tally(outcomes);
    expect(done).toBe(1);
    expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(49);
    expect(await journalsOf([id], 'approve')).toBe(1);
    const { people } = await readClaim(app, cast.manager, id);
    expect(people.secondApprovedBy?.id).not.toBe(people.approvedBy?.id);
  });

  test('100 submissions with the same key are one, and all are answered the same', async () => {
    const [id] = (await certified(agreed, cast, 'RWX', 1)) as [string];
    const once = randomUUID();
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => submitted(cast.lead, id, once)));
    expect(tally(outcomes)).toEqual({ 200: 100 });
    for (const { body } of outcomes) expect(body).toEqual(outcomes[0]?.body);
    expect(await journalsOf([id], 'claim')).toBe(1);
  });

  test('100 submissions with keys of their own, of what was read once, are one', async () => {
    const [id] = (await certified(agreed, cast, 'RWX', 1)) as [string];
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => submitted(cast.lead, id)));
    expect(tally(outcomes)).toEqual({ 200: 1, '412 stale': 99 });
    expect(await journalsOf([id], 'claim')).toBe(1);
    expect(await unbalanced(app)).toEqual([]);
  });

  test('100 drafts that are begun with the same key are one', async () => {
    const once = randomUUID();
    const begun = await Promise.all(
      Array.from({ length: 100 }, () =>
        app
          .request('post', `/v1/agreements/${agreed.id}/claims`, cast.lead)
          .set('Idempotency-Key', once)
          .send({ trancheNumber: 2, kind: 'costs', description: once }),
      ),
    );
    expect(new Set(begun.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await app.database.sql('select from claim where description = $1', [once])).toHaveLength(1);
  });

  test('a withdrawal and a check at once: one of them wins, and the money is where it says', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [id] = (await certified(agreed, cast, 'RWX', 1)) as [string];
      await submitted(cast.lead, id);
      const { revision } = await readClaim(app, cast.lead, id);
      const outcomes = await Promise.all([
        claimStep(app, cast.lead, id, 'withdrawal', { reason: 'Mistaken.' }, revision),
        claimStep(app, cast.assessor, id, 'evidence-check', undefined, revision),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 412]);
      const { state } = await readClaim(app, cast.lead, id);
      expect(await journalsOf([id], 'release')).toBe(state === 'withdrawn' ? 1 : 0);
    }
    expect(await unbalanced(app)).toEqual([]);
  });

  test('a submission waits for a suspension under way, and is refused by it; others do not wait for one another', async () => {
    const [first, second] = (await certified(agreed, cast, 'RWX', 2)) as [string, string];
    const other = new pg.Client(appPoolSettings(app.database.url, 1));
    await other.connect();
    try {
      await other.query('begin');
      await other.query(`select set_config('exemplar.reach', 'all', true)`);
      // As another submission holds it.
      await other.query('select from agreement where id = $1 for share', [agreed.id]);
      expect((await submitted(cast.lead, first)).status).toBe(200);
      await other.query(`update agreement set state = 'suspended' where id = $1`, [agreed.id]);
      const waiting = submitted(cast.lead, second);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await other.query('commit');
      expect(tally([await waiting])).toEqual({ '409 agreement-not-active': 1 });
      expect(await journalsOf([second], 'claim')).toBe(0);
    } finally {
      await app.database.sql(`update agreement set state = 'active' where id = $1`, [agreed.id]);
      await other.end();
    }
  });

  test('submissions, approvals and rejections of one agreement at once all come through, and none waits for ever', async () => {
    const [approving, rejecting] = [
      await provedDraft(app, cast, agreed, [costLine(project, 111)]),
      await provedDraft(app, cast, agreed, [costLine(project, 222)]),
    ];
    for (const id of [approving, rejecting]) await takeTo(app, cast, id, 'recommendation');
    const ids = await certified(agreed, cast, 'RWX', 40);
    const outcomes = await Promise.all([
      ...ids.slice(0, 20).map((id) => submitted(cast.lead, id)),
      claimStep(app, cast.officer, approving, 'approval', {}),
      claimStep(app, cast.manager, rejecting, 'rejection', { reason: 'No.' }),
      ...ids.slice(20).map((id) => submitted(cast.lead, id)),
    ]);
    expect(outcomes.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    expect(await journalsOf(ids, 'claim')).toBe(40);
    expect(await unbalanced(app)).toEqual([]);
  });
});
