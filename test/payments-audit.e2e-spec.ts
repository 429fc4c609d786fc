import { randomUUID } from 'node:crypto';
import { GateConditions } from '../src/funding/gates/gate-conditions.js';
import type { PaymentChain } from '../src/funding/payments/payment-chain.queries.js';
import type { PeopleByDuty } from '../src/funding/payments/payment-duties.rules.js';
import { inForce } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import {
  advanceLine,
  beginClaim,
  claimStep,
  costLine,
  provedDraft,
  readClaim,
  saveClaim,
  takeTo,
} from './support/claims.js';
import { pdf, sendEvidence, sha256 } from './support/evidence.js';
import { evidenced, matchStep } from './support/match.js';
import { type InForce, putInForce } from './support/money.js';
import {
  approvedClaim,
  openAgreement,
  type PaymentAnswer,
  type PaymentCast,
  paidClaim,
  paymentCast,
  paymentStep,
  projectOf,
  raise,
  recoveryStep,
  schedule,
  sendExtract,
} from './support/payments.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-05-15';

let app: TestApp;
let auditor: string;
/** Which trust's gates are shut. */
let shut: InForce | undefined;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  auditor = await app.as('auditor');
  app.app.get(GateConditions, { strict: false }).give({
    name: 'nothing is tested',
    codes: ['test-shut'],
    blockers: async () =>
      shut
        ? [
            {
              trustId: shut.trustId,
              trancheId: shut.tranches[2] as string,
              blocker: {
                code: 'test-shut',
                message: 'Shut for a test.',
                about: { kind: 'milestone', id: shut.id, name: 'Go-live' },
                clearedBy: 'The test.',
                dueOn: '2018-06-30',
              },
            },
          ]
        : [],
  });
}, 180_000);
afterAll(() => app?.stop());

const get = async <T>(path: string, key = auditor): Promise<T> =>
  (await app.request('get', path, key).expect(200)).body;
const chainOf = (id: string, key?: string) => get<PaymentChain>(`/v1/payments/${id}/chain`, key);
/** Changes rows past every rule of the database, as somebody with its password could. */
const tamper = (text: string) =>
  app.database.sql(
    `do $tamper$ begin perform set_config('session_replication_role', 'replica', true); ${text}; end $tamper$`,
  );
const person = async (key: string) => {
  const { id, name } = await app.actorOf(key);
  return { id, name };
};

