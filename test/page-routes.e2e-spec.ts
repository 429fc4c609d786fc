import {
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
  roleMay,
  TRUST_ROLES,
} from '../src/core/permissions.js';
import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';
import { filled, pageRoutesOf, type Route } from './support/routes.js';

/** Every route of the pages and what it asks of its visitor. A new page is a new line here. */
const TABLE = `
GET  /                                                            public
GET  /accessibility-statement                                     public
GET  /administration/people                                       person:erase
GET  /administration/people/:id                                   person:erase
GET  /administration/people/:id/steps/erasure                     person:erase
POST /administration/people/:id/steps/erasure                     person:erase
GET  /adoptions/:id                                               programme:read
GET  /adoptions/:id/steps/:step                                   programme:read
POST /adoptions/:id/steps/:step                                   programme:read
GET  /agreements/:id                                              money:read
POST /agreements/:id                                              agreement:prepare
GET  /agreements/:id/changes/new                                  change-request:prepare
GET  /agreements/:id/changes/new/:kind                            change-request:prepare
POST /agreements/:id/changes/new/:kind                            change-request:prepare
GET  /agreements/:id/claims/new                                   claim:prepare
POST /agreements/:id/claims/new                                   claim:prepare
GET  /agreements/:id/contributions                                money:read
POST /agreements/:id/contributions                                match:record
GET  /agreements/:id/contributions/new                            match:record
GET  /agreements/:id/edit                                         agreement:prepare
GET  /agreements/:id/journals                                     money:read
GET  /agreements/:id/steps/:step                                  money:read
POST /agreements/:id/steps/:step                                  money:read
GET  /agreements/:id/versions                                     money:read
GET  /assurance-documents/:id/content                             programme:read
GET  /assurance/:id                                               programme:read
POST /assurance/:id/files                                         assurance:prepare
GET  /assurance/:id/steps/:step                                   assurance:prepare
POST /assurance/:id/steps/:step                                   assurance:prepare
GET  /audit                                                       log:read
GET  /audit-samples/:id                                           log:read
GET  /audit-samples/:id/items/:item                               sample:draw
POST /audit-samples/:id/items/:item                               sample:draw
GET  /audit-samples/:id/reproduction                              log:read
GET  /audit/reads                                                 log:read
GET  /benefit-actuals/:id                                         programme:read
POST /benefit-actuals/:id/evidence                                benefit:record
GET  /benefit-actuals/:id/steps/:step                             benefit:validate
POST /benefit-actuals/:id/steps/:step                             benefit:validate
GET  /benefit-evidence/:id/content                                programme:read
GET  /benefits/:id                                                programme:read
POST /benefits/:id                                                benefit:record
GET  /benefits/:id/edit                                           benefit:record
GET  /benefits/:id/steps/:step                                    programme:read
POST /benefits/:id/steps/:step                                    programme:read
GET  /blueprint-attachments/:id/content                           programme:read
POST /blueprint-attachments/:id/removal                           blueprint:prepare
GET  /blueprint-contacts/:id/answer                               blueprint:prepare
POST /blueprint-contacts/:id/answer                               blueprint:prepare
GET  /blueprints                                                  public
GET  /blueprints/:id                                              public
GET  /blueprints/:id/adoptions/new                                blueprint:use
POST /blueprints/:id/adoptions/new                                blueprint:use
GET  /blueprints/:id/files                                        blueprint:prepare
POST /blueprints/:id/files                                        blueprint:prepare
GET  /blueprints/:id/parts/:part                                  blueprint:prepare
POST /blueprints/:id/parts/:part                                  blueprint:prepare
GET  /blueprints/:id/steps/:step                                  programme:read
POST /blueprints/:id/steps/:step                                  programme:read
GET  /changes/:id                                                 money:read
GET  /changes/:id/edit                                            change-request:prepare
POST /changes/:id/edit                                            change-request:prepare
GET  /changes/:id/steps/:step                                     money:read
POST /changes/:id/steps/:step                                     money:read
GET  /claims                                                      money:read
GET  /claims/:id                                                  money:read
GET  /claims/:id/check                                            money:read
GET  /claims/:id/description                                      claim:prepare
POST /claims/:id/description                                      claim:prepare
GET  /claims/:id/evidence                                         money:read
POST /claims/:id/evidence                                         claim:prepare
GET  /claims/:id/evidence/:evidence/withdrawal                    claim:prepare
POST /claims/:id/evidence/:evidence/withdrawal                    claim:prepare
GET  /claims/:id/lines                                            money:read
GET  /claims/:id/lines/:line                                      claim:prepare
POST /claims/:id/lines/:line                                      claim:prepare
GET  /claims/:id/lines/:line/removal                              claim:prepare
POST /claims/:id/lines/:line/removal                              claim:prepare
GET  /claims/:id/queries/:query/answer                            claim:prepare
POST /claims/:id/queries/:query/answer                            claim:prepare
GET  /claims/:id/steps/:step                                      money:read
POST /claims/:id/steps/:step                                      money:read
GET  /claims/:id/submitted                                        money:read
GET  /claims/:id/versions                                         money:read
GET  /contributions/:id                                           money:read
POST /contributions/:id                                           match:record
GET  /contributions/:id/edit                                      match:record
POST /contributions/:id/evidence                                  match:record
GET  /contributions/:id/evidence/:evidence/withdrawal             match:record
POST /contributions/:id/evidence/:evidence/withdrawal             match:record
GET  /contributions/:id/steps/:step                               money:read
POST /contributions/:id/steps/:step                               money:read
GET  /cost-evidence/:id/content                                   money:read
POST /csp-reports                                                 public
GET  /deployments/:id/steps/end                                   assurance:prepare
POST /deployments/:id/steps/end                                   assurance:prepare
GET  /evidence/:id/content                                        programme:read
GET  /exports                                                     anybody
POST /exports                                                     anybody
GET  /exports/:id/content                                         anybody
GET  /exports/download                                            anybody
GET  /exports/new                                                 anybody
GET  /extracts/:id                                                log:read
GET  /findings/:id                                                programme:read
GET  /findings/:id/steps/:step                                    programme:read
POST /findings/:id/steps/:step                                    programme:read
GET  /gate-waivers/:id                                            money:read
GET  /gate-waivers/:id/steps/:step                                money:read
POST /gate-waivers/:id/steps/:step                                gate:waive
GET  /hazard-logs/:id/content                                     hazard-log:read
GET  /held-forms/:id                                              anybody
GET  /history                                                     log:read
GET  /history/:table/:id                                          log:read
GET  /history/entries/:number                                     log:read
GET  /library-outcomes                                            public
GET  /measurements/:id                                            progress-report:read
GET  /measurements/:id/steps/:step                                progress-report:read
POST /measurements/:id/steps/:step                                progress-report:read
GET  /milestones/:id                                              programme:read
POST /milestones/:id/evidence                                     milestone:evidence
GET  /milestones/:id/steps/:step                                  programme:read
POST /milestones/:id/steps/:step                                  programme:read
GET  /open-data                                                   public
GET  /open-data/360giving.csv                                     public
GET  /open-data/360giving.json                                    public
GET  /open-data/:slug/360giving.csv                               public
GET  /open-data/:slug/360giving.json                              public
GET  /open-data/:slug/match.csv                                   public
GET  /open-data/dictionary                                        public
GET  /open-data/dictionary.csv                                    public
GET  /open-data/dictionary.json                                   public
GET  /open-data/match.csv                                         public
GET  /pairings/:id                                                programme:read
GET  /pairings/:id/steps/:step                                    pairing:decide
POST /pairings/:id/steps/:step                                    pairing:decide
GET  /payments/:id                                                money:read
GET  /payments/:id/chain                                          money:read
GET  /payments/:id/steps/:step                                    money:read
POST /payments/:id/steps/:step                                    money:read
GET  /portfolio                                                   portfolio:read
GET  /portfolio/scenarios                                         portfolio:read
GET  /portfolio/scenarios/:id                                     portfolio:read
GET  /portfolio/scenarios/:id/withdrawal                          scenario:make
POST /portfolio/scenarios/:id/withdrawal                          scenario:make
GET  /privacy                                                     public
GET  /products                                                    programme:read
GET  /products/:id                                                programme:read
GET  /products/:id/assurance/new/:kind                            assurance:prepare
POST /products/:id/assurance/new/:kind                            assurance:prepare
GET  /products/:id/steps/:step                                    product:keep
POST /products/:id/steps/:step                                    product:keep
GET  /products/new                                                product:keep
POST /products/new                                                product:keep
GET  /programmes                                                  programme:read
GET  /programmes/:slug                                            programme:read
GET  /programmes/:slug/agreements                                 money:read
POST /programmes/:slug/agreements                                 agreement:prepare
GET  /programmes/:slug/agreements/new                             agreement:prepare
GET  /programmes/:slug/amendments                                 log:read
GET  /programmes/:slug/assurance                                  programme:read
GET  /programmes/:slug/assurance/new/:kind                        assurance:prepare
POST /programmes/:slug/assurance/new/:kind                        assurance:prepare
GET  /programmes/:slug/audit                                      log:read
GET  /programmes/:slug/audit-samples                              log:read
GET  /programmes/:slug/audit-samples/new                          sample:draw
POST /programmes/:slug/audit-samples/new                          sample:draw
GET  /programmes/:slug/benefits                                   programme:read
GET  /programmes/:slug/blueprints                                 programme:read
GET  /programmes/:slug/blueprints/new                             blueprint:prepare
POST /programmes/:slug/blueprints/new                             blueprint:prepare
GET  /programmes/:slug/changes                                    money:read
GET  /programmes/:slug/claims                                     money:read
GET  /programmes/:slug/confidence                                 programme:read
GET  /programmes/:slug/definition                                 programme:read
GET  /programmes/:slug/deployments/new                            assurance:prepare
POST /programmes/:slug/deployments/new                            assurance:prepare
GET  /programmes/:slug/extracts                                   log:read
POST /programmes/:slug/extracts                                   payment:make
GET  /programmes/:slug/findings                                   programme:read
GET  /programmes/:slug/findings/new                               finding:record
POST /programmes/:slug/findings/new                               finding:record
GET  /programmes/:slug/followers                                  programme:read
GET  /programmes/:slug/gates                                      money:read
GET  /programmes/:slug/ledger                                     log:read
POST /programmes/:slug/ledger/checks                              payment:make
GET  /programmes/:slug/match                                      money:read
GET  /programmes/:slug/match-concerns                             log:read
GET  /programmes/:slug/measurements                               progress-report:read
GET  /programmes/:slug/measurements/publication                   measurement:publish
POST /programmes/:slug/measurements/publication                   measurement:publish
GET  /programmes/:slug/milestones                                 programme:read
GET  /programmes/:slug/money                                      money:read
GET  /programmes/:slug/money-movements                            log:read
GET  /programmes/:slug/overdue-actions                            log:read
GET  /programmes/:slug/payment-exceptions                         log:read
GET  /programmes/:slug/payments                                   money:read
GET  /programmes/:slug/projects                                   programme:read
GET  /programmes/:slug/projects/:code                             programme:read
GET  /programmes/:slug/projects/:code/benefits/new                benefit:record
POST /programmes/:slug/projects/:code/benefits/new                benefit:record
GET  /programmes/:slug/reconciliation                             log:read
GET  /programmes/:slug/recoveries                                 money:read
GET  /programmes/:slug/returns                                    progress-report:read
GET  /programmes/:slug/scenarios/new                              scenario:make
POST /programmes/:slug/scenarios/new                              scenario:make
GET  /programmes/:slug/separation-of-duties                       log:read
GET  /programmes/:slug/surveys                                    progress-report:read
GET  /programmes/:slug/surveys/:code                              progress-report:read
POST /programmes/:slug/surveys/:code/sheets                       survey:answer
GET  /programmes/:slug/targets                                    programme:read
GET  /programmes/:slug/targets/:code                              programme:read
GET  /programmes/:slug/trusts/:ods                                money:read
GET  /programmes/:slug/trusts/:ods/adoption                       progress-report:read
GET  /programmes/:slug/trusts/:ods/claimable                      money:read
GET  /programmes/:slug/trusts/:ods/match                          money:read
GET  /programmes/:slug/trusts/:ods/measures                       progress-report:read
GET  /programmes/:slug/turnaround                                 programme:read
GET  /programmes/:slug/turnaround/:stage                          programme:read
GET  /programmes/:slug/unvalidated                                log:read
GET  /programmes/:slug/year-end                                   money:read
GET  /programmes/:slug/year-end/close                             year-end:close
POST /programmes/:slug/year-end/close                             year-end:close
GET  /programmes/:slug/year-ends                                  money:read
GET  /progress                                                    public
GET  /progress/:slug                                              public
GET  /progress/:slug/data.json                                    public
GET  /progress/:slug/measurements.csv                             public
GET  /receipts/:id                                                anybody
GET  /receipts/:id/events                                         anybody
GET  /recoveries/:id                                              money:read
GET  /recoveries/:id/steps/:step                                  money:read
POST /recoveries/:id/steps/:step                                  money:read
GET  /returns/:id                                                 progress-report:read
GET  /returns/:id/:section                                        progress-report:prepare
POST /returns/:id/:section                                        progress-report:prepare
POST /returns/:id/acceptance                                      progress-report:review
GET  /returns/:id/certification                                   progress-report:certify
POST /returns/:id/certification                                   progress-report:certify
GET  /returns/:id/check                                           progress-report:read
GET  /returns/:id/correction                                      progress-report:prepare
POST /returns/:id/correction                                      progress-report:prepare
POST /returns/:id/queries                                         progress-report:review
POST /returns/:id/queries/:query/answer                           progress-report:prepare
GET  /returns/:id/review                                          progress-report:read
GET  /returns/:id/submission                                      progress-report:submit
POST /returns/:id/submission                                      progress-report:submit
GET  /returns/:id/versions                                        progress-report:read
GET  /sign-in                                                     public
GET  /sign-in/callback                                            public
GET  /sign-in/people/:uid                                         public
POST /sign-in/people/:uid                                         public
POST /sign-out                                                    public
GET  /survey-sheets/:id                                           progress-report:read
POST /survey-sheets/:id                                           survey:answer
GET  /survey-sheets/:id/edit                                      survey:answer
POST /survey-sheets/:id/submission                                survey:answer
GET  /tasks                                                       anybody
GET  /tranches/:id                                                money:read
POST /tranches/:id/waivers                                        gate:waive
GET  /tranches/:id/waivers/new                                    gate:waive
`;

