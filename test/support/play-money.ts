import { type AgreementBody, agreementCast, draft, inForce, saveDraft, step, through } from './agreements.js';
import type { TestApp } from './app.js';
import { changeCast, changeStep, openChange, saveChange, takeChangeTo } from './changes.js';
import {
  advanceLine,
  beginClaim,
  claimStep,
  costLine,
  provedDraft,
  readClaim,
  saveClaim,
  takeTo,
} from './claims.js';
import { multipart, pdf } from './evidence.js';
import { AGREED, findingStep, record } from './findings.js';
import { changePledge, evidenced, matchStep, pledge } from './match.js';
import { type InForce, putInForce } from './money.js';
import {
  approvedClaim,
  openAgreement,
  type PaymentCast,
  paidClaim,
  paymentCast,
  paymentStep,
  projectOf,
  raise,
  recoveryStep,
  schedule,
  sendExtract,
} from './payments.js';
import { playBenefits } from './play-benefits.js';
import { playSurveys } from './play-surveys.js';
import { startPlayed } from './played.js';
import { playPortfolio } from './portfolio.js';
import { eventually, SLUG } from './returns.js';

const REASON = { reason: 'As the board agreed.' };
const AUTHORITY = { authority: 'Programme board, minute 7', ...REASON };
const TODAY = '2018-05-15';

/** Whether something was done, and what kept it from that. */
function done(noun: string, answer: { status: number; codes: string[]; body: { code?: string } }): void {
  const { status, codes, body } = answer;
  expect([noun, status < 300, codes, status < 300 ? '' : body.code]).toEqual([noun, true, [], '']);
}

const read = async (app: TestApp, path: string, key: string) =>
  (await app.request('get', path, key).expect(200)).body;

/**
 * Every route about money, asked once at least; the day is 15 May 2018 and the queue works.
 * @param tampered whether rows are changed past the program too, so that an auditor finds something
 */
export async function playMoney(app: TestApp, { tampered = true } = {}): Promise<void> {
  await playAgreements(app);
  const agreed = await openAgreement(app, 'RW4');
  const cast = await paymentCast(app, 'RW4');
  await playClaims(app, cast, agreed);
  await playDecisions(app, cast, agreed);
  await playPayments(app, cast, agreed);
  await playRecoveries(app, cast, agreed);
  await playMatch(app, cast, agreed);
  const gated = await putInForce(app, 'RXT');
  await playGates(app, cast, gated);
  await playBenefits(app);
  await playSurveys(app);
  await playPortfolio(app);
  await playAudit(app, gated, tampered);
  await playChanges(app, 'RXT', gated);
  await playFindings(app, cast);
  await playSamples(app);
  await playLedger(app, cast, agreed);
}

async function playAgreements(app: TestApp): Promise<void> {
  const cast = await agreementCast(app, 'RWX');
  const begun = await draft(app, cast.manager, 'RWX');
  done('draft', begun);
  const { id } = begun.body;
  done('save', await saveDraft(app, cast.manager, id, { reference: 'AGR/RWX/2' }));
  await through(app, cast, id, 'due-diligence');
  done('return-to-draft', await step(app, cast.manager, id, 'return-to-draft', REASON));
  await through(app, cast, id, 'activation');
  done('suspension', await step(app, cast.finance, id, 'suspension', REASON));
  done('resumption', await step(app, cast.finance, id, 'resumption', REASON));
  done('closing', await step(app, cast.finance, id, 'closing', REASON));
  await app.request('get', `/v1/agreements/${id}`, cast.director).expect(200);
  done('closure', await step(app, cast.finance, id, 'closure', REASON));
  await app.request('get', `/v1/agreements/${id}/versions`, cast.director).expect(200);

  const taken = (await draft(app, cast.manager, 'RX4')).body.id;
  done('withdrawal', await step(app, cast.manager, taken, 'withdrawal', REASON));
  const ended = await inForce(app, 'R1A');
  done('termination', await step(app, ended.cast.finance, ended.agreement.id, 'termination', AUTHORITY));
  await playNovation(app);
}

