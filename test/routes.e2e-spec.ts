import { Controller, Get } from '@nestjs/common';
import { AppModule } from '../src/app.module.js';
import { PERMISSIONS, ROLES, type Role, roleMay, TRUST_ROLES } from '../src/core/permissions.js';
import { createHttpServer } from '../src/http-server.js';
import { startTestApp, type TestApp } from './support/app.js';
import { filled, type Route, routesOf } from './support/routes.js';

/** Every route and what it asks of its caller. A new route is a new line here. */
const TABLE = `
GET    /health/live                                                   public
GET    /health/ready                                                  public
GET    /v1/adoptions/:id                                              programme:read
PATCH  /v1/adoptions/:id                                              blueprint:use
POST   /v1/adoptions/:id/abandonment                                  blueprint:use
POST   /v1/adoptions/:id/beginning                                    blueprint:use
POST   /v1/adoptions/:id/go-live                                      blueprint:use
POST   /v1/adoptions/:id/rejection                                    adoption:validate
POST   /v1/adoptions/:id/validation                                   adoption:validate
GET    /v1/agreements/:id                                             money:read
PATCH  /v1/agreements/:id                                             agreement:prepare
POST   /v1/agreements/:id/activation                                  agreement:approve
POST   /v1/agreements/:id/approval                                    agreement:approve
GET    /v1/agreements/:id/change-requests                             money:read
POST   /v1/agreements/:id/change-requests                             change-request:prepare
POST   /v1/agreements/:id/claims                                      claim:prepare
POST   /v1/agreements/:id/closing                                     agreement:approve
POST   /v1/agreements/:id/closure                                     agreement:approve
GET    /v1/agreements/:id/contributions                               money:read
POST   /v1/agreements/:id/contributions                               match:record
POST   /v1/agreements/:id/due-diligence                               agreement:prepare
GET    /v1/agreements/:id/journals                                    money:read
POST   /v1/agreements/:id/novation                                    agreement:approve
POST   /v1/agreements/:id/offer                                       agreement:prepare
POST   /v1/agreements/:id/resumption                                  agreement:approve
POST   /v1/agreements/:id/return-to-draft                             agreement:prepare
POST   /v1/agreements/:id/signature                                   agreement:sign
POST   /v1/agreements/:id/suspension                                  agreement:approve
POST   /v1/agreements/:id/termination                                 agreement:approve
GET    /v1/agreements/:id/versions                                    money:read
POST   /v1/agreements/:id/withdrawal                                  agreement:prepare
GET    /v1/api-keys                                                   key:manage
POST   /v1/api-keys                                                   key:manage
GET    /v1/api-keys/:id                                               key:manage
POST   /v1/api-keys/:id/revocation                                    key:manage
GET    /v1/assurance-documents/:id/content                            programme:read
GET    /v1/assurance-items                                            programme:read
POST   /v1/assurance-items                                            assurance:prepare
GET    /v1/assurance-items/:id                                        programme:read
PUT    /v1/assurance-items/:id                                        assurance:prepare
POST   /v1/assurance-items/:id/acceptance                             assurance:review
POST   /v1/assurance-items/:id/documents                              assurance:prepare
POST   /v1/assurance-items/:id/hazard-logs                            assurance:prepare
POST   /v1/assurance-items/:id/rejection                              assurance:review
POST   /v1/assurance-items/:id/submission                             assurance:prepare
POST   /v1/assurance-items/:id/withdrawal                             assurance:prepare
GET    /v1/assurance-kinds                                            programme:read
GET    /v1/audit-samples/:id                                          log:read
POST   /v1/audit-samples/:id/items/:item/result                       sample:draw
GET    /v1/audit-samples/:id/reproduction                             log:read
GET    /v1/audit/checkpoints                                          public
GET    /v1/audit/checkpoints/:size                                    public
GET    /v1/audit/checkpoints/:size/note                               public
GET    /v1/audit/consistency-proofs                                   log:read
GET    /v1/audit/export                                               log:read
GET    /v1/audit/inclusion-proofs                                     log:read
GET    /v1/audit/keys                                                 public
GET    /v1/audit/reads                                                log:read
GET    /v1/audit/standing                                             log:read
GET    /v1/audit/verifier                                             public
GET    /v1/benefit-actuals/:id                                        programme:read
POST   /v1/benefit-actuals/:id/evidence                               benefit:record
POST   /v1/benefit-actuals/:id/rejection                              benefit:validate
POST   /v1/benefit-actuals/:id/validation                             benefit:validate
GET    /v1/benefit-evidence/:id                                       programme:read
GET    /v1/benefit-evidence/:id/content                               programme:read
GET    /v1/benefits/:id                                               programme:read
PATCH  /v1/benefits/:id                                               benefit:record
POST   /v1/benefits/:id/actuals                                       benefit:record
POST   /v1/benefits/:id/agreement                                     benefit:agree
POST   /v1/benefits/:id/closure                                       benefit:agree
POST   /v1/benefits/:id/completion                                    benefit:record
POST   /v1/benefits/:id/counting                                      benefit:agree
POST   /v1/benefits/:id/owners                                        benefit:record
POST   /v1/benefits/:id/withdrawal                                    benefit:agree
GET    /v1/blueprint-attachments/:id/content                          programme:read
POST   /v1/blueprint-attachments/:id/removal                          blueprint:prepare
POST   /v1/blueprint-contacts/:id/answer                              blueprint:prepare
GET    /v1/blueprints                                                 programme:read
GET    /v1/blueprints/:id                                             programme:read
PATCH  /v1/blueprints/:id                                             blueprint:prepare
POST   /v1/blueprints/:id/adoptions                                   blueprint:use
POST   /v1/blueprints/:id/answer                                      blueprint:prepare
POST   /v1/blueprints/:id/attachments                                 blueprint:prepare
POST   /v1/blueprints/:id/contact                                     blueprint:prepare
GET    /v1/blueprints/:id/contacts                                    programme:read
POST   /v1/blueprints/:id/publication                                 blueprint:publish
POST   /v1/blueprints/:id/query                                       blueprint:review
POST   /v1/blueprints/:id/questions                                   blueprint:use
POST   /v1/blueprints/:id/review                                      blueprint:review
POST   /v1/blueprints/:id/submission                                  blueprint:prepare
GET    /v1/blueprints/:id/versions                                    programme:read
POST   /v1/blueprints/:id/versions                                    blueprint:prepare
POST   /v1/blueprints/:id/visits                                      blueprint:use
POST   /v1/blueprints/:id/withdrawal                                  blueprint:withdraw
GET    /v1/change-requests/:id                                        money:read
PATCH  /v1/change-requests/:id                                        change-request:prepare
POST   /v1/change-requests/:id/application                            change-request:decide
POST   /v1/change-requests/:id/approval                               change-request:decide
POST   /v1/change-requests/:id/deferral                               change-request:decide
POST   /v1/change-requests/:id/impact-assessment                      change-request:decide
POST   /v1/change-requests/:id/rejection                              change-request:decide
POST   /v1/change-requests/:id/submission                             change-request:prepare
POST   /v1/change-requests/:id/withdrawal                             change-request:prepare
GET    /v1/claims                                                     money:read
GET    /v1/claims/:id                                                 money:read
PATCH  /v1/claims/:id                                                 claim:prepare
POST   /v1/claims/:id/answer                                          claim:submit
POST   /v1/claims/:id/approval                                        claim:approve
POST   /v1/claims/:id/approval-cancellation                           claim:approve
POST   /v1/claims/:id/approval-withdrawal                             claim:approve
POST   /v1/claims/:id/certification                                   claim:certify
POST   /v1/claims/:id/check-return                                    claim:check
GET    /v1/claims/:id/evidence                                        money:read
POST   /v1/claims/:id/evidence                                        claim:prepare
POST   /v1/claims/:id/evidence-check                                  claim:check
POST   /v1/claims/:id/payment-schedule                                payment:make
POST   /v1/claims/:id/queries                                         claim:check
POST   /v1/claims/:id/queries/:query/answer                           claim:prepare
POST   /v1/claims/:id/recommendation                                  claim:check
POST   /v1/claims/:id/recoveries                                      recovery:raise
POST   /v1/claims/:id/rejection                                       claim:approve
POST   /v1/claims/:id/revision                                        claim:prepare
POST   /v1/claims/:id/second-approval                                 claim:approve
POST   /v1/claims/:id/submission                                      claim:submit
GET    /v1/claims/:id/versions                                        money:read
POST   /v1/claims/:id/withdrawal                                      claim:submit
GET    /v1/contributions/:id                                          money:read
PATCH  /v1/contributions/:id                                          match:record
POST   /v1/contributions/:id/acceptance                               match:accept
POST   /v1/contributions/:id/acceptance-reversal                      match:accept
GET    /v1/contributions/:id/evidence                                 money:read
POST   /v1/contributions/:id/evidence                                 match:record
POST   /v1/contributions/:id/evidencing                               match:record
POST   /v1/contributions/:id/rejection                                match:accept
POST   /v1/contributions/:id/withdrawal                               match:record
GET    /v1/cost-evidence/:id                                          money:read
GET    /v1/cost-evidence/:id/content                                  money:read
POST   /v1/cost-evidence/:id/withdrawal                               match:record
GET    /v1/deployments/:id                                            programme:read
POST   /v1/deployments/:id/end                                        assurance:prepare
GET    /v1/evidence/:id                                               programme:read
GET    /v1/evidence/:id/content                                       programme:read
GET    /v1/exports                                                    anybody
POST   /v1/exports                                                    anybody
GET    /v1/exports/:id                                                anybody
GET    /v1/exports/:id/content                                        anybody
GET    /v1/extracts/:id                                               log:read
GET    /v1/findings/:id                                               programme:read
POST   /v1/findings/:id/closure                                       finding:record
POST   /v1/findings/:id/due-date                                      finding:record
POST   /v1/findings/:id/follow-ups                                    finding:record
POST   /v1/findings/:id/response                                      finding:answer
GET    /v1/gate-waivers/:id                                           money:read
POST   /v1/gate-waivers/:id/withdrawal                                gate:waive
GET    /v1/hazard-logs/:id/content                                    hazard-log:read
GET    /v1/jobs                                                       job:manage
POST   /v1/jobs/:id/replay                                            job:manage
GET    /v1/journals/:id                                               money:read
GET    /v1/library-outcomes                                           public
GET    /v1/log-entries                                                log:read
GET    /v1/me                                                         anybody
POST   /v1/measurement-validations                                    measurement:validate
GET    /v1/measurements/:id                                           progress-report:read
POST   /v1/measurements/:id/answer                                    progress-report:prepare
POST   /v1/measurements/:id/challenge                                 measurement:validate
POST   /v1/measurements/:id/publication                               measurement:publish
POST   /v1/measurements/:id/rejection                                 measurement:validate
POST   /v1/measurements/:id/validation                                measurement:validate
GET    /v1/milestones/:id                                             programme:read
POST   /v1/milestones/:id/cancellation                                milestone:review
POST   /v1/milestones/:id/claim-withdrawal                            progress-report:prepare
GET    /v1/milestones/:id/evidence                                    programme:read
POST   /v1/milestones/:id/evidence                                    milestone:evidence
POST   /v1/milestones/:id/outcome                                     milestone:review
POST   /v1/milestones/:id/reopening                                   milestone:review
POST   /v1/milestones/:id/review                                      milestone:review
POST   /v1/milestones/:id/waiver                                      milestone:review
GET    /v1/organisations                                              programme:read
GET    /v1/organisations/:ods                                         programme:read
GET    /v1/pairings/:id                                               programme:read
POST   /v1/pairings/:id/award                                         pairing:decide
POST   /v1/pairings/:id/confirmation                                  pairing:decide
POST   /v1/pairings/:id/ending                                        pairing:decide
GET    /v1/payments/:id                                               money:read
POST   /v1/payments/:id/cancellation                                  payment:make
GET    /v1/payments/:id/chain                                         money:read
POST   /v1/payments/:id/payment-record                                payment:make
POST   /v1/payments/:id/reversal                                      payment:make
GET    /v1/people                                                     person:erase
GET    /v1/people/:id                                                 person:erase
POST   /v1/people/:id/erasure                                         person:erase
GET    /v1/portfolio                                                  portfolio:read
GET    /v1/products                                                   programme:read
POST   /v1/products                                                   product:keep
GET    /v1/products/:id                                               programme:read
PUT    /v1/products/:id                                               product:keep
GET    /v1/products/:id/deployments                                   programme:read
POST   /v1/products/:id/versions                                      product:keep
POST   /v1/programme-definitions                                      programme:define
POST   /v1/programme-definitions/differences                          programme:define
GET    /v1/programme-progress/:id/lineage                             log:read
GET    /v1/programmes                                                 programme:read
GET    /v1/programmes/:slug                                           programme:read
GET    /v1/programmes/:slug/adoptions                                 programme:read
GET    /v1/programmes/:slug/agreements                                money:read
POST   /v1/programmes/:slug/agreements                                agreement:prepare
GET    /v1/programmes/:slug/amendments                                log:read
GET    /v1/programmes/:slug/audit-samples                             log:read
POST   /v1/programmes/:slug/audit-samples                             sample:draw
GET    /v1/programmes/:slug/awards                                    programme:read
GET    /v1/programmes/:slug/benefit-to-cost                           money:read
GET    /v1/programmes/:slug/benefit-totals                            programme:read
GET    /v1/programmes/:slug/benefits                                  programme:read
POST   /v1/programmes/:slug/benefits                                  benefit:record
GET    /v1/programmes/:slug/blueprints                                programme:read
POST   /v1/programmes/:slug/blueprints                                blueprint:prepare
GET    /v1/programmes/:slug/change-requests                           money:read
GET    /v1/programmes/:slug/definition                                programme:read
GET    /v1/programmes/:slug/deployments                               programme:read
POST   /v1/programmes/:slug/deployments                               assurance:prepare
GET    /v1/programmes/:slug/extracts                                  log:read
POST   /v1/programmes/:slug/extracts                                  payment:make
GET    /v1/programmes/:slug/findings                                  programme:read
POST   /v1/programmes/:slug/findings                                  finding:record
GET    /v1/programmes/:slug/gates                                     money:read
GET    /v1/programmes/:slug/go-lives                                  programme:read
GET    /v1/programmes/:slug/ledger-checks                             log:read
POST   /v1/programmes/:slug/ledger-checks                             payment:make
GET    /v1/programmes/:slug/ledger-differences                        money:read
GET    /v1/programmes/:slug/match                                     money:read
GET    /v1/programmes/:slug/match-concerns                            log:read
GET    /v1/programmes/:slug/measurements                              progress-report:read
GET    /v1/programmes/:slug/milestones                                programme:read
GET    /v1/programmes/:slug/money                                     money:read
GET    /v1/programmes/:slug/money-movements                           log:read
GET    /v1/programmes/:slug/overdue-actions                           log:read
GET    /v1/programmes/:slug/pairings                                  programme:read
GET    /v1/programmes/:slug/payment-exceptions                        log:read
GET    /v1/programmes/:slug/payments                                  money:read
GET    /v1/programmes/:slug/postings                                  money:read
GET    /v1/programmes/:slug/progress                                  programme:read
GET    /v1/programmes/:slug/progress-reports                          progress-report:read
GET    /v1/programmes/:slug/projects                                  programme:read
GET    /v1/programmes/:slug/reconciliation                            log:read
GET    /v1/programmes/:slug/recoveries                                money:read
GET    /v1/programmes/:slug/reporting-periods                         programme:read
GET    /v1/programmes/:slug/roles                                     programme:read
POST   /v1/programmes/:slug/scenarios                                 scenario:make
GET    /v1/programmes/:slug/separation-of-duties                      log:read
GET    /v1/programmes/:slug/state                                     log:read
GET    /v1/programmes/:slug/survey-waves                              progress-report:read
GET    /v1/programmes/:slug/survey-waves/:wave                        progress-report:read
GET    /v1/programmes/:slug/survey-waves/:wave/answers                progress-report:read
GET    /v1/programmes/:slug/survey-waves/:wave/results                progress-report:read
POST   /v1/programmes/:slug/survey-waves/:wave/sheets                 survey:answer
GET    /v1/programmes/:slug/survey-waves/:wave/trusts                 progress-report:read
GET    /v1/programmes/:slug/target-sets                               programme:read
GET    /v1/programmes/:slug/trusts/:ods/adoption                      progress-report:read
GET    /v1/programmes/:slug/trusts/:ods/claimable                     money:read
GET    /v1/programmes/:slug/trusts/:ods/match                         money:read
GET    /v1/programmes/:slug/trusts/:ods/progress                      programme:read
GET    /v1/programmes/:slug/turnaround                                programme:read
GET    /v1/programmes/:slug/turnaround/:stage                         programme:read
GET    /v1/programmes/:slug/unvalidated                               log:read
GET    /v1/programmes/:slug/year-end                                  money:read
GET    /v1/programmes/:slug/year-ends                                 money:read
POST   /v1/programmes/:slug/year-ends                                 year-end:close
GET    /v1/progress-reports/:id                                       progress-report:read
PATCH  /v1/progress-reports/:id                                       progress-report:prepare
POST   /v1/progress-reports/:id/acceptance                            progress-report:review
POST   /v1/progress-reports/:id/certification                         progress-report:certify
POST   /v1/progress-reports/:id/correction                            progress-report:prepare
POST   /v1/progress-reports/:id/queries                               progress-report:review
POST   /v1/progress-reports/:id/queries/:query/answer                 progress-report:prepare
POST   /v1/progress-reports/:id/submission                            progress-report:submit
GET    /v1/progress-reports/:id/versions                              progress-report:read
GET    /v1/progress/:id/lineage                                       programme:read
GET    /v1/receipts/:id                                               anybody
GET    /v1/receipts/:id/events                                        anybody
GET    /v1/recoveries/:id                                             money:read
POST   /v1/recoveries/:id/agreement                                   recovery:agree
POST   /v1/recoveries/:id/receipt                                     recovery:raise
POST   /v1/recoveries/:id/withdrawal                                  recovery:raise
POST   /v1/recoveries/:id/write-off                                   recovery:raise
GET    /v1/scenarios                                                  portfolio:read
GET    /v1/scenarios/:id                                              portfolio:read
POST   /v1/scenarios/:id/withdrawal                                   scenario:make
GET    /v1/survey-sheets/:id                                          progress-report:read
PATCH  /v1/survey-sheets/:id                                          survey:answer
POST   /v1/survey-sheets/:id/submission                               survey:answer
GET    /v1/tranches/:id                                               money:read
GET    /v1/tranches/:id/waivers                                       money:read
POST   /v1/tranches/:id/waivers                                       gate:waive
`;

