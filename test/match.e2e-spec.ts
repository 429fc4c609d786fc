import { startTestApp, type TestApp } from './support/app.js';
import { beginClaim, costLine, saveClaim } from './support/claims.js';
import { rowCounts } from './support/counts.js';
import { pdf } from './support/evidence.js';
import {
  changePledge,
  evidenced,
  type MatchAnswer,
  matchStep,
  passGrant,
  pledge,
  proofOf,
  readMatch,
  sendProof,
  takeBackGrant,
} from './support/match.js';
import { type InForce, putInForce } from './support/money.js';
import { tamper } from './support/notary.js';
import { SLUG } from './support/returns.js';

/** What a trust puts beside the grant: pledged, evidenced, accepted by another person (domain.md section 3). */
const LINE = '2017/18 capital';
/** What the award agrees of match in that line. */
const AGREED = 150_000_000;

let app: TestApp;
let lead: string;
let director: string;
let assessor: string;
let mersey: InForce;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-02-15' } });
  [lead, director, assessor] = await Promise.all([
    app.as('trust-lead', 'RW4'),
    app.as('trust-finance-director', 'RW4'),
    app.as('assessor'),
  ]);
  mersey = await putInForce(app, 'RW4');
});
afterAll(() => app?.stop());

const idOf = async (key: string): Promise<string> => (await app.actorOf(key)).id;
const begun = async (body: object = {}): Promise<string> => {
  const answer = await pledge(app, lead, mersey, body);
  expect([answer.status, answer.codes]).toEqual([201, []]);
  return answer.body.id;
};
const step = (key: string, id: string, noun: string, body?: object, revision?: number | null) =>
  matchStep(app, key, id, noun, body, revision);

/** What stands as match of a line, in pence; what is empty left out. */
async function matchOf({ lines }: InForce, line = LINE): Promise<Record<string, number>> {
  const rows = await app.database.sql<{ stage: string; pence: number }>(
    `select stage, balance_pence::float8 as pence from account
     where line_id = $1 and source = 'match' and stage <> 'outside' and balance_pence <> 0`,
    [lines[line]],
  );
  return Object.fromEntries(rows.map(({ stage, pence }) => [stage, pence]));
}

const journalsOf = async (id: string) =>
  (
    await app.database.sql<{ kind: string; pence: number }>(
      'select kind, total_pence::float8 as pence from journal where contribution_id = $1 order by id',
      [id],
    )
  ).map(({ kind, pence }) => [kind, pence]);

