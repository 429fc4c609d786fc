import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { cursorValues, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import type { Awardee } from '../programmes/awardee.queries.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import type { FigureTarget } from '../targets/figure.rules.js';
import { targetsOf } from '../targets/progress.queries.js';
import {
  latestReturns,
  type ReturnCounts,
  ratingsByTrust,
  returnCounts,
  type StandingReturn,
  type TrustRatings,
  type Worsened,
  worsened,
} from './delivery.queries.js';
import type { Scale } from './delivery.rules.js';

/** How delivery confidence stands over all trusts, and a page of those where it is worse than before. */
export type WorsenedPage = Pick<Worsened, 'rated' | 'worse'> & Page<Awardee>;

/** How delivery stands, trust by trust. Each reading throws Problem 404 where there is no such programme. */
@Injectable()
export class DeliveryReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** The delivery confidence of some trusts, with its past. */
  ratings(actor: Actor, slug: string, odsCodes: readonly string[]): Promise<TrustRatings[]> {
    return this.programmes.within(actor, slug, (sql, id) => ratingsByTrust(sql, id, odsCodes));
  }

  /** Whose latest rating is worse than the one before, a page at a time; the counts are of all. @throws Problem 400 where the cursor is not one */
  async worsened(
    actor: Actor,
    slug: string,
    scale: Scale,
    { limit, after }: PageRequest,
  ): Promise<WorsenedPage> {
    const from = cursorValues(after, [isText, isId]);
    const { rated, worse, trusts } = await this.programmes.within(actor, slug, (sql, id) =>
      worsened(sql, id, scale, limit + 1, from),
    );
    return { rated, worse, ...pageOf(trusts, limit, ({ name, id }) => [name, id]) };
  }

  /** The latest return of each of some trusts. */
  latestReturns(actor: Actor, slug: string, odsCodes: readonly string[]): Promise<StandingReturn[]> {
    const today = this.clock.today();
    return this.programmes.within(actor, slug, (sql, id) => latestReturns(sql, id, today, odsCodes));
  }

  /** How many returns are late, queried and unchanged. */
  returnCounts(actor: Actor, slug: string): Promise<ReturnCounts> {
    return this.programmes.within(actor, slug, (sql, id) => returnCounts(sql, id, this.clock.today()));
  }

  /** What all target sets together are held against; null where there is no target set. */
  async target(actor: Actor, slug: string): Promise<FigureTarget | null> {
    const targets = await this.programmes.within(actor, slug, targetsOf);
    return targets.length > 1 ? (targets.find(({ targetSetId }) => targetSetId === null) ?? null) : null;
  }
}
