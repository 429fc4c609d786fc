import { startTestApp, type TestApp } from './support/app.js';
import { ledTo, linksOn, stepsOn, takeStep } from './support/page-steps.js';
import { signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

/** Agreements as people make them on pages, from the draft to the day on which they are in force. */
let app: TestApp;
let people: Record<'manager' | 'finance' | 'lead' | 'director' | 'stranger' | 'auditor', Visitor>;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-02-15' } });
  const visit = async (...who: Parameters<TestApp['as']>) => signedIn(app, await app.as(...who));
  people = {
    manager: await visit('programme-manager'),
    finance: await visit('finance-officer'),
    lead: await visit('trust-lead', 'RW4'),
    director: await visit('trust-finance-director', 'RW4'),
    stranger: await visit('trust-lead', 'RXT'),
    auditor: await visit('auditor'),
  };
});
afterAll(() => app?.stop());

const LIST = `/programmes/${SLUG}/agreements`;
let agreement: string;

describe('an agreement', () => {
  test('is begun for a trust whose award has none', async () => {
    const { manager, auditor } = people;
    expect(stepsOn(await manager.get(LIST))).toEqual(['new']);
    expect(stepsOn(await auditor.get(LIST))).toEqual([]);
    expect((await auditor.get(`${LIST}/new`)).status).toBe(403);
    const refused = await manager.send(`${LIST}/new`, { trust: '', reference: '' });
    expect(refused.errors()).toEqual(['Enter the trust.', 'Enter the reference.']);
    const place = ledTo(await manager.send(`${LIST}/new?trust=RW4`, { reference: 'PAGES/RW4' }));
    expect(place).toMatch(/^\/agreements\/[0-9a-f-]+\/edit$/);
    agreement = place.replace('/edit', '');
    expect((await manager.get(`${LIST}/new`)).text).not.toContain('value="RW4"');
  });

  test('has a draft that is changed on a page, and keeps what was typed', async () => {
    const { manager, finance } = people;
    const wrong = await manager.send(`${agreement}/edit`, {
      'tranches/0/name': '',
      'tranches/1/grantPence': 'much',
      conditions: 'Spend it well.\n\nSay what was spent.',
    });
    expect(wrong.status).toBe(400);
    expect(wrong.errors()).toEqual([
      'Enter the name of tranche 1.',
      'Grant of tranche 2 must be an amount in pounds, such as 1,250 or 1,250.50.',
    ]);
    expect(wrong.words('#conditions')).toBe('Spend it well. Say what was spent.');
    expect(wrong.document.querySelectorAll('.nhsuk-form-group--error').length).toBe(2);
    const saved = await manager.send(`${agreement}/edit`, {
      conditions: 'Spend it well.\n\nSay what was spent.',
      matchTypes: ['cash', 'staff-release'],
    });
    expect(ledTo(saved)).toBe(agreement);
    const page = await manager.get(agreement);
    expect(page.text).toContain('Say what was spent.');
    expect(page.text).not.toContain('Other contributions in kind');
    expect(page.words('main')).toContain('Next, whoever prepares agreements at the funder sends it');
    expect((await finance.get(`${agreement}/edit`)).status).toBe(403);
  });

  test('nobody approves what they prepared: that is said on the page of the step', async () => {
    const { manager } = people;
    ledTo(await takeStep(manager, agreement, 'due-diligence'));
    const page = await manager.get(agreement);
    expect(stepsOn(page).sort()).toEqual(['return-to-draft', 'withdrawal']);
    expect(page.words('main')).toContain('You prepared this version of the agreement, so somebody else must');
    const refused = await takeStep(manager, agreement, 'approval', { reason: 'It is mine.' });
    expect(refused.status).toBe(409);
    expect(refused.words('h1')).toContain('Approve the agreement');
    expect(refused.errors()).toEqual([
      'You prepared this version of the agreement, so somebody else must approve it.',
    ]);
    expect(refused.words('#reason')).toBe('It is mine.');
  });

  test('goes from draft to active by the right people, each of whom sees their step alone', async () => {
    const { manager, finance, director, lead } = people;
    const path: Array<[Visitor, string, string]> = [
      [finance, 'approval', 'approved'],
      [manager, 'offer', 'offered'],
      [director, 'signature', 'signed'],
      [finance, 'activation', 'in force'],
    ];
    for (const [by, step] of path) {
      expect(stepsOn(await by.get(agreement))).toContain(step);
      expect(stepsOn(await lead.get(agreement))).toEqual([]);
      expect((await lead.get(`${agreement}/steps/${step}`)).status).toBe(403);
      expect(ledTo(await takeStep(by, agreement, step))).toBe(agreement);
    }
    const page = await lead.get(agreement);
    expect(page.words('.nhsuk-tag--green')).toBe('Active');
    expect(page.rows('grant-lines').at(-1)?.slice(0, 3)).toEqual(['Total', '£5,000,000', '£5,000,000']);
    expect(linksOn(page).filter((href) => href.startsWith('/tranches/'))).toHaveLength(5);
    expect((await manager.get(`${agreement}/steps/nonsense`)).status).toBe(404);
  });

  test('has versions and a ledger, and the list sorts and can be had as a file', async () => {
    const { auditor } = people;
    const versions = await auditor.get(`${agreement}/versions`);
    expect(versions.words('#version-1')).toBe('Version 1, as it stands');
    const journals = await auditor.get(`${agreement}/journals`);
    expect(journals.rows('postings')[0]).toEqual([
      '15 February 2018',
      expect.stringContaining('in force: grant awarded, match pledged'),
      '2017/18 capital',
      'Grant: new as awarded',
      '£1,500,000',
      expect.anything(),
      expect.stringContaining('entry'),
    ]);
    const sorted = (await auditor.get(`${agreement}/journals?sort=-postings.amount`)).rows('postings');
    expect(sorted.map((row) => row[4])[0]).toBe('£1,500,000');
    expect(sorted.map((row) => row[4]).at(-1)).toBe('£500,000');
    const file = await auditor.get(`${LIST}?download=agreements`);
    expect(file.headers['content-type']).toContain('text/csv');
    expect(file.text).toContain('PAGES/RW4');
  });
});

