import {
  type AgreementBody,
  agreementCast,
  draft,
  inForce,
  readAgreement,
  saveDraft,
  step,
  through,
  undescribed,
} from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { rowCounts } from './support/counts.js';
import { balances } from './support/money.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-05-15';
const REASON = { reason: 'As the board agreed.' };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
});
afterAll(() => app?.stop());

const journals = (id: string) =>
  app.database.sql<{ kind: string; pence: number }>(
    'select kind, total_pence::float8 as pence from journal where agreement_id = $1 order by id',
    [id],
  );

const lastEntry = async (id: string) =>
  (
    await app.database.sql<{ action: string; reason: string | null }>(
      'select action, reason from log_entry where subject_id = $1 order by number desc limit 1',
      [id],
    )
  )[0];

const idOf = async (key: string) => (await app.actorOf(key)).id;

test('an agreement goes from draft to closure, each step by whoever it belongs to', async () => {
  const { manager, finance, director } = await agreementCast(app, 'RW4');
  const [editor, lead, stranger] = await Promise.all([
    app.as('programme-manager'),
    app.as('trust-lead', 'RW4'),
    app.as('trust-finance-director', 'RXT'),
  ]);
  const made = await app
    .request('post', `/v1/programmes/${SLUG}/agreements`, manager)
    .send({ trust: 'RW4', reference: 'MHGDE/RW4', parties: { recipient: 'Mersey Care' } });
  expect([made.status, made.headers.etag]).toEqual([201, '"1"']);
  const begun: AgreementBody = made.body;
  const { id } = begun;
  expect(made.headers.location).toBe(`/v1/agreements/${id}`);
  expect(begun).toMatchObject({
    programme: SLUG,
    trust: { odsCode: 'RW4' },
    state: 'draft',
    version: 1,
    activatedOn: null,
    agreedGrantPence: 500_000_000,
    agreedMatchPence: 500_000_000,
    illustrative: true,
    predecessor: null,
    current: {
      number: 1,
      preparedBy: { id: await idOf(manager) },
      approvedBy: null,
      terms: { parties: { recipient: { odsCode: 'RW4', name: 'Mersey Care' } } },
    },
    next: ['save', 'begin-due-diligence', 'withdraw'],
  });
  expect(begun.lines.map(({ id: line, agreedGrantPence }) => [line, agreedGrantPence])).toEqual(
    [150_000_000, 50_000_000, 100_000_000, 60_000_000, 80_000_000, 60_000_000].map((each) => [null, each]),
  );
  expect(begun.tranches.reduce((sum, { grantPence }) => sum + grantPence, 0)).toBe(500_000_000);
  expect(await balances(app, id)).toEqual({});

  const saved = await saveDraft(app, editor, id, { conditions: ['Open source'], matchTypes: ['cash'] });
  expect(saved.body).toMatchObject({
    state: 'draft',
    current: {
      editedBy: [{ id: await idOf(editor) }],
      terms: { conditions: ['Open source'], matchRules: { types: [{ code: 'cash' }] } },
    },
  });
  expect(await step(app, finance, id, 'due-diligence')).toMatchObject({ status: 403 });
  expect((await step(app, manager, id, 'due-diligence')).body.state).toBe('in-due-diligence');
  expect((await step(app, manager, id, 'return-to-draft', REASON)).body.state).toBe('draft');
  expect(await lastEntry(id)).toEqual({ action: 'agreement.return-to-draft', reason: REASON.reason });
  expect((await step(app, manager, id, 'due-diligence')).body.state).toBe('in-due-diligence');

  for (const key of [manager, editor])
    expect(await step(app, key, id, 'approval')).toMatchObject({
      status: 409,
      body: {
        blockers: [{ code: 'approver-is-preparer', clearedBy: expect.stringContaining('Another person') }],
      },
    });
  const approved = await step(app, finance, id, 'approval');
  expect(approved.body).toMatchObject({
    state: 'approved',
    current: { approvedBy: { id: await idOf(finance) } },
  });
  expect((await step(app, manager, id, 'offer')).body.state).toBe('offered');
  expect((await readAgreement(app, director, id)).next).toEqual(['sign']);
  expect((await readAgreement(app, lead, id)).next).toEqual([]);
  expect(await step(app, lead, id, 'signature')).toMatchObject({ status: 403 });
  expect(await step(app, finance, id, 'signature')).toMatchObject({ status: 403 });
  expect(await step(app, stranger, id, 'signature')).toMatchObject({ status: 404 });
  const signed = await step(app, director, id, 'signature');
  expect(signed.body).toMatchObject({ state: 'signed', current: { signedBy: { id: await idOf(director) } } });

  const active = (await step(app, finance, id, 'activation')).body;
  expect(active).toMatchObject({
    state: 'active',
    activatedOn: TODAY,
    current: { effectiveOn: TODAY },
    grant: { remainingPence: 500_000_000, claimedPence: 0, paidPence: 0 },
    match: { pledgedPence: 500_000_000, acceptedPence: 0 },
    next: ['suspend', 'begin-closing', 'terminate', 'novate'],
  });
  expect(active.lines.map(({ grant, match }) => [grant.remainingPence, match.pledgedPence])).toEqual(
    [150_000_000, 50_000_000, 100_000_000, 60_000_000, 80_000_000, 60_000_000].map((each) => [each, each]),
  );
  expect([...active.lines, ...active.tranches].filter((each) => each.id === null)).toEqual([]);
  expect(
    active.tranches.map(({ drawnPence, remainingPence, grantPence }) => [
      drawnPence,
      remainingPence - grantPence,
    ]),
  ).toEqual(active.tranches.map(() => [0, 0]));
  const opening = await app.database.sql<{ code: string }>(
    `select p.code || '/' || m.code as code from tranche_milestone n join tranche t on t.id = n.tranche_id
       join milestone m on m.id = n.milestone_id join project p on p.id = m.project_id
     where t.agreement_id = $1 order by 1`,
    [id],
  );
  expect(opening.map(({ code }) => code)).toEqual(
    active.tranches.flatMap(({ milestones }) => milestones).sort(),
  );
  expect(opening.length).toBeGreaterThan(2);
  expect(await journals(id)).toEqual([{ kind: 'award', pence: 1_000_000_000 }]);

  expect((await step(app, finance, id, 'closing')).body.state).toBe('closing');
  const closed = (await step(app, finance, id, 'closure', REASON)).body;
  expect(closed).toMatchObject({
    state: 'closed',
    grant: { remainingPence: 0, withdrawnPence: 500_000_000 },
    match: { pledgedPence: 0, withdrawnPence: 500_000_000 },
    next: [],
  });
  expect(await journals(id)).toHaveLength(2);
  expect(await lastEntry(id)).toEqual({ action: 'agreement.close', reason: REASON.reason });
});

