import fc from 'fast-check';
import type { BenefitTotal } from '../src/benefits/benefit-totals.queries.js';
import { again } from './support/again.js';
import { startTestApp, type TestApp } from './support/app.js';
import {
  agreedBenefit,
  BENEFIT,
  type BenefitCast,
  benefitCast,
  benefitStep,
  projectsOf,
  recordBenefit,
  reportedYear,
  sendBenefitEvidence,
} from './support/benefits.js';
import { changeCast, changeStep, openChange, readChange, takeChangeTo } from './support/changes.js';
import { pdf } from './support/evidence.js';
import { putInForce } from './support/money.js';
import { signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

const P = `/v1/programmes/${SLUG}`;

let app: TestApp;
let mersey: BenefitCast;
let oxford: BenefitCast;
let auditor: string;
let first: string;
let second: string;
let other: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-07-20' } });
  [mersey, oxford, auditor] = await Promise.all([
    benefitCast(app, 'RW4'),
    benefitCast(app, 'RNU'),
    app.as('auditor'),
  ]);
  [first = '', second = ''] = await projectsOf(app, 'RW4');
  [other = ''] = await projectsOf(app, 'RNU');
});
afterAll(() => app?.stop());

const get = async (path: string, key = auditor) => (await app.request('get', path, key).expect(200)).body;
const step = (key: string, id: string, noun: string, body: object = {}, revision?: number | null) =>
  benefitStep(app, key, `/v1/benefits/${id}`, noun, body, revision);
const decide = (key: string, id: string, noun: string, body: object = {}) =>
  benefitStep(app, key, `/v1/benefit-actuals/${id}`, noun, body);

test('a benefit is planned, agreed by somebody else, reported with evidence, validated by a third, and realised', async () => {
  const recorded = await recordBenefit(app, mersey.lead, first, { ownerAfterClosure: null, baseline: null });
  expect(recorded.body).toMatchObject({
    state: 'draft',
    unit: 'pence',
    counts: true,
    trust: { odsCode: 'RW4' },
  });
  const { id } = recorded.body;
  expect((await step(mersey.manager, id, 'agreement')).codes).toEqual([
    'baseline-missing',
    'owner-after-closure-missing',
  ]);
  expect((await step(mersey.lead, id, '', BENEFIT)).body.revision).toBe(2);
  expect((await step(mersey.lead, id, 'agreement')).status).toBe(403);
  expect((await step(mersey.manager, id, 'agreement')).body).toMatchObject({
    state: 'agreed',
    agreedBy: { name: 'programme-manager of the programme' },
  });
  // What was agreed is fixed.
  expect((await step(mersey.lead, id, '', { ...BENEFIT, name: 'Other' })).codes).toEqual([
    'agreed-benefit-is-fixed',
  ]);
  // Years that are not planned, and the wrong people, are refused.
  const said = { financialYear: '2017/18', value: 900_000, method: 'Orders of the year.' };
  expect((await step(mersey.lead, id, 'actuals', { ...said, financialYear: '2015/16' })).codes).toEqual([
    'year-not-planned',
  ]);
  expect((await step(mersey.assessor, id, 'actuals', said)).status).toBe(403);
  const actual = (await step(mersey.lead, id, 'actuals', said)).body;
  expect(actual).toMatchObject({ state: 'reported', value: 900_000, validated: null });
  expect((await decide(mersey.assessor, actual.id, 'validation', { value: 850_000 })).codes).toEqual([
    'evidence-missing',
  ]);
  const file = pdf();
  const evidence = await sendBenefitEvidence(app, mersey.lead, actual.id, file).expect(201);
  expect((await sendBenefitEvidence(app, mersey.lead, actual.id, file)).body.code).toBe(
    'evidence-already-there',
  );
  const bytes = await app.request('get', `${evidence.headers.location}/content`, auditor).expect(200);
  expect(bytes.headers['content-length']).toBe(String(file.bytes.length));
  expect((await decide(mersey.lead, actual.id, 'validation', { value: 850_000 })).status).toBe(403);
  const validated = await decide(mersey.assessor, actual.id, 'validation', {
    value: 850_000,
    note: 'A month twice.',
  });
  expect(validated.body).toMatchObject({ state: 'validated', value: 900_000, validated: 850_000 });
  expect((await sendBenefitEvidence(app, mersey.lead, actual.id)).body.blockers[0].code).toBe(
    'decided-already',
  );
  // Not realised before every year is validated.
  expect((await step(mersey.lead, id, 'completion')).body.blockers[0]).toMatchObject({
    code: 'years-not-validated',
    message: expect.stringContaining('2016/17'),
  });
  const earlier = await reportedYear(app, mersey, id, '2016/17', 500_000);
  expect(
    (await decide(mersey.assessor, earlier, 'rejection', { reason: 'It is another year.' })).body.state,
  ).toBe('rejected');
  const again = await reportedYear(app, mersey, id, '2016/17', 400_000);
  await decide(mersey.assessor, again, 'validation', { value: 400_000 });
  expect((await step(mersey.lead, id, 'completion')).body.state).toBe('realised');
  expect((await step(mersey.manager, id, 'closure', { reason: 'Handed over.' })).body).toMatchObject({
    state: 'closed',
    endedBecause: 'Handed over.',
    actuals: [{ state: 'validated' }, { state: 'validated' }, { state: 'rejected' }],
    next: [],
  });
});