/** The reference page and the description of the API are not handlers of the application; all may read them. */
const REFERENCE = /^\/(docs|openapi\.json)(\/|$)/;

let app: TestApp;
let routes: Route[];
const keys = new Map<Role, string>();

beforeAll(async () => {
  app = await startTestApp();
  routes = routesOf(app).filter(({ path }) => !REFERENCE.test(path));
  for (const role of ROLES)
    keys.set(role, await app.as(role, TRUST_ROLES.includes(role) ? 'RW4' : undefined));
});
afterAll(() => app?.stop());

@Controller('v1/forgotten')
class ForgottenController {
  @Get()
  forgotten(): object {
    return {};
  }
}

class Forgetful {}

const shown = ({ method, path, access }: Route): string =>
  `${method.toUpperCase().padEnd(6)} ${path.padEnd(62)} ${access}`;

const send = ({ method, path }: Route, key?: string) =>
  app.request(method, filled(path, { slug: 'mental-health-exemplars' }), key);

/** What each of many requests was answered, where it was not as wanted. */
async function others<T>(
  asked: readonly T[],
  ask: (each: T) => PromiseLike<{ status: number; body: { code?: string } }>,
  wanted: (answer: { status: number; code: string | undefined }, each: T) => boolean,
): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const each of asked) {
    const { status, body } = await ask(each);
    if (!wanted({ status, code: body.code }, each)) found.push({ each, status, body });
  }
  return found;
}

