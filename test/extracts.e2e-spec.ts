import { addDays } from '../src/core/calendar.js';
import { DAYS_APART, MAX_EXTRACT_BYTES } from '../src/funding/payments/extract.rules.js';
import { startTestApp, type TestApp } from './support/app.js';
import { readClaim } from './support/claims.js';
import { rowCounts } from './support/counts.js';
import { sha256 } from './support/evidence.js';
import { balances, type InForce } from './support/money.js';
import {
  approvedClaim,
  EXTRACT_HEAD,
  type ExtractBody,
  openAgreement,
  type PaymentAnswer,
  type PaymentCast,
  paidClaim,
  paymentCast,
  paymentStep,
  raise,
  readPayment,
  recoveryStep,
  schedule,
  sendExtract,
} from './support/payments.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-05-15';

let app: TestApp;
let agreed: InForce;
let cast: PaymentCast;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  agreed = await openAgreement(app, 'RW4');
  cast = await paymentCast(app, 'RW4');
}, 180_000);
afterAll(() => app?.stop());

const inForm = (on: string): string => on.split('-').reverse().join('/');
const pounds = (pence: number): string => `£${(pence / 100).toFixed(2)}`;

/** A line of an extract that says what a payment says, but for what is given. */
function lineOf(
  payment: PaymentAnswer['body'],
  { on = payment.paidOn as string, pence = payment.amountPence, reference = payment.reference } = {},
): string {
  return `${inForm(on)},"${reference}",MERSEY CARE,"${pounds(pence)}"`;
}

const paid = async (pence: number) => (await paidClaim(app, cast, agreed, 'RW4', pence)).payment;
const upload = async (...lines: string[]): Promise<ExtractBody> => {
  const { status, body } = await sendExtract(app, cast.payer, lines);
  expect([status, body.code, body.errors]).toEqual([201, undefined, undefined]);
  return body;
};
/** The results of an extract: line, payment and result of each item. */
const results = ({ items }: ExtractBody) =>
  items.map(({ line, payment, result }) => [line, payment?.reference ?? null, result]);
async function states(id: string): Promise<[string, string, boolean]> {
  const { state, claim, reconciledAt } = await readPayment(app, cast.payer, id);
  return [state, claim.state, reconciledAt !== null];
}

