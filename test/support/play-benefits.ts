import type { TestApp } from './app.js';
import {
  agreedBenefit,
  BENEFIT,
  benefitCast,
  benefitStep,
  projectsOf,
  recordBenefit,
  reportedYear,
} from './benefits.js';
import { takeChangeTo } from './changes.js';
import { SLUG } from './returns.js';

/** Every route about benefits, asked once at least; the day is 15 May 2018. */
export async function playBenefits(app: TestApp): Promise<void> {
  const cast = await benefitCast(app, 'RW4');
  const [project = ''] = await projectsOf(app, 'RW4');
  const done = async (key: string, path: string, noun: string, body: object = {}) => {
    const { status, codes } = await benefitStep(app, key, path, noun, body);
    if (status >= 300) throw new Error(`${path} ${noun}: ${status} ${codes}`);
  };
  const REASON = { reason: 'As the board agreed.' };
  const draft = (await recordBenefit(app, cast.lead, project, { code: 'draft' }).expect(201)).body;
  await done(cast.lead, `/v1/benefits/${draft.id}`, '', { ...BENEFIT, code: 'draft' });
  const whole = `/v1/benefits/${(await agreedBenefit(app, cast, project, { code: 'whole' })).id}`;
  const owners = { owner: 'Medical director', ownerAfterClosure: 'Head of systems' };
  await done(cast.lead, whole, 'owners', owners);
  for (const { financialYear, planned } of BENEFIT.profile) {
    const rejected = await reportedYear(app, cast, whole.split('/')[3] as string, financialYear, 1);
    await done(cast.assessor, `/v1/benefit-actuals/${rejected}`, 'rejection', REASON);
    const id = await reportedYear(app, cast, whole.split('/')[3] as string, financialYear, planned);
    await done(cast.assessor, `/v1/benefit-actuals/${id}`, 'validation', {
      value: planned - 1,
      note: 'Counted.',
    });
  }
  await done(cast.lead, whole, 'completion');
  await done(cast.manager, whole, 'closure', REASON);
  const shared = await agreedBenefit(app, cast, project, { code: 'shared' });
  await done(cast.manager, `/v1/benefits/${shared.id}`, 'counting', {
    countedIn: whole.split('/')[3],
    ...REASON,
  });
  await done(cast.manager, `/v1/benefits/${shared.id}`, 'withdrawal', REASON);
  const open = await agreedBenefit(app, cast, project, { code: 'open' });
  const agreed = await app.database.sql<{ id: string }>(
    `select a.id from agreement a join organisation o on o.id = a.trust_id where o.ods_code = 'RW4' and a.state = 'active'`,
  );
  // Where the world has money too, its plan is changed.
  for (const { id } of agreed) {
    const plans = [{ benefit: `${project}/open`, years: [{ financialYear: '2017/18', planned: 9 }] }];
    const asked = { kind: 'replan-benefits', content: { plans } };
    await takeChangeTo(app, cast, id, asked, 'application');
  }
  const actual = await reportedYear(app, cast, open.id, '2017/18', 7);
  const { body } = await app.request('get', `/v1/benefit-actuals/${actual}`, cast.lead).expect(200);
  const evidence = `/v1/benefit-evidence/${body.evidence[0].id}`;
  for (const path of [evidence, `${evidence}/content`, `/v1/benefits/${open.id}`])
    await app.request('get', path, cast.lead).expect(200);
  for (const list of ['benefits', 'benefit-totals', 'benefit-to-cost'])
    await app.request('get', `/v1/programmes/${SLUG}/${list}`, cast.manager).expect(200);
}