/** Pages that everybody may open act on whoever is signed in. */
const SLUG = { slug: 'mental-health-exemplars', ods: 'RW4' };

let app: TestApp;
let routes: Route[];
let nobody: Visitor;
const people = new Map<Role, Visitor>();

beforeAll(async () => {
  app = await startTestApp();
  routes = pageRoutesOf(app);
  nobody = visitor(app, '');
  for (const role of ROLES)
    people.set(role, await signedIn(app, await app.as(role, TRUST_ROLES.includes(role) ? 'RW4' : undefined)));
});
afterAll(() => app?.stop());

const shown = ({ method, path, access }: Route): string =>
  `${method.toUpperCase().padEnd(4)} ${path.padEnd(60)} ${access}`;
const closed = (): Route[] => routes.filter(({ access }) => access !== 'public');
const open = (who: Visitor, { method, path }: Route) =>
  method === 'get' ? who.get(filled(path, SLUG)) : who.post(filled(path, SLUG), {});

test('every page declares its access, as the table says', () => {
  expect(routes.map(shown).join('\n')).toBe(TABLE.trim());
  const known = ['public', 'anybody', ...PERMISSIONS];
  expect(routes.filter(({ access }) => !known.includes(access ?? '')).map(shown)).toEqual([]);
});

test('pages take only what a browser sends: GET and POST', () =>
  expect(routes.filter(({ method }) => method !== 'get' && method !== 'post')).toEqual([]));