test('every route declares its access, as the table says', () => {
  expect(routes.map(shown).join('\n')).toBe(TABLE.trim());
  const known = ['public', 'anybody', ...PERMISSIONS];
  expect(routes.filter(({ access }) => !known.includes(access ?? '')).map(shown)).toEqual([]);
});

test('every permission opens a route', () => {
  const asked = new Set<string | undefined>(routes.map(({ access }) => access));
  expect(PERMISSIONS.filter((permission) => !asked.has(permission))).toEqual([]);
});

test('without a key, and with one that nobody has, every route but the public ones answers 401', async () => {
  const closed = routes.filter(({ access }) => access !== 'public');
  const no = ({ status, code }: { status: number; code: string | undefined }) =>
    status === 401 && code === 'unauthenticated';
  expect(await others(closed, (route) => send(route), no)).toEqual([]);
  for (const key of [`exm_${'A'.repeat(43)}`, 'exm_', 'x', `exm_${'A'.repeat(43)}\t`])
    expect(await others(closed, (route) => send(route, key), no)).toEqual([]);
  const { headers } = await send(closed[0] as Route);
  expect(headers['www-authenticate']).toBe('Bearer realm="exemplar"');
});

test('HEAD is as closed as GET', async () => {
  const closed = routes.filter(({ method, access }) => method === 'get' && access !== 'public');
  const server = app.app.getHttpAdapter().getInstance();
  for (const { path } of closed) {
    const { statusCode } = await server.inject({ method: 'HEAD', url: filled(path) });
    expect([path, statusCode]).toEqual([path, 401]);
  }
});

