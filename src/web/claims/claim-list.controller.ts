import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { Page as Part } from '../../core/paging.js';
import type { ClaimRowView } from '../../funding/claims/claim-lists.queries.js';
import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { awaitedOf } from '../../funding/claims/claim-steps.rules.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { By, Needs } from '../../http/access.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import { chosen } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { moneyParts } from './claim.trail.js';
import { type ClaimListFilter, claimListPage } from './claim-list.page.js';

/** Claims on one page of the list. */
const LIMIT = 50;
/** Of those that wait, above all claims. */
const WAITING = 25;
/** More programmes than there are. */
const ALL = 200;

/** What the address of a list of claims may say. */
type ClaimListQuery = Partial<Record<'awaiting' | 'state' | 'trust' | 'programme' | 'after', string>>;

const filterOf = (query: ClaimListQuery): ClaimListFilter => ({
  awaiting: query.awaiting === 'me',
  state: chosen(query.state, CLAIM_STATES),
  trust: asked(query.trust),
  programme: asked(query.programme),
});

/** Programme manager, question 7: which claims await me, and how old are they? */
@Pages()
export class ClaimListController {
  constructor(
    private readonly claims: ClaimsReader,
    private readonly programmes: ProgrammesReader,
  ) {}

  @Get('claims')
  @Needs('money:read')
  async every(@By() actor: Actor, @Query() query: ClaimListQuery): Promise<Page> {
    const { items } = await this.programmes.list(actor, { limit: ALL });
    return this.page(actor, query, null, items);
  }

  @Get('programmes/:slug/claims')
  @Needs('money:read')
  async ofProgramme(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: ClaimListQuery,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    return this.page(actor, query, programme, [programme]);
  }

  private async page(
    actor: Actor,
    query: ClaimListQuery,
    programme: ProgrammeView | null,
    programmes: ProgrammeView[],
  ): Promise<Page> {
    const filter = filterOf(query);
    const after = asked(query.after) ?? undefined;
    const within = programme?.slug ?? filter.programme;
    const narrowed = {
      ...(within ? { programme: within } : {}),
      ...(filter.trust ? { trust: filter.trust } : {}),
    };
    const waits = awaitedOf(actor.role).length > 0 && (filter.awaiting || after === undefined);
    const waiting: Part<ClaimRowView> | null = waits
      ? await this.claims.list(actor, {
          ...narrowed,
          awaiting: 'me',
          ...(filter.awaiting ? { limit: LIMIT, after } : { limit: WAITING }),
        })
      : null;
    const state = filter.state ? { state: filter.state } : {};
    const all =
      filter.awaiting && waits
        ? null
        : await this.claims.list(actor, { ...narrowed, ...state, limit: LIMIT, after });
    return claimListPage({
      path: programme ? `/programmes/${programme.slug}/claims` : '/claims',
      programme,
      parts: programme ? moneyParts(programme.slug, actor) : [],
      filter,
      waiting,
      all,
      programmes,
      trusts: actor.trustId === null ? awardees(programmes) : [],
    });
  }
}

/** The trusts that programmes fund, each once, by name. */
function awardees(programmes: readonly ProgrammeView[]): Array<{ odsCode: string; name: string }> {
  const all = new Map(programmes.flatMap((each) => each.awardees).map((trust) => [trust.odsCode, trust]));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
}
