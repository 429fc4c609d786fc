import { type AcceptedGrant, grantId, orgId, poundsOf } from './grant.rules.js';

/** What a recipient put beside a grant in a financial year, of a kind. Pounds, with two decimals at most. */
export interface MatchRow {
  /** The grant's identifier. */
  grant: string;
  recipient: string;
  recipientName: string;
  financialYear: string;
  kind: 'capital' | 'revenue';
  /** What the agreement in force asks for. */
  agreed: number;
  /** What somebody else than the recipient accepted, by evidence. */
  accepted: number;
}

/**
 * The match of grants, which is no grant and for which 360Giving has no field: it is published beside the package, in
 * a file of its own, and is never added to a grant.
 */
export function matchRows(rows: readonly AcceptedGrant[], prefix: string): MatchRow[] {
  return rows.flatMap((row) => {
    const accepted = new Map(row.match.map((each) => [`${each.financialYear} ${each.kind}`, each]));
    const agreed = new Map(row.lines.map((each) => [`${each.financialYear} ${each.kind}`, each]));
    return [...new Set([...agreed.keys(), ...accepted.keys()])].sort().flatMap((key) => {
      const line = agreed.get(key) ?? accepted.get(key);
      if (!line) return [];
      return {
        grant: grantId(prefix, row),
        recipient: orgId(row.recipient.odsCode),
        recipientName: row.recipient.name,
        financialYear: line.financialYear,
        kind: line.kind,
        agreed: poundsOf(agreed.get(key)?.matchPence ?? 0),
        accepted: poundsOf(accepted.get(key)?.acceptedPence ?? 0),
      };
    });
  });
}