test.each(ROLES)('%s gets through where its permissions say, and nowhere else', async (role) => {
  const allowed = ({ access }: Route): boolean =>
    access === 'public' ||
    access === 'anybody' ||
    (access !== undefined && roleMay(role, access as (typeof PERMISSIONS)[number]));
  const wanted = ({ status, code }: { status: number; code: string | undefined }, route: Route): boolean =>
    allowed(route)
      ? status < 500 && status !== 401 && status !== 403
      : status === 403 && code === 'forbidden';
  expect(await others(routes, (route) => send(route, keys.get(role)), wanted)).toEqual([]);
});

test('a POST without an Idempotency-Key, or with one that is none, is refused before anything else', async () => {
  const posts = routes.filter(({ method }) => method === 'post');
  expect(posts.length).toBeGreaterThan(10);
  const permitted = ({ access }: Route): Role =>
    ROLES.find(
      (role) => access === 'anybody' || roleMay(role, access as (typeof PERMISSIONS)[number]),
    ) as Role;
  for (const route of posts) {
    const key = keys.get(permitted(route));
    const without = await send(route, key).unset('Idempotency-Key');
    expect([route.path, without.status, without.body.code]).toEqual([
      route.path,
      400,
      'idempotency-key-missing',
    ]);
    const short = await send(route, key).set('Idempotency-Key', 'short');
    expect([route.path, short.status, short.body.code]).toEqual([
      route.path,
      400,
      'idempotency-key-unreadable',
    ]);
  }
});

test('a route that declares nothing is refused to everybody', async () => {
  const { config, database } = app;
  const module = {
    module: Forgetful,
    imports: [AppModule.with({ config, databaseUrl: database.url, work: false })],
    controllers: [ForgottenController],
  };
  const server = await createHttpServer(module, config);
  try {
    await server.listen(0, '127.0.0.1');
    expect(routesOf({ app: server }).find(({ path }) => path === '/v1/forgotten')).toEqual({
      method: 'get',
      path: '/v1/forgotten',
      access: undefined,
      page: false,
    });
    for (const [key, status] of [
      ['', 401],
      [keys.get('administrator'), 500],
    ]) {
      const headers = { authorization: `Bearer ${key}` };
      const answer = await server.inject({ method: 'GET', url: '/v1/forgotten', headers });
      expect(answer.statusCode).toBe(status);
    }
  } finally {
    await server.close();
  }
});
