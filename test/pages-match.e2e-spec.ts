import { parseHTML } from 'linkedom';
import supertest from 'supertest';
import { inForce } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { multipart, pdf, type SentFile } from './support/evidence.js';
import { ledTo, linksOn, stepsOn, takeStep } from './support/page-steps.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

/** Match and gates as people do them on pages, from the pledge to a waiver that is withdrawn. */
let app: TestApp;
let people: Record<'manager' | 'assessor' | 'lead' | 'stranger' | 'auditor', Visitor>;
let agreement: string;
let contribution: string;
let tranche: string;
let waiver: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-02-15' } });
  const visit = async (...who: Parameters<TestApp['as']>) => signedIn(app, await app.as(...who));
  people = {
    manager: await visit('programme-manager'),
    assessor: await visit('assessor'),
    lead: await visit('trust-lead', 'RW4'),
    stranger: await visit('trust-lead', 'RXT'),
    auditor: await visit('auditor'),
  };
  agreement = `/agreements/${(await inForce(app, 'RW4')).agreement.id}`;
});
afterAll(() => app?.stop());

const errorsOf = (document: OpenPage['document']): string[] =>
  [...document.querySelectorAll('.nhsuk-error-summary li')].map((item) => item.textContent?.trim() ?? '');

/** Sends a file from the page of a contribution, as a browser does. */
async function upload(by: Visitor, file: SentFile, fields: Record<string, string>) {
  const { document: page } = await by.get(contribution);
  const hidden = Object.fromEntries(
    [...page.querySelectorAll('form[data-upload] input[type=hidden]')].map((field) => [
      field.getAttribute('name') as string,
      field.getAttribute('value') as string,
    ]),
  );
  const { status, headers, text } = await supertest(app.app.getHttpServer())
    .post(`${contribution}/evidence`)
    .set('Cookie', by.cookie)
    .set('Accept', 'text/html')
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(file, { ...hidden, ...fields }));
  const { document } = parseHTML(text || '<html></html>');
  return { status, location: headers.location, document, errors: () => errorsOf(document) };
}

const LABEL = { supplier: 'Northern Networks Ltd', reference: 'INV-20417', description: 'The invoice' };

describe('match', () => {
  test('is pledged under the agreement', async () => {
    const { lead, assessor } = people;
    const form = `${agreement}/contributions/new`;
    expect((await assessor.get(form)).status).toBe(403);
    const wrong = await lead.send(form, { description: 'Ward tablets', amountPence: '0' });
    expect(wrong.errors()).toEqual(
      expect.arrayContaining(['Amount must be more than £0.', 'Select what it is.']),
    );
    contribution = ledTo(
      await lead.send(form, {
        type: 'cash',
        category: 'hardware',
        description: 'Ward tablets',
        financialYear: '2017/18 capital',
        amountPence: '1,000',
        'expectedOn-day': '31',
        'expectedOn-month': '3',
        'expectedOn-year': '2018',
        valuation: 'invoice',
      }),
    );
    const match = await lead.get(`/programmes/${SLUG}/trusts/RW4/match`);
    expect(match.rows('does-not-count')[0]?.join(' ')).toContain('It is pledged, and nothing proves it yet.');
    expect(match.rows('counts')).toEqual([]);
    expect(match.rows('gates')).toHaveLength(5);
  });

  test('its evidence is uploaded, and what is wrong with it is said on the page', async () => {
    const { lead } = people;
    const none = await upload(
      lead,
      { name: '', type: 'application/octet-stream', bytes: Buffer.alloc(0) },
      { ...LABEL, supplier: '' },
    );
    expect(none.status).toBe(400);
    expect(none.errors()).toEqual(
      expect.arrayContaining(['Enter the supplier.', 'Choose the file to upload.']),
    );
    expect(none.document.querySelector('#reference')?.getAttribute('value')).toBe('INV-20417');
    expect(ledTo(await upload(lead, pdf({ name: 'invoice.pdf' }), LABEL))).toBe(contribution);
    const page = await lead.get(contribution);
    expect(page.rows('evidence')[0]?.slice(0, 2)).toEqual([
      expect.stringMatching(/^invoice\.pdf ?The invoice$/),
      expect.stringMatching(/^Northern Networks Ltd ?INV-20417$/),
    ]);
    const again = await upload(lead, pdf(), LABEL);
    expect([again.status, again.errors()[0]]).toEqual([
      409,
      expect.stringContaining('One piece of evidence counts once.'),
    ]);
  });

  test('a form of another site uploads nothing', async () => {
    const { lead } = people;
    // A stranger's page has no form for this, so the upload carries nobody's token.
    const foreign = await upload({ ...lead, get: people.stranger.get }, pdf(), LABEL);
    expect([foreign.status, foreign.document.querySelector('h1')?.textContent?.trim()]).toEqual([
      403,
      'You cannot do this',
    ]);
    expect((await lead.get(contribution)).rows('evidence')).toHaveLength(1);
  });

  test('it is evidenced by the trust and accepted by the funder, each on their step', async () => {
    const { lead, assessor } = people;
    const proof = {
      netPence: '1,000',
      vatPence: '0',
      recoverableVatPence: '0',
      amountPence: '1,200',
      'incurredOn-day': '2',
      'incurredOn-month': '10',
      'incurredOn-year': '2017',
      'invoicedOn-day': '9',
      'invoicedOn-month': '10',
      'invoicedOn-year': '2017',
    };
    const refused = await takeStep(lead, contribution, 'evidencing', proof);
    expect(refused.errors()).toEqual([
      expect.stringContaining('£1,200 is to count of £1,000'),
      expect.stringContaining('Cash counts once it is paid out.'),
    ]);
    const day = { 'defrayedOn-day': '31', 'defrayedOn-month': '10', 'defrayedOn-year': '2017' };
    ledTo(await takeStep(lead, contribution, 'evidencing', { ...proof, ...day, amountPence: '1,000' }));
    expect(stepsOn(await lead.get(contribution))).toEqual([]);
    expect((await lead.get(`${contribution}/steps/acceptance`)).status).toBe(403);
    expect(stepsOn(await assessor.get(contribution))).toEqual(['acceptance', 'rejection']);
    ledTo(await takeStep(assessor, contribution, 'acceptance', { reason: 'It agrees with the invoice.' }));
    const page = await lead.get(contribution);
    expect(page.words('.nhsuk-tag--green')).toBe('Accepted');
    expect(page.text).toContain('It agrees with the invoice.');
    const match = await lead.get(`/programmes/${SLUG}/trusts/RW4/match`);
    expect(match.rows('counts')[0]?.slice(2, 4)).toEqual(['£1,000', 'Accepted']);
  });
});

