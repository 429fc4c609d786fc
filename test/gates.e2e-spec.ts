import { startTestApp, type TestApp } from './support/app.js';
import {
  type AtGates,
  acceptMatch,
  atGates,
  claimOn,
  codesOf,
  gateOf,
  openReturn,
  pass,
  refusal,
  setMilestone,
  setToday,
  smallTranches,
} from './support/gates.js';
import { type InForce, putInForce } from './support/money.js';

const TODAY = '2018-02-15';

let app: TestApp;
let at: AtGates;
let manager: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  at = await atGates(app);
  manager = await app.as('programme-manager');
});
afterEach(() => setToday(app, TODAY));
afterAll(() => app?.stop());

const blockersOf = async (agreed: InForce, number: number): Promise<string[]> =>
  codesOf((await gateOf(at, manager, agreed, number)).blockers);
const setState = (agreed: InForce, state: string) =>
  app.database.sql('update agreement set state = $2 where id = $1', [agreed.id, state]);

/** The milestone on which the second tranche rests. */
async function firstMilestone(agreed: InForce): Promise<{ id: string; code: string }> {
  const [milestone] = (await gateOf(at, manager, agreed, 2)).milestones;
  return milestone as { id: string; code: string };
}

describe('what keeps a gate shut', () => {
  test('appears and goes away, each with what it points at, what clears it, and by when', async () => {
    const agreed = await putInForce(app, 'RW4', {
      tranches: smallTranches(1_000, 10_000, (first) => [first]),
    });
    const { id, code } = await firstMilestone(agreed);
    const report = await openReturn(at, agreed, '2018-02-14');
    await setState(agreed, 'suspended');
    const { blockers, open, milestones } = await gateOf(at, manager, agreed, 2);
    expect(codesOf(blockers)).toEqual([
      'agreement-not-active',
      'milestone-not-accepted',
      'match-below-ratio',
      'return-overdue',
    ]);
    expect(open).toBe(false);
    for (const blocker of blockers)
      expect(blocker).toEqual({
        code: expect.stringMatching(/./),
        message: expect.stringMatching(/./),
        about: {
          kind: expect.stringMatching(/./),
          id: expect.stringMatching(/./),
          name: expect.stringMatching(/./),
        },
        clearedBy: expect.stringMatching(/./),
        dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
    expect(blockers.map(({ about }) => [about?.kind, about?.id])).toEqual([
      ['agreement', agreed.id],
      ['milestone', id],
      ['match', agreed.id],
      ['progress-report', report],
    ]);
    expect(milestones).toMatchObject([{ id, code, state: 'planned' }]);
    expect(codesOf(await refusal(pass(at, await claimOn(at, agreed, 2, 1), 'approve', 1)))).toEqual(
      codesOf(blockers),
    );

    await setState(agreed, 'active');
    expect(await blockersOf(agreed, 2)).toEqual(codesOf(blockers).slice(1));
    for (const state of ['claimed-met', 'partly-met', 'not-met', 'cancelled']) {
      await setMilestone(at, id, state);
      expect([state, await blockersOf(agreed, 2)]).toEqual([state, codesOf(blockers).slice(1)]);
    }
    for (const state of ['waived', 'met']) {
      await setMilestone(at, id, state);
      expect([state, await blockersOf(agreed, 2)]).toEqual([state, codesOf(blockers).slice(2)]);
    }
    await acceptMatch(at, agreed, 10_000);
    expect(await blockersOf(agreed, 2)).toEqual(['return-overdue']);
    await app.database.sql(`update progress_report set state = 'submitted' where id = $1`, [report]);
    expect(await gateOf(at, manager, agreed, 2)).toMatchObject({
      open: true,
      blockers: [],
      match: { shortfallPence: 0 },
    });
    await pass(at, await claimOn(at, agreed, 2, 1), 'approve', 1);
  });

  test('by the agreed day of a milestone, where an approved change moved it', async () => {
    const agreed = await putInForce(app, 'R1A');
    const { id } = await firstMilestone(agreed);
    const dueOn = async () =>
      (await gateOf(at, manager, agreed, 2)).blockers.find(({ code }) => code === 'milestone-not-accepted')
        ?.dueOn;
    const [row] = await app.database.sql<{ on: string }>(
      'select baseline_on::text as on from milestone where id = $1',
      [id],
    );
    expect(await dueOn()).toBe(row?.on);
    await app.database.sql(`update milestone set agreed_on = '2018-07-01' where id = $1`, [id]);
    expect(await dueOn()).toBe('2018-07-01');
  });

  test('a return overdue keeps every gate of its trust shut, and of no other, from the day after it was due', async () => {
    const [own, other] = [await putInForce(app, 'RX4'), await putInForce(app, 'RNU')];
    const report = await openReturn(at, own, TODAY);
    const shut = async (agreed: InForce) =>
      (await Promise.all([1, 2].map((number) => blockersOf(agreed, number)))).map((codes) =>
        codes.includes('return-overdue'),
      );
    expect([await shut(own), await shut(other)]).toEqual([
      [false, false],
      [false, false],
    ]);
    setToday(app, '2018-02-16');
    expect([await shut(own), await shut(other)]).toEqual([
      [true, true],
      [false, false],
    ]);
    expect((await gateOf(at, manager, own, 1)).blockers).toEqual([
      {
        code: 'return-overdue',
        message: expect.stringContaining('was due on 15 February 2018 and is not submitted'),
        about: { kind: 'progress-report', id: report, name: expect.stringContaining('2017/18') },
        clearedBy: 'The trust prepares it, has it certified and submits it.',
        dueOn: TODAY,
      },
    ]);
    const [late] = await refusal(pass(at, await claimOn(at, own, 1, 1), 'approve', 1));
    expect(late).toMatchObject({ code: 'return-overdue', about: { id: report } });
    setToday(app, TODAY);
    await pass(at, await claimOn(at, own, 1, 1), 'approve', 1);
  });
});

describe('the match ratio', () => {
  let agreed: InForce;
  beforeAll(async () => {
    agreed = await putInForce(app, 'RV5', { tranches: smallTranches(1_000, 10_000) });
  });

  test('is not asked of an advance, which says so, and counts at the next gate', async () => {
    expect(await gateOf(at, manager, agreed, 1)).toMatchObject({
      open: true,
      blockers: [],
      match: {
        applies: false,
        acceptedPence: 0,
        requiredPence: 1_000,
        shortfallPence: 0,
        explanation: expect.stringContaining('exempt'),
      },
    });
    await pass(at, await claimOn(at, agreed, 1, 1_000), 'approve', 1_000);
    const [decision] = await app.database.sql<{ facts: { match: object }; opened_by: string }>(
      'select facts, opened_by from gate_decision where agreement_id = $1',
      [agreed.id],
    );
    expect(decision).toMatchObject({ opened_by: 'conditions', facts: { match: { applies: false } } });
    // Nothing of the second tranche can pass before the advance has its match.
    await acceptMatch(at, agreed, 1_000);
    expect(await refusal(pass(at, await claimOn(at, agreed, 2, 1), 'approve', 1))).toMatchObject([
      { code: 'match-below-ratio', message: expect.stringContaining('so £0.01 is missing') },
    ]);
  });

  test('opens at the very penny, with what is approved already', async () => {
    await acceptMatch(at, agreed, 500);
    expect((await gateOf(at, manager, agreed, 2)).match).toMatchObject({
      acceptedPence: 1_500,
      grantPence: 11_000,
      shortfallPence: 9_500,
      roomPence: 500,
    });
    const claim = await claimOn(at, agreed, 2, 501);
    expect(await refusal(pass(at, claim, 'approve', 501))).toMatchObject([
      {
        code: 'match-below-ratio',
        message:
          '£15 of match is accepted; £15.01 of grant in all, this payment included, needs £15.01 at 1:1, so £0.01 is missing.',
        clearedBy: 'The trust evidences £0.01 more match and an assessor accepts it; without it £5 can pass.',
      },
    ]);
    await pass(at, claim, 'approve', 500);
    expect((await gateOf(at, manager, agreed, 2)).match.roomPence).toBe(0);
    expect(await refusal(pass(at, await claimOn(at, agreed, 2, 1), 'approve', 1))).toHaveLength(1);
  });
});

test('neither of two scheduled payments counts the same match, and what is paid stays counted', async () => {
  const agreed = await putInForce(app, 'RXT', { tranches: smallTranches(1_000, 10_000) });
  await acceptMatch(at, agreed, 200);
  const [first, second] = [await claimOn(at, agreed, 2, 100), await claimOn(at, agreed, 2, 100)];
  await pass(at, first, 'approve', 100);
  await pass(at, second, 'approve', 100);
  const setRatio = (match: number) =>
    app.database.sql('update agreement set match_pence = $2 where id = $1', [agreed.id, match]);
  // Twice the match is asked for since: what is accepted carries one of them.
  await setRatio(2);
  await pass(at, first, 'schedule', 100);
  expect(codesOf(await refusal(pass(at, second, 'schedule', 100)))).toEqual(['match-below-ratio']);
  await pass(at, first, 'pay', 100);
  expect(codesOf(await refusal(pass(at, second, 'schedule', 100)))).toEqual(['match-below-ratio']);
  await setRatio(1);
  await pass(at, second, 'schedule', 100);
  await setRatio(2);
  expect(codesOf(await refusal(pass(at, second, 'pay', 100)))).toEqual(['match-below-ratio']);
  await setRatio(1);
  await pass(at, second, 'pay', 100);
  expect(await gateOf(at, manager, agreed, 2)).toMatchObject({
    drawnPence: 200,
    paidPence: 200,
    remainingPence: 9_800,
  });
});

describe('a tranche of which nothing is left', () => {
  test('lets no more pass than its grant, and stays a gate until all of it is paid', async () => {
    const agreed = await putInForce(app, 'RWX', { tranches: smallTranches(1_000, 100) });
    await acceptMatch(at, agreed, 5_000);
    const claim = await claimOn(at, agreed, 2, 60);
    await pass(at, claim, 'approve', 60);
    expect(await refusal(pass(at, await claimOn(at, agreed, 2, 41), 'approve', 41))).toMatchObject([
      { code: 'tranche-exhausted', about: { kind: 'tranche', id: agreed.tranches[2] } },
    ]);
    const rest = await claimOn(at, agreed, 2, 40);
    await pass(at, rest, 'approve', 40);
    expect(await gateOf(at, manager, agreed, 2)).toMatchObject({
      remainingPence: 0,
      paidPence: 0,
      open: true,
    });
    for (const [id, pence] of [
      [claim, 60],
      [rest, 40],
    ] as const) {
      await pass(at, id, 'schedule', pence);
      await pass(at, id, 'pay', pence);
    }
    expect(await gateOf(at, manager, agreed, 2)).toMatchObject({
      paidPence: 100,
      open: false,
      slips: false,
      blockers: [{ code: 'tranche-exhausted' }],
    });
  });
});
