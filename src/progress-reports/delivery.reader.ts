import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import type { FigureTarget } from '../targets/figure.rules.js';
import { targetsOf } from '../targets/progress.queries.js';
import {
  ratingsByTrust,
  type StandingReturn,
  standingReturns,
  type TrustRatings,
} from './delivery.queries.js';

/** How delivery stands, trust by trust. Each reading throws Problem 404 where there is no such programme. */
@Injectable()
export class DeliveryReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** Every awardee's delivery confidence, with its past. */
  ratings(actor: Actor, slug: string): Promise<TrustRatings[]> {
    return this.programmes.within(actor, slug, ratingsByTrust);
  }

  /** The latest return of each trust, and all that are late or queried. */
  returns(actor: Actor, slug: string): Promise<StandingReturn[]> {
    return this.programmes.within(actor, slug, (sql, id) => standingReturns(sql, id, this.clock.today()));
  }

  /** What all target sets together are held against; null where there is no target set. */
  async target(actor: Actor, slug: string): Promise<FigureTarget | null> {
    const targets = await this.programmes.within(actor, slug, targetsOf);
    return targets.length > 1 ? (targets.find(({ targetSetId }) => targetSetId === null) ?? null) : null;
  }
}
