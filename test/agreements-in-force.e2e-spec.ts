import { Agreement } from '../src/funding/agreements/agreement.entity.js';
import { termsInForce } from '../src/funding/agreements/agreement.queries.js';
import type { AgreementTerms } from '../src/funding/agreements/agreement-terms.js';
import { AgreementVersions } from '../src/funding/agreements/agreement-versions.js';
import {
  type AgreementBody,
  type AgreementCast,
  inForce,
  readAgreement,
  step,
} from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { rowCounts } from './support/counts.js';
import { balances } from './support/money.js';
import { asSystem, giveBack, putClaim, putMatch } from './support/standing-money.js';

const TODAY = '2018-05-15';
const REASON = { reason: 'As the board agreed.' };
const AUTHORITY = { authority: 'Programme board, minute 7', ...REASON };

let app: TestApp;
/** The agreement that all tests but the last look at. */
let id: string;
let keys: AgreementCast;
let active: AgreementBody;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  const { cast, agreement } = await inForce(app, 'RWX');
  [id, keys, active] = [agreement.id, cast, agreement];
});
afterAll(() => app?.stop());

const journals = (of: string) =>
  app.database.sql<{ kind: string; pence: number }>(
    'select kind, total_pence::float8 as pence from journal where agreement_id = $1 order by id',
    [of],
  );

const lastEntry = async (of: string) =>
  (
    await app.database.sql<{ action: string; reason: string | null }>(
      'select action, reason from log_entry where subject_id = $1 order by number desc limit 1',
      [of],
    )
  )[0];

test('an agreement in force is suspended for a reason, and goes on; no money moves', async () => {
  expect(await step(app, keys.finance, id, 'suspension', {})).toMatchObject({ status: 400 });
  const suspended = await step(app, keys.finance, id, 'suspension', REASON);
  expect(suspended.body).toMatchObject({
    state: 'suspended',
    next: ['resume', 'begin-closing', 'terminate', 'novate'],
  });
  expect(await lastEntry(id)).toEqual({ action: 'agreement.suspend', reason: REASON.reason });
  expect(await step(app, keys.finance, id, 'suspension', REASON)).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
  const lead = await app.as('trust-lead', 'RWX');
  const claim = () =>
    app
      .request('post', `/v1/agreements/${id}/claims`, lead)
      .send({ trancheNumber: 1, kind: 'advance', description: 'The advance' });
  expect((await claim()).status).toBe(409);
  expect((await step(app, keys.finance, id, 'resumption', REASON)).body.state).toBe('active');
  expect((await claim()).status).toBe(201);
  expect(await journals(id)).toHaveLength(1);
});

test('a step that is refused leaves nothing', async () => {
  const before = await rowCounts(app.database);
  const order = { ...AUTHORITY, successor: 'RW4', reference: 'Next', effectiveOn: TODAY };
  const refused: Array<[string, object]> = [
    ['due-diligence', {}],
    ['return-to-draft', REASON],
    ['approval', {}],
    ['offer', {}],
    ['activation', {}],
    ['resumption', REASON],
    ['closure', {}],
    ['withdrawal', REASON],
    ['novation', order],
  ];
  const manager = await app.as('programme-manager');
  const auditor = await app.as('auditor');
  const people = await rowCounts(app.database);
  for (const [noun, body] of refused) {
    expect([noun, (await step(app, manager, id, noun, body)).status]).toEqual([noun, 409]);
    expect([noun, (await step(app, auditor, id, noun, body)).status]).toEqual([noun, 403]);
  }
  expect(await step(app, keys.director, id, 'signature')).toMatchObject({ codes: ['wrong-state'] });
  for (const [revision, status] of [
    [null, 428],
    [active.revision - 1, 412],
  ] as const)
    expect(await step(app, manager, id, 'termination', AUTHORITY, revision)).toMatchObject({ status });
  expect(await rowCounts(app.database)).toEqual(people);
  expect(people.journal).toBe(before.journal);
});

