import { createHash } from 'node:crypto';

const WORD_BYTES = 8;
const WORDS = 2n ** 64n;

/** Draws whole numbers, each from 0 up to but not including `below`, all equally likely. */
export type Draw = (below: bigint) => bigint;

/**
 * Numbers out of a seed that anybody can have again (docs/sampling.md, byte for byte). Block k is the SHA-256 of the
 * UTF-8 text `seed:label:k`; each block gives four words of 64 bits, big-endian, in order. A word at or beyond the
 * largest multiple of `below` is passed over (rejection sampling), so that no remainder is likelier than another.
 * @param label what is drawn with them: each of a sample's strata has numbers of its own
 */
export function seededDraw(seed: string, label: string): Draw {
  let block = Buffer.alloc(0);
  let blocks = 0;
  let at = 0;
  const word = (): bigint => {
    if (at === block.length) {
      block = createHash('sha256').update(`${seed}:${label}:${blocks}`, 'utf8').digest();
      blocks += 1;
      at = 0;
    }
    at += WORD_BYTES;
    return block.readBigUInt64BE(at - WORD_BYTES);
  };
  return (below) => {
    if (below < 1n || below > WORDS) throw new RangeError('A number is drawn below 1 to 2^64');
    const end = WORDS - (WORDS % below);
    for (;;) {
      const drawn = word();
      if (drawn < end) return drawn % below;
    }
  };
}