/** RNU takes over RV5 and its agreement. */
async function playNovation(app: TestApp): Promise<void> {
  await app.database.sql(
    `insert into organisation_succession (kind, predecessor_id, successor_id, effective_on, provenance)
     select 'took-over-all', old.id, new.id, '2018-05-01', old.provenance
     from organisation old, organisation new where old.ods_code = 'RV5' and new.ods_code = 'RNU'`,
  );
  const { cast, agreement } = await inForce(app, 'RV5');
  const order = { ...AUTHORITY, successor: 'RNU', reference: 'AGR/RNU/RV5', effectiveOn: TODAY };
  const novated = await step(app, cast.finance, agreement.id, 'novation', order);
  done('novation', novated);
  for (const { id } of [novated.body, agreement] as AgreementBody[])
    await read(app, `/v1/agreements/${id}`, cast.manager);
}

/** A claim that is queried, answered, revised and sent again, and one that is taken back. */
async function playClaims(app: TestApp, cast: PaymentCast, agreed: InForce): Promise<void> {
  const project = await projectOf(app, 'RW4');
  const id = await provedDraft(app, cast, agreed, [costLine(project, 100_00), costLine(project, 20_00)]);
  await takeTo(app, cast, id, 'evidence-check');
  done('check-return', await claimStep(app, cast.assessor, id, 'check-return', REASON));
  done('evidence-check', await claimStep(app, cast.assessor, id, 'evidence-check'));
  const asked = await claimStep(app, cast.assessor, id, 'queries', {
    questions: [{ position: 1, question: 'Which wards?' }, { question: 'Why so little?' }],
  });
  done('queries', asked);
  for (const query of asked.body.queries)
    done('answer', await claimStep(app, cast.lead, id, `queries/${query.id}/answer`, { answer: 'All.' }));
  done('answer', await claimStep(app, cast.lead, id, 'answer'));
  await claimStep(app, cast.assessor, id, 'evidence-check');
  const question = { questions: [{ question: 'Are you sure?' }] };
  done('queries', await claimStep(app, cast.assessor, id, 'queries', question));
  done('revision', await claimStep(app, cast.lead, id, 'revision', REASON));
  await read(app, `/v1/claims/${id}/versions`, cast.lead);
  const { items } = await read(app, `/v1/claims/${id}/evidence`, cast.lead);
  await read(app, `/v1/cost-evidence/${items[0].id}`, cast.lead);

  const begun = (await beginClaim(app, cast.lead, agreed)).body.id;
  done('withdrawal', await claimStep(app, cast.lead, begun, 'withdrawal', REASON));
}

/** Claims that are approved in part, by two, not any more, and not at all. */
async function playDecisions(app: TestApp, cast: PaymentCast, agreed: InForce): Promise<void> {
  const project = await projectOf(app, 'RW4');
  const dear = await provedDraft(app, cast, agreed, [costLine(project, 60_000_000, { kind: 'capital' })]);
  await takeTo(app, cast, dear, 'approval');
  done('approval-withdrawal', await claimStep(app, cast.manager, dear, 'approval-withdrawal', REASON));
  done('approval', await claimStep(app, cast.officer, dear, 'approval', {}));
  done('second-approval', await claimStep(app, cast.manager, dear, 'second-approval', REASON));
  done('cancellation', await claimStep(app, cast.officer, dear, 'approval-cancellation', REASON));

  const part = await provedDraft(app, cast, agreed, [costLine(project, 500_00), costLine(project, 300_00)]);
  await takeTo(app, cast, part, 'evidence-check');
  const less = { position: 2, approvedPence: 100_00, because: 'A part of it is training.' };
  done(
    'recommendation',
    await claimStep(app, cast.assessor, part, 'recommendation', { recommendation: 'Most.', lines: [less] }),
  );
  done('approval', await claimStep(app, cast.officer, part, 'approval', REASON));
  const none = await provedDraft(app, cast, agreed, [costLine(project, 1_00)]);
  await takeTo(app, cast, none, 'recommendation');
  done('rejection', await claimStep(app, cast.officer, none, 'rejection', REASON));
}

