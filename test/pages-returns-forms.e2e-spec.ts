import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { RETURN_SECTIONS } from '../src/progress-reports/return-content.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { completed, read, reportId, SLUG, save, step } from './support/returns.js';

let app: TestApp;
let key: string;
let lead: Visitor;
let manager: Visitor;
let id: string;
let at: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-01-20' } });
  key = await app.as('trust-lead', 'RW4');
  lead = await signedIn(app, key);
  manager = await signedIn(app, await app.as('programme-manager'));
  const reporting = app.app.get(ReportingService, { strict: false });
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'test.open' }, (tx) => reporting.openDue(tx));
  id = await reportId(app, key, 'RW4', '2017/18 Q3');
  at = `/returns/${id}`;
});
afterAll(() => app?.stop());

/** All that a browser would send of the form that saves a section. */
function fieldsOf(page: OpenPage, action: string): Record<string, string> {
  const form = page.document.querySelector(`main form[method=post][action="${action}"]`);
  return Object.fromEntries(
    [...(form?.querySelectorAll('input[type=hidden], textarea, input[type=text], input[checked]') ?? [])].map(
      (field) => [
        field.getAttribute('name') ?? '',
        field.tagName === 'TEXTAREA' ? (field.textContent ?? '') : (field.getAttribute('value') ?? ''),
      ],
    ),
  );
}

const revisionOf = async (): Promise<number> => (await read(app, key, id)).revision;

test('a form that is sent twice is done once', async () => {
  const page = await lead.get(`${at}/confidence`);
  const fields = { ...fieldsOf(page, `${at}/confidence`), 'confidence/rating': 'green', _do: 'list' };
  const before = await revisionOf();
  const first = await lead.post(`${at}/confidence`, fields);
  const second = await lead.post(`${at}/confidence`, fields);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.location).toBe(first.location);
  expect(await revisionOf()).toBe(before + 1);
});

test('what was typed outlives the session, and is saved once its writer is back', async () => {
  const page = await lead.get(`${at}/narrative`);
  const fields = fieldsOf(page, `${at}/narrative`);
  fields['narrative/0/text'] = 'Twelve wards went live.';
  await app.database.sql(`update web_session set seen_at = seen_at - interval '2 days'`);
  // What was remembered of a session is forgotten within half a second.
  await new Promise((resolve) => setTimeout(resolve, 600));
  const sent = await lead.post(`${at}/narrative`, fields);
  expect(sent.status).toBe(303);
  const held = decodeURIComponent(sent.location?.split('returnTo=')[1] ?? '');
  expect(held).toMatch(/^\/held-forms\/[0-9a-f-]{36}$/);

  lead = await signedIn(app, key);
  manager = await signedIn(app, await app.as('programme-manager'));
  const again = await lead.get(held);
  expect(again.words('textarea[name="narrative/0/text"]')).toBe('Twelve wards went live.');
  expect(again.words('.nhsuk-error-summary')).toContain('You were signed out before this was saved');
  expect((await manager.get(held)).status).toBe(404);
  const saved = await lead.send(held, {}, `${at}/narrative`);
  expect([saved.status, saved.location]).toEqual([303, `${at}/confidence`]);
  expect((await read(app, key, id)).current.content.narrative[0]?.text).toBe('Twelve wards went live.');
});

test('no page of a return is another trust’s to see', async () => {
  const stranger = await signedIn(app, await app.as('trust-lead', 'RXT'));
  const director = await signedIn(app, await app.as('trust-finance-director', 'RXT'));
  const pages = ['', '/check', '/versions', '/review', '/submission', '/correction'];
  for (const path of [...pages, ...RETURN_SECTIONS.map((section) => `/${section}`)])
    expect([path, (await stranger.get(`${at}${path}`)).status]).toEqual([path, 404]);
  expect((await director.get(`${at}/certification`)).status).toBe(404);
  expect((await stranger.get(`/programmes/${SLUG}/returns`)).text).not.toContain(id);
  expect((await stranger.get('/tasks')).text).not.toContain(id);
  const own = await stranger.get('/tasks');
  const csrf = own.document.querySelector('[name=_csrf]')?.getAttribute('value') ?? '';
  const sent = await stranger.post(`${at}/risks`, { _csrf: csrf, _key: 'a-key-of-its-own', _revision: '1' });
  expect(sent.status).toBe(404);
});

test('what reads as a patient’s number is refused beside its field', async () => {
  const page = await lead.send(
    `${at}/risks?another=yes`,
    { 'risks/0/title': 'Patient 943 476 5919' },
    `${at}/risks`,
  );
  expect(page.status).toBe(400);
  const link = page.document.querySelector('.nhsuk-error-summary li a');
  expect(link?.getAttribute('href')).toBe('#risks/0/title');
});

test('the list of returns tells which are late and which are unchanged, and narrows down', async () => {
  const address = `/programmes/${SLUG}/returns`;
  const all = await manager.get(address);
  expect(all.rows('returns')).toHaveLength(21);
  const late = await manager.get(`${address}?overdue=true&trust=RW4`);
  expect(late.rows('returns').map((row) => [row[1], row[4]])).toEqual([
    ['2017/18 Q2', 'Overdue'],
    ['2017/18 Q1', 'Overdue'],
  ]);
  const file = await manager.get(`${address}?overdue=true&trust=RW4&download=returns`);
  expect(file.text.split('\r\n')[0]).toBe('Trust,Period,State,Due,Late,Found,Confidence,Since last time');
  expect((await manager.get(`${address}?state=nonsense`)).rows('returns')).toHaveLength(21);
});

test('until the queue has worked, the receipt asks again by itself; its events come to its trust alone', async () => {
  const report = await read(app, key, id);
  await save(app, key, id, await completed(app, key, report, 30));
  await step(app, await app.as('trust-finance-director', 'RW4'), id, 'certification');
  const { location } = await lead.send(`${at}/submission`, {});
  const receipt = await lead.get(location as string);
  expect(receipt.document.querySelector('noscript meta[http-equiv=refresh]')?.getAttribute('content')).toBe(
    '3',
  );
  expect(receipt.document.querySelector('[data-events]')?.getAttribute('data-events')).toBe(
    `${location}/events`,
  );
  expect(receipt.document.querySelector('[data-events] progress')).not.toBeNull();
  expect((await manager.get(`${at}/review`)).words('.nhsuk-card--warning')).toContain(
    'The assessment of this return has not finished',
  );
  const stranger = await signedIn(app, await app.as('trust-lead', 'RXT'));
  expect((await stranger.get(location as string)).status).toBe(404);
  expect((await stranger.get(`${location}/events`)).status).toBe(404);
});

test.each([
  ['auditor', 'Nothing waits for you: no finding is to be followed up or closed'],
  ['administrator', 'There is nothing to do for an administrator here'],
  ['assessor', 'Review the return for 2017/18 Q3 Mersey Care NHS Foundation Trust'],
  ['finance-officer', 'Nothing waits for you'],
] as const)('the tasks of %s', async (role, words) => {
  const visitor = await signedIn(app, await app.as(role));
  const page = await visitor.get('/tasks');
  expect([page.status, page.words('main')]).toEqual([200, expect.stringContaining(words)]);
});
