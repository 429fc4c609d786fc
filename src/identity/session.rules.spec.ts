import fc from 'fast-check';
import {
  endOf,
  FORMER_TOKEN_MS,
  formerTokenCounts,
  mustRotate,
  mustTouch,
  newToken,
  tokenHash,
} from './session.rules.js';

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;
/** In minutes. */
const MILLISECOND = 1 / MINUTE;
const at = (minutes: number): Date => new Date(Date.UTC(2018, 5, 1, 12) + Math.round(minutes * MINUTE));

test('a new token has the form of one, and no two are the same', () => {
  const [a, b] = [newToken(), newToken()];
  expect(a).toMatch(/^[\w-]{43}$/);
  expect(a).not.toBe(b);
  expect(tokenHash(a)).toMatch(/^[0-9a-f]{64}$/);
  expect(tokenHash(a)).not.toBe(tokenHash(b));
});

test.each([[undefined], [''], ['short'], ['a'.repeat(44)], [`${'a'.repeat(42)}=`], [`${'a'.repeat(43)}\n`]])(
  '%p has no hash',
  (token) => expect(tokenHash(token)).toBeUndefined(),
);

test.each([
  ['used just now', 0, 720, undefined],
  ['not used for 29 minutes', -29, 720, undefined],
  ['not used for 30 minutes', -30, 720, { because: 'idle', endedAt: at(0) }],
  ['not used since yesterday', -1440, 720, { because: 'idle', endedAt: at(-1410) }],
  ['used, and at the end of its time', 0, 0, { because: 'expired', endedAt: at(0) }],
  ['left alone, and past its time before it was idle', -29, -10, { because: 'expired', endedAt: at(-10) }],
  ['left alone, and past its time after it was idle', -60, -10, { because: 'idle', endedAt: at(-30) }],
  ['idle at the very end of its time', -30, 0, { because: 'expired', endedAt: at(0) }],
])('a session that is %s', (_, seen, expires, end) =>
  expect(endOf({ seenAt: at(seen), expiresAt: at(expires) }, IDLE, at(0))).toEqual(end),
);

test.each([
  [0, false, true],
  [1 - MILLISECOND, false, true],
  [1, false, false],
  [60 - MILLISECOND, false, false],
  [60, true, false],
  [600, true, false],
])(
  '%p minutes after its token changed: another is due %p, the one before counts %p',
  (minutes, due, counts) => {
    const times = { rotatedAt: at(0) };
    expect(mustRotate(times, at(minutes))).toBe(due);
    expect(formerTokenCounts(times, at(minutes))).toBe(counts);
  },
);

test.each([
  ['of 30 minutes', IDLE, 1 - MILLISECOND, false],
  ['of 30 minutes', IDLE, 1, true],
  ['of a minute', MINUTE, 0.1 - MILLISECOND, false],
  ['of a minute', MINUTE, 0.1, true],
])('with an idle time %s (%p ms), use after %p minutes is written down: %p', (_, idle, minutes, written) =>
  expect(mustTouch({ seenAt: at(0) }, idle, at(minutes))).toBe(written),
);

describe('whatever the times', () => {
  const instant = fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms));
  const length = fc.integer({ min: MINUTE, max: 1_440 * MINUTE });

  test('a session that ended stays so, and never before it was seen', () =>
    fc.assert(
      fc.property(instant, instant, length, instant, length, (seenAt, expiresAt, idle, now, later) => {
        const end = endOf({ seenAt, expiresAt }, idle, now);
        const after = endOf({ seenAt, expiresAt }, idle, new Date(now.getTime() + later));
        if (end) {
          expect(after).toEqual(end);
          expect(end.endedAt.getTime()).toBe(Math.min(seenAt.getTime() + idle, expiresAt.getTime()));
          expect(end.endedAt <= now).toBe(true);
        } else expect(now < expiresAt && now.getTime() < seenAt.getTime() + idle).toBe(true);
      }),
    ));

  test('somebody who goes on using a session is never idle, though not each use is written down', () =>
    fc.assert(
      fc.property(
        length,
        fc.array(fc.double({ min: 0, max: 0.85, noNaN: true }), { maxLength: 50 }),
        (idle, uses) => {
          let [now, seenAt] = [0, new Date(0)];
          for (const part of uses) {
            now += Math.floor(part * idle);
            expect(endOf({ seenAt, expiresAt: new Date(8e15) }, idle, new Date(now))).toBeUndefined();
            if (mustTouch({ seenAt }, idle, new Date(now))) seenAt = new Date(now);
          }
        },
      ),
    ));

  test('a token that is due another is no longer in the time of the one before', () =>
    fc.assert(
      fc.property(instant, length, (rotatedAt, passed) => {
        const now = new Date(rotatedAt.getTime() + passed);
        expect(mustRotate({ rotatedAt }, now) && formerTokenCounts({ rotatedAt }, now)).toBe(false);
        expect(formerTokenCounts({ rotatedAt }, now)).toBe(passed < FORMER_TOKEN_MS);
      }),
    ));
});
