import fc from 'fast-check';
import {
  type ConsistencyClaim,
  consistencyProof,
  EMPTY_ROOT,
  grown,
  type InclusionClaim,
  inclusionProof,
  leafHash,
  type NodeHash,
  nodeHash,
  peaksOf,
  provesConsistency,
  provesInclusion,
  rootOf,
} from './merkle-tree.rules.js';

/** Leaves and roots of the reference implementation of Certificate Transparency (merkle_tree_test.cc). */
const CT_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const CT_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const H = {
  a: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  b: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  c: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  d: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  e: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  f: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
};

const hex = (buffers: readonly Buffer[]): string[] => buffers.map((each) => each.toString('hex'));

/** A store of complete subtrees that grew by batches of these sizes. */
function stored(leaves: readonly Buffer[], batches: readonly number[] = [leaves.length]): NodeHash {
  const known = new Map<string, Buffer>();
  const node: NodeHash = ({ level, index }) => {
    const hash = known.get(`${level}/${index}`);
    if (!hash) throw new Error(`No subtree ${index} of level ${level}`);
    return hash;
  };
  let size = 0;
  for (const count of batches) {
    const added = leaves.slice(size, size + count);
    const before = new Set(peaksOf(size).map(({ level, index }) => `${level}/${index}`));
    const peaksAlone: NodeHash = (place) => {
      if (!before.has(`${place.level}/${place.index}`)) throw new Error('Only peaks are known');
      return node(place);
    };
    for (const { level, index, hash } of grown(size, added, peaksAlone)) {
      if (known.has(`${level}/${index}`)) throw new Error('A subtree was made twice');
      known.set(`${level}/${index}`, hash);
    }
    size += added.length;
  }
  return node;
}

/** MTH(D[n]) word for word as RFC 6962 section 2.1 has it. */
function definition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0] as Buffer;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(definition(leaves.slice(0, k)), definition(leaves.slice(k)));
}

const numbered = (count: number): Buffer[] => Array.from({ length: count }, (_, i) => leafHash(`leaf ${i}`));
const ct = CT_LEAVES.map((text) => leafHash(Buffer.from(text, 'hex')));
const MOST = 70;
const all = numbered(MOST);
const node = stored(all);
const roots = Array.from({ length: MOST + 1 }, (_, size) => rootOf(size, node));

test.each(CT_ROOTS.map((root, size) => [size, root]))('the reference root of %i leaves', (size, root) =>
  expect(rootOf(size as number, stored(ct)).toString('hex')).toBe(root),
);

test.each<[number, number, string[]]>([
  [0, 1, []],
  [0, 8, [H.a, H.b, H.c]],
  [5, 8, [H.d, H.e, CT_ROOTS[4] as string]],
  [2, 3, [CT_ROOTS[2] as string]],
])('the reference proof of leaf %i of %i', (leaf, size, proof) => {
  expect(hex(inclusionProof(leaf, size).hashes(stored(ct)))).toEqual(proof);
});

test.each<[number, number, string[]]>([
  [1, 1, []],
  [1, 8, [H.a, H.b, H.c]],
  [6, 8, [H.f, H.e, CT_ROOTS[4] as string]],
  [2, 5, [H.b, H.d]],
])('the reference proof that %i leaves are the first of %i', (from, to, proof) => {
  expect(hex(consistencyProof(from, to).hashes(stored(ct)))).toEqual(proof);
});

test('a leaf cannot pass for a node', () => {
  expect(leafHash(Buffer.concat([all[0] as Buffer, all[1] as Buffer]))).not.toEqual(
    nodeHash(all[0] as Buffer, all[1] as Buffer),
  );
});

test('the text of a leaf is hashed as its UTF-8 bytes', () =>
  expect(leafHash('£ – ü')).toEqual(leafHash(Buffer.from('£ – ü', 'utf8'))));

test('the root is that of the definition, in whatever batches the tree grew', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), (batches) => {
      const leaves = numbered(batches.reduce((sum, count) => sum + count, 0));
      expect(rootOf(leaves.length, stored(leaves, batches))).toEqual(definition(leaves));
    }),
  );
});

test('every leaf of every size is proved, from the nodes that the plan names alone', () => {
  for (let size = 1; size <= MOST; size += 1)
    for (let leaf = 0; leaf < size; leaf += 1) {
      const plan = inclusionProof(leaf, size);
      const named = new Set(plan.needs.map(({ level, index }) => `${level}/${index}`));
      const proof = plan.hashes((place) => {
        expect(named).toContain(`${place.level}/${place.index}`);
        return node(place);
      });
      expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
      const claim = { leafHash: all[leaf] as Buffer, leaf, size, root: roots[size] as Buffer };
      expect(provesInclusion(proof, claim)).toBe(true);
    }
});

test('every size is proved to begin every later one', () => {
  for (let to = 0; to <= MOST; to += 1)
    for (let from = 0; from <= to; from += 1) {
      const proof = consistencyProof(from, to).hashes(node);
      expect(provesConsistency(proof, claimOf(from, to))).toBe(true);
    }
});