test('whoever is not signed in is led to sign in, and comes back to the page', async () => {
  for (const route of closed()) {
    const { status, location } = await open(nobody, route);
    const back = route.method === 'get' ? encodeURIComponent(filled(route.path, SLUG)) : '%2F';
    expect([route.path, status, location]).toEqual([route.path, 303, `/sign-in?returnTo=${back}`]);
  }
});

test.each(ROLES)('%s opens what their permissions say, and nothing else', async (role) => {
  const who = people.get(role) as Visitor;
  for (const route of closed().filter(({ method }) => method === 'get')) {
    const { status } = await open(who, route);
    const may = route.access === 'anybody' || roleMay(role, route.access as Permission);
    const right = may ? [200, 303, 404].includes(status) : status === 403;
    expect([route.path, route.access, status, right]).toEqual([route.path, route.access, status, true]);
  }
});

test('no form is taken that another site could have sent', async () => {
  const posts = closed().filter(({ method }) => method === 'post');
  expect(posts.length).toBeGreaterThan(20);
  for (const route of posts) {
    const role = ROLES.find(
      (each) => route.access === 'anybody' || roleMay(each, route.access as Permission),
    );
    const answer = await open(people.get(role as Role) as Visitor, route);
    expect([route.path, answer.status, answer.words('h1')]).toEqual([route.path, 403, 'You cannot do this']);
  }
});
