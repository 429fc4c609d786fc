import { addDays } from '../../src/core/calendar.js';
import type { TestApp } from './app.js';
import { assuranceStep, begin } from './assurance.js';
import { agreedBenefit, benefitCast, benefitStep, projectsOf, reportedYear } from './benefits.js';
import { changeBlueprint, drafted } from './blueprints.js';
import { changeCast, changeStep, openChange } from './changes.js';
import { claimStep, costLine, provedDraft } from './claims.js';
import { setToday } from './gates.js';
import { matchStep, pledge, proofOf, sendProof } from './match.js';
import { acceptOf } from './milestones.js';
import { putInForce } from './money.js';
import {
  openAgreement,
  type PaymentCast,
  paymentCast,
  paymentStep,
  projectOf,
  schedule,
  sendExtract,
} from './payments.js';
import { assessed, type Cast, completed, openReturns, read, reportId, SLUG, save, step } from './returns.js';

/** The day that the days of `playStays` are counted from. */
export const DAY_0 = '2018-01-01';
/** So many days after it. */
export const dayAt = (days: number): string => addDays(DAY_0, days);

type Timeline = Array<[day: number, act: () => Promise<unknown>]>;
type Answer = { status: number; body: object };

const done = async (answer: Answer | Promise<Answer>): Promise<void> => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(JSON.stringify(body));
};

/** Does what is to be done on each day, the earliest day first. */
async function play(app: TestApp, timeline: Timeline): Promise<void> {
  for (const [day, act] of timeline.sort(([a], [b]) => a - b)) {
    setToday(app, dayAt(day));
    await act();
  }
}

/** Three claims through to their approval, one of them paid; and one that is queried still. */
async function claims(app: TestApp, mersey: PaymentCast, oxford: PaymentCast): Promise<Timeline> {
  const ids = {} as Record<'paid' | 'revised' | 'slow' | 'queried', string>;
  const of =
    (name: keyof typeof ids, { lead, director, assessor, officer, payer }: PaymentCast) =>
    (noun: string, body?: object) =>
    () => {
      const by: Record<string, string> = { certification: director, approval: officer, payment: payer };
      const trusts = ['submission', 'answer', 'revision'].includes(noun) || noun.endsWith('/answer');
      return done(claimStep(app, by[noun] ?? (trusts ? lead : assessor), ids[name], noun, body));
    };
  const [paid, revised] = [of('paid', mersey), of('revised', mersey)];
  const [slow, queried] = [of('slow', oxford), of('queried', oxford)];
  const asks = { questions: [{ question: 'What was it for?' }, { position: 1, question: 'Whose was it?' }] };
  const recommends = { recommendation: 'Approve it.' };
  const approves = { reason: 'As recommended.' };
  const answers = async (name: keyof typeof ids, { lead, assessor }: PaymentCast) => {
    const { body } = await app.request('get', `/v1/claims/${ids[name]}`, assessor).expect(200);
    for (const { id, answer } of body.queries as Array<{ id: string; answer: string | null }>)
      if (answer === null)
        await done(claimStep(app, lead, ids[name], `queries/${id}/answer`, { answer: 'For the wards.' }));
  };
  let payment: string;
  const agreed = await openAgreement(app, 'RW4');
  const agreedOxford = await openAgreement(app, 'RNU');
  const begins = async (name: keyof typeof ids, cast: PaymentCast, trust: string) => {
    const project = await projectOf(app, trust);
    const lines = [costLine(project, 100_000), costLine(project, 100_000)];
    ids[name] = await provedDraft(app, cast, trust === 'RW4' ? agreed : agreedOxford, lines);
  };
  return [
    [0, () => begins('paid', mersey, 'RW4')],
    [0, () => begins('revised', mersey, 'RW4')],
    [0, () => begins('slow', oxford, 'RNU')],
    [0, () => begins('queried', oxford, 'RNU')],
    ...([paid, revised, slow] as const).map((claim): Timeline[number] => [0, claim('certification')]),
    [2, paid('submission')],
    [3, paid('evidence-check')],
    [3, paid('check-return', { reason: 'I am away.' })],
    [4, paid('evidence-check')],
    [4, paid('queries', asks)],
    [9, () => answers('paid', mersey)],
    [9, paid('answer')],
    [12, paid('recommendation', recommends)],
    [16, paid('approval', approves)],
    [20, async () => (payment = (await schedule(app, mersey.payer, ids.paid)).body.id)],
    [
      22,
      () =>
        done(
          paymentStep(app, mersey.payer, payment, 'payment-record', {
            paidOn: dayAt(22),
            bankReference: 'FPS 1',
          }),
        ),
    ],
    [27, () => sendExtract(app, mersey.payer, [`23/01/2018,FPS 1,Mersey Care,2000.00`]).expect(201)],
    [1, revised('submission')],
    [3, revised('evidence-check')],
    [3, revised('queries', asks)],
    [7, () => answers('revised', mersey)],
    [8, revised('revision', { reason: 'Another invoice.' })],
    [10, revised('certification')],
    [11, revised('submission')],
    [12, revised('evidence-check')],
    [13, revised('recommendation', recommends)],
    [15, revised('approval', approves)],
    [5, slow('submission')],
    [6, slow('evidence-check')],
    [8, slow('recommendation', recommends)],
    [28, slow('approval', approves)],
    [25, queried('certification')],
    [25, queried('submission')],
    [26, queried('evidence-check')],
    [27, queried('queries', asks)],
  ];
}