describe('a variation', () => {
  /** Applies terms to the agreement as an approved change request does. */
  async function vary(change: (terms: AgreementTerms) => AgreementTerms): Promise<number> {
    const [preparedBy, approvedBy] = [
      (await app.actorOf(keys.manager)).id,
      (await app.actorOf(keys.finance)).id,
    ];
    return asSystem(app, async (tx) => {
      const row = await tx.lock(Agreement, id, 'agreement');
      const terms = change(await termsInForce(tx, id));
      const by = { preparedBy, approvedBy, changeRequestId: null, effectiveOn: TODAY };
      return app.app.get(AgreementVersions, { strict: false }).apply(tx, row, terms, by);
    });
  }
  const tranche = (terms: AgreementTerms, number: number) => {
    const found = terms.tranches.find((each) => each.number === number);
    if (!found) throw new Error(`There is no tranche ${number}`);
    return found;
  };
  const codes = async (work: Promise<unknown>): Promise<string[]> =>
    work.then(
      () => [],
      ({ details }) => details.blockers.map(({ code }: { code: string }) => code),
    );

  test('is a new version: the one before stays, and what stands follows', async () => {
    await putClaim(
      app,
      { agreementId: id, line: '2017/18 capital', pence: 40_000_000, incurredOn: '2018-02-01', tranche: 2 },
      'submitted',
    );
    const before = await readAgreement(app, keys.manager, id);
    const number = await vary((terms) => ({
      ...terms,
      conditions: ['Open source'],
      eligibility: { ...terms.eligibility, endsOn: '2020-09-30' },
      tranches: [
        ...terms.tranches.filter((each) => each.number < 4),
        {
          ...tranche(terms, 4),
          name: 'On everything else',
          grantPence: tranche(terms, 4).grantPence + tranche(terms, 5).grantPence,
          milestones: tranche(terms, 5).milestones,
        },
      ],
      lines: [...terms.lines, { financialYear: '2020/21', kind: 'capital', grantPence: 0, matchPence: 0 }],
    }));
    expect(number).toBe(2);
    const after = await readAgreement(app, keys.manager, id);
    expect(after).toMatchObject({
      version: 2,
      revision: before.revision + 1,
      agreedGrantPence: 500_000_000,
      current: { number: 2, effectiveOn: TODAY, terms: { conditions: ['Open source'] } },
      grant: before.grant,
    });
    expect(after.lines.map(({ financialYear }) => financialYear)).toContain('2020/21');
    expect(after.tranches.map(({ number: of, drawnPence }) => [of, drawnPence])).toEqual([
      [1, 0],
      [2, 40_000_000],
      [3, 0],
      [4, 0],
    ]);
    expect(after.tranches[3]?.milestones).toEqual(before.tranches[4]?.milestones);
    const [row] = await app.database.sql(
      `select to_char(window_ends_on, 'YYYY-MM-DD') as "endsOn",
         (select count(*)::int from tranche where agreement_id = g.id) as tranches,
         (select count(*)::int from tranche_milestone n join tranche t on t.id = n.tranche_id
          where t.agreement_id = g.id and t.number = 4) as milestones from agreement g where id = $1`,
      [id],
    );
    expect(row).toEqual({
      endsOn: '2020-09-30',
      tranches: 4,
      milestones: before.tranches[4]?.milestones.length,
    });
    const { body } = await app.request('get', `/v1/agreements/${id}/versions`, keys.director).expect(200);
    expect(body.items.map(({ number: of }: { number: number }) => of)).toEqual([2, 1]);
    expect(body.items[1].terms).toEqual(before.current.terms);
    expect(body.items[1].terms.tranches).toHaveLength(5);
  });

  test('undoes nothing that was drawn, that is claimed, or that does not add up', async () => {
    const before = await rowCounts(app.database);
    const withTranches = (change: (pence: number) => number) => (terms: AgreementTerms) => ({
      ...terms,
      tranches: terms.tranches.map((each) => {
        if (each.number === 2) return { ...each, grantPence: change(each.grantPence) };
        return each.number === 3
          ? { ...each, grantPence: each.grantPence + 150_000_000 - change(150_000_000) }
          : each;
      }),
    });
    expect(await codes(vary(withTranches(() => 39_999_999)))).toEqual(['tranche-below-drawn']);
    expect(await codes(vary((terms) => ({ ...terms, tranches: terms.tranches.slice(0, -1) })))).toEqual([
      'tranches-do-not-add-up',
    ]);
    const without = (terms: AgreementTerms): AgreementTerms => ({
      ...terms,
      tranches: terms.tranches
        .filter((each) => each.number !== 2)
        .map((each) => (each.number === 3 ? { ...each, grantPence: each.grantPence + 150_000_000 } : each)),
    });
    expect(await codes(vary(without))).toEqual(['tranche-named']);
    const until = (endsOn: string) => (terms: AgreementTerms) => ({
      ...terms,
      eligibility: { ...terms.eligibility, endsOn },
    });
    expect(await codes(vary(until('2018-01-31')))).toEqual(['cost-outside-window']);
    await expect(
      vary((terms) => ({
        ...terms,
        tranches: terms.tranches.map((each) => ({ ...each, milestones: ['no/such'] })),
      })),
    ).rejects.toMatchObject({ code: 'unknown-milestone' });
    expect(await rowCounts(app.database)).toEqual(before);
    expect(await vary(withTranches(() => 40_000_000))).toBe(3);
  });
});