/** A payment that is cancelled, one that is reversed, and extracts that match, differ and miss some. */
async function playPayments(app: TestApp, cast: PaymentCast, agreed: InForce): Promise<void> {
  const { id } = await approvedClaim(app, cast, agreed, 'RW4', 700_00);
  const scheduled = await schedule(app, cast.payer, id);
  done('payment-schedule', scheduled);
  done('cancellation', await paymentStep(app, cast.payer, scheduled.body.id, 'cancellation'));
  done('payment-schedule', await schedule(app, cast.payer, id));

  const { payment } = await paidClaim(app, cast, agreed, 'RW4', 800_00);
  done('reversal', await paymentStep(app, cast.payer, payment.id, 'reversal'));
  const same = (await paidClaim(app, cast, agreed, 'RW4', 900_00, 50_00)).payment;
  const other = (await paidClaim(app, cast, agreed, 'RW4', 60_00)).payment;
  const sent = await sendExtract(app, cast.payer, [
    `15/05/2018,${same.reference},MERSEY CARE,950.00`,
    `15/05/2018,${other.reference},MERSEY CARE,61.00`,
    '15/05/2018,RENT,LANDLORD,"1,250.00"',
  ]).expect(201);
  await sendExtract(app, cast.payer, ['14/05/2018,PAYROLL,STAFF,10.00'], { origin: 'ledger' }).expect(201);
  await read(app, `/v1/extracts/${sent.body.id}`, cast.manager);
  for (const each of [same, other, payment]) {
    await read(app, `/v1/payments/${each.id}`, cast.manager);
    await read(app, `/v1/payments/${each.id}/chain`, cast.manager);
  }
}

/** What is asked back and is not due after all, is received, and is written off. */
async function playRecoveries(app: TestApp, cast: PaymentCast, agreed: InForce): Promise<void> {
  const { claim, payment } = await paidClaim(app, cast, agreed, 'RW4', 400_00);
  for (const nouns of [['withdrawal'], ['agreement', 'receipt'], ['agreement', 'write-off'], []] as const) {
    const raised = await raise(app, cast.payer, claim.id);
    done('recoveries', raised);
    for (const noun of nouns) {
      const key = noun === 'agreement' ? cast.director : noun === 'write-off' ? cast.officer : cast.payer;
      done(noun, await recoveryStep(app, key, raised.body.id, noun));
    }
    await read(app, `/v1/recoveries/${raised.body.id}`, cast.lead);
  }
  await readClaim(app, cast.lead, claim.id);
  for (const path of ['', '/chain']) await read(app, `/v1/payments/${payment.id}${path}`, cast.lead);
}

async function playMatch(app: TestApp, cast: PaymentCast, agreed: InForce): Promise<void> {
  const taken = (await pledge(app, cast.lead, agreed)).body.id;
  done('save', await changePledge(app, cast.lead, taken, { description: 'Ward computers' }));
  done('withdrawal', await matchStep(app, cast.lead, taken, 'withdrawal'));
  const [accepted, rejected] = [
    (await evidenced(app, cast.lead, agreed)).id,
    (await evidenced(app, cast.lead, agreed)).id,
  ];
  done('acceptance', await matchStep(app, cast.assessor, accepted, 'acceptance'));
  done('acceptance-reversal', await matchStep(app, cast.assessor, accepted, 'acceptance-reversal'));
  done('rejection', await matchStep(app, cast.assessor, rejected, 'rejection'));
  await matchStep(app, cast.assessor, (await evidenced(app, cast.lead, agreed)).id, 'acceptance');

  const open = (await pledge(app, cast.lead, agreed)).body.id;
  const fields = { supplier: 'Northern Networks Ltd', reference: 'INV-77', description: 'The invoice' };
  const { body } = await app
    .request('post', `/v1/contributions/${open}/evidence`, cast.lead)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(pdf(), fields))
    .expect(201);
  await app
    .request('post', `/v1/cost-evidence/${body.id}/withdrawal`, cast.lead)
    .set('If-Match', `"${body.revision}"`)
    .send(REASON)
    .expect(200);
  await read(app, `/v1/contributions/${open}/evidence`, cast.lead);
  await read(app, `/v1/agreements/${agreed.id}/contributions`, cast.lead);
}

