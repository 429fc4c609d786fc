import { createHash } from 'node:crypto';

/** The Merkle tree of RFC 6962, section 2.1, as plain as it stands there: what a verifier would compute by itself. */
const sha256 = (...parts: Array<Buffer | string>): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafHash = (leaf: string): Buffer => sha256(Buffer.from([0]), leaf);
const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.from([1]), left, right);
const split = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

/** The root over leaves, of which there is one at least. */
export function rootOf(leaves: readonly string[]): Buffer {
  if (leaves.length === 1) return leafHash(leaves[0] as string);
  const k = split(leaves.length);
  return node(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** The audit path of a leaf, the nearest sibling first. */
export function pathOf(leaves: readonly string[], index: number): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...pathOf(leaves.slice(0, k), index), rootOf(leaves.slice(k))]
    : [...pathOf(leaves.slice(k), index - k), rootOf(leaves.slice(0, k))];
}

/** The root that a leaf and its audit path lead to. */
export function rootFrom(leaf: string, index: number, size: number, path: readonly Buffer[]): Buffer {
  if (size === 1) return leafHash(leaf);
  const k = split(size);
  const [rest, last] = [path.slice(0, -1), path.at(-1) as Buffer];
  return index < k
    ? node(rootFrom(leaf, index, k, rest), last)
    : node(last, rootFrom(leaf, index - k, size - k, rest));
}
