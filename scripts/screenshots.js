// Takes the pictures of docs/pictures: ten pages of the demonstration, as the people who use them see them.
// Needs Chromium: at CHROMIUM_PATH, or where Debian puts it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs/pictures');
const PROGRAMME = '/programmes/mental-health-exemplars';

/** Each picture: its name, who looks, and how they come to the page: a path, then links to follow by their words. */
const PICTURES = [
  ['overview', 'Programme manager', PROGRAMME],
  ['money', 'Programme manager', `${PROGRAMME}/money`],
  ['gates', 'Programme manager', `${PROGRAMME}/gates`],
  ['targets', 'Programme manager', `${PROGRAMME}/targets`],
  ['trust', 'Programme manager', `${PROGRAMME}/trusts/RW4`],
  ['review', 'Assessor', `${PROGRAMME}/returns?state=submitted`, 'main tbody a', 'main a[href$="/review"]'],
  ['tasks', 'Lead@Oxford Health', '/tasks'],
  ['return', 'Lead@Oxford Health', '/tasks', 'main a[href^="/returns/"]', 'main a[href$="/milestones"]'],
  ['payment-chain', 'Auditor', `${PROGRAMME}/payments`, 'main tbody a', 'main a[href$="/chain"]'],
  ['published', null, '/progress/mental-health-exemplars'],
];

function serve(folder) {
  const env = { ...process.env, DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '100000' };
  const child = spawn(process.execPath, [join(root, 'bin/exemplar.js'), 'serve'], { env });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
      const address = /Exemplar is at (\S+)/.exec(said)?.[1];
      if (address && said.includes('Ready in')) resolve({ child, address });
    });
    child.on('exit', () => reject(new Error(`The server ended:\n${said}`)));
  });
}

async function signIn(page, who) {
  const [role, trust = 'At the funder, and auditors'] = who.split('@');
  await page.goto('/sign-in');
  await page
    .locator(`h2:has-text("${trust}") + ul button`, { hasText: new RegExp(`^${role}:`) })
    .first()
    .click();
  await page.waitForURL('**/tasks');
}

async function take(browser, baseURL, [name, who, path, ...links]) {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1280, height: 960 },
    locale: 'en-GB',
  });
  await context.route('https://assets.nhs.uk/**', (route) => route.abort());
  const page = await context.newPage();
  if (who) await signIn(page, who);
  await page.goto(path);
  for (const link of links) {
    await page.locator(link).first().click();
    await page.waitForLoadState();
  }
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await context.close();
  process.stdout.write(`docs/pictures/${name}.png: ${new URL(page.url()).pathname}\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'exemplar-pictures-'));
const { child, address } = await serve(folder);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  // The illustrative payments are played in the first seconds.
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  for (const picture of PICTURES) await take(browser, address, picture);
} finally {
  await browser.close();
  child.removeAllListeners('exit');
  child.kill('SIGINT');
  await new Promise((resolve) => child.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}