test('each line and each payment is matched, differs or is missing, and what matches is reconciled', async () => {
  const [exact, byBank, late, dear, tooLate, unnamed] = [
    await paid(1_000_05),
    await paid(200),
    await paid(300),
    await paid(400),
    await paid(500),
    await paid(600),
  ];
  const { id } = await approvedClaim(app, cast, agreed, 'RW4', 700);
  const planned = (await schedule(app, cast.payer, id)).body;
  const before = await balances(app, agreed.id);
  const lines = [
    lineOf(exact as never, { reference: `NHSE ${exact.reference.replace('-', ' ')} GRANT` }),
    lineOf(byBank as never, { reference: (byBank.bankReference as string).toUpperCase().replace(' ', '/') }),
    lineOf(late as never, { on: addDays(TODAY, -DAYS_APART) }),
    lineOf(dear as never, { pence: 401 }),
    lineOf(tooLate as never, { on: addDays(TODAY, -DAYS_APART - 1) }),
    lineOf(planned as never, { on: TODAY }),
    `${inForm(TODAY)},RENT OF OFFICES,LANDLORD,"1,250.00"`,
    lineOf(exact as never),
  ];
  const extract = await upload(...lines);
  expect(results(extract)).toEqual([
    [2, exact.reference, 'matched'],
    [3, byBank.reference, 'matched'],
    [4, late.reference, 'matched'],
    [5, dear.reference, 'differs'],
    [6, tooLate.reference, 'differs'],
    [7, planned.reference, 'differs'],
    [8, null, 'missing'],
    [9, null, 'missing'],
    [null, unnamed.reference, 'missing'],
  ]);
  expect(extract).toMatchObject({
    programme: SLUG,
    origin: 'bank',
    fileName: 'extract.csv',
    sha256: sha256(Buffer.from([EXTRACT_HEAD, ...lines].join('\r\n'))),
    fromOn: addDays(TODAY, -DAYS_APART - 1),
    toOn: TODAY,
    lines: 8,
    daysApart: 5,
    counts: { matched: 3, differs: 3, missingInExemplar: 2, missingInExtract: 1 },
    uploadedBy: { id: (await app.actorOf(cast.payer)).id },
    illustrative: true,
  });
  const words = extract.items.map(({ explanation }) => explanation);
  expect(words[0]).toBe(`${exact.reference}, £1,000.05, paid on 15 May 2018.`);
  expect(words[3]).toBe(`${dear.reference} is £4 in Exemplar and £4.01 here.`);
  expect(words[4]).toMatch('on 15 May 2018 in Exemplar and on 9 May 2018 here, 6 days apart where 5 may be.');
  expect(words[5]).toMatch(`${planned.reference}, £7, is scheduled in Exemplar`);
  expect(words[6]).toBe('£1,250 was paid, and Exemplar has no payment with this reference.');
  expect(words[7]).toMatch(
    `names ${exact.reference}, and line 2 has it already. Ask whether £1,000.05 was paid a second`,
  );
  expect(words[8]).toMatch('and no line names it. It may be in the next extract.');

  for (const { id } of [exact, byBank, late])
    expect(await states(id)).toEqual(['reconciled', 'reconciled', true]);
  for (const { id } of [dear, tooLate, unnamed]) expect(await states(id)).toEqual(['paid', 'paid', false]);
  expect(await states(planned.id)).toEqual(['scheduled', 'scheduled', false]);
  // It says what happened; it moves no money.
  expect(await balances(app, agreed.id)).toEqual(before);
  const logged = await app.database.sql<{ table_name: string; action: string }>(
    `select table_name, action from log_entry where subject_id in ($1, $2) order by number desc limit 2`,
    [exact.id, exact.claim.id],
  );
  expect(logged.map(({ action }) => action)).toEqual(['extract.upload', 'extract.upload']);
  expect(logged.map(({ table_name }) => table_name).sort()).toEqual(['claim', 'payment']);
  expect(await readPayment(app, cast.payer, exact.id)).toMatchObject({ next: ['reverse'] });
  const read = await app.request('get', `/v1/extracts/${extract.id}`, cast.manager).expect(200);
  expect(read.body).toEqual(extract);
});

test('a later extract of the same days matches what is new, repeats what was there, and names a second payment', async () => {
  const [first, second] = [await paid(11_00), await paid(22_00)];
  await upload(lineOf(first));
  const next = await upload(lineOf(first), lineOf(second));
  expect(results(next).slice(0, 2)).toEqual([
    [2, first.reference, 'matched'],
    [3, second.reference, 'matched'],
  ]);
  const again = await upload(lineOf(first, { on: addDays(TODAY, -1) }));
  expect(again.items[0]).toMatchObject({
    line: 2,
    payment: null,
    result: 'missing',
    explanation: expect.stringMatching(
      /an earlier extract has it on 15 May 2018. Ask whether £11 was paid a second time/,
    ),
  });
  // What was matched is not missed in an extract that is without it; against the ledger it is held anew.
  const without = await upload(`${inForm(TODAY)},RENT,LANDLORD,1.00`);
  expect(results(without)).not.toContainEqual([null, first.reference, 'missing']);
  const ledger = await sendExtract(app, cast.payer, [`${inForm(TODAY)},RENT,LANDLORD,2.00`], {
    origin: 'ledger',
  });
  expect(results(ledger.body)).toContainEqual([null, first.reference, 'missing']);
  expect(await states(first.id)).toEqual(['reconciled', 'reconciled', true]);
});

test('a payment whose money is asked back is reconciled, and its claim stays asked back', async () => {
  const payment = await paid(900);
  const raised = await raise(app, cast.payer, payment.claim.id, { amountPence: 900 });
  await upload(lineOf(payment));
  expect(await states(payment.id)).toEqual(['reconciled', 'recovery-raised', true]);
  expect(await recoveryStep(app, cast.payer, raised.body.id, 'withdrawal')).toMatchObject({ status: 200 });
  expect((await readClaim(app, cast.payer, payment.claim.id)).state).toBe('reconciled');
});

