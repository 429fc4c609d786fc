import type { Browser } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import {
  describeInBrowser,
  openWindow,
  overflowOf,
  signInAs,
  startBrowser,
  violationsOn,
  type Window,
} from '../support/browser.js';
import { startDemonstration } from '../support/demonstration.js';
import { pageRoutesOf } from '../support/routes.js';

const MERSEY = 'Mersey Care NHS Foundation Trust';
const BERKSHIRE = 'Berkshire Healthcare NHS Foundation Trust';

const ANYWHERE = /^/;

/** Who walks through the pages, and where; together they must come to every one. */
const WALKERS: ReadonlyArray<[role: string, trust: string | null, within: RegExp]> = [
  ['Programme manager', null, ANYWHERE],
  ['Lead', MERSEY, ANYWHERE],
  ['Auditor', null, ANYWHERE],
  // The answers to an auditor's questions lead to things of money, too, which are not theirs to see.
  ['Administrator', null, /^\/(administration|exports|tasks)/],
  ['Finance officer', null, ANYWHERE],
  ['Assessor', null, ANYWHERE],
  ['Finance director', 'South London and Maudsley NHS Foundation Trust', ANYWHERE],
  ['Lead', 'Cumbria, Northumberland, Tyne and Wear NHS Foundation Trust', ANYWHERE],
];

/** Addresses that answer no page to whoever follows a link: files, streams, and ways in and out. */
const NO_PAGE =
  /^\/(v1|docs|openapi\.json|health|oidc|assets)(\/|$)|\/(content|events|download|[\w-]+\.(json|csv))$|^\/sign-in|^\/held-forms/;

/** What is everybody's who is signed in: published blueprints, who uses them, and products. */
const SHARED = /^\/(blueprints|adoptions|pairings|products)\//;

const PHONE = 320;

/** Pages of a state that nothing in the demonstration is in, such as a claim's draft: each area's own tests open them. */
const NOT_NOW = [
  '/agreements/:id/claims/new',
  '/audit-samples/:id',
  '/audit-samples/:id/items/:item',
  '/audit-samples/:id/reproduction',
  '/agreements/:id/edit',
  '/benefits/:id/edit',
  '/blueprint-contacts/:id/answer',
  '/blueprints/:id/files',
  '/blueprints/:id/parts/:part',
  '/changes/:id/edit',
  '/claims/:id/check',
  '/claims/:id/description',
  '/claims/:id/evidence',
  '/claims/:id/lines',
  '/claims/:id/submitted',
  '/claims/:id/versions',
  '/contributions/:id/edit',
  '/findings/:id/steps/:step',
  '/programmes/:slug/definition',
  '/programmes/:slug/ledger',
  '/programmes/:slug/measurements/publication',
  '/returns/:id/certification',
  '/tranches/:id/waivers/new',
  '/claims/:id/evidence/:evidence/withdrawal',
  '/claims/:id/lines/:line',
  '/claims/:id/lines/:line/removal',
  '/contributions/:id/evidence/:evidence/withdrawal',
  '/programmes/:slug/trusts/:ods/claimable',
];

let app: TestApp;
let browser: Browser;
/** Routes of pages, each with how an address of it looks. */
let kinds: Array<{ path: string; pattern: RegExp }>;
const reached = new Set<string>();

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')}$`);

/** The kind of page that an address is of: the one with the fewest parameters. */
function kindOf(address: string): string | undefined {
  const { pathname } = new URL(address, 'http://page');
  const steps = /\/steps\/[^/]+$/.exec(pathname)?.[0] ?? '';
  const found = kinds.find(({ pattern }) => pattern.test(pathname));
  return found && `${found.path}${steps}`;
}

/** Addresses that a trust's lead was led to. */
const ledTo = new Set<string>();

interface Findings {
  statuses: string[];
  /** Tables that neither sort nor can be had as a file. */
  plainTables: string[];
  violations: string[];
  tooWide: string[];
}