/** A waiver that stands and one that was withdrawn, at a gate that waits for a milestone and for match. */
async function playGates(app: TestApp, cast: PaymentCast, { tranches }: InForce): Promise<void> {
  const path = `/v1/tranches/${tranches[2]}`;
  const waiver = { codes: ['milestone-not-accepted', 'match-below-ratio'], ...AUTHORITY };
  await read(app, path, cast.manager);
  await app.request('post', `${path}/waivers`, cast.manager).send(waiver).expect(201);
  const { body } = await app
    .request('post', `${path}/waivers`, cast.manager)
    .send({ ...waiver, expiresOn: '2018-06-30' })
    .expect(201);
  await app
    .request('post', `/v1/gate-waivers/${body.id}/withdrawal`, cast.manager)
    .set('If-Match', `"${body.revision}"`)
    .send(REASON)
    .expect(200);
  await read(app, `/v1/gate-waivers/${body.id}`, cast.manager);
  await read(app, `${path}/waivers`, cast.manager);
  await read(app, path, cast.manager);
}

/** An advance, payments through a waived gate, and what no service does, so that an auditor finds it. */
async function playAudit(app: TestApp, agreed: InForce, tampered: boolean): Promise<void> {
  const cast = await paymentCast(app, 'RXT');
  const { id } = (await beginClaim(app, cast.lead, agreed, { kind: 'advance', trancheNumber: 1 })).body;
  done('save', await saveClaim(app, cast.lead, id, { lines: [advanceLine(100_00)] }));
  await takeTo(app, cast, id, 'approval');
  const scheduled = await schedule(app, cast.payer, id);
  done('payment-schedule', scheduled);
  done('payment-record', await paymentStep(app, cast.payer, scheduled.body.id, 'payment-record'));
  const [early, undecided] = [
    await paidClaim(app, cast, agreed, 'RXT', 10_00),
    await paidClaim(app, cast, agreed, 'RXT', 20_00),
  ];
  if (tampered) await tamper(app, { early, undecided, id });
}

async function tamper(
  app: TestApp,
  {
    early,
    undecided,
    id,
  }: Record<'early' | 'undecided', Awaited<ReturnType<typeof paidClaim>>> & { id: string },
): Promise<void> {
  await app.database.sql(`do $tamper$ begin
    perform set_config('session_replication_role', 'replica', true);
    update payment set paid_on = scheduled_on - 1 where id = '${early.payment.id}';
    update claim set approved_by = (select paid_by from payment where claim_id = claim.id) where id = '${early.claim.id}';
    update gate_decision set claim_id = '${id}' where claim_id = '${undecided.claim.id}' and step = 'pay';
  end $tamper$`);
}

/** A change of each kind that is applied, and what else becomes of them. */
async function playChanges(app: TestApp, trust: string, agreed: InForce): Promise<void> {
  const cast = await changeCast(app, trust);
  const line = (financialYear: string, kind: 'capital' | 'revenue') => ({ financialYear, kind });
  const moves = [
    {
      source: 'grant' as const,
      from: line('2018/19', 'capital'),
      to: line('2019/20', 'capital'),
      amountPence: 5,
    },
  ];
  const agreedMilestone = Object.keys(agreed.milestones).at(-1) as string;
  const dates = { milestone: agreedMilestone, agreedOn: '2020-01-31', delayReason: 'supplier' };
  const window = { startsOn: '2017-04-01', endsOn: '2020-02-29' };
  const moved = await takeChangeTo(
    app,
    cast,
    agreed.id,
    { kind: 'move-money', content: { moves } },
    'application',
  );
  await takeChangeTo(
    app,
    cast,
    agreed.id,
    { kind: 'reprofile', content: { milestones: [dates] } },
    'application',
  );
  await takeChangeTo(
    app,
    cast,
    agreed.id,
    {
      kind: 'vary',
      content: { terms: { tranches: null, conditions: ['Open source.'], eligibility: window } },
    },
    'application',
  );
  const put = await takeChangeTo(
    app,
    cast,
    agreed.id,
    { kind: 'move-money', content: { moves } },
    'submission',
  );
  const until = { until: '2018-07-31', ...REASON };
  done('deferral', await changeStep(app, cast.manager, put.id, 'deferral', until));
  done('rejection', await changeStep(app, cast.manager, put.id, 'rejection', REASON));
  const { id } = (await openChange(app, cast.lead, agreed.id, 'reprofile', {})).body;
  done('save', await saveChange(app, cast.lead, id, { title: 'Another' }));
  done('withdrawal', await changeStep(app, cast.lead, id, 'withdrawal', REASON));
  await takeChangeTo(app, cast, agreed.id, { kind: 'move-money', content: { moves } }, 'impact-assessment');
  await read(app, `/v1/change-requests/${moved.id}`, cast.lead);
  await read(app, `/v1/agreements/${agreed.id}/change-requests`, cast.lead);
}