test('the database itself refuses an approval by whoever prepared or edited the version', async () => {
  const { manager } = await agreementCast(app, 'RXT');
  const editor = await app.as('programme-manager');
  const { id } = (await draft(app, manager, 'RXT')).body;
  await saveDraft(app, editor, id, {});
  for (const key of [manager, editor])
    await expect(
      app.database.sql(
        'update agreement_version set approved_by = $2, approved_at = now() where agreement_id = $1',
        [id, await idOf(key)],
      ),
    ).rejects.toMatchObject({ constraint: 'agreement_approver_is_not_preparer' });
});

test('of many activations at once one awards the money, once', async () => {
  const cast = await agreementCast(app, 'RX4');
  const { id } = (await draft(app, cast.manager, 'RX4')).body;
  const { revision } = await through(app, cast, id, 'signature');
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => step(app, cast.finance, id, 'activation', {}, revision)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
  expect(await balances(app, id)).toEqual({ 'grant awarded': 500_000_000, 'match pledged': 500_000_000 });
  expect(await journals(id)).toEqual([{ kind: 'award', pence: 1_000_000_000 }]);
});

test('what is approved and signed never changes, by rule and by the database', async () => {
  const cast = await agreementCast(app, 'RNU');
  const { id } = (await draft(app, cast.manager, 'RNU')).body;
  await through(app, cast, id, 'signature');
  expect(await saveDraft(app, cast.manager, id, { conditions: [] })).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
  const fixed = { constraint: 'approved_version_is_fixed' };
  for (const change of [
    `terms = jsonb_set(terms, '{conditions}', '[]')`,
    `approved_by = (select id from person where id not in (prepared_by, approved_by) limit 1)`,
    `edited_by = array[gen_random_uuid()]`,
    `signed_by = approved_by`,
    `signed_at = now() + interval '1 day'`,
  ])
    await expect(
      app.database.sql(`update agreement_version set ${change} where agreement_id = $1`, [id]),
    ).rejects.toMatchObject(fixed);
  await step(app, cast.finance, id, 'activation');
  await expect(
    app.database.sql(`update agreement_version set effective_on = '2018-01-01' where agreement_id = $1`, [
      id,
    ]),
  ).rejects.toMatchObject(fixed);
});

