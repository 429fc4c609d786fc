import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import { cursorValues, idIn, isId, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type ClaimView, claim } from './claim.queries.js';
import { unansweredBlockers } from './claim.rules.js';
import { type AmendedClaim, amendedClaims } from './claim-amendment.queries.js';
import { draftBlockers } from './claim-draft.rules.js';
import { type ClaimEventView, claimHistory } from './claim-history.queries.js';
import {
  awaitedClaims,
  type ClaimRowView,
  type ClaimVersionView,
  claims,
  claimVersions,
} from './claim-lists.queries.js';
import { awaitedOf, type ClaimStep, openSteps } from './claim-steps.rules.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/;
const isInstant = (value: unknown): boolean => typeof value === 'string' && INSTANT.test(value);

/** What a list of claims may be narrowed to; `awaiting`: those that wait for the reader. */
export interface WantedClaims extends PageRequest {
  programme?: string;
  state?: string;
  /** By ODS code. */
  trust?: string;
  /** By id. */
  agreement?: string;
  awaiting?: 'me';
}

/** A claim with what is in the way of its next step, and the steps that its reader may take. */
export type ShownClaim = ClaimView & { blockers: Blocker[]; next: ClaimStep[] };

/** Claims as they are shown. */
@Injectable()
export class ClaimsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
    private readonly programmes: ProgrammesReader,
  ) {}

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownClaim> {
    const found = await this.scope.run(actor, (sql) => claim(sql, id));
    if (!found) throw notFound('claim');
    return this.shown(actor, found);
  }

  /** Every version of a claim, as it was submitted. @throws Problem 404 */
  async versions(actor: Actor, id: string): Promise<ClaimVersionView[]> {
    const items = await this.scope.run(actor, (sql) => claimVersions(sql, id));
    if (items.length === 0) throw notFound('claim');
    return items;
  }

  /** A page of what was amended after submission, the latest begun first. @throws Problem 404; 400 where the cursor is not one */
  async amendments(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<AmendedClaim>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      amendedClaims(sql, id, limit + 1, from),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** What became of a claim, and who did it, oldest first, as the log has it. @throws Problem 404 */
  async history(actor: Actor, id: string): Promise<ClaimEventView[]> {
    const items = await this.scope.run(actor, (sql) => claimHistory(sql, id));
    if (items.length === 0) throw notFound('claim');
    return items;
  }

  /** A page of claims: the newest first, or those that wait for the actor, the longest wait first. @throws Problem 400 */
  list(actor: Actor, wanted: WantedClaims): Promise<Page<ClaimRowView>> {
    const { limit, after, programme = null, state = null, trust = null, agreement = null } = wanted;
    const filter = { programme, state, trust, agreement, readerTrustId: actor.trustId };
    if (wanted.awaiting === undefined) {
      const before = idIn(after);
      return this.scope.run(actor, async (sql) =>
        pageOf(await claims(sql, filter, limit + 1, before), limit, ({ id }) => [id]),
      );
    }
    const from = cursorValues(after, [isInstant, isId]);
    const by = { personId: actor.id, steps: awaitedOf(actor.role) };
    return this.scope.run(actor, async (sql) =>
      pageOf(await awaitedClaims(sql, filter, by, limit + 1, from), limit, (row) => [row.stateSince, row.id]),
    );
  }

  /** A claim with what its readers ask next: what is in the way, and what they may do. */
  shown(actor: Actor, found: ClaimView): ShownClaim {
    const unanswered = found.queries.filter(({ answer }) => answer === null);
    const { people, state } = found;
    return {
      ...found,
      blockers: this.blockers(found),
      next: openSteps(actor, {
        state,
        unansweredQueries: unanswered.length,
        people: {
          preparerIds: people.preparedBy.map(({ id }) => id),
          certifierId: people.certifiedBy?.id ?? null,
          approverId: people.approvedBy?.id ?? null,
          secondApproverId: people.secondApprovedBy?.id ?? null,
        },
      }),
    };
  }

  private blockers(found: ClaimView): Blocker[] {
    const { state } = found;
    const draft = state === 'draft' || state === 'fd-certified';
    const unanswered = found.queries.filter(({ answer }) => answer === null);
    return [
      ...(draft ? draftBlockers({ ...found, today: this.clock.today() }) : []),
      ...(draft || state === 'queried' ? unansweredBlockers(unanswered) : []),
    ];
  }
}
