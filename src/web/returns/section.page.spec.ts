import { CONTENT, standingOf } from '../../../test/support/return-standing.js';
import type { Finding } from '../../progress-reports/assessment-input.js';
import { afterSaving, sectionPage } from './section.page.js';
import type { Card } from './sections/section.js';

const finding = (place: string, section: Finding['section'] = 'spend'): Finding => ({
  ...{ code: 'x', severity: 'warning', section, place, message: `At ${place}` },
});
const cardsOf = (...given: Parameters<typeof sectionPage>): Card[] =>
  (sectionPage(...given).model as { cards: Card[] }).cards;

test('what was found stands beside the field, the line or the section that it is about', () => {
  const findings = [finding('/spend/0/forecastPence'), finding('/spend/0'), finding('/spend')];
  const page = sectionPage(standingOf({}, { findings }), 'spend', false);
  const { cards, said } = page.model as { cards: Card[]; said: Card['said'] };
  expect(cards[0]?.fields.map((field) => field.said.map(({ message }) => message))).toEqual([
    [],
    ['At /spend/0/forecastPence'],
    [],
  ]);
  expect(cards[0]?.said.map(({ message }) => message)).toEqual(['At /spend/0']);
  expect(said.map(({ message }) => message)).toEqual(['At /spend']);
});

test('what was accepted last stands beside each field, told apart by what it is about', () => {
  const lastAccepted = {
    ...CONTENT,
    milestones: [
      {
        ...(CONTENT.milestones[0] as (typeof CONTENT.milestones)[0]),
        milestone: 'records/all',
        note: 'Other',
      },
      { ...(CONTENT.milestones[0] as (typeof CONTENT.milestones)[0]), forecastOn: '2018-02-28' },
    ],
  };
  const [first] = cardsOf(standingOf({ lastAccepted }), 'milestones', false);
  expect(first?.title).toBe('First ward live');
  expect(first?.fields.map(({ was }) => was)).toEqual([
    '28 February 2018',
    null,
    'Work has started',
    'Supplier delivered late',
    null,
  ]);
});

test('a line that the return lacks is asked for, and one too many may be taken out', () => {
  const unknown = { ...CONTENT, milestones: [{ ...CONTENT.milestones[0], milestone: 'gone/one' }] };
  const cards = cardsOf(standingOf({}, {}, unknown as typeof CONTENT), 'milestones', false);
  expect(cards.map(({ title, extra, place }) => [place, title, extra])).toEqual([
    ['milestones/0', 'gone/one', true],
    ['milestones/1', 'First ward live', false],
    ['milestones/2', 'All wards live', false],
  ]);
});

test('measures are asked in words, beside what was accepted and planned', () => {
  const [first] = cardsOf(standingOf({ lastAccepted: CONTENT }), 'measurements', false);
  expect(first?.facts).toEqual([
    'Online access?',
    'Last accepted: 30 of 100 (30.0%)',
    'Planned by 31 December 2017: 40.0%',
  ]);
  expect(first?.fields.map(({ label }) => label)).toEqual([
    'Patients who can',
    'Out of: All patients',
    'Note (optional)',
  ]);
});

test.each([
  ['submitted', 'This return is with the funder, so it cannot be changed now.'],
  ['accepted', 'This return was accepted. To change it, begin a correction from the page of the return.'],
] as const)('a return that is %s is read, not written', (state, closed) =>
  expect(sectionPage(standingOf({ state }), 'spend', false).model).toMatchObject({ open: false, closed }),
);

test.each([
  ['milestones', { to: 'next' }, '/returns/r1/spend'],
  ['confidence', { to: 'next' }, '/returns/r1/check'],
  ['spend', { to: 'list' }, '/returns/r1'],
  ['risks', { to: 'here', removed: 1 }, '/returns/r1/risks'],
  ['risks', { to: 'another' }, '/returns/r1/risks?another=yes#risks/2/title'],
] as const)('after %s, %p leads to %s', (section, button, expected) =>
  expect(afterSaving('r1', section, button, 2)).toBe(expected),
);
