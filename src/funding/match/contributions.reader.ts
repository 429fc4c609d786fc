import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import {
  agreementIsThere,
  type ContributionRowView,
  type ContributionView,
  contribution,
  contributions,
} from './contribution.queries.js';

/** Contributions as they are shown. */
@Injectable()
export class ContributionsReader {
  constructor(private readonly scope: ReadScope) {}

  /** A page of an agreement's contributions, in the order in which they were recorded. @throws Problem 400, 404 */
  async ofAgreement(
    actor: Actor,
    agreementId: string,
    filter: { state: string | null },
    { limit, after }: PageRequest,
  ): Promise<Page<ContributionRowView>> {
    const from = idIn(after);
    const rows = await this.scope.run(actor, async (sql) => {
      if (!(await agreementIsThere(sql, agreementId))) throw notFound('agreement');
      return contributions(sql, agreementId, filter, limit + 1, from);
    });
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** One contribution, with its evidence. @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ContributionView> {
    const found = await this.scope.run(actor, (sql) => contribution(sql, id));
    if (!found) throw notFound('contribution');
    return found;
  }
}