test('what shows a report that was made up is made up too', async () => {
  const { id } = await agreedBenefit(app, mersey, first, { code: 'made-up' });
  const actual = await reportedYear(app, mersey, id, '2017/18', 1);
  const { body } = await app.request('get', `/v1/benefit-actuals/${actual}`, mersey.lead);
  expect(body).toMatchObject({ illustrative: true, evidence: [{ illustrative: true }] });
});

test('the database refuses what the rules refuse: who decides prepared nothing, and what was agreed and reported stays', async () => {
  const { id } = await agreedBenefit(app, mersey, first, { code: 'held' });
  const actual = await reportedYear(app, mersey, id, '2017/18', 1);
  const refuses = async (sql: string, constraint: string) =>
    expect([constraint, await app.database.sql(sql).then(String, (error) => error.constraint)]).toEqual([
      constraint,
      constraint,
    ]);
  await refuses(
    again('benefit', `id = '${id}'`, { code: `'x'`, agreed_by: 'recorded_by[1]' }),
    'benefit_agreer_is_not_recorder',
  );
  await refuses(
    `update benefit_actual set state = 'validated', validated_value = 1, decided_by = prepared_by[1] where id = '${actual}'`,
    'benefit_validator_is_not_preparer',
  );
  await refuses(`update benefit set baseline_value = 1 where id = '${id}'`, 'agreed_benefit_is_fixed');
  await refuses(
    `update benefit_year set planned_value = 9 where benefit_id = '${id}'`,
    'agreed_benefit_is_fixed',
  );
  await refuses(`update benefit_actual set value = 2 where id = '${actual}'`, 'reported_benefit_is_fixed');
  await refuses(`update benefit set counted_in = id where id = '${id}'`, 'benefit_counted_once');
});