const claimOf = (from: number, to: number) => ({
  from: { size: from, root: roots[from] as Buffer },
  to: { size: to, root: roots[to] as Buffer },
});

/** A list of hashes with one altered, left out, doubled or added. */
const altered = (proof: readonly Buffer[]) =>
  fc.record({ how: fc.constantFrom('flip', 'drop', 'add'), at: fc.nat(), bit: fc.nat(255) }).map((choice) => {
    const at = proof.length === 0 ? 0 : choice.at % proof.length;
    if (choice.how === 'add' || proof.length === 0)
      return [...proof.slice(0, at), all[choice.bit % MOST] as Buffer, ...proof.slice(at)];
    if (choice.how === 'drop') return proof.filter((_, i) => i !== at);
    return proof.map((each, i) => (i === at ? flipped(each, choice.bit) : each));
  });

function flipped(hash: Buffer, bit: number): Buffer {
  const copy = Buffer.from(hash);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
}

const sizes = fc.integer({ min: 1, max: MOST });

test('no altered proof of a leaf, and no proof of another leaf, size or root, proves it', () => {
  fc.assert(
    fc.property(
      sizes.chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1))),
      fc.gen(),
      fc.nat(255),
      ([size, leaf], generate, bit) => {
        const proof = inclusionProof(leaf, size).hashes(node);
        const claim = { leafHash: all[leaf] as Buffer, leaf, size, root: roots[size] as Buffer };
        expect(provesInclusion(generate(altered, proof), claim)).toBe(false);
        expect(provesInclusion(proof, { ...claim, leafHash: flipped(claim.leafHash, bit) })).toBe(false);
        expect(provesInclusion(proof, { ...claim, root: flipped(claim.root, bit) })).toBe(false);
        expect(provesInclusion(proof, { ...claim, leaf: leaf + 1 })).toBe(false);
        expect(provesInclusion(proof, { ...claim, leaf: size })).toBe(false);
        expect(provesInclusion(proof, { ...claim, leaf: -1 })).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test('no altered proof, and none of other roots or sizes, proves that one tree begins another', () => {
  fc.assert(
    fc.property(
      sizes.chain((to) => fc.tuple(fc.integer({ min: 1, max: to }), fc.constant(to))),
      fc.gen(),
      fc.nat(255),
      ([from, to], generate, bit) => {
        const proof = consistencyProof(from, to).hashes(node);
        const claim = claimOf(from, to);
        expect(provesConsistency(generate(altered, proof), claim)).toBe(false);
        for (const side of ['from', 'to'] as const) {
          const wrong = { ...claim[side], root: flipped(claim[side].root, bit) };
          expect(provesConsistency(proof, { ...claim, [side]: wrong })).toBe(false);
        }
        if (from < to) expect(provesConsistency(proof, { from: claim.to, to: claim.from })).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  [() => inclusionProof(3, 3), 'has no leaf 3'],
  [() => inclusionProof(-1, 3), 'has no leaf -1'],
  [() => consistencyProof(4, 3), 'never had 4'],
  [() => consistencyProof(-1, 3), 'never had -1'],
])('what cannot be proved is refused', (ask, words) => expect(ask).toThrow(words));

/** A tree that is said to have a size, and has the root of another. */
const said = (size: number, of: number) => ({ size, root: roots[of] as Buffer });

test.each<[string, Buffer[], Omit<InclusionClaim, 'leafHash'>]>([
  ['smaller than it is', inclusionProof(1, 2).hashes(node), { leaf: 0, ...said(1, 2) }],
  ['larger than it is', inclusionProof(1, 2).hashes(node), { leaf: 1, ...said(4, 2) }],
])('no leaf is proved in a tree that is said to be %s', (_, proof, claim) =>
  expect(provesInclusion(proof, { leafHash: all[1] as Buffer, ...claim })).toBe(false),
);

test.each<[string, Buffer[], ConsistencyClaim]>([
  ['a larger tree', [], { from: said(2, 2), to: said(1, 2) }],
  ['a tree of less than nothing', [roots[1] as Buffer], { from: said(-1, 1), to: said(1, 1) }],
  ['an empty tree that has a root', [], { from: said(0, 1), to: said(2, 2) }],
  ['an empty tree, by a hash', [roots[1] as Buffer], { from: said(0, 0), to: said(2, 2) }],
  ['a tree of three, by no hash', [], { from: said(3, 3), to: said(4, 4) }],
  ['trees said to be smaller', consistencyProof(7, 8).hashes(node), { from: said(3, 7), to: said(4, 8) }],
  ['trees said to be larger', consistencyProof(3, 4).hashes(node), { from: said(7, 3), to: said(8, 4) }],
])('nothing is proved to begin with %s', (_, proof, claim) =>
  expect(provesConsistency(proof, claim)).toBe(false),
);
