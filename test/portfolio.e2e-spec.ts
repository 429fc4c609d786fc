import { stringify } from 'yaml';
import { systemActor } from '../src/core/actor.js';
import type { PortfolioView } from '../src/portfolio/portfolio.reader.js';
import type { PortfolioFigures, PortfolioGroup, ProgrammeRow } from '../src/portfolio/portfolio.rules.js';
import { DefinitionService } from '../src/programmes/definition.service.js';
import { step } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { changedDefinition } from './support/changed-definition.js';
import { putInForce } from './support/money.js';
import { signedIn } from './support/pages.js';
import { FOUR } from './support/portfolio.js';
import { castFor, eventually, openReturns, reportId, SLUG, throughAcceptance } from './support/returns.js';
import { putClaim, putMatch } from './support/standing-money.js';

const RURAL = 'rural-broadband';

let app: TestApp;
let manager: string;
let lead: string;

beforeAll(async () => {
  app = await startTestApp({
    work: true,
    env: { EXEMPLAR_TODAY: '2018-05-15' },
    definitions: ['mental-health-exemplars.yaml', 'rural-broadband.yaml'],
  });
  const cast = await castFor(app, 'RW4');
  [manager, lead] = [cast.manager, cast.lead];
  await openReturns(app);
  await throughAcceptance(app, cast, await reportId(app, lead, 'RW4', '2017/18 Q1'), 20);
  await eventually(async () => {
    const { body } = await app.request('get', `/v1/programmes/${SLUG}/progress`, manager);
    return body.figures[0]?.selfReported ? true : undefined;
  });
  const mersey = await putInForce(app, 'RW4', { tranches: FOUR });
  await putInForce(app, 'RV5', { tranches: FOUR });
  await putInForce(app, 'ZZC01', {
    slug: RURAL,
    ratio: { matchPence: 1, perGrantPence: 2 },
  });
  const cost = {
    agreementId: mersey.id,
    line: '2017/18 capital',
    pence: 70_000_000,
    incurredOn: '2017-09-30',
  };
  await putClaim(app, { ...cost, tranche: 1 }, 'paid');
  await putMatch(app, { ...cost, pence: 60_000_000 }, 'accepted');
  await putMatch(app, { ...cost, pence: 50_000_000 }, 'evidenced');
  await app.database.sql(
    `update milestone set state = 'met', actual_on = baseline_on where id in (select id from milestone
       where trust_id = $1 order by baseline_on, id limit 2)`,
    [mersey.trustId],
  );
}, 60_000);
afterAll(() => app?.stop());

const get = async (path: string, key = manager) => (await app.request('get', path, key).expect(200)).body;
const portfolio = (query = ''): Promise<PortfolioView> => get(`/v1/portfolio${query}`);
const row = ({ programmes }: PortfolioView, slug = SLUG) =>
  programmes.find(({ programme }) => programme.slug === slug) as ProgrammeRow;

/** What a programme's own pages and calls say of it. */
async function itsOwn(slug: string) {
  const [money, progress, milestones] = await Promise.all([
    get(`/v1/programmes/${slug}/money?limit=200`),
    get(`/v1/programmes/${slug}/progress`),
    get(`/v1/programmes/${slug}/milestones?limit=200`),
  ]);
  const { grant, match } = money.totals;
  const days = milestones.items.filter(
    ({ state }: { state: string }) => !['waived', 'cancelled'].includes(state),
  );
  const due = days.filter(
    ({ agreedOn, baselineOn }: Record<string, string>) => (agreedOn ?? baselineOn ?? '') <= '2018-05-15',
  );
  const met = ({ state }: { state: string }) => state === 'met';
  const score = (figure: { score: object } | null) => figure?.score ?? null;
  const [overall] = progress.figures;
  return {
    programme: { slug, name: money.programme.name },
    funding: {
      awardedPence: grant.awardedPence,
      notAgreedPence: money.notAgreed.grantPence,
      drawnPence: grant.drawnPence,
      remainingPence: grant.remainingPence,
      paidPence: grant.paidPence,
    },
    match: {
      agreedPence: match.agreedPence,
      evidencedPence: match.evidencedPence,
      acceptedPence: match.acceptedPence,
    },
    milestones: {
      milestones: days.length,
      due: due.length,
      metOfDue: due.filter(met).length,
      met: days.filter(met).length,
    },
    score: overall.selfReported && {
      period: progress.period.label,
      selfReported: score(overall.selfReported),
      validated: score(overall.validated),
    },
  };
}