/** A finding that is closed and one that is overdue. */
async function playFindings(app: TestApp, cast: PaymentCast): Promise<void> {
  await record(app, cast.assessor, { dueOn: '2018-05-01' }).expect(201);
  const { body } = await record(app, cast.assessor, { trust: 'RW4' }).expect(201);
  const step = async (key: string, noun: Parameters<typeof findingStep>[3], sent: object) => {
    const { status, codes } = await findingStep(app, key, body.id, noun, sent);
    expect([noun, status, codes]).toEqual([noun, 200, []]);
  };
  await step(cast.assessor, 'due-date', { dueOn: '2018-08-31', ...REASON });
  await step(cast.manager, 'response', AGREED);
  await step(cast.assessor, 'follow-ups', {
    outcome: 'implemented',
    found: 'Minutes.',
    evidence: 'Minute 4',
  });
  await read(app, `/v1/findings/${body.id}`, cast.assessor);
  await step(cast.assessor, 'closure', { conclusion: 'Nothing is left to do.' });
  await read(app, `/v1/findings/${body.id}`, cast.lead);
}

/** An auditor samples payments, looks at one, and draws the sample again. */
async function playSamples(app: TestApp): Promise<void> {
  const auditor = await app.as('auditor');
  const { body } = await app
    .request('post', `/v1/programmes/${SLUG}/audit-samples`, auditor)
    .send({ population: 'payments', method: 'random', size: 1, purpose: 'A test of payments' })
    .expect(201);
  const path = `/v1/audit-samples/${body.id}`;
  await app
    .request('post', `${path}/items/${body.items[0].id}/result`, auditor)
    .set('If-Match', '"1"')
    .send({ result: 'no-exception' })
    .expect(200);
  await read(app, path, auditor);
  await read(app, `${path}/reproduction`, auditor);
}

/** The end of a year, and a ledger that was tampered with, so that it differs. */
async function playLedger(app: TestApp, cast: PaymentCast, agreed: InForce): Promise<void> {
  const programme = `/v1/programmes/${SLUG}`;
  await read(app, `${programme}/year-end?financialYear=2017/18`, cast.manager);
  await app
    .request('post', `${programme}/year-ends`, cast.payer)
    .send({ financialYear: '2017/18', ...REASON })
    .expect(201);
  await app.database.sql(`update account set balance_pence = balance_pence + 1
    where line_id = '${agreed.lines['2019/20 revenue']}' and stage = 'awarded' and source = 'grant'`);
  await app.request('post', `${programme}/ledger-checks`, cast.payer).expect(202);
  await eventually(async () => {
    const { items } = await read(app, `${programme}/ledger-differences`, cast.manager);
    return items.length > 0 ? true : undefined;
  });
  const { items } = await read(app, `/v1/agreements/${agreed.id}/journals?limit=100`, cast.lead);
  for (const { id } of items) await read(app, `/v1/journals/${id}`, cast.lead);
}

/** An application on which money was played, as `playMoney` does; its queue works, and it is 15 May 2018. */
export const startPlayedMoney = (
  { tampered }: { tampered: boolean } = { tampered: true },
): Promise<TestApp> =>
  startPlayed(
    tampered ? 'money' : 'money_alone',
    { work: true, env: { EXEMPLAR_TODAY: '2018-05-15' } },
    (app) => playMoney(app, { tampered }),
  );
