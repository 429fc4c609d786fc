import { CONTENT, standingOf } from '../../../test/support/return-standing.js';
import type { Actor } from '../../core/actor.js';
import type { Role } from '../../core/permissions.js';
import type { Finding } from '../../progress-reports/assessment-input.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import type { ShownReceipt } from '../../queue/receipts.reader.js';
import { Form } from '../page/form.js';
import { checkPage } from './check.page.js';
import { receiptPage } from './receipt.page.js';
import { returnPage, sectionTask } from './return.page.js';
import { questionsIn, reviewPage } from './review.page.js';
import { saidAddress } from './said.js';
import { certificationPage } from './step.pages.js';
import { versionsPage } from './versions.page.js';

const actor = (role: Role): Actor => ({
  ...{ id: role, name: role, role, trustId: null, trustOds: null, requestId: 'x' },
});
const lead = actor('trust-lead');
const finding: Finding = {
  ...{ code: 'x', severity: 'blocking', section: 'milestones', place: '/milestones/0/forecastOn' },
  message: 'It is late.',
};
const missing = [{ code: 'm', message: 'Text is missing.', pointer: '/narrative/0/text' }];

test.each([
  [
    { section: 'milestones', place: 'milestones/0/forecastOn' },
    '/returns/r/milestones#milestones/0/forecastOn-day',
  ],
  [{ section: 'milestones', place: 'milestones/0/milestone' }, '/returns/r/milestones#milestones/0'],
  [{ section: 'spend', place: 'spend/2/forecastPence' }, '/returns/r/spend#spend/2/forecastPence'],
  [{ section: 'measurements', place: 'measurements' }, '/returns/r/measurements'],
  [{ section: 'confidence', place: 'confidence' }, '/returns/r/confidence#confidence'],
  [{ section: 'narrative', place: '' }, '/returns/r/narrative'],
] as const)('%p is shown at %s', (said, expected) => expect(saidAddress('r', said)).toBe(expected));

test.each([
  [[], 0, 'Complete', null],
  [['warning'], 0, 'Complete, with findings', '1 thing to look at'],
  [['missing', 'warning'], 0, 'Incomplete', '1 thing missing, 1 thing to look at'],
  [['blocking', 'missing'], 0, 'To be mended', '1 thing to be mended, 1 thing missing'],
  [['blocking'], 2, 'Queried', '2 queries without an answer, 1 thing to be mended'],
] as const)('a section with %p and %p queries: %s', (kinds, queries, status, hint) => {
  const said = kinds.map((kind) => ({ section: 'spend', place: 'spend', kind, message: 'x' }) as const);
  expect(sectionTask('r1', 'spend', said, queries)).toMatchObject({ status, hint });
});

test.each<[string, ReturnStanding, Role, string[]]>([
  ['a complete draft', standingOf(), 'trust-lead', ['Complete', 'Waiting', 'Cannot start yet']],
  [
    'an incomplete draft',
    standingOf({}, { missing }),
    'trust-lead',
    ['Incomplete', 'Cannot start yet', 'Cannot start yet'],
  ],
  [
    'a queried one',
    standingOf({ state: 'queried' }),
    'trust-lead',
    ['Complete', 'Cannot start yet', 'Cannot start yet'],
  ],
  [
    'a certified one',
    standingOf({ state: 'trust-certified' }),
    'trust-lead',
    ['Complete', 'Complete', 'To be done'],
  ],
  ['an accepted one', standingOf({ state: 'accepted' }), 'trust-lead', []],
  ['a draft, for a reader', standingOf(), 'auditor', []],
])('what is left to do with %s', (_, standing, role, expected) => {
  const { last } = returnPage(standing, actor(role)).model as { last: Array<{ status: string }> };
  expect(last.map(({ status }) => status)).toEqual(expected);
});

test('the check marks what changed, says what is missing, and leads a lead to each field', () => {
  const lastAccepted = { ...CONTENT, confidence: { scale: 'five', rating: 'green', reason: null } };
  const standing = standingOf({ lastAccepted }, { missing });
  const model = checkPage(standing, lead).model as {
    changed: string;
    missing: Array<{ href: string | null }>;
    sections: Array<{ section: string; rows: Array<{ href: string | null; parts: unknown[] }> }>;
  };
  expect(model.changed).toBe('1 thing differs from the last accepted return. Each is marked “Changed”.');
  expect(model.missing[0]?.href).toBe('/returns/r1/narrative#narrative/0/text');
  const rating = model.sections.find(({ section }) => section === 'confidence')?.rows[0];
  expect(rating).toMatchObject({
    href: '/returns/r1/confidence#confidence',
    parts: [{ label: 'Rating', value: 'Amber', was: 'Green', changed: true }],
  });
  const read = checkPage(standing, actor('auditor'));
  expect(read.title).toBe('What the return says');
  expect(JSON.stringify(read.model)).not.toContain('"href":"/returns/r1/narrative');
});

