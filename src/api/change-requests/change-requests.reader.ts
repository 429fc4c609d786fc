import { Injectable } from '@nestjs/common';
import {
  agreementIsThere,
  type ChangeRequestFilter,
  type ChangeRequestView,
  changeRequest,
  changeRequests,
} from '../../change-requests/change-request.queries.js';
import { CHANGE_REQUEST, effectOf, holderOf, PENDING } from '../../change-requests/change-request.rules.js';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { cursorValues, isId, type Page, type PageQuery, pageOf } from '../paging.js';

/** What a list of change requests may be narrowed to: `pending` is all that have not come to their end. */
export interface WantedChanges extends PageQuery {
  state?: string;
  trust?: string;
}

/** Change requests as the API shows them. */
@Injectable()
export class ChangeRequestsReader {
  constructor(private readonly scope: ReadScope) {}

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<object> {
    const found = await this.scope.run(actor, (sql) => changeRequest(sql, id));
    if (!found) throw notFound('change request');
    return this.shown(found);
  }

  /** @throws Problem 404; 400 where the cursor is not one */
  async ofProgramme(actor: Actor, slug: string, wanted: WantedChanges): Promise<Page<object>> {
    return this.list(actor, wanted, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return { programmeId: id };
    });
  }

  /** @throws Problem 404; 400 where the cursor is not one */
  async ofAgreement(actor: Actor, id: string, wanted: WantedChanges): Promise<Page<object>> {
    return this.list(actor, wanted, async (sql) => {
      if (!(await agreementIsThere(sql, id))) throw notFound('agreement');
      return { agreementId: id };
    });
  }

  /** A change request with what its readers ask next: what it does, who has it, what may come. */
  shown(view: ChangeRequestView): object {
    return { ...view, ...standing(view), next: CHANGE_REQUEST.open(view.state) };
  }

  private async list(
    actor: Actor,
    wanted: WantedChanges,
    within: (
      sql: Parameters<typeof changeRequests>[0],
    ) => Promise<Pick<ChangeRequestFilter, 'programmeId' | 'agreementId'>>,
  ): Promise<Page<object>> {
    const { limit, after, state, trust = null } = wanted;
    const before = (cursorValues(after, [isId])?.[0] ?? null) as string | null;
    const states = state === 'pending' ? PENDING : state === undefined ? null : [state];
    const rows = await this.scope.run(actor, async (sql) =>
      changeRequests(sql, { ...(await within(sql)), states, trust }, limit + 1, before),
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { ...page, items: page.items.map(row) };
  }
}

function standing({ state, deferredUntil, requestedBy, impact }: ChangeRequestView): object {
  const holder = holderOf(state, deferredUntil);
  return {
    effect: impact && effectOf(impact),
    heldBy: holder && { ...holder, person: holder.side === 'requester' ? requestedBy : null },
  };
}

function row(view: ChangeRequestView): object {
  const { id, reference, trust, agreement, kind, title, state, since, requestedBy, submittedAt } = view;
  const { deferredUntil, appliedVersion, illustrative, revision } = view;
  return {
    ...{ id, reference, trust, agreement, kind, title, state, since, requestedBy, submittedAt },
    ...standing(view),
    ...{ deferredUntil, appliedVersion, illustrative, revision },
  };
}