describe('auditor 2: the whole chain of a payment is one answer', () => {
  let cast: PaymentCast;
  let agreement: Awaited<ReturnType<typeof inForce>>;
  let payment: PaymentAnswer['body'];
  const file = pdf({ name: 'plan.pdf' });

  beforeAll(async () => {
    agreement = await inForce(app, 'RXT');
    cast = await paymentCast(app, 'RXT');
    const { id } = agreement.agreement;
    const tranche = agreement.agreement.current.terms.tranches[1] as { milestones: string[] };
    const [milestone] = await app.database.sql<{ id: string }>(
      `select m.id from milestone m join project p on p.id = m.project_id where p.code || '/' || m.code = $1`,
      [tranche.milestones[0]],
    );
    await sendEvidence(app, cast.lead, milestone?.id as string, file).expect(201);
    await app.database.sql(`update milestone set state = 'met', actual_on = '2018-01-20' where id = $1`, [
      milestone?.id,
    ]);
    const category = agreement.agreement.current.terms.eligibility.categories[0]?.code ?? null;
    const match = await evidenced(app, cast.lead, { id }, { amountPence: 50_000, category });
    expect((await matchStep(app, cast.assessor, match.id, 'acceptance', {})).status).toBe(200);
    const agreed = { id } as InForce;
    const lines = [
      costLine(await projectOf(app, 'RXT'), 30_000, { category }),
      costLine(await projectOf(app, 'RXT'), 20_000, { category, kind: 'capital' }),
    ];
    const claim = await provedDraft(app, cast, agreed, lines);
    await takeTo(app, cast, claim, 'approval');
    const booked = await schedule(app, cast.payer, claim);
    expect([booked.status, booked.codes]).toEqual([201, []]);
    payment = (await paymentStep(app, cast.payer, booked.body.id, 'payment-record')).body;
  }, 180_000);

  test('from award to reconciled payment, each link with its id and time, and no gap', async () => {
    expect((await chainOf(payment.id)).gaps).toEqual([
      { code: 'not-reconciled', message: 'No line of an extract was matched with it yet.' },
    ]);
    const extract = await sendExtract(app, cast.payer, [`15/05/2018,${payment.reference},BSMHFT,500.00`]);
    expect(extract.body.items[0]).toMatchObject({ result: 'matched' });
    const { id: recovery } = (await raise(app, cast.payer, payment.claim.id, { amountPence: 5_000 })).body;
    await recoveryStep(app, cast.director, recovery, 'agreement');
    await recoveryStep(app, cast.payer, recovery, 'receipt');

    const chain = await chainOf(payment.id);
    expect(chain.gaps).toEqual([]);
    const { manager, finance, director } = agreement.cast;
    expect(chain).toMatchObject({
      payment: {
        id: payment.id,
        state: 'reconciled',
        amountPence: 50_000,
        paidBy: await person(cast.payer),
        bankReference: payment.bankReference,
        reconciledAt: expect.any(String),
      },
      award: { id: expect.any(String), grantPence: 500_000_000, matchPence: 500_000_000 },
      agreement: {
        id: agreement.agreement.id,
        reference: 'AGR/RXT',
        state: 'active',
        predecessor: null,
        version: {
          number: 1,
          effectiveOn: TODAY,
          preparedBy: await person(manager),
          approvedBy: await person(finance),
          approvedAt: expect.any(String),
          signedBy: await person(director),
          signedAt: expect.any(String),
          changeRequest: null,
        },
      },
      tranche: {
        number: 2,
        milestones: [
          {
            code: 'birmingham-exemplar-programme/programme-plan',
            state: 'met',
            evidence: [
              { fileName: 'plan.pdf', sha256: sha256(file.bytes), uploadedBy: await person(cast.lead) },
            ],
          },
        ],
      },
      claim: {
        id: payment.claim.id,
        state: 'recovered',
        people: {
          preparedBy: [await person(cast.lead)],
          certifiedBy: await person(cast.director),
          submittedBy: await person(cast.lead),
          checkedBy: await person(cast.assessor),
          recommendedBy: await person(cast.assessor),
          approvedBy: await person(cast.officer),
          secondApprovedBy: null,
        },
        lines: [
          { position: 1, approvedPence: 30_000, evidence: expect.any(String) },
          { position: 2, approvedPence: 20_000, evidence: expect.any(String) },
        ],
        evidence: [
          { counts: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
          { counts: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        ],
      },
      extractLines: [
        {
          extract: {
            id: extract.body.id,
            origin: 'bank',
            sha256: extract.body.sha256,
            uploadedBy: await person(cast.payer),
          },
          line: 2,
          bookedOn: TODAY,
          amountPence: 50_000,
          result: 'matched',
        },
      ],
      recoveries: [{ id: recovery, state: 'recovered', amountPence: 5_000 }],
    });
    expect(
      chain.decisions.map(({ step, openedBy, decidedBy, waivers }) => [step, openedBy, decidedBy, waivers]),
    ).toEqual([
      ['approve', 'conditions', await person(cast.officer), []],
      ['schedule', 'conditions', await person(cast.payer), []],
      ['pay', 'conditions', await person(cast.payer), []],
    ]);
    for (const { facts } of chain.decisions)
      expect(facts).toMatchObject({ on: TODAY, proposedPence: 50_000, match: { acceptedPence: 50_000 } });
    expect(
      chain.journals.map(({ kind, totalPence, postings, posted }) => [
        kind,
        totalPence,
        postings.length,
        posted?.by.name,
      ]),
    ).toEqual([
      ['claim', 50_000, 2, (await person(cast.lead)).name],
      ['approve', 50_000, 2, (await person(cast.officer)).name],
      ['pay', 50_000, 2, (await person(cast.payer)).name],
      ['recover', 5_000, 2, (await person(cast.payer)).name],
    ]);
    const times = chain.decisions.map(({ decidedAt }) => decidedAt);
    expect(times).toEqual([...times].sort());
  });

  test('to the trust it is the same, but for whose extract it was', async () => {
    const [funders, trusts] = [await chainOf(payment.id), await chainOf(payment.id, cast.lead)];
    const [line] = trusts.extractLines;
    expect(line?.extract).toMatchObject({ origin: null, fileName: null, sha256: null, uploadedBy: null });
    expect({ ...trusts, extractLines: [] }).toEqual({ ...funders, extractLines: [] });
  });

  test('what somebody took out of it is a gap', async () => {
    const { decisions, claim } = await chainOf(payment.id);
    await tamper(`delete from gate_decision where id = '${decisions[0]?.id}'`);
    await tamper(`update claim set certified_by = null where id = '${claim.id}'`);
    await tamper(
      `update agreement_version set signed_by = null where agreement_id = '${agreement.agreement.id}'`,
    );
    await tamper(`delete from extract_item where payment_id = '${payment.id}'`);
    expect((await chainOf(payment.id)).gaps.map(({ code }) => code)).toEqual([
      'agreement-signatory-missing',
      'certifier-missing',
      'gate-decision-missing',
      'extract-line-missing',
    ]);
  });
});

interface Exceptions {
  lookedAt: { payments: number; decisions: number };
  openedByWaiver: Array<{
    payment: { id: string };
    decision: { id: string; step: string; decidedBy: object };
    waivers: object[];
    waived: object[];
  }>;
  beforeDecision: Array<{ payment: { id: string }; reasons: Array<{ code: string }> }>;
  withoutDecision: Array<{ payment: { id: string }; reasons: Array<{ code: string }> }>;
  advances: Array<{ id: string }>;
}
interface Duties {
  lookedAt: { claims: number; paidClaims: number };
  breaches: Array<{
    payment: { id: string };
    code: string;
    duties: string[];
    people: object[];
    message: string;
  }>;
  overrides: Array<{
    payment: { id: string };
    id: string;
    granterAlso: string[];
    grantedBy: object;
    reason: string;
  }>;
  items: Array<{ payment: { id: string }; duties: Array<{ duty: keyof PeopleByDuty; people: object[] }> }>;
  next: string | null;
}
/** An answer with the items of its lists in their place; all of them fit on a page. */
const listed = <T>({ ...answer }: Record<string, unknown>): T =>
  Object.fromEntries(
    Object.entries(answer).map(([name, list]) => [
      name,
      (list as { items?: unknown[] } | null)?.items ?? list,
    ]),
  ) as T;
const exceptions = async () => listed<Exceptions>(await get(`/v1/programmes/${SLUG}/payment-exceptions`));
const duties = async (query = '') =>
  listed<Duties>(await get(`/v1/programmes/${SLUG}/separation-of-duties?${query}`));
/** What an answer says of one payment. */
const of = <T extends { payment: { id: string } }>(entries: T[], id: string): T[] =>
  entries.filter(({ payment }) => payment.id === id);

describe('auditor 3 and 4', () => {
  let agreed: InForce;
  let cast: PaymentCast;
  let plain: PaymentAnswer['body'];
  let waived: PaymentAnswer['body'];
  let waiver: { id: string };
  let granter: string;

  beforeAll(async () => {
    agreed = await openAgreement(app, 'RW4');
    cast = await paymentCast(app, 'RW4');
    plain = (await paidClaim(app, cast, agreed, 'RW4', 4_000)).payment;
    shut = agreed;
    granter = await app.as('programme-manager');
    const granted = await app
      .request('post', `/v1/tranches/${agreed.tranches[2]}/waivers`, granter)
      .send({ codes: ['test-shut'], reason: 'The wards cannot wait.', authority: 'Board, minute 7' });
    expect(granted.status).toBe(201);
    waiver = granted.body;
    waived = (await paidClaim(app, cast, agreed, 'RW4', 5_000)).payment;
  }, 180_000);
  afterAll(() => {
    shut = undefined;
  });

  test('auditor 3: payments by waiver, each decision with who, why and what was waived', async () => {
    const { openedByWaiver, lookedAt } = await exceptions();
    expect(of(openedByWaiver, plain.id)).toEqual([]);
    const entry = (step: string, decidedBy: object) => ({
      payment: expect.objectContaining({ id: waived.id, state: 'paid', amountPence: 5_000 }),
      decision: { id: expect.any(String), step, decidedBy, decidedAt: expect.any(String) },
      waivers: [{ id: waiver.id, reason: 'The wards cannot wait.', authority: 'Board, minute 7', grantedBy }],
      waived: [{ code: 'test-shut', message: 'Shut for a test.' }],
    });
    const grantedBy = await person(granter);
    const [officer, payer] = [await person(cast.officer), await person(cast.payer)];
    expect(of(openedByWaiver, waived.id)).toEqual([
      entry('approve', officer),
      entry('schedule', payer),
      entry('pay', payer),
    ]);
    expect((await chainOf(waived.id)).decisions[2]).toMatchObject({
      openedBy: 'waiver',
      waivers: [{ id: waiver.id, codes: ['test-shut'], grantedBy: await person(granter), withdrawnAt: null }],
      waived: [{ code: 'test-shut', waiver: { id: waiver.id } }],
    });
    const [counted] = await app.database.sql(
      `select (select count(*)::int from payment) as payments, (select count(*)::int from gate_decision) as decisions`,
    );
    expect(lookedAt).toEqual(counted);
  });

  test('auditor 3: no payment was made before its gate was passed or without a decision; what is tampered with shows', async () => {
    const before = await exceptions();
    const own = ({ beforeDecision, withoutDecision }: Exceptions) =>
      [plain.id, waived.id].map((id) => [
        of(beforeDecision, id).flatMap(({ reasons }) => reasons.map(({ code }) => code)),
        of(withoutDecision, id).flatMap(({ reasons }) => reasons.map(({ code }) => code)),
      ]);
    expect(own(before)).toEqual([
      [[], []],
      [[], []],
    ]);
    const [row] = await app.database.sql<{ paid_on: string; gate_decision_id: string }>(
      'select paid_on::text, gate_decision_id from payment where id = $1',
      [plain.id],
    );
    await tamper(`update payment set paid_on = scheduled_on - 1 where id = '${plain.id}'`);
    expect(own(await exceptions())[0]).toEqual([['paid-before-scheduled'], []]);
    await tamper(
      `update payment set paid_on = '${row?.paid_on}', recorded_at = recorded_at - interval '1 day' where id = '${plain.id}'`,
    );
    expect(own(await exceptions())[0]).toEqual([['decided-after-payment'], ['no-gate-decision']]);
    await tamper(`update payment set recorded_at = recorded_at + interval '1 day' where id = '${plain.id}'`);
    await tamper(
      `update gate_decision set claim_id = '${randomUUID()}' where id = '${row?.gate_decision_id}'`,
    );
    expect(own(await exceptions())[0]).toEqual([[], ['no-gate-decision']]);
    await tamper(
      `update gate_decision set claim_id = '${plain.claim.id}' where id = '${row?.gate_decision_id}'`,
    );
    await tamper(
      `update gate_waiver set withdrawn_at = granted_at, withdrawn_by = granted_by, withdrawal_reason = 'x' where id = '${waiver.id}'`,
    );
    expect(own(await exceptions())).toEqual([
      [[], []],
      [[], ['waiver-withdrawn', 'waiver-withdrawn', 'waiver-withdrawn']],
    ]);
    await tamper(
      `update gate_waiver set withdrawn_at = null, withdrawn_by = null, withdrawal_reason = null where id = '${waiver.id}'`,
    );
    expect(own(await exceptions())).toEqual(own(before));
  });

  test('auditor 3: advances are named; a cancelled payment is nobody’s exception', async () => {
    const advance = await putInForce(app, 'RWX');
    const people = await paymentCast(app, 'RWX');
    const { body } = await beginClaim(app, people.lead, advance, { trancheNumber: 1, kind: 'advance' });
    await saveClaim(app, people.lead, body.id, { lines: [advanceLine(10_000)] });
    await takeTo(app, people, body.id, 'approval');
    const cancelled = await schedule(app, people.payer, body.id);
    await paymentStep(app, people.payer, cancelled.body.id, 'cancellation');
    const booked = await schedule(app, people.payer, body.id);
    const paid = await paymentStep(app, people.payer, booked.body.id, 'payment-record');
    expect(paid.status).toBe(200);
    const { advances, withoutDecision } = await exceptions();
    expect(advances.map(({ id }) => id)).toEqual([paid.body.id]);
    expect(of(withoutDecision, cancelled.body.id)).toEqual([]);
    expect((await chainOf(paid.body.id)).gaps.map(({ code }) => code)).toEqual([
      'agreement-signatory-missing',
      'not-reconciled',
    ]);
  });

  test('auditor 4: who did what in every paid claim, and no breach but what is tampered with', async () => {
    const found = await duties('limit=200');
    expect(of(found.breaches, plain.id)).toEqual([]);
    expect(found.lookedAt.paidClaims).toBe(found.items.length);
    expect(found.lookedAt.claims).toBeGreaterThanOrEqual(found.items.length);
    expect(
      Object.fromEntries(
        of(found.items, plain.id)[0]?.duties.map(({ duty, people }) => [duty, people]) ?? [],
      ),
    ).toEqual({
      preparer: [await person(cast.lead)],
      certifier: [await person(cast.director)],
      checker: [await person(cast.assessor)],
      recommender: [await person(cast.assessor)],
      approver: [await person(cast.officer)],
      'second-approver': [],
      scheduler: [await person(cast.payer)],
      payer: [await person(cast.payer)],
    });
    const payer = await person(cast.payer);
    const officer = await person(cast.officer);
    await tamper(`update claim set approved_by = '${payer.id}' where id = '${plain.claim.id}'`);
    expect(of((await duties()).breaches, plain.id)).toMatchObject([
      { code: 'same-person', duties: ['scheduler', 'approver'], people: [payer] },
      {
        code: 'same-person',
        duties: ['payer', 'approver'],
        people: [payer],
        message: expect.stringMatching(/was payer and approver/),
      },
    ]);
    await tamper(`update claim set approved_by = null where id = '${plain.claim.id}'`);
    expect(of((await duties()).breaches, plain.id)).toMatchObject([
      { code: 'duty-missing', duties: ['approver'] },
    ]);
    await tamper(`update claim set approved_by = '${officer.id}' where id = '${plain.claim.id}'`);
    expect(of((await duties()).breaches, plain.id)).toEqual([]);
  });

  test('auditor 4: two approvals above the threshold that stood then, and a write-off by another', async () => {
    shut = undefined;
    const project = await projectOf(app, 'RW4');
    const id = await provedDraft(app, cast, agreed, [costLine(project, 50_000_001, { kind: 'capital' })]);
    await takeTo(app, cast, id, 'approval');
    expect((await readClaim(app, cast.payer, id)).state).toBe('recommended');
    const second = await app.as('finance-officer');
    expect(await claimStep(app, second, id, 'second-approval', {})).toMatchObject({ status: 200 });
    const booked = await schedule(app, cast.payer, id);
    const { body } = await paymentStep(app, cast.payer, booked.body.id, 'payment-record');
    const breaches = async () => of((await duties()).breaches, body.id);
    expect(await breaches()).toEqual([]);
    await tamper(`update claim set second_approved_by = null where id = '${id}'`);
    expect(await breaches()).toMatchObject([
      {
        code: 'second-approval-missing',
        message: '£500,000.01 was approved by one person, and more than £500,000 needed two.',
      },
    ]);
    // The threshold is the one that stood when it was approved, whatever the programme says since.
    await app.database.sql(
      `update programme set terms = jsonb_set(terms, '{payments,secondApproverAbovePence}', '900000000000')`,
    );
    expect(await breaches()).toHaveLength(1);
    await tamper(`update claim set second_approved_by = '${(await person(second)).id}' where id = '${id}'`);
    const { body: raised } = await raise(app, cast.payer, id, { amountPence: 1 });
    await recoveryStep(app, cast.officer, raised.id, 'write-off');
    expect(await breaches()).toEqual([]);
    // Not even past its triggers does the database keep this one.
    await expect(
      tamper(`update recovery set closed_by = raised_by where id = '${raised.id}'`),
    ).rejects.toMatchObject({ constraint: 'write_off_by_another' });
  });

  test('auditor 4: every waiver is an override, with what else its granter did', async () => {
    const { overrides } = await duties();
    expect(of(overrides, plain.id)).toEqual([]);
    expect(of(overrides, waived.id)).toMatchObject([
      { id: waiver.id, grantedBy: await person(granter), reason: 'The wards cannot wait.', granterAlso: [] },
    ]);
    await tamper(
      `update claim set checked_by = '${(await person(granter)).id}' where id = '${waived.claim.id}'`,
    );
    expect(of((await duties()).overrides, waived.id)[0]?.granterAlso).toEqual(['checker']);
  });

  test('auditor 4: the claims come in pages, and what is wrong is of all of them', async () => {
    const whole = await duties('limit=200');
    const paged: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Duties = await duties(`limit=1${next && `&after=${next}`}`);
      expect(page.breaches).toEqual(whole.breaches);
      expect(page.items).toHaveLength(1);
      paged.push(...page.items.map(({ payment }) => payment.id));
      next = page.next;
    }
    expect(paged).toEqual(whole.items.map(({ payment }) => payment.id));
    expect(paged.length).toBeGreaterThan(2);
  });

  test('these answers are for those who read the log', async () => {
    for (const question of ['payment-exceptions', 'separation-of-duties'])
      for (const key of [cast.lead, cast.director, cast.assessor])
        await app.request('get', `/v1/programmes/${SLUG}/${question}`, key).expect(403);
    await app.request('get', '/v1/programmes/none/payment-exceptions', auditor).expect(404);
    await app.request('get', '/v1/programmes/none/separation-of-duties', auditor).expect(404);
  });
});

test('what is scheduled and not paid has no gap but what it lacks', async () => {
  const agreed = await openAgreement(app, 'RNU');
  const cast = await paymentCast(app, 'RNU');
  const { id } = await approvedClaim(app, cast, agreed, 'RNU', 100);
  const { body } = await schedule(app, cast.payer, id);
  const chain = await chainOf(body.id);
  expect(chain.gaps.map(({ code }) => code)).toEqual(['agreement-signatory-missing']);
  expect(chain.journals.map(({ kind }) => kind)).toEqual(['claim', 'approve']);
});

test('of a claim that was paid again, each payment has its own decisions and journals', async () => {
  const agreed = await openAgreement(app, 'RV5');
  const cast = await paymentCast(app, 'RV5');
  const { claim, payment: first } = await paidClaim(app, cast, agreed, 'RV5', 100);
  await paymentStep(app, cast.payer, first.id, 'reversal');
  const { body } = await schedule(app, cast.payer, claim.id);
  const { body: second } = await paymentStep(app, cast.payer, body.id, 'payment-record');
  const chains = [await chainOf(first.id), await chainOf(second.id)];
  expect(chains.map(({ journals }) => journals.map(({ kind }) => kind))).toEqual([
    ['claim', 'approve', 'pay', 'reverse'],
    ['claim', 'approve', 'pay'],
  ]);
  const [before, after] = chains.map(({ decisions }) => decisions.map(({ id }) => id)) as [
    string[],
    string[],
  ];
  expect([before.length, after.length, new Set([...before, ...after]).size]).toEqual([3, 3, 5]);
  expect(after[0]).toBe(before[0]);
  // Those of the first payment do not stand in for what the second one lacks.
  await tamper(`delete from gate_decision where id = any (array['${after[1]}', '${after[2]}']::uuid[])`);
  expect(of((await exceptions()).withoutDecision, second.id)[0]?.reasons.map(({ code }) => code)).toEqual([
    'no-gate-decision',
    'no-gate-decision',
  ]);
  expect(of((await exceptions()).withoutDecision, first.id)).toEqual([]);
});
