import pg from 'pg';
import type { Response } from 'supertest';
import { systemActor } from '../src/core/actor.js';
import { type Permission, roleMay } from '../src/core/permissions.js';
import { appPoolSettings } from '../src/database/connection.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { WRITTEN } from './support/assurance.js';
import { agreedBenefit, BENEFIT, projectsOf, reportedYear } from './support/benefits.js';
import { beginBlueprint } from './support/blueprints.js';
import { ASKED, openChange } from './support/changes.js';
import { advanceLine, beginClaim, saveClaim } from './support/claims.js';
import { multipart, pdf, sendEvidence } from './support/evidence.js';
import { findingStep, NOT_AGREED, record } from './support/findings.js';
import { evidenced, PLEDGE, proofOf } from './support/match.js';
import { type InForce, putInForce } from './support/money.js';
import { playAssurance } from './support/play-assurance.js';
import { type Cast, castFor, eventually, reportId, SLUG, throughAcceptance } from './support/returns.js';
import { NOBODYS, routesOf, withNamed } from './support/routes.js';
import { submittedSheet } from './support/surveys.js';

/** Rows of no trust that every trust may see: who at the funder asked or accepted, and what was accepted of products. */
const FUNDERS = ['assurance_item', 'person'];
/** What everybody who is signed in sees: who follows whom, and who uses which blueprint. */
const SHARED = /^\/v1\/(adoptions|pairings|blueprint-contacts)\//;

let app: TestApp;
let mersey: Cast;
let birmingham: Cast;
/** Tables with rows of trusts. */
let tables: string[];
const trusts = { RW4: '', RXT: '' };

