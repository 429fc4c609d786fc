import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { type Cast, castFor, eventually, reportId } from './support/returns.js';

let app: TestApp;
let cast: Cast;
let lead: Visitor;
let director: Visitor;
let assessor: Visitor;
let id: string;
let at: string;

beforeAll(async () => {
  app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2018-01-20' } });
  cast = await castFor(app, 'RW4');
  lead = await signedIn(app, cast.lead);
  director = await signedIn(app, cast.director);
  assessor = await signedIn(app, cast.assessor);
  const reporting = app.app.get(ReportingService, { strict: false });
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'test.open' }, (tx) => reporting.openDue(tx));
  id = await reportId(app, cast.lead, 'RW4', '2017/18 Q3');
  at = `/returns/${id}`;
});
afterAll(() => app?.stop());

/** The names of the fields of a page's section form that end so. */
const named = (page: OpenPage, end: string): string[] =>
  [...page.document.querySelectorAll('main form [name]')]
    .map((field) => field.getAttribute('name') ?? '')
    .filter((name) => name.endsWith(end));

const each = (names: readonly string[], value: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, value]));

/** Follows the redirect after a change. */
async function on(visitor: Visitor, page: OpenPage): Promise<OpenPage> {
  expect([page.status, page.errors()]).toEqual([303, []]);
  return visitor.get(page.location as string);
}

/** The receipt once the queue has done its work. */
const assessed = (visitor: Visitor, path: string): Promise<OpenPage> =>
  eventually(async () => {
    const page = await visitor.get(path);
    return page.words('h1').includes('What the automatic check found') ? page : undefined;
  });

test('a lead finds the return among their tasks, with its day', async () => {
  const page = await lead.get('/tasks');
  expect(page.words('main')).toContain('Fill in the return for 2017/18 Q3');
  expect(page.words('main')).toContain('Due 28 January 2018');
  const start = await lead.get(at);
  expect(start.words('main')).toContain('Not begun');
  expect(start.words('.nhsuk-task-list')).toContain('Narrative');
});

test('what cannot be read is refused beside its field, with all that was typed', async () => {
  const page = await lead.send(
    `${at}/milestones`,
    {
      'milestones/0/forecastOn-day': '31',
      'milestones/0/forecastOn-month': '2',
      'milestones/0/forecastOn-year': '2018',
      'milestones/1/note': 'Ward two is next.',
    },
    `${at}/milestones`,
  );
  expect(page.status).toBe(400);
  expect(page.errors()).toEqual([
    expect.stringMatching(/^Forecast date of “.+” must be a real date, such as 31 3 2018\.$/),
  ]);
  expect(page.document.querySelector('.nhsuk-error-summary li a')?.getAttribute('href')).toBe(
    '#milestones/0/forecastOn-day',
  );
  const field = (name: string) => page.document.querySelector(`[name="${name}"]`);
  expect(field('milestones/0/forecastOn-day')?.getAttribute('value')).toBe('31');
  expect(field('milestones/1/note')?.textContent).toBe('Ward two is next.');
});

test('a draft is saved section by section, with what is still missing', async () => {
  const milestones = await lead.send(`${at}/milestones`, { _do: 'list' }, `${at}/milestones`);
  expect(milestones.location).toBe(at);
  expect((await on(lead, milestones)).words('main')).toContain('Draft');

  const spend = await lead.get(`${at}/spend`);
  const forecast = each(named(spend, '/forecastPence'), '100,000');
  const next = await lead.send(`${at}/spend`, forecast, `${at}/spend`);
  expect(next.location).toBe(`${at}/measurements`);

  const check = await lead.get(`${at}/check`);
  expect(check.words('.nhsuk-card--warning')).toContain('has no measurement');
  expect(check.words('.nhsuk-card--warning')).toContain('The delivery confidence is not given');
  const links = [...check.document.querySelectorAll('.nhsuk-card--warning a')];
  expect(links.map((link) => link.getAttribute('href'))).toContain(`${at}/narrative#narrative/0/text`);
});