/** A return for the last quarter of 2017, begun when all is paid that an overdue one would hold up, and queried once; of its measurements one is validated, and later two. */
async function aReturn(app: TestApp, cast: Cast): Promise<Timeline> {
  let id: string;
  const goes = (key: string, noun: string, body?: object) => () => done(step(app, key, id, noun, body));
  const writes = async () => {
    await openReturns(app);
    id = await reportId(app, cast.lead, 'RW4', '2017/18 Q3');
    const content = await completed(app, cast.lead, await read(app, cast.lead, id), 30);
    await done(save(app, cast.lead, id, content));
  };
  const submits = async () => {
    await goes(cast.lead, 'submission')();
    await assessed(app, cast.lead, id);
  };
  const answers = async () => {
    for (const query of (await read(app, cast.lead, id)).queries)
      await goes(cast.lead, `queries/${query.id}/answer`, { answer: 'It is late.' })();
    await done(save(app, cast.lead, id, { risks: [] }));
  };
  const validates = (count: number) => async () => {
    const list = `/v1/programmes/${SLUG}/measurements?trust=RW4&state=self-reported&limit=${count}`;
    const { items } = (await app.request('get', list, cast.assessor).expect(200)).body;
    const values = items.map(({ id: of, revision }: { id: string; revision: number }) => ({
      ...{ id: of, revision, numerator: 1, denominator: 100 },
    }));
    await app
      .request('post', '/v1/measurement-validations', cast.assessor)
      .send({ items: values })
      .expect(200);
  };
  const questions = ['spend', 'narrative'].map((section) => ({ section, question: 'Why so little?' }));
  return [
    [29, writes],
    [30, goes(cast.director, 'certification')],
    [31, submits],
    [35, goes(cast.assessor, 'queries', { questions })],
    [38, answers],
    [40, goes(cast.director, 'certification')],
    [41, submits],
    [46, goes(cast.assessor, 'acceptance', { reason: 'Explained.' })],
    [51, validates(1)],
    [95, validates(2)],
  ];
}

/** One each of what is decided once: match, a change, a year of a benefit, a blueprint. */
async function decisions(app: TestApp, cast: Cast): Promise<Timeline> {
  const { lead, assessor, manager } = cast;
  const ids: Record<string, string> = {};
  const agreed = await putInForce(app, 'RXT');
  const [asker, mersey] = [await changeCast(app, 'RXT'), await benefitCast(app, 'RW4')];
  const matcher = await app.as('trust-lead', 'RXT');
  const [project = ''] = await projectsOf(app, 'RW4');
  const change = (key: string, noun: string, body?: object) => () =>
    done(changeStep(app, key, ids.change as string, noun, body));
  const blueprint = (key: string, noun: string) => () =>
    done(changeBlueprint(app, key, ids.blueprint as string, noun));
  const terms = { tranches: null, conditions: ['A review'], eligibility: null };
  return [
    [
      1,
      async () => {
        const { id, amountPence } = (await pledge(app, matcher, agreed)).body;
        ids.match = id;
        await sendProof(app, matcher, id).expect(201);
        await done(matchStep(app, matcher, id, 'evidencing', proofOf(amountPence)));
      },
    ],
    [8, () => done(matchStep(app, assessor, ids.match as string, 'acceptance'))],
    [
      3,
      async () => {
        const asked = { milestones: [], moves: [], terms };
        ids.change = (await openChange(app, asker.lead, agreed.id, 'vary', asked)).body.id;
        await change(asker.lead, 'submission')();
      },
    ],
    [5, change(asker.manager, 'impact-assessment')],
    [13, change(asker.manager, 'approval', { reason: 'It is credible.' })],
    [15, change(asker.manager, 'application')],
    [
      5,
      async () => {
        const { id } = await agreedBenefit(app, mersey, project);
        ids.actual = await reportedYear(app, mersey, id, '2017/18', 7);
      },
    ],
    [
      11,
      () =>
        done(
          benefitStep(app, assessor, `/v1/benefit-actuals/${ids.actual}`, 'validation', {
            value: 6,
            note: 'Counted.',
          }),
        ),
    ],
    [
      2,
      async () => {
        ids.blueprint = await drafted(app, lead);
        await blueprint(lead, 'submission')();
      },
    ],
    [4, blueprint(assessor, 'review')],
    [12, blueprint(manager, 'publication')],
  ];
}