describe('a gate', () => {
  const second = async () => {
    const hrefs = linksOn(await people.manager.get(agreement)).filter((href) =>
      href.startsWith('/tranches/'),
    );
    return hrefs[1] as string;
  };

  test('says what keeps it shut; what does is waived by name, and not by the trust', async () => {
    const { manager, lead } = people;
    tranche = await second();
    const shut = await lead.get(tranche);
    expect(shut.words('.nhsuk-tag--red')).toBe('Shut');
    expect(
      shut
        .rows('blockers')
        .map((row) => row.join(' '))
        .join(' '),
    ).toContain('of match is accepted');
    expect(stepsOn(shut)).toEqual([]);
    expect((await lead.get(`${tranche}/waivers/new`)).status).toBe(403);
    const form = `${tranche}/waivers/new`;
    const wrong = await manager.send(form, {});
    expect(wrong.errors()).toEqual(['Select what is waived.', 'Enter the reason.', 'Enter the authority.']);
    waiver = ledTo(
      await manager.send(form, {
        codes: 'match-below-ratio',
        reason: 'The wards cannot wait.',
        authority: 'Programme board, minute 7',
      }),
    );
    const page = await lead.get(tranche);
    expect(page.rows('waived')[0]?.join(' ')).toContain('The wards cannot wait.');
    expect(page.rows('waivers')[0]?.slice(0, 2)).toEqual([
      expect.stringMatching(/^The match is below its ratio ?The wards cannot wait\.$/),
      'Stands',
    ]);
  });

  test('a waiver is withdrawn, with a reason', async () => {
    const { manager, lead } = people;
    expect(stepsOn(await lead.get(waiver))).toEqual([]);
    expect(stepsOn(await manager.get(waiver))).toEqual(['withdrawal']);
    expect((await takeStep(manager, waiver, 'withdrawal')).status).toBe(400);
    ledTo(await takeStep(manager, waiver, 'withdrawal', { reason: 'The match is there.' }));
    const page = await lead.get(waiver);
    expect(page.words('main .nhsuk-tag')).toBe('Withdrawn');
    expect(page.text).toContain('The match is there.');
    expect((await lead.get(tranche)).rows('waived')).toEqual([]);
  });
});

describe('who sees what', () => {
  const pages = () => [contribution, tranche, waiver];

  test('another trust’s people are told that there is no such page', async () => {
    const { stranger } = people;
    const more = [`${contribution}/steps/evidencing`, `${contribution}/edit`];
    for (const path of [...pages(), ...more])
      expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
    expect((await stranger.get(`/programmes/${SLUG}/trusts/RW4/match`)).text).not.toContain('Ward tablets');
  });

  test('an auditor sees everything, and no step', async () => {
    const { auditor } = people;
    for (const path of pages()) {
      const page = await auditor.get(path);
      expect([path, page.status, stepsOn(page)]).toEqual([path, 200, []]);
      expect([path, page.document.querySelectorAll('main form[method=post]').length]).toEqual([path, 0]);
    }
  });
});
