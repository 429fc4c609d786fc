import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { type Page, type PageRequest, pageOf, textIn } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { type OrganisationView, organisation, organisations } from './organisation.queries.js';

/** Trusts and other bodies as they are shown. */
@Injectable()
export class OrganisationsReader {
  constructor(private readonly scope: ReadScope) {}

  /** A page of organisations, by ODS code. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, { limit, after }: PageRequest): Promise<Page<OrganisationView>> {
    const from = textIn(after);
    const rows = await this.scope.run(actor, (sql) => organisations(sql, limit + 1, from));
    return pageOf(rows, limit, ({ odsCode }) => [odsCode]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, odsCode: string): Promise<OrganisationView> {
    const found = await this.scope.run(actor, (sql) => organisation(sql, odsCode));
    if (!found) throw notFound('organisation');
    return found;
  }
}