/** A milestone whose claim is taken back and made again, and is reviewed; and one that was claimed before it was kept when. */
async function milestones(app: TestApp, { assessor }: Cast): Promise<Timeline> {
  const rows = await app.database.sql<{ id: string; code: string; programmeId: string; trustId: string }>(
    `select m.id, p.code || '/' || m.code as code, m.programme_id as "programmeId", m.trust_id as "trustId"
     from milestone m join project p on p.id = m.project_id join organisation o on o.id = m.trust_id
     where o.ods_code = 'RXT' order by m.baseline_on, m.id limit 2`,
  );
  const [reviewed, former] = rows as [(typeof rows)[number], (typeof rows)[number]];
  const lead = await app.as('trust-lead', 'RXT');
  const goes = (id: string, key: string, noun: string, body: object) => async () => {
    const { revision } = (await app.request('get', `/v1/milestones/${id}`, key).expect(200)).body;
    await app
      .request('post', `/v1/milestones/${id}/${noun}`, key)
      .set('If-Match', `"${revision}"`)
      .send(body)
      .expect(200);
  };
  const claims = () => acceptOf(app, reviewed, reviewed.code, { claim: 'met' });
  const outcome = { outcome: 'partly-met', reason: 'Two wards of three.' };
  return [
    [1, claims],
    [2, goes(reviewed.id, lead, 'claim-withdrawal', { reason: 'Too early.' })],
    [3, claims],
    [3, () => app.database.sql(`update milestone set state = 'claimed-met' where id = '${former.id}'`)],
    [7, goes(reviewed.id, assessor, 'review', {})],
    [7, goes(former.id, assessor, 'review', {})],
    [18, goes(reviewed.id, assessor, 'outcome', outcome)],
    [18, goes(former.id, assessor, 'outcome', outcome)],
  ];
}

/** Assurance of a project, rejected; of a product that it uses, accepted; and of one that nobody uses, which is of no programme. */
async function assurance(app: TestApp, { lead, assessor, manager }: Cast): Promise<Timeline> {
  const ids: Record<string, string> = {};
  const [project = ''] = await projectsOf(app, 'RW4');
  const item = (name: string, key: string, noun: string, body?: object) => () =>
    done(assuranceStep(app, key, ids[name] as string, noun, body));
  const product = async (name: string) => {
    const content = { name, supplier: 'Northern Software Ltd', summary: 'Records.' };
    const { body } = await app.request('post', '/v1/products', manager).send(content).expect(201);
    const made = await app
      .request('post', `/v1/products/${body.id}/versions`, manager)
      .set('If-Match', '"1"')
      .send({ version: '1.0', releasedOn: '2017-01-01' })
      .expect(200);
    return made.body;
  };
  const begins =
    (name: string, key: string, kind: string, subject: () => Promise<string>, more = {}) =>
    async () => {
      ids[name] = (await begin(app, key, { kind, subject: await subject(), ...more }).expect(201)).body.id;
    };
  const used = async () => {
    const { id, versionList } = await product('Used');
    const use = { project, version: versionList[0].id, fromOn: '2017-05-01' };
    await app.request('post', `/v1/programmes/${SLUG}/deployments`, lead).send(use).expect(201);
    return id;
  };
  const ofProject = async () => {
    const found = await app.request('get', `/v1/programmes/${SLUG}/projects`, lead).expect(200);
    return found.body.items.find(({ code }: { code: string }) => code === project).id;
  };
  const device = { outcome: 'not-a-device' };
  return [
    [2, begins('project', lead, 'dpia', ofProject)],
    [6, item('project', lead, 'submission')],
    [16, item('project', assessor, 'rejection', { reason: 'It is of another version.' })],
    [3, begins('used', manager, 'device-status', used, device)],
    [5, item('used', manager, 'submission')],
    [35, item('used', assessor, 'acceptance')],
    [3, begins('unused', manager, 'device-status', async () => (await product('Unused')).id, device)],
    [4, item('unused', manager, 'submission')],
    [34, item('unused', assessor, 'acceptance')],
  ];
}

/**
 * Every stage, gone through in days that are known: by Mersey Care (RW4), Oxford (RNU) and Birmingham (RXT). The queue
 * works. @param until the days after 1 January 2018 up to which it is played, both in it @param after those before which
 */
export async function playStays(
  app: TestApp,
  cast: Cast,
): Promise<(from: number, until: number) => Promise<void>> {
  setToday(app, DAY_0);
  const [mersey, oxford] = [await paymentCast(app, 'RW4'), await paymentCast(app, 'RNU')];
  const timeline = [
    ...(await claims(app, mersey, oxford)),
    ...(await aReturn(app, cast)),
    ...(await decisions(app, cast)),
    ...(await milestones(app, cast)),
    ...(await assurance(app, cast)),
  ];
  return (from, until) =>
    play(
      app,
      timeline.filter(([day]) => day >= from && day <= until),
    );
}
