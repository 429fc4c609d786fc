import type { Problem } from '../../core/problems.js';
import type { GateView } from '../../funding/gates/gate.service.js';
import { Form, type Typed } from '../page/form.js';
import { codeWords, expectedWords, pageOf, waivable, waiverTag } from './gate.page.js';
import { typedWaiver } from './waiver.page.js';

const GATE = {
  plannedOn: '2018-01-31',
  expectedOn: '2018-01-31',
  slipDays: 0,
  slips: false,
  open: true,
} as GateView;

test.each<[Partial<GateView>, string]>([
  [{}, 'It is planned for 31 January 2018.'],
  [
    { slips: true, open: false },
    'It is planned for 31 January 2018. That day has passed, and it is still shut.',
  ],
  [
    { expectedOn: '2018-02-01', slipDays: 1 },
    'It is planned for 31 January 2018 and expected on 1 February 2018, 1 day later, by the forecasts of its milestones.',
  ],
  [
    { expectedOn: '2018-01-21', slipDays: -10 },
    'It is planned for 31 January 2018 and expected on 21 January 2018, 10 days earlier.',
  ],
])('when a gate with %j is expected', (changed, words) =>
  expect(expectedWords({ ...GATE, ...changed })).toBe(words),
);

test('what can be waived is grouped by its code, without what nobody can waive', () => {
  const blocker = (code: string, message: string) => ({ code, message });
  const found = waivable([
    blocker('milestone-not-accepted', 'A'),
    blocker('tranche-exhausted', 'B'),
    blocker('milestone-not-accepted', 'C'),
  ]);
  expect([...found].map(([code, each]) => [code, each.map(({ message }) => message)])).toEqual([
    ['milestone-not-accepted', ['A', 'C']],
  ]);
});

test.each([
  ['milestone', '/milestones/1'],
  ['progress-report', '/returns/1'],
  ['match', '/agreements/1/contributions'],
  ['gate-waiver', '/gate-waivers/1'],
  ['constructor', null],
])('a blocker about a %s leads to %s', (kind, href) =>
  expect(pageOf({ kind, id: '1', name: 'N' })).toBe(href),
);

test('a code is said in words, a new one as it is', () =>
  expect([codeWords('return-overdue'), codeWords('assurance-invalid')]).toEqual([
    'A return is overdue',
    'Assurance invalid',
  ]));

test('a waiver stands, is withdrawn, or has expired', () =>
  expect(
    [
      { standing: true, withdrawnAt: null },
      { standing: false, withdrawnAt: '2018-05-02T09:30:00Z' },
      { standing: false, withdrawnAt: null },
    ].map((waiver) => waiverTag(waiver).words),
  ).toEqual(['Stands', 'Withdrawn', 'Expired']));

const WAIVER: Typed = { codes: 'match-below-ratio', reason: 'Why', authority: 'Board' };

test('a waiver is read as it was typed; its last day may be left out', () => {
  const read = { codes: ['match-below-ratio'], reason: 'Why', authority: 'Board', expiresOn: null };
  expect(typedWaiver(new Form(WAIVER))).toEqual(read);
  const day = { 'expiresOn-day': '30', 'expiresOn-month': '6', 'expiresOn-year': '2018' };
  expect(typedWaiver(new Form({ ...WAIVER, ...day }))).toEqual({ ...read, expiresOn: '2018-06-30' });
});

test('a waiver of nothing, without grounds, is refused beside each field', () => {
  try {
    typedWaiver(new Form({}));
    throw new Error('It was taken');
  } catch (error) {
    expect((error as Problem).details.errors?.map(({ pointer }) => pointer)).toEqual([
      '/codes',
      '/reason',
      '/authority',
    ]);
  }
});
