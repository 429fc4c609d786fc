import { firstRow, type Sql } from '../database/sql.js';
import { type NodeHash, type NodePlace, type TreeNode } from './merkle-tree.rules.js';

/** A complete subtree is not stored that should be. */
export class NodeMissing extends Error {
  constructor(readonly place: NodePlace) {
    super(`The tree over the log lacks the subtree ${place.index} of level ${place.level}.`);
    this.name = 'NodeMissing';
  }
}

/**
 * The hashes of complete subtrees, in one reading.
 * @returns what gives each of them, and throws NodeMissing for one that is not stored
 */
export async function nodesAt(sql: Sql, places: readonly NodePlace[]): Promise<NodeHash> {
  const rows =
    places.length === 0
      ? []
      : await sql.query<TreeNode>(
          `select n.level, n.index, n.hash from unnest($1::smallint[], $2::bigint[]) p (level, index)
             join log_node n on n.level = p.level and n.index = p.index`,
          [places.map(({ level }) => level), places.map(({ index }) => index)],
        );
  const known = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  return (place) => {
    const hash = known.get(`${place.level}/${place.index}`);
    if (!hash) throw new NodeMissing(place);
    return hash;
  };
}

/** How many entries of the log the tree holds. */
export async function treeSize(sql: Sql): Promise<number> {
  const row = await firstRow<{ size: number }>(
    sql,
    'select coalesce(max(index) + 1, 0)::bigint as size from log_node where level = 0',
    [],
  );
  return row?.size ?? 0;
}

/** The stored hash of an entry; undefined where the tree does not hold it yet. */
export async function storedLeafHash(sql: Sql, number: number): Promise<Buffer | undefined> {
  const row = await firstRow<{ hash: Buffer }>(
    sql,
    'select hash from log_node where level = 0 and index = $1::bigint - 1',
    [number],
  );
  return row?.hash;
}

/** Adds complete subtrees. The database refuses any that do not follow those that are there. */
export async function addNodes(sql: Sql, nodes: readonly TreeNode[]): Promise<void> {
  await sql.query(
    `insert into log_node (level, index, hash)
     select level, index, hash from unnest($1::smallint[], $2::bigint[], $3::bytea[]) n (level, index, hash)`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)],
  );
}

/** Entries after a number, in order, with the text that is hashed. */
export function leavesAfter(
  sql: Sql,
  number: number,
  limit: number,
): Promise<Array<{ number: number; leaf: string }>> {
  return sql.query('select number, leaf from log_entry where number > $1 order by number limit $2', [
    number,
    limit,
  ]);
}

/**
 * The first place, from the leaves up, where the stored tree is not that over the log: a leaf whose entry is gone or
 * another, or a subtree that does not stand over the two below it.
 * @param first the first leaf to look at, and everything above it
 * @param last the last one
 * @param size how many leaves are stored
 */
export function firstAltered(
  sql: Sql,
  { first, last, size }: { first: number; last: number; size: number },
): Promise<NodePlace | undefined> {
  return firstRow<NodePlace>(
    sql,
    `select 0 as level, i.index from generate_series($1::bigint, $2::bigint) i (index)
       left join log_node n on n.level = 0 and n.index = i.index
       left join log_entry e on e.number = i.index + 1
     where n.hash is null or e.leaf is null
       or n.hash <> sha256('\\x00'::bytea || convert_to(e.leaf, 'UTF8'))
     union all
     select l.level, i.index from generate_series(1, 60) l (level)
       cross join lateral generate_series($1::bigint >> l.level,
         least($2::bigint >> l.level, ($3::bigint >> l.level) - 1)) i (index)
       left join log_node n on n.level = l.level and n.index = i.index
       left join log_node a on a.level = l.level - 1 and a.index = 2 * i.index
       left join log_node b on b.level = l.level - 1 and b.index = 2 * i.index + 1
     where n.hash is null or a.hash is null or b.hash is null
       or n.hash <> sha256('\\x01'::bytea || a.hash || b.hash)
     order by level, index limit 1`,
    [first, last, size],
  );
}