describe('who sees what', () => {
  const pages = () => [
    agreement,
    `${agreement}/versions`,
    `${agreement}/journals`,
    `${agreement}/contributions`,
    `/programmes/${SLUG}/trusts/RW4/match`,
  ];

  test('another trust’s people are told that there is no such page', async () => {
    const { stranger } = people;
    const more = [`${agreement}/steps/signature`, `${agreement}/contributions/new`];
    const own = pages().filter((path) => path.startsWith(agreement));
    for (const path of [...own, ...more])
      expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
    expect((await stranger.get(LIST)).text).not.toContain('PAGES/RW4');
  });

  test('an auditor sees everything, and no step', async () => {
    const { auditor } = people;
    for (const path of pages()) {
      const page = await auditor.get(path);
      expect([path, page.status, stepsOn(page)]).toEqual([path, 200, []]);
      expect([path, page.document.querySelectorAll('main form[method=post]').length]).toEqual([path, 0]);
    }
  });

  test('finance asks for a check of the ledger; an auditor reads what came of it', async () => {
    const { finance, auditor, lead } = people;
    const path = `/programmes/${SLUG}/ledger`;
    expect((await auditor.get(path)).document.querySelectorAll('main form[method=post]').length).toBe(0);
    expect((await auditor.get(path)).words('#differences')).toContain('There is no difference');
    expect((await lead.get(path)).status).toBe(403);
    expect(ledTo(await finance.send(path, {}))).toMatch(/^\/receipts\/[0-9a-f-]+$/);
  });
});