describe('its life', () => {
  test('a pledge is recorded as it was sent, and can be changed and withdrawn', async () => {
    const { status, body } = await pledge(app, lead, mersey, { amountPence: 12_500 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      reference: expect.stringMatching(/^MAT-\d{5}$/),
      agreement: { id: mersey.id, reference: 'TEST-RW4' },
      trust: { odsCode: 'RW4' },
      financialYear: '2017/18',
      kind: 'capital',
      type: 'cash',
      typeLabel: 'Cash',
      category: null,
      valuation: 'invoice',
      state: 'pledged',
      counts: false,
      expectedOn: '2018-03-31',
      amountPence: 12_500,
      netPence: null,
      recordedBy: [{ id: await idOf(lead), name: 'trust-lead RW4' }],
      evidencedBy: null,
      decidedBy: null,
      evidence: [],
      illustrative: false,
      revision: 1,
    });
    expect(await readMatch(app, assessor, body.id)).toEqual(body);
    expect(await journalsOf(body.id)).toEqual([]);

    const changed = await changePledge(app, director, body.id, {
      type: 'staff-release',
      valuation: 'payroll',
      kind: 'revenue',
      financialYear: '2018/19',
      expectedOn: '2018-06-30',
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        type: 'staff-release',
        typeLabel: 'Staff released to the programme',
        financialYear: '2018/19',
        kind: 'revenue',
        amountPence: 12_500,
        description: 'Ward tablets',
        recordedBy: [{ name: 'trust-lead RW4' }, { name: 'trust-finance-director RW4' }],
        revision: 2,
      },
    });
    expect(await step(lead, body.id, 'withdrawal')).toMatchObject({
      status: 200,
      body: { state: 'withdrawn', revision: 3 },
    });
    expect(await step(lead, body.id, 'withdrawal')).toMatchObject({ status: 409, codes: ['wrong-state'] });
    expect(await changePledge(app, lead, body.id, { amountPence: 1 })).toMatchObject({
      status: 409,
      codes: ['wrong-state'],
    });
    expect((await sendProof(app, lead, body.id)).body.blockers).toMatchObject([
      { code: 'contribution-closed' },
    ]);
  });

  test('from pledged to accepted, with the postings of each step', async () => {
    const before = await matchOf(mersey);
    const id = await begun({ amountPence: 10_000 });
    expect(await step(lead, id, 'evidencing', proofOf(10_000))).toMatchObject({
      status: 409,
      codes: ['evidence-missing'],
    });
    const { revision } = await readMatch(app, lead, id);
    const sent = await sendProof(app, lead, id).expect(201);
    expect(sent.headers.location).toBe(`/v1/cost-evidence/${sent.body.id}`);
    expect(sent.body).toMatchObject({ contribution: id, claim: null, counts: true });
    // Whoever changes it has to have seen the evidence.
    expect(await step(lead, id, 'evidencing', proofOf(10_000), revision)).toMatchObject({ status: 412 });
    expect(await step(lead, id, 'evidencing', proofOf(10_000), null)).toMatchObject({ status: 428 });

    const proof = proofOf(11_500, { netPence: 10_000, vatPence: 2_000, recoverableVatPence: 500 });
    const proved = await step(lead, id, 'evidencing', proof);
    expect(proved).toMatchObject({
      status: 200,
      body: {
        state: 'evidenced',
        counts: false,
        ...proof,
        evidencedBy: { id: await idOf(lead) },
        countingEvidence: 1,
        evidence: [{ id: sent.body.id }],
      },
    });
    expect(await matchOf(mersey)).toEqual({ ...before, pledged: AGREED - 11_500, evidenced: 11_500 });

    expect(await step(assessor, id, 'acceptance', {})).toMatchObject({
      status: 200,
      body: { state: 'accepted', counts: true, decidedBy: { id: await idOf(assessor) } },
    });
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED - 11_500, accepted: 11_500 });
    expect(await journalsOf(id)).toEqual([
      ['evidence', 11_500],
      ['accept', 11_500],
    ]);
    const [posting] = await app.database.sql(
      `select p.incurred_on::text as day from posting p join journal j on j.id = p.journal_id
       where j.contribution_id = $1 and j.kind = 'evidence'`,
      [id],
    );
    expect(posting).toEqual({ day: '2017-10-02' });

    const withdrawn = await app
      .request('post', `/v1/cost-evidence/${sent.body.id}/withdrawal`, lead)
      .set('If-Match', '"1"')
      .send({ reason: 'Elsewhere' });
    expect([withdrawn.status, withdrawn.body.blockers[0].code]).toEqual([409, 'evidence-relied-on']);

    // Put back, so that the other tests find the line as it was agreed.
    await step(assessor, id, 'acceptance-reversal');
    await step(assessor, id, 'rejection');
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED });
  });

  test('an acceptance is taken back, and the contribution can be decided on anew', async () => {
    const { id } = await evidenced(app, lead, mersey, { amountPence: 700 });
    await step(assessor, id, 'acceptance', {});
    expect(await step(assessor, id, 'rejection')).toMatchObject({ status: 409, codes: ['wrong-state'] });
    expect(await step(assessor, id, 'acceptance-reversal', {})).toMatchObject({
      status: 400,
      codes: ['missing'],
    });
    expect(await step(assessor, id, 'acceptance-reversal', { reason: 'Of 2016.' })).toMatchObject({
      status: 200,
      body: {
        state: 'evidenced',
        counts: false,
        decidedBy: null,
        decidedAt: null,
        decisionReason: 'Of 2016.',
      },
    });
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED - 700, evidenced: 700 });
    expect(await step(assessor, id, 'acceptance', {})).toMatchObject({ body: { state: 'accepted' } });
    await step(assessor, id, 'acceptance-reversal');
    expect(await journalsOf(id)).toEqual([
      ['evidence', 700],
      ['accept', 700],
      ['reverse', 700],
      ['accept', 700],
      ['reverse', 700],
    ]);
    await step(assessor, id, 'rejection');
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED });
    const [entry] = await app.database.sql(
      `select actor_role as role, reason from log_entry where subject_id = $1 and action = 'contribution.take-back'
       order by number`,
      [id],
    );
    expect(entry).toEqual({ role: 'assessor', reason: 'Of 2016.' });
  });

  test('what is rejected is proved anew, with evidence that is uploaded anew', async () => {
    const file = { supplier: 'Cables & Co', reference: 'R-1' };
    const { id, evidence } = await evidenced(app, lead, mersey, { amountPence: 900 }, { label: file });
    expect(await step(assessor, id, 'rejection', { reason: 'VAT is got back.' })).toMatchObject({
      status: 200,
      body: {
        state: 'rejected',
        counts: false,
        decisionReason: 'VAT is got back.',
        decidedBy: { id: await idOf(assessor) },
        countingEvidence: 0,
        evidence: [{ id: evidence[0]?.id, counts: false }],
      },
    });
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED });
    expect(await step(lead, id, 'evidencing', proofOf(750))).toMatchObject({
      status: 409,
      codes: ['evidence-missing'],
    });
    expect(await changePledge(app, lead, id, { amountPence: 750 })).toMatchObject({ status: 200 });
    await sendProof(app, lead, id, undefined, file).expect(201);
    expect(await step(lead, id, 'evidencing', proofOf(750))).toMatchObject({
      status: 200,
      body: { state: 'evidenced', amountPence: 750, decidedBy: null, decisionReason: null },
    });
    await step(assessor, id, 'rejection');
    expect(await journalsOf(id)).toEqual([
      ['evidence', 900],
      ['unevidence', 900],
      ['evidence', 750],
      ['unevidence', 750],
    ]);
  });

  test('a trust may match more than it agreed, and what went beyond goes back with a rejection', async () => {
    const of = { financialYear: '2017/18', kind: 'revenue' };
    const line = '2017/18 revenue';
    expect(await matchOf(mersey, line)).toEqual({ pledged: 50_000_000 });
    const first = await evidenced(app, lead, mersey, { ...of, amountPence: 49_999_999 });
    expect(await journalsOf(first.id)).toEqual([['evidence', 49_999_999]]);
    const second = await evidenced(app, lead, mersey, { ...of, amountPence: 101 });
    expect(await journalsOf(second.id)).toEqual([
      ['pledge', 100],
      ['evidence', 101],
    ]);
    expect(await step(assessor, second.id, 'acceptance', {})).toMatchObject({ status: 200 });
    expect(await matchOf(mersey, line)).toEqual({ evidenced: 49_999_999, accepted: 101 });
    // The other one goes: what is accepted is within the agreement again.
    await step(assessor, first.id, 'rejection');
    expect(await matchOf(mersey, line)).toEqual({ pledged: 50_000_000 - 101, accepted: 101 });
  });

  test('many evidenced at once pledge beyond the agreement exactly what is more than agreed', async () => {
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED });
    const each = 20_000_000;
    const ids = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const id = await begun({ amountPence: each });
        await sendProof(app, lead, id).expect(201);
        return id;
      }),
    );
    const answers = await Promise.all(ids.map((id) => step(lead, id, 'evidencing', proofOf(each))));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
    expect(await matchOf(mersey)).toEqual({ evidenced: 10 * each });
    const [beyond] = await app.database.sql(
      `select sum(total_pence)::float8 as pence from journal where kind = 'pledge' and contribution_id = any ($1)`,
      [ids],
    );
    expect(beyond).toEqual({ pence: 10 * each - AGREED });

    const [one, ...others] = ids as [string, ...string[]];
    const { revision } = await readMatch(app, assessor, one);
    const assessors = await Promise.all(Array.from({ length: 10 }, () => app.as('assessor')));
    const accepted = await Promise.all(assessors.map((key) => step(key, one, 'acceptance', {}, revision)));
    expect(accepted.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)]);
    expect(await matchOf(mersey)).toEqual({ evidenced: 9 * each, accepted: each });

    await Promise.all(others.map((id) => step(assessor, id, 'rejection')));
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED - each, accepted: each });
    await step(assessor, one, 'acceptance-reversal');
    await step(assessor, one, 'rejection');
    expect(await matchOf(mersey)).toEqual({ pledged: AGREED });
  });

  test('whoever recorded, changed, proved or evidenced it does not decide on it', async () => {
    const { id } = await evidenced(app, lead, mersey);
    const other = await app.as('assessor');
    for (const column of ['recorded_by = array[$2::uuid]', 'evidenced_by = $2']) {
      await app.database.sql(`update contribution set ${column} where id = $1`, [id, await idOf(other)]);
      for (const noun of ['acceptance', 'rejection'])
        expect(await step(other, id, noun)).toMatchObject({ status: 409, codes: ['accepter-is-preparer'] });
      await expect(
        app.database.sql('update contribution set decided_by = $2 where id = $1', [id, await idOf(other)]),
      ).rejects.toMatchObject({ constraint: 'match_accepter_is_neither' });
    }
    await app.database.sql('update contribution set evidenced_by = $2 where id = $1', [id, await idOf(lead)]);
    // Whoever only uploaded evidence counts among those who recorded it.
    await sendProof(app, director, id).expect(201);
    expect((await readMatch(app, lead, id)).recordedBy).toContainEqual({
      id: await idOf(director),
      name: 'trust-finance-director RW4',
    });
    for (const key of [lead, director, await app.as('programme-manager'), await app.as('auditor')])
      expect(await step(key, id, 'acceptance', {})).toMatchObject({ status: 403 });
    expect(await step(assessor, id, 'acceptance', {})).toMatchObject({ status: 200 });
    await tamper(
      app.database,
      'update contribution set recorded_by = recorded_by || $2::uuid where id = $1',
      [id, await idOf(other)],
    );
    expect(await step(other, id, 'acceptance-reversal')).toMatchObject({
      status: 409,
      codes: ['accepter-is-preparer'],
    });
    for (const key of [assessor, await app.as('auditor'), await app.as('finance-officer')])
      expect(await pledge(app, key, mersey)).toMatchObject({ status: 403 });
  });

  test('a pledge is made once, however often it is sent', async () => {
    const { sql } = app.database;
    const count = async () =>
      (await sql<{ count: number }>('select count(*)::int as count from contribution'))[0]?.count as number;
    const before = await count();
    const send = () =>
      app
        .request('post', `/v1/agreements/${mersey.id}/contributions`, lead)
        .set('Idempotency-Key', 'one-pledge-and-no-more')
        .send({
          type: 'cash',
          description: 'Once',
          valuation: 'invoice',
          financialYear: '2017/18',
          kind: 'capital',
          amountPence: 1,
          expectedOn: '2018-03-31',
        });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  test('the contributions of an agreement, a page at a time, by state', async () => {
    const all: string[] = [];
    let next: string | undefined = `/v1/agreements/${mersey.id}/contributions?limit=7`;
    while (next) {
      const { body, headers }: { body: { items: MatchAnswer['body'][] }; headers: Record<string, string> } =
        await app.request('get', next, assessor).expect(200);
      expect(body.items.length).toBeLessThanOrEqual(7);
      all.push(...body.items.map(({ id }) => id));
      next = /<([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1];
    }
    const rows = await app.database.sql<{ id: string; state: string }>(
      'select id, state from contribution where agreement_id = $1 order by id',
      [mersey.id],
    );
    expect(all.length).toBeGreaterThan(15);
    expect(all).toEqual(rows.map(({ id }) => id));
    const path = `/v1/agreements/${mersey.id}/contributions?limit=200&state=`;
    for (const state of ['accepted', 'rejected', 'withdrawn']) {
      const { body } = await app.request('get', path + state, lead).expect(200);
      const wanted = rows.filter((row) => row.state === state).map(({ id }) => id);
      expect(wanted.length).toBeGreaterThan(0);
      expect(body.items.map(({ id }: { id: string }) => id)).toEqual(wanted);
    }
    await app.request('get', `${path}none`, lead).expect(400);
  });
});

describe('what the database itself refuses', () => {
  let waiting: MatchAnswer['body'];
  let counted: MatchAnswer['body'];
  beforeAll(async () => {
    waiting = await evidenced(app, lead, mersey, { amountPence: 10 });
    counted = await evidenced(app, lead, mersey, { amountPence: 20 });
    await step(assessor, counted.id, 'acceptance', {});
  });

  test.each([
    ['evidenced_match_is_fixed', 'amount_pence = 1'],
    ['evidenced_match_is_fixed', 'net_pence = 1_000'],
    ['evidenced_match_is_fixed', "incurred_on = '2017-10-03'"],
    ['evidenced_match_is_fixed', "valuation = 'payroll'"],
  ])('%s: %s', async (constraint, change) => {
    for (const { id } of [waiting, counted])
      await expect(
        app.database.sql(`update contribution set ${change} where id = $1`, [id]),
      ).rejects.toMatchObject({ constraint });
  });

  test('a rejected one is one of the states, of an amount, with no more VAT back than was paid', async () => {
    const { id } = await evidenced(app, lead, mersey, { amountPence: 50 });
    await step(assessor, id, 'rejection');
    for (const [constraint, change] of [
      ['contribution_vat', 'vat_pence = 1, recoverable_vat_pence = 2'],
      ['contribution_amount', 'amount_pence = 0'],
      ['contribution_state', "state = 'counted'"],
    ])
      await expect(
        app.database.sql(`update contribution set ${change} where id = $1`, [id]),
      ).rejects.toMatchObject({ constraint });
  });

  test.each([
    ['contribution_is_not_vat', 'amount_pence = amount_pence + 1'],
    ['contribution_proved', 'incurred_on = null'],
    ['contribution_proved', 'evidenced_by = null'],
  ])('%s: evidenced with %s', async (constraint, change) => {
    const id = await begun({ amountPence: 30 });
    const [{ evidenced_by: by } = { evidenced_by: '' }] = await app.database.sql<{ evidenced_by: string }>(
      'select evidenced_by from contribution where id = $1',
      [waiting.id],
    );
    const proof = `net_pence = 30, vat_pence = 0, recoverable_vat_pence = 0, incurred_on = '2017-10-02', evidenced_by = '${by}'`;
    const column = change.split(' ')[0] as string;
    const kept = proof.split(', ').filter((each) => !each.startsWith(`${column} =`));
    await expect(
      app.database.sql(
        `update contribution set ${[...kept, change].join(', ')}, state = 'evidenced' where id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint });
  });

  test.each([
    "supplier = 'Another'",
    "reference = 'Another'",
    `sha256 = repeat('a', 64)`,
    'contribution_id = null, claim_id = uuidv7()',
    "storage_key = 'elsewhere'",
    'uploaded_by = uuidv7()',
  ])('evidence of a cost never changes: %s', async (change) => {
    await expect(
      app.database.sql(`update cost_evidence set ${change} where contribution_id = $1`, [counted.id]),
    ).rejects.toMatchObject({ constraint: 'evidence_of_cost_is_fixed' });
  });

  test('what counts no more never counts again', async () => {
    const { id } = await evidenced(app, lead, mersey, { amountPence: 40 });
    await step(assessor, id, 'rejection');
    await expect(
      app.database.sql('update cost_evidence set counts = true where contribution_id = $1', [id]),
    ).rejects.toMatchObject({ constraint: 'evidence_of_cost_is_fixed' });
  });
});

describe('what is refused leaves nothing behind', () => {
  let id: string;
  beforeAll(async () => {
    id = await begun({ amountPence: 10_000 });
    await sendProof(app, lead, id).expect(201);
  });

  async function refused(ask: () => PromiseLike<MatchAnswer>): Promise<[number, string[]]> {
    const before = await rowCounts(app.database);
    const answer = await ask();
    expect(await rowCounts(app.database)).toEqual(before);
    return [answer.status, answer.codes];
  }

  test.each<[string, object, number, string]>([
    ['nothing', { amountPence: 0 }, 409, 'nothing-contributed'],
    ['less than nothing', { amountPence: -1 }, 400, 'invalid'],
    ['half a penny', { amountPence: 0.5 }, 400, 'invalid'],
    ['more than there is', { amountPence: 9_000_000_000_001 }, 400, 'invalid'],
    ['pounds in words', { amountPence: '100' }, 400, 'invalid'],
    ['a type that does not count', { type: 'goodwill' }, 409, 'unknown-match-type'],
    ['a category that there is not', { category: 'software' }, 409, 'unknown-category'],
    ['a valuation that there is not', { valuation: 'guess' }, 400, 'invalid'],
    ['a year that is none', { financialYear: '2017/19' }, 400, 'invalid'],
    ['a line that there is not', { financialYear: '2020/21', expectedOn: '2020-06-30' }, 409, 'unknown-line'],
    ['a day that is none', { expectedOn: '2018-02-30' }, 400, 'invalid'],
    ['a day before its year', { expectedOn: '2017-03-31' }, 409, 'expected-before-year'],
    ['a state', { state: 'accepted' }, 400, 'unknown-field'],
    ['a patient', { description: 'Of 943 476 5919' }, 400, 'nhs-number'],
  ])('a pledge of %s', async (_, body, status, code) => {
    const [answered, codes] = await refused(() => pledge(app, lead, mersey, body));
    expect([answered, codes.includes(code) || code]).toEqual([status, true]);
    const changed = await refused(() => changePledge(app, lead, id, body));
    expect([changed[0], changed[1].includes(code) || code]).toEqual([status, true]);
  });

  test.each<[string, object, number, string[]]>([
    ['less than nothing', { vatPence: -1 }, 400, ['invalid']],
    ['half a penny', { netPence: 10_000.5 }, 400, ['invalid']],
    ['more VAT got back than there is', { vatPence: 99, recoverableVatPence: 100 }, 409, ['recoverable-vat']],
    [
      'the VAT that is got back',
      { netPence: 9_000, vatPence: 1_800, recoverableVatPence: 1_800 },
      409,
      ['more-than-cost'],
    ],
    ['a penny more than the cost', { netPence: 9_999 }, 409, ['more-than-cost']],
    [
      'a day outside the window',
      { incurredOn: '2017-03-31' },
      409,
      ['cost-outside-window', 'cost-outside-year'],
    ],
    [
      'another year',
      { incurredOn: '2018-04-01', invoicedOn: null, defrayedOn: '2018-04-01' },
      409,
      ['cost-outside-year', 'cost-to-come', 'payment-to-come', 'invoice-missing'],
    ],
    [
      'a day to come',
      { incurredOn: '2018-02-16', invoicedOn: '2018-02-16', defrayedOn: '2018-02-16' },
      409,
      ['cost-to-come', 'invoice-to-come', 'payment-to-come'],
    ],
    ['an invoice before the cost', { invoicedOn: '2017-10-01' }, 409, ['invoice-before-cost']],
    ['cash that was not paid', { defrayedOn: null }, 409, ['payment-missing']],
    ['no day', { incurredOn: null }, 400, ['invalid']],
  ])('evidence of %s', async (_, proof, status, codes) =>
    expect(await refused(() => step(lead, id, 'evidencing', proofOf(10_000, proof)))).toEqual([
      status,
      codes,
    ]),
  );

  test('a valuation that does not fit its type', async () => {
    await changePledge(app, lead, id, { type: 'staff-release', valuation: 'market-rate' });
    const proof = proofOf(10_000, { invoicedOn: null, defrayedOn: null });
    expect(await refused(() => step(lead, id, 'evidencing', proof))).toEqual([
      409,
      ['valuation-not-of-type'],
    ]);
    await changePledge(app, lead, id, { type: 'cash', valuation: 'invoice' });
  });

  test("another trust's is not there", async () => {
    const stranger = await app.as('trust-lead', 'RXT');
    const before = await rowCounts(app.database);
    const { body: sent } = await sendProof(app, lead, id);
    const paths = [
      `contributions/${id}`,
      `contributions/${id}/evidence`,
      `agreements/${mersey.id}/contributions`,
      `cost-evidence/${sent.id}`,
      `cost-evidence/${sent.id}/content`,
    ];
    for (const path of paths) await app.request('get', `/v1/${path}`, stranger).expect(404);
    expect(await pledge(app, stranger, mersey)).toMatchObject({ status: 404 });
    for (const noun of ['withdrawal', 'evidencing'])
      expect(
        await step(stranger, id, noun, noun === 'evidencing' ? proofOf(1) : { reason: 'x' }, 1),
      ).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await sendProof(app, stranger, id)).status).toBe(404);
    const patch = app.request('patch', `/v1/contributions/${id}`, stranger).set('If-Match', '"1"');
    expect((await patch.send({ amountPence: 1 })).status).toBe(404);
    const withdrawal = app.request('post', `/v1/cost-evidence/${sent.id}/withdrawal`, stranger);
    expect((await withdrawal.set('If-Match', '"1"').send({ reason: 'x' })).status).toBe(404);
    expect((await rowCounts(app.database)).contribution).toBe(before.contribution);
    expect((await readMatch(app, lead, id)).state).toBe('pledged');
  });

  test('what was read before somebody changed it', async () => {
    const { revision } = await readMatch(app, lead, id);
    await changePledge(app, director, id, { description: 'Changed' });
    for (const noun of ['withdrawal', 'evidencing'])
      expect(
        await step(lead, id, noun, noun === 'evidencing' ? proofOf(1) : { reason: 'x' }, revision),
      ).toMatchObject({ status: 412, body: { code: 'stale' } });
    for (const match of [revision, null]) {
      const request = app.request('patch', `/v1/contributions/${id}`, lead);
      if (match !== null) request.set('If-Match', `"${match}"`);
      expect((await request.send({ amountPence: 1 })).status).toBe(match === null ? 428 : 412);
    }
  });

  test('an agreement that is not in force, and one that has ended', async () => {
    const own = await evidenced(app, lead, mersey, { amountPence: 300 });
    await step(assessor, own.id, 'acceptance', {});
    const waiting = await evidenced(app, lead, mersey, { amountPence: 200 });
    const states = (state: string) =>
      app.database.sql('update agreement set state = $2 where id = $1', [mersey.id, state]);
    try {
      for (const state of ['signed', 'closed', 'novated']) {
        await states(state);
        for (const ask of [
          () => pledge(app, lead, mersey),
          () => changePledge(app, lead, id, { amountPence: 1 }),
          () => step(lead, id, 'evidencing', proofOf(10_000)),
          () => step(assessor, waiting.id, 'acceptance', {}),
        ])
          expect(await refused(ask)).toEqual([409, ['agreement-not-in-force']]);
      }
      expect(await step(assessor, own.id, 'acceptance-reversal')).toMatchObject({
        status: 409,
        codes: ['agreement-not-in-force'],
      });
      // An acceptance that was wrong is put right after the end.
      await states('closed');
      expect(await step(assessor, own.id, 'acceptance-reversal')).toMatchObject({ status: 200 });
      await states('suspended');
      expect(await step(assessor, own.id, 'acceptance', {})).toMatchObject({ status: 200 });
    } finally {
      await states('active');
    }
  });
});

describe('the questions that match answers (domain.md section 11)', () => {
  const pounds = (amount: number): number => amount * 100;
  const MILLION = pounds(1_000_000);
  const TRUSTS = ['R1A', 'RNU', 'RV5', 'RWX'] as const;
  type Trust = (typeof TRUSTS)[number];

  let other: TestApp;
  let manager: string;
  let checker: string;
  const leads = {} as Record<Trust, string>;
  const agreed = {} as Record<Trust, InForce>;
  /** Match of RV5 that the auditor's test takes back. */
  let surplus: { id: string };

  const get = async (path: string, key: string, status = 200) =>
    (await other.request('get', `/v1/programmes/${SLUG}/${path}`, key).expect(status)).body;
  const proved = (trust: Trust, amountPence: number, body: object = {}, more: object = {}) =>
    evidenced(other, leads[trust], agreed[trust], { amountPence, ...body }, more);
  async function accepted(trust: Trust, amountPence: number, body: object = {}, more: object = {}) {
    const { id, reference } = await proved(trust, amountPence, body, more);
    expect(await matchStep(other, checker, id, 'acceptance', {})).toMatchObject({ status: 200 });
    return { id, reference };
  }

  beforeAll(async () => {
    other = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-02-15' } });
    [manager, checker] = await Promise.all([other.as('programme-manager'), other.as('assessor')]);
    for (const trust of TRUSTS) {
      leads[trust] = await other.as('trust-lead', trust);
      agreed[trust] = await putInForce(other, trust);
    }
    await other.database.sql(
      `update milestone set forecast_on = '2018-04-15' where id in (select milestone_id from tranche_milestone)`,
    );
    // An advance that nothing is accepted beside; a delivery beyond what is accepted; an advance with match to spare.
    for (const trust of ['RNU', 'RV5', 'R1A'] as const) await passGrant(other, agreed[trust], 1, MILLION);
    await proved('RNU', pounds(600_000));
    for (const [amountPence, expectedOn] of [
      [pounds(200_000), '2018-01-31'],
      [pounds(3_900_000), '2018-04-15'],
      [pounds(300_000), '2018-04-16'],
    ])
      await pledge(other, leads.RNU, agreed.RNU, { amountPence, expectedOn });

    await accepted('RV5', pounds(1_100_000));
    surplus = await accepted('RV5', pounds(400_000));
    await passGrant(other, agreed.RV5, 2, pounds(500_000));
    await passGrant(other, agreed.RV5, 2, pounds(400_000), { paid: false, line: '2017/18 revenue' });
    await accepted('R1A', pounds(1_200_000));
    await takeBackGrant(other, agreed.R1A, 'recover', pounds(300_000));
    await takeBackGrant(other, agreed.R1A, 'write-off', pounds(100_000));
  });
  afterAll(() => other?.stop());

  test('programme manager 2: who is below the match ratio, and who will be at the next gate?', async () => {
    const body = await get('match', manager);
    expect(body.asOn).toBe('2018-02-15');
    expect(body.totals).toEqual({
      agreements: 4,
      belowRatio: 1,
      belowAtNextGate: 3,
      trustsBelowRatio: 1,
      trustsBelowAtNextGate: 3,
      grantPence: pounds(1_000_000 + 1_900_000 + 700_000),
      requiredPence: pounds(3_600_000),
      acceptedPence: pounds(1_500_000 + 1_200_000),
      evidencedPence: pounds(600_000),
      pledgedPence: pounds(4_400_000),
      shortfallPence: pounds(1_000_000 + 400_000),
      unexplainedPence: pounds(400_000),
      stillToAcceptPence: pounds(5_000_000 + 3_500_000 + 3_500_000 + 5_000_000),
    });
    const of = (ods: Trust) =>
      body.items.find(({ trust }: { trust: { odsCode: string } }) => trust.odsCode === ods);
    expect(body.items.map(({ trust }: { trust: { odsCode: string } }) => trust.odsCode)).toEqual(TRUSTS);

    // An advance was paid and nothing is accepted: an explicit exception, and no exception at the gate after it.
    expect(of('RNU')).toMatchObject({
      agreement: { id: agreed.RNU.id, reference: 'TEST-RNU', state: 'active' },
      ratio: { matchPence: 1, perGrantPence: 1 },
      now: {
        grantPence: MILLION,
        requiredPence: MILLION,
        shortfallPence: MILLION,
        advancedPence: MILLION,
        explainedByAdvancePence: MILLION,
      },
      acceptedPence: 0,
      evidencedPence: pounds(600_000),
      pledgedPence: pounds(4_400_000),
      overduePence: pounds(200_000),
      belowRatio: false,
      belowAtNextGate: true,
      nextGate: 2,
      gates: [
        {
          tranche: { id: agreed.RNU.tranches[1], number: 1, basis: 'advance' },
          passed: true,
          exempt: true,
          remainingPence: 0,
          stillToAcceptPence: 0,
        },
        {
          tranche: { id: agreed.RNU.tranches[2], number: 2, basis: 'delivery' },
          expectedOn: '2018-04-15',
          passed: false,
          exempt: false,
          remainingPence: 4 * MILLION,
          grantPence: 5 * MILLION,
          requiredPence: 5 * MILLION,
          // What is pledged for the day after is not there yet.
          forecastMatchPence: pounds(600_000 + 200_000 + 3_900_000),
          shortfallPence: pounds(300_000),
          stillToAcceptPence: 5 * MILLION,
        },
      ],
    });
    expect(of('RV5')).toMatchObject({
      now: {
        grantPence: pounds(1_900_000),
        shortfallPence: pounds(400_000),
        advancedPence: MILLION,
        explainedByAdvancePence: 0,
      },
      paid: { grantPence: pounds(1_500_000), shortfallPence: 0 },
      belowRatio: true,
      nextGate: 2,
      gates: [
        { passed: true },
        { remainingPence: pounds(3_100_000), grantPence: 5 * MILLION, shortfallPence: pounds(3_500_000) },
      ],
    });
    // What was recovered needs no match any more; what was written off was paid all the same.
    expect(of('R1A')).toMatchObject({
      now: { grantPence: pounds(700_000), shortfallPence: 0, advancedPence: pounds(700_000) },
      inAll: { grantPence: pounds(4_700_000) },
      belowRatio: false,
      belowAtNextGate: true,
    });
    // The next gate is an advance: it asks for no match.
    expect(of('RWX')).toMatchObject({ now: { grantPence: 0 }, nextGate: 1, belowAtNextGate: false });

    const paged: string[] = [];
    let next: string | null = 'match?limit=1';
    while (next) {
      const page: typeof body = await get(next, manager);
      expect(page.totals).toEqual(body.totals);
      paged.push(...page.items.map(({ trust }: { trust: { odsCode: string } }) => trust.odsCode));
      next = page.next && `match?limit=1&after=${page.next}`;
    }
    expect(paged).toEqual([...TRUSTS]);
    await get('match?after=x', manager, 400);
    await get('match', await other.as('administrator'), 403);
  });

  test('a trust asks the same of itself alone', async () => {
    const body = await get('match', leads.RV5);
    expect(body.items).toHaveLength(1);
    expect(body.totals).toMatchObject({ agreements: 1, shortfallPence: pounds(400_000) });
    await get('trusts/RNU/match', leads.RV5, 404);
    await get('trusts/RXX/match', manager, 404);
    await other.request('get', '/v1/programmes/none/match', manager).expect(404);
    expect(await get('trusts/RXT/match', manager)).toMatchObject({
      trust: { odsCode: 'RXT' },
      totals: { agreements: 0 },
      agreements: [],
    });
  });

  test('project lead 5: how much more match is needed, which evidence counts?', async () => {
    const rejected = await proved('RNU', pounds(50_000));
    await matchStep(other, checker, rejected.id, 'rejection', { reason: 'Of another project.' });
    const body = await get('trusts/RNU/match', leads.RNU);
    expect(body).toMatchObject({ asOn: '2018-02-15', trust: { odsCode: 'RNU' }, totals: { agreements: 1 } });
    const [own] = body.agreements;
    expect(own).toMatchObject({
      now: { shortfallPence: MILLION },
      inAll: {
        grantPence: 5 * MILLION,
        requiredPence: 5 * MILLION,
        shortfallPence: 5 * MILLION,
        notYetPledgedPence: 0,
      },
    });
    const shown = own.contributions.map((each: MatchAnswer['body'] & { because: string }) => [
      each.state,
      each.amountPence,
      each.counts,
      each.evidence.map(({ counts }) => counts),
      each.because,
    ]);
    const pledged = 'It is pledged, and nothing proves it yet.';
    expect(shown).toEqual([
      [
        'evidenced',
        pounds(600_000),
        false,
        [true],
        'It is evidenced, and waits for somebody at the funder to accept it.',
      ],
      ['pledged', pounds(200_000), false, [], pledged],
      ['pledged', pounds(3_900_000), false, [], pledged],
      ['pledged', pounds(300_000), false, [], pledged],
      [
        'rejected',
        pounds(50_000),
        false,
        [false],
        'It was rejected: Of another project. It can be evidenced anew, with evidence of its own.',
      ],
    ]);
    expect(own.contributions[0].evidence[0]).toMatchObject({
      supplier: 'Northern Networks Ltd',
      fileName: 'invoice.pdf',
      counts: true,
    });
    const [counted] = (await get('trusts/RV5/match', leads.RV5)).agreements[0].contributions;
    expect(counted).toMatchObject({ counts: true, state: 'accepted', because: 'It is accepted.' });
  });

  test('auditor 5: where is match missing, in kind, weakly valued or duplicated?', async () => {
    const auditor = await other.as('auditor');
    const before = await get('match-concerns', auditor);
    expect(before.items).toEqual([]);
    // What is paid to RNU is an advance; nothing is missing of RV5 yet.
    expect(before.missing).toMatchObject({ count: 1, amountPence: MILLION, next: null });
    expect(before.missing.items).toMatchObject([
      {
        code: 'match-missing',
        trust: { odsCode: 'RNU' },
        agreement: { id: agreed.RNU.id },
        amountPence: MILLION,
        message:
          '£1,000,000 is paid, which needs £1,000,000 of match; £0 is accepted, so £1,000,000 is missing. £1,000,000 of that goes with an explicit advance, paid before match arises.',
      },
    ]);

    // An acceptance that is taken back is allowed whatever was paid on it, and what is missing then shows.
    expect(await matchStep(other, checker, surplus.id, 'acceptance-reversal')).toMatchObject({ status: 200 });

    const inKind = { type: 'in-kind', valuation: 'independent' };
    const noDays = { proof: { invoicedOn: null, defrayedOn: null } };
    const valued = await accepted('R1A', 7_000, inKind, noDays);
    const guessed = await proved('R1A', 8_000, { ...inKind, valuation: 'estimate' }, noDays);
    const odd = await proved('R1A', 9_000);
    await other.database.sql(
      `begin; set local session_replication_role = replica;
       update contribution set valuation = 'estimate' where id = '${odd.id}'; commit`,
    );

    const printer = { label: { supplier: 'Print & Co' } };
    const twice = await accepted('R1A', 1_234, {}, printer);
    const again = await accepted('RV5', 1_234, {}, { label: { supplier: 'PRINT CO.' } });
    await accepted('RV5', 1_235, {}, printer);

    const claimed = await accepted(
      'RV5',
      2_000,
      {},
      { label: { supplier: 'Cables Ltd', reference: 'C-77' } },
    );
    const sameInvoice = await claimOf('RV5', 1_500, { supplier: 'Cables Ltd', invoiceReference: 'c 77' });
    const sameCost = await claimOf('RV5', 2_000, { supplier: 'cables, ltd', invoiceReference: 'D-1' });
    await claimOf('RV5', 2_001, { supplier: 'Cables Ltd', invoiceReference: 'D-2' });

    const file = pdf();
    const first = await pledge(other, leads.R1A, agreed.R1A);
    await sendProof(other, leads.R1A, first.body.id, file).expect(201);
    await matchStep(other, leads.R1A, first.body.id, 'withdrawal');
    const reused = await pledge(other, leads.RWX, agreed.RWX);
    await sendProof(other, leads.RWX, reused.body.id, file).expect(201);
    await matchStep(other, leads.RWX, reused.body.id, 'evidencing', proofOf(10_000));

    const { missing, items, next } = await get('match-concerns', auditor);
    expect(next).toBeNull();
    expect(
      missing.items.map((each: { trust: { odsCode: string }; amountPence: number; message: string }) => [
        each.trust.odsCode,
        each.amountPence,
        each.message.includes('explicit advance'),
      ]),
    ).toEqual([
      ['RNU', MILLION, true],
      ['RV5', pounds(1_500_000 - 1_100_000) - 1_234 - 1_235 - 2_000, false],
    ]);
    const found = items.flatMap(
      (each: {
        reference: string;
        concerns: Array<{ code: string; amountPence: number; about: Array<{ name: string }> }>;
      }) =>
        each.concerns.map(({ code, amountPence, about }) => [
          each.reference,
          code,
          amountPence,
          about.map(({ name }) => name),
        ]),
    );
    expect(found).toEqual([
      [valued.reference, 'match-in-kind', 7_000, []],
      [guessed.reference, 'match-in-kind', 8_000, []],
      [guessed.reference, 'match-estimated', 8_000, []],
      [odd.reference, 'match-estimated', 9_000, []],
      [odd.reference, 'valuation-not-of-type', 9_000, []],
      [twice.reference, 'match-duplicated', 1_234, [again.reference]],
      [again.reference, 'match-duplicated', 1_234, [twice.reference]],
      [claimed.reference, 'match-duplicated', 2_000, [sameInvoice, sameCost]],
      [reused.body.reference, 'evidence-reused', 10_000, [first.body.reference]],
    ]);
    expect(items[0].concerns[0].message).toBe(
      '£70 is not in cash: Other contributions in kind, valued by an independent valuation.',
    );
    const paged: string[] = [];
    let rest: string | null = 'match-concerns?limit=2';
    while (rest) {
      const page: { items: Array<{ reference: string }>; next: string | null } = await get(rest, auditor);
      paged.push(...page.items.map(({ reference }) => reference));
      rest = page.next && `match-concerns?limit=2&after=${page.next}`;
    }
    expect(paged).toEqual(items.map(({ reference }: { reference: string }) => reference));
    await get('match-concerns', leads.RV5, 403);
    await get('match-concerns', checker, 403);
  });

  /** A claim of a trust with one line, submitted past the people who would. */
  async function claimOf(trust: Trust, pence: number, over: object): Promise<string> {
    const [project] = await other.database.sql<{ code: string }>(
      'select code from project where trust_id = $1 order by code',
      [agreed[trust].trustId],
    );
    const { body } = await beginClaim(other, leads[trust], agreed[trust]);
    const saved = await saveClaim(other, leads[trust], body.id, {
      lines: [costLine(project?.code as string, pence, over)],
    });
    expect([saved.status, saved.codes]).toEqual([200, []]);
    await other.database.sql(
      `begin; set local session_replication_role = replica; update claim set state = 'submitted' where id = '${body.id}'; commit`,
    );
    return body.reference;
  }
});