beforeAll(async () => {
  app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2018-05-15' } });
  [mersey, birmingham] = await Promise.all([castFor(app, 'RW4'), castFor(app, 'RXT')]);
  const reporting = app.app.get(ReportingService, { strict: false });
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'reporting-period.open' }, (tx) =>
      reporting.openDue(tx),
    );
  for (const [ods, cast] of [
    ['RW4', mersey],
    ['RXT', birmingham],
  ] as const) {
    await throughAcceptance(app, cast, await reportId(app, cast.lead, ods, '2017/18 Q1'), 20);
    const { body } = await app.request('get', `/v1/programmes/${SLUG}/milestones`, cast.lead);
    await sendEvidence(app, cast.lead, body.items[0].id, pdf()).expect(201);
    await playAssurance(app, cast, ods);
  }
  await eventually(async () => {
    const { body } = await app.request('get', `/v1/programmes/${SLUG}/progress`, mersey.manager);
    return body.figures[0]?.selfReported?.trustsReported === 2 ? true : undefined;
  });
  for (const ods of ['RW4', 'RXT'] as const)
    trusts[ods] = (
      await app.database.sql<{ id: string }>('select id from organisation where ods_code = $1', [ods])
    )[0]?.id as string;
  // A question to each trust, so that no table is empty.
  await app.database.sql(
    `insert into report_query (trust_id, report_id, version, section, question, raised_by)
     select trust_id, id, version, 'spend', 'Why?', 'A reviewer' from progress_report where trust_id = any($1)`,
    [Object.values(trusts)],
  );
  await app.database.sql(
    `insert into sign_in (person_id, trust_id, issuer, signed_in_at)
     select id, trust_id, 'test', now() from person where trust_id = any($1)`,
    [Object.values(trusts)],
  );
  await Promise.all(
    (['RW4', 'RXT'] as const).map(async (ods) => {
      const agreed = await putInForce(app, ods);
      await throughAGate(agreed);
      await evidenced(app, (ods === 'RW4' ? mersey : birmingham).lead, agreed);
      const { lead } = ods === 'RW4' ? mersey : birmingham;
      const found = await record(app, mersey.assessor, { trust: ods, ownerRole: 'trust-lead' }).expect(201);
      expect((await findingStep(app, lead, found.body.id, 'response', NOT_AGREED)).status).toBe(200);
      await draftWithFile(lead);
      expect((await openChange(app, lead, agreed.id, 'reprofile', {})).status).toBe(201);
      await claimedFor(agreed, lead);
      await paidFor(agreed);
      await exported(lead);
      const [project = ''] = await projectsOf(app, ods);
      const people = { ...mersey, lead };
      const { id } = await agreedBenefit(app, people, project);
      await reportedYear(app, people, id, '2016/17', 1);
      await submittedSheet(app, lead);
      await app.database.sql(`
        insert into milestone_review (programme_id, trust_id, milestone_id)
          select '${agreed.programmeId}', trust_id, id from milestone where trust_id = '${agreed.trustId}' limit 1;
        insert into benefit_plan (programme_id, trust_id, benefit_id, number, years, change_request)
          select programme_id, trust_id, id, 1, '{}', 'CR-1' from benefit where trust_id = '${agreed.trustId}' limit 1;
        insert into assurance_notice (programme_id, trust_id, item_id, project_id, lead_days, ends_on, words)
          select p.programme_id, p.trust_id, i.id, p.id, 90, '2018-06-01', 'It ends.'
          from project p join assurance_item i on i.trust_id = p.trust_id where p.trust_id = '${agreed.trustId}' limit 1`);
      await app.database.sql(
        `insert into ledger_difference (programme_id, trust_id, kind, subject, expected_pence, found_pence)
         values ($1, $2, 'balance', $3, 0, 1)`,
        [agreed.programmeId, agreed.trustId, ods],
      );
    }),
  );
  tables = (
    await app.database.sql<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'exemplar' and column_name = 'trust_id' order by 1`,
    )
  ).map(({ name }) => name);
});
afterAll(() => app?.stop());

/** A file of a lead's own, made by the queue. */
async function exported(lead: string): Promise<void> {
  const list = `/v1/programmes/${SLUG}/milestones`;
  const { body } = await app.request('post', '/v1/exports', lead).send({ list, format: 'csv' }).expect(202);
  await eventually(
    async () =>
      (await app.request('get', `/v1/exports/${body.id}`, lead)).body.state === 'ready' || undefined,
  );
}

/** A blueprint of a trust's first project, with a file, as a draft. */
async function draftWithFile(lead: string): Promise<void> {
  const { body } = await app.request('get', `/v1/programmes/${SLUG}/projects`, lead);
  const { id } = (await beginBlueprint(app, lead, body.items[0].code).expect(201)).body;
  await app
    .request('post', `/v1/blueprints/${id}/attachments`, lead)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(pdf(), { description: 'It' }))
    .expect(201);
}

/** A waiver of an agreement's gate, and a decision at it. */
async function throughAGate({ id, trustId, programmeId, tranches }: InForce): Promise<void> {
  const waiver = { codes: ['milestone-not-accepted'], reason: 'It is nearly there.', authority: 'Board' };
  const path = `/v1/tranches/${tranches[2]}/waivers`;
  await app.request('post', path, mersey.manager).send(waiver).expect(201);
  await app.database.sql(
    `with claimed as (
       insert into claim (programme_id, trust_id, agreement_id, tranche_id, kind, state)
       values ($1, $2, $3, $4, 'advance', 'draft') returning id)
     insert into gate_decision (trust_id, agreement_id, tranche_id, claim_id, step, opened_by, waived, facts, decided_by)
     select $2, $3, $4, id, 'approve', 'conditions', '[]', '{}', (select id from person limit 1) from claimed`,
    [programmeId, trustId, id, tranches[1]],
  );
}

/** A claim with a line, a query and a version before it. */
async function claimedFor(agreed: InForce, lead: string): Promise<void> {
  const { id } = (await beginClaim(app, lead, agreed, { kind: 'advance', trancheNumber: 1 })).body;
  expect((await saveClaim(app, lead, id, { lines: [advanceLine(100)] })).status).toBe(200);
  const person = '(select id from person limit 1)';
  await app.database.sql(
    `insert into claim_query (trust_id, claim_id, version, question, raised_by) values ($1, $2, 1, 'Why?', ${person})`,
    [agreed.trustId, id],
  );
  await app.database.sql(
    `insert into claim_version (trust_id, claim_id, number, description, claimed_pence, prepared_by, revised_by, reason)
     values ($1, $2, 0, 'Before', 1, '{}', ${person}, 'To begin with')`,
    [agreed.trustId, id],
  );
}

/** A payment of the claim that passed the gate, in a line of an extract, and asked back: past the steps that lead there. */
async function paidFor({ trustId, programmeId }: InForce): Promise<void> {
  const person = '(select id from person limit 1)';
  await app.database.sql(`do $$ declare paid uuid; listed uuid; begin
    perform set_config('session_replication_role', 'replica', true);
    insert into payment (programme_id, trust_id, agreement_id, claim_id, tranche_id, gate_decision_id, amount_pence, state,
        scheduled_for, scheduled_by)
      select '${programmeId}', trust_id, agreement_id, claim_id, tranche_id, id, 1, 'scheduled', '2018-05-15', decided_by
      from gate_decision where trust_id = '${trustId}' returning id into paid;
    insert into recovery (programme_id, trust_id, agreement_id, claim_id, payment_id, cause, reason, amount_pence, state,
        due_on, raised_by)
      select programme_id, trust_id, agreement_id, claim_id, id, 'overpaid', 'Twice', 1, 'raised', '2018-06-30', scheduled_by
      from payment where id = paid;
    insert into extract (programme_id, trust_id, origin, file_name, sha256, from_on, to_on, lines, uploaded_by)
      values ('${programmeId}', '${trustId}', 'bank', 'may.csv', '${trustId}', '2018-05-15', '2018-05-15', 1, ${person})
      returning id into listed;
    insert into extract_item (trust_id, extract_id, line, payment_id, result, explanation)
      values ('${trustId}', listed, 2, paid, 'differs', 'It is scheduled.');
  end $$`);
}

/** The ids of all rows of a trust. */
async function idsOf(trust: string): Promise<string[]> {
  const own = tables
    .filter((table) => table !== 'log_entry')
    .map((table) => `select id::text from ${table} where trust_id = '${trust}'`);
  return (await app.database.sql<{ id: string }>(own.join(' union all '))).map(({ id }) => id);
}

async function firstIn(table: string, trust: string): Promise<string> {
  const rows = await app.database.sql<{ id: string }>(
    `select id from ${table} where trust_id = $1 order by id limit 1`,
    [trust],
  );
  expect([table, rows.length]).toEqual([table, 1]);
  return rows[0]?.id as string;
}

describe('over the API', () => {
  test('what a trust lists is its own, in every list', async () => {
    const [own, others] = [new Set(await idsOf(trusts.RXT)), new Set(await idsOf(trusts.RW4))];
    expect([own.size > 50, others.size > 50]).toEqual([true, true]);
    const seen = new Set<string>();
    const lists = routesOf(app).filter(
      ({ method, path }) => method === 'get' && path.startsWith('/v1/') && !/:(id|size)/.test(path),
    );
    for (const { path } of lists) {
      let next: string | undefined = withNamed(path.replace(':slug', SLUG).replace(':ods', 'RXT'));
      while (next) {
        const answer: Response = await app.request('get', next, birmingham.lead).buffer(true);
        const { status, headers } = answer;
        const text: string = answer.text ?? answer.body.toString();
        if (status === 403) break;
        expect([next, status]).toEqual([next, 200]);
        for (const [id] of text.matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) {
          expect([next, others.has(id)]).toEqual([next, false]);
          if (own.has(id)) seen.add(path);
        }
        next = /<([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1];
      }
    }
    expect([...seen].sort()).toEqual([
      '/v1/assurance-items',
      '/v1/claims',
      '/v1/exports',
      '/v1/me',
      '/v1/programmes/:slug/agreements',
      '/v1/programmes/:slug/benefits',
      '/v1/programmes/:slug/blueprints',
      '/v1/programmes/:slug/change-requests',
      '/v1/programmes/:slug/deployments',
      '/v1/programmes/:slug/findings',
      '/v1/programmes/:slug/gates',
      '/v1/programmes/:slug/go-lives',
      '/v1/programmes/:slug/ledger-differences',
      '/v1/programmes/:slug/match',
      '/v1/programmes/:slug/measurements',
      '/v1/programmes/:slug/milestones',
      '/v1/programmes/:slug/money',
      '/v1/programmes/:slug/payments',
      '/v1/programmes/:slug/postings',
      '/v1/programmes/:slug/progress',
      '/v1/programmes/:slug/progress-reports',
      '/v1/programmes/:slug/projects',
      '/v1/programmes/:slug/recoveries',
      '/v1/programmes/:slug/survey-waves/:wave/answers',
      '/v1/programmes/:slug/survey-waves/:wave/trusts',
      '/v1/programmes/:slug/trusts/:ods/adoption',
      '/v1/programmes/:slug/trusts/:ods/claimable',
      '/v1/programmes/:slug/trusts/:ods/match',
      '/v1/programmes/:slug/trusts/:ods/progress',
      '/v1/programmes/:slug/year-end',
    ]);
  });

  test('a filter for another trust finds nothing', async () => {
    const lists = [
      'agreements',
      'benefits',
      'blueprints',
      'change-requests',
      'deployments',
      'findings',
      'gates',
      'go-lives',
      'ledger-differences',
      'payments',
      'progress-reports',
      'milestones',
      'measurements',
      'recoveries',
    ].map((list) => `/v1/programmes/${SLUG}/${list}`);
    for (const list of ['/v1/claims', '/v1/assurance-items', ...lists]) {
      const of = (trust: string) => app.request('get', `${list}?trust=${trust}`, birmingham.lead);
      expect([list, (await of('RW4')).body]).toEqual([list, { items: [], next: null }]);
      expect([list, (await of('RXT')).body.items.length > 0]).toEqual([list, true]);
    }
    await app.request('get', `/v1/programmes/${SLUG}/trusts/RW4/progress`, birmingham.lead).expect(404);
    const awards = await app.request('get', `/v1/programmes/${SLUG}/awards`, birmingham.lead).expect(200);
    expect(awards.body.items.map((award: { trust: { odsCode: string } }) => award.trust.odsCode)).toEqual([
      'RXT',
    ]);
  });

  /** Each route with an id that a trust may ask for, and the table that the id is of. */
  const BY_ID: Array<[string, string]> = [
    ['/v1/progress-reports/:id', 'progress_report'],
    ['/v1/progress-reports/:id/versions', 'progress_report'],
    ['/v1/measurements/:id', 'measurement'],
    ['/v1/milestones/:id', 'milestone'],
    ['/v1/milestones/:id/evidence', 'milestone'],
    ['/v1/evidence/:id', 'evidence'],
    ['/v1/evidence/:id/content', 'evidence'],
    ['/v1/assurance-items/:id', 'assurance_item'],
    ['/v1/assurance-documents/:id/content', '(select * from assurance_document where not hazard_log) x'],
    ['/v1/hazard-logs/:id/content', '(select * from assurance_document where hazard_log) x'],
    ['/v1/deployments/:id', 'deployment'],
    ['/v1/progress/:id/lineage', 'progress'],
    ['/v1/gate-waivers/:id', 'gate_waiver'],
    ['/v1/tranches/:id', 'tranche'],
    ['/v1/tranches/:id/waivers', 'tranche'],
    ['/v1/receipts/:id', 'outbox_message'],
    ['/v1/receipts/:id/events', 'outbox_message'],
    ['/v1/agreements/:id/contributions', 'agreement'],
    ['/v1/agreements/:id', 'agreement'],
    ['/v1/agreements/:id/change-requests', 'agreement'],
    ['/v1/agreements/:id/journals', 'agreement'],
    ['/v1/agreements/:id/versions', 'agreement'],
    ['/v1/blueprint-attachments/:id/content', 'blueprint_attachment'],
    ['/v1/blueprints/:id', 'blueprint'],
    ['/v1/blueprints/:id/contacts', 'blueprint'],
    ['/v1/blueprints/:id/versions', 'blueprint'],
    ['/v1/change-requests/:id', 'change_request'],
    ['/v1/claims/:id', 'claim'],
    ['/v1/claims/:id/evidence', 'claim'],
    ['/v1/claims/:id/versions', 'claim'],
    ['/v1/contributions/:id', 'contribution'],
    ['/v1/contributions/:id/evidence', 'contribution'],
    ['/v1/cost-evidence/:id', 'cost_evidence'],
    ['/v1/cost-evidence/:id/content', 'cost_evidence'],
    ['/v1/benefits/:id', 'benefit'],
    ['/v1/benefit-actuals/:id', 'benefit_actual'],
    ['/v1/benefit-evidence/:id', 'benefit_evidence'],
    ['/v1/benefit-evidence/:id/content', 'benefit_evidence'],
    ['/v1/exports/:id', 'export'],
    ['/v1/exports/:id/content', 'export'],
    ['/v1/findings/:id', 'audit_finding'],
    ['/v1/journals/:id', 'journal'],
    ['/v1/payments/:id', 'payment'],
    ['/v1/payments/:id/chain', 'payment'],
    ['/v1/recoveries/:id', 'recovery'],
    ['/v1/survey-sheets/:id', 'survey_sheet'],
  ];

  test.each(BY_ID)('%s of another trust is not there; of its own it is', async (path, table) => {
    const at = async (trust: string) => path.replace(':id', await firstIn(table, trust));
    await app.request('get', await at(trusts.RW4), birmingham.lead).expect(404);
    await app.request('get', await at(trusts.RXT), birmingham.lead).expect(200);
    await app.request('get', await at(trusts.RW4), mersey.lead).expect(200);
  });

  test('a trust changes nothing of another by its id: it is not there', async () => {
    const TRUST_ROLES = ['trust-lead', 'trust-finance-director'] as const;
    const changes = routesOf(app).filter(
      ({ method, path, access }) =>
        method !== 'get' &&
        path.includes(':id') &&
        !SHARED.test(path) &&
        TRUST_ROLES.some((role) => roleMay(role, access as Permission)),
    );
    expect(changes.length).toBeGreaterThan(25);
    for (const { method, path, access } of changes) {
      const table = BY_ID.find(([known]) =>
        known.startsWith(path.split('/').slice(0, 4).join('/')),
      )?.[1] as string;
      const key = roleMay('trust-lead', access as Permission) ? birmingham.lead : birmingham.director;
      const id = await firstIn(table, trusts.RW4);
      const request = app.request(method, path.replace(':id', id).replace(':query', NOBODYS), key);
      request.set('If-Match', '"1"');
      if (/(evidence|documents|hazard-logs|attachments)$/.test(path))
        request.set('Content-Type', 'multipart/form-data; boundary=xyzzy');
      const { status, body } = await request.send(bodyOf(path));
      expect([method, path, status, body.code]).toEqual([method, path, 404, 'not-found']);
    }
  });

  test('every route with an id that a trust may ask for is in the table above', () => {
    const asked = routesOf(app).filter(
      ({ method, path, access }) =>
        method === 'get' &&
        path.includes(':id') &&
        // Products are of no trust.
        !path.startsWith('/v1/products/') &&
        !SHARED.test(path) &&
        !['key:manage', 'job:manage', 'log:read', 'person:erase', 'portfolio:read'].includes(String(access)),
    );
    expect(asked.map(({ path }) => path).sort()).toEqual(BY_ID.map(([path]) => path).sort());
  });
});

/** What a change that a trust may make is sent with. */
function bodyOf(path: string): object | Buffer {
  if (path.endsWith('/agreements/:id/change-requests')) return { ...ASKED, kind: 'reprofile', content: {} };
  if (path === '/v1/benefits/:id') return BENEFIT;
  if (path === '/v1/survey-sheets/:id') return { answers: [] };
  if (path.endsWith('/owners')) return { owner: 'A', ownerAfterClosure: 'B' };
  if (path.endsWith('/actuals')) return { financialYear: '2017/18', value: 1, method: 'Counted.' };
  if (path.endsWith('/claims')) return { trancheNumber: 1, kind: 'advance', description: 'The advance' };
  if (path.endsWith('/contributions')) return PLEDGE;
  if (path.endsWith('/evidencing')) return proofOf(1);
  if (path.endsWith('/evidence'))
    return multipart(pdf(), { description: 'It', ...(/milestones|benefit/.test(path) ? {} : INVOICE) });
  if (/(documents|hazard-logs)$/.test(path)) return multipart(pdf(), { description: 'It' });
  if (path.endsWith('/deployments/:id/end')) return { toOn: '2018-05-01' };
  if (path.endsWith('/assurance-items/:id')) return WRITTEN;
  if (path.endsWith('/contact')) return { role: 'CNIO', address: 'digital@rxt.example' };
  if (path.endsWith('/questions')) return { question: 'How?' };
  if (path.endsWith('/adoptions')) return { mode: 'common-team' };
  if (path.endsWith('/visits')) return { visitedOn: '2018-05-01', words: 'Seen.' };
  if (path.endsWith('/attachments')) return multipart(pdf(), { description: 'It' });
  if (path.endsWith('blueprints/:id/answer')) return { answer: 'So.' };
  if (path.endsWith('/response')) return { stance: 'not-agreed', response: 'It was seen.' };
  if (path.endsWith(':query/answer')) return { answer: 'All.' };
  const reasoned = /withdrawal$|revision$|correction$|measurements\/:id\/answer$/.test(path);
  return reasoned ? { reason: 'Because.' } : {};
}
const INVOICE = { supplier: 'Masts Ltd', reference: 'INV-1' };

describe('in the database, as the role that the application works as', () => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new pg.Client(appPoolSettings(app.database.url, 1));
    await client.connect();
  });
  afterAll(() => client?.end());

  /** Runs statements in a transaction with these settings, and undoes them. */
  async function as<T>(settings: Record<string, string>, work: () => Promise<T>): Promise<T> {
    await client.query('begin');
    try {
      for (const [name, value] of Object.entries(settings))
        await client.query('select set_config($1, $2, true)', [`exemplar.${name}`, value]);
      return await work();
    } finally {
      await client.query('rollback');
    }
  }

  const count = async (table: string, where = 'true'): Promise<number> =>
    (await client.query(`select count(*)::int as count from ${table} where ${where}`)).rows[0].count;

  async function counts(names: string[], where = 'true'): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const table of names) {
      const rows = await count(table, where);
      if (rows > 0) found[table] = rows;
    }
    return found;
  }

  test('it owns nothing, cannot pass by row-level security, and every table has it, for its owner too', async () => {
    const { rows } = await client.query(
      `select current_user as name, rolsuper or rolbypassrls as strong,
         (select count(*)::int from pg_class c join pg_roles o on o.oid = c.relowner where o.rolname = current_user) as owns
       from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([{ name: 'exemplar_app', strong: false, owns: 0 }]);
    const open = await app.database.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'exemplar'::regnamespace and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity)`,
    );
    // Which migrations ran: the application has no rights to it at all.
    expect(open).toEqual([{ name: 'migration' }]);
    await expect(client.query('select from migration')).rejects.toThrow('permission denied');
  });

  test('a trust sees its own rows of every table, and no others', async () => {
    const settings = { reach: 'trust', trust_id: trusts.RXT };
    const seen = await as(settings, () => counts(tables, `trust_id = '${trusts.RXT}'`));
    expect(Object.keys(seen)).toEqual(tables);
    const foreign = await as(settings, () => counts(tables, `trust_id is distinct from '${trusts.RXT}'`));
    expect(Object.keys(foreign)).toEqual(FUNDERS);
    for (const table of FUNDERS)
      expect(await as(settings, () => count(table, `trust_id <> '${trusts.RXT}'`))).toBe(0);
  });

  test('a trust changes no row of another, and puts none in its name', async () => {
    const settings = { reach: 'trust', trust_id: trusts.RXT };
    for (const table of tables.filter((name) => name !== 'log_entry')) {
      const right = `select has_table_privilege($1, 'update') as held`;
      if (!(await as(settings, () => client.query(right, [table]))).rows[0].held) {
        const update = as(settings, () => client.query(`update ${table} set trust_id = trust_id`));
        await expect(update).rejects.toThrow('permission denied');
        continue;
      }
      const changed = await as(settings, async () => {
        const { rowCount } = await client.query(`update ${table} set trust_id = trust_id`);
        return [rowCount, await count(table, `trust_id = '${trusts.RXT}'`)];
      });
      expect([table, changed[0]]).toEqual([table, changed[1]]);
      await expect(
        as(settings, () => client.query(`update ${table} set trust_id = $1`, [trusts.RW4])),
      ).rejects.toThrow(/row-level security|violates|never change/);
    }
    const report = `insert into progress_report (programme_id, trust_id, period_id, state, due_on)
      select programme_id, $1, period_id, 'open', due_on from progress_report limit 1`;
    await expect(as(settings, () => client.query(report, [trusts.RW4]))).rejects.toThrow(
      'row-level security',
    );
  });

  test("a trust changes nothing that is the programme's", async () => {
    const settings = { reach: 'trust', trust_id: trusts.RXT };
    for (const table of ['programme', 'organisation', 'target_set', 'measure', 'reporting_period'])
      expect([
        table,
        await as(settings, async () => (await client.query(`update ${table} set revision = 9`)).rowCount),
      ]).toEqual([table, 0]);
    await expect(
      as(settings, () =>
        client.query(`insert into organisation (ods_code, name, provenance) values ('ZZ1', 'x', '{}')`),
      ),
    ).rejects.toThrow('row-level security');
  });

  test.each<[string, Record<string, string>]>([
    ['with no settings at all', {}],
    ['with settings that an earlier transaction left empty', { reach: '', trust_id: '' }],
  ])('%s nothing is visible', async (_, settings) => {
    const all = (
      await app.database.sql<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'exemplar'::regnamespace and relkind in ('r', 'p')
         and has_table_privilege('exemplar_app', oid, 'select')`,
      )
    ).map(({ name }) => name);
    expect(all.length).toBeGreaterThan(20);
    expect(await as(settings, () => counts(all))).toEqual({});
  });

  test('with the reach of a trust and no trust, no row of any trust is visible', async () => {
    expect(await as({ reach: 'trust', trust_id: '' }, () => counts(tables, 'trust_id is not null'))).toEqual(
      {},
    );
  });

  test('what a transaction was told is forgotten at its end', async () => {
    await as({ reach: 'all', trust_id: '' }, () => count('programme'));
    expect(await as({}, () => count('programme'))).toBe(0);
    expect((await client.query(`select current_setting('exemplar.reach', true) as reach`)).rows).toEqual([
      { reach: '' },
    ]);
  });
});