test('risks are added and removed without JavaScript', async () => {
  const another = await lead.send(`${at}/risks`, { _do: 'another' }, `${at}/risks`);
  expect(another.location).toBe(`${at}/risks?another=yes#risks/0/title`);
  const written = await lead.send(
    `${at}/risks?another=yes`,
    { 'risks/0/title': 'The supplier is late', 'risks/0/likelihood': '3', _do: 'another' },
    `${at}/risks`,
  );
  expect(written.location).toBe(`${at}/risks?another=yes#risks/1/title`);
  const second = await lead.send(
    `${at}/risks?another=yes`,
    { 'risks/1/title': 'Staff cannot be released', _do: 'list' },
    `${at}/risks`,
  );
  expect((await on(lead, second)).words('.nhsuk-task-list')).toContain('Incomplete');
  const removed = await lead.send(`${at}/risks`, { _do: 'remove/1' }, `${at}/risks`);
  const left = await on(lead, removed);
  expect(named(left, '/title')).toEqual(['risks/0/title']);
  const filled = { 'risks/0/impact': '4', 'risks/0/mitigation': 'Weekly calls', 'risks/0/owner': 'CCIO' };
  await on(lead, await lead.send(`${at}/risks`, filled, `${at}/risks`));
});

test('what somebody else saved meanwhile is not overwritten, and what was typed stays', async () => {
  const old = await lead.get(`${at}/confidence`);
  const value = (name: string) => old.document.querySelector(`[name="${name}"]`)?.getAttribute('value') ?? '';
  await on(lead, await lead.send(`${at}/risks`, {}, `${at}/risks`));
  const page = await lead.post(`${at}/confidence`, {
    ...Object.fromEntries(['_csrf', '_key', '_page', '_revision'].map((name) => [name, value(name)])),
    'confidence/scale': value('confidence/scale'),
    'confidence/rating': 'amber',
    'confidence/reason': 'Two wards wait for the supplier.',
  });
  expect(page.status).toBe(412);
  expect(page.words('.nhsuk-error-summary')).toContain('What you typed is still in its fields');
  expect(page.words('textarea[name="confidence/reason"]')).toBe('Two wards wait for the supplier.');
});

test('certified by the finance director, who did not prepare it, and not by a lead', async () => {
  const measurements = await lead.get(`${at}/measurements`);
  await on(
    lead,
    await lead.send(
      `${at}/measurements`,
      {
        ...each(named(measurements, '/numerator'), '30'),
        ...each(named(measurements, '/denominator'), '100'),
      },
      `${at}/measurements`,
    ),
  );
  const narrative = await lead.get(`${at}/narrative`);
  await on(
    lead,
    await lead.send(`${at}/narrative`, each(named(narrative, '/text'), 'It went well.'), `${at}/narrative`),
  );
  const early = await director.get(`${at}/certification`);
  expect(early.words('.nhsuk-card--warning')).toContain('The delivery confidence is not given');
  expect(early.document.querySelector('main form[method=post]')).toBeNull();

  await on(lead, await lead.send(`${at}/confidence`, { 'confidence/rating': 'amber' }, `${at}/confidence`));
  expect((await lead.get(`${at}/certification`)).status).toBe(403);

  const unticked = await director.send(`${at}/certification`, {});
  expect(unticked.errors()).toEqual(['Tick the box to certify the return.']);
});

