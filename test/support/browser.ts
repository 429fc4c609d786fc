import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { TestApp } from './app.js';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const FOUND = PLACES.find((place) => place !== undefined && existsSync(place));

if (!FOUND && process.env.CI)
  throw new Error('There is no Chromium, and CI must not go without: apt-get install chromium.');
if (!FOUND)
  process.stderr.write(
    'Skipped: tests in a browser, because no Chromium was found. Install it, or set CHROMIUM_PATH.\n',
  );

/** `describe` where there is a browser; where there is none the tests count as skipped. */
export const describeInBrowser = FOUND ? describe : describe.skip;

const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Starts the browser. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: FOUND as string, args: QUIET });
}

/** A browser window of somebody's, and all that it complained of. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** Errors on the console, exceptions, and what the content security policy refused; what a page is expected to log is taken out. */
  complaints: string[];
  /** Opens a path. @returns the status */
  open(path: string): Promise<number>;
  close(): Promise<void>;
}

export interface WindowOptions {
  javaScript?: boolean;
  width?: number;
}

/** The address of the application, as its cookies want it. */
export function addressOf({ app }: Pick<TestApp, 'app'>): string {
  const address = app.getHttpServer().address() as { port: number };
  return `http://127.0.0.1:${address.port}`;
}

/** A new window, of nobody who is signed in. */
export async function openWindow(
  browser: Browser,
  test: Pick<TestApp, 'app'>,
  { javaScript = true, width = 1280 }: WindowOptions = {},
): Promise<Window> {
  const base = addressOf(test);
  const context = await browser.newContext({
    ...{ baseURL: base, javaScriptEnabled: javaScript, viewport: { width, height: 900 } },
    ...{ locale: 'en-GB', timezoneId: 'Europe/London' },
  });
  // The typeface comes from the NHS's own server, which is not there in a test.
  await context.route('https://assets.nhs.uk/**', (route) => route.fulfill({ status: 200, body: '' }));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A browser logs every answer that is not a success; whether it was to be expected is for the test to say.
    const answered = message.text().startsWith('Failed to load resource: the server responded');
    if (message.type() === 'error' && !answered) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    if (request.url().endsWith('/csp-reports')) complaints.push(`${page.url()}: ${request.postData()}`);
  });
  return {
    ...{ page, context, complaints },
    open: async (path) => (await page.goto(path))?.status() ?? 0,
    close: () => context.close(),
  };
}

/**
 * Signs in at the built-in provider, as a person would.
 * @param role as the button says it: "Programme manager", "Lead"
 * @param trust the name of their trust
 */
export async function signInAs(
  { page }: Pick<Window, 'page'>,
  role: string,
  trust: string | null = null,
): Promise<void> {
  await page.goto('/sign-in');
  const heading = trust ?? 'At the funder, and auditors';
  await page
    .locator(`h2:has-text("${heading}") + ul button`, { hasText: new RegExp(`^${role}:`) })
    .first()
    .click();
  await page.waitForURL('**/tasks');
}

/** What axe finds against WCAG 2.2 AA and its own good practice, a line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Pages have no frames, so one document is all that there is to look at.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} at ${target}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`,
    ),
  );
}

const OVER = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const IN_THE_NEXT_FRAME = `new Promise((resolve) => requestAnimationFrame(() => resolve(${OVER})))`;

/**
 * How many pixels a page is wider than its window: 0 where nothing has to be scrolled sideways. A window that was just
 * made smaller may show its page as it was before, so a page has a few frames to fit.
 */
export async function overflowOf(page: Page): Promise<number> {
  let over = await page.evaluate<number>(OVER);
  for (let frame = 0; over > 0 && frame < 60; frame += 1)
    over = await page.evaluate<number>(IN_THE_NEXT_FRAME);
  return over;
}
