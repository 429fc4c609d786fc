import { erasureBlockers, unseenBefore } from './erasure.rules.js';

const AMINA = { id: 'a', name: 'Amina Hussain-Khan', erased: false };
const ASKED = { actorId: 'b', reason: 'They left, and asked for it.' };

test.each([
  ['another, for a reason', AMINA, ASKED, []],
  ['oneself', AMINA, { ...ASKED, actorId: 'a' }, ['erases-oneself']],
  ['somebody who was erased', { ...AMINA, erased: true }, ASKED, ['erased-before']],
  [
    'for a reason that names them',
    AMINA,
    { ...ASKED, reason: 'amina  HUSSAIN KHAN left' },
    ['reason-names-person /reason'],
  ],
  [
    'for a reason that names them without the brackets of their name',
    { ...AMINA, name: 'Amina (ward 3)' },
    { ...ASKED, reason: 'Amina, ward 3, left' },
    ['reason-names-person /reason'],
  ],
  [
    'somebody who was erased, for a reason that holds what they are called now',
    { ...AMINA, name: 'Erased', erased: true },
    { ...ASKED, reason: 'Erased by request' },
    ['erased-before'],
  ],
  ['for a reason with part of a word', { ...AMINA, name: 'Art' }, { ...ASKED, reason: 'The party left' }, []],
  ['somebody without letters in their name', { ...AMINA, name: '—' }, ASKED, []],
  ['the same, for a reason without letters', { ...AMINA, name: '—' }, { ...ASKED, reason: '…' }, []],
])('erasing %s', (_, person, asked, codes) =>
  expect(erasureBlockers(person, asked).map(({ code, pointer }) => [code, pointer].join(' ').trim())).toEqual(
    codes,
  ),
);

test.each([
  ['2026-11-25T10:00:00.000Z', 7, '2019-11-25T10:00:00.000Z'],
  ['2024-02-29T00:00:00.000Z', 1, '2023-03-01T00:00:00.000Z'],
])('at %s, %p years are over for what was last seen before %s', (now, years, before) =>
  expect(unseenBefore(new Date(now), years).toISOString()).toBe(before),
);