/** The figures that add up. */
const sums = ({ funding, match, milestones }: PortfolioFigures): number[] => [
  ...Object.values(funding),
  ...Object.values(match),
  ...Object.values(milestones),
];
const added = (all: readonly PortfolioFigures[]): number[] =>
  all.map(sums).reduce((total, each) => total.map((value, i) => value + (each[i] as number)));

test('programmes stand side by side with the figures of their own pages, and the totals count each once', async () => {
  const seen = await portfolio();
  for (const slug of [SLUG, RURAL]) expect(row(seen, slug)).toMatchObject(await itsOwn(slug));
  expect(row(seen).funding).toMatchObject({ awardedPence: 1_000_000_000, paidPence: 70_000_000 });
  expect(row(seen).match).toMatchObject({ evidencedPence: 50_000_000, acceptedPence: 60_000_000 });
  expect(row(seen).milestones).toMatchObject({ met: 2 });
  expect(row(seen).score?.selfReported?.numerator).toBeGreaterThan(0);
  expect(sums(seen.totals)).toEqual(added(seen.programmes));
  const ratings = (await get(`/v1/programmes/${SLUG}/trusts/RW4/progress`)).deliveryConfidence;
  expect(row(seen).confidence).toEqual([
    {
      ...{ scale: ratings[0].scale, rating: ratings[0].rating, trusts: 1 },
      scaleName: expect.any(String),
      label: expect.any(String),
    },
  ]);
});

test('what serves two goals is whole under both and once in the totals, and it is said so', async () => {
  const goal = {
    ...{ code: 'paperless', strategy: 'A paperless NHS', title: 'A paperless NHS by 2020' },
    ...{ statement: 'Shared.', assumed: 'for this test' },
  };
  const service = app.app.get(DefinitionService, { strict: false });
  const text = stringify(changedDefinition({ '/strategyGoals/-': goal }));
  const { changes } = await service.apply(systemActor('test', 'test'), text, 'rural.yaml');
  expect(changes.map(({ section, key, change }) => [section, key, change])).toEqual([
    ['strategy-goal', 'paperless', 'change'],
    ['served-goal', 'paperless', 'add'],
  ]);
  const seen = await portfolio('?by=goal');
  const named: Record<string, PortfolioGroup> = Object.fromEntries(
    seen.groups.map((group) => [group.key ?? '', group]),
  );
  expect(named.paperless?.programmes.map(({ programme }) => programme.slug)).toEqual([SLUG, RURAL]);
  expect(sums(named.paperless as PortfolioFigures)).toEqual(sums(seen.totals));
  expect(named['blueprint-for-excellence']?.funding).toEqual(row(seen).funding);
  expect(sums(seen.totals)).toEqual(added(seen.programmes));
  const twice = 2 * row(seen).funding.awardedPence + row(seen, RURAL).funding.awardedPence;
  expect(seen).toMatchObject({ awardedAgainPence: twice, counting: expect.stringContaining('overlap') });
  expect(seen.goals.find(({ code }) => code === 'e-mental-health')?.sourced.source?.title).toMatch('Future');
  // Scores are not added up: each programme has its own.
  expect(named.paperless).not.toHaveProperty('score');
  const narrowed = await portfolio('?by=goal&goal=premises-in-reach');
  expect(narrowed.programmes.map(({ programme }) => programme.slug)).toEqual([RURAL]);
  // A goal that the file no longer names is no longer served.
  await service.apply(systemActor('test', 'test'), stringify(changedDefinition({})), 'rural.yaml');
  const served = (await portfolio('?goal=paperless')).programmes;
  expect(served.map(({ programme }) => programme.slug)).toEqual([SLUG]);
});