test('a reversed payment that the bank paid differs, and a reconciled one can be reversed', async () => {
  const payment = await paid(33_00);
  await upload(lineOf(payment));
  expect(await paymentStep(app, cast.payer, payment.id, 'reversal')).toMatchObject({
    status: 200,
    body: { state: 'reversed', claim: { state: 'approved' } },
  });
  const extract = await upload(lineOf(payment), `${inForm(TODAY)},RENT,LANDLORD,3.00`);
  expect(extract.items[0]).toMatchObject({ result: 'differs', payment: { state: 'reversed' } });
});

describe('what is refused stores nothing', () => {
  const stored = async () => {
    const { extract, extract_item, log_entry, payment } = await rowCounts(app.database);
    return { extract, extract_item, log_entry, payment };
  };
  async function refusal(send: () => ReturnType<typeof sendExtract>) {
    const before = await stored();
    const { status, body } = await send();
    expect(await stored()).toEqual(before);
    const reasons: Array<{ code: string; line?: number; column?: number }> =
      body.errors ?? body.blockers ?? [];
    return [status, body.code, reasons.map(({ code, line, column }) => [code, line, column])];
  }

  test('bad lines, each with its line and column, the good ones among them too', async () => {
    const payment = await paid(50);
    const lines = [lineOf(payment), '31/02/2018,X,Y,5.00', '01/05/2018,X,Patient 943 476 5919,-5.00'];
    expect(await refusal(() => sendExtract(app, cast.payer, lines))).toEqual([
      422,
      'date-unreadable',
      [
        ['date-unreadable', 3, 1],
        ['amount-negative', 4, 4],
        ['nhs-number', 4, 3],
      ],
    ]);
    expect(await states(payment.id)).toEqual(['paid', 'paid', false]);
  });

  test.each<[string, string | Buffer, unknown[]]>([
    [
      'no header that can be read',
      'a;b;c\n1;2;3\n',
      [422, 'column-missing', Array(4).fill(['column-missing', 1, 1])],
    ],
    [
      'Windows-1252',
      Buffer.from(`${EXTRACT_HEAD}\n01/05/2018,X,Y,£5.00`, 'latin1'),
      [422, 'not-utf-8', [['not-utf-8', 2, undefined]]],
    ],
    [
      'UTF-16',
      Buffer.from(`\ufeff${EXTRACT_HEAD}\n01/05/2018,X,Y,5.00`, 'utf16le'),
      [422, 'not-utf-8', [['not-utf-8', 1, undefined]]],
    ],
    ['an empty file', '', [422, 'file-empty', [['file-empty', undefined, undefined]]]],
    [
      'a file that is too large',
      Buffer.alloc(MAX_EXTRACT_BYTES + 1, 'x'),
      [413, 'file-too-large', [['file-too-large', undefined, undefined]]],
    ],
  ])('%s', async (_, content, expected) =>
    expect(await refusal(() => sendExtract(app, cast.payer, Buffer.from(content as string)))).toEqual(
      expected,
    ),
  );

  test('no origin, another origin, a name that holds a number, no file, no multipart', async () => {
    const lines = ['01/05/2018,X,Y,5.00'];
    const refused = async (how: Parameters<typeof sendExtract>[3]) =>
      (await refusal(() => sendExtract(app, cast.payer, lines, how))).slice(0, 2);
    expect(await refused({ origin: '' })).toEqual([422, 'missing']);
    expect(await refused({ origin: 'x' })).toEqual([422, 'invalid']);
    expect(await refused({ name: '943 476 5919.csv' })).toEqual([422, 'nhs-number']);
    const path = `/v1/programmes/${SLUG}/extracts`;
    expect((await app.request('post', path, cast.payer).send({ origin: 'bank' })).status).toBe(400);
    const empty = app
      .request('post', path, cast.payer)
      .set('Content-Type', 'multipart/form-data; boundary=xyzzy');
    expect((await empty.send('--xyzzy--\r\n')).body.code).toBe('file-missing');
    expect((await sendExtract(app, cast.payer, lines, { slug: 'none' })).status).toBe(404);
  });

  test('the same file twice, whatever it is called; with the same key it is the first one', async () => {
    const lines = [`${inForm(TODAY)},TWICE,Y,5.00`];
    const first = await sendExtract(app, cast.payer, lines, { once: 'the-same-key-0001' });
    expect(first.status).toBe(201);
    expect(first.headers.location).toBe(`/v1/extracts/${first.body.id}`);
    const again = await sendExtract(app, cast.payer, lines, { once: 'the-same-key-0001' });
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    const other = [`${inForm(TODAY)},OTHER,Y,5.00`];
    expect((await sendExtract(app, cast.payer, other, { once: 'the-same-key-0001' })).body.code).toBe(
      'idempotency-key-reused',
    );
    expect(await refusal(() => sendExtract(app, cast.payer, lines, { name: 'other.csv' }))).toEqual([
      409,
      'blocked',
      [['extract-already-there', undefined, undefined]],
    ]);
    const at = await Promise.all(
      Array.from({ length: 6 }, () => sendExtract(app, cast.payer, [`${inForm(TODAY)},AT ONCE,Y,5.00`])),
    );
    expect(at.map(({ status }) => status).sort()).toEqual([201, ...Array(5).fill(409)]);
    expect(at.filter(({ status }) => status === 409).map(({ body }) => body.blockers[0].code)).toEqual(
      Array(5).fill('extract-already-there'),
    );
  });

  test('what somebody sends who makes no payments', async () => {
    for (const key of [cast.manager, cast.lead, cast.assessor])
      expect((await sendExtract(app, key, ['01/05/2018,X,Y,5.00'])).status).toBe(403);
  });
});