test('an agreement is terminated on an authority once nothing is under way; what was never claimed is withdrawn', async () => {
  const { cast, agreement } = await inForce(app, 'R1A');
  const of = { agreementId: agreement.id, line: '2017/18 capital', incurredOn: '2018-02-01' };
  await putClaim(app, { ...of, pence: 30_000_000, tranche: 2 }, 'paid');
  await putMatch(app, { ...of, pence: 25_000_000 }, 'accepted');
  const drafted = await putClaim(app, { ...of, pence: 1_000, tranche: 2 }, 'draft');
  const pledge = await putMatch(app, { ...of, pence: 2_000 }, 'pledged');
  const claim = await putClaim(app, { ...of, pence: 10_000_000, tranche: 2 }, 'approved');
  const match = await putMatch(app, { ...of, pence: 5_000_000 }, 'evidenced');
  const [asked] = await app.database.sql<{ id: string }>(
    `insert into change_request (programme_id, trust_id, agreement_id, kind, title, justification, content, state,
       requested_by)
     select g.programme_id, g.trust_id, g.id, 'vary', 'Vary', 'Because', '{}', 'submitted', v.prepared_by
     from agreement g join agreement_version v on v.agreement_id = g.id where g.id = $1 returning id`,
    [agreement.id],
  );
  await app.database.sql(
    `insert into cost_evidence (trust_id, claim_id, supplier, reference, file_name, media_type, size_bytes, sha256,
       storage_key, description, uploaded_by)
     select trust_id, id, 'Masts Ltd', 'INV-1', 'a.pdf', 'application/pdf', 1, repeat('a', 64), 'a', 'A', prepared_by[1]
     from claim where id = $1`,
    [drafted.id],
  );
  expect(await step(app, cast.finance, agreement.id, 'termination', REASON)).toMatchObject({ status: 400 });
  expect((await step(app, cast.finance, agreement.id, 'closing')).body.state).toBe('closing');
  const counts = await rowCounts(app.database);
  expect((await step(app, cast.finance, agreement.id, 'closure')).codes).toEqual([
    'claim-under-way',
    'match-undecided',
    'change-pending',
  ]);
  const refused = await step(app, cast.finance, agreement.id, 'termination', AUTHORITY);
  expect(refused).toMatchObject({
    status: 409,
    codes: ['claim-under-way', 'match-undecided', 'change-pending'],
    body: {
      blockers: [{ about: { kind: 'claim', id: claim.id } }, { about: { id: match.id } }, { about: asked }],
    },
  });
  expect(await rowCounts(app.database)).toEqual(counts);

  await app.database.sql(`update claim set state = 'rejected' where id = $1`, [claim.id]);
  expect((await step(app, cast.finance, agreement.id, 'termination', AUTHORITY)).codes).toEqual([
    'match-undecided',
    'change-pending',
    'grant-under-way',
  ]);
  await giveBack(app, { ...of, pence: 10_000_000 }, { claimId: claim.id, tranche: 2, from: 'approved' });
  await giveBack(app, { ...of, pence: 5_000_000 }, { contributionId: match.id });
  await app.database.sql(`update contribution set state = 'rejected' where id = $1`, [match.id]);
  await app.database.sql(`update change_request set state = 'rejected' where id = $1`, [asked?.id]);
  const ended = await step(app, cast.finance, agreement.id, 'termination', AUTHORITY);
  expect(ended.body).toMatchObject({
    state: 'terminated',
    grant: { remainingPence: 0, paidPence: 30_000_000, withdrawnPence: 470_000_000 },
    match: { pledgedPence: 0, acceptedPence: 25_000_000, withdrawnPence: 475_000_000 },
    next: [],
  });
  expect(await lastEntry(agreement.id)).toEqual({
    action: 'agreement.terminate',
    reason: 'Authority: Programme board, minute 7. As the board agreed.',
  });
  const left = await app.database.sql(
    `select (select state from claim where id = $1) as claim, (select state from contribution where id = $2) as pledge,
       (select counts from cost_evidence where claim_id = $1) as counts`,
    [drafted.id, pledge.id],
  );
  expect(left).toEqual([{ claim: 'withdrawn', pledge: 'withdrawn', counts: false }]);
  expect(await balances(app, agreement.id)).toMatchObject({ 'grant withdrawn': 470_000_000 });
});
