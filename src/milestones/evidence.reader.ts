import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { type EvidenceView, evidence, evidenceOf, trustOfMilestone } from './milestone.queries.js';

/** Evidence of milestones as it is shown; EvidenceService opens its files. */
@Injectable()
export class EvidenceReader {
  constructor(private readonly scope: ReadScope) {}

  /** The evidence of a milestone. @throws Problem 404 */
  ofMilestone(actor: Actor, milestoneId: string): Promise<EvidenceView[]> {
    return this.scope.run(actor, async (sql) => {
      if (!(await trustOfMilestone(sql, milestoneId))) throw notFound('milestone');
      return evidenceOf(sql, milestoneId);
    });
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<EvidenceView> {
    const found = await this.scope.run(actor, (sql) => evidence(sql, id));
    if (!found) throw notFound('evidence');
    return found;
  }
}
