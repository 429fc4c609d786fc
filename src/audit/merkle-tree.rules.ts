import { createHash } from 'node:crypto';

/** A complete subtree: the `index`-th of those with 2^level leaves, both counted from 0. */
export interface NodePlace {
  level: number;
  index: number;
}

/** A complete subtree with its hash, of 32 bytes. */
export interface TreeNode extends NodePlace {
  hash: Buffer;
}

/** The hash of a complete subtree that is known. @throws Error where it is not */
export type NodeHash = (place: NodePlace) => Buffer;

/** Leaves from `start` to just before `end`, counted from 0. */
interface Range {
  start: number;
  end: number;
}

const LEAF = Buffer.of(0);
const INNER = Buffer.of(1);

/** The hash of a leaf: SHA-256 of a zero byte and the text's UTF-8 bytes (RFC 6962 section 2.1). */
export function leafHash(leaf: string | Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(leaf).digest();
}

/** The hash of two subtrees together: SHA-256 of a one byte and both hashes (RFC 6962 section 2.1). */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(INNER).update(left).update(right).digest();
}

/** The root of the tree without a leaf: SHA-256 of nothing (RFC 6962 section 2.1). */
export const EMPTY_ROOT = createHash('sha256').digest();

/**
 * The complete subtrees that leaves fall into, from the left: the largest that fit. `start` is a multiple of the
 * largest power of two below the number of leaves, as in every subtree of RFC 6962.
 */