/** Walks from link to link until there is no kind of page left that was not seen. */
async function walk(
  window: Window,
  findings: Findings,
  checked: Set<string>,
  within: RegExp,
): Promise<Set<string>> {
  const waiting = ['/tasks', '/', '/progress', '/accessibility-statement', '/privacy'];
  const seen = new Set<string>();
  const queued = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = kindOf(path);
    if (kind === undefined || seen.has(kind)) continue;
    seen.add(kind);
    // All steps of a thing are one view.
    const view = kind.replace(/\/steps\/(?!:).*$/, '');
    reached.add(view);
    const { status, links } = checked.has(view)
      ? await read(window, path)
      : await look(window, path, findings);
    checked.add(view);
    if (status !== 200) findings.statuses.push(`${path} answered ${status}`);
    for (const link of links) {
      if (queued.has(link) || NO_PAGE.test(link) || !within.test(link)) continue;
      queued.add(link);
      waiting.push(link);
    }
  }
  return queued;
}

interface Opened {
  status: number;
  links: string[];
}

/** Opens a page and looks at it as everybody does, on a phone too. */
async function look(window: Window, path: string, findings: Findings): Promise<Opened> {
  const { page } = window;
  const status = await window.open(path);
  findings.violations.push(...(await violationsOn(page)).map((each) => `${path}: ${each}`));
  await page.setViewportSize({ width: PHONE, height: 900 });
  const plain = await page.locator('main table').count();
  // What one entry of a timeline changed is part of it; the whole timeline can be had as a file.
  const able = await page.locator('.app-table table, .app-changes table').count();
  if (plain > able) findings.plainTables.push(`${path} has ${plain - able}`);
  const over = await overflowOf(page);
  if (over > 0) findings.tooWide.push(`${path} is ${over} pixels too wide`);
  await page.setViewportSize({ width: 1280, height: 900 });
  return { status, links: linksIn(await page.content()) };
}

/** Reads a page of a kind that was looked at already. */
async function read({ context }: Window, path: string): Promise<Opened> {
  const answer = await context.request.get(path);
  return { status: answer.status(), links: linksIn(await answer.text()) };
}

/** Links to pages of ours, without their places and what only orders or narrows a page. */
function linksIn(html: string): string[] {
  const hrefs = [...html.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g)].map(([, href]) =>
    (href ?? '').replaceAll('&amp;', '&'),
  );
  return [...new Set(hrefs)].filter((href) => !/[?&](sort|download|asAt)=/.test(href));
}

describeInBrowser('every page', () => {
  beforeAll(async () => {
    app = await startDemonstration();
    browser = await startBrowser();
    kinds = pageRoutesOf(app)
      .filter(({ method, path }) => method === 'get' && !NO_PAGE.test(path))
      .map(({ path }) => ({ path, pattern: patternOf(path) }))
      .sort((a, b) => a.path.split(':').length - b.path.split(':').length);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** Views that were looked at closely. */
  const checked = new Set<string>();

  test.each(WALKERS)(
    '%s of %s: each page can be read by everybody, on a phone too, and complains of nothing',
    async (role, trust, within) => {
      const window = await openWindow(browser, app);
      const findings: Findings = { statuses: [], plainTables: [], violations: [], tooWide: [] };
      await signInAs(window, role, trust);
      const links = await walk(window, findings, checked, within);
      if (role === 'Lead' && trust === MERSEY) for (const link of links) ledTo.add(link);
      expect({ ...findings, complaints: window.complaints }).toEqual({
        ...{ statuses: [], plainTables: [], violations: [], tooWide: [], complaints: [] },
      });
      await window.close();
    },
    900_000,
  );

  test('what is one trust’s is not there for another', async () => {
    // What was accepted of a product is everybody's who may deploy it.
    const ofProducts = await app.database.sql<{ id: string }>(
      'select id from assurance_item where trust_id is null',
    );
    const own = [...ledTo].filter(
      (link) =>
        /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\/trusts\/RW4/.test(link) &&
        !SHARED.test(link) &&
        !ofProducts.some(({ id }) => link === `/assurance/${id}`),
    );
    expect(own.length).toBeGreaterThan(20);
    const window = await openWindow(browser, app);
    await signInAs(window, 'Lead', BERKSHIRE);
    for (const link of own) {
      const answer = await window.context.request.get(link);
      expect([link, answer.status()]).toEqual([link, 404]);
    }
    await window.close();
  }, 240_000);

  test('nobody is left out: links lead to every page that there is', () => {
    expect(
      kinds
        .map(({ path }) => path.replace(/\/steps\/[^/]+$/, ''))
        .filter((path) => !reached.has(path) && !NOT_NOW.includes(path)),
    ).toEqual([]);
  });
});
