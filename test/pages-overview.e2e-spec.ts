import type { GateView } from '../src/funding/gates/gate.service.js';
import type { MatchStanding } from '../src/funding/match/match.reader.js';
import { day, percent, pounds } from '../src/web/page/format.js';
import { type Standing, standingProgramme } from './support/overview.js';
import { signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

const ROOT = `/programmes/${SLUG}`;
const MERSEY = 'Mersey Care NHS Foundation Trust';
const WORCESTER = 'Herefordshire and Worcestershire Health and Care NHS Trust';

let standing: Standing;
let manager: Visitor;
let lead: Visitor;
let administrator: Visitor;

beforeAll(async () => {
  standing = await standingProgramme();
  const { app, cast } = standing;
  manager = await signedIn(app, cast.manager);
  lead = await signedIn(app, cast.lead);
  administrator = await signedIn(app, await app.as('administrator'));
});
afterAll(() => standing?.app.stop());

/** What the API answers, to hold a page against. */
const told = async (path: string, key = standing.cast.manager) =>
  (await standing.app.request('get', `/v1${ROOT}${path}`, key).expect(200)).body;
const table = async (path: string, id: string, who = manager) => (await who.get(`${ROOT}${path}`)).rows(id);
/** The large figures of a page, by what they are. */
async function figures(path: string, who = manager): Promise<Record<string, string>> {
  const { document } = await who.get(`${ROOT}${path}`);
  return Object.fromEntries(
    [...document.querySelectorAll('.app-figure-card')].map((card) => [
      card.querySelector('dt')?.textContent ?? '',
      (card.querySelector('dd')?.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
    ]),
  );
}

test('the programmes, with what each is in all', async () => {
  const page = await manager.get('/programmes');
  expect(page.rows('programmes')).toEqual([
    [
      'Mental health Global Digital ExemplarsNHS England',
      '1 April 2017',
      '31 March 2020',
      '7',
      '£35,000,000',
      '£35,000,000',
      '£70,000,000',
    ],
  ]);
  expect(page.document.querySelector('#programmes tbody a')?.getAttribute('href')).toBe(ROOT);
});

test.each(['manager', 'lead', 'administrator'] as const)(
  'whatever the programme’s page links to opens for the %s',
  async (name) => {
    const who = { manager, lead, administrator }[name];
    const { document } = await who.get(ROOT);
    const links = [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '');
    const own = [...new Set(links.filter((href) => href.startsWith(`${ROOT}/`)))];
    expect(own.length).toBeGreaterThan(5);
    const statuses = await Promise.all(own.map(async (href) => [href, (await who.get(href)).status]));
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  },
);

describe('the overview', () => {
  test('says where the money is, and no percentage without its parts', async () => {
    const shown = await figures('');
    // £5m to each of two trusts; £1m and £0.5m paid to one, £1m to the other.
    expect(shown['Grant awarded']).toContain('£10,000,000by agreements in force, of £35,000,000');
    expect(shown.Paid).toContain('£2,500,000of £10,000,000 awarded');
    expect(shown['Match accepted']).toContain('£300,000of £10,000,000 agreed');
    const { selfReported, validated } = (await told('/progress')).figures[0];
    const parts = /[\d.]+ of [\d.]+ weighted points$/;
    expect(shown['Paperless, self-reported']).toMatch(parts);
    expect(shown['Paperless, self-reported']).toContain(percent(selfReported.score.percent));
    expect(shown['Paperless, validated']).toContain(percent(validated.score.percent));
    expect(shown['Planned by now']).toContain(percent(selfReported.planned.percent));
  });

  test('answers eleven questions in a line each, with the way to the whole answer', async () => {
    const page = await manager.get(ROOT);
    const answers = page.rows('questions').map((row) => row.slice(1));
    expect(answers).toHaveLength(11);
    expect(answers[0]).toEqual(['£10.0m is awarded, £2.5m drawn, £7.5m remaining.', '–nothing']);
    expect(answers[1]).toEqual([
      '1 trust is below the match ratio, by £1.2m; 2 would be at their next gate.',
      '1 below',
    ]);
    const late = (await told('/progress-reports?limit=200&overdue=true')).items.length;
    expect(answers[3]?.[0]).toContain(`Of the returns, ${late} are late`);
    expect(answers[4]).toEqual([`Worse than before at 1 of 1 trust: ${MERSEY}.`, '1 worse']);
    expect(answers[9]?.[0]).toBe('7 followers are named, none confirmed. No blueprint is adopted yet.');
    expect(answers[10]?.[0]).toBe(
      'Too little went through any stage in the last 12 months to say which is the slowest.',
    );
    const hrefs = [...page.document.querySelectorAll('#questions tbody a')].map((a) =>
      a.getAttribute('href'),
    );
    expect(hrefs).toContain(`${ROOT}/year-end`);
  });

  test('shows each trust in a row, as the API tells it', async () => {
    const rows = await table('', 'by-trust');
    const progress = (await told('/progress')).trusts.find(
      ({ odsCode }: { odsCode: string }) => odsCode === 'RW4',
    );
    const mersey = rows.find(([name]) => name === MERSEY);
    expect(mersey?.slice(1, 4)).toEqual(['£5,000,000', '£1,500,000', '£300,000']);
    expect(mersey?.[4]).toContain(percent(progress.progress.selfReported.score.percent));
    expect(mersey?.[6]).toBe('Amber 2017/18 Q2, worse');
    expect(mersey?.[7]).toContain('Overdue 2017/18 Q3');
    expect(rows.at(-1)?.slice(0, 4)).toEqual(['Total', '£10,000,000', '£2,500,000', '£300,000']);
    expect(rows).toHaveLength(8);
  });

  test('says in words itself what was computed of the target', async () => {
    const page = await manager.get(ROOT);
    const { selfReported } = (await told('/progress')).figures[0];
    expect(page.words('.app-expected')).toBe(`As self-reported. ${selfReported.expected.words}`);
    expect(page.rows('trajectory-figures').map(([period]) => period)).toEqual(['2017/18 Q1', '2017/18 Q2']);
  });

  test('shows a trust’s people their own rows and figures', async () => {
    const page = await lead.get(ROOT);
    expect(page.words('h1')).toContain('Your trust’s part in');
    expect(page.rows('by-trust').map(([name]) => name)).toEqual([MERSEY]);
    expect((await figures('', lead))['Grant awarded to your trust']).toContain('£5,000,000');
    expect(page.rows('questions')[1]?.[1]).toBe(
      'Your trust is below the match ratio: £1.2m is missing; it would be at its next gate.',
    );
    expect(page.text).not.toContain(WORCESTER);
  });

  test('leaves money out for those who may not see it', async () => {
    const page = await administrator.get(ROOT);
    expect(page.status).toBe(200);
    expect(page.rows('questions')).toHaveLength(4);
    expect(page.text).not.toContain('£');
  });
});

describe('match', () => {
  test('says who is below the ratio, and what is missing at the next gate', async () => {
    const { items } = (await told('/match')) as { items: MatchStanding[] };
    const rows = await table('/match', 'now');
    expect(rows.map((row) => row.slice(1, 5).map((cell) => /^£[\d,]*\d(?=£|$)/.exec(cell)?.[0]))).toEqual(
      items.map(({ now, acceptedPence }) =>
        [now.grantPence, now.requiredPence, acceptedPence, now.shortfallPence].map(pounds),
      ),
    );
    expect(rows.map((row) => row.at(-1))).toEqual(['Paid in advance', 'Below the ratio']);
    // Its milestone's forecast has passed, so its gate is expected today.
    expect(items[1]?.gates[1]?.expectedOn).toBe('2018-02-15');
    const page = await manager.get(`${ROOT}/match`);
    expect(page.words('.nhsuk-list--bullet li:last-child')).toBe(
      `${MERSEY} (TEST-RW4) is below the ratio now: £1,200,000 of match is missing; it would be short by £4,700,000 at its next gate, which is due now.`,
    );
    expect(page.document.querySelector('#now tbody a')?.getAttribute('href')).toBe(
      `${ROOT}/trusts/R1A/match`,
    );
  });

  test('shows a trust’s people their own', async () =>
    expect((await table('/match', 'now', lead)).map(([name]) => name)).toEqual([`${MERSEY}TEST-RW4`]));
});

describe('gates', () => {
  test('are those of ninety days, with what clears each thing that keeps them shut', async () => {
    const { items } = (await told('/gates?withinDays=90&limit=200')) as { items: GateView[] };
    const page = await manager.get(`${ROOT}/gates`);
    expect(page.rows('gates').map((row) => [row[0], row[3], row[4]])).toEqual(
      items.map(({ trust, plannedOn, expectedOn }) => [trust.name, day(plannedOn), day(expectedOn)]),
    );
    const blockers = items.flatMap((gate) => gate.blockers.map(({ clearedBy }) => clearedBy));
    expect(blockers.length).toBeGreaterThan(2);
    expect(page.rows('blockers').map((row) => row[2])).toEqual(blockers);
    expect(page.document.querySelector('#gates tbody a')?.getAttribute('href')).toBe(
      `/tranches/${items[0]?.id}`,
    );
  });

  test.each([
    ['?withinDays=30', 30],
    ['?withinDays=all', null],
    ['?withinDays=365&trust=R1A', 365],
  ])('narrowed: %s', async (query, days) => {
    const trust = query.includes('R1A') ? '&trust=R1A' : '';
    const { items } = await told(`/gates?limit=200${days === null ? '' : `&withinDays=${days}`}${trust}`);
    expect(await table(`/gates${query}`, 'gates')).toHaveLength(items.length);
  });

  test('of another trust are not shown to a trust’s people, even where asked for', async () => {
    expect(await table('/gates?withinDays=all&trust=R1A', 'gates', lead)).toEqual([]);
    expect((await table('/gates?withinDays=all', 'gates', lead)).map(([name]) => name)).toEqual([
      MERSEY,
      MERSEY,
    ]);
  });
});

test('year end: what lapses of each line, and another year where asked for', async () => {
  const { totals, lines } = await told('/year-end');
  const rows = await table('/year-end', 'lines');
  expect(rows).toHaveLength(lines.length + 1);
  expect(rows.at(-1)?.at(-1)).toBe(pounds(totals.lapsesPence));
  expect((await manager.get(`${ROOT}/year-end`)).words('.nhsuk-lede-text')).toBe(
    `${pounds(totals.lapsesPence)} of 2017/18 lapses on 31 March 2018, in 44 days, if nothing is done.`,
  );
  const next = await told('/year-end?financialYear=2018/19');
  expect((await figures('/year-end?year=2018/19'))['Granted for the year']).toContain(
    pounds(next.totals.grantedPence),
  );
  expect((await table('/year-end', 'lines', lead)).slice(0, -1).map(([name]) => name)).toEqual([
    MERSEY,
    MERSEY,
  ]);
});

test('confidence: whose worsened, and why, on a scale that is named', async () => {
  const page = await manager.get(`${ROOT}/confidence`);
  expect(page.rows('worsened')).toEqual([
    [MERSEY, 'Green 2017/18 Q1', 'Amber 2017/18 Q2', 'The supplier of 2017/18 Q2'],
  ]);
  expect(page.rows('latest')).toHaveLength(7);
  expect(page.rows('history').find(([name]) => name === MERSEY)).toEqual([MERSEY, 'Green', 'Amber']);
  expect(page.text).toContain(
    'Delivery confidence, five points: Green, Amber/Green, Amber, Amber/Red and Red',
  );
  expect((await table('/confidence', 'latest', lead)).map(([name]) => name)).toEqual([MERSEY]);
});

test('followers: who follows whom, and that nothing is adopted yet', async () => {
  const page = await manager.get(`${ROOT}/followers`);
  const rows = page.rows('followers');
  expect(rows).toHaveLength(7);
  expect(new Set(rows.map((row) => row[2]))).toEqual(new Set(['Proposed']));
  expect(page.words('.app-figures')).toContain('None can be compared yet');
  expect(page.words('#adoptions')).toContain('No adoption is recorded');
});

describe('tables', () => {
  test('sort as their headings ask', async () => {
    const sorted = await table('/match?sort=-now.missing', 'now');
    expect(sorted.map(([name]) => name)).toEqual([`${MERSEY}TEST-RW4`, `${WORCESTER}TEST-R1A`]);
    const names = (await table('?sort=-by-trust.trust', 'by-trust')).slice(0, -1).map(([name]) => name);
    expect(names).toEqual([...names].sort().reverse());
  });

  test('can be had as a file', async () => {
    const { text, headers } = await manager.get(`${ROOT}?download=by-trust`);
    expect(headers['content-type']).toContain('text/csv');
    const [head, ...lines] = text.trim().split('\r\n');
    expect(head).toBe(
      'Trust,Awarded (£),Paid (£),Match accepted (£),Self-reported (%),Validated (%),Confidence,Latest return',
    );
    expect(lines.find((line) => line.startsWith(MERSEY))).toContain(
      `${MERSEY},5000000.00,1500000.00,300000.00,`,
    );
    expect(lines).toHaveLength(7);
  });

  test('by trust, year and kind: each line has its trust, though it is shown once', async () => {
    const rows = await table('/money', 'by-line');
    expect(rows.filter(([name]) => name === MERSEY)).toHaveLength(6);
    const { document } = await manager.get(`${ROOT}/money`);
    expect(document.querySelectorAll('#by-line .app-again')).toHaveLength(10);
  });
});

describe('what is not there, or not for somebody', () => {
  test.each(['', '/match', '/gates', '/year-end', '/confidence', '/followers', '/money'])(
    'an unknown programme%s is a page that says so',
    async (path) => {
      const page = await manager.get(`/programmes/nothing${path}`);
      expect(page.status).toBe(404);
      expect(page.headers['content-type']).toContain('text/html');
    },
  );

  test.each([
    ['/match', 403],
    ['/gates', 403],
    ['/year-end', 403],
    ['/confidence', 200],
    ['/followers', 200],
  ])('an administrator at %s', async (path, status) =>
    expect((await administrator.get(`${ROOT}${path}`)).status).toBe(status),
  );
});