test('the plan of an agreed benefit changes by a change request: before and after, decided, applied, and what it was stays readable', async () => {
  const agreement = await putInForce(app, 'RXT');
  const [cast, asker] = await Promise.all([benefitCast(app, 'RXT'), changeCast(app, 'RXT')]);
  const [project = ''] = await projectsOf(app, 'RXT');
  const { id } = await agreedBenefit(app, cast, project);
  await reportedYear(app, cast, id, '2016/17', 400_000);
  const benefit = `${project}/${BENEFIT.code}`;
  const asks = (...years: Array<[string, number]>) => ({
    plans: [{ benefit, years: years.map(([financialYear, planned]) => ({ financialYear, planned })) }],
  });
  const wanted = asks(['2016/17', 500_000], ['2018/19', 700_000], ['2019/20', 300_000]);
  const opened = async (content: object) => {
    const { body, status } = await openChange(app, asker.lead, agreement.id, 'replan-benefits', content);
    expect(status).toBe(201);
    return changeStep(app, asker.lead, body.id, 'submission');
  };
  for (const [content, code] of [
    [asks(['2017/18', 1]), 'year-reported'],
    [asks(['2016/17', 500_000], ['2016/17', 500_000]), 'year-twice'],
    [{ plans: [{ benefit: `${project}/none`, years: [] }] }, 'unknown-benefit'],
    [{ plans: [] }, 'nothing-changes'],
  ] as const)
    expect([code, (await opened(content)).codes]).toEqual([code, expect.arrayContaining([code])]);
  expect(
    (await openChange(app, asker.lead, agreement.id, 'reprofile', wanted)).body.blockers?.[0]?.code,
  ).toBe('not-of-this-kind');
  for (const plans of [
    [{ benefit, years: [{ financialYear: '2018/20', planned: 1 }] }],
    [{ benefit }],
    'none',
  ])
    expect((await openChange(app, asker.lead, agreement.id, 'replan-benefits', { plans })).status).toBe(400);

  const planned = async () =>
    (await get(`/v1/benefits/${id}`)).years.map((year: { year: string; planned: number }) => [
      year.year,
      year.planned,
    ]);
  const before = await planned();
  const change = await takeChangeTo(
    app,
    asker,
    agreement.id,
    { kind: 'replan-benefits', content: wanted },
    'impact-assessment',
  );
  expect(change.impact?.plans).toEqual([
    {
      ...{ benefit, name: BENEFIT.name, unit: 'pence' },
      years: [
        { financialYear: '2016/17', before: 500_000, after: 500_000 },
        { financialYear: '2017/18', before: 1_000_000, after: null },
        { financialYear: '2018/19', before: null, after: 700_000 },
        { financialYear: '2019/20', before: null, after: 300_000 },
      ],
      ...{ totalBefore: 1_500_000, totalAfter: 1_500_000 },
    },
  ]);
  expect(change.effect?.benefit).toEqual({ targetSets: 0, late: 0, plans: 1 });
  // Nobody but a change request that is approved changes it, not even by direct SQL, and then as it was approved alone.
  const sql = (text: string) => app.database.sql(text).then(String, (error) => error.constraint);
  const later = `update benefit_year set planned_value = 5 where benefit_id = '${id}' and financial_year = '2017/18'`;
  const asked = `delete from benefit_year where benefit_id = '${id}' and financial_year = '2017/18'`;
  for (const text of [later, asked]) expect(await sql(text)).toBe('agreed_benefit_is_fixed');
  await changeStep(app, asker.manager, change.id, 'approval', { reason: 'It is credible.' });
  expect(await sql(later)).toBe('agreed_benefit_is_fixed');
  expect(
    await sql(`delete from benefit_year where benefit_id = '${id}' and financial_year = '2016/17'`),
  ).toBe('agreed_benefit_is_fixed');
  expect(await planned()).toEqual(before);
  const applied = await changeStep(app, asker.manager, change.id, 'application');
  expect([applied.status, applied.body.state, applied.body.appliedVersion]).toEqual([200, 'applied', null]);
  expect(await get(`/v1/benefits/${id}`)).toMatchObject({
    planVersion: 2,
    formerPlans: [
      {
        ...{ number: 1, changeRequest: change.reference },
        years: [
          { financialYear: '2016/17', planned: 500_000 },
          { financialYear: '2017/18', planned: 1_000_000 },
        ],
      },
    ],
  });
  expect(await planned()).toEqual([
    ['2016/17', 500_000],
    ['2018/19', 700_000],
    ['2019/20', 300_000],
  ]);
  // What was approved is not there to be used again.
  expect(
    await sql(`delete from benefit_year where benefit_id = '${id}' and financial_year = '2019/20'`),
  ).toBe('agreed_benefit_is_fixed');
  // A year that is reported after the approval keeps its plan.
  const second = asks(['2016/17', 500_000], ['2018/19', 1], ['2019/20', 300_000]);
  const next = await takeChangeTo(
    app,
    asker,
    agreement.id,
    { kind: 'replan-benefits', content: second },
    'approval',
  );
  await app.database.sql(`insert into benefit_actual (programme_id, trust_id, benefit_id, financial_year, value, method, state, prepared_by)
    select programme_id, trust_id, id, '2018/19', 1, 'Test', 'reported', recorded_by from benefit where id = '${id}'`);
  expect((await changeStep(app, asker.manager, next.id, 'application')).codes).toEqual(['year-reported']);
  expect((await readChange(app, asker.lead, next.id)).state).toBe('approved');

  const [lead, funder] = await Promise.all([signedIn(app, asker.lead), signedIn(app, asker.manager)]);
  const page = await funder.get(`/changes/${change.id}`);
  expect(page.rows('impact-plans')[1]).toEqual([BENEFIT.name, '2017/18', '£10,000', '–nothing']);
  expect((await lead.get(`/benefits/${id}`)).rows('former-plans')[1]?.slice(0, 3)).toEqual([
    'Version 1',
    '2017/18',
    '£10,000',
  ]);
  const form = `/agreements/${agreement.id}/changes/new/replan-benefits`;
  expect((await lead.get(form)).text).toContain('(reported)');
  const typed = { 'content/plans/0/benefit': benefit, 'content/plans/0/years/0/financialYear': 'soon' };
  expect(
    (await lead.send(form, { title: 'Less', justification: 'Later.', ...typed }, form)).errors(),
  ).toEqual([`Enter a financial year of ${BENEFIT.name}, such as 2018/19.`]);
  const years = ['2016/17', '5,000', '2018/19', '7,000', '2019/20', '1,000'];
  const whole = Object.fromEntries(
    [0, 1, 2].flatMap((index) => [
      [`content/plans/0/years/${index}/financialYear`, years[2 * index] as string],
      [`content/plans/0/years/${index}/planned`, years[2 * index + 1] as string],
    ]),
  );
  const sent = await lead.send(form, { title: 'Less', justification: 'Later.', ...typed, ...whole }, form);
  expect(sent.location).toMatch(/^\/changes\//);
  expect((await lead.get(sent.location as string)).rows('impact-plans').at(-1)?.slice(1)).toEqual([
    'All years',
    '£15,000',
    '£13,000',
  ]);
});

describe('a gain that projects share counts once', () => {
  const count = (id: string, countedIn: string | null) =>
    step(mersey.manager, id, 'counting', { countedIn, reason: 'The same gain.' });

  test('in one benefit that stands, counts itself and has the same unit', async () => {
    const one = await agreedBenefit(app, mersey, first, { code: 'one' });
    const two = await agreedBenefit(app, mersey, second, { code: 'two' });
    const three = await agreedBenefit(app, oxford, other, { code: 'three' });
    const draft = (await recordBenefit(app, mersey.lead, first, { code: 'draft' })).body;
    const safe = await agreedBenefit(app, mersey, first, { code: 'safe', type: 'safety', unit: 'incidents' });
    const { body: before } = await app.request('get', `${P}/benefit-totals?trust=RW4`, auditor);
    expect((await count(two.id, two.id)).codes).toEqual(['counted-in-itself']);
    expect((await count(two.id, draft.id)).codes).toEqual(['target-does-not-stand']);
    expect((await count(two.id, safe.id)).codes).toEqual(['target-in-another-unit']);
    expect((await count(two.id, app.config.dataFolder)).status).toBe(400);
    expect((await count(two.id, '00000000-0000-7000-8000-000000000000')).codes).toEqual(['benefit-unknown']);
    expect((await count(two.id, one.id)).body).toMatchObject({ counts: false, countedIn: { id: one.id } });
    expect((await count(three.id, one.id)).status).toBe(200);
    expect((await count(draft.id, two.id)).codes).toEqual(['target-does-not-count']);
    expect((await count(one.id, safe.id)).codes).toContain('counts-for-others');
    expect((await step(mersey.manager, one.id, 'withdrawal', { reason: 'No more.' })).codes).toEqual([
      'counts-for-others',
    ]);
    // What is counted elsewhere is reported there.
    expect(
      (await step(mersey.lead, two.id, 'actuals', { financialYear: '2017/18', value: 1, method: 'x' })).codes,
    ).toEqual(['counted-elsewhere']);
    // The other trust is told that it counts elsewhere, and not where.
    expect(await get(`/v1/benefits/${three.id}`, oxford.lead)).toMatchObject({
      counts: false,
      countedIn: null,
    });
    await app.request('get', `/v1/benefits/${one.id}`, oxford.lead).expect(404);
    const { body: after } = await app.request('get', `${P}/benefit-totals?trust=RW4`, auditor);
    const cash = ({ items }: { items: BenefitTotal[] }) =>
      items.find(({ type }) => type === 'cash-releasing') as BenefitTotal;
    expect(cash(before).planned - cash(after).planned).toBe(1_500_000);
    expect(cash(after).shared).toBe(cash(before).shared + 1);
    // What counts for others cannot be made to count elsewhere past the program either.
    const error = await app.database
      .sql(
        `update benefit set counted_in = (select id from benefit where code = 'held') where id = '${one.id}'`,
      )
      .then(String, ({ constraint }) => constraint);
    expect(error).toBe('benefit_counted_once');
  });

  test('and whatever is counted where, no total has a gain twice', async () => {
    const made = [];
    for (let index = 0; index < 5; index++)
      made.push(
        await agreedBenefit(app, mersey, index % 2 ? first : second, {
          code: `random-${index}`,
          type: 'experience',
          unit: 'answers',
          profile: [{ financialYear: '2017/18', planned: 10 ** index }],
        }),
      );
    const ids = made.map(({ id }) => id);
    const named = fc.nat({ max: 4 });
    const moves = fc.array(fc.tuple(named, fc.option(named)), { minLength: 3, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(moves, async (walk) => {
        for (const [from, to] of walk)
          await count(ids[from] as string, to === null ? null : (ids[to] as string));
        const rows = await app.database.sql<{ id: string; counted_in: string | null; counts: string }>(
          `select id, counted_in, counts from benefit where code like 'random-%' order by code`,
        );
        // Each is counted in one that counts.
        for (const { counted_in } of rows)
          if (counted_in) expect(rows.find(({ id }) => id === counted_in)?.counted_in).toBeNull();
        const expected = rows.reduce((sum, row, index) => sum + (row.counted_in ? 0 : 10 ** index), 0);
        const { items } = await get(`${P}/benefit-totals`);
        const total = items.find(({ unit }: BenefitTotal) => unit === 'answers');
        expect(total.planned).toBe(expected);
        expect(total.benefits + total.shared).toBe(5);
      }),
      { numRuns: 8, seed: 7 },
    );
  });
});

test('auditor 8: which benefits are unvalidated or late', async () => {
  const { id } = await agreedBenefit(app, oxford, other, {
    code: 'late',
    profile: [
      { financialYear: '2016/17', planned: 10 },
      { financialYear: '2017/18', planned: 20 },
      { financialYear: '2018/19', planned: 30 },
    ],
  });
  const actual = await reportedYear(app, oxford, id, '2016/17', 9);
  const found = await get(`${P}/unvalidated?limit=200`);
  const late = found.lateBenefits.items.filter((row: { benefit: { id: string } }) => row.benefit.id === id);
  // Due on 31 May after the year; a year that is not due is not late.
  expect(late).toMatchObject([
    { year: '2017/18', planned: 20, dueOn: '2018-05-31', daysLate: 50, owner: BENEFIT.owner },
  ]);
  expect(found.unvalidatedBenefits.items.map((row: { id: string }) => row.id)).toContain(actual);
  expect(found.benefitGaps).toEqual({
    unvalidated: found.unvalidatedBenefits.items.length,
    late: found.lateBenefits.items.length,
  });
  await decide(oxford.assessor, actual, 'validation', { value: 9 });
  const after = await get(`${P}/unvalidated?limit=200`);
  expect(after.unvalidatedBenefits.items.map((row: { id: string }) => row.id)).not.toContain(actual);
  const paged = await get(`${P}/unvalidated?limit=1`);
  const next = await get(`${P}/unvalidated?limit=1&lateBenefits=${paged.lateBenefits.next}`);
  expect([...paged.lateBenefits.items, ...next.lateBenefits.items]).toEqual(
    found.lateBenefits.items.slice(0, 2),
  );
});

test('benefit to cost: both figures, without VAT, and whether they reach 1.5 to 1', async () => {
  const agreement = await putInForce(app, 'RV5');
  const cast = await benefitCast(app, 'RV5');
  const [project = ''] = await projectsOf(app, 'RV5');
  await agreedBenefit(app, cast, project, {
    profile: [{ financialYear: '2017/18', planned: 1_499_999_999 }],
  });
  const one = async () => (await get(`${P}/benefit-to-cost?trust=RV5`)).items[0];
  expect(await one()).toMatchObject({
    planned: { benefitPence: 1_499_999_999, costPence: 1_000_000_000, outcome: 'below', shortfallPence: 1 },
    realised: { benefitPence: 0, costPence: 0, outcome: 'no-cost' },
  });
  const more = await agreedBenefit(app, cast, project, {
    code: 'more',
    type: 'non-cash',
    profile: [{ financialYear: '2017/18', planned: 1 }],
  });
  expect(await one()).toMatchObject({ planned: { outcome: 'meets' }, cashReleasingPence: 1_499_999_999 });
  await step(cast.manager, more.id, 'withdrawal', { reason: 'It was not the project.' });
  expect((await one()).planned.outcome).toBe('below');
  // £120 accepted as match, of which £20 is VAT that nobody gives back.
  await app.database.sql(`begin; set local session_replication_role = replica;
    insert into contribution (programme_id, trust_id, agreement_id, line_id, type, description, valuation, state,
      amount_pence, net_pence, vat_pence, recoverable_vat_pence, incurred_on, recorded_by, evidenced_by)
    values ('${agreement.programmeId}', '${agreement.trustId}', '${agreement.id}',
      '${agreement.lines['2017/18 capital']}', 'cash', 'x', 'invoice', 'accepted', 12000, 10000, 2000, 0, '2017-10-01', '{}',
      (select id from person limit 1));
    insert into account (trust_id, line_id, source, stage, balance_pence)
    values ('${agreement.trustId}', '${agreement.lines['2017/18 capital']}', 'match', 'accepted', 12000)
    on conflict (line_id, source, stage) do update set balance_pence = 12000; commit`);
  expect(await one()).toMatchObject({
    realised: { costPence: 10_000, outcome: 'no-benefit' },
    vatPence: 2_000,
  });
  const whole = await get(`${P}/benefit-to-cost?limit=3`);
  expect(whole.items).toHaveLength(3);
  expect(whole.atLeast).toEqual({ benefitPence: 3, perCostPence: 2 });
  await app.request('get', `${P}/benefit-to-cost`, mersey.lead).expect(200);
});

test('a stranger sees nothing of a trust’s benefits, and bad input is always a clear 4xx', async () => {
  const { id, revision } = await agreedBenefit(app, mersey, first, { code: 'private' });
  const actual = await reportedYear(app, mersey, id, '2017/18', 5);
  for (const path of [`/v1/benefits/${id}`, `/v1/benefit-actuals/${actual}`])
    await app.request('get', path, oxford.lead).expect(404);
  await recordBenefit(app, oxford.lead, first, { code: 'theirs' }).expect(404);
  const seen = await get(`${P}/benefits?limit=200`, oxford.lead);
  expect(new Set(seen.items.map((row: { trust: { odsCode: string } }) => row.trust.odsCode))).toEqual(
    new Set(['RNU']),
  );
  for (const wrong of [
    { code: 'Not a code' },
    { name: ' ' },
    { type: 'happiness' },
    { profile: [{ financialYear: '2017/19', planned: 1 }] },
    { profile: [{ financialYear: '2017/18', planned: -1 }] },
    { profile: 'none' },
    { baseline: { value: 1 } },
    { baseline: 7 },
  ])
    expect([wrong, (await recordBenefit(app, mersey.lead, first, wrong as object)).status]).toEqual([
      wrong,
      400,
    ]);
  for (const [wrong, code] of [
    [{ unit: 'incidents' }, 'unit-of-another-type'],
    [{ type: 'safety' }, 'unit-missing'],
    [{ type: 'safety', unit: 'pence' }, 'unit-of-another-type'],
    [{ profile: [BENEFIT.profile[0], BENEFIT.profile[0]] }, 'year-twice'],
  ] as const) {
    const { status, body } = await recordBenefit(app, mersey.lead, first, wrong as object);
    expect([wrong, status, body.errors?.[0]?.code]).toEqual([wrong, 422, code]);
  }
  expect((await recordBenefit(app, mersey.lead, first, { code: 'private' })).body.code).toBe(
    'benefit-code-taken',
  );
  expect((await step(mersey.lead, id, 'owners', {}, null)).status).toBe(400);
  const owners = { owner: 'Medical director', ownerAfterClosure: 'Head of systems' };
  expect((await step(mersey.lead, id, 'owners', owners, null)).status).toBe(428);
  expect((await step(mersey.lead, id, 'owners', owners, revision)).status).toBe(412);
  expect((await step(mersey.lead, id, 'owners', owners)).body.owner).toBe('Medical director');
  for (const wrong of ['state=shut', 'type=x', 'after=x', 'colour=red'])
    expect([wrong, (await app.request('get', `${P}/benefits?${wrong}`, auditor)).status]).toEqual([
      wrong,
      400,
    ]);
});

test('as at an earlier moment a benefit is as it was, its list is a file, and its history is kept', async () => {
  const { id } = (await recordBenefit(app, mersey.lead, second, { code: 'past' }).expect(201)).body;
  const [{ at }] = (await app.database.sql(
    'select to_json(clock_timestamp()) #>> array[]::text[] as at',
  )) as [{ at: string }];
  await step(mersey.manager, id, 'agreement');
  expect((await get(`/v1/benefits/${id}?asAt=${encodeURIComponent(at)}`)).state).toBe('draft');
  expect((await get(`/v1/benefits/${id}`)).state).toBe('agreed');
  const file = await app.request('get', `${P}/benefits?format=csv`, auditor).expect(200);
  expect(file.text.split('\n')[0]).toContain('code,name');
  const actions = await app.database.sql<{ action: string }>(
    `select action from log_entry where table_name = 'benefit' and subject_id = '${id}' order by number`,
  );
  expect(actions.map(({ action }) => action)).toEqual(['benefit.record', 'benefit.agree']);
});

test('on pages a benefit is recorded, agreed and reported, what is wrong is said beside its field, and a stranger gets 404', async () => {
  const [lead, manager, stranger] = (await Promise.all(
    [mersey.lead, mersey.manager, oxford.lead].map((key) => signedIn(app, key)),
  )) as [Visitor, Visitor, Visitor];
  const form = `/programmes/${SLUG}/projects/${first}/benefits/new`;
  const typed = {
    ...{ name: 'Less travel', code: 'by-page', description: 'Fewer miles.', type: 'cash-releasing' },
    ...{ owner: 'Director of operations', ownerAfterClosure: 'Head of services' },
    ...{ 'baseline/value': '1,250.50', 'baseline/source': 'Mileage', 'baseline/on-day': '31' },
    ...{ 'baseline/on-month': '3', 'baseline/on-year': '2017' },
    ...{ 'profile/0/financialYear': '2017/19', 'profile/0/planned': 'much' },
  };
  const wrong = await lead.send(form, typed);
  expect(wrong.errors()).toEqual([
    'Enter a financial year, such as 2018/19.',
    'What is planned must be an amount in pounds, such as 1,250 or 1,250.50.',
  ]);
  const right = { ...typed, 'profile/0/financialYear': '2017/18', 'profile/0/planned': '500' };
  const { location = '' } = await lead.send(form, right);
  expect(location).toMatch(/^\/benefits\//);
  expect((await stranger.get(location)).status).toBe(404);
  await manager.send(`${location}/steps/agreement`, {}, `${location}/steps/agreement`);
  const reported = await lead.send(`${location}/steps/actuals`, {
    ...{ financialYear: '2017/18', value: '450', method: 'Mileage of the year' },
  });
  expect(reported.location).toMatch(/^\/benefit-actuals\//);
  const page = await lead.get(location);
  expect(page.rows('years')).toEqual([['2017/18', '£500', '£450', '–nothing', '31 May 2018']]);
  expect(page.text).toContain('Report what it brought');
  const list = await manager.get(`/programmes/${SLUG}/benefits`);
  expect(list.words('main')).toContain('Less travel');
  expect(list.words('main')).toContain('Benefit to cost');
});