test('whoever prepared it and became finance director since is refused, in words', async () => {
  const { id: leadId } = await app.actorOf(cast.lead);
  await app.database.sql(`update person set role = 'trust-finance-director' where id = $1`, [leadId]);
  await new Promise((resolve) => setTimeout(resolve, 600));
  const page = await lead.get(`${at}/certification`);
  expect(page.words('.nhsuk-card--warning')).toContain(
    'You prepared this return, so somebody else at your organisation must certify it.',
  );
  const form = await director.get(`${at}/certification`);
  const revision = form.document.querySelector('[name=_revision]')?.getAttribute('value') ?? '';
  const csrf = page.document.querySelector('[name=_csrf]')?.getAttribute('value') ?? '';
  const refused = await lead.post(`${at}/certification`, {
    ...{ _csrf: csrf, _key: 'a-key-of-this-test', _page: `${at}/certification`, _revision: revision },
    declaration: 'yes',
  });
  expect(refused.status).toBe(409);
  expect(refused.errors()).toEqual([
    'You prepared this return, so somebody else at your organisation must certify it.',
  ]);
  await app.database.sql(`update person set role = 'trust-lead' where id = $1`, [leadId]);
  await new Promise((resolve) => setTimeout(resolve, 600));
});

test('certified and submitted; the receipt follows the queue, and says what was found', async () => {
  const certified = await on(director, await director.send(`${at}/certification`, { declaration: 'yes' }));
  expect(certified.words('main')).toContain('The trust submits it.');
  const sent = await lead.send(`${at}/submission`, {});
  expect(sent.location).toMatch(/^\/receipts\/[0-9a-f-]{36}$/);
  const receipt = await assessed(lead, sent.location as string);
  expect(receipt.words('main')).toMatch(/Nothing was found\.|things? (was|were) found\./);
  expect(receipt.words('main')).toContain('Where the return is now');
  expect(receipt.text).not.toContain('http-equiv="refresh"');
  const href = receipt.document.querySelector('main p a')?.getAttribute('href');
  expect(href).toBe(at);
  const section = await lead.get(`${at}/spend`);
  expect(section.words('main')).toContain('cannot be changed now');
});

test('queried by section, answered, mended, submitted again and accepted', async () => {
  expect((await assessor.get('/tasks')).words('main')).toContain('Review the return for 2017/18 Q3');
  const nothing = await assessor.send(`${at}/review`, {}, `${at}/queries`);
  expect(nothing.errors()).toEqual(['Ask at least one question, about any section.']);
  const queried = await assessor.send(
    `${at}/review`,
    { 'questions/1/question': 'Why is the forecast flat?', 'questions/3/question': 'Who owns it?' },
    `${at}/queries`,
  );
  expect((await on(assessor, queried)).words('main')).toContain('Why is the forecast flat?');

  const spend = await lead.get(`${at}/spend`);
  expect(spend.words('.app-query')).toContain('Why is the forecast flat?');
  for (const section of ['spend', 'risks']) {
    const page = await lead.get(`${at}/${section}`);
    const form = page.document.querySelector('.app-query form')?.getAttribute('action') as string;
    const query = form.split('/').at(-2);
    const answered = await lead.send(
      `${at}/${section}`,
      { [`queries/${query}/answer`]: 'The invoices come in March.' },
      form,
    );
    expect((await on(lead, answered)).words('.app-query')).toContain('The invoices come in March.');
  }
  await on(lead, await lead.send(`${at}/spend`, { 'spend/0/note': 'March.' }, `${at}/spend`));
  await on(director, await director.send(`${at}/certification`, { declaration: 'yes' }));
  await assessed(lead, (await lead.send(`${at}/submission`, {})).location as string);

  const review = await assessor.get(`${at}/review`);
  expect(review.words('#spend')).toContain('The invoices come in March.');
  const accepted = await on(assessor, await assessor.send(`${at}/review`, {}, `${at}/acceptance`));
  expect(accepted.words('main')).toContain('its figures stand');
  const versions = await lead.get(`${at}/versions`);
  expect(versions.rows('version-2').map((row) => row[3])).toEqual(['March.']);

  const correction = await lead.send(`${at}/correction`, { reason: 'An invoice was counted twice.' });
  expect((await on(lead, correction)).words('main')).toContain('An invoice was counted twice.');
});
