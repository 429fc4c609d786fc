import type { Browser, Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import { describeInBrowser, openWindow, signInAs, startBrowser, type Window } from '../support/browser.js';
import { startDemonstration } from '../support/demonstration.js';

const WORCESTERSHIRE = 'Herefordshire and Worcestershire Health and Care NHS Trust';
const OXFORD = 'Oxford Health NHS Foundation Trust';
const PROGRAMME = '/programmes/mental-health-exemplars';

let app: TestApp;
let browser: Browser;
const windows: Window[] = [];

/** A window of somebody who has just signed in. */
async function as(role: string, trust: string | null, javaScript = true): Promise<Page> {
  const window = await openWindow(browser, app, { javaScript });
  windows.push(window);
  await signInAs(window, role, trust);
  return window.page;
}

const heading = (page: Page): Promise<string> => page.locator('h1').innerText();
const main = (page: Page): Promise<string> => page.locator('main').innerText();
const follow = (page: Page, words: string | RegExp): Promise<void> =>
  page.locator('main').getByRole('link', { name: words }).first().click();
const press = (page: Page, words: string | RegExp): Promise<void> =>
  page.locator('main').getByRole('button', { name: words }).first().click();

/** Fills in what the return of a quarter is not prefilled with, from its list of tasks to its check. */
async function fillIn(page: Page): Promise<void> {
  await follow(page, 'Narrative');
  const texts = page.locator('textarea[name$="/text"]');
  await texts.first().waitFor();
  for (let i = 0; i < (await texts.count()); i += 1) await texts.nth(i).fill('Two wards went live in June.');
  await press(page, 'Save and return to the list');
  await follow(page, 'Spend and forecast');
  await page.locator('[name="spend/0/note"]').fill('As planned.');
  await press(page, 'Save and return to the list');
  await follow(page, 'Delivery confidence');
  await press(page, 'Save and return to the list');
}

describeInBrowser('the three people', () => {
  beforeAll(async () => {
    app = await startDemonstration();
    browser = await startBrowser();
  }, 180_000);
  afterEach(async () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
    for (const window of windows.splice(0)) await window.close();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  describe.each([
    ['with JavaScript', true, WORCESTERSHIRE],
    ['without JavaScript', false, OXFORD],
  ])('%s', (_, javaScript, trust) => {
    test('a project lead fills in the return, another person certifies it, and the receipt says what was found', async () => {
      const lead = await as('Lead', trust, javaScript);
      await follow(lead, /return for 2018\/19 Q1/);
      const address = lead.url();
      await fillIn(lead);
      await follow(lead, 'Check your answers');
      expect(await heading(lead)).toContain('Check');

      const director = await as('Finance director', trust, javaScript);
      await follow(director, /return for 2018\/19 Q1/);
      if (!director.url().endsWith('/certification')) await director.goto(`${address}/certification`);
      await press(director, /Certify/);
      expect(await director.locator('.nhsuk-error-summary').innerText()).toContain('Tick the box');
      await director.getByRole('checkbox').check();
      await press(director, /Certify/);
      expect(await main(director)).toContain('The trust submits it.');

      await lead.goto(`${address}/submission`);
      await press(lead, /Submit/);
      await lead.waitForURL('**/receipts/*');
      await lead.getByText('Where the return is now').waitFor({ timeout: 30_000 });
      expect(await main(lead)).toMatch(/Nothing was found\.|things? (was|were) found\./);
    }, 240_000);

    test('a programme manager reads the month on one screen, and accepts a return', async () => {
      const manager = await as('Programme manager', null, javaScript);
      await manager.goto(PROGRAMME);
      expect(await main(manager)).toContain('£35.0m is awarded');
      await follow(manager, 'Which gates slip?');
      expect(await heading(manager)).toContain('Gates');
      await manager.goBack();
      await follow(manager, 'Returns late or queried?');
      await manager.goto(`${PROGRAMME}/returns?period=${encodeURIComponent('2018/19 Q1')}`);
      const row = manager.locator('tr', { hasText: trust });
      await row.getByRole('link').first().click();
      await manager.goto(
        `${manager
          .url()
          .split('?')[0]
          ?.replace(/\/review$/, '')}/review`,
      );
      expect(await main(manager)).toContain('As planned.');
      await press(manager, /Accept/);
      expect(await main(manager)).toContain('its figures stand');
    }, 240_000);

    test('an auditor follows a payment to its evidence, and a thing through its history', async () => {
      const auditor = await as('Auditor', null, javaScript);
      await auditor.goto('/audit');
      expect(await heading(auditor)).toContain('Audit');
      await auditor.goto(`${PROGRAMME}/payments`);
      await auditor.locator('main tbody a').first().click();
      await follow(auditor, /chain/i);
      for (const part of ['Award', 'Agreement', 'Gate', 'Evidence', 'Payment'])
        expect((await main(auditor)).toLowerCase()).toContain(part.toLowerCase());
      await auditor.goto('/history?table=payment');
      await auditor.locator('main tbody a').first().click();
      expect(await main(auditor)).toMatch(/at \d{1,2}:\d\d(am|pm)/);
      await auditor.goto('/programmes?asAt=2018-03-31');
      expect(await auditor.locator('.app-past').textContent()).toContain('Nothing had been recorded by then');
      await auditor.getByRole('link', { name: 'Programmes' }).first().click();
      expect(new URL(auditor.url()).searchParams.get('asAt')).toBe('2018-03-31');
    }, 240_000);
  });

  test('what is wrong is said at the top, leads to its field, and nothing that was typed is lost', async () => {
    const assessor = await as('Assessor', null);
    await assessor.goto(`${PROGRAMME}/findings/new`);
    await assessor.locator('[name=statement]').fill('The ledger was not looked at.');
    await press(assessor, 'Record the finding');
    const summary = assessor.locator('.nhsuk-error-summary');
    await summary.waitFor();
    expect(await summary.evaluate('document.activeElement.className')).toContain('nhsuk-error-summary');
    await summary.getByRole('link').first().click();
    expect(await assessor.evaluate('document.activeElement.tagName')).toMatch(/INPUT|SELECT|TEXTAREA/);
    expect(await assessor.title()).toMatch(/^Error: /);
    expect(await assessor.locator('[name=statement]').inputValue()).toBe('The ledger was not looked at.');
  }, 180_000);

  test('a table is sorted by its headings, its address says so, and the back button goes back', async () => {
    const manager = await as('Programme manager', null);
    await manager.goto(`${PROGRAMME}/money`);
    const first = () => manager.locator('#by-year-table tbody tr').first().innerText();
    const before = await first();
    await manager.locator('#by-year-table thead').getByRole('link', { name: 'Awarded' }).click();
    expect(manager.url()).toContain('sort=by-year.awarded');
    expect(await manager.locator('#by-year-table th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    expect(await first()).not.toBe(before);
    await manager.goBack();
    expect(await first()).toBe(before);
    const [file] = await Promise.all([
      manager.waitForEvent('download'),
      manager
        .locator('#by-year')
        .getByRole('link', { name: /Download/ })
        .click(),
    ]);
    expect(file.suggestedFilename()).toBe('by-year.csv');
  }, 180_000);

  test('with a keyboard alone, from signing in to a return that is submitted', async () => {
    const window = await openWindow(browser, app);
    windows.push(window);
    const { page } = window;
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    const tabTo = async (words: RegExp): Promise<void> => {
      for (let i = 0; i < 150; i += 1) {
        await page.keyboard.press('Tab');
        const name = (await page.evaluate(
          '((e) => (e.labels?.[0] ?? e).textContent.trim())(document.activeElement)',
        )) as string;
        if (words.test(name)) return;
      }
      throw new Error(`Tab does not come to ${words} on ${page.url()}`);
    };
    const enter = async (words: RegExp): Promise<void> => {
      await tabTo(words);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    };
    await enter(/^Sign in$/);
    await enter(/^Lead: .*South London/);
    expect(await heading(page)).toBe('Your tasks');
    await enter(/^(Submit|Send)/);
    await page.waitForLoadState();
    await tabTo(/^Submit/);
    await Promise.all([page.waitForURL('**/receipts/*'), page.keyboard.press('Enter')]);
    await page.getByText('Where the return is now').waitFor({ timeout: 30_000 });
  });
});