test('an award is agreed once; one that was withdrawn can be agreed anew', async () => {
  const { manager } = await agreementCast(app, 'RV5');
  const first = await draft(app, manager, 'RV5');
  const before = await rowCounts(app.database);
  expect(await draft(app, manager, 'RV5', { reference: 'Again' })).toMatchObject({
    status: 409,
    codes: ['award-agreed-already'],
  });
  expect(await draft(app, manager, 'R1A', { reference: 'AGR/RV5' })).toMatchObject({
    status: 409,
    codes: ['agreement-reference-taken'],
  });
  expect(await rowCounts(app.database)).toEqual(before);
  expect((await step(app, manager, first.body.id, 'withdrawal', REASON)).body).toMatchObject({
    state: 'withdrawn',
    next: [],
  });
  expect((await draft(app, manager, 'RV5', { reference: 'Again' })).status).toBe(201);
});

test('a draft says what the programme knows, and goes on as it holds only', async () => {
  const { manager } = await agreementCast(app, 'R1A');
  expect(await draft(app, manager, 'X24')).toMatchObject({ status: 422, codes: ['no-award'] });
  expect(await draft(app, manager, 'NOBODY')).toMatchObject({ status: 422, codes: ['no-award'] });
  expect(await draft(app, manager, 'R1A', {}, 'no-such-programme')).toMatchObject({ status: 404 });
  expect(await draft(app, manager, 'R1A', { matchTypes: ['loans'] })).toMatchObject({
    status: 422,
    codes: ['unknown-code'],
  });
  expect(await draft(app, manager, 'R1A', { conditions: [' '] })).toMatchObject({ status: 400 });
  const { body } = await draft(app, manager, 'R1A');
  const { id } = body;
  const standing = body.current.terms.tranches;
  const [first, ...rest] = standing.map((each) => ({ ...each }));
  if (!first) throw new Error('The award is planned in no tranches');
  const dueDiligence = () => step(app, manager, id, 'due-diligence');

  await saveDraft(app, manager, id, { tranches: [{ ...first, grantPence: first.grantPence - 1 }, ...rest] });
  expect(await dueDiligence()).toMatchObject({ status: 409, codes: ['tranches-do-not-add-up'] });
  await saveDraft(app, manager, id, { tranches: [{ ...first, milestones: ['no/such'] }, ...rest] });
  expect(await dueDiligence()).toMatchObject({ status: 409, codes: ['unknown-milestone'] });
  await saveDraft(app, manager, id, { tranches: standing });
  const move = (pence: number) =>
    app.database.sql(
      `update award_line set grant_pence = grant_pence + case kind when 'capital' then $2::bigint else -$2::bigint end
       where award_id = $1 and financial_year = '2017/18'`,
      [body.awardId, pence],
    );
  await move(100);
  expect(await dueDiligence()).toMatchObject({ status: 409, codes: ['award-changed'] });
  const [capital] = (await saveDraft(app, manager, id, {})).body.lines;
  expect(capital?.agreedGrantPence).toBe(150_000_100);
  expect(await dueDiligence()).toMatchObject({ status: 200 });
  await expect(move(-100)).rejects.toMatchObject({ constraint: 'award_is_agreed' });
});

/** What a list answers. */
interface Page {
  body: { items: Array<{ id: string }> };
  headers: Record<string, string>;
}

test('an agreement is not there for another trust, and in no list of it', async () => {
  const { cast, agreement } = await inForce(app, 'RWX');
  const { id } = agreement;
  const stranger = await app.as('trust-finance-director', 'RXT');
  await app.request('get', `/v1/agreements/${id}`, stranger).expect(404);
  await app.request('get', `/v1/agreements/${id}`, cast.director).expect(200);
  await app.request('get', `/v1/agreements/${id}/versions`, stranger).expect(404);
  const list = `/v1/programmes/${SLUG}/agreements`;
  const { body } = await app.request('get', `${list}?trust=RWX`, stranger).expect(200);
  expect(body.items).toEqual([]);
  const own = await app.request('get', list, cast.director).expect(200);
  expect(own.body.items).toMatchObject([{ id, state: 'active', grant: { remainingPence: 500_000_000 } }]);
  const manager = await app.as('programme-manager');
  const found = await app.request('get', `${list}?state=active&limit=1`, manager).expect(200);
  expect(found.body.items).toHaveLength(1);
  expect(found.headers.link).toContain('rel="next"');
  const seen = new Set<string>();
  let next: string | undefined = `${list}?limit=2`;
  while (next) {
    const { body: page, headers }: Page = await app.request('get', next, manager).expect(200);
    for (const item of page.items) seen.add(item.id);
    next = /<([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1];
  }
  const [{ count } = { count: 0 }] = await app.database.sql<{ count: number }>(
    'select count(*)::int as count from agreement',
  );
  expect([seen.size, seen.size > 4]).toEqual([count, true]);
  await app.request('get', `${list}?after=nonsense`, manager).expect(400);
  expect(await undescribed(app, manager, [...seen])).toEqual([]);
});