test('what is in the way of a certificate is shown before its button', () => {
  const blockers = { ...standingOf().blockers, certify: missing };
  const page = certificationPage(standingOf({}, { blockers }), actor('trust-finance-director'));
  expect(page.model).toMatchObject({ obstacles: [{ message: 'Text is missing.', href: null }] });
});

test('a reviewer sees what was found beside what changed, and what did not change', () => {
  const current = { ...standingOf().report.current, assessment: 'finished' as const, findings: [finding] };
  const lastAccepted = { ...CONTENT, spend: [] };
  const report = {
    state: 'submitted' as const,
    next: ['query' as const, 'accept' as const],
    current,
    lastAccepted,
  };
  const blockers = { ...standingOf().blockers, accept: [{ code: 'b', message: 'Not yet.' }] };
  const page = reviewPage(standingOf(report, { blockers, findings: [finding] }), actor('assessor'));
  const rows = (id: string) =>
    page.tables?.find((table) => table.id === id)?.rows.map((row) => row.map(({ value }) => value));
  expect(rows('changes-milestones')).toEqual([
    ['First ward live', '31 March 2018', '31 March 2018', 'To be mended: It is late.'],
  ]);
  expect(rows('changes-spend')).toEqual([
    ['2017/18 capital grant', null, '£100,000.50', null],
    ['2017/18 capital grant', null, '£200,000', null],
  ]);
  expect(page.model).toMatchObject({
    mayQuery: true,
    mayAccept: false,
    acceptObstacles: [{ message: 'Not yet.' }],
    found: 'The automatic check found 1 thing, 1 of which must be mended.',
  });
});

test('questions are those that were asked, by section; none is refused', () => {
  const asked = new Form({ 'questions/1/question': ' Why? ', 'questions/2/question': ' ' });
  expect(questionsIn(asked)).toEqual([{ section: 'spend', question: 'Why?' }]);
  expect(() => questionsIn(new Form({}))).toThrow('Nothing was saved.');
});

const receipt: ShownReceipt = {
  ...{ id: 'q1', job: 'assess-return', state: 'done', createdAt: new Date(0), startedAt: new Date(0) },
  ...{ finishedAt: new Date(0), progress: null, result: null, error: null },
};

test('a receipt refreshes until it has ended, then says what was found', () => {
  const standing = standingOf();
  const of = { standing, version: 1, mayPrepare: true };
  const working = { ...receipt, state: 'working' as const, progress: { done: 1, total: 3, words: 'Spend' } };
  expect(receiptPage(working, of).model).toMatchObject({
    ...{ refresh: 3, events: '/receipts/q1/events', verdict: null },
    bar: { max: 3, value: 1, words: '1 of 3: Spend' },
  });
  expect(receiptPage(receipt, of).model).toMatchObject({
    refresh: null,
    events: null,
    verdict: 'Nothing was found.',
  });
  const versions = [{ ...standing.report.current, findings: [finding] }];
  expect(receiptPage(receipt, { ...of, standing: { ...standing, versions } }).model).toMatchObject({
    verdict: '1 thing was found.',
    found: [{ href: '/returns/r1/milestones#milestones/0/forecastOn-day' }],
  });
  expect(receiptPage({ ...receipt, result: { rowsWritten: 3 } }, null).model).toMatchObject({
    results: ['Rows written: 3'],
  });
});

test('each version tells what it changed of the one before', () => {
  const [first] = standingOf().versions as [ReturnStanding['versions'][0]];
  const second = { ...first, number: 2, reason: 'Wrong.', content: { ...CONTENT, risks: [] } };
  const page = versionsPage(standingOf({ version: 2 }, { versions: [second, first] }));
  expect(page.tables?.map(({ id, rows }) => [id, rows.length])).toEqual([['version-2', 4]]);
  expect(page.model).toMatchObject({
    versions: [
      { number: 2, reason: 'Wrong.', table: 'version-2' },
      { number: 1, table: null },
    ],
  });
});
