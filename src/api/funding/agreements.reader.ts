import { Injectable } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import {
  type AgreementFilter,
  type AgreementRowView,
  type AgreementVersionView,
  type AgreementView,
  agreement,
  agreements,
  agreementVersions,
} from '../../funding/agreements/agreement.queries.js';
import { openSteps } from '../../funding/agreements/agreement.rules.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { cursorValues, isId, type Page, type PageQuery, pageOf } from '../paging.js';

/** Agreements as the API shows them. Each reading throws Problem 404 where there is none. */
@Injectable()
export class AgreementsReader {
  constructor(private readonly scope: ReadScope) {}

  async list(
    actor: Actor,
    slug: string,
    filter: AgreementFilter,
    { limit, after }: PageQuery,
  ): Promise<Page<AgreementRowView>> {
    const from = cursorValues(after, [isId])?.[0] ?? null;
    const rows = await this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return agreements(sql, id, filter, limit + 1, from as string | null);
    });
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async one(actor: Actor, id: string): Promise<object> {
    const found = await this.scope.run(actor, (sql) => agreement(sql, id));
    if (!found) throw notFound('agreement');
    return this.shown(actor, found);
  }

  async versions(actor: Actor, id: string): Promise<{ items: AgreementVersionView[] }> {
    const items = await this.scope.run(actor, (sql) => agreementVersions(sql, id));
    if (items.length === 0) throw notFound('agreement');
    return { items };
  }

  /** An agreement with the steps that its reader may take. */
  shown(actor: Actor, view: AgreementView): object {
    const { preparedBy, editedBy } = view.current;
    const preparerIds = [preparedBy, ...editedBy].flatMap((person) => person?.id ?? []);
    const reader = { id: actor.id, may: (permission: Parameters<typeof may>[1]) => may(actor, permission) };
    return { ...view, next: openSteps({ state: view.state, preparerIds }, reader) };
  }
}
