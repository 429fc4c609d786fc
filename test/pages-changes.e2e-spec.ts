import { startTestApp, type TestApp } from './support/app.js';
import { rowCounts } from './support/counts.js';
import { acceptOf } from './support/milestones.js';
import { type InForce, putInForce } from './support/money.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

const PROGRAMME = `/programmes/${SLUG}`;
const GROUNDS = { reason: 'The plan is credible.' };
const WORDS = { title: 'Go-live in November', justification: 'The supplier delivers late.' };

let app: TestApp;
let lead: Visitor;
let stranger: Visitor;
let manager: Visitor;
let other: Visitor;
let officer: Visitor;
let auditor: Visitor;
let agreed: InForce;
let code: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-01' } });
  agreed = await putInForce(app, 'RW4');
  code = Object.keys(agreed.milestones)[0] as string;
  const as = async (...who: Parameters<TestApp['as']>) => signedIn(app, await app.as(...who));
  lead = await as('trust-lead', 'RW4');
  stranger = await as('trust-lead', 'RXT');
  [manager, other] = [await as('programme-manager'), await as('programme-manager')];
  [officer, auditor] = [await as('finance-officer'), await as('auditor')];
});
afterAll(() => app?.stop());

const day = (name: string, on: string) => {
  const [year = '', month = '', date = ''] = on.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const links = ({ document }: OpenPage, part: string): string[] =>
  [...document.querySelectorAll('main a')]
    .map((link) => link.getAttribute('href') ?? '')
    .filter((href) => href.includes(part));
const stepsOf = (page: OpenPage) => links(page, '/steps/').map((href) => href.split('/').at(-1));

/** Which field of a form is that of a milestone. */
async function fieldOf(visitor: Visitor, page: string, milestone: string): Promise<string> {
  const { document } = await visitor.get(page);
  const field = [...document.querySelectorAll('input[type=hidden]')].find(
    (each) => each.getAttribute('value') === milestone,
  );
  return (field?.getAttribute('name') ?? '').replace(/\/milestone$/, '');
}

/** A draft of other days, as a visitor writes it. @returns its page */
async function draft(visitor: Visitor, on: string, milestone = code): Promise<string> {
  const page = `/agreements/${agreed.id}/changes/new/reprofile`;
  const at = await fieldOf(visitor, page, milestone);
  const sent = await visitor.send(page, {
    ...WORDS,
    ...day(`${at}/agreedOn`, on),
    [`${at}/delayReason`]: 'supplier',
  });
  expect([sent.status, sent.errors()]).toEqual([303, []]);
  return sent.location as string;
}

/** Takes a step on its page. */
async function step(visitor: Visitor, change: string, name: string, fields = {}): Promise<OpenPage> {
  return visitor.send(`${change}/steps/${name}`, fields);
}

test('a change goes from draft to applied, each step by who may', async () => {
  const kinds = await lead.get(`/agreements/${agreed.id}/changes/new`);
  expect(links(kinds, '/changes/new/')).toHaveLength(5);
  const change = await draft(lead, '2018-11-15');
  const page = await lead.get(change);
  expect(page.words('h1')).toContain(WORDS.title);
  expect(page.rows('asked')[0]).toEqual(['Digital plan agreed', '15 November 2018', expect.any(String)]);
  expect(page.rows('impact-dates')).toHaveLength(1);
  expect(stepsOf(page)).toEqual(['submission', 'withdrawal']);
  expect((await lead.get(PROGRAMME.concat('/changes'))).rows('changes')).toEqual([]);

  expect((await step(lead, change, 'submission')).location).toBe(change);
  expect((await lead.get(change)).words('.nhsuk-inset-text')).toContain('With the funder');
  expect(stepsOf(await manager.get(change))).toEqual(['impact-assessment', 'rejection', 'deferral']);
  expect((await step(manager, change, 'impact-assessment')).status).toBe(303);
  expect((await step(manager, change, 'approval', GROUNDS)).status).toBe(303);
  expect((await step(manager, change, 'application')).status).toBe(303);

  const done = await lead.get(change);
  expect(done.words('.nhsuk-tag--green')).toBe('Applied');
  expect(stepsOf(done)).toEqual([]);
  const happened = [...done.document.querySelectorAll('.app-timeline strong')].map(
    (each) => each.textContent,
  );
  expect(happened).toEqual(['Begun', 'Submitted', 'Impact assessed', 'Approved', 'Applied']);
  expect(done.words('.app-timeline')).toContain(GROUNDS.reason);
  const milestone = await lead.get(`/milestones/${agreed.milestones[code]}`);
  expect(milestone.words('.app-timeline')).toContain('to 15 November 2018');
});

test('whoever wrote of it is refused in words on the same page, with what they typed', async () => {
  const change = await draft(manager, '2018-12-01');
  await step(manager, change, 'submission');
  await step(other, change, 'impact-assessment');
  expect(stepsOf(await manager.get(change))).not.toContain('approval');
  const refused = await step(manager, change, 'approval', GROUNDS);
  expect(refused.status).toBe(409);
  expect(refused.words('h1')).toContain('Approve this change');
  expect(refused.errors()).toEqual([
    'You wrote or asked for this change, so somebody else must decide on it.',
  ]);
  expect(refused.words('textarea')).toBe(GROUNDS.reason);
  expect((await step(other, change, 'rejection', GROUNDS)).status).toBe(303);
  expect((await manager.get(change)).words('.nhsuk-tag--red')).toBe('Rejected');
});

test('an impact that changed is said in words, with the new one', async () => {
  const [, second] = Object.keys(agreed.milestones) as [string, string];
  const change = await draft(lead, '2019-01-15', second);
  await step(lead, change, 'submission');
  await step(manager, change, 'impact-assessment');
  await acceptOf(app, agreed, second, { forecastOn: '2019-02-01', delayReason: 'supplier' });
  expect((await lead.get(change)).words('.app-finding--warning')).toContain('is 1 February 2019 now');
  const refused = await step(manager, change, 'approval', GROUNDS);
  expect([refused.status, refused.errors()[0]]).toEqual([
    409,
    expect.stringContaining('1 February 2019 now'),
  ]);
  expect(refused.words('.nhsuk-summary-list')).toContain('Dates now');
  await step(manager, change, 'impact-assessment');
  expect((await step(manager, change, 'approval', GROUNDS)).status).toBe(303);
});

test('a draft is edited, says what is in its way, and is withdrawn', async () => {
  const page = `/agreements/${agreed.id}/changes/new/carry-forward`;
  const typed = {
    ...WORDS,
    'content/moves/0/from': '2017/18 capital',
    'content/moves/0/to/financialYear': '2018/19',
    'content/moves/0/amountPence': '99,000,000',
  };
  const change = (await lead.send(page, typed)).location as string;
  expect((await lead.get(change)).words('.app-finding')).toContain('Ask for less.');
  const refused = await step(lead, change, 'submission');
  expect([refused.status, refused.errors()[0]]).toEqual([409, expect.stringContaining('Ask for less.')]);
  const edit = `${change}/edit`;
  expect(
    (await lead.get(edit)).document.getElementById('content/moves/0/amountPence')?.getAttribute('value'),
  ).toBe('99,000,000');
  const wrong = await lead.send(edit, { 'content/moves/0/amountPence': 'all of it', title: '' });
  expect([wrong.status, wrong.errors()]).toEqual([
    400,
    ['Enter what is asked for.', expect.stringContaining('Amount of move 1 must be an amount in pounds')],
  ]);
  expect(wrong.document.getElementById('content/moves/0/amountPence')?.getAttribute('value')).toBe(
    'all of it',
  );
  const stale = await lead.send(edit, { _revision: '0' });
  expect(stale.status).toBe(412);
  expect((await lead.send(edit, { 'content/moves/0/amountPence': '100.50' })).status).toBe(303);
  expect((await lead.get(change)).rows('asked')).toEqual([
    ['Grant', '2017/18 capital', '2018/19 capital', '£100.50'],
  ]);
  expect((await step(lead, change, 'withdrawal', { reason: '' })).errors()).toHaveLength(1);
  expect((await step(lead, change, 'withdrawal', { reason: 'Not needed.' })).status).toBe(303);
  expect((await lead.get(edit)).status).toBe(409);
});

test('other terms are asked for, and a deferral waits until a later day', async () => {
  const page = `/agreements/${agreed.id}/changes/new/vary`;
  const sent = await lead.send(page, { ...WORDS, 'content/terms/conditions/0': 'A review is held.' });
  expect([sent.status, sent.errors()]).toEqual([303, []]);
  const change = sent.location as string;
  expect((await lead.get(change)).rows('impact-terms')).toEqual([
    ['Conditions', 'None', 'A review is held.'],
  ]);
  await step(lead, change, 'submission');
  const past = await step(manager, change, 'deferral', { ...GROUNDS, ...day('until', '2018-04-01') });
  expect([past.status, past.errors()]).toEqual([409, [expect.stringContaining('is not to come')]]);
  expect(
    (await step(manager, change, 'deferral', { ...GROUNDS, ...day('until', '2018-06-01') })).status,
  ).toBe(303);
  expect((await lead.get(change)).text).toContain('1 June 2018');
});

test('sent twice, it is done once', async () => {
  const page = `/agreements/${agreed.id}/changes/new/reprofile`;
  const at = await fieldOf(lead, page, code);
  const key = { _key: 'the-same-key-twice' };
  const open = await lead.get(page);
  const csrf = open.document.querySelector('main input[name=_csrf]')?.getAttribute('value') as string;
  const fields = {
    ...WORDS,
    ...key,
    _csrf: csrf,
    _page: page,
    [`${at}/milestone`]: code,
    ...day(`${at}/agreedOn`, '2019-03-03'),
  };
  const before = (await rowCounts(app.database)).change_request as number;
  const [first, second] = await Promise.all([lead.post(page, fields), lead.post(page, fields)]);
  expect([first.status, second.status, first.location]).toEqual([303, 303, second.location]);
  expect((await rowCounts(app.database)).change_request).toBe(before + 1);
});

test('a change is its trust’s and the funder’s; an auditor sees all and takes no step', async () => {
  const change = await draft(lead, '2019-05-01');
  for (const path of [
    change,
    `${change}/edit`,
    `${change}/steps/submission`,
    `/agreements/${agreed.id}/changes/new`,
  ])
    expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
  expect((await stranger.get(`${PROGRAMME}/changes?state=`)).rows('changes')).toEqual([]);
  const seen = await auditor.get(change);
  expect([seen.status, stepsOf(seen), links(seen, '/edit')]).toEqual([200, [], []]);
  expect((await auditor.get(`${PROGRAMME}/changes?state=`)).rows('changes').length).toBeGreaterThan(4);
  for (const path of [`${change}/edit`, `${change}/steps/submission`, `${change}/steps/approval`])
    expect([path, (await auditor.get(path)).status]).toEqual([path, 403]);
  expect((await lead.get(`${change}/steps/approval`)).status).toBe(403);
  expect((await lead.get(`${change}/steps/nothing`)).status).toBe(404);
  expect((await lead.get(`/agreements/${agreed.id}/changes/new/nothing`)).status).toBe(404);
  expect((await lead.get(`${PROGRAMME}/changes?download=changes`)).headers['content-type']).toContain(
    'text/csv',
  );
});

test('a year is closed once, by who may, with what lapses before them', async () => {
  const path = `${PROGRAMME}/year-end/close`;
  expect([(await manager.get(path)).status, (await auditor.get(path)).status]).toEqual([403, 403]);
  const page = await officer.get(path);
  expect(page.words('.nhsuk-summary-list')).toContain('2017/18 lapses');
  expect((await officer.send(path, { reason: ' ' })).errors()).toEqual(['Enter the grounds.']);
  const early = await officer.send(path, { financialYear: '2018/19', reason: 'Finance board' });
  expect([early.status, early.errors()]).toEqual([
    409,
    [expect.stringContaining('2018/19 ends on 31 March 2019')],
  ]);
  expect((await officer.send(path, { reason: 'Finance board' })).location).toBe(`${PROGRAMME}/year-ends`);
  expect((await lead.get(`${PROGRAMME}/year-ends`)).rows('closings')).toEqual([
    ['2017/18', '£2,000,000', expect.any(String), expect.any(String), 'Finance board'],
  ]);
  expect((await stranger.get(`${PROGRAMME}/year-ends`)).rows('lapsed')).toEqual([]);
  const again = await officer.get(path);
  expect([again.status, again.text]).toEqual([
    409,
    expect.stringContaining('The next year to be closed is 2018/19'),
  ]);
});
