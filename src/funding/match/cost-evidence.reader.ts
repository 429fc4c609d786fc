import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import {
  type CostEvidenceView,
  type CostOwnerId,
  costEvidence,
  costOwner,
  evidenceOfCost,
} from './cost-evidence.queries.js';

/** Evidence of costs as it is shown; CostEvidenceService opens its files. */
@Injectable()
export class CostEvidenceReader {
  constructor(private readonly scope: ReadScope) {}

  /** The evidence of a claim or a contribution. @throws Problem 404 */
  of(actor: Actor, owner: CostOwnerId): Promise<CostEvidenceView[]> {
    return this.scope.run(actor, async (sql) => {
      if (!(await costOwner(sql, owner))) throw notFound('claimId' in owner ? 'claim' : 'contribution');
      return evidenceOfCost(sql, owner);
    });
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<CostEvidenceView> {
    const found = await this.scope.run(actor, (sql) => costEvidence(sql, id));
    if (!found) throw notFound('evidence');
    return found;
  }
}