export function subtreesOf({ start, end }: Range): NodePlace[] {
  const places: NodePlace[] = [];
  for (let at = start; at < end; ) {
    let level = 0;
    while (2 ** (level + 1) <= end - at) level += 1;
    places.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return places;
}

/** The complete subtrees that a tree of `size` leaves is made of, from the left. */
export const peaksOf = (size: number): NodePlace[] => subtreesOf({ start: 0, end: size });

/** The hash over leaves, out of the complete subtrees that they fall into. */
function hashOf(range: Range, node: NodeHash): Buffer {
  return subtreesOf(range)
    .map(node)
    .reduceRight((right, left) => nodeHash(left, right));
}

/** The root of a tree (RFC 6962 section 2.1). @param node knows at least the tree's peaks */
export function rootOf(size: number, node: NodeHash): Buffer {
  return size === 0 ? EMPTY_ROOT : hashOf({ start: 0, end: size }, node);
}

/** The largest power of two below a number of leaves, which is at least 2. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** PATH(m, D[n]) of RFC 6962 section 2.1.1, as the leaves that each hash of the proof is over. */
function inclusionRanges(leaf: number, { start, end }: Range): Range[] {
  if (end - start === 1) return [];
  const middle = start + splitOf(end - start);
  return leaf < middle
    ? [...inclusionRanges(leaf, { start, end: middle }), { start: middle, end }]
    : [...inclusionRanges(leaf, { start: middle, end }), { start, end: middle }];
}

/** SUBPROOF(m, D[n], b) of RFC 6962 section 2.1.2, likewise. @param known whether the verifier has this very hash */
function consistencyRanges(size: number, { start, end }: Range, known: boolean): Range[] {
  if (size === end) return known ? [] : [{ start, end }];
  const middle = start + splitOf(end - start);
  return size <= middle
    ? [...consistencyRanges(size, { start, end: middle }, known), { start: middle, end }]
    : [...consistencyRanges(size, { start: middle, end }, false), { start, end: middle }];
}

/** A proof before its hashes are read. */
export interface ProofPlan {
  /** Every complete subtree that it needs: O(log n) of them for each of its O(log n) hashes. */
  needs: readonly NodePlace[];
  /** The proof's hashes, in the order of RFC 6962. */
  hashes(node: NodeHash): Buffer[];
}

const planned = (ranges: readonly Range[]): ProofPlan => ({
  needs: ranges.flatMap(subtreesOf),
  hashes: (node) => ranges.map((range) => hashOf(range, node)),
});

/**
 * The proof that a leaf is in a tree (RFC 6962 section 2.1.1).
 * @param leaf its index, from 0 to size - 1 @throws RangeError where it is not in the tree
 */
export function inclusionProof(leaf: number, size: number): ProofPlan {
  if (!(leaf >= 0 && leaf < size)) throw new RangeError(`A tree of ${size} leaves has no leaf ${leaf}`);
  return planned(inclusionRanges(leaf, { start: 0, end: size }));
}

/**
 * The proof that a tree begins with the leaves of an earlier one (RFC 6962 section 2.1.2); without a hash where both
 * are the same size, or the earlier one is empty.
 * @throws RangeError where the earlier one is the larger
 */
export function consistencyProof(from: number, to: number): ProofPlan {
  if (!(from >= 0 && from <= to)) throw new RangeError(`A tree of ${to} leaves never had ${from}`);
  return planned(from === 0 ? [] : consistencyRanges(from, { start: 0, end: to }, true));
}

/**
 * The complete subtrees that a tree gains by new leaves, level by level.
 * @param size of the tree before
 * @param node knows the peaks of that tree
 */
export function grown(size: number, leaves: readonly Buffer[], node: NodeHash): TreeNode[] {
  const gained: TreeNode[] = [];
  let first = size;
  let hashes = [...leaves];
  for (let level = 0; hashes.length > 0; level += 1) {
    gained.push(...hashes.map((hash, i) => ({ level, index: first + i, hash })));
    if (first % 2 === 1) {
      first -= 1;
      hashes.unshift(node({ level, index: first }));
    }
    const parents: Buffer[] = [];
    for (let i = 0; i + 1 < hashes.length; i += 2)
      parents.push(nodeHash(hashes[i] as Buffer, hashes[i + 1] as Buffer));
    first /= 2;
    hashes = parents;
  }
  return gained;
}

/** What an inclusion proof is held against. */
export interface InclusionClaim {
  leafHash: Buffer;
  /** From 0. */
  leaf: number;
  size: number;
  root: Buffer;
}

/** Whether a leaf is in the tree with this root, by its proof (RFC 9162 section 2.1.3.2). */
export function provesInclusion(
  proof: readonly Buffer[],
  { leafHash: hash, leaf, size, root }: InclusionClaim,
): boolean {
  if (!(leaf >= 0 && leaf < size)) return false;
  let [index, last, result] = [leaf, size - 1, hash];
  for (const each of proof) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      result = nodeHash(each, result);
      while (index % 2 === 0 && index !== 0) [index, last] = [index / 2, half(last)];
    } else result = nodeHash(result, each);
    [index, last] = [half(index), half(last)];
  }
  return last === 0 && result.equals(root);
}

/** What a consistency proof is held against. */
export interface ConsistencyClaim {
  from: { size: number; root: Buffer };
  to: { size: number; root: Buffer };
}

/** Whether a tree begins with all leaves of an earlier one, by the proof (RFC 9162 section 2.1.4.2). */
export function provesConsistency(proof: readonly Buffer[], { from, to }: ConsistencyClaim): boolean {
  if (from.size > to.size || from.size < 0) return false;
  if (from.size === to.size) return proof.length === 0 && from.root.equals(to.root);
  if (from.size === 0) return proof.length === 0 && from.root.equals(EMPTY_ROOT);
  const [first, ...others] = Number.isInteger(Math.log2(from.size)) ? [from.root, ...proof] : proof;
  if (first === undefined) return false;
  let [index, last] = [from.size - 1, to.size - 1];
  while (index % 2 === 1) [index, last] = [half(index), half(last)];
  let [before, after] = [first, first];
  for (const each of others) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      [before, after] = [nodeHash(each, before), nodeHash(each, after)];
      while (index % 2 === 0 && index !== 0) [index, last] = [index / 2, half(last)];
    } else after = nodeHash(after, each);
    [index, last] = [half(index), half(last)];
  }
  return last === 0 && before.equals(from.root) && after.equals(to.root);
}

const half = (number: number): number => Math.floor(number / 2);
