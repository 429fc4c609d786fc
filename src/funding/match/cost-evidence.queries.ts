import { firstRow, type Sql } from '../../database/sql.js';
import { FILE_VIEW, type FileView, KEPT_FILE, type KeptFile } from '../../storage/file.queries.js';
import type { CostOwner, Counted } from './cost-evidence.rules.js';

/** What evidence of a cost proves. */
export type CostOwnerId = { claimId: string } | { contributionId: string };

export interface CostEvidenceView extends FileView {
  id: string;
  /** The claim that it proves; null where it proves a contribution. */
  claim: string | null;
  contribution: string | null;
  supplier: string;
  reference: string;
  /** Null where the reader may not know: a person of another trust, whose agreement was taken over. */
  uploadedBy: { id: string; name: string } | null;
  uploadedAt: string;
  /** False once what it proved came to nothing, or it was taken back. */
  counts: boolean;
  illustrative: boolean;
  revision: number;
}

const VIEW = `select f.id, f.claim_id as claim, f.contribution_id as contribution, f.supplier, f.reference, ${FILE_VIEW},
    case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as "uploadedBy",
    to_json(f.uploaded_at) as "uploadedAt", f.counts, f.illustrative, f.revision
  from cost_evidence f left join person p on p.id = f.uploaded_by`;

/** The column and the id of an owner. */
const ownedBy = (owner: CostOwnerId): { column: 'claim_id' | 'contribution_id'; id: string } =>
  'claimId' in owner
    ? { column: 'claim_id', id: owner.claimId }
    : { column: 'contribution_id', id: owner.contributionId };

/** The evidence of a claim or contribution, oldest first; what counts no more is among it. */
export function evidenceOfCost(sql: Sql, owner: CostOwnerId): Promise<CostEvidenceView[]> {
  const { column, id } = ownedBy(owner);
  return sql.query<CostEvidenceView>(`${VIEW} where f.${column} = $1 order by f.uploaded_at, f.id`, [id]);
}

/** The evidence of all contributions of agreements, oldest first. */
export function evidenceOfMatch(sql: Sql, agreementIds: readonly string[]): Promise<CostEvidenceView[]> {
  return sql.query<CostEvidenceView>(
    `${VIEW} join contribution m on m.id = f.contribution_id where m.agreement_id = any ($1)
     order by f.uploaded_at, f.id`,
    [agreementIds],
  );
}

/** One piece of evidence by its id. */
export function costEvidence(sql: Sql, id: string): Promise<CostEvidenceView | undefined> {
  return firstRow<CostEvidenceView>(sql, `${VIEW} where f.id = $1`, [id]);
}

/** The file of a piece of evidence. */
export function costEvidenceFile(sql: Sql, id: string): Promise<KeptFile | undefined> {
  return firstRow<KeptFile>(sql, `select ${KEPT_FILE} from cost_evidence f where f.id = $1`, [id]);
}

/** Whose a claim or contribution is, and its state; undefined where there is none. */
export async function costOwner(
  sql: Sql,
  owner: CostOwnerId,
): Promise<(CostOwner & { trustId: string }) | undefined> {
  return 'claimId' in owner
    ? firstRow(sql, `select 'claim' as kind, state, trust_id as "trustId" from claim where id = $1`, [
        owner.claimId,
      ])
    : firstRow(
        sql,
        `select 'contribution' as kind, state, trust_id as "trustId" from contribution where id = $1`,
        [owner.contributionId],
      );
}

/** What the reader may see of the evidence that counts by the same file, or the same supplier and reference. */
export function countedAlready(
  sql: Sql,
  evidence: { sha256: string; supplier: string; reference: string },
): Promise<Counted[]> {
  return sql.query<Counted>(
    `select e.id, e.sha256 = $1 as "sameFile", json_build_object('kind', case when c.id is null then 'contribution' else 'claim' end,
       'id', coalesce(c.id, m.id), 'reference', coalesce(c.reference, m.reference)) as owner
     from cost_evidence e left join claim c on c.id = e.claim_id left join contribution m on m.id = e.contribution_id
     where e.counts and (e.sha256 = $1 or e.reference_key = cost_reference_key($2, $3))
     order by e.sha256 = $1 desc, e.id`,
    [evidence.sha256, evidence.supplier, evidence.reference],
  );
}

/** Lets the evidence of a claim or contribution go that came to nothing: it may count for another from now on. */
export async function letGo(sql: Sql, owner: CostOwnerId): Promise<void> {
  const { column, id } = ownedBy(owner);
  await sql.query(
    `update cost_evidence set counts = false, revision = revision + 1 where ${column} = $1 and counts`,
    [id],
  );
}