test('6 extracts at once with the same payment reconcile it once', async () => {
  const payment = await paid(77_00);
  const sent = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      sendExtract(app, cast.payer, [lineOf(payment), `${inForm(TODAY)},RENT ${index},X,1.00`]),
    ),
  );
  expect(sent.map(({ status }) => status)).toEqual(Array(6).fill(201));
  expect(sent.map(({ body }) => body.items[0].result)).toEqual(Array(6).fill('matched'));
  const changes = await app.database.sql(
    `select from log_entry where table_name = 'payment' and subject_id = $1 and action = 'extract.upload'`,
    [payment.id],
  );
  expect(changes).toHaveLength(1);
});

test('what looks like a formula is kept as it was sent, and is text in the answer', async () => {
  const extract = await upload(`${inForm(TODAY)},"=HYPERLINK(""http://x"")",+44 20 7946 0000,5.00`);
  expect(extract.items[0]).toMatchObject({ reference: '=HYPERLINK("http://x")', payee: '+44 20 7946 0000' });
});

test('extracts are listed in pages, newest first, to the funder alone', async () => {
  const list = async (query = '', key = cast.manager) =>
    (await app.request('get', `/v1/programmes/${SLUG}/extracts?${query}`, key).expect(200)).body as {
      items: ExtractBody[];
      next: string | null;
    };
  const all = (await list('limit=200')).items;
  expect(all.length).toBeGreaterThan(5);
  expect(all.map(({ id }) => id)).toEqual(
    all
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
  const first = await list('limit=2');
  const second = await list(`limit=2&after=${first.next}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
  for (const { counts, lines } of all)
    expect(counts.matched + counts.differs + counts.missingInExemplar).toBe(lines);
  for (const path of [`/v1/programmes/${SLUG}/extracts`, `/v1/extracts/${all[0]?.id}`])
    await app.request('get', path, cast.lead).expect(403);
  await app.request('get', '/v1/extracts/00000000-0000-7000-8000-000000000000', cast.manager).expect(404);
});

test('what an extract said never changes', async () => {
  const rights = `select has_table_privilege('exemplar_app', $1, 'insert') as "mayAdd",
    has_table_privilege('exemplar_app', $1, 'update') or has_table_privilege('exemplar_app', $1, 'delete') as "mayChange"`;
  for (const table of ['exemplar.extract', 'exemplar.extract_item'])
    expect(await app.database.sql(rights, [table])).toEqual([{ mayAdd: true, mayChange: false }]);
});