test('regions and years add up to the totals, and each is what the programme says of it', async () => {
  const [regions, years] = [await portfolio('?by=region'), await portfolio('?by=year')];
  expect(added(regions.groups)).toEqual(sums(regions.totals));
  expect(added(years.groups)).toEqual(sums(years.totals));
  expect(regions).toMatchObject({ awardedAgainPence: 0 });
  const north = regions.groups.find(({ key }) => key === 'North West');
  const money = await get(`/v1/programmes/${SLUG}/money?trust=RW4`);
  expect(north?.funding.paidPence).toBe(money.totals.grant.paidPence);
  expect(north?.programmes[0]?.score).toEqual(row(regions).score);
  const first = years.groups.find(({ key }) => key === '2017/18');
  const of = await get(`/v1/programmes/${SLUG}/money?financialYear=2017/18`);
  expect(first?.funding.awardedPence).toBe(of.totals.grant.awardedPence);
  expect(first?.programmes.map(({ score }) => score?.period)).toEqual(['2017/18 Q1']);
  expect(years.groups.find(({ key }) => key === '2018/19')?.confidence).toEqual([]);
  const narrowed = await portfolio('?by=region&region=North%20West&year=2017/18');
  expect(narrowed.groups.map(({ key }) => key)).toEqual(['North West']);
  expect(narrowed.totals.funding.drawnPence).toBe(70_000_000);
  expect(narrowed.totals.confidence).toHaveLength(1);
});

test('an agreement that is novated goes on under its successor, and its match counts once', async () => {
  const before = await portfolio();
  await app.database.sql(
    `insert into organisation_succession (kind, predecessor_id, successor_id, effective_on, provenance)
     select 'took-over-all', old.id, new.id, '2018-05-01', old.provenance
     from organisation old, organisation new where old.ods_code = 'RV5' and new.ods_code = 'RNU'`,
  );
  const [{ id }] = (await app.database.sql<{ id: string }>(
    `select a.id from agreement a join organisation o on o.id = a.trust_id where o.ods_code = 'RV5'`,
  )) as [{ id: string }];
  const order = {
    ...{ successor: 'RNU', reference: 'AGR/RNU/RV5', effectiveOn: '2018-05-15' },
    ...{ authority: 'Programme board, minute 7', reason: 'The trusts merge.' },
  };
  const answer = await step(app, await app.as('finance-officer'), id, 'novation', order);
  expect([answer.status, answer.codes]).toEqual([201, []]);
  const seen = await portfolio();
  expect(row(seen)).toMatchObject(await itsOwn(SLUG));
  expect(row(seen).match).toEqual(row(before).match);
  expect(row(seen).funding).toEqual(row(before).funding);
});

test('the page shows programmes side by side to the funder, each table as a file, and is refused to a trust', async () => {
  const window = await signedIn(app, manager);
  const page = await window.get('/portfolio?by=year&region=North%20West');
  expect(page.status).toBe(200);
  for (const words of [
    'Programmes side by side',
    'By financial year',
    'href="/portfolio"',
    '2017/18',
    '£700,000',
    'years add up',
  ])
    expect(page.text).toContain(words);
  expect((await window.get('/portfolio')).text).toContain('stands in this table again');
  const csv = await window.get('/portfolio?by=region&download=groups');
  expect(csv.text.split(/\r?\n/)[0]).toMatch(/^"?Region"?,/);
  expect(csv.text).toContain('North West');
  expect((await window.get('/portfolio?by=nonsense&year=2017')).status).toBe(200);
  const trust = await signedIn(app, lead);
  expect((await trust.get('/portfolio')).status).toBe(403);
  expect((await trust.get('/tasks')).text).not.toContain('href="/portfolio"');
});
