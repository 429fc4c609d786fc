import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import type { PersonRef } from '../funding/people.queries.js';
import { programmeId } from '../programmes/programme.queries.js';
import {
  agreementIsThere,
  type ChangeRequestFilter,
  type ChangeRequestView,
  changeRequest,
  changeRequests,
} from './change-request.queries.js';
import {
  CHANGE_REQUEST,
  type ChangeEffect,
  type ChangeRequestVerb,
  effectOf,
  type Holder,
  holderOf,
  PENDING,
} from './change-request.rules.js';

/** What a list of change requests may be narrowed to: `pending` is all that have not come to their end. */
export interface WantedChanges extends PageRequest {
  state?: string;
  trust?: string;
}

/** Where a change request stands: what it does, and who has it; null where it has no impact yet, or came to its end. */
export interface ChangeStanding {
  effect: ChangeEffect | null;
  heldBy: (Holder & { person: PersonRef | null }) | null;
}

/** A change request with where it stands and what may come next. */
export type ShownChangeRequest = ChangeRequestView & ChangeStanding & { next: ChangeRequestVerb[] };

/** A change request in a list. */
export type ChangeRequestRow = ChangeStanding &
  Pick<
    ChangeRequestView,
    | 'id'
    | 'reference'
    | 'trust'
    | 'agreement'
    | 'kind'
    | 'title'
    | 'state'
    | 'since'
    | 'requestedBy'
    | 'submittedAt'
    | 'deferredUntil'
    | 'appliedVersion'
    | 'illustrative'
    | 'revision'
  >;

/** Change requests as they are shown. */
@Injectable()
export class ChangeRequestsReader {
  constructor(private readonly scope: ReadScope) {}

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownChangeRequest> {
    const found = await this.scope.run(actor, (sql) => changeRequest(sql, id));
    if (!found) throw notFound('change request');
    return this.shown(found);
  }

  /** @throws Problem 404; 400 where the cursor is not one */
  async ofProgramme(actor: Actor, slug: string, wanted: WantedChanges): Promise<Page<ChangeRequestRow>> {
    return this.list(actor, wanted, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return { programmeId: id };
    });
  }

  /** @throws Problem 404; 400 where the cursor is not one */
  async ofAgreement(actor: Actor, id: string, wanted: WantedChanges): Promise<Page<ChangeRequestRow>> {
    return this.list(actor, wanted, async (sql) => {
      if (!(await agreementIsThere(sql, id))) throw notFound('agreement');
      return { agreementId: id };
    });
  }

  /** A change request with what its readers ask next: what it does, who has it, what may come. */
  shown(view: ChangeRequestView): ShownChangeRequest {
    return { ...view, ...standing(view), next: CHANGE_REQUEST.open(view.state) };
  }

  private async list(
    actor: Actor,
    wanted: WantedChanges,
    within: (sql: Sql) => Promise<Pick<ChangeRequestFilter, 'programmeId' | 'agreementId'>>,
  ): Promise<Page<ChangeRequestRow>> {
    const { limit, after, state, trust = null } = wanted;
    const before = idIn(after);
    const states = state === 'pending' ? PENDING : state === undefined ? null : [state];
    const rows = await this.scope.run(actor, async (sql) =>
      changeRequests(sql, { ...(await within(sql)), states, trust }, limit + 1, before),
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { ...page, items: page.items.map(row) };
  }
}

function standing({ state, deferredUntil, requestedBy, impact }: ChangeRequestView): ChangeStanding {
  const holder = holderOf(state, deferredUntil);
  return {
    effect: impact && effectOf(impact),
    heldBy: holder && { ...holder, person: holder.side === 'requester' ? requestedBy : null },
  };
}

function row(view: ChangeRequestView): ChangeRequestRow {
  const { id, reference, trust, agreement, kind, title, state, since, requestedBy, submittedAt } = view;
  const { deferredUntil, appliedVersion, illustrative, revision } = view;
  return {
    ...{ id, reference, trust, agreement, kind, title, state, since, requestedBy, submittedAt },
    ...standing(view),
    ...{ deferredUntil, appliedVersion, illustrative, revision },
  };
}
